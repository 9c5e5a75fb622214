// purpose: Read which state of the facts the store holds, and the note of an import that is under way.
// parameters: none
// columns: number, token, importing; no row in a store that nobody ever wrote to
// access: read
MATCH (version:DataVersion {id: 'data-version'})
RETURN version.number AS number, version.token AS token, version.importing AS importing
