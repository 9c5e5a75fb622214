"""All Strawberry code: types, queries, limits."""
