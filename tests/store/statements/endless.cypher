// purpose: Count for longer than anybody waits.
// parameters: none
// columns: numbers
// access: read
UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a WHERE a < 0 RETURN count(a) AS numbers
