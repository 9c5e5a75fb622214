// purpose: Gives one chunk of nation ids, in their order.
// parameters: after: string, limit: integer
// columns: id
// access: read
MATCH (c:Nation) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
RETURN collect(c.id) AS id
