"""Stored documents to text and readings, in limited child processes."""
