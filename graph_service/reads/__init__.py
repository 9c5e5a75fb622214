"""From a GraphQL selection to one statement to a shaped answer."""
