// purpose: Keep the id of a Deployment unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT deployment_id IF NOT EXISTS FOR (n:Deployment) REQUIRE n.id IS UNIQUE
