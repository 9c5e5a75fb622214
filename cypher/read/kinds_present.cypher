// purpose: Tells of which kinds the store holds anything.
// parameters: none
// columns: source, nation, bloc, company, component, offer, requirement, partnership, deployment
// access: read
RETURN
  EXISTS { MATCH (n:Source) } AS source,
  EXISTS { MATCH (n:Nation) } AS nation,
  EXISTS { MATCH (n:Bloc) } AS bloc,
  EXISTS { MATCH (n:Company) } AS company,
  EXISTS { MATCH (n:Component) } AS component,
  EXISTS { MATCH (n:Offer) } AS offer,
  EXISTS { MATCH (n:Requirement) } AS requirement,
  EXISTS { MATCH (n:Partnership) } AS partnership,
  EXISTS { MATCH (n:Deployment) } AS deployment
