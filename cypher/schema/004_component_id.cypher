// purpose: Keep the id of a Component unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT component_id IF NOT EXISTS FOR (n:Component) REQUIRE n.id IS UNIQUE
