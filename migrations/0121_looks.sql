-- The same network may look at a photo once, or at several views of it: what looked at a photo is the model file together
-- with how carefully it looked.

CREATE TABLE model_and_look (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  precision TEXT NOT NULL CHECK (precision IN ('fp32', 'int8')),
  sha256 TEXT NOT NULL, -- of the model file, hex
  network TEXT NOT NULL DEFAULT 'googlenet', -- results of one network stand for each other
  look TEXT NOT NULL DEFAULT 'plain' CHECK (look IN ('plain', 'mirror', 'crops')), -- which views of a photo it saw
  UNIQUE (sha256, look)
) STRICT;
INSERT INTO model_and_look (id, name, precision, sha256, network) SELECT id, name, precision, sha256, network FROM model;
DROP TABLE model;
ALTER TABLE model_and_look RENAME TO model;
CREATE INDEX model_by_network ON model (network);
