// purpose: Gives who owns the companies of these ids, each as a list in the order of the columns of ownerships.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (company:Company {id: id})-[o:OWNED_BY]->(owner:Company)
RETURN collect([
  company.id, owner.id, o.sharePct, o.confidence, toString(o.validFrom), toString(o.validTo),
  [n IN range(0, size(o.sources) - 1) | [o.sources[n], o.notes[n]]]
]) AS rows
