//! Use cases on the ledger itself: history of an entry, its title, decisions on identity, undo. What callers need of the
//! store's vocabulary is re-exported here, so that they need not name the store.

use jiff::Timestamp;
use model::entry::{CellPlace, Entry, OriginTable};
use model::finding::Place;
use model::id::{EntryId, FieldId, Revision};
use model::value::{Payload, Value};
use store::MatchDecision;
pub use store::{FindingId, MatchCandidate, Result, Store, StoreError, Verdict, WriteOutcome};

use crate::naming::references;
use crate::park::Park;

/// One field that one version of an entry changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldChange {
    /// The entry's version.
    pub version: u32,
    /// The ledger revision.
    pub revision: Revision,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
    /// The field's title.
    pub field: String,
    /// Its value before; empty for none.
    pub before: String,
    /// Its value after; empty for none.
    pub after: String,
    /// File, sheet and cell of the value after.
    pub place: String,
}

impl Park {
    /// All versions of an entry as changes of fields, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn history(&self, entry: EntryId) -> Result<Vec<FieldChange>> {
        let mut changes = Vec::new();
        let mut before = Payload::new();
        let versions = self.store.history(entry)?;
        let mut naming = self.naming()?;
        naming.read(versions.iter().flat_map(|v| v.payload.values().flat_map(references)))?;
        for version in versions {
            let record = self.store.revision(version.revision)?;
            let fields: std::collections::BTreeSet<&FieldId> =
                before.keys().chain(version.payload.keys()).collect();
            for field in fields {
                let (old, new) = (before.get(field), version.payload.get(field));
                if old == new {
                    continue;
                }
                changes.push(FieldChange {
                    version: version.version,
                    revision: version.revision,
                    at: record.at,
                    who: record.who.clone(),
                    why: record.why.clone(),
                    field: self.field_title(&version, field),
                    before: naming.shown(old)?,
                    after: naming.shown(new)?,
                    place: self.place(&version, field)?.to_string(),
                });
            }
            before = version.payload;
        }
        Ok(changes)
    }

    fn field_title(&self, entry: &Entry, field: &FieldId) -> String {
        let book = self.library.content.books.get(&entry.book);
        book.and_then(|b| b.field(field)).map_or_else(|| field.to_string(), |f| f.title.clone())
    }

    /// A value as people read it: references by the title of their entry. For many values: [`Park::naming`].
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn shown(&self, value: Option<&Value>) -> Result<String> {
        self.naming()?.shown(value)
    }

    /// What an entry is called: its book's display field, else its key. For many entries: [`Park::naming`].
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn entry_title(&self, entry: EntryId) -> Result<String> {
        Ok(self.naming()?.title(entry)?.to_string())
    }

    /// Where a field of an entry got its value.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn place(&self, entry: &Entry, field: &FieldId) -> Result<Place> {
        let mut place = Place {
            book: Some(entry.book.clone()),
            entry: Some(entry.id),
            field: Some(field.clone()),
            ..Place::default()
        };
        let Some((table, row)) = entry.origins.place(field) else { return Ok(place) };
        if let Some(table) = self.store.origin_tables(&[table])?.into_iter().next() {
            locate(&table, row, field, &mut place);
        }
        Ok(place)
    }

    /// Records a person's decision on who is meant by a spelling.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn decide_match(&mut self, candidate: &MatchCandidate, verdict: Verdict, reason: &str) -> Result<()> {
        self.store.decide_match(&MatchDecision {
            book: candidate.book.clone(),
            written: candidate.written.clone(),
            verdict,
            at: self.clock.now(),
            who: self.who.clone(),
            reason: reason.to_owned(),
        })
    }

    /// Takes back a revision by a new one.
    ///
    /// # Errors
    /// [`StoreError`] when entries were changed again since, or the revision does not exist.
    pub fn undo(&mut self, revision: Revision, why: &str) -> Result<WriteOutcome> {
        self.store.undo(revision, self.clock.now(), &self.who, why)
    }
}

/// Fills in file, sheet and cell of a field's value in a row of an origin table.
pub fn locate(table: &OriginTable, row: u32, field: &FieldId, place: &mut Place) {
    place.file.clone_from(&table.file);
    place.sheet.clone_from(&table.sheet);
    place.cell = match table.fields.get(field) {
        Some(CellPlace::Column(column)) => format!("{column}{row}"),
        Some(CellPlace::Cell(cell)) => cell.clone(),
        Some(
            CellPlace::SheetName
            | CellPlace::FileName
            | CellPlace::Layout
            | CellPlace::Typed
            | CellPlace::Reported,
        )
        | None => String::new(),
    };
}
