//! Workbooks on the screen: the sheets of a staged or kept file, a window of cells at a time, with what was found marked on
//! its own cells.
//!
//! Columns that hold personal data are masked like everywhere else. Deliberately absent: formulas, fonts and colours – a
//! person compares what was read, not how it was decorated.

use std::collections::HashMap;
use std::sync::Arc;

use model::content::Content;
use model::definition::{Field, FieldKind};
use model::entry::{CellPlace, OriginTable};
use model::finding::Finding;
use model::id::{BookId, FieldId};
use model::text::squeeze;
use office::Workbook;
use office::sheet::{CellValue, Sheet, column_letters, parse_a1};
use serde::Serialize;
use store::StagedId;
use utoipa::ToSchema;

use super::pending::{Plan, note_of};
use super::{Desk, DeskFault};
use crate::access::{Actor, Refusal, mask};
use crate::import::shown_cell;
use crate::park::Park;
use crate::progress::unwatched;

/// Rows of one window at most.
const MOST_ROWS: u32 = 1_000;
/// Columns shown at most; an honest table has far fewer.
const MOST_COLUMNS: u16 = 256;

/// Which file is looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetSource {
    /// A staged one.
    Staged(StagedId),
    /// A kept original, by digest.
    Kept(String),
}

/// A sheet in the list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SheetInfo {
    /// Its number, from 0.
    pub index: usize,
    /// The name on its tab.
    pub name: String,
    /// Rows up to the last filled one.
    pub rows: u32,
    /// Columns up to the last filled one.
    pub columns: u32,
    /// Whether the tab is hidden.
    pub hidden: bool,
}

/// A window of a sheet.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SheetView {
    /// The name on its tab.
    pub name: String,
    /// The first row shown, from 1.
    pub from: u32,
    /// Rows of the whole sheet.
    pub rows: u32,
    /// Its columns from the left.
    pub columns: Vec<ColumnView>,
    /// The filled cells of the window.
    pub cells: Vec<CellView>,
    /// Hidden rows of the window, from 1.
    pub hidden_rows: Vec<u32>,
    /// What was found in the window.
    pub marks: Vec<MarkView>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ColumnView {
    /// Its letters.
    pub letter: String,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// A filled cell.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct CellView {
    /// Row, from 1.
    pub r: u32,
    /// Column, from 0.
    pub c: u16,
    /// Its text.
    pub t: String,
    /// Whether it holds a number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub n: bool,
    /// Whether it is masked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub m: bool,
    /// Rows and columns it covers, when it covers more than itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<(u32, u32)>,
}

/// Something that was found at a cell.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MarkView {
    /// The cell, or an area.
    pub cell: String,
    /// `note`, `warning` or `error`.
    #[schema(value_type = String)]
    pub severity: model::finding::Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// A file opened to be looked at.
struct Opened {
    workbook: Arc<Workbook>,
    findings: Vec<Finding>,
    masked: Vec<Masked>,
}

/// A column with personal data.
struct Masked {
    sheet: String,
    /// Its column, from 0.
    col: u16,
    kind: FieldKind,
    /// What may head it; a heading is no datum.
    names: Vec<String>,
}

impl Desk {
    /// The sheets of a file.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not see it, or it has none.
    pub fn sheets(
        &self,
        park: &Park,
        actor: &Actor,
        source: &SheetSource,
    ) -> Result<Vec<SheetInfo>, DeskFault> {
        let opened = self.open(park, actor, source)?;
        let info = |(index, sheet): (usize, &Sheet)| SheetInfo {
            index,
            name: sheet.name.clone(),
            rows: sheet.cells.last().map_or(0, |cell| cell.row + 1),
            columns: u32::from(width(sheet)),
            hidden: sheet.hidden,
        };
        Ok(opened.workbook.sheets.iter().enumerate().map(info).collect())
    }

    /// So many rows of a sheet from a row on (from 1).
    ///
    /// # Errors
    /// As [`Desk::sheets`]; [`Refusal::NotFound`] when there is no such sheet.
    pub fn sheet(
        &self,
        park: &Park,
        actor: &Actor,
        source: &SheetSource,
        index: usize,
        (from, rows): (u32, u32),
    ) -> Result<SheetView, DeskFault> {
        let opened = self.open(park, actor, source)?;
        let sheet = opened.workbook.sheets.get(index).ok_or(Refusal::NotFound)?;
        let from = from.max(1);
        let window = from - 1..(from - 1).saturating_add(rows.clamp(1, MOST_ROWS));
        let csv = opened.workbook.kind == office::sheet::FileKind::Csv;
        let own = |name: &str| name == sheet.name || (csv && name.is_empty());
        let columns = (0..width(sheet).min(MOST_COLUMNS)).map(|col| ColumnView {
            letter: column_letters(col),
            hidden: sheet.hidden_cols.binary_search(&col).is_ok(),
        });
        let hidden = sheet.hidden_rows.iter().filter(|row| window.contains(*row));
        let marks = opened.findings.iter().filter(|finding| own(&finding.place.sheet));
        let marks = marks.filter(|finding| {
            let first = finding.place.cell.split(':').next().unwrap_or_default();
            parse_a1(first).is_some_and(|(row, _)| window.contains(&row))
        });
        let masked: HashMap<u16, &Masked> =
            opened.masked.iter().filter(|m| own(&m.sheet)).map(|m| (m.col, m)).collect();
        Ok(SheetView {
            name: sheet.name.clone(),
            from,
            rows: sheet.cells.last().map_or(0, |cell| cell.row + 1),
            columns: columns.collect(),
            cells: cells(sheet, &window, &masked),
            hidden_rows: hidden.map(|row| row + 1).collect(),
            marks: marks.map(mark).collect(),
        })
    }

    fn open(&self, park: &Park, actor: &Actor, source: &SheetSource) -> Result<Opened, DeskFault> {
        match source {
            SheetSource::Staged(id) => {
                let (record, note) = note_of(park, actor, *id)?;
                let bytes = || {
                    let gone = || DeskFault::BytesGone { file: record.name.clone() };
                    park.store.staged_bytes(*id)?.ok_or_else(gone)
                };
                let workbook = self.workbook(park, &record.name, &record.digest, &unwatched, bytes)?;
                let workbook = workbook.map_err(|finding| DeskFault::Unreadable(Box::new(finding)))?;
                let plan = self.plan_of(park, &record, &note)?;
                // Whoever sent the file has it.
                let masked = if record.who == actor.name { Vec::new() } else { of_plan(&plan, actor) };
                Ok(Opened { workbook, findings: plan.staged.findings.clone(), masked })
            }
            SheetSource::Kept(digest) => {
                let source = super::papers::source(park, actor, digest)?;
                let bytes = || Ok(park.store.original(digest)?);
                let workbook = self.workbook(park, &source.record.name, digest, &unwatched, bytes)?;
                let workbook = workbook.map_err(|finding| DeskFault::Unreadable(Box::new(finding)))?;
                let open = park.store.open_findings()?;
                let own = open.into_iter().filter(|found| source.record.revisions.contains(&found.revision));
                let findings = own.map(|found| found.finding).collect();
                let masked = of_tables(park, &source.tables, &source.books, actor);
                Ok(Opened { workbook, findings, masked })
            }
        }
    }
}

fn of_plan(plan: &Plan, actor: &Actor) -> Vec<Masked> {
    let columns = plan.staged.read.iter().flat_map(|table| {
        let book = plan.content().books.get(&table.book);
        table.columns.iter().filter_map(move |column| {
            let field = book?.fields.get(column.field.as_ref()?)?;
            let (_, col) = parse_a1(&format!("{}1", column.column))?;
            actor.masks(field).then(|| masked(plan.content(), &table.sheet, col, field))
        })
    });
    columns.collect()
}

/// The masked columns of the tables that made entries; a field of any of the books counts.
fn of_tables(park: &Park, tables: &[OriginTable], books: &[BookId], actor: &Actor) -> Vec<Masked> {
    let content = &park.library.content;
    let hidden = |field: &FieldId| {
        let mut found = books.iter().filter_map(|book| content.books.get(book)?.fields.get(field));
        found.find(|field| actor.masks(field))
    };
    let columns = tables.iter().flat_map(|table| {
        table.fields.iter().filter_map(move |(field, place)| {
            let CellPlace::Column(letters) = place else { return None };
            let (_, col) = parse_a1(&format!("{letters}1"))?;
            Some(masked(content, &table.sheet, col, hidden(field)?))
        })
    });
    columns.collect()
}

fn masked(content: &Content, sheet: &str, col: u16, field: &Field) -> Masked {
    let rules = content.layouts.values().flat_map(|layout| &layout.columns);
    let headings = rules.filter(|rule| rule.field == field.id).flat_map(|rule| &rule.headings);
    let last = headings.filter_map(|heading| heading.rsplit('/').next());
    let names = last.chain([field.title.as_str()]).map(squeeze).collect();
    Masked { sheet: sheet.to_owned(), col, kind: field.kind.clone(), names }
}

/// Whether a file has a column the actor sees masked only, so that its bytes are not theirs to have.
pub(super) fn hides(park: &Park, tables: &[OriginTable], books: &[BookId], actor: &Actor) -> bool {
    !of_tables(park, tables, books, actor).is_empty()
}

fn width(sheet: &Sheet) -> u16 {
    sheet.cells.iter().map(|cell| cell.col).max().map_or(0, |col| col.saturating_add(1))
}

fn cells(sheet: &Sheet, window: &std::ops::Range<u32>, masked: &HashMap<u16, &Masked>) -> Vec<CellView> {
    let first = sheet.cells.partition_point(|cell| cell.row < window.start);
    let merges: HashMap<(u32, u16), (u32, u32)> = sheet
        .merges
        .iter()
        .filter(|area| area.top < window.end && area.bottom >= window.start)
        .map(|area| {
            let rows = area.bottom - area.top + 1;
            ((area.top, area.left), (rows, u32::from(area.right - area.left) + 1))
        })
        .collect();
    let inside = sheet.cells[first..].iter().take_while(|cell| cell.row < window.end);
    let shown = inside.filter(|cell| cell.col < MOST_COLUMNS).map(|cell| {
        let text = shown_cell(sheet, cell);
        let hidden = masked.get(&cell.col).filter(|masked| !masked.names.contains(&squeeze(&text)));
        CellView {
            r: cell.row + 1,
            c: cell.col,
            t: hidden.map_or_else(|| text.to_string(), |masked| mask(&masked.kind, &text)),
            n: matches!(cell.value, CellValue::Number { .. }),
            m: hidden.is_some(),
            span: merges.get(&(cell.row, cell.col)).copied(),
        }
    });
    shown.collect()
}

fn mark(finding: &Finding) -> MarkView {
    MarkView {
        cell: finding.place.cell.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        hint: finding.hint.clone(),
    }
}

/// The text of a cell by its place, for evidence.
pub(super) fn text_at(sheet: &Sheet, row: u32, col: u16) -> Option<String> {
    let (row, col) = sheet.merged_anchor(row, col).unwrap_or((row, col));
    sheet.cell(row, col).map(|cell| shown_cell(sheet, cell).trim().to_owned()).filter(|t| !t.is_empty())
}
