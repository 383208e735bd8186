-- The wall lays photos out in their shape before it has fetched any: the shapes of all of them come from here. Also of
-- those that are not on the wall, as asking whether they are would mean to look up each photo.
CREATE INDEX photo_by_shape ON photo (turn, width, height);
