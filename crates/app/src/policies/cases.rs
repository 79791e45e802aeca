//! Cases of policies: read from their book, opened from what was reckoned, moved on by a person.
//!
//! Deliberately absent: any state of its own. A case is an entry of the case book with its history; who may write there may
//! move it.

use indexmap::IndexMap;
use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::{MoneyFlow, Policy, PolicyBooks, PolicyMode, PolicyStage};
use model::entry::EntryState;
use model::id::{EntryId, FieldId, PolicyId};
use model::value::Value;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::shapes::{Advance, Candidate, Confirmation, Due};
use super::{Desk, PoliciesFault, Result, payable, payments};
use crate::access::{Actor, Refusal};
use crate::books::{self, Edit, EntryView, NewEntry, Sight, Together, Values};
use crate::messages::policies as say;
use crate::park::Park;

/// Between the items of a case.
const AND: char = '、';

/// One case.
pub(super) struct Case {
    pub entry: EntryId,
    pub number: String,
    pub enterprise: EntryId,
    pub policy: String,
    pub year: i16,
    pub stage: PolicyStage,
    pub amount: Option<Decimal>,
    pub title: String,
    pub item: String,
    pub version: u32,
    pub handler: Option<String>,
    pub deadline: Option<Date>,
    pub decision: Option<String>,
    days: IndexMap<PolicyStage, Date>,
}

impl Case {
    /// The day it came to a stage.
    pub fn day(&self, stage: PolicyStage) -> Option<Date> {
        self.days.get(&stage).copied()
    }

    /// What it is for, one by one.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.item.split(AND).filter(|item| !item.is_empty())
    }
}

/// The book's word for a stage.
pub(super) fn word(books: &PolicyBooks, stage: PolicyStage) -> Option<&str> {
    books.stages.iter().find(|(_, of)| **of == stage).map(|(word, _)| word.as_str())
}

fn year(value: &Value) -> Option<i16> {
    match value {
        Value::Number(number) => i16::try_from(number.trunc().mantissa()).ok(),
        Value::Period(period) => Some(period.end.last_day().year()),
        _ => None,
    }
}

/// All cases.
pub(super) fn all(sight: &Sight<'_>, books: &PolicyBooks) -> Vec<Case> {
    let Some(book) = sight.content.books.get(&books.cases) else { return Vec::new() };
    let (table, Some(case), Some(subject)) = (sight.table(book), &book.case, &book.subject) else {
        return Vec::new();
    };
    let one = |row: u32| {
        let text = |field: &FieldId| match table.value(row, field)? {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        };
        let day = |field: Option<&FieldId>| table.value(row, field?)?.as_date();
        let amount = match table.value(row, &books.amount) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        Some(Case {
            entry: table.ids()[row as usize],
            number: text(&books.number)?,
            enterprise: table.value(row, subject)?.as_entry()?,
            policy: text(&books.policy)?,
            year: year(&table.value(row, &books.year)?)?,
            stage: *books.stages.get(&text(&case.state)?)?,
            amount,
            title: text(&books.title).unwrap_or_default(),
            item: text(&books.item).unwrap_or_default(),
            version: table.versions()[row as usize],
            handler: case.handler.as_ref().and_then(text),
            deadline: day(case.deadline.as_ref()),
            decision: books.decision.as_ref().and_then(text),
            days: books.days.iter().filter_map(|(stage, field)| Some((*stage, day(Some(field))?))).collect(),
        })
    };
    table.rows().filter_map(one).collect()
}

/// Money set aside for a policy in a year, as far as this person may know.
pub(super) fn budget(sight: &Sight<'_>, books: &PolicyBooks, id: &PolicyId, of: i16) -> Option<Decimal> {
    let budgets = books.budgets.as_ref()?;
    let table = sight.table(sight.book(&budgets.book).ok()?);
    let found = table.rows().filter(|row| {
        let same =
            matches!(table.value(*row, &budgets.policy), Some(Value::Text(text)) if *text == *id.as_str());
        same && table.value(*row, &budgets.year).as_ref().and_then(year) == Some(of)
    });
    let sums: Vec<Decimal> = found
        .filter_map(|row| match table.value(row, &budgets.amount) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        })
        .collect();
    (!sums.is_empty()).then(|| sums.into_iter().sum())
}

/// What a new case says, or one that was matched before: the reckoning, the stage, who handles it.
pub(super) fn values(
    desk: &Desk<'_>,
    policy: &Policy,
    candidate: &Candidate,
    stage: PolicyStage,
    (today, until): (Date, Option<Date>),
) -> Values {
    let book = &desk.sight.content.books[&desk.books.cases];
    let enterprise = candidate.enterprise.entry;
    let before = desk.of(&policy.id).filter(|case| case.enterprise == enterprise).count();
    let items: Vec<&str> = candidate.steps.iter().map(|step| step.entry.title.as_str()).collect();
    let basis: Vec<&str> = candidate.steps.iter().map(|step| step.words.as_str()).collect();
    let number = format!("{}-{}-{enterprise}-{}", policy.id, desk.year, before + 1);
    let mut values = Values::new();
    let mut put = |field: &FieldId, value: Json| values.insert(field.to_string(), value);
    put(&desk.books.number, json!(number));
    put(&desk.books.policy, json!(policy.id.as_str()));
    put(&desk.books.title, json!(policy.title));
    put(&desk.books.year, json!(desk.year.to_string()));
    put(&desk.books.item, json!(items.join(&AND.to_string())));
    put(&desk.books.amount, json!(candidate.amount.unwrap_or_default().to_string()));
    put(&desk.books.basis, json!(basis.join("；")));
    if let (Some(case), Some(subject)) = (&book.case, &book.subject) {
        put(&case.state, json!(word(desk.books, stage).unwrap_or(say::NO_WORD)));
        put(subject, json!(enterprise.0));
        if let (Some(field), Some(handler)) = (&case.handler, &policy.handler) {
            put(field, json!(handler));
        }
        if let Some(field) = &case.deadline {
            put(field, until.map_or(Json::Null, |until| json!(until.to_string())));
        }
    }
    if let Some(time) = &book.time {
        put(time, json!(today.to_string()));
    }
    values
}

/// Opens a case with what was reckoned now: a proposal a person confirmed (免申即享), or an application. What the program had matched
/// becomes that case.
///
/// # Errors
/// [`PoliciesFault::Not`] when nothing is due, something forbids it, or the amount is not what the person saw.
pub fn confirm(
    park: &mut Park,
    actor: &Actor,
    id: &str,
    asked: &Confirmation,
    key: Option<&str>,
) -> Result<EntryView> {
    let (book, mut values, matched, why) = {
        let desk = Desk::new(park, actor, Some(asked.year))?;
        let policy = desk.policy(id)?;
        payable(policy, asked.year)?;
        let all = desk.candidates(policy)?;
        let found = all.into_iter().find(|(of, _)| of.enterprise.0 == asked.enterprise);
        let (of, candidate) = found.ok_or(Refusal::NotFound)?;
        let not = |text: String| Err(PoliciesFault::Not(text));
        let (Due::Due, Some(amount)) = (candidate.state, candidate.amount) else {
            return not(say::nothing_due(&candidate.reasons));
        };
        let mine = |case: &&Case| case.enterprise == of.enterprise;
        if let Some(open) = desk.of(&policy.id).filter(mine).find(|case| case.stage.counts()) {
            return not(say::has_case(&open.number));
        }
        if let Some(conflict) = candidate.conflicts.first() {
            return not(conflict.clone());
        }
        if amount != asked.amount {
            return not(say::amount_changed(amount));
        }
        if let Some(left) = left(&desk, &policy.id).filter(|_| policy.flow() == MoneyFlow::Grant)
            && amount > left
        {
            return not(say::over_budget(left));
        }
        payments::clause(park, &desk, policy)?;
        let stage = match policy.mode {
            PolicyMode::Proposed => PolicyStage::Proposed,
            PolicyMode::Applied => PolicyStage::Applied,
        };
        let matched = desk.of(&policy.id).filter(mine).find(|case| case.stage == PolicyStage::Matched);
        let matched = matched.map(|case| (case.entry, case.version));
        let values = values(&desk, policy, &candidate, stage, (park.today(), None));
        (desk.books.cases.clone(), values, matched, say::opened(&policy.document))
    };
    if let Some((entry, version)) = matched {
        // Its number and the day it was found stay.
        let content = &park.library().content;
        let books = content.policy_books.as_ref().ok_or(Refusal::NotFound)?;
        values.remove(books.number.as_str());
        values.remove(content.books[&book].time.as_ref().map_or("", FieldId::as_str));
        return Ok(books::edit(park, actor, entry, version, &Edit { values, why }, key)?);
    }
    Ok(books::create(park, actor, &book, &NewEntry { values, why }, key)?)
}

/// Money not yet bound.
fn left(desk: &Desk<'_>, id: &PolicyId) -> Option<Decimal> {
    let bound: Decimal = desk.of(id).filter(|case| case.stage.counts()).filter_map(|case| case.amount).sum();
    Some(budget(&desk.sight, desk.books, id, desk.year)? - bound)
}

/// Moves a case on: reviewed, public, decided, paid – or refused, withdrawn, taken back, with a reason. What is paid, or taken back,
/// stands in the book of payments by the same revision.
///
/// # Errors
/// [`PoliciesFault::Not`] when it may not go there: out of turn, publicity not over, no reason, no clause to book it under.
pub fn advance(
    park: &mut Park,
    actor: &Actor,
    entry: EntryId,
    asked: &Advance,
    key: Option<&str>,
) -> Result<EntryView> {
    let (together, why) = {
        let view = books::entry(park, actor, entry)?;
        let desk = Desk::new(park, actor, None)?;
        if view.book != desk.books.cases || view.state != EntryState::Active {
            return Err(Refusal::NotFound.into());
        }
        let case = desk.cases.iter().find(|case| case.entry == entry).ok_or(Refusal::NotFound)?;
        let to = word(desk.books, asked.stage).unwrap_or(say::NO_WORD);
        let remark = asked.remark.trim();
        let on = asked.on.unwrap_or_else(|| park.today());
        may_move(&desk, case, asked.stage, remark, on)?;
        let values = moved(&desk, asked.stage, (to, remark), on);
        let change = (entry, view.version);
        let mut together = vec![Together { book: view.book, changes: Some(change), values, refers: None }];
        together.extend(payments::entry(park, &desk, case, asked.stage, on)?);
        (together, say::moved(to, remark))
    };
    let what = (entry.0, asked);
    books::write_together(park, actor, &together, &why, key.map(|key| (key, &what)))?;
    Ok(books::entry(park, actor, entry)?)
}

/// Whether a case may go to a stage.
fn may_move(desk: &Desk<'_>, case: &Case, to: PolicyStage, remark: &str, on: Date) -> Result<()> {
    let not = |text: String| Err(PoliciesFault::Not(text));
    if !case.stage.next().contains(&to) {
        let said = |stage| word(desk.books, stage).unwrap_or(say::NO_WORD);
        return not(say::no_way(said(case.stage), said(to)));
    }
    if !to.counts() && remark.is_empty() {
        return not(say::say_why());
    }
    if to == PolicyStage::Approved {
        let days = desk.sight.content.policies.get(case.policy.as_str()).and_then(|of| of.public_days);
        let over = |from: Date, days: u16| from.saturating_add(i32::from(days).days()) <= on;
        if let Some(days) = days
            && !case.day(PolicyStage::Publicised).is_some_and(|from| over(from, days))
        {
            return not(say::still_public(days));
        }
    }
    Ok(())
}

/// What changes of a case at a stage.
fn moved(desk: &Desk<'_>, stage: PolicyStage, (to, remark): (&str, &str), on: Date) -> Values {
    let mut values = Values::new();
    let book = &desk.sight.content.books[&desk.books.cases];
    if let Some(rule) = &book.case {
        values.insert(rule.state.to_string(), json!(to));
    }
    if let Some(day) = desk.books.days.get(&stage) {
        values.insert(day.to_string(), json!(on.to_string()));
    }
    if !remark.is_empty() {
        values.insert(desk.books.remark.to_string(), json!(remark));
        if let Some(decision) = desk.books.decision.as_ref().filter(|_| stage == PolicyStage::Approved) {
            values.insert(decision.to_string(), json!(remark));
        }
    }
    values
}
