// purpose: Keep the id of a Requirement unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT requirement_id IF NOT EXISTS FOR (n:Requirement) REQUIRE n.id IS UNIQUE
