"""The picture of one target as people read it: as tables, Markdown, JSON, and drawings, one form a file."""
