//! The workbook of a grid: the entries a query selects, with units in the headings, numbers and dates as such. What is
//! masked on the screen is masked in the file.

use figures::column::Column;
use model::definition::{Book, Field};
use model::id::{BookId, FieldId};
use model::value::Value;
use office::write::{BookSpec, CellSpec, Input, SheetSpec, Style, xlsx};

use super::grid::chosen;
use super::query::{Page, Query};
use super::{BooksFault, Result, Sight};
use crate::access::{Actor, mask};
use crate::asof::AsOf;
use crate::park::Park;

/// Rows of one workbook: what a spreadsheet program still opens with ease.
const MOST_ROWS: usize = 200_000;
/// Characters of a sheet's name.
const LONGEST_NAME: usize = 31;

/// A workbook to save.
pub struct Workbook {
    /// Its file name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The entries a query selects as a workbook; as they were known then when a day is named, which its name tells.
///
/// # Errors
/// [`BooksFault`] when the book is not there for this person, the query cannot be answered, or there are too many rows.
pub fn export(
    park: &Park,
    actor: &Actor,
    book: &BookId,
    query: &Query,
    columns: &[FieldId],
    as_of: Option<AsOf>,
) -> Result<Workbook> {
    let sight = Sight::new(&park.library().content, park.snapshot_as_of(as_of)?, actor);
    let book = sight.book(book)?;
    let fields = chosen(book, columns)?;
    let selection = park.selections().get(&sight, book, query)?;
    if selection.rows.len() > MOST_ROWS {
        return Err(super::QueryFault::TooManyRows(MOST_ROWS).into());
    }
    let all = Page { offset: 0, limit: selection.rows.len() };
    let rows = selection.page(&sight, book, query, all)?;
    let sheet = sheet(&sight, book, &fields, &rows);
    let bytes = xlsx(&BookSpec { sheets: vec![sheet] }).map_err(BooksFault::Export)?;
    let date = as_of.map_or_else(|| park.today().to_string(), |known| known.to_string());
    Ok(Workbook { name: format!("{}-{date}.xlsx", book.title), bytes })
}

fn sheet(sight: &Sight<'_>, book: &Book, fields: &[&Field], rows: &[u32]) -> SheetSpec {
    let table = sight.table(book);
    let heading = |field: &&Field| {
        let unit = field.kind.unit().map_or_else(String::new, |u| format!("（{u}）"));
        CellSpec::text(format!("{}{unit}", field.title)).styled(Style::Header)
    };
    let columns: Vec<_> = fields.iter().map(|f| table.column(&f.id)).collect();
    let line = |row: &u32| {
        let cell = |(field, column): (&&Field, Option<&Column>)| {
            let value = column.and_then(|c| c.at(*row));
            value.map_or_else(CellSpec::blank, |value| cell(sight, field, &value))
        };
        fields.iter().zip(columns.iter().copied()).map(cell).collect()
    };
    let head: Vec<CellSpec> = fields.iter().map(heading).collect();
    let widths = (0u16..).zip(fields).map(|(i, f)| (i, width(f))).collect();
    SheetSpec {
        name: book.title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(LONGEST_NAME).collect(),
        widths,
        rows: std::iter::once(head).chain(rows.iter().map(line)).collect(),
        freeze: Some((1, 0)),
        ..SheetSpec::default()
    }
}

fn width(field: &Field) -> f64 {
    let titled =
        field.title.chars().count() + field.kind.unit().map_or(0, |u| u.as_str().chars().count() + 2);
    f64::from(u8::try_from((titled * 2 + 2).clamp(12, 40)).unwrap_or(40))
}

fn cell(sight: &Sight<'_>, field: &Field, value: &Value) -> CellSpec {
    if sight.actor.masks(field) {
        return CellSpec::text(mask(&field.kind, &value.to_string()));
    }
    match value {
        Value::Number(number) => CellSpec::decimal(number.normalize().to_string()),
        Value::Date(date) if date.year() >= 1900 => CellSpec {
            value: Input::Date {
                year: date.year(),
                month: date.month().unsigned_abs(),
                day: date.day().unsigned_abs(),
            },
            style: Style::Plain,
        },
        other => CellSpec::text(sight.cell(field, other).text),
    }
}
