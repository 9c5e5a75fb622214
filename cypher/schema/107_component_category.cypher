// purpose: Filter and group components by category.
// parameters: none
// columns: none
// access: schema
CREATE INDEX component_category IF NOT EXISTS FOR (n:Component) ON (n.category)
