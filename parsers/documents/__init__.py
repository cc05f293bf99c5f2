"""Bytes of a file to pages of text."""
