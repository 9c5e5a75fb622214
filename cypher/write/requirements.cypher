// purpose: Creates or replaces requirements of components and deployments.
// parameters: rows: list of {id: string, of: string, k: integer, quantity: float?, unit: string?, optional: boolean, condition: string?, confidence: integer, validFrom: date?, validTo: date?, recordedAt: string}
// columns: written
// access: write
UNWIND $p.rows AS row
OPTIONAL MATCH (component:Component {id: row.of})
OPTIONAL MATCH (deployment:Deployment {id: row.of})
MERGE (n:Requirement {id: row.id})
SET n = {
  id: row.id, k: row.k, quantity: row.quantity, unit: row.unit, optional: row.optional,
  condition: row.condition, confidence: row.confidence, validFrom: row.validFrom, validTo: row.validTo,
  recordedAt: row.recordedAt
}
FOREACH (one IN CASE WHEN component IS NULL THEN [] ELSE [component] END | CREATE (one)-[:REQUIRES]->(n))
FOREACH (one IN CASE WHEN deployment IS NULL THEN [] ELSE [deployment] END | CREATE (one)-[:REQUIRES]->(n))
WITH component, deployment WHERE component IS NOT NULL OR deployment IS NOT NULL
RETURN count(*) AS written
