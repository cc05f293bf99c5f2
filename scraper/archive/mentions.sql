-- Migration "0011_mentions": stored pages of requests beside which the site lists other requests by their titles.

CREATE TABLE mentions (
  slug TEXT NOT NULL,              -- of the request that is listed
  sha256 TEXT NOT NULL REFERENCES files(sha256) ON DELETE CASCADE, -- of the page of another
  PRIMARY KEY (slug, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_sha256 ON mentions(sha256);
