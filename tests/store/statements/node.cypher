// purpose: Return a node, which no statement may.
// parameters: id: string
// columns: n
// access: read
MATCH (n:Nation {id: $p.id}) RETURN n
