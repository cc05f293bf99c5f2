"""archive.db and the stored files."""
