// purpose: Deletes the relationships that the rows of requirements.csv state, before they are written anew.
// parameters: ids: list of string
// columns: cleared
// access: write
UNWIND $p.ids AS id
MATCH (n:Requirement {id: id})
OPTIONAL MATCH (n)-[r:ANY_OF|STATED_IN]->()
DELETE r
WITH DISTINCT n
OPTIONAL MATCH (n)<-[r:REQUIRES]-()
DELETE r
RETURN count(DISTINCT n) AS cleared
