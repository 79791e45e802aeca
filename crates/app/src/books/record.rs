//! Writing entries by form and from the clipboard: checked as a file is, based on a version, with a reason, once only.
//!
//! What an enterprise reported about itself is corrected by the enterprise, visibly; of the committee only whoever is
//! answerable for the book (who may accept its files) corrects it, and the history says so. An enterprise in turn
//! changes only what it reported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::content::Content;
use model::definition::Book;
use model::entry::{CellPlace, Entry, EntryState, EntryWrite, OriginTable, OriginTableId, Origins};
use model::finding::Finding;
use model::id::{BookId, EntryId, FieldId};
use serde::{Deserialize, Serialize};
use store::{NewSource, RevisionKind, WriteOutcome, WriteRequest, digest_hex};
use utoipa::ToSchema;

use super::entry::{EntryView, head, view};
use super::form::{Filled, Keys, Values, fill_all};
use super::places::Places;
use super::{BooksFault, Cell, Result, Sight};
use crate::access::{Actor, Refusal, Right, Scope};
use crate::import::Change;
use crate::ledger::StoreError;
use crate::messages::books as say;
use crate::park::Park;

/// Rows of one paste.
const MOST_ROWS: usize = 5_000;

/// A new entry.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct NewEntry {
    /// Its values by field: JSON, or text as it would be typed.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub values: Values,
    /// Why.
    pub why: String,
}

/// A change of an entry.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct Edit {
    /// The values that change, by field; null takes one out.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub values: Values,
    /// Why.
    pub why: String,
}

/// Values that are looked at and not written.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Checked {
    /// What is wrong or doubtful, by field.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
    /// The values as they were understood.
    #[schema(value_type = BTreeMap<String, Cell>)]
    pub values: BTreeMap<FieldId, Cell>,
}

/// Rows from the clipboard.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct Paste {
    /// The rows.
    pub rows: Vec<PasteRow>,
    /// Why.
    #[serde(default)]
    pub why: String,
    /// Only say what would happen.
    #[serde(default)]
    pub dry_run: bool,
}

/// One row from the clipboard.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct PasteRow {
    /// The entry it changes; none for a new one – or for the one its key belongs to.
    #[serde(default)]
    pub entry: Option<u64>,
    /// The version it is based on.
    #[serde(default)]
    pub based_on: Option<u32>,
    /// Its values by field.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub values: Values,
}

/// What a paste does.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PasteOutcome {
    /// What is wrong or doubtful, by row and field. An error anywhere keeps all rows from being written.
    pub findings: Vec<RowFinding>,
    /// Entries that do not exist yet.
    pub new: usize,
    /// Entries whose values differ.
    pub changed: usize,
    /// Entries that stay as they are.
    pub unchanged: usize,
    /// The revision; none while nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
}

/// A finding about a row.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RowFinding {
    /// The row's place in the request, from 0.
    pub row: usize,
    /// What was found.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub finding: Finding,
}

/// What every write is given besides its values.
struct Asked<'a> {
    park: &'a mut Park,
    actor: &'a Actor,
    why: &'a str,
    /// A name for this very request, made of the caller's and of what it asks.
    key: Option<String>,
    /// A use case decides which fields change: who reported them before does not matter.
    by_step: bool,
    /// A file that comes with it.
    source: Option<NewSource>,
}

/// Values as they would be understood and judged; nothing is written.
///
/// # Errors
/// [`BooksFault`] when the book or the entry is not there for this person, or it may not be written.
pub fn check(
    park: &Park,
    actor: &Actor,
    book: &BookId,
    entry: Option<EntryId>,
    values: &Values,
) -> Result<Checked> {
    let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
    let book = sight.book(book)?;
    actor.need(Right::Record, book)?;
    let head = entry.map(|id| head_of(park, &sight, book, id)).transpose()?;
    let filled = fill_all(park, &sight, book, vec![(head, values)], Keys::Taken)?;
    let one = filled.into_iter().next().ok_or(Refusal::NotFound)?;
    let cell = |field: &FieldId| {
        Some((field.clone(), sight.cell(book.field(field)?, one.draft.payload.get(field)?)))
    };
    let cells = values.keys().filter_map(|name| cell(&FieldId::from(name.as_str()))).collect();
    Ok(Checked { findings: one.findings, values: cells })
}

/// An active entry of this very book.
fn head_of(park: &Park, sight: &Sight<'_>, book: &Book, id: EntryId) -> Result<Entry> {
    let (of, entry) = head(park, sight, id)?;
    let is = of.id == book.id && entry.state == EntryState::Active;
    if is { Ok(entry) } else { Err(Refusal::NotFound.into()) }
}

/// Writes a new entry. `key` names the request: sent again, it is answered, not done twice.
///
/// # Errors
/// [`BooksFault`] when it may not or cannot be written; nothing is then.
pub fn create(
    park: &mut Park,
    actor: &Actor,
    book: &BookId,
    new: &NewEntry,
    key: Option<&str>,
) -> Result<EntryView> {
    create_with(park, actor, book, (new, None), key)
}

/// The same with a file the entry is about, which is kept among the originals by the same transaction.
pub(crate) fn create_with(
    park: &mut Park,
    actor: &Actor,
    book: &BookId,
    (new, source): (&NewEntry, Option<NewSource>),
    key: Option<&str>,
) -> Result<EntryView> {
    let key = key.map(|k| request_key(actor, k, &(book, &new.values, &new.why)));
    let mut asked = Asked { park, actor, why: new.why.trim(), key, by_step: false, source };
    if let Some(done) = asked.replayed()? {
        return asked.written(&done, Vec::new());
    }
    let library = Arc::clone(&asked.park.library);
    let filled = {
        let sight = asked.sight(&library.content)?;
        let book = sight.book(book)?;
        actor.need(Right::Record, book)?;
        let mut filled = fill_all(asked.park, &sight, book, vec![(None, &new.values)], Keys::Taken)?;
        asked.judged(&sight, book, filled.pop().ok_or(Refusal::NotFound)?)?
    };
    let findings = filled.findings.clone();
    let outcome = asked.write(vec![filled])?;
    asked.written(&outcome, findings)
}

/// An entry that is written together with others.
#[derive(Clone, PartialEq, Debug)]
pub struct Together {
    /// Its book.
    pub book: BookId,
    /// The entry that changes, with the version the change is based on; none for a new one.
    pub changes: Option<(EntryId, u32)>,
    /// Its values by field.
    pub values: Values,
    /// A field that refers to one of the entries before it, by its place.
    pub refers: Option<(FieldId, usize)>,
}

/// Writes entries of several books as one revision: all of them, or none. `key` is the request's name and what was asked
/// under it, which may be less than the entries say.
///
/// # Errors
/// [`BooksFault`] when one of them may not or cannot be written.
pub fn write_together(
    park: &mut Park,
    actor: &Actor,
    entries: &[Together],
    why: &str,
    key: Option<(&str, &impl Serialize)>,
) -> Result<WriteOutcome> {
    let key = key.map(|(key, asked)| request_key(actor, key, asked));
    let mut asked = Asked { park, actor, why: why.trim(), key, by_step: false, source: None };
    if let Some(done) = asked.replayed()? {
        return Ok(done);
    }
    let library = Arc::clone(&asked.park.library);
    let sight = asked.sight(&library.content)?;
    let mut ready: Vec<Filled> = Vec::with_capacity(entries.len());
    let mut next = asked.park.store.next_entry_id()?;
    // Entries of one book that stand together are judged together.
    for group in entries.chunk_by(|a, b| a.book == b.book) {
        let book = sight.book(&group[0].book)?;
        actor.need(Right::Record, book)?;
        let mut rows = Vec::with_capacity(group.len());
        for one in group {
            let head = one.changes.map(|(entry, _)| head_of(asked.park, &sight, book, entry)).transpose()?;
            if let (Some(entry), Some((_, based_on))) = (&head, one.changes) {
                asked.fresh(&sight, book, entry, based_on, &one.values)?;
            }
            rows.push((head, &one.values));
        }
        for (one, mut filled) in group.iter().zip(fill_all(asked.park, &sight, book, rows, Keys::Taken)?) {
            if filled.head.is_none() {
                filled.draft.entry = next;
                next = EntryId(next.0 + 1);
            }
            if let Some(to) = one.refers.as_ref().and_then(|(field, at)| Some((field, ready.get(*at)?))) {
                filled.draft.payload.insert(to.0.clone(), model::value::Value::Entry(to.1.draft.entry));
            }
            let judged = asked.judged(&sight, book, filled)?;
            ready.push(judged);
        }
    }
    asked.write(ready)
}

/// Changes an entry that must be at the version the change is based on.
///
/// # Errors
/// [`BooksFault`] when it may not or cannot be written; nothing is then.
pub fn edit(
    park: &mut Park,
    actor: &Actor,
    id: EntryId,
    based_on: u32,
    edit: &Edit,
    key: Option<&str>,
) -> Result<EntryView> {
    edited(park, actor, (id, based_on), (edit, false), key)
}

/// The same for a use case that decides itself which fields change: an enterprise rates the answer to its demand, whose state the
/// committee wrote.
pub(crate) fn edit_by_step(
    park: &mut Park,
    actor: &Actor,
    id: EntryId,
    based_on: u32,
    edit: &Edit,
    key: Option<&str>,
) -> Result<EntryView> {
    edited(park, actor, (id, based_on), (edit, true), key)
}

fn edited(
    park: &mut Park,
    actor: &Actor,
    (id, based_on): (EntryId, u32),
    (edit, by_step): (&Edit, bool),
    key: Option<&str>,
) -> Result<EntryView> {
    let key = key.map(|k| request_key(actor, k, &(id, based_on, &edit.values, &edit.why)));
    let mut asked = Asked { park, actor, why: edit.why.trim(), key, by_step, source: None };
    if let Some(done) = asked.replayed()? {
        return asked.written(&done, Vec::new());
    }
    let library = Arc::clone(&asked.park.library);
    let filled = {
        let sight = asked.sight(&library.content)?;
        let (book, entry) = head(asked.park, &sight, id)?;
        actor.need(Right::Record, book)?;
        asked.fresh(&sight, book, &entry, based_on, &edit.values)?;
        let mut filled = fill_all(asked.park, &sight, book, vec![(Some(entry), &edit.values)], Keys::Taken)?;
        asked.judged(&sight, book, filled.pop().ok_or(Refusal::NotFound)?)?
    };
    if filled.draft.change == Change::Unchanged {
        return super::entry::entry(asked.park, actor, id);
    }
    let findings = filled.findings.clone();
    let outcome = asked.write(vec![filled])?;
    asked.written(&outcome, findings)
}

/// Takes an entry back; its history stays.
///
/// # Errors
/// [`BooksFault`] when it may not be taken back.
pub fn withdraw(
    park: &mut Park,
    actor: &Actor,
    id: EntryId,
    based_on: u32,
    why: &str,
    key: Option<&str>,
) -> Result<EntryView> {
    let key = key.map(|k| request_key(actor, k, &(id, based_on, why)));
    let asked = Asked { park, actor, why: why.trim(), key, by_step: false, source: None };
    if let Some(done) = asked.replayed()? {
        return asked.written(&done, Vec::new());
    }
    let library = Arc::clone(&asked.park.library);
    let entry = {
        let sight = asked.sight(&library.content)?;
        let (book, entry) = head(asked.park, &sight, id)?;
        actor.need(Right::Record, book)?;
        asked.fresh(&sight, book, &entry, based_on, &Values::new())?;
        asked.reported(book, &entry, entry.payload.keys())?;
        entry
    };
    let mut request = asked.request()?;
    request.writes = vec![EntryWrite {
        book: entry.book,
        key: entry.key,
        entry: Some(entry.id),
        based_on: entry.version,
        state: EntryState::Withdrawn,
        payload: entry.payload,
        origins: entry.origins,
    }];
    let outcome = asked.park.store.write(&request)?;
    asked.written(&outcome, Vec::new())
}

/// Writes rows from the clipboard as one revision, or says what that would do. One row with an error keeps all back.
///
/// # Errors
/// [`BooksFault`] when the book may not be written or an entry was changed since.
pub fn paste(
    park: &mut Park,
    actor: &Actor,
    book: &BookId,
    paste: &Paste,
    key: Option<&str>,
) -> Result<PasteOutcome> {
    let key = key.filter(|_| !paste.dry_run).map(|k| {
        let rows: Vec<_> = paste.rows.iter().map(|r| (r.entry, r.based_on, &r.values)).collect();
        request_key(actor, k, &(book, rows, &paste.why))
    });
    let mut asked = Asked { park, actor, why: paste.why.trim(), key, by_step: false, source: None };
    let library = Arc::clone(&asked.park.library);
    let sight = asked.sight(&library.content)?;
    let book = sight.book(book)?;
    actor.need(Right::Record, book)?;
    if paste.rows.len() > MOST_ROWS {
        return Err(BooksFault::Query(super::QueryFault::TooManyRows(MOST_ROWS)));
    }
    let replayed = asked.replayed()?;
    let rows = asked.pasted(&sight, book, &paste.rows)?;
    let filled = fill_all(asked.park, &sight, book, rows, Keys::Find)?;
    let mut outcome = PasteOutcome {
        findings: Vec::new(),
        new: 0,
        changed: 0,
        unchanged: 0,
        revision: replayed.as_ref().map(|r| r.revision.0),
    };
    for (row, one) in filled.iter().enumerate() {
        match one.draft.change {
            Change::New => outcome.new += 1,
            Change::Changed(_) => outcome.changed += 1,
            Change::Unchanged => outcome.unchanged += 1,
        }
        outcome.findings.extend(one.findings.iter().map(|f| RowFinding { row, finding: f.clone() }));
    }
    let wrong = filled.iter().any(Filled::has_errors);
    if paste.dry_run || replayed.is_some() || wrong {
        return Ok(outcome);
    }
    let changing: Vec<Filled> = filled.into_iter().filter(|f| f.draft.change != Change::Unchanged).collect();
    let mut judged = Vec::with_capacity(changing.len());
    for one in changing {
        judged.push(asked.judged(&sight, book, one)?);
    }
    if !judged.is_empty() {
        outcome.revision = Some(asked.write(judged)?.revision.0);
    }
    Ok(outcome)
}

/// A name for a request in the store: the caller's own, and a digest of what is asked, so that another request under the
/// same name is not answered by the first.
fn request_key(actor: &Actor, key: &str, asked: &impl Serialize) -> String {
    let asked = serde_json::to_vec(asked).expect("values are plain JSON");
    format!("{}:{key}#{}", actor.name, &digest_hex(&asked)[..16])
}

impl Asked<'_> {
    fn sight<'c>(&self, content: &'c Content) -> std::result::Result<Sight<'c>, StoreError>
    where
        Self: 'c,
    {
        Ok(Sight::new(content, self.park.snapshot()?, self.actor))
    }

    /// What this very request became when it was sent before.
    fn replayed(&self) -> Result<Option<WriteOutcome>> {
        Ok(self.key.as_ref().map(|key| self.park.store.replayed(key)).transpose()?.flatten())
    }

    fn request(&self) -> Result<WriteRequest> {
        if self.why.is_empty() {
            return Err(BooksFault::NoReason);
        }
        let mut request =
            WriteRequest::new(self.park.clock.now(), &self.actor.name, self.why, RevisionKind::Record);
        request.idempotency_key.clone_from(&self.key);
        request.source.clone_from(&self.source);
        Ok(request)
    }

    /// The entry is active and at the version a change is based on.
    fn fresh(
        &self,
        sight: &Sight<'_>,
        book: &Book,
        entry: &Entry,
        based_on: u32,
        values: &Values,
    ) -> Result<()> {
        if entry.version != based_on {
            let current = Box::new(view(self.park, sight, book, entry)?);
            return Err(BooksFault::Stale { current, yours: values.clone() });
        }
        if entry.state == EntryState::Active { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    /// The rows of a paste with the entries they change: named, or found by their key.
    fn pasted<'v>(
        &self,
        sight: &Sight<'_>,
        book: &Book,
        rows: &'v [PasteRow],
    ) -> Result<Vec<(Option<Entry>, &'v Values)>> {
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let head = row.entry.map(|id| head_of(self.park, sight, book, EntryId(id))).transpose()?;
            if let (Some(entry), Some(based_on)) = (&head, row.based_on) {
                self.fresh(sight, book, entry, based_on, &row.values)?;
            }
            found.push((head, &row.values));
        }
        Ok(found)
    }

    /// An entry that may be written as it is now wanted.
    fn judged(&self, sight: &Sight<'_>, book: &Book, filled: Filled) -> Result<Filled> {
        if filled.has_errors() {
            return Err(BooksFault::Invalid(filled.findings));
        }
        let scope = self.actor.scope(book);
        // Who records or hands on a guarded row need not be one of those who see it afterwards.
        let guarded = matches!(scope, Scope::Unguarded { .. });
        if !guarded && !scope.holds(filled.draft.entry, &filled.draft.payload) {
            return Err(Refusal::NotAllowed { right: Right::Record, book: Some(book.id.clone()) }.into());
        }
        if let Some(before) = filled.head.as_ref()
            && !sight.actor.sees(book, before)
        {
            return Err(Refusal::NotFound.into());
        }
        if let (Some(before), Change::Changed(changes)) = (&filled.head, &filled.draft.change) {
            self.reported(book, before, changes.iter().map(|c| &c.field))?;
        }
        Ok(filled)
    }

    /// Whether this person may change these values, by who reported them.
    fn reported<'f>(
        &self,
        book: &Book,
        before: &Entry,
        fields: impl Iterator<Item = &'f FieldId>,
    ) -> Result<()> {
        let enterprise = self.actor.is_enterprise();
        if self.by_step || (!enterprise && self.actor.may(Right::Accept, book)) {
            return Ok(());
        }
        let mut places = Places::new(self.park);
        for field in fields.filter(|f| before.payload.contains_key(*f)) {
            let title = || book.field(field).map_or_else(|| field.to_string(), |f| f.title.clone());
            match (enterprise, places.reported(&before.origins, field)?) {
                (false, true) => return Err(BooksFault::Reported(title())),
                (true, false) => return Err(BooksFault::NotReported(title())),
                _ => {}
            }
        }
        Ok(())
    }

    fn write(&mut self, filled: Vec<Filled>) -> Result<WriteOutcome> {
        let mut request = self.request()?;
        let place = if self.actor.is_enterprise() { CellPlace::Reported } else { CellPlace::Typed };
        let file = if self.actor.is_enterprise() { say::REPORTED } else { say::TYPED };
        let mut fields: BTreeMap<FieldId, CellPlace> = BTreeMap::new();
        for one in filled {
            let Filled { head, draft, raw, findings } = one;
            let (origins, typed) = origins(head.as_ref(), &draft.change, &draft.payload, raw);
            fields.extend(typed.into_iter().map(|f| (f, place.clone())));
            request.findings.extend(findings);
            request.writes.push(EntryWrite {
                book: draft.book,
                key: draft.key,
                entry: Some(draft.entry),
                based_on: draft.based_on,
                state: EntryState::Active,
                payload: draft.payload,
                origins,
            });
        }
        request.origin_tables = vec![OriginTable {
            source: String::new(),
            file: file.to_owned(),
            sheet: self.actor.display.clone(),
            fields,
        }];
        Ok(self.park.store.write(&request)?)
    }

    /// The entry a write made, as it is now.
    fn written(&self, outcome: &WriteOutcome, findings: Vec<Finding>) -> Result<EntryView> {
        let id = outcome.entries.first().copied().ok_or(Refusal::NotFound)?;
        // Shown to who wrote it, whoever sees it afterwards.
        let sight = self.sight(&self.park.library().content)?;
        let entry = self.park.store().entry(id)?.ok_or(Refusal::NotFound)?;
        let mut view = view(self.park, &sight, sight.book(&entry.book)?, &entry)?;
        view.findings = findings;
        Ok(view)
    }
}

/// Where the values come from after a write, and the fields that were typed. What did not change keeps its origin.
pub(super) fn origins(
    head: Option<&Entry>,
    change: &Change,
    payload: &model::value::Payload,
    raw: BTreeMap<FieldId, String>,
) -> (Origins, BTreeSet<FieldId>) {
    let (Some(head), Change::Changed(changes)) = (head, change) else {
        let typed: BTreeSet<FieldId> = payload.keys().cloned().collect();
        return (Origins { places: vec![(OriginTableId(0), 0, Vec::new())], raw }, typed);
    };
    let changed: BTreeSet<FieldId> = changes.iter().map(|c| c.field.clone()).collect();
    let typed: BTreeSet<FieldId> = changed.iter().filter(|f| payload.contains_key(*f)).cloned().collect();
    let mut places = Vec::new();
    if !typed.is_empty() {
        places.push((OriginTableId(0), 0, typed.iter().cloned().collect::<Vec<_>>()));
    }
    for (table, row, fields) in &head.origins.places {
        // A list that loses its last field must go: an empty one is the default for all others.
        let left: Vec<FieldId> = fields.iter().filter(|f| !changed.contains(*f)).cloned().collect();
        if fields.is_empty() || !left.is_empty() {
            places.push((*table, *row, left));
        }
    }
    let mut texts = head.origins.raw.clone();
    texts.retain(|field, _| !changed.contains(field));
    texts.extend(raw.into_iter().filter(|(field, _)| typed.contains(field)));
    (Origins { places, raw: texts }, typed)
}
