// purpose: Gives one chunk of requirements, a column each, in the order of ids; "" and -1 stand for unknown.
// parameters: after: string, limit: integer
// columns: id, of, k, quantity, optional, confidence, validFrom, validTo
// access: read
MATCH (r:Requirement) WHERE r.id > $p.after
WITH r ORDER BY r.id LIMIT $p.limit
MATCH (r)<-[:REQUIRES]-(n)
WITH r, n ORDER BY r.id
RETURN
  collect(r.id) AS id,
  collect(n.id) AS of,
  collect(r.k) AS k,
  collect(coalesce(r.quantity, -1.0)) AS quantity,
  collect(coalesce(r.optional, false)) AS optional,
  collect(r.confidence) AS confidence,
  collect(coalesce(toString(r.validFrom), '')) AS validFrom,
  collect(coalesce(toString(r.validTo), '')) AS validTo
