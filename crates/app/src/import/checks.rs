//! The books' own checks over drafts and the ledger's history: conditions within a row and against the previous period,
//! slips of unit, outliers, duplicates. An error keeps the row out.
//!
//! Deliberately absent: the conditions themselves, which stand in the books, and what is usual for whom (`history.rs`).

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use model::definition::{Book, Check, CheckKind, Every};
use model::entry::Entry;
use model::expr::eval::{self, Row};
use model::expr::{Expr, Node};
use model::finding::{Finding, Place, Severity};
use model::id::{BookId, EntryId, FieldId};
use model::period::Period;
use model::value::{Payload, Value};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use store::Result;

use super::draft::{Change, Draft, Spot};
use super::history::{History, Subjects, far, outlier, slip};
use super::identity::Register;
use super::keys::KeyWriter;
use super::stage::Work;
use super::view::LedgerView;
use super::when;
use crate::messages::import as say;

/// Findings of one check in one table that are told one by one.
const TOLD: usize = 40;
/// Drafts below which one thread is faster.
const WORTH_THREADS: usize = 4_000;

/// One check, or one field of a check over several.
struct Task<'c> {
    check: &'c Check,
    /// The field, for checks against a subject's own history: one at a time.
    of: Option<&'c FieldId>,
    /// What a finding shows.
    fields: Vec<FieldId>,
}

/// What there is to say about a failure besides the draft's own values. Sentences are made only for failures that are told.
enum Besides {
    Nothing,
    /// The usual value of its subject.
    Usual(Decimal),
    /// The key of an entry that says the same.
    Same(String),
}

/// A draft that failed: its number, the task's number.
struct Failed {
    draft: usize,
    task: usize,
    besides: Besides,
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
        let tasks = tasks(book);
        let failed = book_checks(work, ledger, book, &drafts, &tasks)?;
        let errors = failed.iter().filter(|f| tasks[f.task].check.severity == Severity::Error);
        held.extend(errors.map(|f| f.draft));
        told(work, book, &tasks, &failed, &mut spots);
    }
    for (plan, spot) in spots {
        work.tell(plan, spot);
    }
    if held.is_empty() {
        return Ok(());
    }
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

/// Makes findings; a check that fails all down a table is told a few times and counted.
fn told(work: &Work<'_>, book: &Book, tasks: &[Task<'_>], failed: &[Failed], spots: &mut Vec<(usize, Spot)>) {
    let mut counts: FxHashMap<(usize, &str), (usize, Option<&Failed>)> = FxHashMap::default();
    for failure in failed {
        let Some(plan) = plan_of(work, &work.staged.drafts[failure.draft]) else { continue };
        let check = tasks[failure.task].check;
        if check.severity != Severity::Error {
            let (count, last) = counts.entry((plan, check.id.as_str())).or_default();
            *count += 1;
            if *count > TOLD {
                *last = Some(failure);
                continue;
            }
        }
        spots.push((plan, spot(work, book, plan, &tasks[failure.task], failure)));
    }
    for ((plan, _), (count, last)) in counts {
        if let Some(failure) = last {
            let mut spot = spot(work, book, plan, &tasks[failure.task], failure);
            spot.said = say::check_fails_more(&spot.said.0, count - TOLD);
            spots.push((plan, spot));
        }
    }
}

fn tasks(book: &Book) -> Vec<Task<'_>> {
    book.checks
        .iter()
        .flat_map(|check| match &check.kind {
            CheckKind::Slip(fields) | CheckKind::Outlier { fields, .. } => {
                fields.iter().map(|f| Task { check, of: Some(f), fields: vec![f.clone()] }).collect()
            }
            CheckKind::Row(rule) | CheckKind::Previous(rule) => {
                vec![Task { check, of: None, fields: fields_of(rule) }]
            }
            CheckKind::Duplicate(fields) => vec![Task { check, of: None, fields: fields.clone() }],
        })
        .collect()
}

fn book_checks(
    work: &Work<'_>,
    ledger: &dyn LedgerView,
    book: &Book,
    drafts: &[usize],
    tasks: &[Task<'_>],
) -> Result<Vec<Failed>> {
    let needs_heads = tasks.iter().any(|t| t.of.is_some() || matches!(t.check.kind, CheckKind::Duplicate(_)));
    let heads = if needs_heads { ledger.heads(&book.id)? } else { Vec::new() };
    let threads = if drafts.len() < WORTH_THREADS { 1 } else { work.threads };
    let previous = previous_entries(work, ledger, book, drafts, threads)?;
    let mut fields: Vec<&FieldId> = tasks.iter().filter_map(|t| t.of).collect();
    fields.sort_unstable();
    fields.dedup();
    let subjects = book.subject.as_ref().filter(|_| !fields.is_empty());
    let subjects = subjects.map(|subject| Subjects::new(work, &heads, drafts, subject));
    let history = |field: &&FieldId| subjects.as_ref().map(|s| History::new(work, &heads, drafts, s, field));
    let histories = in_parallel(&fields, threads, &history);
    let seen = Seen { heads: &heads, drafts, previous: &previous, subjects: subjects.as_ref() };
    let run = |(number, task): &(usize, &Task<'_>)| {
        let field = task.of.and_then(|field| fields.iter().position(|f| *f == field));
        let history = field.and_then(|at| histories[at].as_ref());
        let failed = failures(work, &seen, history, task).into_iter();
        failed.map(|(draft, besides)| Failed { draft, task: *number, besides }).collect::<Vec<_>>()
    };
    let numbered: Vec<(usize, &Task<'_>)> = tasks.iter().enumerate().collect();
    let done = in_parallel(&numbered, threads, &run);
    let mut slipped: FxHashSet<(usize, &FieldId)> = FxHashSet::default();
    let mut failed = Vec::new();
    for failure in done.into_iter().flatten() {
        // What is a power of ten away need not be called far away as well.
        let task = &tasks[failure.task];
        match (&task.check.kind, task.of) {
            (CheckKind::Slip(_), Some(field)) => {
                slipped.insert((failure.draft, field));
            }
            (CheckKind::Outlier { .. }, Some(field)) if slipped.contains(&(failure.draft, field)) => continue,
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

/// What the checks of a book look at.
struct Seen<'s> {
    heads: &'s [Entry],
    drafts: &'s [usize],
    previous: &'s Previous,
    subjects: Option<&'s Subjects>,
}

/// The drafts that fail a task, with what there is to say besides.
fn failures(
    work: &Work<'_>,
    seen: &Seen<'_>,
    history: Option<&History>,
    task: &Task<'_>,
) -> Vec<(usize, Besides)> {
    let unusual = |is_far: &dyn Fn(Decimal, Decimal) -> bool| -> Vec<(usize, Besides)> {
        let (Some(subjects), Some(history)) = (seen.subjects, history) else { return Vec::new() };
        let found = far(work, seen.drafts, subjects, history, is_far).into_iter();
        found.map(|(draft, median)| (draft, Besides::Usual(median))).collect()
    };
    match &task.check.kind {
        CheckKind::Row(rule) | CheckKind::Previous(rule) => {
            conditions(work, seen.drafts, rule, seen.previous)
        }
        CheckKind::Slip(_) => unusual(&slip),
        CheckKind::Outlier { times, .. } => unusual(&|value, median| outlier(value, median, *times)),
        CheckKind::Duplicate(fields) => duplicates(work, seen.heads, seen.drafts, fields),
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

fn conditions(work: &Work<'_>, drafts: &[usize], rule: &Expr, previous: &Previous) -> Vec<(usize, Besides)> {
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
            failed.push((*index, Besides::Nothing));
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

/// Where the period before a draft's may be found.
enum Earlier {
    /// The number of another draft.
    Draft(usize),
    /// Under this key in the ledger.
    Key(String),
}

fn previous_entries(
    work: &Work<'_>,
    ledger: &dyn LedgerView,
    book: &Book,
    drafts: &[usize],
    threads: usize,
) -> Result<Previous> {
    let mut previous = Previous::default();
    let asks = book.checks.iter().any(|c| matches!(c.kind, CheckKind::Previous(_)));
    let (true, Some(time), Some(every)) = (asks, &book.time, book.every) else { return Ok(previous) };
    let mut by_key: FxHashMap<&str, usize> = FxHashMap::default();
    by_key.reserve(drafts.len());
    by_key.extend(drafts.iter().map(|d| (work.staged.drafts[*d].key.as_str(), *d)));
    let look = |part: &&[usize]| {
        let mut writer = KeyWriter::default();
        let mut key = String::new();
        let mut found = Vec::with_capacity(part.len());
        for index in *part {
            let payload = &work.staged.drafts[*index].payload;
            if previous_key(&mut writer, &mut key, book, payload, (time, every)).is_none() {
                continue;
            }
            match by_key.get(key.as_str()) {
                Some(other) => found.push((*index, Earlier::Draft(*other))),
                // An entry this file brings has no past in the ledger.
                None if refers_to_new(work, payload, book) => {}
                None => found.push((*index, Earlier::Key(std::mem::take(&mut key)))),
            }
        }
        found
    };
    let parts: Vec<&[usize]> = drafts.chunks(drafts.len().div_ceil(threads.max(1)).max(1)).collect();
    let (mut asked, mut keys) = (Vec::new(), Vec::new());
    previous.staged.reserve(drafts.len());
    for (index, earlier) in in_parallel(&parts, threads, &look).into_iter().flatten() {
        match earlier {
            Earlier::Draft(other) => {
                previous.staged.insert(index, other);
            }
            Earlier::Key(key) => {
                asked.push(index);
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

/// Writes the key of the period before a draft's; `None` when there is no such period or a value is missing.
fn previous_key(
    writer: &mut KeyWriter,
    key: &mut String,
    book: &Book,
    payload: &Payload,
    (time, every): (&FieldId, Every),
) -> Option<()> {
    key.clear();
    let earlier = when::previous(payload.get(time)?, every, &book.skips)?;
    for (i, field) in book.key.iter().enumerate() {
        let value = if field == time { &earlier } else { payload.get(field)? };
        writer.push(key, i == 0, value);
    }
    Some(())
}

/// Drafts that equal another entry in these fields under another key.
fn duplicates(
    work: &Work<'_>,
    heads: &[Entry],
    drafts: &[usize],
    fields: &[FieldId],
) -> Vec<(usize, Besides)> {
    let values = |payload: &Payload| -> Option<Vec<Value>> {
        fields.iter().map(|f| payload.get(f).cloned()).collect()
    };
    let staged: FxHashSet<EntryId> = drafts.iter().map(|d| work.staged.drafts[*d].entry).collect();
    let mut seen: FxHashMap<Vec<Value>, &str> = FxHashMap::default();
    for head in heads.iter().filter(|e| !staged.contains(&e.id)) {
        if let Some(values) = values(&head.payload) {
            seen.entry(values).or_insert(&head.key);
        }
    }
    let mut failed = Vec::new();
    for index in drafts {
        let draft = &work.staged.drafts[*index];
        let Some(values) = values(&draft.payload) else { continue };
        match seen.get(&values) {
            Some(other) if draft.change != Change::Unchanged => {
                failed.push((*index, Besides::Same(readable(other))));
            }
            Some(_) => {}
            None => {
                seen.insert(values, &draft.key);
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

fn spot(work: &Work<'_>, book: &Book, plan: usize, task: &Task<'_>, failure: &Failed) -> Spot {
    let draft = &work.staged.drafts[failure.draft];
    let planned = &work.plans[plan];
    let column = task.fields.iter().find_map(|f| planned.columns.iter().find(|c| c.field.id == *f));
    let col = column.map_or(planned.table.left, |c| c.col);
    let said = said(work, task, failure);
    let field = task.fields.first().and_then(|f| book.fields.get(f));
    Spot::cell(draft.place.1, col, task.check.id.as_str(), task.check.severity, said).about(&book.id, field)
}

fn said(work: &Work<'_>, task: &Task<'_>, failure: &Failed) -> say::Said {
    let values = shown(work, &work.staged.drafts[failure.draft], &task.fields);
    let values = match &failure.besides {
        Besides::Nothing => values,
        Besides::Usual(median) => say::against_history(&values, *median),
        Besides::Same(other) => say::same_as(&values, other),
    };
    say::check_failed(&task.check.message, &task.check.hint, &values)
}

/// What fails of drafts of one book that stand in no table: the draft's number and the finding, without a place.
pub(super) fn of_forms(
    work: &Work<'_>,
    ledger: &dyn LedgerView,
    book: &Book,
) -> Result<Vec<(usize, Finding)>> {
    let tasks = tasks(book);
    let drafts: Vec<usize> = (0..work.staged.drafts.len()).collect();
    let failed = book_checks(work, ledger, book, &drafts, &tasks)?;
    let finding = |failure: &Failed| {
        let task = &tasks[failure.task];
        let (message, hint) = said(work, task, failure);
        let place =
            Place { book: Some(book.id.clone()), field: task.fields.first().cloned(), ..Place::default() };
        let (code, severity) = (task.check.id.to_string(), task.check.severity);
        (failure.draft, Finding { code, severity, place, message, hint })
    };
    Ok(failed.iter().map(finding).collect())
}
