// purpose: Gives the blocs of these ids, each as a list in the order of the columns of blocs.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Bloc {id: id})
RETURN collect([
  n.id, n.name, n.kind, n.aliases,
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
