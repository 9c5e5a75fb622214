// purpose: Keep the id of a Nation unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT nation_id IF NOT EXISTS FOR (n:Nation) REQUIRE n.id IS UNIQUE
