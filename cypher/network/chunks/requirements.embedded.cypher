// purpose: Gives the parameters of the statement that reads each chunk of requirements: the ids, since this engine finds by id.
// parameters: step: integer
// columns: chunk
// access: read
MATCH (n:Requirement)
WITH coll.sort(collect(n.id)) AS ids
UNWIND range(0, size(ids), $p.step) AS first
RETURN {ids: ids[first..first + $p.step]} AS chunk
