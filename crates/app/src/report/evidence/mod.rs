//! The evidence workbook: from each number of a report to the cells it came from.
//!
//! One sheet lists the slots in the order of the document, each with a link to its entries; the next lists, once for each
//! different question, the entries with file, sheet, cell and original value. It is made after the report, from the same
//! snapshot, and is internal: it shows single respondents.
//!
//! Deliberately absent: the ledger itself – where entries came from is asked of an [`EvidenceSource`]. To add a sheet: one
//! function in `sheets`, one line in [`evidence`].

mod gather;
mod sheets;

pub(crate) use gather::behind;

use figures::Engine;
use model::entry::{Entry, OriginTable, OriginTableId};
use model::id::{BookId, EntryId, Revision};
use office::write::BookSpec;

use super::{Built, ReportFault, ReportInput};

/// What an [`EvidenceSource`] may answer with when the ledger cannot be read.
pub type SourceFault = Box<dyn std::error::Error + Send + Sync>;

/// Knows where entries came from.
pub trait EvidenceSource {
    /// The entries as they were at a revision; unknown ones are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn entries(&self, ids: &[EntryId], at: Revision) -> Result<Vec<Entry>, SourceFault>;

    /// The tables of cells that made entries.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn tables(&self, ids: &[OriginTableId]) -> Result<Vec<(OriginTableId, OriginTable)>, SourceFault>;

    /// The source files of these digests.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn sources(&self, digests: &[String]) -> Result<Vec<SourceNote>, SourceFault>;
}

/// What a reader wants to know of a source file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceNote {
    /// SHA-256 of the file, lower-case hex.
    pub digest: String,
    /// Its name as it was sent.
    pub name: String,
    /// When it was received, as the reader shall see it.
    pub received: String,
}

/// Makes the evidence workbook of a report that was built from the same input.
///
/// # Errors
/// [`ReportFault`] when the ledger cannot be read or the workbook cannot be written.
pub fn evidence(
    input: &ReportInput<'_>,
    built: &Built,
    ledger: &dyn EvidenceSource,
) -> Result<Vec<u8>, ReportFault> {
    evidence_within(input, built, ledger, &|_| true)
}

/// The same with single entries of visible books only; of others it says how many there are.
///
/// # Errors
/// As [`evidence`].
pub fn evidence_within(
    input: &ReportInput<'_>,
    built: &Built,
    ledger: &dyn EvidenceSource,
    visible: &dyn Fn(&BookId) -> bool,
) -> Result<Vec<u8>, ReportFault> {
    let engine = Engine::new(&input.library.content, input.snapshot, input.reader);
    let trail = gather::trail(built, &engine, input, ledger, visible).map_err(ReportFault::Origins)?;
    let book = BookSpec {
        sheets: vec![
            sheets::index(built, &trail),
            sheets::entries(&trail),
            sheets::sources(&trail),
            sheets::claims(built),
            sheets::problems(built),
            sheets::about(built, &trail),
        ],
    };
    input.rendering.write(book)?.map_err(ReportFault::Workbook)
}
