// purpose: Gives the alternatives of the requirements of these ids, in no order; -1 stands for unknown.
// parameters: ids: list of string
// columns: requirement, component, efficiency, switchTimeWeeks
// access: read
UNWIND $p.ids AS id
MATCH (r:Requirement {id: id})-[a:ANY_OF]->(c)
RETURN
  collect(r.id) AS requirement,
  collect(c.id) AS component,
  collect(coalesce(a.efficiency, 1.0)) AS efficiency,
  collect(coalesce(a.switchTimeWeeks, -1.0)) AS switchTimeWeeks
