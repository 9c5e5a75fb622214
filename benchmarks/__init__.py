"""Benchmarks: what is fast is shown here, in tables, and asserted nowhere."""
