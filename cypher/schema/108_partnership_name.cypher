// purpose: Filter and order partnerships by name.
// parameters: none
// columns: none
// access: schema
CREATE INDEX partnership_name IF NOT EXISTS FOR (n:Partnership) ON (n.name)
