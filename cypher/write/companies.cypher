// purpose: Creates or replaces companies, and says where their headquarters are.
// parameters: rows: list of {id: string, name: string, aliases: list of string, kind: string, lei: string?, headquarters: string?}
// columns: written
// access: write
UNWIND $p.rows AS row
OPTIONAL MATCH (nation:Nation {id: row.headquarters})
MERGE (n:Company {id: row.id})
SET n = {
  id: row.id, name: row.name, aliases: row.aliases, kind: row.kind, lei: row.lei
}
FOREACH (one IN CASE WHEN nation IS NULL THEN [] ELSE [nation] END | CREATE (n)-[:HEADQUARTERED_IN]->(one))
WITH row, nation WHERE (row.headquarters IS NULL OR nation IS NOT NULL)
RETURN count(*) AS written
