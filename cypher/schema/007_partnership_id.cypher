// purpose: Keep the id of a Partnership unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT partnership_id IF NOT EXISTS FOR (n:Partnership) REQUIRE n.id IS UNIQUE
