//! Rows to drafts: keys, rows of one key joined, what the ledger has.
//!
//! Deliberately absent: where values come from (`origins.rs`), the books' own checks (`checks.rs`).

use std::collections::{BTreeMap, BTreeSet};

use model::definition::{Book, BookKind};
use model::entry::{Entry, EntryState, Origins};
use model::finding::Severity;
use model::id::{BookId, EntryId, FieldId};
use model::value::{Payload, Value};
use office::sheet::a1;
use rustc_hash::{FxHashMap, FxHashSet};
use store::Result;

use super::draft::{Change, Draft, FieldChange, Spot};
use super::keys::KeyWriter;
use super::origins::{OriginVariants, add_place};
use super::plan::Plan;
use super::rows::Row;
use super::stage::{Work, resolve};
use super::together::{Repeat, tell_repeats};
use super::view::LedgerView;
use crate::messages::import as say;

/// More keys than this are looked up by reading the whole book once.
const MANY_KEYS: usize = 2_000;

/// Rows of one key on the way to a draft.
struct Proto {
    key: String,
    entry: EntryId,
    /// What the ledger has under the key.
    head: Option<Entry>,
    /// Plan and row index of its first row, and of those that repeat its key.
    first: (u32, u32),
    more: Vec<(u32, u32)>,
}

impl Proto {
    /// Plan and row index of all its rows.
    fn rows(&self) -> impl Iterator<Item = (usize, usize)> {
        std::iter::once(&self.first).chain(&self.more).map(|(plan, row)| (*plan as usize, *row as usize))
    }
}

/// Makes drafts of all rows that are not held, book by book.
pub(super) fn drafts(work: &mut Work<'_>, ledger: &dyn LedgerView) -> Result<()> {
    let mut all: Vec<(BookId, Vec<Proto>)> = Vec::new();
    for book in order(work) {
        for plan in plans_of(work, &book) {
            resolve(work, plan, true);
        }
        let protos = keyed(work, ledger, &book)?;
        introduce(work, &book, &protos);
        all.push((book, protos));
    }
    for plan in 0..work.plans.len() {
        resolve(work, plan, false);
    }
    let mut origins = OriginVariants::new(work);
    for (book, protos) in all {
        let fields = &work.words.content.books[&book].fields;
        let required: Vec<FieldId> = fields.values().filter(|f| f.required).map(|f| f.id.clone()).collect();
        work.staged.drafts.reserve(protos.len());
        for proto in protos {
            finish(work, &mut origins, (&book, &required), proto);
        }
    }
    let repeats = std::mem::take(&mut work.repeats);
    tell_repeats(work, repeats);
    kept_blanks(work);
    Ok(())
}

fn plans_of(work: &Work<'_>, book: &BookId) -> Vec<usize> {
    (0..work.plans.len()).filter(|i| work.plans[*i].known.book.id == *book).collect()
}

/// The books of the file so that what a key refers to comes before the key; registers first.
fn order(work: &Work<'_>) -> Vec<BookId> {
    let mut waiting: Vec<&Book> = Vec::new();
    for plan in &work.plans {
        if !waiting.iter().any(|b| b.id == plan.known.book.id) {
            waiting.push(plan.known.book);
        }
    }
    waiting.sort_by_key(|b| b.kind != BookKind::Register);
    let mut ordered: Vec<BookId> = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|book| {
            let targets = book.key.iter().filter_map(|k| book.fields.get(k)?.kind.book());
            targets.into_iter().all(|t| *t == book.id || !waiting.iter().any(|w| w.id == *t))
        });
        ordered.push(waiting.remove(ready.unwrap_or(0)).id.clone());
    }
    ordered
}

/// Gives every row its key and joins rows of one key.
fn keyed(work: &mut Work<'_>, ledger: &dyn LedgerView, book: &BookId) -> Result<Vec<Proto>> {
    let mut keys: Vec<((u32, u32), String)> = Vec::new();
    let mut writer = KeyWriter::default();
    let mut spots: Vec<(usize, u32, Spot)> = Vec::new();
    for plan in plans_of(work, book) {
        keys.reserve(work.rows[plan].len());
        for index in 0..work.rows[plan].len() {
            let planned = &work.plans[plan];
            let row = &mut work.rows[plan][index];
            if row.held {
                spots.push((plan, row.row, Spot::sheet("", Severity::Note, say::Said::default())));
                continue;
            }
            former_code(&mut work.registers, planned, row);
            match key(&mut writer, planned, row) {
                Ok(key) => {
                    let place = (u32::try_from(plan).unwrap_or(0), u32::try_from(index).unwrap_or(0));
                    keys.push((place, key));
                }
                Err(field) => {
                    row.held = true;
                    spots.push((plan, row.row, missing(planned, row, &field)));
                }
            }
        }
    }
    for (plan, row, spot) in spots {
        work.hold(plan, row);
        if !spot.code.is_empty() {
            work.tell(plan, spot);
        }
    }
    let mut protos = joined(keys);
    heads(work, ledger, book, &mut protos)?;
    Ok(protos)
}

/// One proto for each key, in the order in which they first come.
fn joined(mut keys: Vec<((u32, u32), String)>) -> Vec<Proto> {
    // Which proto each row belongs to; the texts are hashed where they lie.
    let mut by_key: FxHashMap<&str, usize> = FxHashMap::default();
    by_key.reserve(keys.len());
    let mut count = 0;
    let of_row: Vec<usize> = keys
        .iter()
        .map(|(_, key)| {
            let at = *by_key.entry(key).or_insert(count);
            count += usize::from(at == count);
            at
        })
        .collect();
    drop(by_key);
    let mut protos: Vec<Proto> = Vec::with_capacity(count);
    for (at, (place, key)) in of_row.into_iter().zip(keys.drain(..)) {
        match protos.get_mut(at) {
            Some(proto) => proto.more.push(place),
            None => protos.push(Proto { key, entry: EntryId(0), head: None, first: place, more: Vec::new() }),
        }
    }
    protos
}

/// Looks the keys up in the ledger and numbers new entries.
fn heads(work: &mut Work<'_>, ledger: &dyn LedgerView, book: &BookId, protos: &mut [Proto]) -> Result<()> {
    if protos.len() > MANY_KEYS {
        let known = ledger.heads(book)?;
        let mut by_key: FxHashMap<String, Entry> = known.into_iter().map(|e| (e.key.clone(), e)).collect();
        for proto in &mut *protos {
            proto.head = if by_key.is_empty() { None } else { by_key.remove(&proto.key) };
        }
    } else {
        let keys: Vec<String> = protos.iter_mut().map(|p| std::mem::take(&mut p.key)).collect();
        let known = ledger.by_keys(book, &keys)?;
        for (proto, (key, head)) in protos.iter_mut().zip(keys.into_iter().zip(known)) {
            (proto.key, proto.head) = (key, head);
        }
    }
    for proto in protos {
        proto.entry = proto.head.as_ref().map_or(work.next, |head| head.id);
        if proto.head.is_none() {
            work.next = EntryId(work.next.0 + 1);
        }
    }
    Ok(())
}

/// A row of a register that goes by a code its entry had before means that entry.
fn former_code(registers: &mut FxHashMap<BookId, super::identity::Register>, plan: &Plan<'_>, row: &mut Row) {
    let book = plan.known.book;
    let [key] = book.key.as_slice() else { return };
    let (Some(register), Some(slot)) = (registers.get_mut(&book.id), plan.slot(key)) else { return };
    let Some(code) = row.values[usize::from(slot)].as_ref().and_then(Value::as_text) else { return };
    if let Some(entry) = register.by_former_code(code)
        && let Some(present) = register.entries.get(&entry).and_then(|p| p.get(key)).cloned()
    {
        row.raw.push((slot, code.to_owned()));
        row.values[usize::from(slot)] = Some(present);
    }
}

/// The key of a row, or the field it lacks.
fn key(writer: &mut KeyWriter, plan: &Plan<'_>, row: &Row) -> std::result::Result<String, FieldId> {
    let mut text = String::new();
    for (i, field) in plan.known.book.key.iter().enumerate() {
        let value = plan
            .slot(field)
            .and_then(|s| row.values[usize::from(s)].as_ref())
            .ok_or_else(|| field.clone())?;
        writer.push(&mut text, i == 0, value);
    }
    Ok(text)
}

fn missing(plan: &Plan<'_>, row: &Row, field: &FieldId) -> Spot {
    let book = plan.known.book;
    let column = plan.columns.iter().find(|c| c.field.id == *field);
    let col = column.map_or(plan.table.left, |c| c.col);
    let title = book.fields.get(field).map_or(field.as_str(), |f| f.title.as_str());
    let said =
        if column.is_some() { say::required_missing(title) } else { say::required_without_column(title) };
    Spot::cell(row.row, col, "required-missing", Severity::Error, said)
        .about(&book.id, book.fields.get(field))
}

/// Makes the entries of a register known, so that other tables of the file can refer to them.
fn introduce(work: &mut Work<'_>, book: &BookId, protos: &[Proto]) {
    if !work.registers.contains_key(book) {
        return;
    }
    for proto in protos {
        let mut payload = proto.head.as_ref().map(|head| head.payload.clone()).unwrap_or_default();
        for (plan, row) in proto.rows() {
            let (plan, row) = (&work.plans[plan], &work.rows[plan][row]);
            let values = plan.slots.iter().zip(&row.values);
            payload.extend(values.filter_map(|(f, v)| Some((f.clone(), v.clone()?))));
        }
        if let Some(register) = work.registers.get_mut(book) {
            register.introduced = true;
            register.add(proto.entry, payload);
        }
    }
}

/// Makes one draft: rows joined, merged with the head, with origins.
fn finish(
    work: &mut Work<'_>,
    origins: &mut OriginVariants,
    (book_id, required): (&BookId, &[FieldId]),
    proto: Proto,
) {
    let based_on = proto.head.as_ref().map_or(0, |head| head.version);
    let mut rows: Vec<(usize, usize)> = proto.rows().collect();
    for (plan, row) in rows.extract_if(.., |(p, r)| work.rows[*p][*r].held).collect::<Vec<_>>() {
        let row = work.rows[plan][row].row;
        work.hold(plan, row);
    }
    let Some(&(plan, row)) = rows.first() else { return };
    let place = (work.plans[plan].sheet, work.rows[plan][row].row);
    let series = work.plans[plan].known.book.kind == BookKind::Series;
    if series && based_on == 0 && !rows.iter().any(|(p, r)| work.rows[*p][*r].filled) {
        // Somebody's line in a return without a single value: nothing was reported.
        return;
    }
    if rows.len() > 1 && !agree(work, &rows) {
        for (plan, row) in rows {
            let row = work.rows[plan][row].row;
            work.hold(plan, row);
        }
        return;
    }
    let mut payload = Payload::new();
    let mut made = Origins::default();
    for (plan, row) in rows.into_iter().rev() {
        let (values, own) = origins.take(work, plan, row);
        join(&mut payload, &mut made, values, own);
    }
    let known = work.staged.known.is_some();
    let (payload, origins, change) = match proto.head {
        Some(head) if head.state == EntryState::Active => merge(head, payload, made, known),
        _ => (payload, made, Change::New),
    };
    let lacking: Vec<FieldId> = required.iter().filter(|f| !payload.contains_key(*f)).cloned().collect();
    if !lacking.is_empty() {
        for field in lacking {
            let spot = missing(&work.plans[plan], &work.rows[plan][row], &field);
            work.tell(plan, spot);
        }
        work.hold(plan, place.1);
        return;
    }
    let draft = Draft {
        book: book_id.clone(),
        key: proto.key,
        entry: proto.entry,
        based_on,
        payload,
        origins,
        change,
        place,
    };
    work.staged.drafts.push(draft);
}

/// Whether rows of one key say the same where they say something. Tells when not, and notes which only repeat another.
fn agree(work: &mut Work<'_>, rows: &[(usize, usize)]) -> bool {
    let mut repeats = Vec::new();
    let mut said: BTreeMap<FieldId, (Value, usize, u32, u16)> = BTreeMap::new();
    let mut spots = Vec::new();
    for (plan, row) in rows {
        let (planned, read) = (&work.plans[*plan], &work.rows[*plan][*row]);
        let book = planned.known.book;
        let mut new = false;
        for (slot, (field, value)) in (0u16..).zip(planned.slots.iter().zip(&read.values)) {
            let Some(value) = value else { continue };
            let index =
                read.month.filter(|_| planned.time != Some(slot)).or_else(|| planned.first_column(slot));
            let col = index.map_or(planned.table.left, |i| planned.columns[usize::from(i)].col);
            match said.get(field) {
                Some((other, sheet, at, column)) if other != value => {
                    let there = place_text(work, *sheet, planned.sheet, *at, *column);
                    let title = book.fields.get(field).map_or("", |f| f.title.as_str());
                    let text = say::conflict(title, &there, &other.to_string(), &value.to_string());
                    let spot = Spot::cell(read.row, col, "rows-conflict", Severity::Error, text);
                    spots.push((*plan, spot.about(&book.id, book.fields.get(field))));
                }
                Some(_) => {}
                None => {
                    said.insert(field.clone(), (value.clone(), planned.sheet, read.row, col));
                    new = true;
                }
            }
        }
        if !new && spots.is_empty() {
            let first = (rows[0].0, work.rows[rows[0].0][rows[0].1].row);
            repeats.push(Repeat { plan: *plan, row: read.row, of: first });
        }
    }
    work.repeats.extend(repeats);
    let agreed = spots.is_empty();
    for (plan, spot) in spots {
        work.tell(plan, spot);
    }
    agreed
}

/// A cell, with its sheet when that is another one.
fn place_text(work: &Work<'_>, sheet: usize, here: usize, row: u32, col: u16) -> String {
    let cell = a1(row, col);
    if sheet == here { cell } else { format!("{}!{cell}", work.workbook.sheets[sheet].name) }
}

/// Adds a row's values; what is there already (from an earlier row) stays.
fn join(payload: &mut Payload, made: &mut Origins, values: Payload, own: Origins) {
    if payload.is_empty() {
        *payload = values;
        *made = own;
        return;
    }
    // Rows are joined last to first, so the row at hand wins and the others keep what only they have.
    let others: Vec<FieldId> = payload.keys().filter(|f| !values.contains_key(*f)).cloned().collect();
    let mut places = own.places;
    for field in others {
        if let Some((table, row)) = made.place(&field) {
            add_place(&mut places, table, row, field.clone());
        }
        if let Some(raw) = made.raw.remove(&field) {
            made.raw.insert(field, raw);
        }
    }
    made.raw.extend(own.raw);
    made.places = places;
    payload.extend(values);
}

/// Lays a row over the head: what the file says counts, what it does not say stays with its own origin.
///
/// Bytes that were taken in before (`known`) only add what the head lacks: they never take back a later correction.
fn merge(head: Entry, new: Payload, made: Origins, known: bool) -> (Payload, Origins, Change) {
    let mut changes = Vec::new();
    for (field, value) in &new {
        let old = head.payload.get(field);
        if old != Some(value) && !(known && old.is_some()) {
            changes.push(FieldChange { field: field.clone(), old: old.cloned(), new: Some(value.clone()) });
        }
    }
    if changes.is_empty() {
        return (head.payload, head.origins, Change::Unchanged);
    }
    let taken: BTreeSet<FieldId> =
        if known { changes.iter().map(|c| c.field.clone()).collect() } else { new.keys().cloned().collect() };
    let Origins { places: mut old_places, mut raw } = head.origins;
    raw.retain(|field, _| !taken.contains(field));
    raw.extend(made.raw.iter().filter(|(f, _)| taken.contains(*f)).map(|(f, t)| (f.clone(), t.clone())));
    let covers_all = head.payload.keys().all(|f| taken.contains(f));
    let mut places = Vec::new();
    if covers_all {
        places.clone_from(&made.places);
    } else {
        for field in &taken {
            if let Some((table, row)) = made.place(field) {
                add_place(&mut places, table, row, field.clone());
            }
        }
        // A list that loses its last field must go: an empty one is the default for all others.
        old_places.retain_mut(|(_, _, fields)| {
            let default = fields.is_empty();
            fields.retain(|f| !taken.contains(f));
            default || !fields.is_empty()
        });
        places.extend(old_places);
    }
    let mut payload = head.payload;
    payload.extend(new.into_iter().filter(|(f, _)| taken.contains(f)));
    (payload, Origins { places, raw }, Change::Changed(changes))
}

/// Says where empty cells leave a value of the ledger standing.
fn kept_blanks(work: &mut Work<'_>) {
    let changed: FxHashMap<(usize, u32), &Draft> =
        work.staged.drafts.iter().filter(|d| d.based_on > 0).map(|d| (d.place, d)).collect();
    if changed.is_empty() {
        return;
    }
    let mut told = Vec::new();
    for (index, plan) in work.plans.iter().enumerate().filter(|(_, p)| p.months.is_empty()) {
        for column in plan
            .columns
            .iter()
            .filter(|c| plan.first_column(c.slot).map(usize::from) == plan.column_at(c.col))
        {
            let mut rows = work.rows[index].iter().filter(|row| {
                let blank = row.values.get(usize::from(column.slot)).is_some_and(Option::is_none);
                let draft = changed.get(&(plan.sheet, row.row)).filter(|d| d.book == plan.known.book.id);
                blank && !row.held && draft.is_some_and(|d| d.payload.contains_key(&column.field.id))
            });
            if let Some(first) = rows.next() {
                let said = say::blank_keeps_value(&column.field.title, 1 + rows.count());
                let spot = Spot::cell(first.row, column.col, "blank-keeps-value", Severity::Note, said);
                told.push((index, spot.about(&plan.known.book.id, Some(column.field))));
            }
        }
    }
    for (plan, spot) in told {
        work.tell(plan, spot);
    }
}

/// Takes out references to entries this file would have brought but whose rows are held back; a draft that cannot do
/// without is held as well.
pub(super) fn drop_dangling(work: &mut Work<'_>) {
    let reserved = work.reserved_from..work.next;
    let brought = |e: &EntryId| reserved.contains(e);
    if !work.staged.drafts.iter().any(|d| d.payload.values().any(|v| refers(v, &brought))) {
        return;
    }
    loop {
        let there: FxHashSet<EntryId> = work.staged.drafts.iter().map(|d| d.entry).collect();
        let lost = |e: &EntryId| reserved.contains(e) && !there.contains(e);
        let mut spots = Vec::new();
        let mut drafts = std::mem::take(&mut work.staged.drafts);
        let before = drafts.len();
        let content = work.words.content;
        drafts.retain_mut(|draft| {
            let dangling: Vec<FieldId> =
                draft.payload.iter().filter(|(_, v)| refers(v, &lost)).map(|(f, _)| f.clone()).collect();
            let book = &content.books[&draft.book];
            let mut stands = true;
            for field in dangling {
                let needed = book.key.contains(&field) || book.fields.get(&field).is_some_and(|f| f.required);
                stands &= !needed;
                draft.payload.remove(&field);
                spots.push((draft.place, draft.book.clone(), field, needed));
            }
            stands
        });
        let stable = drafts.len() == before;
        work.staged.drafts = drafts;
        for ((sheet, row), book, field, needed) in spots {
            let Some(plan) = work.plans.iter().position(|p| p.sheet == sheet && p.known.book.id == book)
            else {
                continue;
            };
            let planned = &work.plans[plan];
            let column = planned.columns.iter().find(|c| c.field.id == field);
            let col = column.map_or(planned.table.left, |c| c.col);
            let severity = if needed { Severity::Error } else { Severity::Warning };
            let spot = Spot::cell(row, col, "refers-to-held", severity, say::refers_to_held_row());
            let spot = spot.about(&book, planned.known.book.fields.get(&field));
            work.tell(plan, spot);
            if needed {
                work.hold(plan, row);
            }
        }
        if stable {
            return;
        }
    }
}

fn refers(value: &Value, lost: &dyn Fn(&EntryId) -> bool) -> bool {
    match value {
        Value::Entry(e) => lost(e),
        Value::Entries(es) => es.iter().any(lost),
        _ => false,
    }
}
