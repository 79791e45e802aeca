//! Why nothing could be said of parcels. The sentences people read are in `messages::parcels`.

use crate::access::Refusal;
use crate::books::QueryFault;
use crate::ledger::StoreError;

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
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, ParcelsFault>;
