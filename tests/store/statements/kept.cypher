// purpose: Read what a nation was given.
// parameters: id: string
// columns: value
// access: read
MATCH (n:Nation {id: $p.id}) RETURN n.value AS value
