// purpose: Gives one chunk of offers and the keys of their ends, in the order of ids; "" and -1 stand for unknown.
// parameters: after: string, limit: integer
// columns: id, component, company, nation, sharePct, shareBasis, shareYear, leadTimeWeeks, timeToRecoverWeeks, inventoryWeeks, capacity, unitCost, currency, confidence, validFrom, validTo
// access: read
MATCH (o:Offer) WHERE o.id > $p.after
WITH o ORDER BY o.id LIMIT $p.limit
MATCH (o)-[:OF]->(k)
OPTIONAL MATCH (o)<-[:OFFERS]-(c)
OPTIONAL MATCH (o)-[:MADE_IN]->(n)
WITH o.id AS id,
  coalesce(toInteger(split(elementId(k), ':')[2]), k.id) AS component,
  coalesce(toInteger(split(elementId(c), ':')[2]), c.id) AS company,
  coalesce(toInteger(split(elementId(n), ':')[2]), n.id) AS nation,
  properties(o) AS f
ORDER BY id
RETURN
  collect(id) AS id,
  collect(component) AS component,
  collect(coalesce(company, '')) AS company,
  collect(coalesce(nation, '')) AS nation,
  collect(coalesce(f.sharePct, -1.0)) AS sharePct,
  collect(coalesce(f.shareBasis, '')) AS shareBasis,
  collect(coalesce(f.shareYear, -1)) AS shareYear,
  collect(coalesce(f.leadTimeWeeks, -1.0)) AS leadTimeWeeks,
  collect(coalesce(f.timeToRecoverWeeks, -1.0)) AS timeToRecoverWeeks,
  collect(coalesce(f.inventoryWeeks, -1.0)) AS inventoryWeeks,
  collect(coalesce(f.capacity, -1.0)) AS capacity,
  collect(coalesce(f.unitCost, -1.0)) AS unitCost,
  collect(coalesce(f.currency, '')) AS currency,
  collect(f.confidence) AS confidence,
  collect(coalesce(toString(f.validFrom), '')) AS validFrom,
  collect(coalesce(toString(f.validTo), '')) AS validTo
