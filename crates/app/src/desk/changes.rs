//! What a file would change, or what a revision changed, entry by entry and field by field.

use std::collections::BTreeSet;

use model::content::Content;
use model::definition::Book;
use model::entry::OriginTable;
use model::finding::Place;
use model::id::{EntryId, FieldId};
use model::value::{Payload, Value};
use rustc_hash::FxHashMap;
use serde::Serialize;
use store::StagedId;
use utoipa::ToSchema;

use super::pending::{Plan, row_place};
use super::{Desk, DeskFault};
use crate::access::{Actor, mask};
use crate::import::{Change, Draft};
use crate::ledger::locate;
use crate::naming::Naming;
use crate::park::Park;
use crate::shapes;

/// Changes, a page of them.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChangeList {
    /// How many there are.
    pub total: usize,
    /// In the order of books and rows.
    pub items: Vec<ChangeView>,
}

/// One entry that changes.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// Its book.
    pub book: String,
    /// The book's title.
    pub book_title: String,
    /// The entry; none while it is new.
    pub entry: Option<u64>,
    /// Its key.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// `new`, `changed`, `unchanged` or `withdrawn`.
    pub kind: &'static str,
    /// Its row.
    #[schema(value_type = shapes::Place)]
    pub place: Place,
    /// What changes.
    pub fields: Vec<FieldChangeView>,
}

/// One field that changes.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = FieldChange)]
pub struct FieldChangeView {
    /// The field.
    pub field: String,
    /// Its title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// Its value before, as people read it.
    pub before: String,
    /// Its value after.
    pub after: String,
    /// The cell the value after stands in.
    pub cell: String,
    /// Whether both are masked.
    pub masked: bool,
}

/// Says what values of entries are, for somebody.
pub(super) struct Teller<'a> {
    pub content: &'a Content,
    pub naming: Naming<'a>,
    pub actor: &'a Actor,
    /// Entries that are not in the ledger yet, as the file has them.
    pub new: FxHashMap<EntryId, &'a Draft>,
}

impl Desk {
    /// A page of what a staged file would change; only changes of one kind when asked.
    ///
    /// # Errors
    /// As [`Desk::plan`].
    pub fn changes(
        &self,
        park: &Park,
        actor: &Actor,
        id: StagedId,
        kind: Option<&str>,
        (offset, limit): (usize, usize),
    ) -> Result<ChangeList, DeskFault> {
        let plan = self.plan(park, actor, id)?;
        let chosen: Vec<&Draft> = match kind {
            Some(kind) => plan.staged.drafts.iter().filter(|draft| word(&draft.change) == kind).collect(),
            // What stays is only shown when asked for.
            None => plan.staged.drafts.iter().filter(|draft| draft.change != Change::Unchanged).collect(),
        };
        let (content, naming) = (plan.content(), park.naming()?);
        let new = plan.staged.drafts.iter().filter(|draft| draft.change == Change::New);
        let new = new.map(|draft| (draft.entry, draft)).collect();
        let mut teller = Teller { content, naming, actor, new };
        let page = chosen.iter().skip(offset).take(limit);
        let items: Result<Vec<ChangeView>, DeskFault> =
            page.map(|draft| teller.draft(&plan, draft)).collect();
        Ok(ChangeList { total: chosen.len(), items: items? })
    }
}

fn word(change: &Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed(_) => "changed",
        Change::Unchanged => "unchanged",
    }
}

impl Teller<'_> {
    fn draft(&mut self, plan: &Plan, draft: &Draft) -> Result<ChangeView, DeskFault> {
        let book = self.content.books.get(&draft.book);
        let fields: Vec<(&FieldId, Option<&Value>, Option<&Value>)> = match &draft.change {
            Change::New => draft.payload.iter().map(|(field, value)| (field, None, Some(value))).collect(),
            Change::Changed(changes) => {
                changes.iter().map(|c| (&c.field, c.old.as_ref(), c.new.as_ref())).collect()
            }
            Change::Unchanged => Vec::new(),
        };
        let mut shown = Vec::with_capacity(fields.len());
        for (field, before, after) in fields {
            let cell = cell(plan, draft, field);
            shown.push(self.field(book, field, (before, after), cell)?);
        }
        Ok(ChangeView {
            book: draft.book.to_string(),
            book_title: book.map(|book| book.title.clone()).unwrap_or_default(),
            entry: (draft.based_on > 0).then_some(draft.entry.0),
            key: self.key(book, &draft.payload)?,
            title: self.title(book, &draft.payload)?,
            kind: word(&draft.change),
            place: row_place(plan, draft),
            fields: shown,
        })
    }

    /// One field before and after.
    pub fn field(
        &mut self,
        book: Option<&Book>,
        field: &FieldId,
        (before, after): (Option<&Value>, Option<&Value>),
        cell: String,
    ) -> Result<FieldChangeView, DeskFault> {
        let definition = book.and_then(|book| book.field(field));
        let masked = definition.is_some_and(|definition| self.actor.masks(definition));
        let mut say = |value: Option<&Value>| -> Result<String, DeskFault> {
            let text = self.shown(value)?;
            Ok(match definition {
                Some(definition) if masked => mask(&definition.kind, &text),
                _ => text,
            })
        };
        let (before, after) = (say(before)?, say(after)?);
        Ok(FieldChangeView {
            field: field.to_string(),
            title: definition.map_or_else(|| field.to_string(), |d| d.title.clone()),
            title_en: definition.map_or_else(|| field.to_string(), |d| d.title_en.clone()),
            before,
            after,
            cell,
            masked,
        })
    }

    /// All fields in which two versions differ.
    pub fn between(
        &mut self,
        book: Option<&Book>,
        before: &Payload,
        after: &Payload,
        cell: impl Fn(&FieldId) -> Result<String, DeskFault>,
    ) -> Result<Vec<FieldChangeView>, DeskFault> {
        let fields: BTreeSet<&FieldId> = before.keys().chain(after.keys()).collect();
        let differ = fields.into_iter().filter(|field| before.get(*field) != after.get(*field));
        differ.map(|f| self.field(book, f, (before.get(f), after.get(f)), cell(f)?)).collect()
    }

    /// What an entry with these values is called: its display field, else its key.
    pub fn title(&mut self, book: Option<&Book>, payload: &Payload) -> Result<String, DeskFault> {
        match book.and_then(|book| book.display.as_ref()).and_then(|display| payload.get(display)) {
            Some(value) => self.shown(Some(value)),
            None => self.key(book, payload),
        }
    }

    /// The key as people read it.
    pub fn key(&mut self, book: Option<&Book>, payload: &Payload) -> Result<String, DeskFault> {
        let key = book.map(|book| book.key.as_slice()).unwrap_or_default();
        let parts: Result<Vec<String>, DeskFault> =
            key.iter().map(|field| self.shown(payload.get(field))).collect();
        Ok(parts?.join(" · "))
    }

    /// A value as people read it. Entries the file itself brings are called what the file calls them.
    pub fn shown(&mut self, value: Option<&Value>) -> Result<String, DeskFault> {
        match value {
            Some(Value::Entry(entry)) => self.entry(*entry),
            Some(Value::Entries(entries)) => {
                let titles: Result<Vec<String>, DeskFault> =
                    entries.iter().map(|entry| self.entry(*entry)).collect();
                Ok(titles?.join("、"))
            }
            other => Ok(self.naming.shown(other)?),
        }
    }

    fn entry(&mut self, entry: EntryId) -> Result<String, DeskFault> {
        match self.new.get(&entry).copied() {
            Some(draft) => {
                let book = self.content.books.get(&draft.book);
                self.title(book, &draft.payload)
            }
            None => Ok(self.naming.title(entry)?.to_string()),
        }
    }
}

/// The cell of a draft's field, if the value comes from this file.
fn cell(plan: &Plan, draft: &Draft, field: &FieldId) -> String {
    let Some((table, row)) = draft.origins.place(field) else { return String::new() };
    let own: Option<&OriginTable> =
        usize::try_from(table.0).ok().and_then(|index| plan.staged.tables.get(index));
    own.map(|table| {
        let mut place = Place::default();
        locate(table, row, field, &mut place);
        place.cell
    })
    .unwrap_or_default()
}
