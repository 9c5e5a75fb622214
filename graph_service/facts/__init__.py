"""Fact files in and out: parse, validate, compare with the store, upsert, export."""
