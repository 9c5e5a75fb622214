// purpose: Gives one chunk of partnerships with their parties, what they cover and enable, a column each, in the order of ids.
// parameters: after: string, limit: integer
// columns: id, parties, covers, enables, confidence, validFrom, validTo
// access: read
MATCH (p:Partnership) WHERE p.id > $p.after
WITH p ORDER BY p.id LIMIT $p.limit
WITH p,
  COLLECT { MATCH (p)<-[:PARTY_TO]-(n) RETURN n.id ORDER BY n.id } AS parties,
  COLLECT { MATCH (p)-[:COVERS]->(c:Component) RETURN c.id ORDER BY c.id } AS covers,
  COLLECT { MATCH (p)-[:ENABLES]->(o:Offer) RETURN o.id ORDER BY o.id } AS enables
ORDER BY p.id
RETURN
  collect(p.id) AS id,
  collect(parties) AS parties,
  collect(covers) AS covers,
  collect(enables) AS enables,
  collect(p.confidence) AS confidence,
  collect(coalesce(toString(p.validFrom), '')) AS validFrom,
  collect(coalesce(toString(p.validTo), '')) AS validTo
