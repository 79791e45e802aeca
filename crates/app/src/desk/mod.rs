//! The desk: files that wait to be accepted, seen by many people at once. A file is staged, looked at on its own cells,
//! mapped if no layout reads it, sent again corrected, accepted or dropped; names that may mean somebody are decided;
//! findings, sources and revisions are gone through.
//!
//! What a file would change is never stored as truth: it is computed against the present revision whenever it is asked
//! for, and remembered as long as neither ledger, decisions nor content moved. Stored are the bytes, what the file was
//! compared with, and a fingerprint of what was shown – so that nobody accepts what nobody saw.
//!
//! Deliberately absent: reading and matching (`import`), jobs and HTTP. To add something to look at: a file here with its
//! answer's struct and a method of [`Desk`].

mod accept;
mod changes;
mod fault;
mod mapping;
mod matches;
mod note;
mod papers;
mod pending;
mod sheets;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use office::Workbook;

use crate::lru::Lru;

pub use accept::AcceptedView;
pub use changes::{ChangeList, ChangeView, FieldChangeView};
pub use fault::{DeskFault, Moved};
pub use mapping::{MappingRequest, ProposalList, ProposalView, ProposedColumnView};
pub use matches::{CandidateView, DecideRequest, Evidence, MatchList, MatchView};
pub use note::Difference;
pub use papers::{
    FindingItem, FindingList, RevisionDetail, RevisionList, RevisionView, SourceItem, SourceList, SourceRef,
};
pub use pending::{Pending, Plan};
pub use store::StagedId;

pub use sheets::{CellView, ColumnView, MarkView, SheetInfo, SheetSource, SheetView};
pub use view::{
    ColumnOfTable, CountsView, FindingCounts, StagedList, StagedSummary, StagedTable, StagedView, TableView,
};

/// Files kept unpacked in memory, at most.
const WORKBOOKS: usize = 16;
/// Cells of those files, at most: some 24 bytes each.
const CELLS: usize = 6_000_000;
/// Plans kept in memory, at most.
const PLANS: usize = 16;
/// Drafts of those plans, at most.
const DRAFTS: usize = 400_000;

/// What the desk remembers between two looks at the same file. One per park, shared by all callers.
pub struct Desk {
    workbooks: Lru<String, Workbook>,
    plans: Lru<pending::PlanKey, Plan>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { workbooks: Lru::new(WORKBOOKS, CELLS), plans: Lru::new(PLANS, DRAFTS) }
    }
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }
}
