// purpose: Gives one chunk of company ids, in their order.
// parameters: after: string, limit: integer
// columns: id
// access: read
MATCH (c:Company) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
RETURN collect(c.id) AS id
