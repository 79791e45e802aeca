-- The ledger's tables, schema version 1. Append-only unless a comment says otherwise.
-- Times are RFC 3339 text in UTC; digests and hashes are SHA-256 / HMAC-SHA-256.

CREATE TABLE book (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE
) STRICT;

-- One original file; its bytes lie in originals/<first two digits>/<digest>.
CREATE TABLE source (
    digest      TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    size        INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    who         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One accepted write. The rows it wrote are those after the previous revision's last_row up to its own last_row;
-- the same holds for origin tables and findings.
CREATE TABLE revision (
    seq          INTEGER PRIMARY KEY,
    at           TEXT NOT NULL,
    who          TEXT NOT NULL,
    why          TEXT NOT NULL,
    kind         TEXT NOT NULL,
    undoes       INTEGER REFERENCES revision (seq),
    source       TEXT REFERENCES source (digest),
    entries      INTEGER NOT NULL,
    last_row     INTEGER NOT NULL,
    last_table   INTEGER NOT NULL,
    last_finding INTEGER NOT NULL,
    digest       BLOB NOT NULL,
    prev_hash    BLOB NOT NULL,
    hash         BLOB NOT NULL
) STRICT;

-- The current head of an entry (updated in place; every version stays in entry_revision).
CREATE TABLE entry (
    id       INTEGER PRIMARY KEY,
    book     INTEGER NOT NULL REFERENCES book (number),
    key      TEXT NOT NULL,
    version  INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('active', 'withdrawn')),
    revision INTEGER NOT NULL REFERENCES revision (seq),
    head     INTEGER NOT NULL
) STRICT;
-- One active entry per key; withdrawn ones may share it.
CREATE UNIQUE INDEX entry_key ON entry (book, key, iif(state = 'active', 0, id));
CREATE INDEX entry_book ON entry (book);
-- Few and mostly none: whether a new key may belong to a withdrawn entry is answered without looking at every key.
CREATE INDEX entry_withdrawn ON entry (book) WHERE state = 'withdrawn';

CREATE TABLE entry_revision (
    seq      INTEGER PRIMARY KEY,
    entry    INTEGER NOT NULL REFERENCES entry (id),
    version  INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (seq),
    state    TEXT NOT NULL CHECK (state IN ('active', 'withdrawn')),
    key      TEXT NOT NULL,
    payload  TEXT NOT NULL,
    origins  TEXT NOT NULL,
    digest   BLOB NOT NULL,
    UNIQUE (entry, version)
) STRICT;

CREATE TABLE origin_table (
    id       INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revision (seq),
    source   TEXT NOT NULL,
    file     TEXT NOT NULL,
    sheet    TEXT NOT NULL,
    fields   TEXT NOT NULL
) STRICT;

-- state and resolved_* are updated once, when the finding is resolved.
CREATE TABLE finding (
    id             INTEGER PRIMARY KEY,
    revision       INTEGER NOT NULL REFERENCES revision (seq),
    body           TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
    resolved_at    TEXT,
    resolved_by    TEXT,
    resolved_why   TEXT
) STRICT;
CREATE INDEX finding_open ON finding (id) WHERE state = 'open';

-- Remembered identity decisions; replaced in place, each change is in the audit.
CREATE TABLE match_decision (
    book     TEXT NOT NULL,
    written  TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('same', 'different')),
    entry    INTEGER REFERENCES entry (id),
    at       TEXT NOT NULL,
    who      TEXT NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (book, written)
) STRICT, WITHOUT ROWID;

-- Candidate pairs that wait for a person; rows leave when the decision is made.
CREATE TABLE match_queue (
    id        INTEGER PRIMARY KEY,
    book      TEXT NOT NULL,
    written   TEXT NOT NULL,
    candidate INTEGER NOT NULL REFERENCES entry (id),
    permille  INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    place     TEXT NOT NULL,
    UNIQUE (book, written, candidate)
) STRICT;

-- sealed is the digest of the row that the action wrote into an updatable table (empty: the row was removed).
CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    action    TEXT NOT NULL,
    subject   TEXT NOT NULL,
    detail    TEXT NOT NULL,
    sealed    BLOB,
    prev_hash BLOB NOT NULL,
    hash      BLOB NOT NULL
) STRICT;

CREATE TABLE idempotency (
    key      TEXT PRIMARY KEY,
    digest   BLOB NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (seq)
) STRICT, WITHOUT ROWID;

-- Files read and planned but not yet accepted; rows leave when accepted or dropped.
CREATE TABLE staged (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    digest  TEXT NOT NULL,
    name    TEXT NOT NULL,
    created TEXT NOT NULL,
    who     TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;

CREATE TABLE published (
    id       INTEGER PRIMARY KEY,
    report   TEXT NOT NULL,
    period   TEXT NOT NULL,
    content  TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (seq),
    bytes    TEXT NOT NULL,
    at       TEXT NOT NULL,
    who      TEXT NOT NULL
) STRICT;

-- Replaced in place; each change is in the audit.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The keyed end of both chains, so that a cut tail shows.
CREATE TABLE seal (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    revision      INTEGER NOT NULL,
    revision_hash BLOB NOT NULL,
    audit         INTEGER NOT NULL,
    audit_hash    BLOB NOT NULL,
    mac           BLOB NOT NULL
) STRICT;
