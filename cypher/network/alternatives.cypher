// purpose: Gives the alternatives of one chunk of requirements with the keys of components, in no order; -1 stands for unknown.
// parameters: after: string, limit: integer
// columns: requirement, component, efficiency, switchTimeWeeks
// access: read
MATCH (r:Requirement) WHERE r.id > $p.after
WITH r ORDER BY r.id LIMIT $p.limit
MATCH (r)-[a:ANY_OF]->(c)
RETURN
  collect(r.id) AS requirement,
  collect(coalesce(toInteger(split(elementId(c), ':')[2]), c.id)) AS component,
  collect(coalesce(a.efficiency, 1.0)) AS efficiency,
  collect(coalesce(a.switchTimeWeeks, -1.0)) AS switchTimeWeeks
