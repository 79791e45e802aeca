//! Rows to drafts: keys, rows of one key joined, what the ledger has, where every value comes from.
//!
//! Deliberately absent: the books' own checks (`checks.rs`).

use std::collections::{BTreeMap, BTreeSet};

use model::definition::{Book, BookKind};
use model::entry::{CellPlace, Entry, EntryState, OriginTable, OriginTableId, Origins};
use model::finding::Severity;
use model::id::{BookId, EntryId, FieldId};
use model::value::{Payload, Value};
use office::sheet::{a1, column_letters};
use rustc_hash::{FxHashMap, FxHashSet};
use store::Result;

use super::draft::{Change, Draft, FieldChange, Spot};
use super::plan::Plan;
use super::rows::{From, Row};
use super::stage::{Work, resolve};
use super::view::LedgerView;
use crate::messages::import as say;

/// More keys than this are looked up by reading the whole book once.
const MANY_KEYS: usize = 2_000;

/// Rows of one key on the way to a draft.
struct Proto {
    key: String,
    entry: EntryId,
    based_on: u32,
    /// Plan and row index.
    rows: Vec<(u32, u32)>,
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
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    let mut protos: Vec<Proto> = Vec::new();
    let mut spots: Vec<(usize, u32, Spot)> = Vec::new();
    for plan in plans_of(work, book) {
        for index in 0..work.rows[plan].len() {
            let planned = &work.plans[plan];
            let row = &mut work.rows[plan][index];
            if row.held {
                spots.push((plan, row.row, Spot::sheet("", Severity::Note, say::Said::default())));
                continue;
            }
            former_code(&mut work.registers, planned, row);
            let key = match key(planned, row) {
                Ok(key) => key,
                Err(field) => {
                    row.held = true;
                    spots.push((plan, row.row, missing(planned, row, &field)));
                    continue;
                }
            };
            let place = (u32::try_from(plan).unwrap_or(0), u32::try_from(index).unwrap_or(0));
            if let Some(at) = by_key.get(&key) {
                protos[*at].rows.push(place);
            } else {
                by_key.insert(key.clone(), protos.len());
                protos.push(Proto { key, entry: EntryId(0), based_on: 0, rows: vec![place] });
            }
        }
    }
    for (plan, row, spot) in spots {
        work.hold(plan, row);
        if !spot.code.is_empty() {
            work.tell(plan, spot);
        }
    }
    heads(work, ledger, book, &mut protos)?;
    Ok(protos)
}

/// Looks the keys up in the ledger and numbers new entries.
fn heads(work: &mut Work<'_>, ledger: &dyn LedgerView, book: &BookId, protos: &mut [Proto]) -> Result<()> {
    let known: Vec<Entry> = if protos.len() > MANY_KEYS {
        ledger.heads(book)?
    } else {
        let keys: Vec<String> = protos.iter().map(|p| p.key.clone()).collect();
        ledger.by_keys(book, &keys)?.into_iter().flatten().collect()
    };
    let mut by_key: FxHashMap<String, Entry> = known.into_iter().map(|e| (e.key.clone(), e)).collect();
    for proto in protos {
        if let Some(head) = by_key.remove(&proto.key) {
            (proto.entry, proto.based_on) = (head.id, head.version);
            work.heads.insert((book.clone(), proto.key.clone()), head);
        } else {
            proto.entry = work.next;
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
fn key(plan: &Plan<'_>, row: &Row) -> std::result::Result<String, FieldId> {
    use std::fmt::Write as _;
    let mut text = String::new();
    for (i, field) in plan.known.book.key.iter().enumerate() {
        let value = plan
            .slot(field)
            .and_then(|s| row.values[usize::from(s)].as_ref())
            .ok_or_else(|| field.clone())?;
        let separator = if i > 0 { "\u{1f}" } else { "" };
        let _ = write!(text, "{separator}{value}");
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
        let mut payload = Payload::new();
        if let Some(head) = work.heads.get(&(book.clone(), proto.key.clone())) {
            payload.clone_from(&head.payload);
        }
        for (plan, row) in &proto.rows {
            let (plan, row) = (&work.plans[*plan as usize], &work.rows[*plan as usize][*row as usize]);
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
    let mut rows: Vec<(usize, usize)> = proto.rows.iter().map(|(p, r)| (*p as usize, *r as usize)).collect();
    for (plan, row) in rows.extract_if(.., |(p, r)| work.rows[*p][*r].held).collect::<Vec<_>>() {
        let row = work.rows[plan][row].row;
        work.hold(plan, row);
    }
    let Some(&(plan, row)) = rows.first() else { return };
    let place = (work.plans[plan].sheet, work.rows[plan][row].row);
    let series = work.plans[plan].known.book.kind == BookKind::Series;
    if series && proto.based_on == 0 && !rows.iter().any(|(p, r)| work.rows[*p][*r].filled) {
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
    let head = work.heads.remove(&(book_id.clone(), proto.key.clone()));
    let known = work.staged.known.is_some();
    let (payload, origins, change) = match head {
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
        based_on: proto.based_on,
        payload,
        origins,
        change,
        place,
    };
    work.staged.drafts.push(draft);
}

/// Whether rows of one key say the same where they say something. Tells when not, and when they only repeat each other.
fn agree(work: &mut Work<'_>, rows: &[(usize, usize)]) -> bool {
    let mut said: BTreeMap<FieldId, (Value, usize, u32, u16)> = BTreeMap::new();
    let mut spots = Vec::new();
    let mut repeats = false;
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
            repeats = true;
            let (other, at) = (&work.plans[rows[0].0], work.rows[rows[0].0][rows[0].1].row);
            let there = place_text(work, other.sheet, planned.sheet, at, other.table.left);
            let spot = Spot::cell(
                read.row,
                planned.table.left,
                "row-repeated",
                Severity::Note,
                say::row_repeated(&there),
            );
            spots.push((*plan, spot.about(&book.id, None)));
        }
    }
    let agreed = repeats || spots.is_empty();
    let errors = spots.iter().any(|(_, s)| s.severity == Severity::Error);
    for (plan, spot) in spots {
        work.tell(plan, spot);
    }
    agreed && !errors
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

fn add_place(
    places: &mut Vec<(OriginTableId, u32, Vec<FieldId>)>,
    table: OriginTableId,
    row: u32,
    field: FieldId,
) {
    match places.iter_mut().find(|(t, r, fields)| *t == table && *r == row && !fields.is_empty()) {
        Some((_, _, fields)) => {
            fields.push(field);
            fields.sort();
        }
        None => places.push((table, row, vec![field])),
    }
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

/// Where each row's values stand: the tables made up front, and variants of them for rows that differ.
struct OriginVariants {
    /// First origin table of each plan.
    base: Vec<u64>,
    variants: FxHashMap<(u64, Vec<(u16, From)>), u64>,
}

impl OriginVariants {
    fn new(work: &Work<'_>) -> Self {
        let mut base = Vec::new();
        let mut next = 0;
        for plan in &work.plans {
            base.push(next);
            next += plan.months.len().max(1) as u64;
        }
        Self { base, variants: FxHashMap::default() }
    }

    /// A row's values and their origins; the row is used up.
    fn take(&mut self, work: &mut Work<'_>, plan: usize, row: usize) -> (Payload, Origins) {
        let planned = &work.plans[plan];
        let read = &mut work.rows[plan][row];
        let month = read.month.and_then(|m| planned.months.iter().position(|c| c.column == m)).unwrap_or(0);
        let base = self.base[plan] + month as u64;
        let number = read.row + 1;
        let values = std::mem::take(&mut read.values);
        let payload: Payload =
            planned.slots.iter().zip(&values).filter_map(|(f, v)| Some((f.clone(), v.clone()?))).collect();
        let raw =
            read.raw.drain(..).map(|(slot, text)| (planned.slots[usize::from(slot)].clone(), text)).collect();
        read.values = values;
        let mut places = Vec::with_capacity(1);
        if read.from.is_empty() {
            places.push((OriginTableId(base), number, Vec::new()));
        } else {
            let from = std::mem::take(&mut read.from);
            let moved: Vec<(u16, From)> =
                from.iter().copied().filter(|(_, f)| !matches!(f, From::Above(_))).collect();
            let table = if moved.is_empty() { base } else { self.variant(work, plan, base, moved) };
            places.push((OriginTableId(table), number, Vec::new()));
            for (slot, place) in from {
                if let From::Above(row) = place {
                    add_place(
                        &mut places,
                        OriginTableId(table),
                        row + 1,
                        work.plans[plan].slots[usize::from(slot)].clone(),
                    );
                }
            }
        }
        (payload, Origins { places, raw })
    }

    fn variant(&mut self, work: &mut Work<'_>, plan: usize, base: u64, mut moved: Vec<(u16, From)>) -> u64 {
        moved.sort_by_key(|(slot, _)| *slot);
        moved.dedup_by_key(|(slot, _)| *slot);
        if let Some(table) = self.variants.get(&(base, moved.clone())) {
            return *table;
        }
        let planned = &work.plans[plan];
        let mut table: OriginTable = work.staged.tables[usize::try_from(base).unwrap_or(0)].clone();
        for (slot, from) in &moved {
            let place = match from {
                From::Column(index) => {
                    Some(CellPlace::Column(column_letters(planned.columns[usize::from(*index)].col)))
                }
                From::Shared => planned.period.as_ref().map(|p| p.place.clone()),
                From::Above(_) => None,
            };
            if let Some(place) = place {
                table.fields.insert(planned.slots[usize::from(*slot)].clone(), place);
            }
        }
        let number = work.staged.tables.len() as u64;
        work.staged.tables.push(table);
        self.variants.insert((base, moved), number);
        number
    }
}

/// Says where empty cells leave a value of the ledger standing.
fn kept_blanks(work: &mut Work<'_>) {
    let changed: FxHashMap<(usize, u32), &Draft> =
        work.staged.drafts.iter().filter(|d| d.based_on > 0).map(|d| (d.place, d)).collect();
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
    loop {
        let there: FxHashSet<EntryId> = work.staged.drafts.iter().map(|d| d.entry).collect();
        let reserved = work.reserved_from..work.next;
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
