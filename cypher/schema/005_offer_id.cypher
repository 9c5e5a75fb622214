// purpose: Keep the id of an Offer unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT offer_id IF NOT EXISTS FOR (n:Offer) REQUIRE n.id IS UNIQUE
