-- Photos by where they were taken, for boxes on the map. It also answers which photos have a place at all.

DROP INDEX photo_with_place;
CREATE INDEX photo_by_position ON photo (latitude, longitude) WHERE visible = 1 AND latitude IS NOT NULL;
