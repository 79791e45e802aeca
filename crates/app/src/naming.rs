//! What entries are called, many at a time: a [`Naming`] answers from the snapshot where it holds an entry, else from the
//! ledger, and remembers what it said.
//!
//! Deliberately absent: what a report calls an entry (`report` has its own rule), names of fields and books. To name many
//! entries of an unknown state: [`Naming::read`] them first, which asks the ledger for all of them at once.

use std::collections::hash_map::Entry as Place;
use std::sync::Arc;

use figures::{Snapshot, Table};
use model::content::Content;
use model::definition::Book;
use model::entry::Entry;
use model::id::{EntryId, FieldId, Revision};
use model::value::Value;
use rustc_hash::FxHashMap;

use crate::ledger::{Result, Store};
use crate::park::Park;

/// The names of entries at one revision.
pub struct Naming<'a> {
    content: &'a Content,
    store: &'a Store,
    revision: Revision,
    snapshot: Option<Arc<Snapshot>>,
    /// What the ledger says of entries the snapshot does not hold.
    held: FxHashMap<EntryId, Option<Entry>>,
    titles: FxHashMap<EntryId, Arc<str>>,
}

/// Where the values of an entry are.
enum Found<'a> {
    Row(&'a Table, u32),
    Held(&'a Entry),
}

impl Found<'_> {
    fn value(&self, field: &FieldId) -> Option<Value> {
        match self {
            Self::Row(table, row) => table.value(*row, field),
            Self::Held(entry) => entry.payload.get(field).cloned(),
        }
    }
}

impl Park {
    /// Names at the newest revision.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn naming(&self) -> Result<Naming<'_>> {
        let revision = self.store.latest_revision()?;
        Ok(self.naming_at(revision, self.laid_out(revision)))
    }

    /// Names at a revision, from a snapshot of it if there is one.
    pub(crate) fn naming_at(&self, revision: Revision, snapshot: Option<Arc<Snapshot>>) -> Naming<'_> {
        Naming {
            content: &self.library.content,
            store: &self.store,
            revision,
            snapshot,
            held: FxHashMap::default(),
            titles: FxHashMap::default(),
        }
    }
}

impl Naming<'_> {
    /// What an entry is called: its book's display field, else its key.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn title(&mut self, entry: EntryId) -> Result<Arc<str>> {
        if let Some(title) = self.titles.get(&entry) {
            return Ok(Arc::clone(title));
        }
        let mut said = self.said(entry);
        if said.is_none() {
            self.read([entry])?;
            said = self.said(entry);
        }
        let title: Arc<str> = match said {
            None => format!("#{entry}").into(),
            Some((Some(Value::Text(text)), _)) => text,
            Some((Some(display), _)) => display.to_string().into(),
            Some((None, key)) => {
                let shown: Result<Vec<String>> = key.iter().map(|v| self.shown(v.as_ref())).collect();
                shown?.join(" · ").into()
            }
        };
        self.titles.insert(entry, Arc::clone(&title));
        Ok(title)
    }

    /// A value as people read it: references by the title of their entry.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn shown(&mut self, value: Option<&Value>) -> Result<String> {
        Ok(match value {
            None => String::new(),
            Some(Value::Entry(entry)) => self.title(*entry)?.to_string(),
            Some(Value::Entries(entries)) => {
                let titles: Result<Vec<Arc<str>>> = entries.iter().map(|e| self.title(*e)).collect();
                titles?.join("、")
            }
            Some(other) => other.to_string(),
        })
    }

    /// Reads what is needed to name these entries, in one query for them and one for each step of their names' references.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn read(&mut self, entries: impl IntoIterator<Item = EntryId>) -> Result<()> {
        let mut next: Vec<EntryId> = entries.into_iter().collect();
        loop {
            next.retain(|id| {
                self.snapshot.as_ref().is_none_or(|s| s.find(*id).is_none())
                    && match self.held.entry(*id) {
                        Place::Vacant(free) => {
                            free.insert(None);
                            true
                        }
                        Place::Occupied(_) => false,
                    }
            });
            if next.is_empty() {
                return Ok(());
            }
            for entry in self.store.entries_at(&next, self.revision)? {
                self.held.insert(entry.id, Some(entry));
            }
            let said = next.iter().filter_map(|id| self.said(*id));
            let keys = said.filter(|(display, _)| display.is_none()).flat_map(|(_, key)| key);
            next = keys.flatten().flat_map(|value| references(&value)).collect();
        }
    }

    /// The display value of an entry and, without one, the values of its key; `None` for an unknown entry.
    fn said(&self, entry: EntryId) -> Option<(Option<Value>, Vec<Option<Value>>)> {
        let (found, book) = self.found(entry)?;
        let display = book.and_then(|b| b.display.as_ref()).and_then(|field| found.value(field));
        let key = book.filter(|_| display.is_none()).map_or(&[][..], |b| &b.key);
        Some((display, key.iter().map(|field| found.value(field)).collect()))
    }

    fn found(&self, entry: EntryId) -> Option<(Found<'_>, Option<&Book>)> {
        let books = &self.content.books;
        if let Some((table, row)) = self.snapshot.as_ref().and_then(|s| s.find(entry)) {
            return Some((Found::Row(table, row), books.get(table.book())));
        }
        let held = self.held.get(&entry)?.as_ref()?;
        Some((Found::Held(held), books.get(&held.book)))
    }
}

/// The entries a value refers to.
pub(crate) fn references(value: &Value) -> Vec<EntryId> {
    match value {
        Value::Entry(entry) => vec![*entry],
        Value::Entries(entries) => entries.clone(),
        _ => vec![],
    }
}
