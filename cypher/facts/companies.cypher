// purpose: Gives the companies of these ids, each as a list in the order of the columns of companies.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Company {id: id})
OPTIONAL MATCH (n)-[:HEADQUARTERED_IN]->(headquarters:Nation)
WITH n, headquarters
RETURN collect([
  n.id, n.name, n.aliases, n.kind, n.lei, headquarters.id,
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
