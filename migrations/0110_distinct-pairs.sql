-- Photos that look like one picture, of which a person said that they are not. Kept for ever, as long as both photos are.

CREATE TABLE distinct_pair (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  PRIMARY KEY (photo_id, other_id),
  CHECK (photo_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_pair_by_other ON distinct_pair (other_id);

-- What a change in the history did to such pairs.
CREATE TABLE distinct_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL,
  other_id INTEGER NOT NULL, -- photo_id of the other one
  before INTEGER NOT NULL CHECK (before IN (0, 1)), -- 1: they were said to be distinct
  after INTEGER NOT NULL CHECK (after IN (0, 1)),
  PRIMARY KEY (change_id, photo_id, other_id)
) STRICT, WITHOUT ROWID;
