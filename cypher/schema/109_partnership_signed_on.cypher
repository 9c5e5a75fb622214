// purpose: Filter and order partnerships by the date they were signed on.
// parameters: none
// columns: none
// access: schema
CREATE INDEX partnership_signed_on IF NOT EXISTS FOR (n:Partnership) ON (n.signedOn)
