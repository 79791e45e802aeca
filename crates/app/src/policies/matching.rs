//! Matching (智能匹配): the program goes through the policies that need no application (免申即享) and opens a case for everybody who is due
//! money and has none, with the reckoning as it stands and the day by which its handler should look at it.
//!
//! What it finds binds no money: a person confirms it ([`super::cases::confirm`]) or says why not, and what a person refused is not
//! found again. A case nobody looked at follows the data: its amount changes with them, and it is withdrawn when nothing is due any
//! more. The cases that wait stand on the first page of their handlers among the deadlines. Deliberately absent: when it runs (the
//! server at night, or a command), the time, and letters.

use std::collections::HashSet;

use jiff::civil::Date;
use model::definition::{Formula, MoneyFlow, PolicyMode, PolicyStage};
use model::id::FieldId;

use super::cases::{Case, values, word};
use super::shapes::{Candidate, CaseLine, Due, MatchedPolicies};
use super::{Desk, Result, payable};
use crate::access::Actor;
use crate::books::{self, Together, Values};
use crate::messages::policies as say;
use crate::park::Park;

/// What is to be written.
#[derive(Default)]
struct Found {
    writes: Vec<Together>,
    new: usize,
    changed: usize,
    gone: usize,
}

/// Matches all policies that need no application, for the year of `on` and the one before, as one revision.
///
/// # Errors
/// [`super::PoliciesFault`] when the actor may not write cases, or the ledger cannot be written.
pub fn run(park: &mut Park, actor: &Actor, on: Date) -> Result<MatchedPolicies> {
    let mut found = Found::default();
    for year in [on.year() - 1, on.year()] {
        let desk = Desk::new(park, actor, Some(year))?;
        let last = year < on.year();
        for policy in desk.sight.content.policies.values() {
            // What is reckoned from the values of a year waits for its end; a title is held on its day.
            let ripe = last || matches!(policy.formula, Formula::Fixed { .. });
            let asked = policy.mode == PolicyMode::Proposed && policy.data.is_some();
            let grant = policy.flow() == MoneyFlow::Grant;
            if !(ripe && asked && grant) || payable(policy, year).is_err() {
                continue;
            }
            let mut due = HashSet::new();
            for (_, candidate) in desk.candidates(policy)? {
                if candidate.state == Due::Due && candidate.conflicts.is_empty() {
                    due.insert(candidate.enterprise.entry);
                    one(&desk, policy, &candidate, on, &mut found);
                }
            }
            let matched = desk.of(&policy.id).filter(|case| case.stage == PolicyStage::Matched);
            for case in matched.filter(|case| !due.contains(&case.enterprise)) {
                found.gone += 1;
                found.writes.push(change(&desk, case, gone(&desk)));
            }
        }
    }
    if !found.writes.is_empty() {
        books::write_together(park, actor, &found.writes, &say::matched(on), None::<(&str, &())>)?;
    }
    let desk = Desk::new(park, actor, None)?;
    let waiting = desk.cases.iter().filter(|case| case.stage == PolicyStage::Matched);
    let waiting: Vec<CaseLine> = waiting.map(|case| desk.line(case)).collect();
    let (new, changed, gone) = (found.new, found.changed, found.gone);
    Ok(MatchedPolicies { on, new, changed, gone, waiting, revision: desk.sight.snapshot.revision().0 })
}

/// A candidate with money due: a new case, or a case nobody looked at that says another amount.
fn one(
    desk: &Desk<'_>,
    policy: &model::definition::Policy,
    candidate: &Candidate,
    on: Date,
    found: &mut Found,
) {
    let within = desk.books.confirm_within;
    let until = within.map(|days| desk.sight.content.calendar.after(on, days));
    let mine: Vec<&Case> =
        desk.of(&policy.id).filter(|case| case.enterprise == candidate.enterprise.entry).collect();
    let mut values = values(desk, policy, candidate, PolicyStage::Matched, (on, until));
    match mine.iter().find(|case| case.stage == PolicyStage::Matched) {
        Some(case) if case.amount == candidate.amount => {}
        Some(case) => {
            let book = &desk.sight.content.books[&desk.books.cases];
            values.remove(desk.books.number.as_str());
            values.remove(book.time.as_ref().map_or("", FieldId::as_str));
            found.changed += 1;
            found.writes.push(change(desk, case, values));
        }
        // What a person refused, or the program itself took back, is not found again and again.
        None if mine.iter().any(|case| case.stage != PolicyStage::Withdrawn) => {}
        None => {
            let book = desk.books.cases.clone();
            found.new += 1;
            found.writes.push(Together { book, changes: None, values, refers: None });
        }
    }
}

fn change(desk: &Desk<'_>, case: &Case, values: Values) -> Together {
    let changes = Some((case.entry, case.version));
    Together { book: desk.books.cases.clone(), changes, values, refers: None }
}

/// What a case says when nothing is due by it any more.
fn gone(desk: &Desk<'_>) -> Values {
    let mut values = Values::new();
    let state = desk.sight.content.books[&desk.books.cases].case.as_ref().map(|case| case.state.to_string());
    if let (Some(state), Some(word)) = (state, word(desk.books, PolicyStage::Withdrawn)) {
        values.insert(state, word.into());
    }
    values.insert(desk.books.remark.to_string(), say::NOT_DUE_ANY_MORE.into());
    values
}
