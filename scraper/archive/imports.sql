-- Migration "0008_imports": what was brought in from files instead of being fetched.

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  name TEXT NOT NULL,              -- of the file, without its folder
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,              -- warc, mhtml, html, json, zip, csv, unknown
  imported_at TEXT NOT NULL,
  taken INTEGER NOT NULL,          -- answers taken
  left_out TEXT NOT NULL           -- JSON: how many were left, by reason
) STRICT;
CREATE INDEX imports_sha256 ON imports(sha256);
CREATE INDEX imports_run ON imports(run_id);
