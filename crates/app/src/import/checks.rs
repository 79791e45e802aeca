//! The books' own checks over drafts and the ledger's history: conditions within a row and against the previous period,
//! slips of unit, outliers, duplicates. An error keeps the row out.
//!
//! Deliberately absent: the conditions themselves, which stand in the books.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use model::definition::{Book, Check, CheckKind, Every};
use model::entry::Entry;
use model::expr::eval::{self, Row};
use model::expr::{Expr, Node};
use model::finding::Severity;
use model::id::{BookId, EntryId, FieldId};
use model::period::Period;
use model::value::{Payload, Value};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use store::Result;

use super::draft::{Change, Draft, Spot};
use super::identity::Register;
use super::stage::Work;
use super::view::LedgerView;
use super::when;
use crate::messages::import as say;

/// Values of its own history a subject must have before it can be far from them.
const HISTORY: usize = 3;
/// Findings of one check in one table that are told one by one.
const TOLD: usize = 40;
/// Drafts below which one thread is faster.
const WORTH_THREADS: usize = 4_000;
/// Powers of ten by which figures slip when units are mixed up.
const SLIPS: [u32; 3] = [4, 3, 2];

/// A failed check: the draft's number, the fields it is about, what it says.
struct Failed<'c> {
    draft: usize,
    fields: Vec<FieldId>,
    check: &'c Check,
    values: String,
}

/// Runs all checks of the books of the staged drafts.
pub(super) fn run(work: &mut Work<'_>, ledger: &dyn LedgerView) -> Result<()> {
    let mut by_book: Vec<(BookId, Vec<usize>)> = Vec::new();
    for (index, draft) in work.staged.drafts.iter().enumerate() {
        match by_book.last_mut().filter(|(book, _)| *book == draft.book) {
            Some((_, drafts)) => drafts.push(index),
            None => by_book.push((draft.book.clone(), vec![index])),
        }
    }
    let mut held: FxHashSet<usize> = FxHashSet::default();
    let mut spots = Vec::new();
    for (book, drafts) in by_book {
        let book = &work.words.content.books[&book];
        let failed = book_checks(work, ledger, book, &drafts)?;
        for failure in failed {
            if failure.check.severity == Severity::Error {
                held.insert(failure.draft);
            }
            spots.extend(spot(work, book, &failure));
        }
    }
    tell(work, spots);
    for index in &held {
        let draft = &work.staged.drafts[*index];
        if let Some(plan) = plan_of(work, draft) {
            let row = draft.place.1;
            work.hold(plan, row);
        }
    }
    let mut index = 0;
    work.staged.drafts.retain(|_| {
        index += 1;
        !held.contains(&(index - 1))
    });
    Ok(())
}

/// Adds findings; a check that fails all down a table is told a few times and counted.
fn tell(work: &mut Work<'_>, spots: Vec<(usize, Spot)>) {
    let mut counts: FxHashMap<(usize, String), (usize, Option<Spot>)> = FxHashMap::default();
    for (plan, spot) in spots {
        if spot.severity == Severity::Error {
            work.tell(plan, spot);
            continue;
        }
        let (count, last) = counts.entry((plan, spot.code.clone())).or_default();
        *count += 1;
        if *count <= TOLD {
            work.tell(plan, spot);
        } else {
            *last = Some(spot);
        }
    }
    for ((plan, _), (count, last)) in counts {
        if let Some(mut spot) = last {
            spot.said = say::check_fails_more(&spot.said.0, count - TOLD);
            work.tell(plan, spot);
        }
    }
}

/// One check, or one field of a check over several.
struct Task<'c> {
    check: &'c Check,
    field: Option<&'c FieldId>,
}

fn book_checks<'c>(
    work: &Work<'_>,
    ledger: &dyn LedgerView,
    book: &'c Book,
    drafts: &[usize],
) -> Result<Vec<Failed<'c>>> {
    let needs_history = book
        .checks
        .iter()
        .any(|c| matches!(c.kind, CheckKind::Slip(_) | CheckKind::Outlier { .. } | CheckKind::Duplicate(_)));
    let heads = if needs_history { ledger.heads(&book.id)? } else { Vec::new() };
    let previous = previous_entries(work, ledger, book, drafts)?;
    let tasks: Vec<Task<'c>> = book
        .checks
        .iter()
        .flat_map(|check| match &check.kind {
            CheckKind::Slip(fields) | CheckKind::Outlier { fields, .. } => {
                fields.iter().map(|f| Task { check, field: Some(f) }).collect()
            }
            _ => vec![Task { check, field: None }],
        })
        .collect();
    let run = |task: &Task<'c>| task_failures(work, book, &heads, drafts, &previous, task);
    let done = in_parallel(&tasks, if drafts.len() < WORTH_THREADS { 1 } else { work.threads }, &run);
    let mut slipped: FxHashSet<(usize, FieldId)> = FxHashSet::default();
    let mut failed = Vec::new();
    for failure in done.into_iter().flatten() {
        // What is a power of ten away need not be called far away as well.
        let key = |f: &Failed<'_>| (f.draft, f.fields[0].clone());
        match failure.check.kind {
            CheckKind::Slip(_) => {
                slipped.insert(key(&failure));
            }
            CheckKind::Outlier { .. } if slipped.contains(&key(&failure)) => continue,
            _ => {}
        }
        failed.push(failure);
    }
    Ok(failed)
}

/// Does all tasks on some threads; the results are in the order of the tasks.
fn in_parallel<T: Sync, R: Send>(tasks: &[T], threads: usize, run: &(dyn Fn(&T) -> R + Sync)) -> Vec<R> {
    if threads < 2 || tasks.len() < 2 {
        return tasks.iter().map(run).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = tasks.get(index) else { return done };
            done.push((index, run(task)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.min(tasks.len())).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|t| t.join().expect("checking a row does not panic")).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn task_failures<'c>(
    work: &Work<'_>,
    book: &Book,
    heads: &[Entry],
    drafts: &[usize],
    previous: &Previous,
    task: &Task<'c>,
) -> Vec<Failed<'c>> {
    let check = task.check;
    let far_from = |field: &FieldId, is_far: &dyn Fn(Decimal, Decimal) -> bool| {
        let found = far(work, book, heads, drafts, field, is_far).into_iter();
        found.map(|(draft, values)| Failed { draft, fields: vec![field.clone()], check, values }).collect()
    };
    match (&check.kind, task.field) {
        (CheckKind::Row(rule) | CheckKind::Previous(rule), _) => {
            conditions(work, drafts, check, rule, previous)
        }
        (CheckKind::Slip(_), Some(field)) => far_from(field, &slip),
        (CheckKind::Outlier { times, .. }, Some(field)) => {
            far_from(field, &|value, median| outlier(value, median, *times))
        }
        (CheckKind::Duplicate(fields), _) => duplicates(work, heads, drafts, check, fields),
        (CheckKind::Slip(_) | CheckKind::Outlier { .. }, None) => Vec::new(),
    }
}

/// One draft as expressions see it.
struct DraftRow<'d> {
    payload: &'d Payload,
    previous: Option<&'d Payload>,
    registers: &'d FxHashMap<BookId, Register>,
}

impl Row for DraftRow<'_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.payload.get(field).cloned()
    }

    fn through(&self, reference: &FieldId, book: &BookId, field: &FieldId) -> Option<Value> {
        let entry = self.payload.get(reference)?.as_entry()?;
        self.registers.get(book)?.entries.get(&entry)?.get(field).cloned()
    }

    fn previous(&self, field: &FieldId) -> Option<Value> {
        self.previous?.get(field).cloned()
    }

    fn entry_name(&self, entry: EntryId) -> Option<String> {
        self.registers.values().find(|r| r.entries.contains_key(&entry)).map(|r| r.label(entry))
    }

    fn window(&self) -> Option<(Date, Date)> {
        let period: Period = self.payload.values().find_map(Value::as_period)?;
        Some((period.first_day(), period.last_day()))
    }
}

fn conditions<'c>(
    work: &Work<'_>,
    drafts: &[usize],
    check: &'c Check,
    rule: &Expr,
    previous: &Previous,
) -> Vec<Failed<'c>> {
    let fields = fields_of(rule);
    let mut failed = Vec::new();
    for index in drafts {
        let draft = &work.staged.drafts[*index];
        // A row that says nothing new about these fields was judged when it came.
        if draft.change == Change::Unchanged {
            continue;
        }
        let row = DraftRow {
            payload: &draft.payload,
            previous: previous.of(work, *index),
            registers: &work.registers,
        };
        if eval::truth(rule, &row) == Some(false) {
            let values = shown(work, draft, &fields);
            failed.push(Failed { draft: *index, fields: fields.clone(), check, values });
        }
    }
    failed
}

/// The entry's own fields in an expression, in the order they stand.
fn fields_of(rule: &Expr) -> Vec<FieldId> {
    let mut fields = Vec::new();
    rule.walk(&mut |e| {
        if let Node::Field(f) | Node::Through { reference: f, .. } = &e.node
            && !fields.contains(f)
        {
            fields.push(f.clone());
        }
    });
    fields
}

fn shown(work: &Work<'_>, draft: &Draft, fields: &[FieldId]) -> String {
    let book = &work.words.content.books[&draft.book];
    let value = |f: &FieldId| {
        let title = &book.fields.get(f)?.title;
        let value = draft.payload.get(f)?;
        Some(match value {
            Value::Entry(_) | Value::Entries(_) => return None,
            other => format!("{title} {other}"),
        })
    };
    fields.iter().filter_map(value).collect::<Vec<_>>().join("，")
}

/// For drafts of a series, the same subject one period earlier in the same year: in the file, else in the ledger.
#[derive(Default)]
struct Previous {
    staged: FxHashMap<usize, usize>,
    ledger: FxHashMap<usize, Payload>,
}

impl Previous {
    fn of<'p>(&'p self, work: &'p Work<'_>, draft: usize) -> Option<&'p Payload> {
        let staged = self.staged.get(&draft).map(|d| &work.staged.drafts[*d].payload);
        staged.or_else(|| self.ledger.get(&draft))
    }
}

fn previous_entries(
    work: &Work<'_>,
    ledger: &dyn LedgerView,
    book: &Book,
    drafts: &[usize],
) -> Result<Previous> {
    let mut previous = Previous::default();
    let asks = book.checks.iter().any(|c| matches!(c.kind, CheckKind::Previous(_)));
    let (true, Some(time), Some(every)) = (asks, &book.time, book.every) else { return Ok(previous) };
    let by_key: FxHashMap<&str, usize> =
        drafts.iter().map(|d| (work.staged.drafts[*d].key.as_str(), *d)).collect();
    let (mut asked, mut keys) = (Vec::new(), Vec::new());
    for index in drafts {
        let draft = &work.staged.drafts[*index];
        let Some(key) = previous_key(book, &draft.payload, time, every) else { continue };
        match by_key.get(key.as_str()) {
            Some(other) => {
                previous.staged.insert(*index, *other);
            }
            // An entry this file brings has no past in the ledger.
            None if refers_to_new(work, &draft.payload, book) => {}
            None => {
                asked.push(*index);
                keys.push(key);
            }
        }
    }
    for (index, entry) in asked.into_iter().zip(ledger.by_keys(&book.id, &keys)?) {
        if let Some(entry) = entry.filter(|e| e.state == model::entry::EntryState::Active) {
            previous.ledger.insert(index, entry.payload);
        }
    }
    Ok(previous)
}

fn refers_to_new(work: &Work<'_>, payload: &Payload, book: &Book) -> bool {
    let keys = book.key.iter().filter_map(|f| payload.get(f)?.as_entry());
    keys.into_iter().any(|e| e >= work.reserved_from)
}

fn previous_key(book: &Book, payload: &Payload, time: &FieldId, every: Every) -> Option<String> {
    use std::fmt::Write as _;
    let earlier = when::previous(payload.get(time)?, every, &book.skips)?;
    let mut key = String::new();
    for (i, field) in book.key.iter().enumerate() {
        let value = if field == time { &earlier } else { payload.get(field)? };
        let _ = write!(key, "{}{value}", if i > 0 { "\u{1f}" } else { "" });
    }
    Some(key)
}

/// Drafts whose value is far from the median of its subject's other values.
fn far(
    work: &Work<'_>,
    book: &Book,
    heads: &[Entry],
    drafts: &[usize],
    field: &FieldId,
    is_far: &dyn Fn(Decimal, Decimal) -> bool,
) -> Vec<(usize, String)> {
    let Some(subject) = &book.subject else { return Vec::new() };
    let sample = |payload: &Payload| {
        Some((payload.get(subject)?.clone(), payload.get(field)?.as_number().filter(|n| !n.is_zero())?))
    };
    let mut of_subject: FxHashMap<Value, Vec<Decimal>> = FxHashMap::default();
    let staged: FxHashSet<EntryId> = drafts.iter().map(|d| work.staged.drafts[*d].entry).collect();
    let old = heads.iter().filter(|e| !staged.contains(&e.id)).filter_map(|e| sample(&e.payload));
    let new = drafts.iter().filter_map(|d| sample(&work.staged.drafts[*d].payload));
    for (subject, number) in old.chain(new) {
        of_subject.entry(subject).or_default().push(number.abs());
    }
    of_subject.values_mut().for_each(|v| v.sort_unstable());
    let mut found = Vec::new();
    for index in drafts {
        let draft = &work.staged.drafts[*index];
        if draft.change == Change::Unchanged {
            continue;
        }
        let Some((subject, number)) = sample(&draft.payload) else { continue };
        let values = &of_subject[&subject];
        let Some(median) = median_without(values, number.abs()) else { continue };
        if is_far(number.abs(), median) {
            found.push((
                *index,
                say::against_history(&shown(work, draft, std::slice::from_ref(field)), median),
            ));
        }
    }
    found
}

/// The median of sorted values without one of them; `None` when too few are left.
fn median_without(sorted: &[Decimal], one: Decimal) -> Option<Decimal> {
    let left = sorted.len().checked_sub(1).filter(|n| *n >= HISTORY)?;
    let skip = sorted.partition_point(|v| *v < one);
    let at = left / 2;
    Some(sorted[if at >= skip { at + 1 } else { at }])
}

/// Whether a value is a power of ten away from what it should be, give or take a factor of 2.5.
fn slip(value: Decimal, median: Decimal) -> bool {
    let (large, small) = if value >= median { (value, median) } else { (median, value) };
    // Most values are nowhere near: the smallest slip is × 100, less a factor of 2.5.
    if small.checked_mul(Decimal::from(40)).is_some_and(|least| large < least) {
        return false;
    }
    SLIPS.iter().any(|power| {
        let times = Decimal::from(10_u64.pow(*power));
        let expected = small.checked_mul(times);
        let near = |a: Decimal, b: Decimal| a.checked_mul(Decimal::new(25, 1)).is_some_and(|most| b <= most);
        expected.is_some_and(|e| near(e, large) && near(large, e))
    })
}

fn outlier(value: Decimal, median: Decimal, times: Decimal) -> bool {
    let above = median.checked_mul(times).is_some_and(|m| value > m);
    let below = value.checked_mul(times).is_some_and(|v| v < median);
    above || below
}

/// Drafts that equal another entry in these fields under another key.
fn duplicates<'c>(
    work: &Work<'_>,
    heads: &[Entry],
    drafts: &[usize],
    check: &'c Check,
    fields: &[FieldId],
) -> Vec<Failed<'c>> {
    let values = |payload: &Payload| -> Option<Vec<Value>> {
        fields.iter().map(|f| payload.get(f).cloned()).collect()
    };
    let staged: FxHashSet<EntryId> = drafts.iter().map(|d| work.staged.drafts[*d].entry).collect();
    let mut seen: FxHashMap<Vec<Value>, String> = FxHashMap::default();
    for head in heads.iter().filter(|e| !staged.contains(&e.id)) {
        if let Some(values) = values(&head.payload) {
            seen.entry(values).or_insert_with(|| readable(&head.key));
        }
    }
    let mut failed = Vec::new();
    for index in drafts {
        let draft = &work.staged.drafts[*index];
        let Some(values) = values(&draft.payload) else { continue };
        match seen.get(&values) {
            Some(other) if draft.change != Change::Unchanged => {
                let values = say::same_as(&shown(work, draft, fields), other);
                failed.push(Failed { draft: *index, fields: fields.to_vec(), check, values });
            }
            Some(_) => {}
            None => {
                seen.insert(values, readable(&draft.key));
            }
        }
    }
    failed
}

fn readable(key: &str) -> String {
    key.replace('\u{1f}', " / ")
}

fn plan_of(work: &Work<'_>, draft: &Draft) -> Option<usize> {
    let (sheet, row) = draft.place;
    work.plans
        .iter()
        .position(|p| p.sheet == sheet && p.known.book.id == draft.book && p.table.body.contains(&row))
}

fn spot(work: &Work<'_>, book: &Book, failure: &Failed<'_>) -> Option<(usize, Spot)> {
    let draft = &work.staged.drafts[failure.draft];
    let plan = plan_of(work, draft)?;
    let planned = &work.plans[plan];
    let column = failure.fields.iter().find_map(|f| planned.columns.iter().find(|c| c.field.id == *f));
    let col = column.map_or(planned.table.left, |c| c.col);
    let said = say::check_failed(&failure.check.message, &failure.check.hint, &failure.values);
    let field = failure.fields.first().and_then(|f| book.fields.get(f));
    let spot = Spot::cell(draft.place.1, col, failure.check.id.as_str(), failure.check.severity, said);
    Some((plan, spot.about(&book.id, field)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn slips_are_powers_of_ten() {
        for (value, median, expect) in [
            ("120000000", "12000", true), // 元 instead of 万元
            ("1.2", "12000", true),       // 亿元 instead of 万元
            ("12000000", "12000", true),  // × 1,000
            ("9000", "12000", false),     // a bad month
            ("120000", "12000", false),   // × 10 is growth or an outlier, not a unit
            ("1500000", "12000", true),   // × 125: 百元
        ] {
            assert_eq!(slip(number(value), number(median)), expect, "{value} against {median}");
        }
    }

    #[test]
    fn the_median_leaves_the_value_itself_out() {
        let sorted: Vec<Decimal> = [1, 2, 3, 4, 100].into_iter().map(Decimal::from).collect();
        // Without 100: 1 2 3 4, the upper middle is 3.
        assert_eq!(median_without(&sorted, Decimal::from(100)), Some(Decimal::from(3)));
        // Without 1: 2 3 4 100, the upper middle is 4.
        assert_eq!(median_without(&sorted, Decimal::from(1)), Some(Decimal::from(4)));
        assert_eq!(median_without(&sorted[..3], Decimal::from(1)), None);
    }
}
