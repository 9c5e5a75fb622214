// purpose: Note, beside the data version, that these kinds of things change with it; other kinds keep their notes.
// parameters: kinds: list of string
// columns: number
// access: write
MATCH (version:DataVersion {id: 'data-version'})
SET
  version.nationAt = CASE WHEN 'nation' IN $p.kinds THEN version.number ELSE version.nationAt END,
  version.blocAt = CASE WHEN 'bloc' IN $p.kinds THEN version.number ELSE version.blocAt END,
  version.companyAt = CASE WHEN 'company' IN $p.kinds THEN version.number ELSE version.companyAt END,
  version.componentAt = CASE WHEN 'component' IN $p.kinds THEN version.number ELSE version.componentAt END,
  version.offerAt = CASE WHEN 'offer' IN $p.kinds THEN version.number ELSE version.offerAt END,
  version.requirementAt = CASE WHEN 'requirement' IN $p.kinds THEN version.number ELSE version.requirementAt END,
  version.partnershipAt = CASE WHEN 'partnership' IN $p.kinds THEN version.number ELSE version.partnershipAt END,
  version.deploymentAt = CASE WHEN 'deployment' IN $p.kinds THEN version.number ELSE version.deploymentAt END,
  version.sourceAt = CASE WHEN 'source' IN $p.kinds THEN version.number ELSE version.sourceAt END
RETURN version.number AS number
