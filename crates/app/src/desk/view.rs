//! Staged files as they are shown: in the list, and one with its tables, columns and findings.

use model::content::Content;
use model::finding::{Finding, Severity};
use serde::{Deserialize, Serialize};
use store::{StagedId, StagedRecord};
use utoipa::ToSchema;

use super::note::{Difference, KEPT_FINDINGS, Note};
use super::pending::{note_of, sees};
use super::{Desk, DeskFault};
use crate::access::{Actor, Right};
use crate::import::{Staged, TableRead};
use crate::parcels::drawing::DrawingNote;
use crate::park::Park;
use crate::shapes;

/// The files that wait.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct StagedList {
    /// Newest first.
    pub items: Vec<StagedSummary>,
}

/// A staged file in the list. What it would change is as of when it was last compared.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct StagedSummary {
    /// Its number.
    pub id: u64,
    /// The file's name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// When it was staged.
    #[schema(value_type = String)]
    pub created: jiff::Timestamp,
    /// By whom.
    pub who: String,
    /// How much it would change.
    pub counts: CountsView,
    /// The tables that were read.
    pub tables: Vec<StagedTable>,
    /// How many findings it has.
    pub findings: FindingCounts,
    /// `staged`.
    pub state: &'static str,
}

/// How much a file would change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = Counts)]
pub struct CountsView {
    /// Entries that do not exist yet.
    pub new: usize,
    /// Entries whose values differ.
    pub changed: usize,
    /// Entries that stay as they are.
    pub unchanged: usize,
    /// Rows held back.
    pub held: usize,
    /// Entries that would be withdrawn: none, a file never withdraws.
    pub withdrawn: usize,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct FindingCounts {
    /// What holds something back.
    pub error: usize,
    /// What a person should look at.
    pub warning: usize,
    /// For information.
    pub note: usize,
}

/// A table that was read, in the list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct StagedTable {
    /// The sheet.
    pub sheet: String,
    /// The book.
    pub book: Option<String>,
    /// The layout.
    pub layout: Option<String>,
}

/// A staged file as of now.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct StagedView {
    /// Its number.
    pub id: u64,
    /// The file's name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// When it was staged.
    #[schema(value_type = String)]
    pub created: jiff::Timestamp,
    /// By whom.
    pub who: String,
    /// How much it would change.
    pub counts: CountsView,
    /// How many findings it has.
    pub findings: FindingCounts,
    /// `staged`.
    pub state: &'static str,
    /// The tables that were read.
    pub tables: Vec<TableView>,
    /// Sheets nothing was read from.
    pub ignored: Vec<String>,
    /// How many names wait for a person.
    pub queue: usize,
    /// The findings, the worst first.
    #[schema(value_type = Vec<shapes::Finding>)]
    pub all_findings: Vec<Finding>,
    /// How many more there are.
    pub more_findings: usize,
    /// The revision it was compared with just now.
    pub revision: u64,
    /// What is shown here; accepting names it, so that nothing else is accepted.
    pub plan: String,
    /// Whether the ledger moved so that this differs from what was shown when the file was staged.
    pub moved: bool,
    /// What the corrected file made different.
    pub retried: Option<Difference>,
    /// Whether the actor may accept it.
    pub can_accept: bool,
}

/// A table that was read.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct TableView {
    /// The sheet.
    pub sheet: String,
    /// The book its rows belong to.
    pub book: String,
    /// The book's title.
    pub book_title: String,
    /// The layout that read it.
    pub layout: String,
    /// The layout's title.
    pub layout_title: String,
    /// The period all rows share, when they do not state their own.
    pub period: Option<String>,
    /// Its cells with headings, such as `A3:F120`.
    pub area: String,
    /// First and last heading row, from 1.
    pub heading_rows: (u32, u32),
    /// Rows that were read.
    pub rows: usize,
    /// Its columns from the left.
    pub columns: Vec<ColumnOfTable>,
}

/// A column of a table that was read.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ColumnOfTable {
    /// Its letters.
    pub column: String,
    /// Its headings from the top.
    pub heading: String,
    /// The field it fills.
    pub field: Option<String>,
    /// The field's title.
    pub title: Option<String>,
    /// The unit its numbers are in.
    pub unit: Option<String>,
}

impl CountsView {
    pub(super) fn of(staged: &Staged) -> Self {
        let counts = staged.counts();
        let (new, changed) = (counts.new, counts.changed);
        Self { new, changed, unchanged: counts.unchanged, held: counts.held, withdrawn: 0 }
    }
}

impl FindingCounts {
    pub(super) fn of(findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Self { error: count(Severity::Error), warning: count(Severity::Warning), note: count(Severity::Note) }
    }
}

impl StagedTable {
    pub(super) fn of(read: &TableRead) -> Self {
        Self {
            sheet: read.sheet.clone(),
            book: Some(read.book.to_string()),
            layout: Some(read.layout.to_string()),
        }
    }
}

impl StagedSummary {
    pub(super) fn of(record: &StagedRecord, note: &Note) -> Self {
        Self {
            id: record.id.0,
            file: record.name.clone(),
            digest: record.digest.clone(),
            created: record.created,
            who: record.who.clone(),
            counts: note.counts,
            tables: note.tables.clone(),
            findings: note.found,
            state: "staged",
        }
    }
}

impl Desk {
    /// The files that wait, as far as the actor sees them.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may record nothing or the ledger cannot be read.
    pub fn staged(&self, park: &Park, actor: &Actor) -> Result<StagedList, DeskFault> {
        actor.need_anywhere(Right::Record)?;
        let mut items = Vec::new();
        for record in park.store.staged()?.into_iter().rev() {
            let body = park.store.staged_body(record.id)?;
            // Files of boundaries wait elsewhere.
            if DrawingNote::read(&body).is_some() {
                continue;
            }
            let note = Note::read(&body);
            if sees(&park.library.content, actor, &record, &note) {
                items.push(StagedSummary::of(&record, &note));
            }
        }
        Ok(StagedList { items })
    }

    /// The name of a staged file.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not see it, or it is not there.
    pub fn file_name(&self, park: &Park, actor: &Actor, id: StagedId) -> Result<String, DeskFault> {
        Ok(note_of(park, actor, id)?.0.name)
    }

    /// A staged file compared with the ledger as it is now.
    ///
    /// # Errors
    /// As [`Desk::plan`].
    pub fn view(&self, park: &Park, actor: &Actor, id: StagedId) -> Result<StagedView, DeskFault> {
        let (record, note) = note_of(park, actor, id)?;
        let plan = self.plan_of(park, &record, &note)?;
        let staged = &plan.staged;
        let mut all_findings = staged.findings.clone();
        // The order within a severity stays that of the sheets.
        all_findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let more_findings = all_findings.len().saturating_sub(KEPT_FINDINGS);
        all_findings.truncate(KEPT_FINDINGS);
        let books = plan.books();
        let mut known = books.iter().map(|id| park.library.content.books.get(id));
        let can_accept = !books.is_empty() && known.all(|b| b.is_some_and(|b| actor.may(Right::Accept, b)));
        Ok(StagedView {
            id: record.id.0,
            file: record.name,
            digest: record.digest,
            created: record.created,
            who: record.who,
            counts: CountsView::of(staged),
            findings: FindingCounts::of(&staged.findings),
            state: "staged",
            tables: staged.read.iter().map(|read| table(plan.content(), read)).collect(),
            ignored: staged.ignored.clone(),
            queue: staged.queue.len(),
            all_findings,
            more_findings,
            revision: plan.revision.0,
            moved: plan.fingerprint != note.plan,
            plan: plan.fingerprint.clone(),
            retried: note.retried,
            can_accept,
        })
    }
}

fn table(content: &Content, read: &TableRead) -> TableView {
    let book = content.books.get(&read.book);
    let column = |column: &crate::import::ColumnRead| ColumnOfTable {
        column: column.column.clone(),
        heading: column.heading.clone(),
        field: column.field.as_ref().map(ToString::to_string),
        title: column.field.as_ref().and_then(|f| Some(book?.fields.get(f)?.title.clone())),
        unit: column.unit.as_ref().map(ToString::to_string),
    };
    TableView {
        sheet: read.sheet.clone(),
        book: read.book.to_string(),
        book_title: book.map(|book| book.title.clone()).unwrap_or_default(),
        layout: read.layout.to_string(),
        layout_title: content.layouts.get(&read.layout).map(|l| l.title.clone()).unwrap_or_default(),
        period: read.period.clone(),
        area: read.area.clone(),
        heading_rows: read.heading_rows,
        rows: read.rows,
        columns: read.columns.iter().map(column).collect(),
    }
}
