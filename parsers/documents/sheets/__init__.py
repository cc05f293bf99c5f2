"""Spreadsheets, tables in text and presentations: a page for each sheet or slide."""
