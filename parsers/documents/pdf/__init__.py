"""PDF files: their text layer in reading order."""
