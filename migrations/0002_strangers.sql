-- Files that a scan looked into because their name says nothing, and that are no photos: with the same size and time
-- they are not opened again. A migration that comes with a new photo format empties this.
CREATE TABLE stranger (
  folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  size INTEGER NOT NULL, -- bytes
  mtime INTEGER NOT NULL, -- Unix time, milliseconds, as the file system says
  PRIMARY KEY (folder_id, name)
) STRICT, WITHOUT ROWID;
