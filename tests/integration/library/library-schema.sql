CREATE INDEX album_by_cover ON album (cover_id) WHERE cover_id IS NOT NULL
CREATE INDEX album_place_in_order ON album_place (own_id, place)
CREATE INDEX classification_by_model ON classification (model_id)
CREATE INDEX decision_by_term ON decision (term, photo_id)
CREATE INDEX distinct_pair_by_other ON distinct_pair (other_id)
CREATE INDEX file_by_photo ON file (photo_id, presence, folder_id) WHERE photo_id IS NOT NULL
CREATE INDEX file_failed ON file (id) WHERE state = 'failed' AND presence = 'here'
CREATE INDEX file_former ON file (former_photo_id) WHERE former_photo_id IS NOT NULL
CREATE INDEX file_missing ON file (id) WHERE presence = 'missing'
CREATE INDEX file_queue ON file (attempts, id) WHERE state = 'pending' AND presence = 'here'
CREATE INDEX file_removed ON file (folder_id) WHERE presence = 'removed'
CREATE INDEX file_running ON file (id) WHERE state = 'running'
CREATE INDEX file_sidecar ON file (folder_id, sidecar_of) WHERE sidecar_of IS NOT NULL
CREATE INDEX file_unsettled ON file (state, presence, photo_id) WHERE photo_id IS NOT NULL AND state <> 'done'
CREATE INDEX file_waiting ON file (folder_id) WHERE state = 'offline'
CREATE INDEX folder_by_parent ON folder (parent_id)
CREATE INDEX folder_by_root ON folder (root_id)
CREATE INDEX folder_offline ON folder (id) WHERE offline = 1
CREATE INDEX folder_photo_by_photo ON folder_photo (photo_id)
CREATE INDEX index_entry_by_score ON index_entry (term, score, shown_at, photo_id)
CREATE INDEX kept_result_by_model ON kept_result (model_id, photo_id)
CREATE INDEX model_by_network ON model (network)
CREATE INDEX photo_by_camera ON photo (camera_id) WHERE visible = 1 AND camera_id IS NOT NULL
CREATE INDEX photo_by_date ON photo (shown_at) WHERE visible = 1
CREATE INDEX photo_by_format ON photo (format) WHERE visible = 1
CREATE INDEX photo_by_hour ON photo (taken_hour) WHERE visible = 1 AND taken_hour IS NOT NULL
CREATE INDEX photo_by_lens ON photo (lens_id) WHERE visible = 1 AND lens_id IS NOT NULL
CREATE INDEX photo_by_offset ON photo (day, taken_offset) WHERE visible = 1 AND taken_offset IS NOT NULL
CREATE INDEX photo_by_place ON photo (place_id) WHERE visible = 1 AND place_id IS NOT NULL
CREATE INDEX photo_by_position ON photo (latitude, longitude) WHERE visible = 1 AND latitude IS NOT NULL
CREATE INDEX photo_by_shape ON photo (turn, width, height)
CREATE INDEX photo_by_stack ON photo (stack_id) WHERE stack_id IS NOT NULL
CREATE INDEX photo_damaged ON photo (id) WHERE visible = 1 AND damaged IS NOT NULL
CREATE INDEX photo_favourite ON photo (id) WHERE visible = 1 AND favourite = 1
CREATE INDEX photo_hidden ON photo (id) WHERE visible = 1 AND hidden = 1
CREATE INDEX photo_in_part ON photo (taken_precision) WHERE visible = 1 AND taken_precision IN ('year', 'month')
CREATE INDEX photo_rated ON photo (rating) WHERE visible = 1 AND rating IS NOT NULL
CREATE INDEX photo_rejected ON photo (id) WHERE visible = 1 AND rating = -1
CREATE INDEX photo_replaced ON photo (replaced_by) WHERE replaced_by IS NOT NULL
CREATE INDEX photo_shifted ON photo (day) WHERE visible = 1 AND order_shift <> 0
CREATE INDEX photo_undated ON photo (id) WHERE visible = 1 AND (taken_from IS NULL OR taken_from = 'file-time')
CREATE INDEX photo_unplaced ON photo (id) WHERE placed = 0 AND latitude IS NOT NULL
CREATE INDEX photo_with_copies ON photo (id) WHERE visible = 1 AND files > 1
CREATE INDEX photo_with_keywords ON photo (id) WHERE visible = 1 AND keywords IS NOT NULL
CREATE INDEX proposal_by_label ON proposal (own_id, photo_id, score)
CREATE INDEX sidecar_due_failed ON sidecar_due (photo_id) WHERE state = 'failed'
CREATE INDEX sidecar_due_now ON sidecar_due (photo_id) WHERE state = 'due'
CREATE INDEX stacked_by_keeper ON stacked (keeper_id)
CREATE TABLE album ( own_id INTEGER PRIMARY KEY REFERENCES own_label (id), cover_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, photo_order TEXT NOT NULL DEFAULT 'date' CHECK (photo_order IN ('date', 'hand')), place INTEGER ) STRICT
CREATE TABLE album_place ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, own_id INTEGER NOT NULL REFERENCES own_label (id), place REAL NOT NULL, PRIMARY KEY (photo_id, own_id) ) STRICT, WITHOUT ROWID
CREATE TABLE album_place_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL, own_id INTEGER NOT NULL REFERENCES own_label (id), before REAL, after REAL, PRIMARY KEY (change_id, photo_id, own_id) ) STRICT, WITHOUT ROWID
CREATE TABLE album_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, own_id INTEGER NOT NULL REFERENCES own_label (id), before TEXT, after TEXT, PRIMARY KEY (change_id, own_id) ) STRICT, WITHOUT ROWID
CREATE TABLE camera ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL ) STRICT
CREATE TABLE classification ( photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE, model_id INTEGER NOT NULL REFERENCES model (id), categories BLOB NOT NULL , turn INTEGER NOT NULL DEFAULT 0) STRICT
CREATE TABLE content_facts ( photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE, facts TEXT NOT NULL ) STRICT
CREATE TABLE day_count ( day INTEGER PRIMARY KEY, count INTEGER NOT NULL ) STRICT
CREATE TABLE decision ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, term INTEGER NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'removed', 'added')), decided_at INTEGER NOT NULL, PRIMARY KEY (photo_id, term) ) STRICT, WITHOUT ROWID
CREATE TABLE decision_change ( id INTEGER PRIMARY KEY AUTOINCREMENT, made_at INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)), own_id INTEGER REFERENCES own_label (id), name_before TEXT, name_after TEXT ) STRICT
CREATE TABLE decision_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL, term INTEGER NOT NULL, before TEXT, after TEXT, PRIMARY KEY (change_id, photo_id, term) ) STRICT, WITHOUT ROWID
CREATE TABLE deferred_index ( photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE ) STRICT
CREATE TABLE distinct_pair ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, other_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, PRIMARY KEY (photo_id, other_id), CHECK (photo_id < other_id) ) STRICT, WITHOUT ROWID
CREATE TABLE distinct_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL, other_id INTEGER NOT NULL, before INTEGER NOT NULL CHECK (before IN (0, 1)), after INTEGER NOT NULL CHECK (after IN (0, 1)), PRIMARY KEY (change_id, photo_id, other_id) ) STRICT, WITHOUT ROWID
CREATE TABLE fact_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (change_id, photo_id, field) ) STRICT, WITHOUT ROWID
CREATE TABLE file ( id INTEGER PRIMARY KEY AUTOINCREMENT, folder_id INTEGER NOT NULL REFERENCES folder (id), name TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'photo' CHECK (kind IN ('photo', 'sidecar', 'video', 'rejected')), size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'done', 'failed', 'offline')), attempts INTEGER NOT NULL DEFAULT 0, problem TEXT, reason TEXT, presence TEXT NOT NULL DEFAULT 'here' CHECK (presence IN ('here', 'missing', 'removed')), photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, former_photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, sidecar TEXT, sidecar_of TEXT, UNIQUE (folder_id, name) ) STRICT
CREATE TABLE folder ( id INTEGER PRIMARY KEY, root_id INTEGER NOT NULL REFERENCES root (id), parent_id INTEGER REFERENCES folder (id), path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, folded TEXT NOT NULL, offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)), photos INTEGER NOT NULL DEFAULT 0 ) STRICT
CREATE TABLE folder_photo ( folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, PRIMARY KEY (folder_id, photo_id) ) STRICT, WITHOUT ROWID
CREATE TABLE index_entry ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, term INTEGER NOT NULL, score INTEGER NOT NULL, shown_at INTEGER NOT NULL, PRIMARY KEY (photo_id, term) ) STRICT, WITHOUT ROWID
CREATE TABLE kept_result ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, model_id INTEGER NOT NULL REFERENCES model (id), turn INTEGER NOT NULL, tags BLOB NOT NULL, categories BLOB NOT NULL, PRIMARY KEY (photo_id, model_id) ) STRICT, WITHOUT ROWID
CREATE TABLE lens ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE ) STRICT
CREATE TABLE library_state ( one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL, folders_revision INTEGER NOT NULL ) STRICT
CREATE TABLE "model" ( id INTEGER PRIMARY KEY, name TEXT NOT NULL, precision TEXT NOT NULL CHECK (precision IN ('fp32', 'int8')), sha256 TEXT NOT NULL, network TEXT NOT NULL DEFAULT 'googlenet', look TEXT NOT NULL DEFAULT 'plain' CHECK (look IN ('plain', 'mirror', 'crops')), UNIQUE (sha256, look) ) STRICT
CREATE TABLE "own_label" ( id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL DEFAULT 'label' CHECK (kind IN ('label', 'album')), name TEXT, folded TEXT, UNIQUE (kind, folded), CHECK ((name IS NULL) = (folded IS NULL)) ) STRICT
CREATE TABLE person_fact ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, field TEXT NOT NULL CHECK (field IN ('rating', 'favourite', 'hidden', 'title', 'note', 'taken', 'position', 'turn')), value TEXT NOT NULL, decided_at INTEGER NOT NULL, PRIMARY KEY (photo_id, field) ) STRICT, WITHOUT ROWID
CREATE TABLE photo ( id INTEGER PRIMARY KEY AUTOINCREMENT, content_hash BLOB NOT NULL UNIQUE CHECK (length(content_hash) = 16), files INTEGER NOT NULL DEFAULT 0, replaced_by INTEGER REFERENCES photo (id) ON DELETE CASCADE, stack_id INTEGER REFERENCES stack (id), behind INTEGER NOT NULL DEFAULT 0 CHECK (behind IN (0, 1)), format TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, orientation INTEGER, taken_at INTEGER, taken_offset INTEGER, latitude REAL, longitude REAL, place_id INTEGER REFERENCES place (id), placed INTEGER NOT NULL DEFAULT 0 CHECK (placed IN (0, 1)), camera_id INTEGER REFERENCES camera (id), lens_id INTEGER REFERENCES lens (id), exposure_time REAL, f_number REAL, iso REAL, focal_length REAL, keywords TEXT, rating INTEGER, damaged TEXT, visible INTEGER NOT NULL GENERATED ALWAYS AS (files > 0 AND behind = 0) VIRTUAL, day INTEGER NOT NULL GENERATED ALWAYS AS ( (coalesce(taken_at, -86400000000) - (coalesce(taken_at, -86400000000) % 86400 + 86400) % 86400) / 86400 ) VIRTUAL , taken_precision TEXT CHECK (taken_precision IN ('year', 'month', 'day', 'second')), taken_from TEXT CHECK (taken_from IN ( 'person', 'sidecar', 'xmp', 'exif', 'iptc', 'container', 'file-name', 'folder-name', 'modified', 'file-time' )), keyword_paths TEXT, order_shift INTEGER NOT NULL DEFAULT 0, shown_at INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(taken_at + order_shift, -86400000000)) VIRTUAL, taken_hour INTEGER GENERATED ALWAYS AS ( iif(taken_precision = 'second', (taken_at % 86400 + 86400) % 86400 / 3600, NULL) ) VIRTUAL, favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)), hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)), title TEXT, note TEXT, turn INTEGER NOT NULL DEFAULT 0 CHECK (turn IN (0, 90, 180, 270)), animated INTEGER NOT NULL DEFAULT 0 CHECK (animated IN (0, 1))) STRICT
CREATE TABLE photo_change ( seq INTEGER PRIMARY KEY AUTOINCREMENT, photo_id INTEGER NOT NULL, scope INTEGER NOT NULL CHECK (scope IN (0, 1)) ) STRICT
CREATE VIRTUAL TABLE photo_text USING fts5 ( title, note, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2" )
CREATE VIRTUAL TABLE photo_words USING fts5 ( name, keywords, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2" )
CREATE TABLE place ( id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('country', 'region', 'town')), key TEXT NOT NULL, parent_id INTEGER REFERENCES place (id), name TEXT NOT NULL, shown TEXT NOT NULL, latitude REAL, longitude REAL, names TEXT NOT NULL, UNIQUE (kind, key) ) STRICT
CREATE TABLE proposal ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, own_id INTEGER NOT NULL REFERENCES own_label (id), score INTEGER NOT NULL, PRIMARY KEY (photo_id, own_id) ) STRICT, WITHOUT ROWID
CREATE TABLE root ( id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'removed', 'forgotten')), unsettled INTEGER NOT NULL DEFAULT 0 CHECK (unsettled IN (0, 1)), added_at INTEGER NOT NULL ) STRICT
CREATE TABLE saved_search ( id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, query TEXT NOT NULL, sort TEXT NOT NULL, min_confidence REAL, place INTEGER ) STRICT
CREATE TABLE saved_search_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, search_id INTEGER NOT NULL, before TEXT, after TEXT, PRIMARY KEY (change_id, search_id) ) STRICT, WITHOUT ROWID
CREATE TABLE setting ( key TEXT PRIMARY KEY, value TEXT NOT NULL ) STRICT, WITHOUT ROWID
CREATE TABLE sidecar_due ( photo_id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'offline', 'failed')) ) STRICT
CREATE TABLE stack ( id INTEGER PRIMARY KEY ) STRICT
CREATE TABLE stack_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, photo_id INTEGER NOT NULL, before INTEGER, after INTEGER, PRIMARY KEY (change_id, photo_id) ) STRICT, WITHOUT ROWID
CREATE TABLE stacked ( photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE, keeper_id INTEGER NOT NULL ) STRICT
CREATE TABLE tag ( photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 5), class_index INTEGER NOT NULL CHECK (class_index BETWEEN 0 AND 999), probability REAL NOT NULL, PRIMARY KEY (photo_id, rank) ) STRICT, WITHOUT ROWID
CREATE TABLE taught ( own_id INTEGER PRIMARY KEY REFERENCES own_label (id), examples INTEGER NOT NULL DEFAULT 1, learnt INTEGER NOT NULL DEFAULT 0, features TEXT, claims INTEGER NOT NULL DEFAULT 0 CHECK (claims IN (0, 1)) ) STRICT
CREATE TABLE teaching_step ( change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE, own_id INTEGER NOT NULL REFERENCES own_label (id), taught INTEGER NOT NULL CHECK (taught IN (0, 1)), PRIMARY KEY (change_id, own_id) ) STRICT, WITHOUT ROWID
CREATE TABLE term_count ( term INTEGER NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (term, bucket) ) STRICT, WITHOUT ROWID
CREATE TABLE unordered_day ( day INTEGER PRIMARY KEY ) STRICT
CREATE TRIGGER decision_changed AFTER UPDATE ON decision BEGIN INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 0); END
CREATE TRIGGER decision_deleted AFTER DELETE ON decision BEGIN INSERT INTO photo_change (photo_id, scope) VALUES (old.photo_id, 0); END
CREATE TRIGGER decision_inserted AFTER INSERT ON decision BEGIN INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 0); END
CREATE TRIGGER file_came AFTER UPDATE OF photo_id, presence, folder_id ON file WHEN new.photo_id IS NOT NULL AND new.presence = 'here' AND (new.photo_id IS NOT old.photo_id OR old.presence <> 'here') BEGIN UPDATE photo SET files = files + 1 WHERE id = new.photo_id; END
CREATE TRIGGER file_deleted AFTER DELETE ON file WHEN old.photo_id IS NOT NULL AND old.presence = 'here' BEGIN UPDATE photo SET files = files - 1 WHERE id = old.photo_id; END
CREATE TRIGGER file_inserted AFTER INSERT ON file WHEN new.photo_id IS NOT NULL AND new.presence = 'here' BEGIN UPDATE photo SET files = files + 1 WHERE id = new.photo_id; END
CREATE TRIGGER file_left AFTER UPDATE OF photo_id, presence, folder_id ON file WHEN old.photo_id IS NOT NULL AND old.presence = 'here' AND (new.photo_id IS NOT old.photo_id OR new.presence <> 'here') BEGIN UPDATE photo SET files = files - 1 WHERE id = old.photo_id; END
CREATE TRIGGER file_went_on AFTER UPDATE OF state ON file WHEN old.state <> new.state AND new.photo_id IS NOT NULL AND new.photo_id IS old.photo_id BEGIN INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 1); END
CREATE TRIGGER folder_changed AFTER UPDATE OF root_id, parent_id, path, name, offline ON folder BEGIN UPDATE library_state SET folders_revision = folders_revision + 1; END
CREATE TRIGGER folder_deleted AFTER DELETE ON folder BEGIN UPDATE library_state SET folders_revision = folders_revision + 1; END
CREATE TRIGGER folder_inserted AFTER INSERT ON folder BEGIN UPDATE library_state SET folders_revision = folders_revision + 1; END
CREATE TRIGGER folder_photo_deleted AFTER DELETE ON folder_photo BEGIN UPDATE folder SET photos = photos - 1 WHERE id = old.folder_id AND (SELECT hidden FROM photo WHERE id = old.photo_id) = 0; INSERT INTO photo_change (photo_id, scope) VALUES (old.photo_id, 1); END
CREATE TRIGGER folder_photo_inserted AFTER INSERT ON folder_photo BEGIN UPDATE folder SET photos = photos + 1 WHERE id = new.folder_id AND (SELECT hidden FROM photo WHERE id = new.photo_id) = 0; INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 1); END
CREATE TRIGGER index_entry_deleted AFTER DELETE ON index_entry WHEN (SELECT hidden FROM photo WHERE id = old.photo_id) = 0 BEGIN UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100; END
CREATE TRIGGER index_entry_inserted AFTER INSERT ON index_entry WHEN (SELECT hidden FROM photo WHERE id = new.photo_id) = 0 BEGIN INSERT INTO term_count VALUES (new.term, new.score / 100, 1) ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1; END
CREATE TRIGGER index_entry_rescored AFTER UPDATE OF score ON index_entry WHEN old.score / 100 <> new.score / 100 AND (SELECT hidden FROM photo WHERE id = new.photo_id) = 0 BEGIN UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100; INSERT INTO term_count VALUES (new.term, new.score / 100, 1) ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1; END
CREATE TRIGGER photo_came AFTER UPDATE OF files, behind, taken_at ON photo WHEN new.visible = 1 AND (old.visible = 0 OR old.day <> new.day) BEGIN INSERT INTO day_count VALUES (new.day, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1; END
CREATE TRIGGER photo_changed AFTER UPDATE ON photo BEGIN INSERT INTO photo_change (photo_id, scope) VALUES (new.id, 1); END
CREATE TRIGGER photo_deleted AFTER DELETE ON photo BEGIN UPDATE day_count SET count = count - 1 WHERE old.visible = 1 AND day = old.day; DELETE FROM day_count WHERE old.visible = 1 AND day = old.day AND count = 0; DELETE FROM photo_words WHERE rowid = old.id; DELETE FROM photo_text WHERE rowid = old.id; INSERT INTO photo_change (photo_id, scope) VALUES (old.id, 1); END
CREATE TRIGGER photo_goes BEFORE DELETE ON photo BEGIN DELETE FROM index_entry WHERE photo_id = old.id; DELETE FROM folder_photo WHERE photo_id = old.id; END
CREATE TRIGGER photo_hid AFTER UPDATE OF hidden ON photo WHEN old.hidden <> new.hidden BEGIN INSERT INTO term_count SELECT term, score / 100, old.hidden - new.hidden FROM index_entry WHERE photo_id = new.id ON CONFLICT (term, bucket) DO UPDATE SET count = count + excluded.count; UPDATE folder SET photos = photos + old.hidden - new.hidden WHERE id IN (SELECT folder_id FROM folder_photo WHERE photo_id = new.id); END
CREATE TRIGGER photo_left AFTER UPDATE OF files, behind, taken_at ON photo WHEN old.visible = 1 AND (new.visible = 0 OR old.day <> new.day) BEGIN UPDATE day_count SET count = count - 1 WHERE day = old.day; DELETE FROM day_count WHERE day = old.day AND count = 0; END
CREATE TRIGGER photo_time_changed AFTER UPDATE OF files, behind, taken_at, taken_precision, taken_offset ON photo WHEN old.visible <> new.visible OR old.taken_at IS NOT new.taken_at OR old.taken_offset IS NOT new.taken_offset OR old.taken_hour IS NOT new.taken_hour BEGIN INSERT INTO unordered_day SELECT old.day WHERE old.visible = 1 AND old.taken_at IS NOT NULL ON CONFLICT (day) DO NOTHING; INSERT INTO unordered_day SELECT new.day WHERE new.visible = 1 AND new.taken_at IS NOT NULL ON CONFLICT (day) DO NOTHING; END
CREATE TRIGGER root_changed AFTER UPDATE OF state ON root BEGIN UPDATE library_state SET folders_revision = folders_revision + 1; END
CREATE TRIGGER sidecar_after_decision_changed AFTER UPDATE ON decision WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER sidecar_after_decision_made AFTER INSERT ON decision WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER sidecar_after_decision_taken_back AFTER DELETE ON decision WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) VALUES (old.photo_id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER sidecar_after_own_label_renamed AFTER UPDATE OF name ON own_label WHEN old.name IS NOT new.name AND (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) SELECT DISTINCT photo_id FROM decision WHERE term IN (10000 + new.id, 2000000000 + new.id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER sidecar_after_person_fact_changed AFTER UPDATE ON person_fact WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER sidecar_after_person_fact_said AFTER INSERT ON person_fact WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER sidecar_after_person_fact_taken_back AFTER DELETE ON person_fact WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN INSERT INTO sidecar_due (photo_id) VALUES (old.photo_id) ON CONFLICT DO UPDATE SET version = version + 1, state = 'due'; END
CREATE TRIGGER taught_after_decision_changed AFTER UPDATE OF verdict ON decision WHEN new.term > 10000 AND new.term < 2000000000 AND new.verdict <> old.verdict BEGIN UPDATE taught SET examples = examples + 1 WHERE own_id = new.term - 10000; END
CREATE TRIGGER taught_after_decision_made AFTER INSERT ON decision WHEN new.term > 10000 AND new.term < 2000000000 BEGIN UPDATE taught SET examples = examples + 1 WHERE own_id = new.term - 10000; END
CREATE TRIGGER taught_after_decision_taken_back AFTER DELETE ON decision WHEN old.term > 10000 AND old.term < 2000000000 BEGIN UPDATE taught SET examples = examples + 1 WHERE own_id = old.term - 10000; END