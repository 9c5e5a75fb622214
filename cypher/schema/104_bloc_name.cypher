// purpose: Filter and order blocs by name.
// parameters: none
// columns: none
// access: schema
CREATE INDEX bloc_name IF NOT EXISTS FOR (n:Bloc) ON (n.name)
