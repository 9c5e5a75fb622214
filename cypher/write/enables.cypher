// purpose: Creates what partnerships enable.
// parameters: rows: list of {partnership: string, offer: string}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (partnership:Partnership {id: row.partnership})
MATCH (offer:Offer {id: row.offer})
CREATE (partnership)-[:ENABLES]->(offer)
RETURN count(*) AS written
