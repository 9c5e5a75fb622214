// purpose: Gives the parties of the partnerships of these ids, each as a list in the order of the columns of parties.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (partnership:Partnership {id: id})<-[r:PARTY_TO]-(party)
RETURN collect([partnership.id, party.id, r.role]) AS rows
