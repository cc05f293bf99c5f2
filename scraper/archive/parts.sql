-- What lies inside stored files: attachments of mails, entries of archives. A part is a document of its own.

CREATE TABLE document_parts (
  parent TEXT NOT NULL REFERENCES documents(sha256) ON DELETE CASCADE,
  number INTEGER NOT NULL,         -- its place in the parent, from 1
  name TEXT,                       -- as it is called there
  sha256 TEXT REFERENCES files(sha256), -- NULL where its bytes could not be had
  size INTEGER NOT NULL,
  problem TEXT,                    -- why not: encrypted, damaged, bomb, too_big, unsupported
  detail TEXT,
  PRIMARY KEY (parent, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_parts_sha256 ON document_parts(sha256);

-- As before, with the readings of the parts: those are of `attachment-8.2` and name their attachment.
DROP TRIGGER attachments_changed;
CREATE TRIGGER attachments_changed AFTER UPDATE OF sha256, state, message_id ON attachments
WHEN old.sha256 IS NOT new.sha256 OR old.state IS NOT new.state OR old.message_id IS NOT new.message_id
BEGIN
  DELETE FROM readings WHERE attachment_id = old.id;
END;
