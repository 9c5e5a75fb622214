// purpose: Gives the offers of these ids, in their order, with the ids of their ends; "" and -1 stand for unknown.
// parameters: ids: list of string
// columns: id, component, company, nation, sharePct, shareBasis, shareYear, leadTimeWeeks, timeToRecoverWeeks, inventoryWeeks, capacity, unitCost, currency, confidence, validFrom, validTo
// access: read
UNWIND $p.ids AS id
MATCH (o:Offer {id: id})-[:OF]->(k)
OPTIONAL MATCH (o)<-[:OFFERS]-(c)
OPTIONAL MATCH (o)-[:MADE_IN]->(n)
RETURN
  collect(o.id) AS id,
  collect(k.id) AS component,
  collect(coalesce(c.id, '')) AS company,
  collect(coalesce(n.id, '')) AS nation,
  collect(coalesce(o.sharePct, -1.0)) AS sharePct,
  collect(coalesce(o.shareBasis, '')) AS shareBasis,
  collect(coalesce(o.shareYear, -1)) AS shareYear,
  collect(coalesce(o.leadTimeWeeks, -1.0)) AS leadTimeWeeks,
  collect(coalesce(o.timeToRecoverWeeks, -1.0)) AS timeToRecoverWeeks,
  collect(coalesce(o.inventoryWeeks, -1.0)) AS inventoryWeeks,
  collect(coalesce(o.capacity, -1.0)) AS capacity,
  collect(coalesce(o.unitCost, -1.0)) AS unitCost,
  collect(coalesce(o.currency, '')) AS currency,
  collect(o.confidence) AS confidence,
  collect(coalesce(toString(o.validFrom), '')) AS validFrom,
  collect(coalesce(toString(o.validTo), '')) AS validTo
