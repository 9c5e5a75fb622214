// purpose: Gives the last id of every chunk of so many requirements but the last chunk; the comparison lets the index give ids.
// parameters: step: integer
// columns: last
// access: read
MATCH (n:Requirement) WHERE n.id > ''
WITH n.id AS id ORDER BY id
WITH collect(id) AS ids
RETURN [i IN range($p.step, size(ids) - 1, $p.step) | ids[i - 1]] AS last
