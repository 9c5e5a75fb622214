// purpose: Gives one chunk of partnerships with the offers they enable, a column each, in the order of ids.
// parameters: after: string, limit: integer
// columns: id, enables, confidence, validFrom, validTo
// access: read
MATCH (p:Partnership) WHERE p.id > $p.after
WITH p ORDER BY p.id LIMIT $p.limit
WITH p, COLLECT { MATCH (p)-[:ENABLES]->(o:Offer) RETURN o.id ORDER BY o.id } AS enables
ORDER BY p.id
RETURN
  collect(p.id) AS id,
  collect(enables) AS enables,
  collect(p.confidence) AS confidence,
  collect(coalesce(toString(p.validFrom), '')) AS validFrom,
  collect(coalesce(toString(p.validTo), '')) AS validTo
