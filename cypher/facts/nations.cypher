// purpose: Gives the nations of these ids, each as a list in the order of the columns of nations.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Nation {id: id})
RETURN collect([
  n.id, n.name, n.iso2, n.iso3, n.region, n.aliases, n.gdprTransfer,
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
