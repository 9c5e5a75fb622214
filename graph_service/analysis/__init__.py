"""Pure functions from a network to a frozen answer, one question a file."""
