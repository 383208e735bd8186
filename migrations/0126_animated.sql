-- Whether a photo moves, which its file alone tells. Files that may hold an animation are queued: their content is known,
-- so that they are read and not looked at again. A GIF moves most often: it counts as one that does until it is read.

ALTER TABLE photo ADD COLUMN animated INTEGER NOT NULL DEFAULT 0 CHECK (animated IN (0, 1));
UPDATE photo SET animated = 1 WHERE format = 'gif';
UPDATE file SET state = 'pending', attempts = 0 WHERE state = 'done' AND photo_id IN (
  SELECT id FROM photo WHERE format IN ('gif', 'webp', 'png', 'avif')
);
UPDATE file SET state = 'offline' WHERE state = 'pending' AND folder_id IN (SELECT id FROM folder WHERE offline = 1);
