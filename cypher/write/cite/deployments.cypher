// purpose: Creates the citations of deployments, in the order in which they were given.
// parameters: rows: list of {id: string, source: string, position: integer, note: string?}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (n:Deployment {id: row.id})
MATCH (source:Source {id: row.source})
CREATE (n)-[:STATED_IN {position: row.position, note: row.note}]->(source)
RETURN count(*) AS written
