"""Putting what spiders and imports bring into the archive: rows, what is due next, and what was removed, at once."""
