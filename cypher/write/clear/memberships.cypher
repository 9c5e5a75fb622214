// purpose: Deletes memberships, before they are written anew.
// parameters: rows: list of {nation: string, bloc: string}
// columns: cleared
// access: write
UNWIND $p.rows AS row
MATCH (:Nation {id: row.nation})-[r:MEMBER_OF]->(:Bloc {id: row.bloc})
DELETE r
RETURN count(*) AS cleared
