-- What a person says of a photo beside labels: stars, favourite, hidden, title, note, date, place, turn. It hangs on the
-- photo as labels do, outranks what files say, and is part of the same history.

CREATE TABLE person_fact (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  field TEXT NOT NULL CHECK (field IN ('rating', 'favourite', 'hidden', 'title', 'note', 'taken', 'position', 'turn')),
  value TEXT NOT NULL, -- JSON, see library/decisions/person-fact-values.ts
  decided_at INTEGER NOT NULL, -- Unix time, milliseconds
  PRIMARY KEY (photo_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL, -- no reference: history may name photos that are gone
  field TEXT NOT NULL,
  before TEXT, -- as person_fact.value; null: nothing was said
  after TEXT, -- the same
  PRIMARY KEY (change_id, photo_id, field)
) STRICT, WITHOUT ROWID;

-- Only what the content says is kept there: a person speaks field by field, see above.
CREATE TABLE content_facts (
  photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
  facts TEXT NOT NULL -- JSON object
) STRICT;
INSERT INTO content_facts SELECT photo_id, facts FROM facts WHERE source = 'content';
DROP TABLE facts;

-- As the person says; copies of what is in person_fact, for the search and the wall.
ALTER TABLE photo ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1));
ALTER TABLE photo ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)); -- 1: not on the wall unless asked for
ALTER TABLE photo ADD COLUMN title TEXT;
ALTER TABLE photo ADD COLUMN note TEXT;
ALTER TABLE photo ADD COLUMN turn INTEGER NOT NULL DEFAULT 0 CHECK (turn IN (0, 90, 180, 270)); -- degrees clockwise, after orientation
-- How the photo was turned when it was classified, degrees; where that is not photo.turn it is to be classified anew.
ALTER TABLE classification ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
CREATE INDEX photo_hidden ON photo (id) WHERE visible = 1 AND hidden = 1;
CREATE INDEX photo_favourite ON photo (id) WHERE visible = 1 AND favourite = 1;
CREATE INDEX photo_rated ON photo (rating) WHERE visible = 1 AND rating IS NOT NULL;

-- Titles and notes as search compares them. Few photos have any, so they have a table of their own; rowid is photo.id.
CREATE VIRTUAL TABLE photo_text USING fts5 (
  title,
  note,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2"
);

-- Hidden photos keep their rows in the search index, and are left out of what is counted for the wall.
DROP TRIGGER index_entry_inserted;
CREATE TRIGGER index_entry_inserted AFTER INSERT ON index_entry
WHEN (SELECT hidden FROM photo WHERE id = new.photo_id) = 0 BEGIN
  INSERT INTO term_count VALUES (new.term, new.score / 100, 1)
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1;
END;
DROP TRIGGER index_entry_deleted;
CREATE TRIGGER index_entry_deleted AFTER DELETE ON index_entry
WHEN (SELECT hidden FROM photo WHERE id = old.photo_id) = 0 BEGIN
  UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100;
END;
DROP TRIGGER index_entry_rescored;
CREATE TRIGGER index_entry_rescored AFTER UPDATE OF score ON index_entry
WHEN old.score / 100 <> new.score / 100 AND (SELECT hidden FROM photo WHERE id = new.photo_id) = 0 BEGIN
  UPDATE term_count SET count = count - 1 WHERE term = old.term AND bucket = old.score / 100;
  INSERT INTO term_count VALUES (new.term, new.score / 100, 1)
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + 1;
END;
DROP TRIGGER folder_photo_inserted;
CREATE TRIGGER folder_photo_inserted AFTER INSERT ON folder_photo BEGIN
  UPDATE folder SET photos = photos + 1
    WHERE id = new.folder_id AND (SELECT hidden FROM photo WHERE id = new.photo_id) = 0;
  INSERT INTO photo_change (photo_id, scope) VALUES (new.photo_id, 1);
END;
DROP TRIGGER folder_photo_deleted;
CREATE TRIGGER folder_photo_deleted AFTER DELETE ON folder_photo BEGIN
  UPDATE folder SET photos = photos - 1
    WHERE id = old.folder_id AND (SELECT hidden FROM photo WHERE id = old.photo_id) = 0;
  INSERT INTO photo_change (photo_id, scope) VALUES (old.photo_id, 1);
END;
CREATE TRIGGER photo_hid AFTER UPDATE OF hidden ON photo WHEN old.hidden <> new.hidden BEGIN
  INSERT INTO term_count SELECT term, score / 100, old.hidden - new.hidden FROM index_entry WHERE photo_id = new.id
    ON CONFLICT (term, bucket) DO UPDATE SET count = count + excluded.count;
  UPDATE folder SET photos = photos + old.hidden - new.hidden
    WHERE id IN (SELECT folder_id FROM folder_photo WHERE photo_id = new.id);
END;
-- While the photo still says whether it was counted.
CREATE TRIGGER photo_goes BEFORE DELETE ON photo BEGIN
  DELETE FROM index_entry WHERE photo_id = old.id;
  DELETE FROM folder_photo WHERE photo_id = old.id;
END;
DROP TRIGGER photo_deleted;
CREATE TRIGGER photo_deleted AFTER DELETE ON photo BEGIN
  UPDATE day_count SET count = count - 1 WHERE old.visible = 1 AND day = old.day;
  DELETE FROM day_count WHERE old.visible = 1 AND day = old.day AND count = 0;
  DELETE FROM photo_words WHERE rowid = old.id;
  DELETE FROM photo_text WHERE rowid = old.id;
  INSERT INTO photo_change (photo_id, scope) VALUES (old.id, 1);
END;
