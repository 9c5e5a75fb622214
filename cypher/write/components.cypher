// purpose: Creates or replaces components, each after the one that it is a variant of.
// parameters: rows: list of {id: string, name: string, aliases: list of string, category: string, inputKind: string, needsExternalService: boolean?, offersComplete: boolean?}
// columns: written
// access: write
UNWIND $p.rows AS row
MERGE (n:Component {id: row.id})
SET n = {
  id: row.id, name: row.name, aliases: row.aliases, category: row.category, inputKind: row.inputKind,
  needsExternalService: row.needsExternalService, offersComplete: row.offersComplete
}
RETURN count(*) AS written
