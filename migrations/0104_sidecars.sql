-- Sidecars beside photos, for those who want them: photos of which was decided something else than their sidecar says.
-- Filled by triggers, whoever decides, while the setting is on; emptied when they are written.
CREATE TABLE sidecar_due (
  photo_id INTEGER PRIMARY KEY, -- no reference: photos go together with their decisions
  version INTEGER NOT NULL DEFAULT 1, -- count of changes: one that comes while the sidecar is written is seen by it
  -- offline: the folder of a file is away; failed: a sidecar could not be written. Both are tried again.
  state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'offline', 'failed'))
) STRICT;
CREATE INDEX sidecar_due_now ON sidecar_due (photo_id) WHERE state = 'due';
CREATE INDEX sidecar_due_failed ON sidecar_due (photo_id) WHERE state = 'failed';

CREATE TRIGGER sidecar_after_decision_made AFTER INSERT ON decision
WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
CREATE TRIGGER sidecar_after_decision_changed AFTER UPDATE ON decision
WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
CREATE TRIGGER sidecar_after_decision_taken_back AFTER DELETE ON decision
WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id) VALUES (old.photo_id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
CREATE TRIGGER sidecar_after_person_fact_said AFTER INSERT ON person_fact
WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
CREATE TRIGGER sidecar_after_person_fact_changed AFTER UPDATE ON person_fact
WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id) VALUES (new.photo_id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
CREATE TRIGGER sidecar_after_person_fact_taken_back AFTER DELETE ON person_fact
WHEN (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id) VALUES (old.photo_id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
-- Its photos have it by its name. Terms as in decision.
CREATE TRIGGER sidecar_after_own_label_renamed AFTER UPDATE OF name ON own_label
WHEN old.name IS NOT new.name
  AND (SELECT CASE WHEN json_valid(value) THEN json_extract(value, '$.writeSidecars') END FROM setting WHERE key = 'settings') = 1 BEGIN
  INSERT INTO sidecar_due (photo_id)
    SELECT DISTINCT photo_id FROM decision WHERE term IN (10000 + new.id, 2000000000 + new.id)
    ON CONFLICT DO UPDATE SET version = version + 1, state = 'due';
END;
