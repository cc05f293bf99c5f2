"""Other doors of the archive: what was saved from a browser or by another crawler comes in, raw records go out."""
