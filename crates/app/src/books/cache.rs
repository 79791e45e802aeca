//! Selections that were made already: which rows a query selects of a revision, for whoever sees the same.
//!
//! Deliberately absent: keeping anything over a new revision – a title elsewhere may have changed what a filter finds.

use std::sync::{Arc, OnceLock};

use model::definition::Book;
use model::id::{BookId, FieldId, Revision};

use super::filter;
use super::order;
use super::query::{Page, Query, QueryFault};
use super::sight::Sight;
use crate::access::Scope;
use crate::lru::Lru;

/// Rows over all remembered selections: 64 MB of row numbers, twice that with their orders.
const MOST_ROWS: usize = 16 << 20;
/// Selections at most.
const MOST: usize = 256;
/// Rows of an order that are made first; most people never look further.
const FIRST: usize = 4096;

/// What makes two selections the same.
#[derive(Clone, PartialEq, Debug)]
struct Key {
    revision: Revision,
    book: BookId,
    query: Query,
    scope: Scope,
    /// Fields that are not searched.
    masked: Vec<FieldId>,
}

/// The selections of one park, shared by all its readers.
#[derive(Debug)]
pub struct Selections(Lru<Key, Selection>);

impl Default for Selections {
    fn default() -> Self {
        Self(Lru::new(MOST, MOST_ROWS))
    }
}

/// The rows a query selects.
#[derive(Debug)]
pub(crate) struct Selection {
    /// In the order of the table.
    pub rows: Vec<u32>,
    sorted: OnceLock<Vec<u32>>,
    first: OnceLock<Vec<u32>>,
}

impl Selections {
    /// The selection of a query, made now or remembered.
    pub(crate) fn get(
        &self,
        sight: &Sight<'_>,
        book: &Book,
        query: &Query,
    ) -> Result<Arc<Selection>, QueryFault> {
        order::check(sight, book, &query.orders)?;
        let key = Key {
            revision: sight.snapshot.revision(),
            book: book.id.clone(),
            query: query.clone(),
            scope: sight.actor.scope(book),
            masked: book.fields.values().filter(|f| sight.actor.masks(f)).map(|f| f.id.clone()).collect(),
        };
        if let Some(known) = self.0.get(&key) {
            return Ok(known);
        }
        let rows = filter::select(sight, book, query)?;
        let (weight, revision) = (rows.len(), key.revision);
        let made = Selection { rows, sorted: OnceLock::new(), first: OnceLock::new() };
        Ok(self.0.put(key, made, weight, |known| known.revision < revision))
    }
}

impl Selection {
    /// A part of the list in its order.
    pub fn page(
        &self,
        sight: &Sight<'_>,
        book: &Book,
        query: &Query,
        page: Page,
    ) -> Result<Vec<u32>, QueryFault> {
        let end = page.offset.saturating_add(page.limit).min(self.rows.len());
        let start = page.offset.min(end);
        if query.orders.is_empty() {
            let sorted = self.sorted.get_or_init(|| order::natural(book, sight.table(book), &self.rows));
            return Ok(sorted[start..end].to_vec());
        }
        let list = match self.sorted.get() {
            None if end <= FIRST => {
                made(&self.first, || order::sorted(sight, book, &self.rows, &query.orders, Some(FIRST)))?
            }
            _ => made(&self.sorted, || order::sorted(sight, book, &self.rows, &query.orders, None))?,
        };
        Ok(list[start..end].to_vec())
    }
}

/// What a cell holds, made first if need be. Two readers may make it at the same time; one of the two stays.
fn made(
    cell: &OnceLock<Vec<u32>>,
    make: impl FnOnce() -> Result<Vec<u32>, QueryFault>,
) -> Result<&Vec<u32>, QueryFault> {
    if let Some(list) = cell.get() {
        return Ok(list);
    }
    let list = make()?;
    Ok(cell.get_or_init(|| list))
}
