// purpose: Gives which component is a variant of which, a column each.
// parameters: none
// columns: component, of
// access: read
MATCH (c:Component)-[:VARIANT_OF]->(v:Component)
WITH c.id AS component, min(v.id) AS of
RETURN collect(component) AS component, collect(of) AS of
