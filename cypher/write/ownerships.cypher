// purpose: Creates ownerships of companies by companies.
// parameters: rows: list of {id: string, company: string, owner: string, sharePct: float?, confidence: integer, validFrom: date?, validTo: date?, recordedAt: string, sources: list of string, notes: list of string}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (company:Company {id: row.company})
MATCH (owner:Company {id: row.owner})
CREATE (company)-[:OWNED_BY {
  id: row.id, sharePct: row.sharePct, confidence: row.confidence, validFrom: row.validFrom, validTo: row.validTo,
  recordedAt: row.recordedAt, sources: row.sources, notes: row.notes
}]->(owner)
RETURN count(*) AS written
