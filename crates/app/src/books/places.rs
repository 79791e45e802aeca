//! Where values came from: a cell of a file, or a person at a form and when.

use std::collections::HashMap;
use std::sync::Arc;

use model::entry::{CellPlace, OriginTable, OriginTableId, Origins};
use model::finding::Place;
use model::id::{BookId, EntryId, FieldId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock;
use crate::ledger::{StoreError, locate};
use crate::park::Park;

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct Origin {
    /// The file; for what was typed, the word for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The sheet; for what was typed, by whom.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The cell; for what was typed, when.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// The book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub book: Option<String>,
    /// The entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The digest of the file, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The return of an enterprise it was accepted from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing: Option<u64>,
    /// The text of the cell where it is not exactly the stored value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// A table of origins; of what was typed, when, and the return it came with.
struct Known {
    table: Arc<OriginTable>,
    when: String,
    filing: Option<u64>,
}

/// Looks places up, each table of origins once.
pub(crate) struct Places<'p> {
    park: &'p Park,
    tables: HashMap<OriginTableId, Known>,
}

impl<'p> Places<'p> {
    /// Nothing looked up yet.
    pub fn new(park: &'p Park) -> Self {
        Self { park, tables: HashMap::new() }
    }

    /// Where a field of an entry got its value. The original text is left to the caller, who knows what may be shown.
    pub fn of(
        &mut self,
        (book, entry): (&BookId, EntryId),
        origins: &Origins,
        field: &FieldId,
    ) -> Result<Origin, StoreError> {
        let mut origin = Origin {
            book: Some(book.to_string()),
            entry: Some(entry.0),
            field: Some(field.to_string()),
            ..Origin::default()
        };
        let Some((id, row)) = origins.place(field) else { return Ok(origin) };
        let Known { table, when, filing } = self.table(id)?;
        let mut place = Place::default();
        locate(table, row, field, &mut place);
        (origin.file, origin.sheet, origin.cell) = (place.file, place.sheet, place.cell);
        if table.source.is_empty() {
            origin.cell.clone_from(when);
            origin.filing = *filing;
        } else {
            origin.source = Some(table.source.clone());
        }
        Ok(origin)
    }

    /// Whether a field's value was typed by the enterprise itself.
    pub fn reported(&mut self, origins: &Origins, field: &FieldId) -> Result<bool, StoreError> {
        let Some((id, _)) = origins.place(field) else { return Ok(false) };
        Ok(self.table(id)?.table.fields.get(field) == Some(&CellPlace::Reported))
    }

    fn table(&mut self, id: OriginTableId) -> Result<&Known, StoreError> {
        if !self.tables.contains_key(&id) {
            let store = self.park.store();
            let missing = || StoreError::Corrupt(format!("origin table {} is missing", id.0));
            let table = store.origin_tables(&[id])?.into_iter().next().ok_or_else(missing)?;
            let (mut when, mut filing) = (String::new(), None);
            if table.source.is_empty() {
                let revision = store.origin_revision(id)?;
                when = clock::written(store.revision(revision)?.at);
                filing = store.filing_behind(revision)?.map(|filing| filing.0);
            }
            self.tables.insert(id, Known { table, when, filing });
        }
        Ok(&self.tables[&id])
    }
}
