// purpose: Creates or replaces blocs.
// parameters: rows: list of {id: string, name: string, kind: string, aliases: list of string}
// columns: written
// access: write
UNWIND $p.rows AS row
MERGE (n:Bloc {id: row.id})
SET n = {
  id: row.id, name: row.name, kind: row.kind, aliases: row.aliases
}
RETURN count(*) AS written
