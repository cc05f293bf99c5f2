-- Migration "0014_touched": which requests have changed since a database was published, so that only these are
-- published anew. Triggers tell it, so that nothing that writes here can forget to.

CREATE TABLE touches (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL          -- of the newest touch; grows and never falls
) STRICT;
INSERT INTO touches (one, number) VALUES (1, 0);

-- Another archive, or one put back from a copy and gone on from there, is not what a database was made from.
INSERT INTO about (key, value) VALUES ('archive_id', lower(hex(randomblob(16))));

CREATE TABLE touched (
  request_id INTEGER PRIMARY KEY,  -- a number, not a reference: the request may be erased
  number INTEGER NOT NULL          -- of the newest touch that may change how it is published
) STRICT;
CREATE INDEX touched_number ON touched(number);

-- INSERT INTO touch SELECT request_id … is how triggers say it: a conflict clause of whoever wrote the row holds for
-- statements in its triggers too, and an upsert alone is safe from it.
CREATE VIEW touch AS SELECT request_id FROM touched;
CREATE TRIGGER touch_one INSTEAD OF INSERT ON touch
BEGIN
  UPDATE touches SET number = number + 1;
  INSERT INTO touched (request_id, number) SELECT new.request_id, number FROM touches WHERE true
  ON CONFLICT (request_id) DO UPDATE SET number = excluded.number;
END;

CREATE TRIGGER requests_touched_new AFTER INSERT ON requests
BEGIN
  INSERT INTO touch VALUES (new.id);
END;
CREATE TRIGGER requests_touched_gone AFTER DELETE ON requests
BEGIN
  INSERT INTO touch VALUES (old.id);
END;
-- The day of the last look decides whether an answer that has not come is late.
CREATE TRIGGER requests_touched AFTER UPDATE OF slug, title, authority_id, law_used, described_state, display_status,
  awaiting_description, prominence, noindex, replies, batch_id, requester_name, json_sha256, last_checked_at ON requests
WHEN (old.slug, old.title, old.authority_id, old.law_used, old.described_state, old.display_status,
  old.awaiting_description, old.prominence, old.noindex, old.replies, old.batch_id, old.requester_name,
  old.json_sha256, old.last_checked_at)
  IS NOT (new.slug, new.title, new.authority_id, new.law_used, new.described_state, new.display_status,
  new.awaiting_description, new.prominence, new.noindex, new.replies, new.batch_id, new.requester_name,
  new.json_sha256, new.last_checked_at)
BEGIN
  INSERT INTO touch VALUES (new.id);
END;

CREATE TRIGGER messages_touched_new AFTER INSERT ON messages
BEGIN
  INSERT INTO touch VALUES (new.request_id);
END;
CREATE TRIGGER messages_touched_gone AFTER DELETE ON messages
BEGIN
  INSERT INTO touch VALUES (old.request_id);
END;
CREATE TRIGGER messages_touched AFTER UPDATE OF request_id, position, direction, prominence, author, sent_at, text,
  full_text, hidden_reason ON messages
WHEN (old.request_id, old.position, old.direction, old.prominence, old.author, old.sent_at, old.text, old.full_text,
  old.hidden_reason) IS NOT (new.request_id, new.position, new.direction, new.prominence, new.author, new.sent_at,
  new.text, new.full_text, new.hidden_reason)
BEGIN
  INSERT INTO touch VALUES (old.request_id);
  INSERT INTO touch VALUES (new.request_id);
END;

CREATE TRIGGER events_touched_new AFTER INSERT ON events
BEGIN
  INSERT INTO touch VALUES (new.request_id);
END;
CREATE TRIGGER events_touched_gone AFTER DELETE ON events
BEGIN
  INSERT INTO touch VALUES (old.request_id);
END;
CREATE TRIGGER events_touched AFTER UPDATE ON events
BEGIN
  INSERT INTO touch VALUES (old.request_id);
  INSERT INTO touch VALUES (new.request_id);
END;

CREATE TRIGGER attachments_touched_new AFTER INSERT ON attachments
BEGIN
  INSERT INTO touch SELECT request_id FROM messages WHERE id = new.message_id;
END;
CREATE TRIGGER attachments_touched_gone AFTER DELETE ON attachments
BEGIN
  INSERT INTO touch SELECT request_id FROM messages WHERE id = old.message_id;
END;
CREATE TRIGGER attachments_touched AFTER UPDATE OF message_id, position, name, url, state, fetch_status, fetch_detail,
  sha256 ON attachments
WHEN (old.message_id, old.position, old.name, old.url, old.state, old.fetch_status, old.fetch_detail, old.sha256)
  IS NOT (new.message_id, new.position, new.name, new.url, new.state, new.fetch_status, new.fetch_detail, new.sha256)
BEGIN
  INSERT INTO touch SELECT request_id FROM messages WHERE id IN (old.message_id, new.message_id);
END;

CREATE TRIGGER readings_touched_new AFTER INSERT ON readings
BEGIN
  INSERT INTO touch VALUES (new.request_id);
END;
CREATE TRIGGER readings_touched_gone AFTER DELETE ON readings
BEGIN
  INSERT INTO touch VALUES (old.request_id);
END;
CREATE TRIGGER readings_touched AFTER UPDATE ON readings
BEGIN
  INSERT INTO touch VALUES (old.request_id);
  INSERT INTO touch VALUES (new.request_id);
END;
CREATE TRIGGER letter_references_touched_new AFTER INSERT ON letter_references
BEGIN
  INSERT INTO touch SELECT request_id FROM readings WHERE source = new.source;
END;
CREATE TRIGGER letter_references_touched_gone AFTER DELETE ON letter_references
BEGIN
  INSERT INTO touch SELECT request_id FROM readings WHERE source = old.source;
END;
CREATE TRIGGER letter_references_touched AFTER UPDATE ON letter_references
BEGIN
  INSERT INTO touch SELECT request_id FROM readings WHERE source = old.source;
  INSERT INTO touch SELECT request_id FROM readings WHERE source = new.source;
END;
CREATE TRIGGER citations_touched_new AFTER INSERT ON citations
BEGIN
  INSERT INTO touch SELECT request_id FROM readings WHERE source = new.source;
END;
CREATE TRIGGER citations_touched_gone AFTER DELETE ON citations
BEGIN
  INSERT INTO touch SELECT request_id FROM readings WHERE source = old.source;
END;
CREATE TRIGGER citations_touched AFTER UPDATE ON citations
BEGIN
  INSERT INTO touch SELECT request_id FROM readings WHERE source = old.source;
  INSERT INTO touch SELECT request_id FROM readings WHERE source = new.source;
END;

-- A file belongs to every request that has it attached, or attached inside others.
CREATE VIEW touch_file AS SELECT sha256 FROM documents;
CREATE TRIGGER touch_file_one INSTEAD OF INSERT ON touch_file
BEGIN
  INSERT INTO touch
  SELECT DISTINCT m.request_id FROM attachments AS a JOIN messages AS m ON m.id = a.message_id
  WHERE a.sha256 IN (
    WITH RECURSIVE above(sha256) AS (
      SELECT new.sha256 UNION SELECT p.parent FROM above JOIN document_parts AS p ON p.sha256 = above.sha256
    )
    SELECT sha256 FROM above
  );
END;
CREATE TRIGGER documents_touched_new AFTER INSERT ON documents
BEGIN
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER documents_touched_gone AFTER DELETE ON documents
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
END;
CREATE TRIGGER documents_touched AFTER UPDATE ON documents
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER pages_touched_new AFTER INSERT ON pages
BEGIN
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER pages_touched_gone AFTER DELETE ON pages
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
END;
CREATE TRIGGER pages_touched AFTER UPDATE ON pages
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER probes_touched_new AFTER INSERT ON probes
BEGIN
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER probes_touched_gone AFTER DELETE ON probes
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
END;
CREATE TRIGGER probes_touched AFTER UPDATE ON probes
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER findings_touched_new AFTER INSERT ON findings
BEGIN
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER findings_touched_gone AFTER DELETE ON findings
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
END;
CREATE TRIGGER findings_touched AFTER UPDATE ON findings
BEGIN
  INSERT INTO touch_file VALUES (old.sha256);
  INSERT INTO touch_file VALUES (new.sha256);
END;
CREATE TRIGGER document_parts_touched_new AFTER INSERT ON document_parts
BEGIN
  INSERT INTO touch_file VALUES (new.parent);
END;
CREATE TRIGGER document_parts_touched_gone AFTER DELETE ON document_parts
BEGIN
  INSERT INTO touch_file VALUES (old.parent);
END;
CREATE TRIGGER document_parts_touched AFTER UPDATE ON document_parts
BEGIN
  INSERT INTO touch_file VALUES (old.parent);
  INSERT INTO touch_file VALUES (new.parent);
END;

CREATE TRIGGER withdrawals_touched_new AFTER INSERT ON withdrawals WHEN new.request_id IS NOT NULL
BEGIN
  INSERT INTO touch VALUES (new.request_id);
END;
CREATE TRIGGER withdrawals_touched_gone AFTER DELETE ON withdrawals WHEN old.request_id IS NOT NULL
BEGIN
  INSERT INTO touch VALUES (old.request_id);
END;
CREATE TRIGGER withdrawals_touched AFTER UPDATE OF subject, request_id, state ON withdrawals
WHEN (old.subject, old.request_id, old.state) IS NOT (new.subject, new.request_id, new.state)
BEGIN
  INSERT INTO touch SELECT value FROM json_each(json_array(old.request_id, new.request_id)) WHERE value IS NOT NULL;
END;

CREATE TRIGGER authorities_touched AFTER UPDATE OF name, short_name ON authorities
WHEN (old.name, old.short_name) IS NOT (new.name, new.short_name)
BEGIN
  INSERT INTO touch SELECT id FROM requests WHERE authority_id = new.id;
END;
CREATE TRIGGER authority_tags_touched_new AFTER INSERT ON authority_tags
BEGIN
  INSERT INTO touch SELECT id FROM requests WHERE authority_id = new.authority_id;
END;
CREATE TRIGGER authority_tags_touched_gone AFTER DELETE ON authority_tags
BEGIN
  INSERT INTO touch SELECT id FROM requests WHERE authority_id = old.authority_id;
END;
CREATE TRIGGER authority_tags_touched AFTER UPDATE ON authority_tags
BEGIN
  INSERT INTO touch SELECT id FROM requests WHERE authority_id IN (old.authority_id, new.authority_id);
END;
