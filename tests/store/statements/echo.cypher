// purpose: Give a parameter back, alone and nested.
// parameters: value: any
// columns: value, nested
// access: read
RETURN $p.value AS value, [[$p.value], {value: $p.value}] AS nested
