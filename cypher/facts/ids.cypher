// purpose: Gives the ids of all nodes, a list for each kind, in their order.
// parameters: none
// columns: source, nation, bloc, company, component, offer, requirement, partnership, deployment
// access: read
RETURN
  COLLECT { MATCH (n:Source) RETURN n.id ORDER BY n.id } AS source,
  COLLECT { MATCH (n:Nation) RETURN n.id ORDER BY n.id } AS nation,
  COLLECT { MATCH (n:Bloc) RETURN n.id ORDER BY n.id } AS bloc,
  COLLECT { MATCH (n:Company) RETURN n.id ORDER BY n.id } AS company,
  COLLECT { MATCH (n:Component) RETURN n.id ORDER BY n.id } AS component,
  COLLECT { MATCH (n:Offer) RETURN n.id ORDER BY n.id } AS offer,
  COLLECT { MATCH (n:Requirement) RETURN n.id ORDER BY n.id } AS requirement,
  COLLECT { MATCH (n:Partnership) RETURN n.id ORDER BY n.id } AS partnership,
  COLLECT { MATCH (n:Deployment) RETURN n.id ORDER BY n.id } AS deployment
