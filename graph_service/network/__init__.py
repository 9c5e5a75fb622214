"""The immutable AND/OR network of one data version, and the world that masks it."""
