CREATE INDEX classification_by_model ON classification (model_id)
CREATE INDEX decision_by_term ON decision (term, photo_id)
CREATE INDEX finding_by_date ON finding (term, shown_at, photo_id, score)
CREATE INDEX finding_by_score ON finding (term, score, shown_at, photo_id)
CREATE INDEX folder_by_parent ON folder (parent_id)
CREATE INDEX folder_by_root ON folder (root_id)
CREATE INDEX folder_offline ON folder (id) WHERE offline = 1
CREATE INDEX photo_by_camera ON photo (camera_id, shown_at) WHERE visible = 1 AND camera_id IS NOT NULL
CREATE INDEX photo_by_companion ON photo (companion_of) WHERE companion_of IS NOT NULL
CREATE INDEX photo_by_content ON photo (content_hash) WHERE content_hash IS NOT NULL
CREATE INDEX photo_by_date ON photo (shown_at) WHERE visible = 1
CREATE INDEX photo_by_folder ON photo (folder_id, shown_at) WHERE visible = 1
CREATE INDEX photo_by_format ON photo (format, shown_at) WHERE visible = 1
CREATE INDEX photo_damaged ON photo (shown_at) WHERE visible = 1 AND damaged IS NOT NULL
CREATE INDEX photo_failed ON photo (id) WHERE state = 'failed' AND presence = 'here'
CREATE INDEX photo_gone ON photo (size) WHERE presence <> 'here' AND content_hash IS NOT NULL
CREATE INDEX photo_queue ON photo (attempts, id) WHERE state = 'pending' AND presence = 'here'
CREATE INDEX photo_removed ON photo (folder_id) WHERE presence = 'removed'
CREATE INDEX photo_running ON photo (id) WHERE state = 'running'
CREATE INDEX photo_waiting ON photo (folder_id) WHERE state = 'offline'
CREATE INDEX photo_with_keywords ON photo (shown_at) WHERE visible = 1 AND keywords IS NOT NULL
CREATE INDEX photo_with_place ON photo (shown_at) WHERE visible = 1 AND latitude IS NOT NULL
CREATE TABLE camera ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL ) STRICT
CREATE TABLE classification ( photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE, model_id INTEGER NOT NULL REFERENCES model (id), masses BLOB NOT NULL ) STRICT
CREATE TABLE day_count ( day INTEGER PRIMARY KEY, count INTEGER NOT NULL ) STRICT
CREATE TABLE decision ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, term INTEGER NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'removed', 'added')), decided_at INTEGER NOT NULL, PRIMARY KEY (photo_id, term) ) STRICT, WITHOUT ROWID
CREATE TABLE decision_change ( id INTEGER PRIMARY KEY AUTOINCREMENT, made_at INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)), own_id INTEGER REFERENCES own_label (id), name_before TEXT, name_after TEXT ) STRICT
CREATE TABLE decision_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL, term INTEGER NOT NULL, before TEXT, after TEXT, PRIMARY KEY (change_id, photo_id, term) ) STRICT, WITHOUT ROWID
CREATE TABLE finding ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, term INTEGER NOT NULL, score INTEGER NOT NULL, shown_at INTEGER NOT NULL, PRIMARY KEY (photo_id, term) ) STRICT, WITHOUT ROWID
CREATE TABLE folder ( id INTEGER PRIMARY KEY, root_id INTEGER NOT NULL REFERENCES root (id), parent_id INTEGER REFERENCES folder (id), path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, folded TEXT NOT NULL, offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)), photos INTEGER NOT NULL DEFAULT 0 ) STRICT
CREATE TABLE lens ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE ) STRICT
CREATE TABLE library_state ( one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL ) STRICT
CREATE TABLE model ( id INTEGER PRIMARY KEY, name TEXT NOT NULL, precision TEXT NOT NULL CHECK (precision IN ('fp32', 'int8')), sha256 TEXT NOT NULL UNIQUE ) STRICT
CREATE TABLE own_label ( id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, folded TEXT UNIQUE, CHECK ((name IS NULL) = (folded IS NULL)) ) STRICT
CREATE TABLE photo ( id INTEGER PRIMARY KEY AUTOINCREMENT, folder_id INTEGER NOT NULL REFERENCES folder (id), name TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'done', 'failed', 'offline')), attempts INTEGER NOT NULL DEFAULT 0, kind TEXT, reason TEXT, presence TEXT NOT NULL DEFAULT 'here' CHECK (presence IN ('here', 'missing', 'removed')), companion_of INTEGER REFERENCES photo (id) ON DELETE SET NULL, content_hash BLOB CHECK (length(content_hash) = 16), format TEXT, width INTEGER, height INTEGER, orientation INTEGER, taken_at INTEGER, taken_offset INTEGER, taken_from TEXT CHECK (taken_from IN ('exif', 'xmp', 'file-name', 'file-time')), latitude REAL, longitude REAL, camera_id INTEGER REFERENCES camera (id), lens_id INTEGER REFERENCES lens (id), exposure_time REAL, f_number REAL, iso REAL, focal_length REAL, keywords TEXT, rating INTEGER, damaged TEXT, visible INTEGER NOT NULL GENERATED ALWAYS AS ( presence = 'here' AND width IS NOT NULL AND companion_of IS NULL ) VIRTUAL, shown_at INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(taken_at, -86400000000)) VIRTUAL, day INTEGER NOT NULL GENERATED ALWAYS AS ( (coalesce(taken_at, -86400000000) - (coalesce(taken_at, -86400000000) % 86400 + 86400) % 86400) / 86400 ) VIRTUAL, UNIQUE (folder_id, name) ) STRICT
CREATE VIRTUAL TABLE photo_words USING fts5 ( name, keywords, folders, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2" )
CREATE TABLE root ( id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'removed', 'forgotten')), unsettled INTEGER NOT NULL DEFAULT 0 CHECK (unsettled IN (0, 1)), added_at INTEGER NOT NULL ) STRICT
CREATE TABLE setting ( key TEXT PRIMARY KEY, value TEXT NOT NULL ) STRICT, WITHOUT ROWID
CREATE TABLE stranger ( folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE, name TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, PRIMARY KEY (folder_id, name) ) STRICT, WITHOUT ROWID
CREATE TABLE tag ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 5), class_index INTEGER NOT NULL CHECK (class_index BETWEEN 0 AND 999), probability REAL NOT NULL, PRIMARY KEY (photo_id, rank) ) STRICT, WITHOUT ROWID
CREATE TABLE term_count ( term INTEGER NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (term, bucket) ) STRICT, WITHOUT ROWID
CREATE TRIGGER finding_deleted AFTER DELETE ON finding BEGIN UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100; END
CREATE TRIGGER finding_inserted AFTER INSERT ON finding BEGIN INSERT INTO term_count VALUES (new.term, new.score / 100, 1) ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1; END
CREATE TRIGGER finding_rescored AFTER UPDATE OF score ON finding WHEN old.score / 100 <> new.score / 100 BEGIN UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100; INSERT INTO term_count VALUES (new.term, new.score / 100, 1) ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1; END
CREATE TRIGGER photo_came AFTER UPDATE OF presence, width, companion_of, taken_at, folder_id ON photo WHEN new.visible = 1 AND (old.visible = 0 OR old.day <> new.day OR old.folder_id <> new.folder_id) BEGIN INSERT INTO day_count VALUES (new.day, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1; UPDATE folder SET photos = photos + 1 WHERE id = new.folder_id; END
CREATE TRIGGER photo_deleted AFTER DELETE ON photo BEGIN UPDATE day_count SET count = count - 1 WHERE old.visible = 1 AND day = old.day; DELETE FROM day_count WHERE old.visible = 1 AND day = old.day AND count = 0; UPDATE folder SET photos = photos - 1 WHERE old.visible = 1 AND id = old.folder_id; DELETE FROM photo_words WHERE rowid = old.id; END
CREATE TRIGGER photo_inserted AFTER INSERT ON photo WHEN new.visible = 1 BEGIN INSERT INTO day_count VALUES (new.day, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1; UPDATE folder SET photos = photos + 1 WHERE id = new.folder_id; END
CREATE TRIGGER photo_left AFTER UPDATE OF presence, width, companion_of, taken_at, folder_id ON photo WHEN old.visible = 1 AND (new.visible = 0 OR old.day <> new.day OR old.folder_id <> new.folder_id) BEGIN UPDATE day_count SET count = count - 1 WHERE day = old.day; DELETE FROM day_count WHERE day = old.day AND count = 0; UPDATE folder SET photos = photos - 1 WHERE id = old.folder_id; END