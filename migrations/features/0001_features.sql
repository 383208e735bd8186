-- What photos look like: made of their pictures, so that all of it can be made anew at any time. In a file of its own.

-- Rows of another version cannot be compared, so that there is only one at a time.
CREATE TABLE version (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  name TEXT NOT NULL -- of how descriptors are made
) STRICT;

-- The newest, until there are enough of them for a block.
CREATE TABLE recent (
  photo_id INTEGER PRIMARY KEY, -- as in the library
  content BLOB NOT NULL CHECK (length(content) = 4), -- last bytes of the photo's content hash: of what this was made
  descriptor BLOB NOT NULL CHECK (length(descriptor) = 280) -- 256 bytes of features, 24 of picture hash
) STRICT;

-- A photo may be in several: the latest counts, and one in `recent` before all. In columns, as they are read as a whole
-- and for different ends.
CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never that of a block that went: what is in memory is known by it
  photos BLOB NOT NULL, -- 4 bytes each, little-endian
  contents BLOB NOT NULL CHECK (length(contents) = length(photos)), -- 4 bytes each
  hashes BLOB NOT NULL CHECK (length(hashes) = length(photos) * 6), -- 24 bytes each
  features BLOB NOT NULL CHECK (length(features) = length(photos) * 64) -- 256 bytes each
) STRICT;
