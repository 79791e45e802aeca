//! Appending one revision: its origin tables, entry rows and findings, digested on the way, and its link in the chain.
//!
//! Deliberately absent: what may be written; `write` and `undo` decide that and call in this order: tables, rows,
//! findings, finish.

use jiff::Timestamp;
use model::entry::{EntryState, OriginTable};
use model::finding::Finding;
use model::id::Revision;
use rusqlite::OptionalExtension as _;
use serde_json::json;

use crate::Ledger;
use crate::audit::{self, AuditEvent};
use crate::chain::{self, Fields, RevisionParts, RowParts, RowsDigest};
use crate::error::Result;
use crate::revision::RevisionKind;

/// Stored origin tables count from here; smaller numbers in a request index the request's own tables.
pub const FIRST_STORED_TABLE: u64 = 1 << 20;

/// What a revision says about itself.
pub(crate) struct Header<'a> {
    pub(crate) at: Timestamp,
    pub(crate) who: &'a str,
    pub(crate) why: &'a str,
    pub(crate) kind: RevisionKind,
    pub(crate) undoes: Option<Revision>,
    pub(crate) source: Option<&'a str>,
}

/// A version of an entry to append.
pub(crate) struct Row<'a> {
    pub(crate) entry: u64,
    pub(crate) book: &'a str,
    pub(crate) version: u32,
    pub(crate) state: EntryState,
    pub(crate) key: &'a str,
    pub(crate) payload: &'a str,
    pub(crate) origins: &'a str,
}

/// A revision under way.
pub(crate) struct Appender<'a> {
    ledger: &'a Ledger<'a>,
    header: &'a Header<'a>,
    seq: u64,
    at: String,
    prev: Vec<u8>,
    last_row: u64,
    last_table: u64,
    last_finding: u64,
    entries: u64,
    digest: RowsDigest,
    buffer: Fields,
}

impl<'a> Appender<'a> {
    /// Opens the next revision.
    pub(crate) fn begin(ledger: &'a Ledger<'a>, header: &'a Header<'a>) -> Result<Self> {
        let last = ledger
            .tx
            .prepare_cached(
                "SELECT seq, hash, last_row, last_table, last_finding FROM revision ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .optional()?;
        let (seq, prev, last_row, last_table, last_finding): (u64, Vec<u8>, u64, u64, u64) =
            last.unwrap_or((0, Vec::new(), 0, FIRST_STORED_TABLE - 1, 0));
        let appender = Self {
            ledger,
            header,
            seq: seq + 1,
            at: header.at.to_string(),
            prev,
            last_row,
            last_table,
            last_finding,
            entries: 0,
            digest: RowsDigest::default(),
            buffer: Fields::default(),
        };
        appender.reserve()?;
        Ok(appender)
    }

    /// The revision being written.
    pub(crate) fn revision(&self) -> Revision {
        Revision(self.seq)
    }

    /// The place in `entry_revision` the next row takes.
    pub(crate) fn next_row(&self) -> u64 {
        self.last_row + 1
    }

    /// The number the next origin table takes.
    pub(crate) fn next_table(&self) -> u64 {
        self.last_table + 1
    }

    /// Appends an origin table.
    pub(crate) fn table(&mut self, table: &OriginTable) -> Result<()> {
        self.last_table += 1;
        let fields =
            serde_json::to_string(&table.fields).expect("fields and places are plain text, always JSON");
        let OriginTable { source, file, sheet, .. } = table;
        self.digest.add(&chain::origin_table_digest(self.last_table, source, file, sheet, &fields));
        self.ledger
            .tx
            .prepare_cached(
                "INSERT INTO origin_table (id, revision, source, file, sheet, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((self.last_table, self.seq, source, file, sheet, fields))?;
        Ok(())
    }

    /// Appends a version of an entry; the entry itself must be there.
    pub(crate) fn row(&mut self, row: &Row<'_>) -> Result<()> {
        self.last_row += 1;
        self.entries += 1;
        let &Row { entry, book, version, key, payload, origins, .. } = row;
        let (seq, state) = (self.last_row, state_word(row.state));
        let digest =
            RowParts { seq, entry, book, version, state, key, payload, origins }.digest(&mut self.buffer);
        self.digest.add(&digest);
        self.ledger
            .tx
            .prepare_cached(
                "INSERT INTO entry_revision (seq, entry, version, revision, state, key, payload, origins, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute((seq, entry, version, self.seq, state, key, payload, origins, digest))?;
        Ok(())
    }

    /// Appends a finding.
    pub(crate) fn finding(&mut self, finding: &Finding) -> Result<()> {
        self.last_finding += 1;
        let body = serde_json::to_string(finding).expect("a finding is plain text and ids, always JSON");
        self.digest.add(&chain::finding_digest(self.last_finding, &body));
        self.ledger
            .tx
            .prepare_cached("INSERT INTO finding (id, revision, body, state) VALUES (?1, ?2, ?3, 'open')")?
            .execute((self.last_finding, self.seq, body))?;
        Ok(())
    }

    /// Closes the revision: its digest, its link in the chain, its audit record.
    pub(crate) fn finish(self) -> Result<Revision> {
        let digest = self.digest.finish();
        let header = self.header;
        let parts = RevisionParts {
            seq: self.seq,
            at: &self.at,
            who: header.who,
            why: header.why,
            kind: header.kind.word(),
            undoes: header.undoes.map(|r| r.0),
            source: header.source,
            entries: self.entries,
            last_row: self.last_row,
            last_table: self.last_table,
            last_finding: self.last_finding,
            digest: &digest,
        };
        let hash = parts.hash(self.ledger.key, &self.prev);
        self.ledger
            .tx
            .prepare_cached(
                "UPDATE revision SET entries = ?2, last_row = ?3, last_table = ?4, last_finding = ?5, digest = ?6,
                 hash = ?7 WHERE seq = ?1",
            )?
            .execute((self.seq, self.entries, self.last_row, self.last_table, self.last_finding, digest, hash))?;
        let subject = format!("revision:{}", self.seq);
        let mut event = AuditEvent::new(header.at, header.who, "revision.write", &subject);
        event.detail = json!({ "kind": header.kind.word(), "entries": self.entries, "why": header.why });
        audit::append(self.ledger, &event)?;
        Ok(Revision(self.seq))
    }

    /// The row must be there before those that refer to it; its totals follow in `finish`.
    fn reserve(&self) -> Result<()> {
        let header = self.header;
        self.ledger
            .tx
            .prepare_cached(
                "INSERT INTO revision (seq, at, who, why, kind, undoes, source, entries, last_row, last_table,
                 last_finding, digest, prev_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0, x'', ?8, x'')",
            )?
            .execute((
                self.seq,
                &self.at,
                header.who,
                header.why,
                header.kind.word(),
                header.undoes.map(|r| r.0),
                header.source,
                &self.prev,
            ))?;
        Ok(())
    }
}

/// How the database writes a state.
pub(crate) fn state_word(state: EntryState) -> &'static str {
    match state {
        EntryState::Active => "active",
        EntryState::Withdrawn => "withdrawn",
    }
}
