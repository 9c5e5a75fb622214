// purpose: Says which components are variants of which.
// parameters: rows: list of {id: string, variantOf: string}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (n:Component {id: row.id})
MATCH (base:Component {id: row.variantOf})
CREATE (n)-[:VARIANT_OF]->(base)
RETURN count(*) AS written
