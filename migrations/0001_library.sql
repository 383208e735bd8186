-- The library: photos, what was seen in them, what people decided. One writer; WAL.
--
-- How it is meant to be searched
--   finding        is the search index: everything visible, one row for each term a photo can be found by.
--                  By confidence: finding_by_score, by date: finding_by_date, a second word of a query: probe the
--                  primary key (photo_id, term). All three cover the query: no other table is read until a page of ids
--                  is known. Every order is descending in all its columns (score, shown_at, photo_id), so that a page
--                  goes on with one row-value comparison: (score, shown_at, photo_id) < (?, ?, ?).
--   term_count     totals for a term at any whole-percent cut-off: sum(count) where bucket >= percent.
--   day_count      totals by day of all visible photos: add up days to find where row n of the wall is, then
--                  photo_by_date from that day on.
--   photo_by_…     the other filters in the same order: folder, camera, format, place, keywords. Pages go on from the
--                  last row with `shown_at < ?`, and inside one second with `shown_at = ? AND id < ?`: the row-value
--                  form uses only half of these indexes, and undated photos all share one shown_at.
--   photo_words    names, keywords and folder names, folded; rowid is photo.id. Join photo for `visible`.
--   folder.path    a folder and all below: path = P or path between P || '/' and P || '0' (the character after '/').
-- Conditions must be written as the partial indexes have them (`visible = 1`), not bound, or the index is not used.
--
-- Text that comes from the file system is kept as electron/core/scan/os-path.ts gives it.

CREATE TABLE library_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL -- count of writing transactions so far
) STRICT;
INSERT INTO library_state VALUES (1, 0);

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE root (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  -- removed: hidden, its photos keep tags and decisions; forgotten: its photos are being deleted.
  state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'removed', 'forgotten')),
  unsettled INTEGER NOT NULL DEFAULT 0 CHECK (unsettled IN (0, 1)), -- 1: its photos do not all match its state yet
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

CREATE TABLE camera (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL
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

-- AUTOINCREMENT: an id is never given to another photo, so a stale id can at worst name nothing.
CREATE TABLE photo (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id INTEGER NOT NULL REFERENCES folder (id),
  name TEXT NOT NULL,
  size INTEGER NOT NULL, -- bytes
  mtime INTEGER NOT NULL, -- of the content, Unix time, milliseconds, as the file system says
  ctime INTEGER NOT NULL, -- of the entry, Unix time, milliseconds, as the file system says

  -- The queue. offline: would be pending, but its disk is away.
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'done', 'failed', 'offline')),
  attempts INTEGER NOT NULL DEFAULT 0, -- count of times it was taken and no result came back
  kind TEXT, -- of the problem, see contract/problem-kinds.ts; null unless failed
  reason TEXT, -- sentence about this file; null unless failed

  -- here: in its folder when last looked; missing: its folder is there and it is not; removed: its root was removed.
  presence TEXT NOT NULL DEFAULT 'here' CHECK (presence IN ('here', 'missing', 'removed')),
  companion_of INTEGER REFERENCES photo (id) ON DELETE SET NULL, -- shown together with that one (RAW beside its JPEG)

  -- What reading the file told. All null until it was read once.
  content_hash BLOB CHECK (length(content_hash) = 16), -- first 16 bytes of SHA-256
  format TEXT,
  width INTEGER, -- pixels, upright
  height INTEGER, -- pixels, upright
  orientation INTEGER, -- EXIF 1–8
  taken_at INTEGER, -- seconds: the local wall time read as if it were UTC; null when unknown
  taken_offset INTEGER, -- minutes east of UTC; null when the file does not say
  taken_from TEXT CHECK (taken_from IN ('exif', 'xmp', 'file-name', 'file-time')),
  latitude REAL, -- degrees, north positive
  longitude REAL, -- degrees, east positive
  camera_id INTEGER REFERENCES camera (id),
  lens_id INTEGER REFERENCES lens (id),
  exposure_time REAL, -- seconds
  f_number REAL, -- focal length over aperture, no unit
  iso REAL, -- ISO speed
  focal_length REAL, -- millimetres
  keywords TEXT, -- JSON array of strings; null when there are none
  rating INTEGER, -- 0–5, -1 rejected; null when not rated
  damaged TEXT, -- what was wrong with a file that could be read only in part

  -- On the wall: read at least once, and the file is (or, its disk being away, was) there.
  visible INTEGER NOT NULL GENERATED ALWAYS AS (
    presence = 'here' AND width IS NOT NULL AND companion_of IS NULL
  ) VIRTUAL,
  -- taken_at for ordering, in seconds: photos without a date come last, as if taken 1,000,000 days before 1970.
  shown_at INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(taken_at, -86400000000)) VIRTUAL,
  -- Days since 1970-01-01, rounded down; -1000000 for photos without a date.
  day INTEGER NOT NULL GENERATED ALWAYS AS (
    (coalesce(taken_at, -86400000000) - (coalesce(taken_at, -86400000000) % 86400 + 86400) % 86400) / 86400
  ) VIRTUAL,
  UNIQUE (folder_id, name)
) STRICT;

-- Photos that were being read when the program went down have attempts > 0: they come last, one at a time.
CREATE INDEX photo_queue ON photo (attempts, id) WHERE state = 'pending' AND presence = 'here';
CREATE INDEX photo_running ON photo (id) WHERE state = 'running';
CREATE INDEX photo_waiting ON photo (folder_id) WHERE state = 'offline';
CREATE INDEX photo_failed ON photo (id) WHERE state = 'failed' AND presence = 'here';
CREATE INDEX photo_by_date ON photo (shown_at) WHERE visible = 1;
CREATE INDEX photo_by_folder ON photo (folder_id, shown_at) WHERE visible = 1;
CREATE INDEX photo_by_camera ON photo (camera_id, shown_at) WHERE visible = 1 AND camera_id IS NOT NULL;
CREATE INDEX photo_by_format ON photo (format, shown_at) WHERE visible = 1;
CREATE INDEX photo_with_place ON photo (shown_at) WHERE visible = 1 AND latitude IS NOT NULL;
CREATE INDEX photo_with_keywords ON photo (shown_at) WHERE visible = 1 AND keywords IS NOT NULL;
CREATE INDEX photo_damaged ON photo (shown_at) WHERE visible = 1 AND damaged IS NOT NULL;
CREATE INDEX photo_by_content ON photo (content_hash) WHERE content_hash IS NOT NULL;
-- Files that may turn up elsewhere under another name.
CREATE INDEX photo_gone ON photo (size) WHERE presence <> 'here' AND content_hash IS NOT NULL;
CREATE INDEX photo_removed ON photo (folder_id) WHERE presence = 'removed';
CREATE INDEX photo_by_companion ON photo (companion_of) WHERE companion_of IS NOT NULL;

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
  -- Category masses over all 1000 classes: pairs of little-endian uint16, category id and mass × 10,000.
  masses BLOB NOT NULL
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

-- The search index, made from tag, classification.masses and decision for every visible photo.
CREATE TABLE finding (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  term INTEGER NOT NULL, -- as in decision
  score INTEGER NOT NULL, -- probability × 10,000; 20000 when confirmed or added by the person
  shown_at INTEGER NOT NULL, -- seconds, photo.shown_at
  PRIMARY KEY (photo_id, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_by_score ON finding (term, score, shown_at, photo_id);
CREATE INDEX finding_by_date ON finding (term, shown_at, photo_id, score);

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

CREATE TRIGGER finding_inserted AFTER INSERT ON finding BEGIN
  INSERT INTO term_count VALUES (new.term, new.score / 100, 1)
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER finding_deleted AFTER DELETE ON finding BEGIN
  UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100;
END;
CREATE TRIGGER finding_rescored AFTER UPDATE OF score ON finding WHEN old.score / 100 <> new.score / 100 BEGIN
  UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100;
  INSERT INTO term_count VALUES (new.term, new.score / 100, 1)
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER photo_inserted AFTER INSERT ON photo WHEN new.visible = 1 BEGIN
  INSERT INTO day_count VALUES (new.day, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1;
  UPDATE folder SET photos = photos + 1 WHERE id = new.folder_id;
END;
CREATE TRIGGER photo_left AFTER UPDATE OF presence, width, companion_of, taken_at, folder_id ON photo
WHEN old.visible = 1 AND (new.visible = 0 OR old.day <> new.day OR old.folder_id <> new.folder_id) BEGIN
  UPDATE day_count SET count = count - 1 WHERE day = old.day;
  DELETE FROM day_count WHERE day = old.day AND count = 0;
  UPDATE folder SET photos = photos - 1 WHERE id = old.folder_id;
END;
CREATE TRIGGER photo_came AFTER UPDATE OF presence, width, companion_of, taken_at, folder_id ON photo
WHEN new.visible = 1 AND (old.visible = 0 OR old.day <> new.day OR old.folder_id <> new.folder_id) BEGIN
  INSERT INTO day_count VALUES (new.day, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1;
  UPDATE folder SET photos = photos + 1 WHERE id = new.folder_id;
END;
CREATE TRIGGER photo_deleted AFTER DELETE ON photo BEGIN
  UPDATE day_count SET count = count - 1 WHERE old.visible = 1 AND day = old.day;
  DELETE FROM day_count WHERE old.visible = 1 AND day = old.day AND count = 0;
  UPDATE folder SET photos = photos - 1 WHERE old.visible = 1 AND id = old.folder_id;
  DELETE FROM photo_words WHERE rowid = old.id;
END;

-- Already folded text; the words of a photo are replaced as a whole.
CREATE VIRTUAL TABLE photo_words USING fts5 (
  name, -- file name without its ending
  keywords, -- found in the file
  folders, -- names of the folders it lies in, from the root down
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2"
);
