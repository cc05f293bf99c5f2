-- Migration "0015_looked": a look at a request that found nothing new moves one column, so publishing is told of it
-- apart from what has changed.

ALTER TABLE touched ADD COLUMN looked INTEGER NOT NULL DEFAULT 0;  -- the touch of the newest look; 0 where none is told
CREATE INDEX touched_looked ON touched(looked) WHERE looked > 0;

DROP TRIGGER requests_touched;
CREATE TRIGGER requests_touched AFTER UPDATE OF slug, title, authority_id, law_used, described_state, display_status,
  awaiting_description, prominence, noindex, replies, batch_id, requester_name, json_sha256 ON requests
WHEN (old.slug, old.title, old.authority_id, old.law_used, old.described_state, old.display_status,
  old.awaiting_description, old.prominence, old.noindex, old.replies, old.batch_id, old.requester_name,
  old.json_sha256)
  IS NOT (new.slug, new.title, new.authority_id, new.law_used, new.described_state, new.display_status,
  new.awaiting_description, new.prominence, new.noindex, new.replies, new.batch_id, new.requester_name,
  new.json_sha256)
BEGIN
  INSERT INTO touch VALUES (new.id);
END;
-- The day of the last look decides whether an answer that has not come is late.
CREATE TRIGGER requests_looked AFTER UPDATE OF last_checked_at ON requests
WHEN old.last_checked_at IS NOT new.last_checked_at
BEGIN
  UPDATE touches SET number = number + 1;
  INSERT INTO touched (request_id, number, looked) SELECT new.id, 0, number FROM touches WHERE true
  ON CONFLICT (request_id) DO UPDATE SET looked = excluded.looked;
END;
