// purpose: Creates or replaces sources.
// parameters: rows: list of {id: string, title: string, publisher: string?, year: integer?, url: string?, licence: string?, reliability: string?}
// columns: written
// access: write
UNWIND $p.rows AS row
MERGE (n:Source {id: row.id})
SET n = {
  id: row.id, title: row.title, publisher: row.publisher, year: row.year, url: row.url,
  licence: row.licence, reliability: row.reliability
}
RETURN count(*) AS written
