//! Files read and planned but not yet accepted, so that accepting can wait for a clerk.
//!
//! Deliberately absent: what the plan says – the body is the caller's own JSON.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};
use serde_json::json;

use crate::Store;
use crate::audit::{self, AuditEvent};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;

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
    /// Keeps a plan until it is accepted or dropped.
    pub fn stage(&mut self, at: Timestamp, who: &str, staged: &NewStaged) -> Result<StagedId> {
        self.transact(|ledger| {
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO staged (digest, name, created, who, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((&staged.digest, &staged.name, at.to_string(), who, &staged.body))?;
            let id: u64 = ledger.tx.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))?;
            let mut event = AuditEvent::new(at, who, "staged.add", &format!("staged:{id}"));
            event.detail = json!({ "name": staged.name, "digest": staged.digest });
            audit::append(ledger, &event)?;
            Ok(StagedId(id))
        })
    }

    /// All staged files, oldest first.
    pub fn staged(&self) -> Result<Vec<StagedRecord>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, digest, name, created, who FROM staged ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record_from(row)?);
        }
        Ok(records)
    }

    /// The plan of a staged file.
    pub fn staged_body(&self, id: StagedId) -> Result<String> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM staged WHERE id = ?1")?;
        statement.query_row([id.0], |row| row.get(0)).optional()?.ok_or(StoreError::UnknownStaged(id.0))
    }

    /// Drops a staged file; the audit keeps that it was there. (Accepting drops it in the same transaction: see
    /// [`crate::WriteRequest::staged`].)
    pub fn drop_staged(&mut self, at: Timestamp, who: &str, id: StagedId) -> Result<()> {
        self.transact(|ledger| {
            remove(ledger.tx, id)?;
            audit::append(ledger, &AuditEvent::new(at, who, "staged.drop", &format!("staged:{}", id.0)))
        })
    }
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
