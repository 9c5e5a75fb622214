// purpose: Tells whether the store holds no fact at all.
// parameters: none
// columns: empty
// access: read
RETURN NOT EXISTS { MATCH (n:Component) } AND NOT EXISTS { MATCH (n:Nation) } AND NOT EXISTS { MATCH (n:Source) } AS empty
