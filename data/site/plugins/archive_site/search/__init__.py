"""Searching letters, documents, titles and names."""
