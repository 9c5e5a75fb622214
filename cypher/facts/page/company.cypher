// purpose: Gives one page of the ids of nodes labelled Company, in their order.
// parameters: after: string, limit: integer
// columns: ids
// access: read
MATCH (n:Company) WHERE n.id > $p.after
WITH n.id AS id ORDER BY id LIMIT $p.limit
RETURN collect(id) AS ids
