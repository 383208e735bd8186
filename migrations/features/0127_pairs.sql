-- Photos that are one picture, as far as they were compared: made of what photos look like, and made anew with it. A version that compares
-- in another way empties both tables in a migration.

CREATE TABLE pair (
  one INTEGER NOT NULL, -- photo_id
  other INTEGER NOT NULL CHECK (one < other), -- photo_id
  mirrored INTEGER NOT NULL CHECK (mirrored IN (0, 1)), -- one is the other as in a mirror
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX pair_by_other ON pair (other);

-- Photos that were compared with all others that were: a bit each, the lowest first.
CREATE TABLE compared (
  chunk INTEGER PRIMARY KEY, -- photo_id / 4096
  looks BLOB NOT NULL CHECK (length(looks) = 512), -- by what they look like
  pictures BLOB NOT NULL CHECK (length(pictures) = 512) -- and, where that did not tell, by their pictures
) STRICT;
