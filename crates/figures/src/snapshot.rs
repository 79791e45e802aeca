//! Snapshots (快照): all books at one ledger revision, as columns.
//!
//! A snapshot is cheap to clone (columns are shared) and is brought to a later revision by the entries that changed.
//!
//! Deliberately absent: reading the store, and the cache on disk; both belong to `app`.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use model::content::Content;
use model::entry::Entry;
use model::id::{BookId, EntryId, Revision};

use crate::table::Table;

/// All books at one revision.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    revision: Revision,
    tables: IndexMap<BookId, Arc<Table>>,
}

impl Snapshot {
    /// Lays out the head revisions of all entries, book by book. Books the content does not know are left out; books without
    /// entries are empty tables.
    pub fn build(
        content: &Content,
        revision: Revision,
        entries: impl IntoIterator<Item = (BookId, Vec<Entry>)>,
    ) -> Self {
        let mut given: IndexMap<BookId, Vec<Entry>> = IndexMap::new();
        for (book, entries) in entries {
            given.entry(book).or_default().extend(entries);
        }
        let tables = content
            .books
            .iter()
            .map(|(id, book)| {
                (id.clone(), Arc::new(Table::build(book, given.get(id).map_or(&[], Vec::as_slice))))
            })
            .collect();
        Self { revision, tables }
    }

    /// Takes over the entries written since: each once, as it is at `revision`. Only the touched columns are copied.
    pub fn apply(&mut self, revision: Revision, changed: &[Entry]) {
        let mut by_book: IndexMap<&BookId, Vec<&Entry>> = IndexMap::new();
        for entry in changed {
            by_book.entry(&entry.book).or_default().push(entry);
        }
        for (book, entries) in by_book {
            if let Some(table) = self.tables.get_mut(book) {
                Arc::make_mut(table).apply(&entries);
            }
        }
        self.revision = revision;
    }

    /// What is dated up to a day: rows of a later date, or of a period that ends later, are left out. Nothing else is undone.
    #[must_use]
    pub fn until(&self, day: Date) -> Self {
        let kept = |table: &Arc<Table>| table.until(day).map_or_else(|| Arc::clone(table), Arc::new);
        let tables = self.tables.iter().map(|(book, table)| (book.clone(), kept(table))).collect();
        Self { revision: self.revision, tables }
    }

    /// The ledger revision it shows.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// A book's table.
    pub fn table(&self, book: &BookId) -> Option<&Table> {
        self.tables.get(book).map(|t| &**t)
    }

    /// All tables in the order of the content.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().map(|t| &**t)
    }

    /// The table and row of an entry.
    pub fn find(&self, entry: EntryId) -> Option<(&Table, u32)> {
        self.tables().find_map(|t| t.row(entry).map(|row| (t, row)))
    }
}
