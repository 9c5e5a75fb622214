// purpose: Gives one chunk of deployments and the keys by which facts name them, in the order of ids; "" and -1 stand for unknown.
// parameters: after: string, limit: integer
// columns: id, key, confidence, validFrom, validTo, location, operator, mode, airGapped, capex, opexPerYear, pricePerHour, currency, tokensPerSecond
// access: read
MATCH (d:Deployment) WHERE d.id > $p.after
WITH d ORDER BY d.id LIMIT $p.limit
OPTIONAL MATCH (d)-[:LOCATED_IN]->(n:Nation)
OPTIONAL MATCH (d)-[:OPERATED_BY]->(c:Company)
WITH d, n, c ORDER BY d.id
RETURN
  collect(d.id) AS id,
  collect(coalesce(toInteger(split(elementId(d), ':')[2]), d.id)) AS key,
  collect(d.confidence) AS confidence,
  collect(coalesce(toString(d.validFrom), '')) AS validFrom,
  collect(coalesce(toString(d.validTo), '')) AS validTo,
  collect(coalesce(n.id, '')) AS location,
  collect(coalesce(c.id, '')) AS operator,
  collect(d.mode) AS mode,
  collect(CASE WHEN d.airGapped IS NULL THEN -1 WHEN d.airGapped THEN 1 ELSE 0 END) AS airGapped,
  collect(coalesce(d.capex, -1.0)) AS capex,
  collect(coalesce(d.opexPerYear, -1.0)) AS opexPerYear,
  collect(coalesce(d.pricePerHour, -1.0)) AS pricePerHour,
  collect(coalesce(d.currency, '')) AS currency,
  collect(coalesce(d.tokensPerSecond, -1.0)) AS tokensPerSecond
