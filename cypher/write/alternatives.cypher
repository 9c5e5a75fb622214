// purpose: Creates the alternatives of requirements.
// parameters: rows: list of {requirement: string, component: string, efficiency: float, switchTimeWeeks: float?}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (requirement:Requirement {id: row.requirement})
MATCH (component:Component {id: row.component})
CREATE (requirement)-[:ANY_OF {efficiency: row.efficiency, switchTimeWeeks: row.switchTimeWeeks}]->(component)
RETURN count(*) AS written
