// purpose: Creates or replaces partnerships.
// parameters: rows: list of {id: string, name: string, aliases: list of string, kind: string, status: string, signedOn: string?, goal: string?, confidence: integer, validFrom: date?, validTo: date?, recordedAt: string}
// columns: written
// access: write
UNWIND $p.rows AS row
MERGE (n:Partnership {id: row.id})
SET n = {
  id: row.id, name: row.name, aliases: row.aliases, kind: row.kind, status: row.status,
  signedOn: row.signedOn, goal: row.goal, confidence: row.confidence, validFrom: row.validFrom,
  validTo: row.validTo, recordedAt: row.recordedAt
}
RETURN count(*) AS written
