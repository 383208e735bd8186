-- The library: files, the photos that they hold, what was seen in them, what people decided. One writer; WAL.
--
-- A photo is a content, named by its hash. A file is a directory entry: it holds one photo once it was read, and a photo
-- may be held by several files (copies). Decisions hang on the photo, so moving, renaming and copying files cannot part
-- them from it.
--
-- How it is meant to be searched
--   index_entry    is the search index: one row for each term that a visible photo can be found by. By confidence:
--                  index_entry_by_score. Both cover their queries.
--   term_count     totals for a term at any whole-percent cut-off: sum(count) where bucket >= percent.
--   day_count      totals by day of all visible photos.
--   folder_photo   the visible photos of each folder.
--   photo_words    names and keywords, folded; rowid is photo.id. Join photo for `visible`.
--   folder.path    a folder and all below: path = P or path between P || '/' and P || '0' (the character after '/').
--   photo_change   ids of photos that were changed, in order; readers patch what they keep in memory by it.
-- Conditions must be written as the partial indexes have them (`visible = 1`), not bound, or the index is not used.
--
-- Text that comes from the file system is kept in the form of core/paths/os-path.ts.

CREATE TABLE library_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL, -- count of writing transactions so far
  folders_revision INTEGER NOT NULL -- grows when a folder comes, goes, gets another name or place, or its disk does
) STRICT;
INSERT INTO library_state VALUES (1, 0, 0);

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE root (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  -- removed: hidden, its photos keep tags and decisions; forgotten: its files are being deleted from the library.
  state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'removed', 'forgotten')),
  unsettled INTEGER NOT NULL DEFAULT 0 CHECK (unsettled IN (0, 1)), -- 1: its files do not all match its state yet
  added_at INTEGER NOT NULL -- Unix time, milliseconds
) STRICT;

CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  root_id INTEGER NOT NULL REFERENCES root (id),
  parent_id INTEGER REFERENCES folder (id), -- null for the folder that is the root
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL, -- name as search compares it
  offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)), -- 1: its disk is away; photos stay, greyed
  photos INTEGER NOT NULL DEFAULT 0 -- visible photos directly in it, kept by triggers
) STRICT;
CREATE INDEX folder_by_root ON folder (root_id);
CREATE INDEX folder_by_parent ON folder (parent_id);
CREATE INDEX folder_offline ON folder (id) WHERE offline = 1;
CREATE TRIGGER folder_inserted AFTER INSERT ON folder BEGIN
  UPDATE library_state SET folders_revision = folders_revision + 1;
END;
CREATE TRIGGER folder_deleted AFTER DELETE ON folder BEGIN
  UPDATE library_state SET folders_revision = folders_revision + 1;
END;
CREATE TRIGGER folder_changed AFTER UPDATE OF root_id, parent_id, path, name, offline ON folder BEGIN
  UPDATE library_state SET folders_revision = folders_revision + 1;
END;
CREATE TRIGGER root_changed AFTER UPDATE OF state ON root BEGIN
  UPDATE library_state SET folders_revision = folders_revision + 1;
END;

CREATE TABLE camera (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL
) STRICT;

-- Countries, regions and towns in which photos of this library were taken, each with what it lies in.
CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('country', 'region', 'town')),
  key TEXT NOT NULL, -- the same in every edition of the gazetteer
  parent_id INTEGER REFERENCES place (id), -- null for a country
  name TEXT NOT NULL, -- as the gazetteer has it
  shown TEXT NOT NULL, -- JSON object: name by interface language, where it has another one there
  latitude REAL, -- degrees, of the middle of a town; null for countries and regions
  longitude REAL, -- degrees, the same
  names TEXT NOT NULL, -- in all languages as search compares them, one a line
  UNIQUE (kind, key)
) STRICT;

CREATE TABLE lens (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE model (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  precision TEXT NOT NULL CHECK (precision IN ('fp32', 'int8')),
  sha256 TEXT NOT NULL UNIQUE -- of the model file, hex
) STRICT;

-- Photos shown as one: a RAW file beside its JPEG. One of them is in front; the others have behind = 1.
CREATE TABLE stack (
  id INTEGER PRIMARY KEY
) STRICT;

-- AUTOINCREMENT: an id is never given to another photo, so a stale id can at worst name nothing.
CREATE TABLE photo (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  content_hash BLOB NOT NULL UNIQUE CHECK (length(content_hash) = 16), -- first 16 bytes of SHA-256
  -- Files that hold it and are in their folder (or were, when its disk went away). Kept by triggers.
  files INTEGER NOT NULL DEFAULT 0, -- count
  -- A content that no file holds any more: the photo that its file holds now, and together with which it is forgotten.
  replaced_by INTEGER REFERENCES photo (id) ON DELETE CASCADE,
  stack_id INTEGER REFERENCES stack (id),
  behind INTEGER NOT NULL DEFAULT 0 CHECK (behind IN (0, 1)), -- 1: another photo of its stack is shown for it

  -- What is known of the content, merged from its sources (see `facts`).
  format TEXT NOT NULL,
  width INTEGER NOT NULL, -- pixels, upright
  height INTEGER NOT NULL, -- pixels, upright
  orientation INTEGER, -- EXIF 1–8
  taken_at INTEGER, -- seconds: the local wall time read as if it were UTC; null when unknown
  taken_offset INTEGER, -- minutes east of UTC; null when the file does not say
  taken_from TEXT CHECK (taken_from IN ('exif', 'xmp', 'file-name', 'file-time')),
  latitude REAL, -- degrees, north positive
  longitude REAL, -- degrees, east positive
  place_id INTEGER REFERENCES place (id), -- the town it was taken in or near, else the country; null at sea or unknown
  placed INTEGER NOT NULL DEFAULT 0 CHECK (placed IN (0, 1)), -- 1: its place was looked up
  camera_id INTEGER REFERENCES camera (id),
  lens_id INTEGER REFERENCES lens (id),
  exposure_time REAL, -- seconds
  f_number REAL, -- focal length over aperture, no unit
  iso REAL, -- ISO speed
  focal_length REAL, -- millimetres
  keywords TEXT, -- JSON array of strings; null when there are none
  rating INTEGER, -- 0–5, -1 rejected; null when not rated
  damaged TEXT, -- what was wrong with a file that could be read only in part

  -- On the wall.
  visible INTEGER NOT NULL GENERATED ALWAYS AS (files > 0 AND behind = 0) VIRTUAL,
  -- taken_at for ordering, in seconds: photos without a date come last, as if taken 1,000,000 days before 1970.
  shown_at INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(taken_at, -86400000000)) VIRTUAL,
  -- Days since 1970-01-01, rounded down; -1000000 for photos without a date.
  day INTEGER NOT NULL GENERATED ALWAYS AS (
    (coalesce(taken_at, -86400000000) - (coalesce(taken_at, -86400000000) % 86400 + 86400) % 86400) / 86400
  ) VIRTUAL
) STRICT;
CREATE INDEX photo_by_date ON photo (shown_at) WHERE visible = 1;
CREATE INDEX photo_by_camera ON photo (camera_id) WHERE visible = 1 AND camera_id IS NOT NULL;
CREATE INDEX photo_by_lens ON photo (lens_id) WHERE visible = 1 AND lens_id IS NOT NULL;
CREATE INDEX photo_by_place ON photo (place_id) WHERE visible = 1 AND place_id IS NOT NULL;
-- Their place is looked up when there is time.
CREATE INDEX photo_unplaced ON photo (id) WHERE placed = 0 AND latitude IS NOT NULL;
CREATE INDEX photo_by_format ON photo (format) WHERE visible = 1;
CREATE INDEX photo_with_place ON photo (id) WHERE visible = 1 AND latitude IS NOT NULL;
CREATE INDEX photo_with_keywords ON photo (id) WHERE visible = 1 AND keywords IS NOT NULL;
CREATE INDEX photo_damaged ON photo (id) WHERE visible = 1 AND damaged IS NOT NULL;
CREATE INDEX photo_with_copies ON photo (id) WHERE visible = 1 AND files > 1;
CREATE INDEX photo_by_stack ON photo (stack_id) WHERE stack_id IS NOT NULL;
CREATE INDEX photo_replaced ON photo (replaced_by) WHERE replaced_by IS NOT NULL;

-- What each source says of a photo that has more than one; a photo without rows here has what its file says.
CREATE TABLE facts (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('file', 'sidecar', 'person')),
  facts TEXT NOT NULL, -- JSON object
  PRIMARY KEY (photo_id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id INTEGER NOT NULL REFERENCES folder (id),
  name TEXT NOT NULL,
  -- rejected: looked into because its name says nothing, and no photo; with the same size and time it is not opened
  -- again. A migration that comes with a new photo format deletes these.
  kind TEXT NOT NULL DEFAULT 'photo' CHECK (kind IN ('photo', 'sidecar', 'video', 'rejected')),
  size INTEGER NOT NULL, -- bytes
  mtime INTEGER NOT NULL, -- of the content, Unix time, milliseconds, as the file system says
  ctime INTEGER NOT NULL, -- of the entry, Unix time, milliseconds, as the file system says

  -- The queue. offline: would be pending, but its disk is away.
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'done', 'failed', 'offline')),
  attempts INTEGER NOT NULL DEFAULT 0, -- count of times it was taken and no result came back
  problem TEXT, -- see contract/problem-kinds.ts; null unless failed
  reason TEXT, -- sentence about this file; null unless failed

  -- here: in its folder when last scanned; missing: its folder is there and it is not; removed: its root was removed.
  presence TEXT NOT NULL DEFAULT 'here' CHECK (presence IN ('here', 'missing', 'removed')),
  photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, -- what it holds; null until it was read, or if it is no usable photo
  -- What it held before its content was replaced. What was decided about that photo follows the file if no other file
  -- turns out to hold it.
  former_photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL,
  UNIQUE (folder_id, name)
) STRICT;
-- Files that were being read when the program went down have attempts > 0: they come last, one at a time.
CREATE INDEX file_queue ON file (attempts, id) WHERE state = 'pending' AND presence = 'here';
CREATE INDEX file_running ON file (id) WHERE state = 'running';
CREATE INDEX file_waiting ON file (folder_id) WHERE state = 'offline';
CREATE INDEX file_failed ON file (id) WHERE state = 'failed' AND presence = 'here';
CREATE INDEX file_by_photo ON file (photo_id, presence, folder_id) WHERE photo_id IS NOT NULL;
-- Photos one of whose files could not be read, or waits to be.
CREATE INDEX file_unsettled ON file (state, presence, photo_id) WHERE photo_id IS NOT NULL AND state <> 'done';
CREATE INDEX file_former ON file (former_photo_id) WHERE former_photo_id IS NOT NULL;
-- Few; looked through at the end of each run.
CREATE INDEX file_missing ON file (id) WHERE presence = 'missing';
CREATE INDEX file_removed ON file (folder_id) WHERE presence = 'removed';

-- The visible photos of each folder; a photo with two files in a folder counts once.
CREATE TABLE folder_photo (
  folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  PRIMARY KEY (folder_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX folder_photo_by_photo ON folder_photo (photo_id);

-- The five best classes of a photo.
CREATE TABLE tag (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 5), -- 1 is the best
  class_index INTEGER NOT NULL CHECK (class_index BETWEEN 0 AND 999),
  probability REAL NOT NULL, -- 0–1
  PRIMARY KEY (photo_id, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE classification (
  photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES model (id),
  -- Category probabilities over all 1000 classes: pairs of little-endian uint16, category id and probability × 10,000.
  categories BLOB NOT NULL
) STRICT;
CREATE INDEX classification_by_model ON classification (model_id);

-- Words of one's own. A label that was merged into another keeps its row, without a name, so that it can be undone.
CREATE TABLE own_label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT, -- as the person wrote it; null when merged away
  folded TEXT UNIQUE, -- name as search compares it; null when merged away
  CHECK ((name IS NULL) = (folded IS NULL))
) STRICT;

-- What people said of a photo; outranks the model for ever. No machine step ever writes here.
-- term: 0–999 class index, 1000–9999 category, 10000 + own_label.id.
CREATE TABLE decision (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  term INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'removed', 'added')),
  decided_at INTEGER NOT NULL, -- Unix time, milliseconds
  PRIMARY KEY (photo_id, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_term ON decision (term, photo_id);

-- History for undo and redo, oldest first. Each change may also have renamed an own label.
CREATE TABLE decision_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at INTEGER NOT NULL, -- Unix time, milliseconds
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  own_id INTEGER REFERENCES own_label (id), -- the label that was renamed; null for a plain decision
  name_before TEXT,
  name_after TEXT -- null: merged away
) STRICT;
CREATE TABLE decision_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL, -- no reference: history may name photos that are gone
  term INTEGER NOT NULL,
  before TEXT, -- verdict; null: none
  after TEXT, -- verdict; null: none
  PRIMARY KEY (change_id, photo_id, term)
) STRICT, WITHOUT ROWID;

-- The search index, made from tag, classification.categories and decision for every visible photo.
CREATE TABLE index_entry (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  term INTEGER NOT NULL, -- as in decision
  score INTEGER NOT NULL, -- probability × 10,000; 20000 when confirmed or added by the person
  shown_at INTEGER NOT NULL, -- seconds, photo.shown_at
  PRIMARY KEY (photo_id, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX index_entry_by_score ON index_entry (term, score, shown_at, photo_id);

-- Photos whose index entries do not follow from their decisions yet: those of a decision about very many.
CREATE TABLE deferred_index (
  photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE term_count (
  term INTEGER NOT NULL,
  bucket INTEGER NOT NULL, -- score / 100: whole percent 0–100, 200 for confirmed and added
  count INTEGER NOT NULL, -- visible photos
  PRIMARY KEY (term, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_count (
  day INTEGER PRIMARY KEY, -- photo.day
  count INTEGER NOT NULL -- visible photos
) STRICT;

-- Photos that changed, oldest first; the writer trims it. scope 0: only their index entries and decisions; 1: anything.
-- Triggers note what happens to the rows of a photo; who writes index_entry or photo_words notes it, too.
CREATE TABLE photo_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  photo_id INTEGER NOT NULL,
  scope INTEGER NOT NULL CHECK (scope IN (0, 1))
) STRICT;

CREATE TRIGGER index_entry_inserted AFTER INSERT ON index_entry BEGIN
  INSERT INTO term_count VALUES (new.term, new.score / 100, 1)
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER index_entry_deleted AFTER DELETE ON index_entry BEGIN
  UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100;
END;
CREATE TRIGGER index_entry_rescored AFTER UPDATE OF score ON index_entry
WHEN old.score / 100 <> new.score / 100 BEGIN
  UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100;
  INSERT INTO term_count VALUES (new.term, new.score / 100, 1)
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER folder_photo_inserted AFTER INSERT ON folder_photo BEGIN
  UPDATE folder SET photos = photos + 1 WHERE id = new.folder_id;
  INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 1);
END;
CREATE TRIGGER folder_photo_deleted AFTER DELETE ON folder_photo BEGIN
  UPDATE folder SET photos = photos - 1 WHERE id = old.folder_id;
  INSERT INTO photo_change (photo_id, scope) VALUES (old.photo_id, 1);
END;

CREATE TRIGGER decision_inserted AFTER INSERT ON decision BEGIN
  INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 0);
END;
CREATE TRIGGER decision_changed AFTER UPDATE ON decision BEGIN
  INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 0);
END;
CREATE TRIGGER decision_deleted AFTER DELETE ON decision BEGIN
  INSERT INTO photo_change (photo_id, scope) VALUES (old.photo_id, 0);
END;

-- A file comes to a photo, leaves it, or changes between being there and not.
CREATE TRIGGER file_inserted AFTER INSERT ON file WHEN new.photo_id IS NOT NULL AND new.presence = 'here' BEGIN
  UPDATE photo SET files = files + 1 WHERE id = new.photo_id;
END;
CREATE TRIGGER file_left AFTER UPDATE OF photo_id, presence, folder_id ON file
WHEN old.photo_id IS NOT NULL AND old.presence = 'here'
  AND (new.photo_id IS NOT old.photo_id OR new.presence <> 'here') BEGIN
  UPDATE photo SET files = files - 1 WHERE id = old.photo_id;
END;
CREATE TRIGGER file_came AFTER UPDATE OF photo_id, presence, folder_id ON file
WHEN new.photo_id IS NOT NULL AND new.presence = 'here'
  AND (new.photo_id IS NOT old.photo_id OR old.presence <> 'here') BEGIN
  UPDATE photo SET files = files + 1 WHERE id = new.photo_id;
END;
CREATE TRIGGER file_deleted AFTER DELETE ON file WHEN old.photo_id IS NOT NULL AND old.presence = 'here' BEGIN
  UPDATE photo SET files = files - 1 WHERE id = old.photo_id;
END;

-- A photo is shown as waiting or as having a problem when one of its files does.
CREATE TRIGGER file_went_on AFTER UPDATE OF state ON file
WHEN old.state <> new.state AND new.photo_id IS NOT NULL AND new.photo_id IS old.photo_id BEGIN
  INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 1);
END;

CREATE TRIGGER photo_left AFTER UPDATE OF files, behind, taken_at ON photo
WHEN old.visible = 1 AND (new.visible = 0 OR old.day <> new.day) BEGIN
  UPDATE day_count SET count = count - 1 WHERE day = old.day;
  DELETE FROM day_count WHERE day = old.day AND count = 0;
END;
CREATE TRIGGER photo_came AFTER UPDATE OF files, behind, taken_at ON photo
WHEN new.visible = 1 AND (old.visible = 0 OR old.day <> new.day) BEGIN
  INSERT INTO day_count VALUES (new.day, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER photo_changed AFTER UPDATE ON photo BEGIN
  INSERT INTO photo_change (photo_id, scope) VALUES (new.id, 1);
END;
CREATE TRIGGER photo_deleted AFTER DELETE ON photo BEGIN
  UPDATE day_count SET count = count - 1 WHERE old.visible = 1 AND day = old.day;
  DELETE FROM day_count WHERE old.visible = 1 AND day = old.day AND count = 0;
  DELETE FROM photo_words WHERE rowid = old.id;
  INSERT INTO photo_change (photo_id, scope) VALUES (old.id, 1);
END;

-- Already folded text; the words of a photo are replaced as a whole.
CREATE VIRTUAL TABLE photo_words USING fts5 (
  name, -- names of its files without their endings
  keywords,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2"
);
