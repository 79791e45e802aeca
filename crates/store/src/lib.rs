//! The embedded database: an append-only ledger of entries, with the files they came from.
//!
//! One data folder is one ledger: `ledger.db` (SQLite), `originals/ab/<sha256>` (source files by content),
//! `staged/<sha256>` (files not yet accepted), `key` (what keys the hash chains). A [`Store`] is one connection: any number
//! may read, in this process or another, while one writes; each read sees whole revisions only. To read several things at
//! the same revision, name the revision.
//!
//! What holds: everything a call returned `Ok` for survives a killed process and a power cut (WAL, `synchronous=FULL`);
//! a write is one transaction with its audit record, so all of it is there or nothing; entries are never changed in
//! place, a correction is a new version; every write names the version it was based on.
//!
//! Deliberately absent: the clock and randomness (times and keys are arguments), books and their meaning, who may do
//! what, Chinese sentences. To add a table: the next file in `open::MIGRATIONS`, a module for its calls, and – when rows
//! can be updated – a sealed audit record per change and a line in `sealed::rows`.

mod append;
mod audit;
mod backup;
mod chain;
mod credential;
mod error;
mod evaluations;
mod filings;
mod finding;
mod heads;
mod jobs;
mod matching;
mod open;
mod originals;
mod origins;
mod people;
mod published;
mod reminders;
mod restore;
mod revision;
mod rows;
mod saved;
mod sealed;
mod sessions;
mod setting;
mod staged;
mod tokens;
mod undo;
mod verify;
mod views;
mod write;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use audit::{AuditEvent, AuditQuestion, AuditRecord, By};
pub use backup::BackupReport;
pub use chain::{Hash, Key, digest_hex};
pub use credential::{Attempts, Credential, LinkRecord};
pub use error::{Cause, ChangedSince, Result, StoreError};
pub use evaluations::{EvaluationRecord, EvaluationStage, NewEvaluation, StageRecord};
pub use filings::{AcceptedFiling, FilingAct, FilingId, FilingKey, FilingRecord, FilingState, FilingStep};
pub use finding::{FindingId, FindingRecord, FindingState};
pub use jobs::{JobId, JobRecord, JobState, NewJob};
pub use matching::{MatchCandidate, MatchDecision, Verdict};
pub use originals::SourceRecord;
pub use people::{PersonId, PersonRecord};
pub use published::{Publication, PublishedRecord};
pub use reminders::Reminder;
pub use restore::RestoreReport;
pub use revision::{RevisionKind, RevisionRecord};
pub use saved::{SavedView, ViewId};
pub use sessions::{SessionId, SessionRecord};
pub use staged::{NewStaged, StagedId, StagedRecord};
pub use tokens::{TokenId, TokenRecord};
pub use verify::{Damage, Progress, Stage, VerifyReport, Watch};
pub use write::{FIRST_STORED_TABLE, NewSource, WriteOutcome, WriteRequest};

/// One connection to a ledger. It may move between threads, but serves one at a time.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    dir: PathBuf,
    key: Key,
    read_only: bool,
    failed: bool,
    tables: RefCell<origins::Tables>,
}

/// What a write needs besides its transaction.
pub(crate) struct Ledger<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) dir: &'a Path,
    pub(crate) key: &'a Key,
}

impl Store {
    /// The data folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether this connection only reads.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Runs `body` in the one write transaction: committed when it returns `Ok`, undone otherwise. After an error of
    /// the device itself the connection refuses further writes, because what reached the disk is not known.
    pub(crate) fn transact<T>(&mut self, body: impl FnOnce(&Ledger<'_>) -> Result<T>) -> Result<T> {
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        if self.failed {
            return Err(StoreError::Failed);
        }
        let done = run(&mut self.connection, &self.dir, &self.key, body);
        self.failed = matches!(done, Err(StoreError::Device(_)));
        done
    }
}

fn run<T>(
    connection: &mut Connection,
    dir: &Path,
    key: &Key,
    body: impl FnOnce(&Ledger<'_>) -> Result<T>,
) -> Result<T> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = body(&Ledger { tx: &tx, dir, key })?;
    tx.commit()?;
    Ok(value)
}
