-- archive.db, migration "0001_first": everything that may lawfully be held. Private.
-- Ids are the site's own. Times are ISO 8601 text as the site printed them, or UTC with Z where ours.

CREATE TABLE about (
  key TEXT PRIMARY KEY,            -- written_by: the version of this program that made the tables
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE authorities (
  id INTEGER PRIMARY KEY,
  url_name TEXT NOT NULL UNIQUE,   -- #ID while another authority has taken the name and the new one is not known
  name TEXT NOT NULL,
  short_name TEXT,
  home_page TEXT,
  publication_scheme TEXT,
  disclosure_log TEXT,
  notes TEXT,
  created_at TEXT,
  updated_at TEXT,
  requests_count INTEGER,
  unexplained TEXT NOT NULL DEFAULT '[]', -- JSON list: what no rule read
  last_checked_at TEXT NOT NULL
) STRICT;

CREATE TABLE authority_tags (
  authority_id INTEGER NOT NULL REFERENCES authorities(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (authority_id, name, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,       -- #ID while another request has taken the slug and the new one is not known
  title TEXT NOT NULL,
  authority_id INTEGER NOT NULL REFERENCES authorities(id),
  law_used TEXT NOT NULL,
  described_state TEXT NOT NULL,
  display_status TEXT NOT NULL,
  calculated_status TEXT NOT NULL,
  awaiting_description INTEGER NOT NULL,
  prominence TEXT NOT NULL,
  noindex INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  due_on TEXT,
  replies TEXT NOT NULL,
  not_subject INTEGER NOT NULL,
  batch_id INTEGER,
  requester_kind TEXT NOT NULL,
  requester_name TEXT,             -- only where wdtk.toml says keep_requester_names
  law_note TEXT,                   -- the site's words on an authority outside the law, or under the EIR only
  notes TEXT NOT NULL DEFAULT '[]', -- JSON list: notes of the site's team above the messages
  unexplained TEXT NOT NULL DEFAULT '[]', -- JSON list: what no rule read
  json_sha256 TEXT NOT NULL REFERENCES files(sha256),
  page_sha256 TEXT NOT NULL REFERENCES files(sha256),
  last_checked_at TEXT NOT NULL
) STRICT;
CREATE INDEX requests_authority ON requests(authority_id);

CREATE TABLE request_tags (
  request_id INTEGER NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (request_id, name, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  id TEXT PRIMARY KEY,             -- incoming-7, outgoing-12
  request_id INTEGER NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  prominence TEXT NOT NULL,
  author TEXT,                     -- of outgoing messages only where names are kept
  sent_at TEXT,
  text TEXT,                       -- as the site folds it
  full_text TEXT,                  -- with quoted parts, where the site folds any
  hidden_reason TEXT,
  note TEXT,                       -- the site's words below it, such as that it was not sent
  delivery_status TEXT,
  shown_again_at TEXT NOT NULL DEFAULT '[]' -- JSON list: times of further blocks of the same message
) STRICT;
CREATE INDEX messages_request ON messages(request_id, position);

CREATE TABLE comments (
  id TEXT PRIMARY KEY,             -- comment-2
  request_id INTEGER NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  author TEXT,
  created_at TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX comments_request ON comments(request_id);

CREATE TABLE resends (
  message_id TEXT NOT NULL,
  request_id INTEGER NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sent_at TEXT NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX resends_request ON resends(request_id);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
  event_type TEXT NOT NULL,
  created_at TEXT NOT NULL,
  described_state TEXT,
  calculated_state TEXT,
  last_described_at TEXT,
  incoming_message_id INTEGER,     -- numbers, not references: a message may be hidden or gone
  outgoing_message_id INTEGER,
  comment_id INTEGER,
  display_status TEXT
) STRICT;
CREATE INDEX events_request ON events(request_id);

CREATE TABLE attachments (
  id TEXT PRIMARY KEY,             -- attachment-8, or incoming-7/2 on pages that give no id
  message_id TEXT NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  part INTEGER,
  name TEXT,
  size_shown TEXT,
  url TEXT,
  icon_type TEXT,
  state TEXT NOT NULL CHECK (state IN ('file', 'hidden', 'erased')),
  reason TEXT,
  fetch_status TEXT NOT NULL DEFAULT 'not_fetched',
    -- not_fetched, fetched, hidden, erased, missing (303), waiting, refused_by_robots, too_big, not_a_file, failed
  fetch_detail TEXT,
  sha256 TEXT REFERENCES files(sha256),
  last_checked_at TEXT
) STRICT;
CREATE INDEX attachments_message ON attachments(message_id, position);
CREATE INDEX attachments_sha256 ON attachments(sha256);

CREATE TABLE files (
  sha256 TEXT PRIMARY KEY,         -- of the bytes as received; stored under files/ab/cdef….zz
  size INTEGER NOT NULL,
  first_seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,           -- crawl, read, publish
  started_at TEXT NOT NULL,
  ended_at TEXT,
  finish_reason TEXT,              -- finished, challenge, limit, failed, …; NULL while running;
                                   -- killed (with no ended_at) when the process died
  arguments TEXT NOT NULL,         -- JSON
  counts TEXT NOT NULL DEFAULT '{}' -- JSON
) STRICT;

CREATE TABLE fetches (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  url TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  status INTEGER NOT NULL,
  page_kind TEXT NOT NULL,
  headers TEXT NOT NULL,           -- JSON of those that matter
  sha256 TEXT REFERENCES files(sha256)
) STRICT;
CREATE INDEX fetches_url ON fetches(url, id);
CREATE INDEX fetches_run ON fetches(run_id);
CREATE INDEX fetches_sha256 ON fetches(sha256);

CREATE TABLE validators (
  url TEXT PRIMARY KEY,
  etag TEXT,
  last_modified TEXT,
  sha256 TEXT NOT NULL REFERENCES files(sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
  url TEXT NOT NULL,
  reason TEXT NOT NULL,            -- robots, hidden, not_found, erased, too_big, challenge, budget, failed
  detail TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  PRIMARY KEY (url, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE withdrawals (
  subject TEXT PRIMARY KEY,        -- request/123, incoming-7, attachment-8
  request_id INTEGER,
  state TEXT NOT NULL,             -- hidden, erased, not_found, absent (no longer on the request's page), forgotten
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  sha256 TEXT PRIMARY KEY REFERENCES files(sha256),
  document_type TEXT NOT NULL,
  status TEXT NOT NULL,
  detail TEXT,
  tool TEXT NOT NULL,
  page_count INTEGER NOT NULL,
  reader_version TEXT NOT NULL,
  read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
  sha256 TEXT NOT NULL REFERENCES documents(sha256) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence REAL,
  PRIMARY KEY (sha256, number)
) STRICT, WITHOUT ROWID;

-- A reading is of one message's own text or of one attachment in its request: the same file may be
-- read under different contexts. `source` is a messages.id or an attachments.id.
CREATE TABLE readings (
  source TEXT PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
  message_id TEXT NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  attachment_id TEXT REFERENCES attachments(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  letter_date TEXT,
  letter_date_evidence TEXT,       -- JSON {quote, start, end, page}
  request_date TEXT,
  request_date_evidence TEXT,
  outcome TEXT NOT NULL,
  outcome_evidence TEXT,
  signals TEXT NOT NULL,           -- JSON list
  notes TEXT NOT NULL,             -- JSON list
  parser_version TEXT NOT NULL,
  input_key TEXT NOT NULL,         -- hash of text and context: says whether the reading is stale
  read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_request ON readings(request_id);
CREATE INDEX readings_message ON readings(message_id);
CREATE INDEX readings_attachment ON readings(attachment_id);

CREATE TABLE letter_references (
  source TEXT NOT NULL REFERENCES readings(source) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  value TEXT NOT NULL,
  quote TEXT NOT NULL,
  page INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE citations (
  source TEXT NOT NULL REFERENCES readings(source) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  regime TEXT NOT NULL,
  provision TEXT NOT NULL,
  printed TEXT NOT NULL,
  role TEXT NOT NULL,
  quote TEXT NOT NULL,
  page INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  confidence REAL NOT NULL,
  regime_rule TEXT NOT NULL,
  role_rule TEXT NOT NULL,
  candidates TEXT NOT NULL,        -- JSON list
  PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_provision ON citations(regime, provision);

-- A reading quotes the words it was made from, so it never outlives them: what the site has hidden, redacted,
-- replaced or moved is read again or not at all, whoever changes the row.
CREATE TRIGGER messages_changed AFTER UPDATE OF text, full_text, request_id ON messages
WHEN old.text IS NOT new.text OR old.full_text IS NOT new.full_text OR old.request_id IS NOT new.request_id
BEGIN
  DELETE FROM readings WHERE source = old.id OR (message_id = old.id AND old.request_id IS NOT new.request_id);
END;

CREATE TRIGGER attachments_changed AFTER UPDATE OF sha256, state, message_id ON attachments
WHEN old.sha256 IS NOT new.sha256 OR old.state IS NOT new.state OR old.message_id IS NOT new.message_id
BEGIN
  DELETE FROM readings WHERE source = old.id;
END;
