//! Entries (条目), their origin in a source, and drafts on the way to becoming entries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{BookId, EntryId, FieldId, Revision};
use crate::value::{Payload, Value};

/// What made an entry's values: a table of cells in a source file, stored once for all its rows; or a form somebody
/// filled in, whose source is empty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OriginTable {
    /// SHA-256 of the source file in lower-case hex.
    pub source: String,
    /// The file's name as it was sent.
    pub file: String,
    /// The sheet's name (empty for CSV).
    pub sheet: String,
    /// Where each field's value stands.
    pub fields: BTreeMap<FieldId, CellPlace>,
}

/// Where in a sheet a field's value stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CellPlace {
    /// In this column (`F`) of the entry's own row.
    #[serde(rename = "c")]
    Column(String),
    /// In one fixed cell (`A2`), such as a title that states the period.
    #[serde(rename = "x")]
    Cell(String),
    /// In the sheet's name.
    #[serde(rename = "s")]
    SheetName,
    /// In the file's name.
    #[serde(rename = "f")]
    FileName,
    /// In the layout itself (a constant).
    #[serde(rename = "l")]
    Layout,
    /// Typed into a form by somebody of the committee; the table's sheet is who.
    #[serde(rename = "m")]
    Typed,
    /// Typed into a form by somebody of the enterprise the entry is about; the table's sheet is who.
    #[serde(rename = "p")]
    Reported,
}

/// The number of an [`OriginTable`] in a ledger.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OriginTableId(pub u64);

/// Where the values of one revision of an entry came from: one origin for most fields, others for those kept
/// from earlier files.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Origins {
    /// `(table, 1-based row, fields)`; the first with an empty list is the default for fields not named by another.
    #[serde(rename = "o", default)]
    pub places: Vec<(OriginTableId, u32, Vec<FieldId>)>,
    /// The original text of cells whose text is not exactly the stored value.
    #[serde(rename = "t", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub raw: BTreeMap<FieldId, String>,
}

impl Origins {
    /// The tables named.
    pub fn tables(&self) -> impl Iterator<Item = OriginTableId> + '_ {
        self.places.iter().map(|(table, ..)| *table)
    }

    /// The table and row that gave `field` its value.
    pub fn place(&self, field: &FieldId) -> Option<(OriginTableId, u32)> {
        let named = self.places.iter().find(|(_, _, fields)| fields.contains(field));
        named
            .or_else(|| self.places.iter().find(|(_, _, fields)| fields.is_empty()))
            .map(|(t, r, _)| (*t, *r))
    }
}

/// Whether an entry counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryState {
    /// It counts.
    Active,
    /// Taken back by a later revision; kept for history.
    Withdrawn,
}

/// One revision of an entry as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// Its book.
    pub book: BookId,
    /// Its key within the book (see [`key_text`]).
    pub key: String,
    /// 1 for the first revision of this entry, counting up: the version a later write must name.
    pub version: u32,
    /// The ledger revision that wrote it.
    pub revision: Revision,
    /// Whether it counts.
    pub state: EntryState,
    /// Its values.
    pub payload: Payload,
    /// Where they came from.
    pub origins: Origins,
}

/// One write to one entry, as the store takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryWrite {
    /// The book.
    pub book: BookId,
    /// The entry's key within the book.
    pub key: String,
    /// The entry written to; `None` makes a new one.
    pub entry: Option<EntryId>,
    /// The version this write was based on: 0 for a new entry.
    pub based_on: u32,
    /// The state after the write.
    pub state: EntryState,
    /// All values after the write.
    pub payload: Payload,
    /// Where they came from; table numbers index the write's own list of new tables when `Origins` is not yet stored.
    pub origins: Origins,
}

/// The key of an entry: the values of the book's key fields, printed and joined. `None` while one is missing.
pub fn key_text(payload: &Payload, key: &[FieldId]) -> Option<String> {
    let mut text = String::new();
    for (i, field) in key.iter().enumerate() {
        let value: &Value = payload.get(field)?;
        if i > 0 {
            text.push('\u{1f}');
        }
        text.push_str(&value.to_string());
    }
    Some(text)
}
