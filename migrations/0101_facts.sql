-- What files, sidecars and names say of a photo: dates of a known precision and source, trees of keywords, sidecars as
-- files of their own. Photos whose facts these may change are queued: their content is known, so that they are read and
-- not looked at again.

DROP TRIGGER photo_changed;

-- How exactly taken_at is known; it is the beginning of the year, month or day. Null without a date.
ALTER TABLE photo ADD COLUMN taken_precision TEXT CHECK (taken_precision IN ('year', 'month', 'day', 'second'));
-- Where taken_at comes from, the most trusted first.
ALTER TABLE photo ADD COLUMN taken_source TEXT CHECK (taken_source IN (
  'person', 'sidecar', 'xmp', 'exif', 'iptc', 'container', 'file-name', 'folder-name', 'modified', 'file-time'
));
UPDATE photo SET taken_source = taken_from, taken_precision = 'second' WHERE taken_at IS NOT NULL;
ALTER TABLE photo DROP COLUMN taken_from;
ALTER TABLE photo RENAME COLUMN taken_source TO taken_from;
-- Keywords that stand in a tree: JSON array of arrays of strings, each from the root on; null when there are none.
ALTER TABLE photo ADD COLUMN keyword_paths TEXT;
-- Seconds added to taken_at where the photos of a day have clocks of several zones, so that they follow each other as they
-- were taken; shown_at stays within the day of taken_at. Kept by the writer, see unordered_day.
ALTER TABLE photo ADD COLUMN order_shift INTEGER NOT NULL DEFAULT 0;
DROP INDEX photo_by_date;
ALTER TABLE photo DROP COLUMN shown_at;
-- In seconds, for ordering: photos without a date come last, as if taken 1,000,000 days before 1970.
ALTER TABLE photo ADD COLUMN shown_at INTEGER NOT NULL
  GENERATED ALWAYS AS (coalesce(taken_at + order_shift, -86400000000)) VIRTUAL;
CREATE INDEX photo_by_date ON photo (shown_at) WHERE visible = 1;
CREATE INDEX photo_by_offset ON photo (day, taken_offset) WHERE visible = 1 AND taken_offset IS NOT NULL;
CREATE INDEX photo_shifted ON photo (day) WHERE visible = 1 AND order_shift <> 0;
-- Days to which photos came or which they left: their photos may have to be put in another order. Triggers note them, the
-- writer empties it in the same transaction.
CREATE TABLE unordered_day (
  day INTEGER PRIMARY KEY -- photo.day
) STRICT;
INSERT INTO unordered_day SELECT day FROM photo WHERE visible = 1 AND taken_offset IS NOT NULL
  GROUP BY day HAVING min(taken_offset) <> max(taken_offset);

-- By the clock of the photo, 0–23; null where no time is known.
ALTER TABLE photo ADD COLUMN taken_hour INTEGER GENERATED ALWAYS AS (
  iif(taken_precision = 'second', (taken_at % 86400 + 86400) % 86400 / 3600, NULL)
) VIRTUAL;
CREATE INDEX photo_by_hour ON photo (taken_hour) WHERE visible = 1 AND taken_hour IS NOT NULL;
-- They stand on the first day of the year or month that is known.
CREATE INDEX photo_in_part ON photo (taken_precision) WHERE visible = 1 AND taken_precision IN ('year', 'month');
CREATE INDEX photo_undated ON photo (id) WHERE visible = 1 AND (taken_from IS NULL OR taken_from = 'file-time');
CREATE INDEX photo_rejected ON photo (id) WHERE visible = 1 AND rating = -1;

-- What the content of a photo says, and what a person said, where what is shown is not the content's word alone. Sidecars
-- stand beside files, and so do their facts: file.sidecar.
DROP TABLE facts;
CREATE TABLE facts (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('content', 'person')),
  facts TEXT NOT NULL, -- JSON object
  PRIMARY KEY (photo_id, source)
) STRICT, WITHOUT ROWID;

-- What the sidecar beside a photo file said when the file was last read: JSON object; null without one.
ALTER TABLE file ADD COLUMN sidecar TEXT;
-- Of a sidecar: the name of what it stands beside, in lower case, with or without that one's ending.
ALTER TABLE file ADD COLUMN sidecar_of TEXT;
CREATE INDEX file_sidecar ON file (folder_id, sidecar_of) WHERE sidecar_of IS NOT NULL;

UPDATE file SET state = 'pending', attempts = 0 WHERE state = 'done' AND photo_id IN (
  -- Of RAW files the orientation of the preview was kept, and not that of the file.
  SELECT id FROM photo WHERE taken_from IS NOT 'exif' OR keywords IS NOT NULL OR rating IS NOT NULL OR format = 'raw'
);
UPDATE file SET state = 'offline' WHERE state = 'pending' AND folder_id IN (SELECT id FROM folder WHERE offline = 1);

CREATE TRIGGER photo_time_changed AFTER UPDATE OF files, behind, taken_at, taken_precision, taken_offset ON photo
WHEN old.visible <> new.visible OR old.taken_at IS NOT new.taken_at OR old.taken_offset IS NOT new.taken_offset
  OR old.taken_hour IS NOT new.taken_hour BEGIN
  INSERT INTO unordered_day SELECT old.day WHERE old.visible = 1 AND old.taken_at IS NOT NULL ON CONFLICT (day) DO NOTHING;
  INSERT INTO unordered_day SELECT new.day WHERE new.visible = 1 AND new.taken_at IS NOT NULL ON CONFLICT (day) DO NOTHING;
END;
CREATE TRIGGER photo_changed AFTER UPDATE ON photo BEGIN
  INSERT INTO photo_change (photo_id, scope) VALUES (new.id, 1);
END;
