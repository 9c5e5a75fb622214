// purpose: Gives the requirements of these ids, each as a list in the order of the columns of requirements.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Requirement {id: id})
MATCH (n)<-[:REQUIRES]-(owner)
WITH n, owner
RETURN collect([
  n.id, owner.id, n.k, n.quantity, n.unit, n.optional, n.condition,
  n.confidence, toString(n.validFrom), toString(n.validTo),
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
