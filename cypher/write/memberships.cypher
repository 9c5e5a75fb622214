// purpose: Creates memberships of nations in blocs.
// parameters: rows: list of {id: string, nation: string, bloc: string, confidence: integer, validFrom: date?, validTo: date?, recordedAt: string, sources: list of string, notes: list of string}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (nation:Nation {id: row.nation})
MATCH (bloc:Bloc {id: row.bloc})
CREATE (nation)-[:MEMBER_OF {
  id: row.id, confidence: row.confidence, validFrom: row.validFrom, validTo: row.validTo,
  recordedAt: row.recordedAt, sources: row.sources, notes: row.notes
}]->(bloc)
RETURN count(*) AS written
