// purpose: Gives one page of the ids of nodes labelled Deployment, in their order.
// parameters: after: string, limit: integer
// columns: ids
// access: read
MATCH (n:Deployment) WHERE n.id > $p.after
WITH n.id AS id ORDER BY id LIMIT $p.limit
RETURN collect(id) AS ids
