// purpose: Gives one chunk of components and the keys by which facts name them, in the order of ids; "" and -1 stand for unknown.
// parameters: after: string, limit: integer
// columns: id, key, inputKind, category, offersComplete, needsExternalService
// access: read
MATCH (c:Component) WHERE c.id > $p.after
WITH c ORDER BY c.id LIMIT $p.limit
RETURN
  collect(c.id) AS id,
  collect(coalesce(toInteger(split(elementId(c), ':')[2]), c.id)) AS key,
  collect(c.inputKind) AS inputKind,
  collect(c.category) AS category,
  collect(CASE WHEN c.offersComplete IS NULL THEN -1 WHEN c.offersComplete THEN 1 ELSE 0 END) AS offersComplete,
  collect(CASE WHEN c.needsExternalService IS NULL THEN -1 WHEN c.needsExternalService THEN 1 ELSE 0 END)
    AS needsExternalService
