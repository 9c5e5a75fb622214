"""The GraphQL types of the contract."""
