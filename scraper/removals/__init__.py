"""What changed at the source and what was taken down there: told, followed, erased, and proved to be gone."""
