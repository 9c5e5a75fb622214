// purpose: Deletes the relationships that the rows of partnerships.csv state, before they are written anew.
// parameters: ids: list of string
// columns: cleared
// access: write
UNWIND $p.ids AS id
MATCH (n:Partnership {id: id})
OPTIONAL MATCH (n)-[r:COVERS|ENABLES|STATED_IN]->()
DELETE r
WITH DISTINCT n
OPTIONAL MATCH (n)<-[r:PARTY_TO]-()
DELETE r
RETURN count(DISTINCT n) AS cleared
