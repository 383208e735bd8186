-- Thumbnails: a cache that can be made anew at any time, so it lives in a file of its own.

CREATE TABLE thumbnail (
  id INTEGER PRIMARY KEY,
  content_hash BLOB NOT NULL UNIQUE CHECK (length(content_hash) = 16), -- of the photo, as in the library
  crc INTEGER NOT NULL, -- CRC-32 of jpeg: a rotten picture counts as none
  jpeg BLOB NOT NULL
) STRICT;
