// purpose: Gives one chunk of deployments, a column each, in the order of ids; "" stands for an open end.
// parameters: after: string, limit: integer
// columns: id, confidence, validFrom, validTo
// access: read
MATCH (d:Deployment) WHERE d.id > $p.after
WITH d ORDER BY d.id LIMIT $p.limit
RETURN
  collect(d.id) AS id,
  collect(d.confidence) AS confidence,
  collect(coalesce(toString(d.validFrom), '')) AS validFrom,
  collect(coalesce(toString(d.validTo), '')) AS validTo
