// purpose: Filter and order companies by name.
// parameters: none
// columns: none
// access: schema
CREATE INDEX company_name IF NOT EXISTS FOR (n:Company) ON (n.name)
