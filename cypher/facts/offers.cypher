// purpose: Gives the offers of these ids, each as a list in the order of the columns of offers.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Offer {id: id})
MATCH (n)-[:OF]->(component:Component)
OPTIONAL MATCH (n)<-[:OFFERS]-(company:Company)
OPTIONAL MATCH (n)-[:MADE_IN]->(nation:Nation)
WITH n, company, component, nation
RETURN collect([
  n.id, company.id, component.id, nation.id, n.sharePct, n.shareBasis, n.shareYear, n.leadTimeWeeks,
  n.timeToRecoverWeeks, n.inventoryWeeks, n.capacity, n.capacityUnit, n.unitCost, n.currency,
  n.confidence, toString(n.validFrom), toString(n.validTo),
  COLLECT { MATCH (n)-[c:STATED_IN]->(s:Source) RETURN [s.id, c.note] ORDER BY c.position, s.id }
]) AS rows
