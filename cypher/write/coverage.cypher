// purpose: Creates what partnerships cover.
// parameters: rows: list of {partnership: string, component: string}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (partnership:Partnership {id: row.partnership})
MATCH (component:Component {id: row.component})
CREATE (partnership)-[:COVERS]->(component)
RETURN count(*) AS written
