//! What staging a file gives: drafts, what they would change, and findings.

use model::definition::Field;
use model::entry::{OriginTable, Origins};
use model::finding::{Finding, Place, Severity};
use model::id::{BookId, EntryId, FieldId, LayoutId, Revision, UnitId};
use model::value::{Payload, Value};
use office::sheet::{Area, a1};
use store::MatchCandidate;

use crate::messages::import::Said;

/// A staged file: everything that would be written, and everything a person should know before accepting it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Staged {
    /// The file's name.
    pub file: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub digest: String,
    /// The revision that took in the very same bytes before, if there is one.
    pub known: Option<Revision>,
    /// Where values stand; origins of drafts index this list.
    pub tables: Vec<OriginTable>,
    /// The tables that were read.
    pub read: Vec<TableRead>,
    /// The names of sheets nothing was read from.
    pub ignored: Vec<String>,
    /// One per entry, in the order of books and rows; also those that change nothing.
    pub drafts: Vec<Draft>,
    /// Rows that are held back until their findings are resolved.
    pub held: Vec<HeldRow>,
    /// Identities a person has to decide.
    pub queue: Vec<MatchCandidate>,
    /// Everything wrong or doubtful, by sheet and cell.
    pub findings: Vec<Finding>,
}

impl Staged {
    /// Numbers of drafts by what they change.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { held: self.held.len(), ..Counts::default() };
        for draft in &self.drafts {
            match draft.change {
                Change::New => counts.new += 1,
                Change::Changed(_) => counts.changed += 1,
                Change::Unchanged => counts.unchanged += 1,
            }
        }
        counts
    }

    /// Whether accepting it would write an entry.
    pub fn changes_anything(&self) -> bool {
        self.drafts.iter().any(|d| d.change != Change::Unchanged)
    }

    /// Whether any finding holds something back.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

/// How much a staged file changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Entries that do not exist yet.
    pub new: usize,
    /// Entries whose values differ.
    pub changed: usize,
    /// Entries that stay as they are.
    pub unchanged: usize,
    /// Rows held back.
    pub held: usize,
}

/// A table that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableRead {
    /// The sheet.
    pub sheet: String,
    /// Its cells with headings, such as `A3:F120`.
    pub area: String,
    /// The layout that read it.
    pub layout: LayoutId,
    /// The book its rows belong to.
    pub book: BookId,
    /// Rows that were read.
    pub rows: usize,
    /// The period all rows share, when they do not state their own.
    pub period: Option<String>,
    /// The first and the last row of its headings, from 1.
    pub heading_rows: (u32, u32),
    /// Its columns with headings, from the left.
    pub columns: Vec<ColumnRead>,
}

/// A column of a table that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnRead {
    /// Its letters.
    pub column: String,
    /// Its headings from the top, joined by `/`.
    pub heading: String,
    /// The field it fills; none for a column nobody reads.
    pub field: Option<FieldId>,
    /// The unit its numbers are in.
    pub unit: Option<UnitId>,
}

/// A row that is held back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldRow {
    /// The sheet.
    pub sheet: String,
    /// Its row, from 1.
    pub row: u32,
    /// The book it would belong to.
    pub book: BookId,
}

/// An entry as the file gives it, merged with what the ledger has.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// The book.
    pub book: BookId,
    /// The key within the book.
    pub key: String,
    /// Its number: the entry's, or one reserved for a new entry.
    pub entry: EntryId,
    /// The version it was based on; 0 for a new entry.
    pub based_on: u32,
    /// All values after the write.
    pub payload: Payload,
    /// Where they come from.
    pub origins: Origins,
    /// What would change.
    pub change: Change,
    /// The sheet's name's number in the workbook and the row, from 0, for findings.
    pub place: (usize, u32),
}

/// What a draft changes in the ledger.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// The entry is new.
    New,
    /// Some values differ.
    Changed(Vec<FieldChange>),
    /// Nothing differs.
    Unchanged,
}

/// One value that differs.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldChange {
    /// The field.
    pub field: FieldId,
    /// The value in the ledger.
    pub old: Option<Value>,
    /// The value in the file.
    pub new: Option<Value>,
}

/// A finding before the file and sheet are known.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Spot {
    /// The cell or area.
    pub cell: String,
    /// For sorting.
    pub at: (u32, u16),
    pub code: String,
    pub severity: Severity,
    pub said: Said,
    pub book: Option<BookId>,
    pub field: Option<FieldId>,
}

impl Spot {
    /// At a cell, both from 0.
    pub fn cell(row: u32, col: u16, code: &str, severity: Severity, said: Said) -> Self {
        Self {
            cell: a1(row, col),
            at: (row, col),
            code: code.to_owned(),
            severity,
            said,
            book: None,
            field: None,
        }
    }

    /// At an area.
    pub fn area(area: Area, code: &str, severity: Severity, said: Said) -> Self {
        let cell = format!("{}:{}", a1(area.top, area.left), a1(area.bottom, area.right));
        Self { cell, ..Self::cell(area.top, area.left, code, severity, said) }
    }

    /// For the sheet as a whole.
    pub fn sheet(code: &str, severity: Severity, said: Said) -> Self {
        Self { cell: String::new(), ..Self::cell(0, 0, code, severity, said) }
    }

    /// The same about a field of a book.
    pub fn about(mut self, book: &BookId, field: Option<&Field>) -> Self {
        self.book = Some(book.clone());
        self.field = field.map(|f| f.id.clone());
        self
    }

    /// As a finding of a file and sheet.
    pub fn finding(self, file: &str, sheet: &str) -> Finding {
        let (message, hint) = self.said;
        let place = Place {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            cell: self.cell,
            book: self.book,
            entry: None,
            field: self.field,
        };
        Finding { code: self.code, severity: self.severity, place, message, hint }
    }
}
