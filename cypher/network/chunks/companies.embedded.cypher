// purpose: Gives the parameters of the statement that reads each chunk of companies: the ids, since this engine finds by id.
// parameters: step: integer
// columns: chunk
// access: read
MATCH (n:Company)
WITH coll.sort(collect(n.id)) AS ids
UNWIND range(0, size(ids), $p.step) AS first
RETURN {ids: ids[first..first + $p.step]} AS chunk
