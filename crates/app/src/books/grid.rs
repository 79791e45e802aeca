//! The grid: a part of a book's entries, filtered, sorted, with the columns somebody chose.

use model::definition::{Book, Field};
use model::id::{BookId, FieldId};
use serde::Serialize;
use utoipa::ToSchema;

use super::query::{Page, Query, QueryFault};
use super::{Cell, Result, Selections, Sight};
use crate::access::Actor;
use crate::asof::AsOf;
use crate::park::Park;

/// A part of a book's entries.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EntryPage {
    /// How many entries the query selects.
    pub total: usize,
    /// Entries before the first of these.
    pub offset: usize,
    /// The ledger revision.
    pub revision: u64,
    /// The fields of the cells, in their order.
    #[schema(value_type = Vec<String>)]
    pub columns: Vec<FieldId>,
    /// The entries.
    pub items: Vec<EntryRow>,
}

/// One entry of a grid.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EntryRow {
    /// Its number.
    pub id: u64,
    /// Its version: what an edit must name.
    pub version: u32,
    /// Its values, aligned with the columns.
    pub cells: Vec<Option<Cell>>,
}

/// A part of a book's entries as `actor` sees them. No `columns` means all.
///
/// # Errors
/// [`super::BooksFault`] when the book is not there for this person or the query cannot be answered.
pub fn entries(
    park: &Park,
    actor: &Actor,
    book: &BookId,
    query: &Query,
    columns: &[FieldId],
    page: Page,
) -> Result<EntryPage> {
    entries_as_of(park, actor, book, query, (columns, page), None)
}

/// The same as it was known then.
///
/// # Errors
/// As [`entries`]; also when nothing was known then.
pub fn entries_as_of(
    park: &Park,
    actor: &Actor,
    book: &BookId,
    query: &Query,
    (columns, page): (&[FieldId], Page),
    as_of: Option<AsOf>,
) -> Result<EntryPage> {
    let sight = Sight::new(&park.library().content, park.snapshot_as_of(as_of)?, actor);
    page_of(&sight, park.selections(), book, query, columns, page)
}

pub(super) fn page_of(
    sight: &Sight<'_>,
    selections: &Selections,
    book: &BookId,
    query: &Query,
    columns: &[FieldId],
    page: Page,
) -> Result<EntryPage> {
    let book = sight.book(book)?;
    let fields = chosen(book, columns)?;
    let selection = selections.get(sight, book, query)?;
    let rows = selection.page(sight, book, query, page)?;
    let table = sight.table(book);
    let columns: Vec<_> = fields.iter().map(|f| table.column(&f.id)).collect();
    let items = rows
        .iter()
        .map(|row| EntryRow {
            id: table.ids()[*row as usize].0,
            version: table.versions()[*row as usize],
            cells: fields.iter().zip(&columns).map(|(f, c)| sight.cell_at(f, (*c)?, *row)).collect(),
        })
        .collect();
    Ok(EntryPage {
        total: selection.rows.len(),
        offset: page.offset,
        revision: sight.snapshot.revision().0,
        columns: fields.iter().map(|f| f.id.clone()).collect(),
        items,
    })
}

/// The fields of those names, or all.
pub(super) fn chosen<'b>(
    book: &'b Book,
    columns: &[FieldId],
) -> std::result::Result<Vec<&'b Field>, QueryFault> {
    if columns.is_empty() {
        return Ok(book.fields.values().collect());
    }
    let field = |id: &FieldId| book.field(id).ok_or_else(|| QueryFault::UnknownField(id.to_string()));
    columns.iter().map(field).collect()
}
