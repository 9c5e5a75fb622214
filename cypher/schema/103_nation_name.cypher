// purpose: Filter and order nations by name.
// parameters: none
// columns: none
// access: schema
CREATE INDEX nation_name IF NOT EXISTS FOR (n:Nation) ON (n.name)
