// purpose: Gives the partnerships of these ids, each as a list in the order of the columns of partnerships.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Partnership {id: id})
RETURN collect([
  n.id, n.name, n.aliases, n.kind, n.status, n.signedOn, n.goal,
  n.confidence, toString(n.validFrom), toString(n.validTo),
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
