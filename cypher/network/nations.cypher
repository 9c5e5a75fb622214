// purpose: Gives one chunk of nations, a column each, in the order of ids.
// parameters: after: string, limit: integer
// columns: id, gdprTransfer
// access: read
MATCH (c:Nation) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
RETURN collect(c.id) AS id, collect(c.gdprTransfer) AS gdprTransfer
