"""Hostile texts made into pages: quoted mail folded, quotes marked, sizes kept."""
