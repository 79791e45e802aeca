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
mod completeness;
mod entry;
mod export;
mod filed;
mod filter;
mod form;
mod grid;
mod groups;
mod history;
mod options;
mod order;
mod places;
pub mod query;
mod record;
mod saved;
pub(crate) mod sight;

#[cfg(test)]
mod tests;

pub use cache::Selections;
pub use cell::Cell;
pub(crate) use collate::key as order_of;
pub use completeness::{
    Completeness, CompletenessRow, PeriodTotals, Reminded, ReminderItem, Reminders, RemindersKept, Sent,
    completeness, remind, reminders,
};
pub(crate) use completeness::{due_of, periods_of};
pub use entry::{EntryView, ReferenceCount, entry, entry_as_of, unmask};
pub use export::{Workbook, export};
pub(crate) use filed::{FiledSource, accept_return, understood};
pub(crate) use filter::contains;
pub use form::Values;
pub use grid::{EntryPage, EntryRow, entries, entries_as_of};
pub use groups::{GroupItem, GroupPage, groups};
pub use history::{History, SourceRef, Version, VersionChange, history};
pub use options::{OptionItem, OptionList, options};
pub use places::Origin;
pub(crate) use places::Places;
pub use query::{Page, Query, QueryFault};
pub use record::{
    Checked, Edit, NewEntry, Paste, PasteOutcome, PasteRow, RowFinding, Together, check, create, edit, paste,
    withdraw, write_together,
};
pub(crate) use record::{create_with, edit_by_step};
pub use saved::{NewView, View, ViewList, drop_view, save_view, views};
pub(crate) use sight::{RowOf, Sight};

use model::finding::Finding;

use crate::access::Refusal;
use crate::asof::AsOfFault;
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
    /// Nothing was known then.
    #[error(transparent)]
    AsOf(#[from] AsOfFault),
    /// What was sent cannot be written; each finding says which field and why.
    #[error("{} findings keep it from being written", .0.len())]
    Invalid(Vec<Finding>),
    /// The entry was changed since it was read.
    #[error("the entry is at version {}", .current.version)]
    Stale {
        /// As it is now.
        current: Box<EntryView>,
        /// What was sent.
        yours: Values,
    },
    /// A view without a name, or one that is too long.
    #[error("the name or the question of the view is too long, or empty")]
    BadView,
    /// The workbook cannot be made.
    #[error("cannot make the workbook")]
    Export(#[source] office::WriteFault),
    /// A write must say why.
    #[error("no reason is given")]
    NoReason,
    /// The value was reported by the enterprise itself: it is queried back, not corrected by others.
    #[error("{0} was reported by the enterprise itself")]
    Reported(String),
    /// The value comes from the committee: an enterprise does not change it.
    #[error("{0} was not reported by the enterprise")]
    NotReported(String),
}

/// What the use cases of this module answer.
pub type Result<T> = std::result::Result<T, BooksFault>;
