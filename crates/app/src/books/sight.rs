//! What one person sees of a snapshot: which books, which rows, which values in the clear, and what entries are called.

use std::sync::Arc;

use figures::column::Column;
use figures::{Snapshot, Table};
use model::content::Content;
use model::definition::{Book, Field};
use model::expr::eval;
use model::id::{BookId, EntryId, FieldId};
use model::value::{Payload, Value};

use super::cell::{Cell, json};
use crate::access::{Actor, Refusal, Right, Scope, mask};
use crate::projects::LinkedEntry;

/// A title may stand in the entry referred to; a handful of steps is more than any content has.
const STEPS: usize = 4;

/// A snapshot through the eyes of one person.
#[derive(Clone)]
pub(crate) struct Sight<'a> {
    pub content: &'a Content,
    pub snapshot: Arc<Snapshot>,
    pub actor: &'a Actor,
}

impl<'a> Sight<'a> {
    /// What `actor` sees of `snapshot`.
    pub fn new(content: &'a Content, snapshot: Arc<Snapshot>, actor: &'a Actor) -> Self {
        Self { content, snapshot, actor }
    }

    /// A book that may be read.
    pub fn book(&self, id: &BookId) -> Result<&'a Book, Refusal> {
        let book = self.content.books.get(id).ok_or(Refusal::NotFound)?;
        self.actor.need(Right::Read, book)?;
        if self.actor.scope(book) == Scope::Nothing { Err(Refusal::NotFound) } else { Ok(book) }
    }

    /// The rows of a book.
    pub fn table(&self, book: &Book) -> &Table {
        self.snapshot.table(&book.id).expect("a snapshot has a table for every book of its content")
    }

    /// Whether a row of a table is among those this person sees.
    pub fn sees_row(&self, book: &Book, table: &Table, row: u32) -> bool {
        match self.actor.scope(book) {
            Scope::Nothing => false,
            Scope::All => true,
            Scope::Entry(entry) => table.ids().get(row as usize) == Some(&entry),
            scope @ Scope::Unguarded { .. } => scope.past_guard(|field| table.value(row, field)),
            Scope::Naming { fields, entry } => fields.iter().any(|f| names(table, f, row, entry)),
        }
    }

    /// An entry as others link to it.
    pub fn link(&self, entry: EntryId, book: Option<&BookId>) -> LinkedEntry {
        LinkedEntry { entry, title: self.title(entry, book) }
    }

    /// What an entry is called; its number when it is not active any more.
    pub fn title(&self, entry: EntryId, book: Option<&BookId>) -> String {
        self.titled(entry, book, STEPS)
    }

    fn titled(&self, entry: EntryId, book: Option<&BookId>, steps: usize) -> String {
        let found = match book.and_then(|b| self.snapshot.table(b)) {
            Some(table) => table.row(entry).map(|row| (table, row)),
            None => self.snapshot.find(entry),
        };
        let titled = found.and_then(|(table, row)| {
            let book = self.content.books.get(table.book())?;
            Some(self.title_of(book, table, row, steps))
        });
        titled.filter(|t| !t.is_empty()).unwrap_or_else(|| format!("#{entry}"))
    }

    /// What the entry of a row is called: its book's display field, else its key.
    pub fn row_title(&self, book: &Book, table: &Table, row: u32) -> String {
        self.title_of(book, table, row, STEPS)
    }

    fn title_of(&self, book: &Book, table: &Table, row: u32, steps: usize) -> String {
        let part = |field: &FieldId| {
            let value = table.value(row, field)?;
            let definition = book.field(field)?;
            Some(self.printed(definition, &value, steps.saturating_sub(1)))
        };
        if let Some(title) = book.display.as_ref().and_then(part) {
            return title;
        }
        book.key.iter().filter_map(part).collect::<Vec<_>>().join(" · ")
    }

    fn printed(&self, field: &Field, value: &Value, steps: usize) -> String {
        let target = field.kind.book();
        match value {
            Value::Entry(entry) if steps > 0 => self.titled(*entry, target, steps),
            Value::Entries(entries) if steps > 0 => {
                let titles: Vec<String> = entries.iter().map(|e| self.titled(*e, target, steps)).collect();
                titles.join("、")
            }
            other if self.actor.masks(field) => mask(&field.kind, &other.to_string()),
            other => other.to_string(),
        }
    }

    /// What an entry with these values is called, whether it is active or not.
    pub fn payload_title(&self, book: &Book, payload: &Payload) -> String {
        let part = |field: &FieldId| Some(self.text(book.field(field)?, payload.get(field)?));
        if let Some(title) = book.display.as_ref().and_then(part) {
            return title;
        }
        book.key.iter().filter_map(part).collect::<Vec<_>>().join(" · ")
    }

    /// A value as this person reads it.
    pub fn text(&self, field: &Field, value: &Value) -> String {
        self.printed(field, value, STEPS)
    }

    /// A value as a cell, masked where it must be.
    pub fn cell(&self, field: &Field, value: &Value) -> Cell {
        let text = self.text(field, value);
        if self.actor.masks(field) {
            return Cell { masked: true, ..Cell::text(text) };
        }
        let figure = matches!(field.kind, model::definition::FieldKind::Figure);
        let text = match value.as_text().filter(|_| figure) {
            Some(id) => self.content.figures.get(id).map_or(text, |f| f.title.clone()),
            None => text,
        };
        Cell { text, value: json(value), masked: false, entry: value.as_entry().map(|e| e.0) }
    }

    /// A cell of a row.
    pub fn cell_at(&self, field: &Field, column: &Column, row: u32) -> Option<Cell> {
        column.at(row).map(|value| self.cell(field, &value))
    }
}

/// A row of a book as expressions see it.
pub(crate) struct RowOf<'a> {
    pub snapshot: &'a Snapshot,
    pub table: &'a Table,
    pub row: u32,
}

impl eval::Row for RowOf<'_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.table.value(self.row, field)
    }

    fn through(&self, reference: &FieldId, book: &BookId, field: &FieldId) -> Option<Value> {
        let entry = self.table.value(self.row, reference)?.as_entry()?;
        let table = self.snapshot.table(book)?;
        table.value(table.row(entry)?, field)
    }
}

/// Whether a row's field names an entry.
pub(crate) fn names(table: &Table, field: &FieldId, row: u32, entry: EntryId) -> bool {
    match table.column(field) {
        Some(Column::Entry(coded)) => coded.at(row) == Some(&entry),
        Some(Column::Entries(all)) => all[row as usize].as_ref().is_some_and(|named| named.contains(&entry)),
        _ => false,
    }
}

/// All values of a row.
pub(crate) fn payload_of(book: &Book, table: &Table, row: u32) -> Payload {
    let value = |f: &FieldId| Some((f.clone(), table.value(row, f)?));
    book.fields.keys().filter_map(value).collect()
}
