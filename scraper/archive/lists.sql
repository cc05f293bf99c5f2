-- Migration "0005_lists": which lists were gone through and how far, and which requests they showed.

CREATE TABLE enumerations (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id), -- the last one that worked on it: a crawl taken up goes on with its lists
  parent_id INTEGER REFERENCES enumerations(id), -- the list that was too long and was parted into this one
  url TEXT NOT NULL,               -- of its first page; once a run
  authority TEXT,                  -- url_name, where it is of one authority
  after TEXT,                      -- first and last day inside it (UTC); NULL where it is of all days
  before TEXT,
  narrowed TEXT NOT NULL DEFAULT '{}', -- JSON: what else narrows it, such as variety, path, state
  began_at TEXT NOT NULL,          -- when it was first read, or planned
  ended_at TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  about INTEGER,                   -- the "About N" of its first page: an estimate
  result TEXT                      -- whole, parted (read by its parts), capped (longer than the site shows, and
                                   -- nothing parts it), stuck (it moved or repeated too often to be read), failed,
                                   -- refused, not_found; NULL while going on, or when the run was stopped before
) STRICT;
CREATE INDEX enumerations_authority ON enumerations(authority, before);
CREATE UNIQUE INDEX enumerations_run ON enumerations(run_id, url);
CREATE INDEX enumerations_parent ON enumerations(parent_id);

CREATE TABLE listed (
  slug TEXT PRIMARY KEY,
  authority TEXT,                  -- url_name, as the row has it
  request_id INTEGER,              -- once it has been fetched
  last_event_at TEXT,              -- of the newest event that a list showed (UTC)
  run_id INTEGER NOT NULL REFERENCES runs(id), -- the last one whose lists showed it
  first_listed_at TEXT NOT NULL,
  last_listed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_run ON listed(run_id);
CREATE INDEX listed_authority ON listed(authority);
CREATE INDEX listed_request ON listed(request_id);
