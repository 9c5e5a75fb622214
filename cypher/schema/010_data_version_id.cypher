// purpose: Keep the id of a DataVersion unique, and find one by it.
// parameters: none
// columns: none
// access: schema
CREATE CONSTRAINT data_version_id IF NOT EXISTS FOR (n:DataVersion) REQUIRE n.id IS UNIQUE
