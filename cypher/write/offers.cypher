// purpose: Creates or replaces offers with their company, component and nation; a company is looked up once.
// parameters: groups: list of {company: string?, rows: list of {id: string, company: string?, component: string, nation: string?, sharePct: float?, shareBasis: string?, shareYear: integer?, leadTimeWeeks: float?, timeToRecoverWeeks: float?, inventoryWeeks: float?, capacity: float?, capacityUnit: string?, unitCost: float?, currency: string?, confidence: integer, validFrom: date?, validTo: date?, recordedAt: string}}
// columns: written
// access: write
UNWIND $p.groups AS group
OPTIONAL MATCH (company:Company {id: group.company})
UNWIND group.rows AS row
WITH company, row
MATCH (component:Component {id: row.component})
OPTIONAL MATCH (nation:Nation {id: row.nation})
MERGE (n:Offer {id: row.id})
SET n = {
  id: row.id, sharePct: row.sharePct, shareBasis: row.shareBasis, shareYear: row.shareYear,
  leadTimeWeeks: row.leadTimeWeeks, timeToRecoverWeeks: row.timeToRecoverWeeks,
  inventoryWeeks: row.inventoryWeeks, capacity: row.capacity, capacityUnit: row.capacityUnit,
  unitCost: row.unitCost, currency: row.currency, confidence: row.confidence, validFrom: row.validFrom,
  validTo: row.validTo, recordedAt: row.recordedAt
}
CREATE (n)-[:OF]->(component)
FOREACH (one IN CASE WHEN company IS NULL THEN [] ELSE [company] END | CREATE (one)-[:OFFERS]->(n))
FOREACH (one IN CASE WHEN nation IS NULL THEN [] ELSE [nation] END | CREATE (n)-[:MADE_IN]->(one))
WITH row, company, nation WHERE (row.company IS NULL OR company IS NOT NULL) AND (row.nation IS NULL OR nation IS NOT NULL)
RETURN count(*) AS written
