CREATE INDEX pair_by_other ON pair (other)
CREATE TABLE block ( id INTEGER PRIMARY KEY AUTOINCREMENT, photos BLOB NOT NULL, contents BLOB NOT NULL CHECK (length(contents) = length(photos)), hashes BLOB NOT NULL CHECK (length(hashes) = length(photos) * 6), features BLOB NOT NULL CHECK (length(features) = length(photos) * 64) ) STRICT
CREATE TABLE compared ( chunk INTEGER PRIMARY KEY, looks BLOB NOT NULL CHECK (length(looks) = 512), pictures BLOB NOT NULL CHECK (length(pictures) = 512) ) STRICT
CREATE TABLE pair ( one INTEGER NOT NULL, other INTEGER NOT NULL CHECK (one < other), mirrored INTEGER NOT NULL CHECK (mirrored IN (0, 1)), PRIMARY KEY (one, other) ) STRICT, WITHOUT ROWID
CREATE TABLE recent ( photo_id INTEGER PRIMARY KEY, content BLOB NOT NULL CHECK (length(content) = 4), descriptor BLOB NOT NULL CHECK (length(descriptor) = 280) ) STRICT
CREATE TABLE version ( one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL ) STRICT