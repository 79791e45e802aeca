//! Why a report could not be shown, made or published.

use store::StoreError;

use super::PdfFault;
use crate::access::Refusal;
use crate::asof::AsOfFault;
use crate::report::ReportFault;
use crate::reporting::ReportingFault;

/// Why a report could not be shown, made or published. Missing data is no fault: it is printed as missing.
#[derive(Debug, thiserror::Error)]
pub enum PublishingFault {
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The report cannot be made.
    #[error(transparent)]
    Report(#[from] ReportFault),
    /// Nothing in a document that was sent in was made here.
    #[error("no content control of this program is in the document")]
    NothingOfOurs,
    /// A report of that id is there already.
    #[error("there is a report `{0}` already")]
    Taken(String),
    /// The id of a new report is no id.
    #[error("`{0}` is no id of a report")]
    BadId(String),
    /// Nothing can be put there.
    #[error("nothing can be put at paragraph {0}")]
    NoPlace(usize),
    /// A file of the park's own content could not be written.
    #[error("{path} could not be written")]
    Content {
        /// Its path under the content folder.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Nothing was known then.
    #[error(transparent)]
    AsOf(#[from] AsOfFault),
    /// A document that was sent in cannot be read.
    #[error(transparent)]
    Document(ReportFault),
    /// No PDF can be made.
    #[error(transparent)]
    Pdf(#[from] PdfFault),
}

impl From<ReportingFault> for PublishingFault {
    fn from(fault: ReportingFault) -> Self {
        match fault {
            ReportingFault::Ledger(fault) => Self::Ledger(fault),
            ReportingFault::Report(fault) => Self::Report(fault),
        }
    }
}

impl PublishingFault {
    /// The fault of a document that was sent in.
    pub(super) fn of_document(fault: ReportingFault) -> Self {
        match fault {
            ReportingFault::Ledger(fault) => Self::Ledger(fault),
            ReportingFault::Report(fault) => Self::Document(fault),
        }
    }
}
