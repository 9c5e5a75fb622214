// purpose: Gives the id, name and aliases of every node labelled Company, for the name index of search.
// parameters: none
// columns: names
// access: read
RETURN COLLECT { MATCH (n:Company) RETURN [n.id, n.name, coalesce(n.aliases, [])] ORDER BY n.id } AS names
