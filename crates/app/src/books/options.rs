//! What a reference may point to: entries of a book by a few letters of their name or key.

use figures::Table;
use model::definition::Book;
use model::id::BookId;
use serde::Serialize;
use utoipa::ToSchema;

use super::filter::contains;
use super::{Result, Sight, collate};
use crate::access::Actor;
use crate::park::Park;

/// Entries to choose from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct OptionList {
    /// The entries: those that begin with what was typed first.
    pub items: Vec<OptionItem>,
}

/// An entry to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct OptionItem {
    /// Its number.
    pub id: u64,
    /// What it is called.
    pub title: String,
    /// Its key, as people read it.
    pub key: String,
}

/// Entries of a book whose title or key contains a text.
///
/// # Errors
/// [`super::BooksFault`] when the book is not there for this person.
pub fn options(park: &Park, actor: &Actor, book: &BookId, text: &str, limit: usize) -> Result<OptionList> {
    let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
    let book = sight.book(book)?;
    let table = sight.table(book);
    let text = text.trim();
    let mut found: Vec<(bool, Vec<u32>, u32)> = Vec::new();
    let selection = park.selections().get(&sight, book, &super::Query::default())?;
    for row in &selection.rows {
        let title = sight.row_title(book, table, *row);
        let named = contains(&title, text);
        if named || contains(&key(&sight, book, table, *row), text) {
            found.push((!title.starts_with(text), collate::key(&title), *row));
        }
    }
    let limit = limit.min(found.len());
    if limit > 0 && limit < found.len() {
        found.select_nth_unstable(limit - 1);
    }
    found.truncate(limit);
    found.sort_unstable();
    let item = |row: u32| OptionItem {
        id: table.ids()[row as usize].0,
        title: sight.row_title(book, table, row),
        key: key(&sight, book, table, row),
    };
    Ok(OptionList { items: found.into_iter().map(|(_, _, row)| item(row)).collect() })
}

fn key(sight: &Sight<'_>, book: &Book, table: &Table, row: u32) -> String {
    let part = |field: &model::id::FieldId| {
        let value = table.value(row, field)?;
        Some(sight.text(book.field(field)?, &value))
    };
    book.key.iter().filter_map(part).collect::<Vec<_>>().join(" · ")
}
