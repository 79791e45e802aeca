//! The intake: a department's workbook becomes drafts, findings and, once a person accepts it, one write of the ledger.
//!
//! A sheet's tables are found by their headings ([`stage()`]), their rows read cell by cell into the fields of a book, whom
//! they speak of is looked up in the registers, the books' checks are run, and the outcome is compared with the ledger.
//! Nothing is written before [`accept()`]. What is wrong is a finding with its cell; it never stops the rest of the file.
//!
//! Deliberately absent: bytes and file formats (`office`), the ledger's tables (`store`, seen through [`LedgerView`]),
//! departments, books and headings (content). To read a new oddity of sheets: `tables.rs` for where things stand,
//! `rows.rs` for what rows are, `model::field` for what a cell means; each with a line in `tests/oddities.rs`.

mod accept;
mod assemble;
mod cell;
mod checks;
mod draft;
mod form;
mod guess;
mod heading;
mod history;
mod identity;
mod keys;
mod missing;
mod origins;
mod plan;
mod propose;
mod resolve;
mod rows;
mod stage;
mod tables;
mod together;
mod troubles;
mod view;
mod vocabulary;
mod when;

pub use accept::{Acceptance, accept};
pub use cell::shown as shown_cell;
pub use draft::{Change, ColumnRead, Counts, Draft, FieldChange, HeldRow, Staged, TableRead};
pub(crate) use form::{NearLedger, judge};
pub(crate) use identity::FORMER_DIVIDERS;
pub use identity::roles;
pub use missing::{MissingReturn, missing};
pub(crate) use propose::quote;
pub use propose::{Proposal, ProposedColumn, ProposedFile, proposals, propose};
pub use stage::{Desk, Options, SourceName, stage};
pub use view::{LedgerView, MemoryLedger};

#[cfg(test)]
mod tests;
