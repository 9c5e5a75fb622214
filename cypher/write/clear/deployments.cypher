// purpose: Deletes the relationships that the rows of deployments.csv state, before they are written anew.
// parameters: ids: list of string
// columns: cleared
// access: write
UNWIND $p.ids AS id
MATCH (n:Deployment {id: id})
OPTIONAL MATCH (n)-[r:LOCATED_IN|OPERATED_BY|STATED_IN]->()
DELETE r
RETURN count(DISTINCT n) AS cleared
