// purpose: Create a nation, whether or not there is one of that id.
// parameters: id: string
// columns: id
// access: write
CREATE (n:Nation {id: $p.id}) RETURN n.id AS id
