// purpose: Deletes the relationships that the rows of blocs.csv state, before they are written anew.
// parameters: ids: list of string
// columns: cleared
// access: write
UNWIND $p.ids AS id
MATCH (n:Bloc {id: id})
OPTIONAL MATCH (n)-[r:STATED_IN]->()
DELETE r
RETURN count(DISTINCT n) AS cleared
