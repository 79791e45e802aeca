//! The returns an enterprise has to do with: what it owes, what lies with the committee, what is done.

use jiff::ToSpan as _;
use jiff::civil::Date;
use model::definition::{Book, Right};
use model::id::EntryId;
use model::period::Period;
use model::wording::number::say_period_of_year;
use store::{FilingAct, FilingRecord};

use super::shapes::{ReturnHead, ReturnState, ReturnsDue};
use super::{Answer, ENTERPRISE, Result, Return};
use crate::access::{Actor, Refusal};
use crate::books::{RowOf, periods_of};
use crate::clock::days_between;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Months back that are listed; what is not finished stays however old it is.
const MONTHS: i32 = 13;

/// The returns of one's own enterprise: to be done first comes first, by the day it is due.
///
/// # Errors
/// [`super::FilingsFault`] for whoever is of no enterprise.
pub fn returns_due(park: &Park, actor: &Actor) -> Result<ReturnsDue> {
    let enterprise = actor.own().ok_or(Refusal::NotFound)?;
    let content = &park.library().content;
    let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
    let records = park.store().filings(Some(enterprise))?;
    let mut items = Vec::new();
    for book in content.books.values().filter(|b| b.filing.is_some() && actor.may(Right::File, b)) {
        let periods = listed(book, park.today(), &records);
        let newest = periods.iter().max_by_key(|period| period.last_day()).copied();
        for period in periods {
            let found = Return::of(park, actor, &book.id, enterprise, period)?;
            let record = records.iter().find(|record| record.key == found.key);
            let one = head(park, &found, record)?;
            // Who need not file is asked for the newest period, not for every one it let pass.
            if one.expected || one.state != ReturnState::NotBegun || Some(period) == newest {
                items.push(one);
            }
        }
    }
    items.sort_by(|a, b| {
        let key = |one: &ReturnHead| (!one.state.is_open(), one.state == ReturnState::Recorded);
        key(a).cmp(&key(b)).then_with(|| {
            let open = a.state.is_open();
            // What is to be done by its day, what is done the newest first.
            if open {
                (!a.expected, a.due, &a.period).cmp(&(!b.expected, b.due, &b.period))
            } else {
                (b.state == ReturnState::Submitted, &b.period)
                    .cmp(&(a.state == ReturnState::Submitted, &a.period))
            }
        })
    });
    let sight = crate::books::Sight::new(content, park.snapshot()?, actor);
    Ok(ReturnsDue { enterprise: sight.link(enterprise, Some(&register.id)), today: park.today(), items })
}

/// Periods that are over, of the last months; the newest one in any case; and those of returns that are not finished.
fn listed(book: &Book, today: Date, records: &[FilingRecord]) -> Vec<Period> {
    let years = (today.year() - 2)..=today.year();
    let over: Vec<Period> =
        years.flat_map(|year| periods_of(book, year)).filter(|period| period.last_day() < today).collect();
    let first = today.saturating_sub(MONTHS.months());
    let newest = over.last().copied();
    let mut periods: Vec<Period> =
        over.into_iter().filter(|period| period.last_day() >= first || Some(*period) == newest).collect();
    for record in records.iter().filter(|record| record.key.book == book.id) {
        let finished = ReturnState::from(record.state) == ReturnState::Accepted;
        if !finished && !periods.contains(&record.key.period) {
            periods.push(record.key.period);
        }
    }
    periods
}

/// A return in a list.
pub(super) fn head(park: &Park, found: &Return<'_>, record: Option<&FilingRecord>) -> Result<ReturnHead> {
    let state = found.state(record);
    let note = match record.filter(|_| state == ReturnState::SentBack) {
        Some(record) => last_answer(park, record)?.map(|answer| answer.note).filter(|note| !note.is_empty()),
        None => None,
    };
    let (due, book) = (found.due(), found.book);
    Ok(ReturnHead {
        id: record.map(|record| record.id.0),
        book: book.id.clone(),
        title: book.title.clone(),
        title_en: book.title_en.clone(),
        department: book.department.clone(),
        enterprise: LinkedEntry { entry: found.key.enterprise, title: found.title() },
        period: found.key.period.to_string(),
        period_words: say_period_of_year(found.key.period),
        days: due.filter(|_| state.is_open()).map(|due| days_between(found.today, due)),
        due,
        expected: expected(found, found.key.enterprise),
        state,
        at: record.map(|record| record.at),
        note,
    })
}

/// Why a return was sent back last.
pub(super) fn last_answer(park: &Park, record: &FilingRecord) -> Result<Option<Answer>> {
    let steps = park.store().filing_steps(record.id)?;
    let back = steps.iter().rev().find(|step| step.act == FilingAct::SendBack);
    back.map(|step| Answer::of(&step.body)).transpose()
}

/// Whether an enterprise must file the book.
fn expected(found: &Return<'_>, enterprise: EntryId) -> bool {
    let table = found.sight.table(found.register);
    let Some((rule, row)) = found.book.reporters.as_ref().zip(table.row(enterprise)) else { return false };
    let asked = RowOf { snapshot: &found.sight.snapshot, table, row };
    model::expr::eval::truth(rule, &asked) == Some(true)
}
