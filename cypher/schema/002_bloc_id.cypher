// purpose: Keep the id of a Bloc unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT bloc_id IF NOT EXISTS FOR (n:Bloc) REQUIRE n.id IS UNIQUE
