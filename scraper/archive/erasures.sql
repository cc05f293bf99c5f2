-- Migration "0009_erasures": bytes on their way out, and files that are never stored again.

-- A row stands here from the transaction that gives a body up until its bytes are off the disk.
CREATE TABLE erasures (
  sha256 TEXT PRIMARY KEY,
  since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The site may number a file anew, and the same bytes in the same message are the same file (alaveteli.md 6.1).
CREATE TABLE forgotten_files (
  message_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (message_id, sha256)
) STRICT, WITHOUT ROWID;

-- Who still needs a body is asked for each body that is given up.
CREATE INDEX requests_json ON requests(json_sha256);
CREATE INDEX requests_page ON requests(page_sha256);
CREATE INDEX validators_sha256 ON validators(sha256);
