// purpose: Gives one chunk of companies, a column each, in the order of ids; "" stands for unknown.
// parameters: after: string, limit: integer
// columns: id, headquarters
// access: read
MATCH (c:Company) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
OPTIONAL MATCH (c)-[:HEADQUARTERED_IN]->(n)
WITH c, n ORDER BY c.id
RETURN collect(c.id) AS id, collect(coalesce(n.id, '')) AS headquarters
