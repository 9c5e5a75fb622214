// purpose: Take the mark of an import away.
// parameters: none
// columns: id
// access: write
MATCH (version:DataVersion {id: 'data-version'})
REMOVE version.importing
RETURN version.id AS id
