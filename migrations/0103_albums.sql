-- Albums are own labels of another kind: a photo is in one by a decision about term 2,000,000,000 + own_label.id. Saved
-- searches stand beside them. Both are part of the one history.

CREATE TABLE own_label_or_album (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL DEFAULT 'label' CHECK (kind IN ('label', 'album')),
  name TEXT, -- null: merged into another label, or removed
  folded TEXT, -- as search compares it
  UNIQUE (kind, folded),
  CHECK ((name IS NULL) = (folded IS NULL))
) STRICT;
INSERT INTO own_label_or_album SELECT id, 'label', name, folded FROM own_label;
-- No number is ever given twice: the history may still speak of it.
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'own_label')
  WHERE name = 'own_label_or_album' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'own_label');
DROP TABLE own_label;
ALTER TABLE own_label_or_album RENAME TO own_label;

CREATE TABLE album (
  own_id INTEGER PRIMARY KEY REFERENCES own_label (id),
  cover_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, -- null: the newest of its photos
  photo_order TEXT NOT NULL DEFAULT 'date' CHECK (photo_order IN ('date', 'hand')),
  place INTEGER -- among the albums, the lowest first; null: by name, after those that have one
) STRICT;
CREATE INDEX album_by_cover ON album (cover_id) WHERE cover_id IS NOT NULL;

-- Places of photos in the order by hand, the lowest first; those without one come after, by date. They outlive that a photo
-- is taken out, and count only while it is in the album.
CREATE TABLE album_place (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  own_id INTEGER NOT NULL REFERENCES own_label (id),
  place REAL NOT NULL, -- between two others lies always a third, so that moving one photo writes one row
  PRIMARY KEY (photo_id, own_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_place_in_order ON album_place (own_id, place);

CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  query TEXT NOT NULL, -- as typed
  sort TEXT NOT NULL, -- as the contract names it
  min_confidence REAL, -- 0 to 1; null: each label's own threshold
  place INTEGER -- in the list, as album.place
) STRICT;

CREATE TABLE album_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  own_id INTEGER NOT NULL REFERENCES own_label (id),
  before TEXT, -- the album as a JSON object; null: there was none
  after TEXT, -- the same
  PRIMARY KEY (change_id, own_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE album_place_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL, -- no reference: history may name photos that are gone
  own_id INTEGER NOT NULL REFERENCES own_label (id),
  before REAL, -- as album_place.place; null: it had none
  after REAL, -- the same
  PRIMARY KEY (change_id, photo_id, own_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_search_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  search_id INTEGER NOT NULL, -- saved_search.id, which may be gone
  before TEXT, -- the search as a JSON object; null: there was none
  after TEXT, -- the same
  PRIMARY KEY (change_id, search_id)
) STRICT, WITHOUT ROWID;
