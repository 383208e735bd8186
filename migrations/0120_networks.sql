-- Other networks than GoogLeNet may look at photos. What one found is kept when another takes its place, so that changing
-- back needs no photo to be looked at again.

ALTER TABLE model ADD COLUMN network TEXT NOT NULL DEFAULT 'googlenet'; -- results of one network stand for each other
CREATE INDEX model_by_network ON model (network);

-- What networks found that are not in use: tag and classification of a photo, as they were.
CREATE TABLE kept_result (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES model (id),
  turn INTEGER NOT NULL, -- degrees clockwise, of the photo as it was looked at
  -- Best first: class index (uint16) and probability (float32) of each, little-endian.
  tags BLOB NOT NULL,
  categories BLOB NOT NULL,
  PRIMARY KEY (photo_id, model_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_result_by_model ON kept_result (model_id, photo_id);
