-- Whether the offset beside a date is believed depends on all else that a file says, and a midnight without seconds is a
-- day without a clock. Files that were read before that was known are read again; no picture is looked at for it. What a
-- camera says of its own clock is as it was, so photos with nothing but that need not wait for their turn.
UPDATE file SET state = 'pending', attempts = 0 WHERE state = 'done' AND kind = 'photo' AND photo_id IN (
  SELECT id FROM photo WHERE taken_offset IS NOT NULL
    AND (taken_from IN ('xmp', 'iptc') OR taken_from = 'exif' AND (keywords IS NOT NULL OR rating IS NOT NULL))
  UNION SELECT id FROM photo WHERE taken_from IN ('xmp', 'iptc') AND taken_precision = 'second' AND taken_hour = 0
    AND taken_at % 86400 = 0
  UNION SELECT photo_id FROM content_facts
);
UPDATE file SET state = 'offline' WHERE state = 'pending' AND folder_id IN (SELECT id FROM folder WHERE offline = 1);
