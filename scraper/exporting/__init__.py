"""The public tables as files for other tools: Parquet or CSV, described, with checksums."""
