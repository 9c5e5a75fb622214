// purpose: Gives the deployments of these ids, each as a list in the order of the columns of deployments.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Deployment {id: id})
OPTIONAL MATCH (n)-[:LOCATED_IN]->(location:Nation)
OPTIONAL MATCH (n)-[:OPERATED_BY]->(operator:Company)
WITH n, location, operator
RETURN collect([
  n.id, n.name, n.aliases, n.mode, n.airGapped, location.id, operator.id, n.status, n.capex,
  n.opexPerYear, n.pricePerHour, n.currency, n.tokensPerSecond,
  n.confidence, toString(n.validFrom), toString(n.validTo),
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
