-- Migration "0007_changes": what was found changed between two looks, without what was removed.

CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  seen_at TEXT NOT NULL,
  run_id INTEGER REFERENCES runs(id),
  request_id INTEGER NOT NULL,     -- a number, not a reference: the request may be erased
  subject TEXT NOT NULL,           -- request/123, incoming-7, outgoing-12, attachment-8, comment-2
  kind TEXT NOT NULL,              -- closed vocabulary of scraper.removals.changes
  before TEXT,                     -- only of closed vocabularies, numbers and times; never words of the site
  after TEXT
) STRICT;
CREATE INDEX changes_request ON changes(request_id, id);
CREATE INDEX changes_run ON changes(run_id);
CREATE INDEX changes_seen ON changes(seen_at);

ALTER TABLE withdrawals ADD COLUMN evidence TEXT;            -- what showed it: closed vocabulary of scraper.removals.evidence
ALTER TABLE withdrawals ADD COLUMN looks INTEGER NOT NULL DEFAULT 1; -- how often it was seen so
ALTER TABLE withdrawals ADD COLUMN confirmed_at TEXT;        -- NULL while a second look is wanted
ALTER TABLE withdrawals ADD COLUMN erased_at TEXT;           -- when its bytes, text, readings and index entries went
