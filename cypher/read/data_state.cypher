// purpose: Read the data version with the instant of its last move, and at which number each kind of things changed last.
// parameters: none
// columns: number, token, importing, movedAt, nation, bloc, company, component, offer, requirement, partnership, deployment, source; no row in a store that nobody ever wrote to
// access: read
MATCH (version:DataVersion {id: 'data-version'})
RETURN
  version.number AS number, version.token AS token, version.importing AS importing, version.movedAt AS movedAt,
  version.nationAt AS nation, version.blocAt AS bloc, version.companyAt AS company, version.componentAt AS component,
  version.offerAt AS offer, version.requirementAt AS requirement, version.partnershipAt AS partnership,
  version.deploymentAt AS deployment, version.sourceAt AS source
