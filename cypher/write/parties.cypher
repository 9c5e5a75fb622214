// purpose: Creates the parties of partnerships.
// parameters: rows: list of {partnership: string, party: string, role: string?}
// columns: written
// access: write
UNWIND $p.rows AS row
MATCH (partnership:Partnership {id: row.partnership})
OPTIONAL MATCH (nation:Nation {id: row.party})
OPTIONAL MATCH (company:Company {id: row.party})
OPTIONAL MATCH (bloc:Bloc {id: row.party})
FOREACH (one IN CASE WHEN nation IS NULL THEN [] ELSE [nation] END | CREATE (one)-[:PARTY_TO {role: row.role}]->(partnership))
FOREACH (one IN CASE WHEN company IS NULL THEN [] ELSE [company] END | CREATE (one)-[:PARTY_TO {role: row.role}]->(partnership))
FOREACH (one IN CASE WHEN bloc IS NULL THEN [] ELSE [bloc] END | CREATE (one)-[:PARTY_TO {role: row.role}]->(partnership))
WITH nation, company, bloc WHERE nation IS NOT NULL OR company IS NOT NULL OR bloc IS NOT NULL
RETURN count(*) AS written
