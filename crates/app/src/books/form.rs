//! Values from a form or the clipboard: JSON, or the text a clerk would type, read as a cell of a sheet would be; then
//! judged as a file would be – bounds, required fields, the key, the book's own checks.
//!
//! Deliberately absent: writing (`record.rs`). What is wrong is a finding about a field; nothing here is an error.

use std::collections::BTreeMap;

use figures::Table;
use figures::column::Column;
use model::definition::{Book, Field, FieldKind, Percent};
use model::entry::{Entry, EntryState, key_text};
use model::field::{self, FigureNames, RawCell, ReadContext, Trouble};
use model::finding::{Finding, Place, Severity};
use model::id::{BookId, EntryId, FieldId};
use model::text::{name_key, squeeze, tidy};
use model::value::{Payload, Value};
use rustc_hash::FxHashSet;
use serde_json::Value as Json;

use super::sight::payload_of;
use super::{Result, Sight};
use crate::import::{Change, Draft, FieldChange, NearLedger, judge, roles};
use crate::messages::books as say;
use crate::messages::import::out_of_bounds;
use crate::park::Park;

/// Values by field, as they were sent.
pub type Values = BTreeMap<String, Json>;

/// One entry as somebody wants it to be.
pub(super) struct Filled {
    /// The entry it changes, withdrawn ones included when their key comes back.
    pub head: Option<Entry>,
    /// All values after the write, and what changes.
    pub draft: Draft,
    /// Texts that are not exactly their value.
    pub raw: BTreeMap<FieldId, String>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

impl Filled {
    /// Whether something keeps it from being written.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

/// What a key of an entry that exists means, where no entry is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// A new entry may not have it.
    Taken,
    /// It is this entry that changes.
    Find,
}

/// Reads and judges entries of one book together, so that they are compared with each other too.
pub(super) fn fill_all(
    park: &Park,
    sight: &Sight<'_>,
    book: &Book,
    rows: Vec<(Option<Entry>, &Values)>,
    keys: Keys,
) -> Result<Vec<Filled>> {
    let mut next = park.store().next_entry_id()?;
    let mut filled = Vec::with_capacity(rows.len());
    for (head, values) in rows {
        let unnamed = head.is_none() && keys == Keys::Find;
        let mut one = fill(park, sight, book, head, values)?;
        if unnamed
            && let Some(known) = park.store().by_key(&book.id, &one.draft.key)?
            && known.state == EntryState::Active
            && sight.actor.sees(book, &known)
        {
            one = fill(park, sight, book, Some(known), values)?;
        }
        if one.head.is_none() {
            one.draft.entry = next;
            next = EntryId(next.0 + 1);
        }
        filled.push(one);
    }
    repeated_keys(&mut filled);
    let drafts: Vec<Draft> = filled.iter().map(|f| f.draft.clone()).collect();
    let near = near(sight, book, &drafts);
    let named = named(sight, book, &drafts);
    let ledger = NearLedger { store: park.store(), near };
    let found = judge(sight.content, &ledger, book, drafts, named)?;
    for (index, finding) in found {
        filled[index].findings.push(finding);
    }
    for one in &mut filled {
        for finding in &mut one.findings {
            finding.place.entry = one.head.as_ref().map(|h| h.id);
        }
        one.findings.sort_by_key(|f| std::cmp::Reverse(f.severity));
    }
    Ok(filled)
}

fn fill(park: &Park, sight: &Sight<'_>, book: &Book, head: Option<Entry>, values: &Values) -> Result<Filled> {
    let mut findings = Vec::new();
    let mut raw = BTreeMap::new();
    let mut payload = head.as_ref().map(|h| h.payload.clone()).unwrap_or_default();
    for (name, json) in values {
        let Some(field) = book.fields.get(name.as_str()) else {
            findings.push(about(book, None, Severity::Error, "unknown-field", say::unknown_field(name)));
            continue;
        };
        let is_mask = |value: &Value| Some(sight.text(field, value).as_str()) == json.as_str();
        if sight.actor.masks(field) && payload.get(&field.id).is_some_and(is_mask) {
            // The mask came back as it was shown: nothing was changed.
            continue;
        }
        let read = Reading { sight, book, field }.read(json, &mut findings);
        match read {
            Read::Value(value) => {
                let text = json.as_str().map(tidy).filter(|t| !t.is_empty());
                raw.extend(text.filter(|t| *t != value.to_string()).map(|t| (field.id.clone(), t)));
                payload.insert(field.id.clone(), value);
            }
            Read::Nothing => {
                payload.remove(&field.id);
            }
            Read::Trouble => {}
        }
    }
    for field in book.fields.values() {
        let needed = field.required || book.key.contains(&field.id);
        let said = findings.iter().any(|f| f.place.field.as_ref() == Some(&field.id));
        if needed && !payload.contains_key(&field.id) && !said {
            let said = say::required(&field.title);
            findings.push(about(book, Some(field), Severity::Error, "required-missing", said));
        }
    }
    coarse_time(book, &payload, &mut findings);
    let (head, key) = keyed(park, sight, book, head, &payload, &mut findings)?;
    Ok(Filled { draft: draft(book, head.as_ref(), key, payload), head, raw, findings })
}

fn about(
    book: &Book,
    field: Option<&Field>,
    severity: Severity,
    code: &str,
    said: (String, String),
) -> Finding {
    let (message, hint) = said;
    let place = Place { book: Some(book.id.clone()), field: field.map(|f| f.id.clone()), ..Place::default() };
    Finding { code: code.to_owned(), severity, place, message, hint }
}

/// A series entry must be of a period as long as the series has them.
fn coarse_time(book: &Book, payload: &Payload, findings: &mut Vec<Finding>) {
    let (Some(time), Some(every)) = (&book.time, book.every) else { return };
    let Some(field) = book.field(time) else { return };
    if let Some(Value::Period(period)) = payload.get(time)
        && period.window != every.window()
    {
        let said = say::other_period(&period.to_string());
        findings.push(about(book, Some(field), Severity::Error, "period-other", said));
    }
}

/// The key, and the entry it belongs to: a key of somebody else's is taken, one of a withdrawn entry brings it back.
fn keyed(
    park: &Park,
    sight: &Sight<'_>,
    book: &Book,
    head: Option<Entry>,
    payload: &Payload,
    findings: &mut Vec<Finding>,
) -> Result<(Option<Entry>, String)> {
    let Some(key) = key_text(payload, &book.key) else { return Ok((head, String::new())) };
    let Some(other) = park.store().by_key(&book.id, &key)? else { return Ok((head, key)) };
    if head.as_ref().is_some_and(|h| h.id == other.id) {
        return Ok((head, key));
    }
    if other.state == EntryState::Withdrawn {
        return Ok((head.or(Some(other)), key));
    }
    let field = book.key.first().and_then(|f| book.field(f));
    let title = if sight.actor.sees(book, &other) {
        sight.payload_title(book, &other.payload)
    } else {
        String::new()
    };
    findings.push(about(book, field, Severity::Error, "key-taken", say::key_taken(&title)));
    Ok((head, key))
}

fn draft(book: &Book, head: Option<&Entry>, key: String, payload: Payload) -> Draft {
    let active = head.filter(|h| h.state == EntryState::Active);
    let change = match active {
        None => Change::New,
        Some(head) => {
            let fields = head.payload.keys().chain(payload.keys().filter(|f| !head.payload.contains_key(*f)));
            let changed: Vec<FieldChange> = fields
                .filter(|f| head.payload.get(*f) != payload.get(*f))
                .map(|f| FieldChange {
                    field: f.clone(),
                    old: head.payload.get(f).cloned(),
                    new: payload.get(f).cloned(),
                })
                .collect();
            if changed.is_empty() { Change::Unchanged } else { Change::Changed(changed) }
        }
    };
    Draft {
        book: book.id.clone(),
        key,
        entry: head.map_or(EntryId(0), |h| h.id),
        based_on: head.map_or(0, |h| h.version),
        payload,
        origins: model::entry::Origins::default(),
        change,
        place: (0, 0),
    }
}

/// Two new entries of one paste may not have the same key.
fn repeated_keys(filled: &mut [Filled]) {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for one in filled.iter_mut().filter(|f| !f.draft.key.is_empty()) {
        if !seen.insert(one.draft.key.clone()) {
            let place = Place { book: Some(one.draft.book.clone()), ..Place::default() };
            let (message, hint) = say::key_repeated();
            one.findings.push(Finding {
                code: "key-repeated".to_owned(),
                severity: Severity::Error,
                place,
                message,
                hint,
            });
        }
    }
}

/// The entries drafts are compared with: of the same subjects, and those that say the same where that is checked.
fn near(sight: &Sight<'_>, book: &Book, drafts: &[Draft]) -> Vec<Entry> {
    use model::definition::CheckKind;
    let table = sight.table(book);
    let history =
        book.checks.iter().any(|c| matches!(c.kind, CheckKind::Slip(_) | CheckKind::Outlier { .. }));
    let subject = book.subject.as_ref().filter(|_| history);
    let subjects: FxHashSet<&Value> = drafts.iter().filter_map(|d| d.payload.get(subject?)).collect();
    let said = |fields: &[FieldId], value: &dyn Fn(&FieldId) -> Option<Value>| -> Option<Vec<Value>> {
        fields.iter().map(value).collect()
    };
    let same: Vec<(&Vec<FieldId>, FxHashSet<Vec<Value>>)> = book
        .checks
        .iter()
        .filter_map(|c| if let CheckKind::Duplicate(fields) = &c.kind { Some(fields) } else { None })
        .map(|fields| {
            (fields, drafts.iter().filter_map(|d| said(fields, &|f| d.payload.get(f).cloned())).collect())
        })
        .collect();
    let mut near = Vec::new();
    for row in (0u32..).take(table.len()) {
        let of_subject = subject.is_some_and(|s| table.value(row, s).is_some_and(|v| subjects.contains(&v)));
        let says_same = || {
            let of_row = |fields: &Vec<FieldId>| said(fields, &|f| table.value(row, f));
            same.iter().any(|(fields, known)| of_row(fields).is_some_and(|values| known.contains(&values)))
        };
        if of_subject || says_same() {
            let payload = payload_of(book, table, row);
            near.push(Entry {
                id: table.ids()[row as usize],
                book: book.id.clone(),
                key: key_text(&payload, &book.key).unwrap_or_default(),
                version: table.versions()[row as usize],
                revision: sight.snapshot.revision(),
                state: EntryState::Active,
                payload,
                origins: model::entry::Origins::default(),
            });
        }
    }
    near
}

/// The entries drafts refer to, for rules that look through a reference.
fn named(sight: &Sight<'_>, book: &Book, drafts: &[Draft]) -> Vec<(BookId, EntryId, Payload)> {
    let mut named: BTreeMap<EntryId, (BookId, Payload)> = BTreeMap::new();
    for (field, value) in drafts.iter().flat_map(|d| &d.payload) {
        let target = book.field(field).and_then(|f| f.kind.book()).and_then(|b| sight.content.books.get(b));
        let entries: &[EntryId] = match value {
            Value::Entry(entry) => std::slice::from_ref(entry),
            Value::Entries(entries) => entries,
            _ => continue,
        };
        let Some(target) = target else { continue };
        for entry in entries.iter().filter(|e| !named.contains_key(*e)).collect::<Vec<_>>() {
            if let Some(row) = sight.table(target).row(*entry) {
                let payload = payload_of(target, sight.table(target), row);
                named.insert(*entry, (target.id.clone(), payload));
            }
        }
    }
    named.into_iter().map(|(entry, (book, payload))| (book, entry, payload)).collect()
}

/// Figures by id and title, for fields that hold one.
#[derive(Debug)]
struct Figures<'c>(&'c model::content::Content);

impl FigureNames for Figures<'_> {
    fn figure(&self, text: &str) -> Option<String> {
        let by_title = || self.0.figures.values().find(|f| squeeze(&f.title) == text);
        self.0.figures.get(text).or_else(by_title).map(|f| f.id.to_string())
    }
}

/// What a form says about a field.
enum Read {
    /// This value.
    Value(Value),
    /// No value.
    Nothing,
    /// What cannot be read; it was told.
    Trouble,
}

/// One value being read.
struct Reading<'r> {
    sight: &'r Sight<'r>,
    book: &'r Book,
    field: &'r Field,
}

impl Reading<'_> {
    /// A value, nothing, or – told – neither.
    fn read(&self, json: &Json, findings: &mut Vec<Finding>) -> Read {
        let mut tell = |severity, code: &str, said| {
            findings.push(about(self.book, Some(self.field), severity, code, said));
        };
        if json.is_null() {
            return Read::Nothing;
        }
        if self.field.kind.book().is_some() {
            return match self.references(json) {
                Ok(value) => value.map_or(Read::Nothing, Read::Value),
                Err(said) => {
                    tell(Severity::Error, "unknown-entry", said);
                    Read::Trouble
                }
            };
        }
        match self.plain(json) {
            Ok(Some(Value::Number(number))) => {
                let low = self.field.min.filter(|min| number < *min);
                let high = self.field.max.filter(|max| number > *max);
                if low.is_some() || high.is_some() {
                    let said = out_of_bounds(&self.field.title, number, low, high, self.field.kind.unit());
                    tell(Severity::Error, "out-of-bounds", said);
                    return Read::Trouble;
                }
                Read::Value(Value::Number(number))
            }
            Ok(value) => value.map_or(Read::Nothing, Read::Value),
            Err(trouble) => {
                let Trouble { code, severity, message, hint, value } = trouble;
                tell(severity, code, (message, hint));
                value.map_or(Read::Trouble, Read::Value)
            }
        }
    }

    fn plain(&self, json: &Json) -> std::result::Result<Option<Value>, Trouble> {
        let content = self.sight.content;
        let text = match json {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        if matches!(self.field.kind, FieldKind::Boolean)
            && let Some(flag) = json.as_bool().or(match text.as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            })
        {
            return Ok(Some(Value::Flag(flag)));
        }
        let cell = RawCell { text: &text, ..RawCell::default() };
        let context = ReadContext {
            unit: self.field.kind.unit(),
            units: &content.units,
            intake: &content.intake,
            percent: Percent::Percent,
            figure: &Figures(content),
        };
        field::read(&self.field.kind, &cell, &context)
    }

    fn references(&self, json: &Json) -> std::result::Result<Option<Value>, (String, String)> {
        let many = matches!(self.field.kind, FieldKind::References { .. });
        let items: Vec<Json> = match json {
            Json::Array(items) => items.clone(),
            Json::String(text) if many => {
                text.split(['、', ',', '，', ';', '；']).map(|t| Json::String(t.to_owned())).collect()
            }
            other => vec![other.clone()],
        };
        let blank = |item: &Json| {
            item.is_null() || item.as_str().is_some_and(|t| field::is_blank(t, &self.sight.content.intake))
        };
        let mut entries = Vec::new();
        for item in items.iter().filter(|i| !blank(i)) {
            entries.push(self.reference(item)?);
        }
        Ok(match (many, entries.as_slice()) {
            (_, []) => None,
            (true, _) => Some(Value::Entries(entries)),
            (false, [one]) => Some(Value::Entry(*one)),
            (false, _) => return Err(say::one_only(&self.field.title)),
        })
    }

    fn reference(&self, json: &Json) -> std::result::Result<EntryId, (String, String)> {
        let text = json.as_str().map_or_else(|| json.to_string(), tidy);
        let unknown = || say::unknown_entry(&text, &self.field.title);
        let target =
            self.field.kind.book().and_then(|b| self.sight.content.books.get(b)).ok_or_else(unknown)?;
        let table = self.sight.table(target);
        let by_number = |number: u64| {
            let row = table.row(EntryId(number))?;
            self.sight.sees_row(target, table, row).then_some(EntryId(number))
        };
        if let Some(number) = json.as_u64() {
            return by_number(number).ok_or_else(unknown);
        }
        let rows = called(target, table, &text);
        let mut seen = rows.into_iter().filter(|r| self.sight.sees_row(target, table, *r));
        match (seen.next(), seen.next()) {
            (Some(row), None) => Ok(table.ids()[row as usize]),
            (Some(_), Some(_)) => Err(say::several_entries(&text, &self.field.title)),
            (None, _) => text.parse().ok().and_then(by_number).ok_or_else(unknown),
        }
    }
}

/// The rows of a book that a text calls by name, code, short or former name; by the normalised name when none is exact.
fn called(book: &Book, table: &Table, text: &str) -> Vec<u32> {
    let by_kind = |f: &&Field| matches!(f.kind, FieldKind::Uscc | FieldKind::OrgCode | FieldKind::ParcelCode);
    let by_role = |f: &&Field| [roles::SHORT_NAME, roles::REGISTRATION_NO].contains(&f.id.as_str());
    let fields = book.fields.values();
    let named = fields.filter(|f| {
        Some(&f.id) == book.display.as_ref() || book.key.contains(&f.id) || by_kind(f) || by_role(f)
    });
    let mut rows: Vec<u32> = Vec::new();
    for field in named {
        if let Some(Column::Text(coded)) = table.column(&field.id)
            && let Some(code) = coded.known(&std::sync::Arc::from(text))
        {
            rows.extend((0u32..).zip(coded.codes()).filter(|(_, c)| **c == code).map(|(row, _)| row));
        }
    }
    if rows.is_empty() {
        rows = loosely(book, table, text);
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn loosely(book: &Book, table: &Table, text: &str) -> Vec<u32> {
    let wanted = name_key(text);
    let mut rows = Vec::new();
    let former = FieldId::from(roles::FORMER_NAMES);
    for (field, parts) in book.display.iter().map(|d| (d, false)).chain([(&former, true)]) {
        let Some(Column::Text(coded)) = table.column(field) else { continue };
        let is = |word: &std::sync::Arc<str>| {
            let separators: &[char] = if parts { &['、', ';', '；', '|'] } else { &[] };
            word.split(separators).any(|name| name_key(name) == wanted)
        };
        let known: Vec<bool> = coded.words().iter().map(is).collect();
        let passes = |code: &u32| known.get(*code as usize).copied().unwrap_or(false);
        rows.extend((0u32..).zip(coded.codes()).filter(|(_, c)| passes(c)).map(|(row, _)| row));
    }
    rows
}
