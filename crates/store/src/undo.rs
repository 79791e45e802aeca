//! Undoing a revision by a new one: every entry it wrote gets its state before, those it made are withdrawn.
//!
//! Deliberately absent: undoing part of a revision, and undoing what later revisions built upon – that is refused with
//! the list of entries. Undoing an undo is allowed and brings the entries back.

use jiff::Timestamp;
use model::entry::EntryState;
use model::id::{BookId, EntryId, Revision};
use rusqlite::OptionalExtension as _;

use crate::append::{Appender, Header, Row, state_word};
use crate::error::{ChangedSince, Result, StoreError};
use crate::finding::{self, FindingId};
use crate::revision::{RevisionKind, last_row};
use crate::write::WriteOutcome;
use crate::{Ledger, Store};

impl Store {
    /// Undoes `revision` by a new revision and resolves the findings it brought. The source file stays kept.
    pub fn undo(&mut self, revision: Revision, at: Timestamp, who: &str, why: &str) -> Result<WriteOutcome> {
        self.transact(|ledger| undo(ledger, revision, at, who, why))
    }
}

/// An entry as the revision found it (or, if the revision made it, as it left it) and what becomes of it.
struct Before {
    entry: u64,
    book: String,
    version: u32,
    state: EntryState,
    key: String,
    payload: String,
    origins: String,
}

fn undo(
    ledger: &Ledger<'_>,
    revision: Revision,
    at: Timestamp,
    who: &str,
    why: &str,
) -> Result<WriteOutcome> {
    if revision.0 == 0 {
        return Err(StoreError::UnknownRevision(revision));
    }
    let last = last_row(ledger.tx, revision)?;
    let first = last_row(ledger.tx, Revision(revision.0 - 1))?;
    let undone: Option<u64> =
        ledger
            .tx
            .query_row("SELECT max(seq) FROM revision WHERE undoes = ?1", [revision.0], |row| row.get(0))?;
    if let Some(by) = undone {
        return Err(StoreError::AlreadyUndone { revision, by: Revision(by) });
    }
    let changed = changed_since(ledger, first, last)?;
    if !changed.is_empty() {
        return Err(StoreError::UndoBlocked { revision, changed });
    }
    let befores = befores(ledger, first, last)?;
    let header = Header { at, who, why, kind: RevisionKind::Undo, undoes: Some(revision), source: None };
    let mut appender = Appender::begin(ledger, &header)?;
    park(ledger, first, last)?;
    for before in &befores {
        restore(ledger, &mut appender, before)?;
    }
    let new = appender.finish()?;
    resolve_findings(ledger, revision, at, who, why)?;
    let entries = befores.iter().map(|b| EntryId(b.entry)).collect();
    Ok(WriteOutcome { revision: new, entries, replayed: false })
}

fn changed_since(ledger: &Ledger<'_>, first: u64, last: u64) -> Result<Vec<ChangedSince>> {
    let mut statement = ledger.tx.prepare_cached(
        "SELECT e.id, b.id, e.key, e.revision FROM entry_revision r JOIN entry e ON e.id = r.entry
         JOIN book b ON b.number = e.book WHERE r.seq > ?1 AND r.seq <= ?2 AND e.head <> r.seq ORDER BY r.seq",
    )?;
    let rows = statement.query_map((first, last), |row| {
        Ok(ChangedSince {
            entry: EntryId(row.get(0)?),
            book: BookId::from(row.get::<_, String>(1)?),
            key: row.get(2)?,
            by: Revision(row.get(3)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn befores(ledger: &Ledger<'_>, first: u64, last: u64) -> Result<Vec<Before>> {
    // A first version has no row before it: it joins itself and is withdrawn.
    let mut statement = ledger.tx.prepare_cached(
        "SELECT r.entry, b.id, r.version, p.version < r.version AND p.state = 'active', p.key, p.payload, p.origins
         FROM entry_revision r JOIN entry e ON e.id = r.entry JOIN book b ON b.number = e.book
         JOIN entry_revision p ON p.entry = r.entry AND p.version = max(r.version - 1, 1)
         WHERE r.seq > ?1 AND r.seq <= ?2 ORDER BY r.seq",
    )?;
    let rows = statement.query_map((first, last), |row| {
        let active: bool = row.get(3)?;
        Ok(Before {
            entry: row.get(0)?,
            book: row.get(1)?,
            version: row.get(2)?,
            state: if active { EntryState::Active } else { EntryState::Withdrawn },
            key: row.get(4)?,
            payload: row.get(5)?,
            origins: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Frees all keys of the revision's entries, so that they can be given back in any order.
fn park(ledger: &Ledger<'_>, first: u64, last: u64) -> Result<()> {
    ledger
        .tx
        .prepare_cached(
            "UPDATE entry SET state = 'withdrawn'
             WHERE id IN (SELECT entry FROM entry_revision WHERE seq > ?1 AND seq <= ?2)",
        )?
        .execute((first, last))?;
    Ok(())
}

fn restore(ledger: &Ledger<'_>, appender: &mut Appender<'_>, before: &Before) -> Result<()> {
    let Before { entry, book, version, state, key, payload, origins } = before;
    let version = version + 1;
    let place = (appender.revision().0, appender.next_row());
    ledger
        .tx
        .prepare_cached(
            "UPDATE entry SET key = ?2, version = ?3, state = ?4, revision = ?5, head = ?6 WHERE id = ?1",
        )?
        .execute((entry, key, version, state_word(*state), place.0, place.1))
        .map_err(|fault| key_taken(fault, before))?;
    appender.row(&Row { entry: *entry, book, version, state: *state, key, payload, origins })
}

/// Another entry took the key meanwhile: it stands in the way like a later change.
fn key_taken(fault: rusqlite::Error, before: &Before) -> StoreError {
    let unique = rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE;
    if fault.sqlite_error().is_some_and(|e| e.extended_code == unique) {
        return StoreError::KeyTaken { book: BookId::from(before.book.as_str()), key: before.key.clone() };
    }
    fault.into()
}

fn resolve_findings(
    ledger: &Ledger<'_>,
    revision: Revision,
    at: Timestamp,
    who: &str,
    why: &str,
) -> Result<()> {
    let mut last_finding = ledger.tx.prepare_cached("SELECT last_finding FROM revision WHERE seq = ?1")?;
    let mut end = |seq: u64| -> Result<u64> {
        Ok(last_finding.query_row([seq], |row| row.get(0)).optional()?.unwrap_or(0))
    };
    let (first, last) = (end(revision.0 - 1)?, end(revision.0)?);
    let mut statement = ledger
        .tx
        .prepare_cached("SELECT id FROM finding WHERE id > ?1 AND id <= ?2 AND state = 'open' ORDER BY id")?;
    let open = statement.query_map((first, last), |row| Ok(FindingId(row.get(0)?)))?;
    for id in open.collect::<rusqlite::Result<Vec<_>>>()? {
        finding::resolve(ledger, at, who, why, id)?;
    }
    Ok(())
}
