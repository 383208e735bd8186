-- Words that a person teaches: own labels that are proposed for photos that look like those which have them. What is
-- learnt from are the decisions about the label; proposals follow from them and from what the network saw, and can be made
-- again.

CREATE TABLE taught (
  own_id INTEGER PRIMARY KEY REFERENCES own_label (id),
  examples INTEGER NOT NULL DEFAULT 1, -- grows with every decision about the label, whoever makes it
  learnt INTEGER NOT NULL DEFAULT 0, -- value of `examples` that its proposals follow from; another one: to be learnt anew
  features TEXT, -- version of what it was learnt from; null: nothing was learnt yet
  claims INTEGER NOT NULL DEFAULT 0 CHECK (claims IN (0, 1)) -- 0: too few examples, its scores tell only an order
) STRICT;

CREATE TABLE proposal (
  photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  own_id INTEGER NOT NULL REFERENCES own_label (id),
  score INTEGER NOT NULL, -- probability × 10,000 in whole percents; below 5000 and falling where taught.claims is 0
  PRIMARY KEY (photo_id, own_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_by_label ON proposal (own_id, photo_id, score);

-- Part of the one history.
CREATE TABLE teaching_step (
  change_id INTEGER NOT NULL REFERENCES decision_change (id) ON DELETE CASCADE,
  own_id INTEGER NOT NULL REFERENCES own_label (id),
  taught INTEGER NOT NULL CHECK (taught IN (0, 1)), -- 1: taught from then on; 0: no longer
  PRIMARY KEY (change_id, own_id)
) STRICT, WITHOUT ROWID;

-- Terms as in decision: own labels lie between categories and albums.
CREATE TRIGGER taught_after_decision_made AFTER INSERT ON decision
WHEN new.term > 10000 AND new.term < 2000000000 BEGIN
  UPDATE taught SET examples = examples + 1 WHERE own_id = new.term - 10000;
END;
CREATE TRIGGER taught_after_decision_changed AFTER UPDATE OF verdict ON decision
WHEN new.term > 10000 AND new.term < 2000000000 AND new.verdict <> old.verdict BEGIN
  UPDATE taught SET examples = examples + 1 WHERE own_id = new.term - 10000;
END;
CREATE TRIGGER taught_after_decision_taken_back AFTER DELETE ON decision
WHEN old.term > 10000 AND old.term < 2000000000 BEGIN
  UPDATE taught SET examples = examples + 1 WHERE own_id = old.term - 10000;
END;
