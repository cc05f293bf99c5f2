"""Measures the letter reader: ``python -m tests.measure``."""
