"""Primitives: what all analyses share. None of them knows a question."""
