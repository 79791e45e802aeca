-- Schema version 3: frozen evaluations of parcels and enterprises.

-- Never changed. frozen: the digest of a kept file, everything that was frozen, as the caller's own JSON; head: what lists
-- show of it, likewise. replaces: the evaluation it is a new version of.
CREATE TABLE evaluation (
    id       INTEGER PRIMARY KEY,
    scheme   TEXT NOT NULL,
    year     INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    replaces INTEGER REFERENCES evaluation (id),
    revision INTEGER NOT NULL REFERENCES revision (seq),
    rules    TEXT NOT NULL,
    frozen   TEXT NOT NULL,
    head     TEXT NOT NULL,
    at       TEXT NOT NULL,
    who      TEXT NOT NULL,
    UNIQUE (scheme, year, version)
) STRICT;

-- What of an evaluation was made public when. Never changed.
CREATE TABLE evaluation_stage (
    id         INTEGER PRIMARY KEY,
    evaluation INTEGER NOT NULL REFERENCES evaluation (id),
    stage      TEXT NOT NULL CHECK (stage IN ('area', 'result')),
    until      TEXT,
    at         TEXT NOT NULL,
    who        TEXT NOT NULL,
    note       TEXT NOT NULL,
    UNIQUE (evaluation, stage)
) STRICT;
