-- Migration "0013_tombstones": what is still told of requests that were erased, and how what was forgotten is known again.

ALTER TABLE withdrawals ADD COLUMN of_authority INTEGER; -- of an erased request: so it is counted with its authority
ALTER TABLE withdrawals ADD COLUMN was_listed INTEGER NOT NULL DEFAULT 0; -- whether a list had shown it

-- A name may say what was forgotten, so its fingerprint stands here (scraper.archive.fingerprints), never the name.
CREATE TABLE forgotten_names (
  subject TEXT PRIMARY KEY,        -- of the file; its newest number, where the site numbered it anew
  message_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX forgotten_names_message ON forgotten_names(message_id);

CREATE TABLE forgotten_slugs (
  fingerprint TEXT PRIMARY KEY,
  request_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
