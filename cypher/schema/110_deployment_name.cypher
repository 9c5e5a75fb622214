// purpose: Filter and order deployments by name.
// parameters: none
// columns: none
// access: schema
CREATE INDEX deployment_name IF NOT EXISTS FOR (n:Deployment) ON (n.name)
