// purpose: Creates or replaces nations.
// parameters: rows: list of {id: string, name: string, iso2: string, iso3: string, region: string?, aliases: list of string, gdprTransfer: string}
// columns: written
// access: write
UNWIND $p.rows AS row
MERGE (n:Nation {id: row.id})
SET n = {
  id: row.id, name: row.name, iso2: row.iso2, iso3: row.iso3, region: row.region, aliases: row.aliases,
  gdprTransfer: row.gdprTransfer
}
RETURN count(*) AS written
