//! Why the desk could not do what was asked. What is wrong *with* a file is a finding, not this.

use model::finding::{Finding, Place};
use model::id::{BookId, Revision};
use store::StoreError;

use crate::access::Refusal;
use crate::worker::WorkerFault;

/// Why the desk could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskFault {
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No worker could be started.
    #[error("no worker could be started")]
    Worker(#[source] WorkerFault),
    /// Whoever follows the work asked to stop; nothing was kept.
    #[error("the work was stopped before it was finished")]
    Stopped,
    /// The staged file is there, its bytes are not, as after restoring a backup.
    #[error("the bytes of {file} are gone; send the file again")]
    BytesGone {
        /// The file's name.
        file: String,
    },
    /// The ledger moved since the file was compared with it, and accepting would do something else than was shown.
    #[error("the ledger moved from {} to {} and {} would change something else", .0.since, .0.now, .0.file)]
    Moved(Box<Moved>),
    /// An enterprise sent rows that are not about itself.
    #[error("{} rows are not about the enterprise itself", .0.len())]
    NotOwn(Vec<Place>),
    /// The layout sent along is wrong.
    #[error("the layout has {} faults", .0.len())]
    Layout(Vec<Finding>),
    /// A file to be kept in the content folder is already there.
    #[error("{0} is there already")]
    Taken(String),
    /// The file would write a book that the content in force does not have.
    #[error("the content in force has no book {0}")]
    UnknownBook(BookId),
    /// The file cannot be shown as sheets.
    #[error("the file cannot be read")]
    Unreadable(Box<Finding>),
    /// The content folder cannot be written.
    #[error("{path} cannot be written")]
    Content {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// What is different from what was shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Moved {
    /// The file.
    pub file: String,
    /// The revision it was compared with.
    pub since: Revision,
    /// The revision it is compared with now.
    pub now: Revision,
    /// Findings that were not there.
    pub new: Vec<Finding>,
    /// How many entries would be changed in another way.
    pub other: usize,
}

impl From<WorkerFault> for DeskFault {
    fn from(fault: WorkerFault) -> Self {
        match fault {
            WorkerFault::Cancelled => Self::Stopped,
            other => Self::Worker(other),
        }
    }
}

impl DeskFault {
    /// The findings that belong to it.
    pub fn findings(&self) -> Vec<Finding> {
        match self {
            Self::Moved(moved) => moved.new.clone(),
            Self::Layout(findings) => findings.clone(),
            Self::Unreadable(finding) => vec![(**finding).clone()],
            Self::NotOwn(places) => places.iter().map(crate::messages::desk::not_own_row).collect(),
            _ => Vec::new(),
        }
    }
}
