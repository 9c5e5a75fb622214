// purpose: Gives the last id of every chunk of so many rows but the last chunk, for each kind of which there may be many.
// parameters: step: integer
// columns: components, companies, offers, requirements
// access: read
WITH
  COLLECT { MATCH (c:Component) RETURN c.id ORDER BY c.id } AS components,
  COLLECT { MATCH (c:Company) RETURN c.id ORDER BY c.id } AS companies,
  COLLECT { MATCH (o:Offer) RETURN o.id ORDER BY o.id } AS offers,
  COLLECT { MATCH (r:Requirement) RETURN r.id ORDER BY r.id } AS requirements
RETURN
  [i IN range($p.step, size(components) - 1, $p.step) | components[i - 1]] AS components,
  [i IN range($p.step, size(companies) - 1, $p.step) | companies[i - 1]] AS companies,
  [i IN range($p.step, size(offers) - 1, $p.step) | offers[i - 1]] AS offers,
  [i IN range($p.step, size(requirements) - 1, $p.step) | requirements[i - 1]] AS requirements
