// purpose: Gives the components of these ids, in their order; an id is the key as well; "" and -1 stand for unknown.
// parameters: ids: list of string
// columns: id, key, inputKind, category, offersComplete, needsExternalService
// access: read
UNWIND $p.ids AS id
MATCH (c:Component {id: id})
RETURN
  collect(c.id) AS id,
  collect(c.id) AS key,
  collect(c.inputKind) AS inputKind,
  collect(c.category) AS category,
  collect(CASE WHEN c.offersComplete IS NULL THEN -1 WHEN c.offersComplete THEN 1 ELSE 0 END) AS offersComplete,
  collect(CASE WHEN c.needsExternalService IS NULL THEN -1 WHEN c.needsExternalService THEN 1 ELSE 0 END)
    AS needsExternalService
