// purpose: Move the data version; the token is set first, which locks the node before its number is read.
// parameters: token: string, at: string, the instant in UTC
// columns: number
// access: write
MERGE (version:DataVersion {id: 'data-version'})
SET version.token = $p.token
WITH version
SET version.number = coalesce(version.number, 0) + 1, version.movedAt = $p.at
RETURN version.number AS number
