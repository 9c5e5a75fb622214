// purpose: Filter and order components by name.
// parameters: none
// columns: none
// access: schema
CREATE INDEX component_name IF NOT EXISTS FOR (n:Component) ON (n.name)
