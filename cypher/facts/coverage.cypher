// purpose: Gives the components that the partnerships of these ids cover, each as a list in the order of the columns of coverage.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (partnership:Partnership {id: id})-[:COVERS]->(component:Component)
RETURN collect([partnership.id, component.id]) AS rows
