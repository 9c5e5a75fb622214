"""How fast the analyses are through GraphQL on generated networks, and how that grows: docs/performance-analyses.md."""
