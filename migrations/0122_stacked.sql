-- Photos that a person put together so that one of them stands for all, say those of a burst. What follows from it,
-- photo.stack_id and photo.behind, follows as well from pictures of one shot in two formats (see photos/stacks.ts).

CREATE TABLE stacked (
  photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
  keeper_id INTEGER NOT NULL -- photo.id of the one that stands for all, itself among them; no file may hold it any more
) STRICT;
CREATE INDEX stacked_by_keeper ON stacked (keeper_id);

-- What a change in the history did to such photos.
CREATE TABLE stack_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL,
  before INTEGER, -- keeper_id; null: it was not stacked
  after INTEGER, -- the same
  PRIMARY KEY (change_id, photo_id)
) STRICT, WITHOUT ROWID;
