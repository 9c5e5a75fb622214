// purpose: Find a nation by its ISO 3166-1 alpha-3 code.
// parameters: none
// columns: none
// access: schema
CREATE INDEX nation_iso3 IF NOT EXISTS FOR (n:Nation) ON (n.iso3)
