// purpose: Count for longer than anybody waits.
// parameters: none
// columns: numbers
// access: read
UNWIND range(1, 1000) AS a
UNWIND range(1, 1000) AS b
UNWIND range(1, 1000) AS c
UNWIND range(1, 1000) AS d
WITH d WHERE d < 0
RETURN count(d) AS numbers
