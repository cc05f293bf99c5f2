-- Migration "0010_measures": what an archive came to at the end of each run, so that the next can be judged by it.

CREATE TABLE measures (
  run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  name TEXT NOT NULL,              -- closed vocabulary of scraper.watch.measures
  value INTEGER NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

-- What `wdtk status` asks of an archive of a million requests is answered from these.
CREATE INDEX requests_checked ON requests(last_checked_at);
CREATE INDEX fetches_at ON fetches(fetched_at);
CREATE INDEX attachments_to_fetch ON attachments(fetch_status)
  WHERE state = 'file' AND url IS NOT NULL AND fetch_status IN ('not_fetched', 'waiting', 'failed');
