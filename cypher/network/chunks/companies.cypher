// purpose: Gives the parameters of the statement that reads each chunk of companies; the comparison lets the index give ids.
// parameters: step: integer
// columns: chunk
// access: read
MATCH (n:Company) WHERE n.id > ''
WITH n.id AS id ORDER BY id
WITH collect(id) AS ids
UNWIND range(0, size(ids), $p.step) AS first
RETURN {after: CASE first WHEN 0 THEN '' ELSE ids[first - 1] END, limit: $p.step} AS chunk
