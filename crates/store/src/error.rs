//! What can go wrong in the store, with what a person can do about it.
//!
//! Deliberately absent: bad data – a finding is stored like anything else, never raised as an error – and SQLite's own
//! error types, which stay boxed inside. To add one: a variant whose text names the thing and the way out.

use std::io;
use std::path::{Path, PathBuf};

use model::id::{BookId, EntryId, Revision};

/// The source of an error, boxed so that its type is nobody's business.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An entry that keeps a revision from being undone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedSince {
    /// The entry.
    pub entry: EntryId,
    /// Its book.
    pub book: BookId,
    /// Its key.
    pub key: String,
    /// The newest revision that changed it.
    pub by: Revision,
}

/// Why the store could not do what was asked. Unless a variant says otherwise nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no ledger in the folder.
    #[error("{} holds no ledger; create one first or check the path", .0.display())]
    NotALedger(PathBuf),
    /// Something is already where a ledger or a backup is to be put.
    #[error("{} already exists; nothing was overwritten, choose another place", .0.display())]
    AlreadyThere(PathBuf),
    /// A setting the ledger's safety rests on is not as it must be.
    #[error("{setting} is {found} but must be {wanted}; {fix}")]
    Setup {
        /// The setting.
        setting: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: &'static str,
        /// What to do.
        fix: &'static str,
    },
    /// The ledger was written by a newer program.
    #[error("the ledger has schema version {found}, this program knows up to {known}; use a newer program")]
    Newer {
        /// The file's schema version.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The ledger was opened for reading, or its files may not be written.
    #[error("the ledger is read-only; open it for writing and check the rights on its folder")]
    ReadOnly,
    /// The disk is full. Everything acknowledged before is safe; the write may be repeated once there is space.
    #[error("the disk is full; free some space and repeat, nothing acknowledged was lost")]
    DiskFull,
    /// Another program is writing.
    #[error("another program is writing to the ledger; repeat in a moment")]
    Busy,
    /// An earlier write failed on the device; this connection writes no more.
    #[error("an earlier write failed on the device; check the disk, then open the ledger again")]
    Failed,
    /// The entry is at another version than the write was based on.
    #[error(
        "{book} {key:?} is at version {current}, the write was based on {based_on}; read it again and repeat"
    )]
    Stale {
        /// The book.
        book: BookId,
        /// The entry's key.
        key: String,
        /// The version the writer knew (0: it took the entry for new).
        based_on: u32,
        /// The version it is at (0: there is no such entry).
        current: u32,
    },
    /// Two active entries of one book would have the same key.
    #[error("{book} already has an active entry {key:?}")]
    KeyTaken {
        /// The book.
        book: BookId,
        /// The key.
        key: String,
    },
    /// One request writes one entry twice.
    #[error("{book} {key:?} is written twice in one request; merge the two")]
    WrittenTwice {
        /// The book.
        book: BookId,
        /// The key.
        key: String,
    },
    /// There is no such entry.
    #[error("there is no entry #{0}")]
    UnknownEntry(EntryId),
    /// A number for a new entry is in use or far beyond the next free one.
    #[error("#{0} cannot be the number of a new entry; ask for the next free number and repeat")]
    NumberTaken(EntryId),
    /// The entry belongs to another book.
    #[error("entry #{entry} belongs to {book}, not to {asked}")]
    WrongBook {
        /// The entry.
        entry: EntryId,
        /// Its book.
        book: BookId,
        /// The book the request named.
        asked: BookId,
    },
    /// There is no such revision.
    #[error("there is no revision {0}")]
    UnknownRevision(Revision),
    /// There is no such source file.
    #[error("there is no source file with digest {0}")]
    UnknownSource(String),
    /// There is no such finding, or it is resolved already.
    #[error("there is no open finding {0}")]
    UnknownFinding(u64),
    /// There is no such return of an enterprise.
    #[error("there is no return {0}")]
    UnknownFiling(u64),
    /// A return of an enterprise was changed or moved on since it was read.
    #[error("the return is at version {found}, not {based_on}, or not where that can be done")]
    StaleFiling {
        /// Where it is now; 0: it was not begun.
        found: u32,
        /// What was based on.
        based_on: u32,
    },
    /// There is no such frozen evaluation.
    #[error("there is no evaluation {0}")]
    UnknownEvaluation(u64),
    /// There is no such staged file.
    #[error("there is no staged file {0}; it was accepted or dropped")]
    UnknownStaged(u64),
    /// There is no such person.
    #[error("there is no person {0}")]
    UnknownPerson(u64),
    /// Another person has that name.
    #[error("the name {0:?} is taken; choose another")]
    NameTaken(String),
    /// The one-time link was used, replaced, has expired or never was.
    #[error("the link does not hold any more; ask for a new one")]
    UnknownLink,
    /// There is no such session.
    #[error("there is no session {0}; it has ended")]
    UnknownSession(u64),
    /// There is no such token.
    #[error("there is no token {0}; it was removed")]
    UnknownToken(u64),
    /// There is no such job, or it is over.
    #[error("there is no job {0} under way")]
    UnknownJob(u64),
    /// There is no such saved view.
    #[error("there is no saved view {0}")]
    UnknownView(u64),
    /// An origin names a table that is neither stored nor in the request.
    #[error("{book} {key:?} names origin table {table}, which is neither stored nor in the request")]
    UnknownTable {
        /// The book.
        book: BookId,
        /// The key.
        key: String,
        /// The number given.
        table: u64,
    },
    /// The same idempotency key came with another request.
    #[error("idempotency key {key:?} was used for another request, which became {revision}; use a new key")]
    KeyReused {
        /// The idempotency key.
        key: String,
        /// The revision the first request became.
        revision: Revision,
    },
    /// Entries were changed again after the revision that is to be undone.
    #[error("{revision} cannot be undone: {} of its entries were changed again, first {}", .changed.len(), first(.changed))]
    UndoBlocked {
        /// The revision.
        revision: Revision,
        /// The entries, in the order the revision wrote them.
        changed: Vec<ChangedSince>,
    },
    /// The revision was undone before.
    #[error("{revision} was already undone by {by}")]
    AlreadyUndone {
        /// The revision.
        revision: Revision,
        /// The revision that undid it.
        by: Revision,
    },
    /// The caller asked to stop; what was done so far was taken back.
    #[error("it was stopped before it was finished")]
    Cancelled,
    /// The request makes no sense; the sentence says why.
    #[error("{0}")]
    Misuse(&'static str),
    /// A name cannot be used in a view.
    #[error("{0:?} cannot name a view or a column; use letters, digits and underscores")]
    BadName(String),
    /// Bytes do not have the digest they are named by.
    #[error("the bytes have digest {found}, not {named}")]
    WrongDigest {
        /// The digest they are named by.
        named: String,
        /// The digest they have.
        found: String,
    },
    /// The ledger's files are damaged.
    #[error("the ledger is damaged: {0}; run verify and restore a backup")]
    Corrupt(String),
    /// The backup is not one, or is damaged.
    #[error("the backup cannot be used: {0}")]
    BadBackup(String),
    /// A file or folder could not be read or written.
    #[error("{} could not be read or written", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database failed in a way that is not the caller's doing.
    #[error("the database failed")]
    Database(#[source] Cause),
    /// The device failed while writing; this connection writes no more.
    #[error("the device failed while writing; check the disk, then open the ledger again")]
    Device(#[source] Cause),
}

fn first(changed: &[ChangedSince]) -> String {
    changed.first().map_or_else(String::new, |c| format!("{} {:?} by {}", c.book, c.key, c.by))
}

impl StoreError {
    /// Names the file or folder an input or output error happened at, and tells a full disk apart.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(fault: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        // The shared index beside the database could not grow: the disk is full before the first page is written.
        let no_room = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
        if fault.sqlite_error().is_some_and(|f| f.extended_code == no_room) {
            return Self::DiskFull;
        }
        match fault.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Corrupt(fault.to_string()),
            Some(Code::SystemIoFailure) => Self::Device(Box::new(fault)),
            _ => match fault {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Corrupt(fault.to_string()),
                other => Self::Database(Box::new(other)),
            },
        }
    }
}
