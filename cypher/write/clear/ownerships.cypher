// purpose: Deletes ownerships, before they are written anew.
// parameters: rows: list of {company: string, owner: string}
// columns: cleared
// access: write
UNWIND $p.rows AS row
MATCH (:Company {id: row.company})-[r:OWNED_BY]->(:Company {id: row.owner})
DELETE r
RETURN count(*) AS cleared
