// purpose: Gives the components of these ids, each as a list in the order of the columns of components.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Component {id: id})
OPTIONAL MATCH (n)-[:VARIANT_OF]->(base:Component)
WITH n, base
RETURN collect([
  n.id, n.name, n.aliases, n.category, n.inputKind, n.needsExternalService, n.offersComplete, base.id,
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
