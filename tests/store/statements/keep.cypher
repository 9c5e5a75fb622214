// purpose: Keep one nation.
// parameters: id: string, value: any
// columns: id
// access: write
MERGE (n:Nation {id: $p.id}) SET n.value = $p.value RETURN n.id AS id
