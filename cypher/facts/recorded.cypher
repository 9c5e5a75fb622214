// purpose: Tells which of these ids are recorded, a list for each kind.
// parameters: source: list of string, nation: list of string, bloc: list of string, company: list of string, component: list of string, offer: list of string, requirement: list of string, partnership: list of string, deployment: list of string
// columns: source, nation, bloc, company, component, offer, requirement, partnership, deployment
// access: read
RETURN
  COLLECT { UNWIND $p.source AS id MATCH (n:Source {id: id}) RETURN n.id } AS source,
  COLLECT { UNWIND $p.nation AS id MATCH (n:Nation {id: id}) RETURN n.id } AS nation,
  COLLECT { UNWIND $p.bloc AS id MATCH (n:Bloc {id: id}) RETURN n.id } AS bloc,
  COLLECT { UNWIND $p.company AS id MATCH (n:Company {id: id}) RETURN n.id } AS company,
  COLLECT { UNWIND $p.component AS id MATCH (n:Component {id: id}) RETURN n.id } AS component,
  COLLECT { UNWIND $p.offer AS id MATCH (n:Offer {id: id}) RETURN n.id } AS offer,
  COLLECT { UNWIND $p.requirement AS id MATCH (n:Requirement {id: id}) RETURN n.id } AS requirement,
  COLLECT { UNWIND $p.partnership AS id MATCH (n:Partnership {id: id}) RETURN n.id } AS partnership,
  COLLECT { UNWIND $p.deployment AS id MATCH (n:Deployment {id: id}) RETURN n.id } AS deployment
