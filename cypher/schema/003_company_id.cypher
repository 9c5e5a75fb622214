// purpose: Keep the id of a Company unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT company_id IF NOT EXISTS FOR (n:Company) REQUIRE n.id IS UNIQUE
