// purpose: Gives the companies of these ids, in their order; an id is the key as well; "" stands for unknown.
// parameters: ids: list of string
// columns: id, key, headquarters
// access: read
UNWIND $p.ids AS id
MATCH (c:Company {id: id})
OPTIONAL MATCH (c)-[:HEADQUARTERED_IN]->(n)
RETURN collect(c.id) AS id, collect(c.id) AS key, collect(coalesce(n.id, '')) AS headquarters
