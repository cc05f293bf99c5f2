"""Provisions of information law and their table."""
