// purpose: Find a nation by its ISO 3166-1 alpha-2 code.
// parameters: none
// columns: none
// access: schema
CREATE INDEX nation_iso2 IF NOT EXISTS FOR (n:Nation) ON (n.iso2)
