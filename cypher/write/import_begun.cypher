// purpose: Mark that an import in several transactions is under way.
// parameters: note: string, which import it is
// columns: importing
// access: write
MERGE (version:DataVersion {id: 'data-version'})
SET version.importing = $p.note
RETURN version.importing AS importing
