// purpose: Creates or replaces deployments with their place and operator.
// parameters: rows: list of {id: string, name: string, aliases: list of string, mode: string, airGapped: boolean?, status: string?, capex: float?, opexPerYear: float?, pricePerHour: float?, currency: string?, tokensPerSecond: float?, location: string?, operator: string?, confidence: integer, validFrom: date?, validTo: date?, recordedAt: string}
// columns: written
// access: write
UNWIND $p.rows AS row
OPTIONAL MATCH (nation:Nation {id: row.location})
OPTIONAL MATCH (company:Company {id: row.operator})
MERGE (n:Deployment {id: row.id})
SET n = {
  id: row.id, name: row.name, aliases: row.aliases, mode: row.mode, airGapped: row.airGapped,
  status: row.status, capex: row.capex, opexPerYear: row.opexPerYear, pricePerHour: row.pricePerHour,
  currency: row.currency, tokensPerSecond: row.tokensPerSecond, confidence: row.confidence,
  validFrom: row.validFrom, validTo: row.validTo, recordedAt: row.recordedAt
}
FOREACH (one IN CASE WHEN nation IS NULL THEN [] ELSE [nation] END | CREATE (n)-[:LOCATED_IN]->(one))
FOREACH (one IN CASE WHEN company IS NULL THEN [] ELSE [company] END | CREATE (n)-[:OPERATED_BY]->(one))
WITH row, nation, company WHERE (row.location IS NULL OR nation IS NOT NULL) AND (row.operator IS NULL OR company IS NOT NULL)
RETURN count(*) AS written
