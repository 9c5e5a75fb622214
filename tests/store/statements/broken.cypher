// purpose: Say nothing that a database understands.
// parameters: none
// columns: none
// access: read
MATCH MATCH
