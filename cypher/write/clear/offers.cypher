// purpose: Deletes the relationships that the rows of offers.csv state, before they are written anew.
// parameters: ids: list of string
// columns: cleared
// access: write
UNWIND $p.ids AS id
MATCH (n:Offer {id: id})
OPTIONAL MATCH (n)-[r:OF|MADE_IN|STATED_IN]->()
DELETE r
WITH DISTINCT n
OPTIONAL MATCH (n)<-[r:OFFERS]-(:Company)
DELETE r
RETURN count(DISTINCT n) AS cleared
