// purpose: Gives the sources of these ids, each as a list in the order of the columns of sources.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (n:Source {id: id})
RETURN collect([
  n.id, n.title, n.publisher, n.year, n.url, n.licence, n.reliability
]) AS rows
