"""Trade-offs between deployments: what they cost, and which is best for which weights."""
