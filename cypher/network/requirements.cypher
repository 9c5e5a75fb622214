// purpose: Gives one chunk of requirements and the keys of what requires, in the order of ids; "" and -1 stand for unknown.
// parameters: after: string, limit: integer
// columns: id, of, k, quantity, optional, confidence, validFrom, validTo
// access: read
MATCH (r:Requirement) WHERE r.id > $p.after
WITH r ORDER BY r.id LIMIT $p.limit
MATCH (r)<-[:REQUIRES]-(n)
WITH r.id AS id, coalesce(toInteger(split(elementId(n), ':')[2]), n.id) AS of, properties(r) AS f ORDER BY id
RETURN
  collect(id) AS id,
  collect(of) AS of,
  collect(f.k) AS k,
  collect(coalesce(f.quantity, -1.0)) AS quantity,
  collect(coalesce(f.optional, false)) AS optional,
  collect(f.confidence) AS confidence,
  collect(coalesce(toString(f.validFrom), '')) AS validFrom,
  collect(coalesce(toString(f.validTo), '')) AS validTo
