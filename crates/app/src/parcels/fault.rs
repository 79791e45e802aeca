//! Why nothing could be said of parcels. The sentences people read are in `messages::parcels`.

use assess::run::RunFault;
use assess::scheme::ChangeFault;
use store::EvaluationStage;

use crate::access::Refusal;
use crate::books::{BooksFault, QueryFault};
use crate::ledger::StoreError;
use crate::sheets::SheetFault;

/// Why something of parcels could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ParcelsFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The question names what does not exist or cannot be asked.
    #[error(transparent)]
    Query(#[from] QueryFault),
    /// The content says nothing that would be needed: a book with a role, a scheme, a measure.
    #[error("the content has no {0}")]
    Missing(String),
    /// No parcel and no enterprise has this code or name.
    #[error("there is no parcel or enterprise `{asked}`")]
    Unnamed {
        /// As written.
        asked: String,
        /// Codes and names that are like it, the likest first.
        near: Vec<String>,
    },
    /// The content has no such scheme.
    #[error("there is no scheme `{asked}`")]
    UnknownScheme {
        /// As written.
        asked: String,
        /// Those there are, as (id, title).
        there: Vec<(String, String)>,
    },
    /// A value cannot stand in a field of the request.
    #[error("`{value}` cannot be {field}")]
    Value {
        /// The field.
        field: &'static str,
        /// As written.
        value: String,
    },
    /// The scheme cannot be run.
    #[error(transparent)]
    Run(#[from] RunFault),
    /// Rooms cannot be given out.
    #[error(transparent)]
    Match(#[from] assess::matching::MatchFault),
    /// A change to a scheme cannot be made.
    #[error(transparent)]
    Change(#[from] ChangeFault),
    /// That part of the evaluation is public already.
    #[error("{} is public already", .0.word())]
    Public(EvaluationStage),
    /// Results are made public after areas.
    #[error("areas are made public before results")]
    AreaFirst,
    /// What is frozen was written by a program of another form.
    #[error("evaluation {evaluation} was frozen in a form this program does not read")]
    Form {
        /// Its number.
        evaluation: u64,
    },
    /// A sheet cannot be made.
    #[error(transparent)]
    Sheet(Box<SheetFault>),
    /// Nothing can be read from a file of boundaries, or nothing can be written into one.
    #[error("{}", .0.code)]
    Drawing(Box<model::finding::Finding>),
    /// The coordinate system of a file of boundaries is open.
    #[error("its coordinate system is open")]
    SystemOpen,
    /// The bytes of a staged file are gone, as after a restore.
    #[error("the bytes of {file} are gone")]
    BytesGone {
        /// The file's name.
        file: String,
    },
    /// A worker gave no answer.
    #[error(transparent)]
    Worker(#[from] crate::worker::WorkerFault),
    /// Whoever followed the work asked to stop.
    #[error("the work was stopped before it was finished")]
    Stopped,
    /// A book refused what was to be written.
    #[error(transparent)]
    Books(#[from] BooksFault),
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
}

impl From<SheetFault> for ParcelsFault {
    fn from(fault: SheetFault) -> Self {
        Self::Sheet(Box::new(fault))
    }
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, ParcelsFault>;
