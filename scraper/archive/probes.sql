-- Step 0003: what documents hold beside what they show, and the names of sheets and slides.

ALTER TABLE pages ADD COLUMN title TEXT;   -- of a sheet or a slide

CREATE TABLE probes (
  sha256 TEXT PRIMARY KEY REFERENCES files(sha256),
  document_type TEXT NOT NULL,
  status TEXT NOT NULL,            -- probed, or why not: damaged, encrypted, too_big, too_slow, bomb, crashed, …
  detail TEXT,
  probe_version TEXT NOT NULL,
  probed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Never the hidden content itself. Private: the place would help to find it.
CREATE TABLE findings (
  sha256 TEXT NOT NULL REFERENCES probes(sha256) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,              -- hidden_sheet, hidden_columns, covered_text, … (parsers/documents/probe_findings.py)
  severity TEXT NOT NULL CHECK (severity IN ('holds_back', 'note')),
  place TEXT NOT NULL,             -- sheet 2, columns C, D
  count INTEGER NOT NULL,
  PRIMARY KEY (sha256, number)
) STRICT, WITHOUT ROWID;
