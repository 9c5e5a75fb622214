// purpose: Gives which nation belongs to which bloc, a column each; "" stands for an open end.
// parameters: none
// columns: nation, bloc, confidence, validFrom, validTo
// access: read
MATCH (n:Nation)-[r:MEMBER_OF]->(b:Bloc)
WITH n, r, b ORDER BY n.id, b.id
RETURN
  collect(n.id) AS nation,
  collect(b.id) AS bloc,
  collect(r.confidence) AS confidence,
  collect(coalesce(toString(r.validFrom), '')) AS validFrom,
  collect(coalesce(toString(r.validTo), '')) AS validTo
