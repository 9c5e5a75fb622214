// purpose: Gives the alternatives of the requirements of these ids, each as a list in the order of the columns of alternatives.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (requirement:Requirement {id: id})-[a:ANY_OF]->(component:Component)
RETURN collect([requirement.id, component.id, a.efficiency, a.switchTimeWeeks]) AS rows
