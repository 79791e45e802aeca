//! One entry with everything there is to say about it: its values, where each came from, what refers to it, what may be
//! done with it.

use std::collections::BTreeMap;

use figures::column::Column;
use model::definition::Book;
use model::entry::{Entry, EntryState};
use model::finding::Finding;
use model::id::{BookId, EntryId, FieldId};
use serde::Serialize;
use store::By;
use utoipa::ToSchema;

use super::places::{Origin, Places};
use super::{BooksFault, Cell, Result, Sight};
use crate::access::{Actor, Refusal, Right, Scope};
use crate::asof::AsOf;
use crate::park::Park;

/// An entry.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Its number.
    pub id: u64,
    /// Its book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its version: what an edit must name.
    pub version: u32,
    /// `active` or `withdrawn`.
    #[schema(value_type = String)]
    pub state: EntryState,
    /// What it is called.
    pub title: String,
    /// The revision that wrote this version.
    pub revision: u64,
    /// Its key, as people read it.
    pub key: String,
    /// Its values; a field without one is absent.
    #[schema(value_type = BTreeMap<String, Cell>)]
    pub cells: BTreeMap<FieldId, Cell>,
    /// Where each value came from.
    #[schema(value_type = BTreeMap<String, Origin>)]
    pub places: BTreeMap<FieldId, Origin>,
    /// Which entries of other books refer to it.
    pub referenced_by: Vec<ReferenceCount>,
    /// What this person may do with it.
    #[schema(value_type = Vec<String>)]
    pub can: Vec<Right>,
    /// What is doubtful about what was just written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
}

/// How many entries of a book refer to an entry by one field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReferenceCount {
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// The field's Chinese title.
    pub field_title: String,
    /// How many.
    pub count: usize,
}

/// An entry as `actor` sees it, withdrawn or not.
///
/// # Errors
/// [`BooksFault`] when it is not there for this person.
pub fn entry(park: &Park, actor: &Actor, id: EntryId) -> Result<EntryView> {
    let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
    let (book, entry) = head(park, &sight, id)?;
    view(park, &sight, book, &entry)
}

/// The same as it was known then: its version of that day, among the books of that day, to read only.
///
/// # Errors
/// As [`entry`]; also when it was not there yet, or nothing was known then.
pub fn entry_as_of(park: &Park, actor: &Actor, id: EntryId, as_of: AsOf) -> Result<EntryView> {
    let sight = Sight::new(&park.library().content, park.snapshot_as_of(Some(as_of))?, actor);
    let known = sight.snapshot.revision();
    let versions = park.store().history(id)?;
    let entry = versions.into_iter().rev().find(|version| version.revision <= known);
    let entry = entry.ok_or(Refusal::NotFound)?;
    let book = sight.book(&entry.book)?;
    if !actor.sees(book, &entry) {
        return Err(Refusal::NotFound.into());
    }
    let mut view = view(park, &sight, book, &entry)?;
    view.can.retain(|right| *right == Right::Read);
    Ok(view)
}

/// The newest version of an entry that this person may see, with its book.
pub(super) fn head<'a>(park: &Park, sight: &Sight<'a>, id: EntryId) -> Result<(&'a Book, Entry)> {
    let entry = park.store().entry(id)?.ok_or(Refusal::NotFound)?;
    let book = sight.book(&entry.book)?;
    if sight.actor.sees(book, &entry) { Ok((book, entry)) } else { Err(Refusal::NotFound.into()) }
}

pub(super) fn view(park: &Park, sight: &Sight<'_>, book: &Book, entry: &Entry) -> Result<EntryView> {
    let mut places = Places::new(park);
    let mut cells = BTreeMap::new();
    let mut origins = BTreeMap::new();
    for (field, value) in &entry.payload {
        let Some(definition) = book.field(field) else { continue };
        cells.insert(field.clone(), sight.cell(definition, value));
        let mut origin = places.of((&book.id, entry.id), &entry.origins, field)?;
        origin.original = entry.origins.raw.get(field).filter(|_| !sight.actor.masks(definition)).cloned();
        origins.insert(field.clone(), origin);
    }
    let key = book.key.iter().filter_map(|f| Some(cells.get(f)?.text.as_str()));
    let active = entry.state == EntryState::Active;
    Ok(EntryView {
        id: entry.id.0,
        book: book.id.clone(),
        version: entry.version,
        state: entry.state,
        title: sight.payload_title(book, &entry.payload),
        revision: entry.revision.0,
        key: key.collect::<Vec<_>>().join(" · "),
        cells,
        places: origins,
        referenced_by: referenced_by(sight, &book.id, entry.id),
        can: sight.actor.rights_on(book).into_iter().filter(|r| active || *r == Right::Read).collect(),
        findings: Vec::new(),
    })
}

fn referenced_by(sight: &Sight<'_>, book: &BookId, entry: EntryId) -> Vec<ReferenceCount> {
    let mut found = Vec::new();
    for other in sight.content.books.values() {
        let scope = sight.actor.scope(other);
        if scope == Scope::Nothing {
            continue;
        }
        let table = sight.table(other);
        let seen = |row: &u32| scope == Scope::All || sight.sees_row(other, table, *row);
        for field in other.fields.values().filter(|f| f.kind.book() == Some(book)) {
            let rows = (0u32..).take(table.len());
            let count = match table.column(&field.id) {
                Some(Column::Entry(coded)) => coded.known(&entry).map_or(0, |code| {
                    let codes = coded.codes();
                    rows.filter(|r| codes[*r as usize] == code).filter(seen).count()
                }),
                Some(Column::Entries(all)) => rows
                    .filter(|r| all[*r as usize].as_ref().is_some_and(|named| named.contains(&entry)))
                    .filter(seen)
                    .count(),
                _ => 0,
            };
            if count > 0 {
                found.push(ReferenceCount {
                    book: other.id.clone(),
                    title: other.title.clone(),
                    title_en: other.title_en.clone(),
                    field: field.id.clone(),
                    field_title: field.title.clone(),
                    count,
                });
            }
        }
    }
    found
}

/// One masked value in the clear; that somebody looked, and why, is kept in the audit.
///
/// # Errors
/// [`BooksFault`] when the entry or the right is not there, or no reason is given.
pub fn unmask(
    park: &mut Park,
    actor: &Actor,
    id: EntryId,
    field: &FieldId,
    reason: &str,
) -> Result<Option<Cell>> {
    let snapshot = park.snapshot()?;
    let library = std::sync::Arc::clone(&park.library);
    let sight = Sight::new(&library.content, snapshot, actor);
    let (book, entry) = head(park, &sight, id)?;
    actor.need(Right::Unmask, book)?;
    book.field(field).ok_or(Refusal::NotFound)?;
    if reason.trim().is_empty() {
        return Err(BooksFault::NoReason);
    }
    let by = By { at: park.clock.now(), who: &actor.name, from: &actor.from };
    let detail = serde_json::json!({ "book": book.id, "field": field, "reason": reason.trim() });
    park.store.audit(&by.event("unmask", &format!("entry {id}"), detail))?;
    Ok(entry.payload.get(field).map(|value| Cell {
        text: value.to_string(),
        value: super::cell::json(value),
        masked: false,
        entry: None,
    }))
}
