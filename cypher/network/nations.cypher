// purpose: Gives one chunk of nations and the keys by which facts name them, in the order of ids.
// parameters: after: string, limit: integer
// columns: id, key, gdprTransfer
// access: read
MATCH (c:Nation) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
RETURN
  collect(c.id) AS id,
  collect(coalesce(toInteger(split(elementId(c), ':')[2]), c.id)) AS key,
  collect(c.gdprTransfer) AS gdprTransfer
