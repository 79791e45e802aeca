//! Books as people page through them and write in them: the grid, its groups and reference pickers, one entry with its
//! history, drafts from forms and from the clipboard, who has reported, saved views, the workbook of a grid.
//!
//! Reading never touches the database row by row: it walks the columns of the snapshot, and which rows a query selects is
//! remembered per revision ([`Selections`]). What somebody may not see is taken out here, rows and cells alike, so that no
//! caller can forget to.
//!
//! Deliberately absent: HTTP, figures (`explore`), staging files (`import`), and every book by name. To add an operation
//! of filters: a variant of [`query::Op`] and its test of a column in `filter.rs`.

mod cache;
pub mod cell;
mod collate;
mod filter;
mod grid;
mod groups;
mod options;
mod order;
mod places;
pub mod query;
pub(crate) mod sight;

#[cfg(test)]
mod tests;

pub use cache::Selections;
pub use cell::Cell;
pub use grid::{EntryPage, EntryRow, entries};
pub use groups::{GroupItem, GroupPage, groups};
pub use options::{OptionItem, OptionList, options};
pub use places::Origin;
pub(crate) use places::Places;
pub use query::{Page, Query, QueryFault};
pub(crate) use sight::Sight;

use crate::access::Refusal;
use crate::ledger::StoreError;

/// Why a book could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BooksFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The query names what does not exist or cannot be asked.
    #[error(transparent)]
    Query(#[from] QueryFault),
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
}

/// What the use cases of this module answer.
pub type Result<T> = std::result::Result<T, BooksFault>;
