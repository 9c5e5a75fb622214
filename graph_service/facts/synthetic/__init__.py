"""Synthetic facts: a supply network of any size that nobody claims to be true, one kind of facts a file."""
