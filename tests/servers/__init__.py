"""Real servers and programs for the tests: Neo4j of two lines, and a browser."""
