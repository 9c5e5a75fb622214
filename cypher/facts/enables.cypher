// purpose: Gives the offers that the partnerships of these ids enable, each as a list in the order of the columns of enables.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (partnership:Partnership {id: id})-[:ENABLES]->(offer:Offer)
RETURN collect([partnership.id, offer.id]) AS rows
