// purpose: Keep the id of a Source unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE
