// purpose: Count nations.
// parameters: none
// columns: nations
// access: read
MATCH (n:Nation) RETURN count(n) AS nations
