-- Schema version 6: returns that enterprises file themselves.

-- One return: a book, an enterprise, a period. body: the draft as the caller's own JSON, replaced in place – working paper, which
-- the audit does not keep. version counts every change of it and every step below.
CREATE TABLE filing (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    book       TEXT NOT NULL,
    enterprise INTEGER NOT NULL REFERENCES entry (id),
    period     TEXT NOT NULL,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    at         TEXT NOT NULL,
    who        TEXT NOT NULL,
    UNIQUE (book, enterprise, period)
) STRICT;
CREATE INDEX filing_enterprise ON filing (enterprise);

-- What was done with it. Never changed; the newest step is the return's state. body: what was handed in, or why it was sent back,
-- as the caller's own JSON. revision: what accepting it wrote.
CREATE TABLE filing_step (
    id       INTEGER PRIMARY KEY,
    filing   INTEGER NOT NULL REFERENCES filing (id),
    act      TEXT NOT NULL CHECK (act IN ('submit', 'withdraw', 'send_back', 'accept')),
    body     TEXT NOT NULL,
    revision INTEGER REFERENCES revision (seq),
    at       TEXT NOT NULL,
    who      TEXT NOT NULL
) STRICT;
CREATE INDEX filing_step_filing ON filing_step (filing);
CREATE INDEX filing_step_revision ON filing_step (revision) WHERE revision IS NOT NULL;
