// purpose: Gives the id, name and aliases of every node labelled Partnership, for the name index of search.
// parameters: none
// columns: names
// access: read
RETURN COLLECT { MATCH (n:Partnership) RETURN [n.id, n.name, coalesce(n.aliases, [])] ORDER BY n.id } AS names
