-- Migration "0006_checks": when each request is to be looked at next, and why then.

CREATE TABLE checks (
  request_id INTEGER PRIMARY KEY REFERENCES requests(id) ON DELETE CASCADE,
  next_check_at TEXT NOT NULL,     -- UTC
  why TEXT NOT NULL,               -- closed vocabulary of scraper.due.policy
  weight REAL NOT NULL,            -- how likely it is to have changed when due: the budget goes to the highest first
  looks INTEGER NOT NULL DEFAULT 0,      -- how often it was looked at
  changes INTEGER NOT NULL DEFAULT 0,    -- how often something had changed
  unchanged INTEGER NOT NULL DEFAULT 0,  -- looks in a row that found nothing new
  last_changed_at TEXT,
  looked_at TEXT,                  -- when it was last looked at in any way; requests.last_checked_at is of its page
  whole_at TEXT,                   -- when the page and every file, not the JSON alone, were last looked at
  whole_begun_at TEXT              -- when a whole look was begun whose files have not all been asked for yet
) STRICT;
CREATE INDEX checks_due ON checks(next_check_at, weight, request_id);
