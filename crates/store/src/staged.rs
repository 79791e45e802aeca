//! Files read and planned but not yet accepted, so that accepting can wait for a clerk.
//!
//! The file's bytes lie in `staged/<sha256>` until it is accepted or dropped; what no row names is swept then, and at the
//! next opening. They are no evidence yet, so a backup leaves them out: after a restore the file is to be sent again.
//! Deliberately absent: what the plan says – the body is the caller's own JSON.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};
use serde_json::json;

use crate::audit::{self, AuditEvent};
use crate::error::{Result, StoreError};
use crate::originals::{self, timestamp};
use crate::rows::records;
use crate::{Ledger, Store};

/// The folder of staged files.
const FOLDER: &str = "staged";

/// The number of a staged file; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StagedId(pub u64);

/// A file to stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewStaged {
    /// SHA-256 of the file in lower-case hex.
    pub digest: String,
    /// The file's name.
    pub name: String,
    /// The plan, as JSON.
    pub body: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// A staged file without its plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StagedRecord {
    /// Its number.
    pub id: StagedId,
    /// SHA-256 of the file in lower-case hex.
    pub digest: String,
    /// The file's name.
    pub name: String,
    /// When it was staged.
    pub created: Timestamp,
    /// Who staged it.
    pub who: String,
}

impl Store {
    /// Keeps a file and its plan until it is accepted or dropped.
    pub fn stage(&mut self, at: Timestamp, who: &str, staged: &NewStaged) -> Result<StagedId> {
        self.transact(|ledger| {
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO staged (digest, name, created, who, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((&staged.digest, &staged.name, at.to_string(), who, &staged.body))?;
            let id: u64 = ledger.tx.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))?;
            told(ledger, at, who, "staged.add", StagedId(id), staged)?;
            keep(ledger, staged)?;
            Ok(StagedId(id))
        })
    }

    /// Puts another file, or another plan for the same file, in the place of a staged one.
    pub fn replace_staged(
        &mut self,
        at: Timestamp,
        who: &str,
        id: StagedId,
        staged: &NewStaged,
    ) -> Result<()> {
        self.transact(|ledger| {
            let changed = ledger
                .tx
                .prepare_cached(
                    "UPDATE staged SET digest = ?2, name = ?3, created = ?4, who = ?5, body = ?6 WHERE id = ?1",
                )?
                .execute((id.0, &staged.digest, &staged.name, at.to_string(), who, &staged.body))?;
            if changed == 0 {
                return Err(StoreError::UnknownStaged(id.0));
            }
            told(ledger, at, who, "staged.replace", id, staged)?;
            keep(ledger, staged)
        })?;
        self.sweep_staged();
        Ok(())
    }

    /// Notes a plan made again from the same file: nobody did anything, so the audit keeps nothing.
    pub fn note_staged(&mut self, id: StagedId, body: &str) -> Result<()> {
        self.transact(|ledger| {
            let changed = ledger
                .tx
                .prepare_cached("UPDATE staged SET body = ?2 WHERE id = ?1")?
                .execute((id.0, body))?;
            if changed == 0 { Err(StoreError::UnknownStaged(id.0)) } else { Ok(()) }
        })
    }

    /// All staged files, oldest first.
    pub fn staged(&self) -> Result<Vec<StagedRecord>> {
        let sql = "SELECT id, digest, name, created, who FROM staged ORDER BY id";
        records(&self.connection, sql, [], record_from)
    }

    /// One staged file.
    pub fn staged_record(&self, id: StagedId) -> Result<StagedRecord> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, digest, name, created, who FROM staged WHERE id = ?1")?;
        statement
            .query_row([id.0], |row| Ok(record_from(row)))
            .optional()?
            .transpose()?
            .ok_or(StoreError::UnknownStaged(id.0))
    }

    /// The plan of a staged file.
    pub fn staged_body(&self, id: StagedId) -> Result<String> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM staged WHERE id = ?1")?;
        statement.query_row([id.0], |row| row.get(0)).optional()?.ok_or(StoreError::UnknownStaged(id.0))
    }

    /// The bytes of a staged file, checked against their digest; nothing when they are gone, as after a restore.
    pub fn staged_bytes(&self, id: StagedId) -> Result<Option<Vec<u8>>> {
        let digest = self.staged_record(id)?.digest;
        originals::read_checked(&path(&self.dir, &digest), &digest)
    }

    /// Drops a staged file; the audit keeps that it was there. (Accepting drops it in the same transaction: see
    /// [`crate::WriteRequest::staged`].)
    pub fn drop_staged(&mut self, at: Timestamp, who: &str, id: StagedId) -> Result<()> {
        self.transact(|ledger| {
            remove(ledger.tx, id)?;
            audit::append(ledger, &AuditEvent::new(at, who, "staged.drop", &subject(id)))
        })?;
        self.sweep_staged();
        Ok(())
    }

    /// Removes the files no row names any more, while no other write can be under way. What cannot be removed now is
    /// only lost space; the next opening tries again.
    pub(crate) fn sweep_staged(&mut self) {
        let _ = sweep(self);
    }
}

fn sweep(store: &mut Store) -> Result<()> {
    let files = originals::list(&store.dir.join(FOLDER))?;
    if files.is_empty() {
        return Ok(());
    }
    store.transact(|ledger| {
        let mut statement = ledger.tx.prepare_cached("SELECT digest FROM staged")?;
        let named: HashSet<String> =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for file in files {
            let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if !named.contains(name) {
                fs::remove_file(&file).map_err(StoreError::io(&file))?;
            }
        }
        Ok(())
    })
}

fn keep(ledger: &Ledger<'_>, staged: &NewStaged) -> Result<()> {
    let (root, path) = (ledger.dir.join(FOLDER), path(ledger.dir, &staged.digest));
    originals::keep_at(&root, &path, &staged.digest, &staged.bytes)
}

fn path(dir: &Path, digest: &str) -> PathBuf {
    dir.join(FOLDER).join(digest)
}

fn subject(id: StagedId) -> String {
    format!("staged:{}", id.0)
}

fn told(
    ledger: &Ledger<'_>,
    at: Timestamp,
    who: &str,
    action: &str,
    id: StagedId,
    staged: &NewStaged,
) -> Result<()> {
    let mut event = AuditEvent::new(at, who, action, &subject(id));
    event.detail = json!({ "name": staged.name, "digest": staged.digest });
    audit::append(ledger, &event)
}

/// Removes the row within a write.
pub(crate) fn remove(tx: &rusqlite::Transaction<'_>, id: StagedId) -> Result<()> {
    match tx.prepare_cached("DELETE FROM staged WHERE id = ?1")?.execute([id.0])? {
        0 => Err(StoreError::UnknownStaged(id.0)),
        _ => Ok(()),
    }
}

fn record_from(row: &Row<'_>) -> Result<StagedRecord> {
    Ok(StagedRecord {
        id: StagedId(row.get(0)?),
        digest: row.get(1)?,
        name: row.get(2)?,
        created: timestamp(&row.get::<_, String>(3)?)?,
        who: row.get(4)?,
    })
}
