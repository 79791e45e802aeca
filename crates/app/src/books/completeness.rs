//! Completeness of a series: who must report which period, who has, when it is due, and letters to who has not.
//!
//! Late is what was first written after the day it was due; what a later version corrected was sent all the same.
//! Deliberately absent: sending letters – a person does, and it is kept that they did.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use model::definition::{Book, BookKind};
use model::expr::eval;
use model::id::{BookId, EntryId, FieldId};
use model::period::{Month, Period};
use model::wording::number::say_period_of_year;
use serde::{Deserialize, Serialize};
use store::By;
use utoipa::ToSchema;

use super::{BooksFault, Cell, QueryFault, Result, RowOf, Sight, collate};
use crate::access::{Actor, Refusal, Right};
use crate::clock;
use crate::messages::books as say;
use crate::park::Park;

/// Who has reported which period of a year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Completeness {
    /// The periods of the year that are collected, in order.
    pub periods: Vec<String>,
    /// Whoever must report or has, by title.
    pub rows: Vec<CompletenessRow>,
    /// The day each period is due; periods without one are absent.
    pub due: BTreeMap<String, String>,
    /// Counts of each period.
    pub totals: Vec<PeriodTotals>,
}

/// One reporter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct CompletenessRow {
    /// Who.
    pub entry: u64,
    /// What they are called.
    pub title: String,
    /// One for each period.
    pub cells: Vec<Sent>,
}

/// Whether a return has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// In time, or no day was set.
    Sent,
    /// After the day it was due.
    Late,
    /// Due, and not there.
    Missing,
    /// Not due yet.
    NotDue,
    /// Not expected, and not there.
    None,
}

/// Counts of one period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PeriodTotals {
    /// The period.
    pub period: String,
    /// How many must report.
    pub expected: usize,
    /// How many have, late ones included.
    pub sent: usize,
    /// How many were late.
    pub late: usize,
    /// How many are due and missing.
    pub missing: usize,
}

/// Letters to who has not reported a period.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Reminders {
    /// The period.
    pub period: String,
    /// The day it was due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Whoever is missing, by title.
    pub items: Vec<ReminderItem>,
}

/// A letter to one who has not reported.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReminderItem {
    /// Who.
    pub entry: u64,
    /// What they are called.
    pub title: String,
    /// Whom to call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Their number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Cell>,
    /// The letter.
    pub text: String,
    /// When they were last reminded of this period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub reminded_at: Option<Timestamp>,
}

/// Whom somebody reminded.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct Reminded {
    /// Of which period.
    pub period: String,
    /// Whom.
    pub entries: Vec<u64>,
}

/// How many reminders were kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct RemindersKept {
    /// How many.
    pub recorded: usize,
}

/// A series with its reporters.
struct Returns<'a> {
    sight: Sight<'a>,
    book: &'a Book,
    register: &'a Book,
    subject: &'a FieldId,
    today: Date,
}

impl<'a> Returns<'a> {
    fn new(park: &'a Park, actor: &'a Actor, book: &BookId) -> Result<Self> {
        let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
        let book = sight.book(book)?;
        let subject = book.subject.as_ref().filter(|_| book.kind == BookKind::Series);
        let subject = subject.ok_or(Refusal::NotFound)?;
        let register = book.field(subject).and_then(|f| f.kind.book()).ok_or(Refusal::NotFound)?;
        let register = sight.content.books.get(register).ok_or(Refusal::NotFound)?;
        Ok(Self { sight, book, register, subject, today: park.today() })
    }

    fn due(&self, period: Period) -> Option<Date> {
        due_of(self.book, period)
    }

    /// Whether a period's return should be there by now.
    fn is_due(&self, period: Period) -> bool {
        self.due(period).unwrap_or_else(|| period.last_day()) < self.today
    }

    /// Who has sent which period of these, with the entry.
    fn sent(&self, periods: &[Period]) -> HashMap<(EntryId, Period), EntryId> {
        let table = self.sight.table(self.book);
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return HashMap::new() };
        let Some(time) = &self.book.time else { return HashMap::new() };
        let mut sent = HashMap::new();
        for row in table.between(first.start(), last.end) {
            let period = table.value(row, time).and_then(|v| v.as_period());
            let subject = table.value(row, self.subject).and_then(|v| v.as_entry());
            if let (Some(period), Some(subject)) = (period, subject) {
                sent.insert((subject, period), table.ids()[row as usize]);
            }
        }
        sent
    }

    /// Who must report, and whoever of these has: row, entry, whether expected.
    fn reporters(&self, sent: &HashMap<(EntryId, Period), EntryId>) -> Vec<(u32, EntryId, bool)> {
        let table = self.sight.table(self.register);
        let has_sent: std::collections::HashSet<EntryId> = sent.keys().map(|(subject, _)| *subject).collect();
        let rule = self.book.reporters.as_ref();
        let mut reporters: Vec<(Vec<u32>, (u32, EntryId, bool))> = (0u32..)
            .zip(table.ids())
            .filter(|(row, _)| self.sight.sees_row(self.register, table, *row))
            .filter_map(|(row, id)| {
                let asked = RowOf { snapshot: &self.sight.snapshot, table, row };
                let expected = rule.is_some_and(|r| eval::truth(r, &asked) == Some(true));
                let title = || collate::key(&self.sight.row_title(self.register, table, row));
                (expected || has_sent.contains(id)).then(|| (title(), (row, *id, expected)))
            })
            .collect();
        reporters.sort();
        reporters.into_iter().map(|(_, reporter)| reporter).collect()
    }

    fn cell(
        &self,
        period: Period,
        entry: Option<&EntryId>,
        expected: bool,
        first: &HashMap<EntryId, Timestamp>,
    ) -> Sent {
        let Some(entry) = entry else {
            return match (expected, self.is_due(period)) {
                (false, _) => Sent::None,
                (true, true) => Sent::Missing,
                (true, false) => Sent::NotDue,
            };
        };
        let written = first.get(entry).map(|at| clock::local(*at).date());
        let late = written.zip(self.due(period)).is_some_and(|(on, due)| on > due);
        if late { Sent::Late } else { Sent::Sent }
    }
}

/// The last day to report a period, where the book names one.
pub(crate) fn due_of(book: &Book, period: Period) -> Option<Date> {
    let next = period.end.plus(1);
    Date::new(next.year(), next.month(), book.due_day?).ok()
}

/// The periods of a year for which returns of a series are collected.
pub(crate) fn periods_of(book: &Book, year: i16) -> Vec<Period> {
    let Some(every) = book.every else { return Vec::new() };
    let months = (1..=12).filter_map(|month| Month::new(year, month));
    let ends = months.filter(|m| !book.skips.contains(&m.month()));
    ends.map(|m| Period::containing(m, every.window())).filter(|p| p.end.year() == year).fold(
        Vec::new(),
        |mut periods, period| {
            if periods.last() != Some(&period) {
                periods.push(period);
            }
            periods
        },
    )
}

/// Who has reported which period of a year.
///
/// # Errors
/// [`BooksFault`] when the book is not there for this person or is no series of subjects.
pub fn completeness(park: &Park, actor: &Actor, book: &BookId, year: i16) -> Result<Completeness> {
    let returns = Returns::new(park, actor, book)?;
    let periods = periods_of(returns.book, year);
    let sent = returns.sent(&periods);
    let ids: Vec<EntryId> = sent.values().copied().collect();
    let first = park.store().first_written(&ids)?;
    let reporters = returns.reporters(&sent);
    let table = returns.sight.table(returns.register);
    let totals =
        |p: &Period| PeriodTotals { period: p.to_string(), expected: 0, sent: 0, late: 0, missing: 0 };
    let mut totals: Vec<PeriodTotals> = periods.iter().map(totals).collect();
    let mut rows = Vec::with_capacity(reporters.len());
    for (row, entry, expected) in reporters {
        let cell = |p: &Period| returns.cell(*p, sent.get(&(entry, *p)), expected, &first);
        let cells: Vec<Sent> = periods.iter().map(cell).collect();
        for (total, cell) in totals.iter_mut().zip(&cells) {
            total.expected += usize::from(expected);
            total.sent += usize::from(matches!(cell, Sent::Sent | Sent::Late));
            total.late += usize::from(*cell == Sent::Late);
            total.missing += usize::from(*cell == Sent::Missing);
        }
        let title = returns.sight.row_title(returns.register, table, row);
        rows.push(CompletenessRow { entry: entry.0, title, cells });
    }
    let due = periods.iter().filter_map(|p| Some((p.to_string(), returns.due(*p)?.to_string()))).collect();
    Ok(Completeness { periods: periods.iter().map(ToString::to_string).collect(), rows, due, totals })
}

/// A period of a series from its text; the newest that is due when nothing is said.
fn period_of(returns: &Returns<'_>, text: &str) -> Result<Period> {
    let year = returns.today.year();
    if text.is_empty() {
        let recent = [year - 1, year]
            .into_iter()
            .flat_map(|y| periods_of(returns.book, y))
            .collect::<Vec<_>>()
            .into_iter();
        return recent.rev().find(|p| returns.is_due(*p)).ok_or_else(|| Refusal::NotFound.into());
    }
    let period = crate::explore::period(text).ok();
    let own = period.and_then(|p| periods_of(returns.book, p.end.year()).into_iter().find(|o| *o == p));
    own.ok_or_else(|| {
        let field = returns.book.time.as_ref().and_then(|t| returns.book.field(t));
        let field = field.map_or_else(String::new, |f| f.title.clone());
        BooksFault::Query(QueryFault::BadValue { field, value: text.to_owned() })
    })
}

/// Letters to who has not reported a period that is due.
///
/// # Errors
/// [`BooksFault`] when the book is not there for this person, or the period is none of it.
pub fn reminders(park: &Park, actor: &Actor, book: &BookId, period: &str) -> Result<Reminders> {
    let returns = Returns::new(park, actor, book)?;
    let period = period_of(&returns, period)?;
    let sent = returns.sent(&[period]);
    let due = returns.due(period);
    let kept = park.store().reminders(book, period)?;
    let page = returns.sight.content.pages.reminders.as_ref();
    let contact = page.and_then(|p| p.contacts.iter().find(|c| c.book == returns.register.id));
    let table = returns.sight.table(returns.register);
    let mut items = Vec::new();
    for (row, entry, expected) in returns.reporters(&sent) {
        if !expected || sent.contains_key(&(entry, period)) || !returns.is_due(period) {
            continue;
        }
        let title = returns.sight.row_title(returns.register, table, row);
        let cell = |field: Option<&FieldId>| {
            let field = returns.register.field(field?)?;
            returns.sight.cell_at(field, table.column(&field.id)?, row)
        };
        let day = due.map(say::day);
        let text = page.map_or_else(String::new, |page| {
            page.letter([
                &title,
                &returns.book.title,
                &say_period_of_year(period),
                day.as_deref().unwrap_or(&page.no_due),
                &returns.book.department,
            ])
        });
        items.push(ReminderItem {
            entry: entry.0,
            title,
            contact: cell(contact.and_then(|c| c.person.as_ref())).map(|c| c.text),
            phone: cell(contact.and_then(|c| c.phone.as_ref())),
            text,
            reminded_at: kept.iter().find(|r| r.entry == entry).map(|r| r.at),
        });
    }
    Ok(Reminders { period: period.to_string(), due: due.map(|d| d.to_string()), items })
}

/// Keeps that somebody reminded these.
///
/// # Errors
/// [`BooksFault`] when the book may not be written by this person, or one of them is not missing.
pub fn remind(park: &mut Park, actor: &Actor, book: &BookId, reminded: &Reminded) -> Result<RemindersKept> {
    let entries: Vec<EntryId> = reminded.entries.iter().map(|e| EntryId(*e)).collect();
    let period = {
        let returns = Returns::new(park, actor, book)?;
        actor.need(Right::Record, returns.book)?;
        let period = period_of(&returns, &reminded.period)?;
        let sent = returns.sent(&[period]);
        let expected: Vec<EntryId> =
            returns.reporters(&sent).into_iter().filter(|r| r.2).map(|(_, id, _)| id).collect();
        if !entries.iter().all(|e| expected.contains(e) && !sent.contains_key(&(*e, period))) {
            return Err(Refusal::NotFound.into());
        }
        period
    };
    if !entries.is_empty() {
        let by = By { at: park.clock.now(), who: &actor.name, from: &actor.from };
        park.store.add_reminders(by, book, period, &entries)?;
    }
    Ok(RemindersKept { recorded: entries.len() })
}
