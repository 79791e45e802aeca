-- Schema version 2: people and what belongs to the web application.
-- Secrets are never here in clear: passwords as argon2id, sessions, links and tokens as SHA-256, the secret of a second
-- factor encrypted under a key derived from the ledger's.

-- Replaced in place; each change is in the audit, sealed. roles: a JSON list of role ids.
CREATE TABLE person (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL UNIQUE,
    display       TEXT NOT NULL,
    department    TEXT NOT NULL,
    roles         TEXT NOT NULL,
    enterprise    INTEGER REFERENCES entry (id),
    language      TEXT NOT NULL,
    locked        INTEGER NOT NULL CHECK (locked IN (0, 1)),
    second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
    created       TEXT NOT NULL
) STRICT;

-- What proves that somebody is the person. Replaced in place; each change is in the audit, sealed.
CREATE TABLE credential (
    person   INTEGER PRIMARY KEY REFERENCES person (id),
    password TEXT,
    changed  TEXT NOT NULL,
    totp     BLOB,
    enrolled TEXT
) STRICT;

-- A person as an OpenID provider knows them. Added and removed; each change is in the audit, sealed.
CREATE TABLE identity (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    person  INTEGER NOT NULL REFERENCES person (id),
    since   TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

-- One-time links, without a person for the first administrator. Rows leave when used; each change is in the audit, sealed.
CREATE TABLE link (
    hash    BLOB PRIMARY KEY,
    person  INTEGER REFERENCES person (id),
    created TEXT NOT NULL,
    expires TEXT NOT NULL,
    who     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What signing in counts: wrong tries, until when it is locked, how often it was, the last time step of the second
-- factor. Every try is in the audit; these numbers may be lost without harm.
CREATE TABLE attempt (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    failed INTEGER NOT NULL,
    until  TEXT,
    rounds INTEGER NOT NULL,
    step   INTEGER NOT NULL,
    seen   TEXT
) STRICT;

-- Rows leave when a session ends; losing one means signing in again.
CREATE TABLE session (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    hash     BLOB NOT NULL UNIQUE,
    person   INTEGER NOT NULL REFERENCES person (id),
    created  TEXT NOT NULL,
    seen     TEXT NOT NULL,
    expires  TEXT NOT NULL,
    address  TEXT NOT NULL,
    agent    TEXT NOT NULL,
    provider TEXT
) STRICT;
CREATE INDEX session_person ON session (person);

-- For machines. Added and removed; each change is in the audit, sealed without last_used. scopes: a JSON list of rights;
-- books: a JSON list of book ids, none for all the person may.
CREATE TABLE token (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    hash      BLOB NOT NULL UNIQUE,
    person    INTEGER NOT NULL REFERENCES person (id),
    title     TEXT NOT NULL,
    scopes    TEXT NOT NULL,
    books     TEXT,
    created   TEXT NOT NULL,
    expires   TEXT,
    last_used TEXT
) STRICT;

-- Long work. progress, request, result, problem: the caller's own JSON.
CREATE TABLE job (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    title    TEXT NOT NULL,
    state    TEXT NOT NULL
             CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    progress TEXT NOT NULL,
    created  TEXT NOT NULL,
    started  TEXT,
    ended    TEXT,
    who      TEXT NOT NULL,
    person   INTEGER REFERENCES person (id),
    request  TEXT,
    result   TEXT,
    problem  TEXT
) STRICT;
CREATE INDEX job_open ON job (id) WHERE state IN ('waiting', 'running');

-- Saved questions to a book. query: the client's own JSON. owner: the account's name.
CREATE TABLE view (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    book   TEXT NOT NULL,
    name   TEXT NOT NULL,
    query  TEXT NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    owner  TEXT NOT NULL,
    at     TEXT NOT NULL,
    UNIQUE (book, owner, name)
) STRICT;

-- Who was reminded to report what, when, by whom.
CREATE TABLE reminder (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    book   TEXT NOT NULL,
    period TEXT NOT NULL,
    entry  INTEGER NOT NULL REFERENCES entry (id),
    at     TEXT NOT NULL,
    who    TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_period ON reminder (book, period);

-- What was published beside the document; digests of kept files, none in records of version 1. note: why it was published.
ALTER TABLE published ADD COLUMN evidence TEXT;
ALTER TABLE published ADD COLUMN slots TEXT;
ALTER TABLE published ADD COLUMN note TEXT;
