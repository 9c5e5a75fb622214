// purpose: Gives one chunk of companies and the keys by which facts name them, in the order of ids; "" stands for unknown.
// parameters: after: string, limit: integer
// columns: id, key, headquarters
// access: read
MATCH (c:Company) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
OPTIONAL MATCH (c)-[:HEADQUARTERED_IN]->(n)
WITH c, n ORDER BY c.id
RETURN
  collect(c.id) AS id,
  collect(coalesce(toInteger(split(elementId(c), ':')[2]), c.id)) AS key,
  collect(coalesce(n.id, '')) AS headquarters
