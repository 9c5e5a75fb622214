// purpose: Gives the memberships of the nations of these ids, each as a list in the order of the columns of memberships.csv.
// parameters: ids: list of string
// columns: rows
// access: read
UNWIND $p.ids AS id
MATCH (nation:Nation {id: id})-[m:MEMBER_OF]->(bloc:Bloc)
RETURN collect([
  nation.id, bloc.id, m.confidence, toString(m.validFrom), toString(m.validTo),
  [n IN range(0, size(m.sources) - 1) | [m.sources[n], m.notes[n]]]
]) AS rows
