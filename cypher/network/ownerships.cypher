// purpose: Gives who owns whom, a column each; -1 and "" stand for unknown.
// parameters: none
// columns: company, owner, sharePct, confidence, validFrom, validTo
// access: read
MATCH (c:Company)-[r:OWNED_BY]->(o:Company)
WITH c, r, o ORDER BY c.id, o.id
RETURN
  collect(c.id) AS company,
  collect(o.id) AS owner,
  collect(coalesce(r.sharePct, -1.0)) AS sharePct,
  collect(r.confidence) AS confidence,
  collect(coalesce(toString(r.validFrom), '')) AS validFrom,
  collect(coalesce(toString(r.validTo), '')) AS validTo
