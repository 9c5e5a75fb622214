// purpose: Gives the requirements of these ids, in their order, with the ids of what requires; "" and -1 stand for unknown.
// parameters: ids: list of string
// columns: id, of, k, quantity, optional, confidence, validFrom, validTo
// access: read
UNWIND $p.ids AS id
MATCH (r:Requirement {id: id})<-[:REQUIRES]-(n)
RETURN
  collect(r.id) AS id,
  collect(n.id) AS of,
  collect(r.k) AS k,
  collect(coalesce(r.quantity, -1.0)) AS quantity,
  collect(coalesce(r.optional, false)) AS optional,
  collect(r.confidence) AS confidence,
  collect(coalesce(toString(r.validFrom), '')) AS validFrom,
  collect(coalesce(toString(r.validTo), '')) AS validTo
