//! Cases of policies: read from their book, opened from what was reckoned, moved on by a person.
//!
//! Deliberately absent: any state of its own. A case is an entry of the case book with its history; who may write there may
//! move it.

use indexmap::IndexMap;
use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::{PolicyBooks, PolicyMode, PolicyStage};
use model::entry::EntryState;
use model::id::{EntryId, FieldId, PolicyId};
use model::value::Value;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::shapes::{Advance, Confirmation, Due};
use super::{Desk, PoliciesFault, Result, payable};
use crate::access::{Actor, Refusal};
use crate::books::{self, Edit, EntryView, NewEntry, Sight, Values};
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
    pub item: String,
    pub public_from: Option<Date>,
    pub paid_on: Option<Date>,
}

impl Case {
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
        let day = |stage: PolicyStage| match table.value(row, books.days.get(&stage)?)? {
            Value::Date(date) => Some(date),
            _ => None,
        };
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
            item: text(&books.item).unwrap_or_default(),
            public_from: day(PolicyStage::Publicised),
            paid_on: day(PolicyStage::Paid),
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

/// Opens a case with what was reckoned now: a proposal a person confirmed (免申即享), or an application.
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
    let (book, new) = {
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
        if let Some(left) = left(&desk, &policy.id)
            && amount > left
        {
            return not(say::over_budget(left));
        }
        let stage = match policy.mode {
            PolicyMode::Proposed => PolicyStage::Proposed,
            PolicyMode::Applied => PolicyStage::Applied,
        };
        let before = desk.of(&policy.id).filter(mine).count();
        let items: Vec<&str> = candidate.steps.iter().map(|step| step.entry.title.as_str()).collect();
        let basis: Vec<&str> = candidate.steps.iter().map(|step| step.words.as_str()).collect();
        let content = desk.sight.content;
        let book = &content.books[&desk.books.cases];
        let mut values = Values::new();
        let mut put = |field: &FieldId, value: Json| values.insert(field.to_string(), value);
        put(&desk.books.number, json!(format!("{id}-{}-{}-{}", asked.year, asked.enterprise, before + 1)));
        put(&desk.books.policy, json!(id));
        put(&desk.books.title, json!(policy.title));
        put(&desk.books.year, json!(asked.year.to_string()));
        put(&desk.books.item, json!(items.join(&AND.to_string())));
        put(&desk.books.amount, json!(amount.to_string()));
        put(&desk.books.basis, json!(basis.join("；")));
        if let (Some(case), Some(subject)) = (&book.case, &book.subject) {
            put(&case.state, json!(word(desk.books, stage).unwrap_or(say::NO_WORD)));
            put(subject, json!(asked.enterprise));
        }
        if let Some(time) = &book.time {
            put(time, json!(park.today().to_string()));
        }
        (book.id.clone(), NewEntry { values, why: say::opened(&policy.document) })
    };
    Ok(books::create(park, actor, &book, &new, key)?)
}

/// Money not yet bound.
fn left(desk: &Desk<'_>, id: &PolicyId) -> Option<Decimal> {
    let bound: Decimal = desk.of(id).filter(|case| case.stage.counts()).filter_map(|case| case.amount).sum();
    Some(budget(&desk.sight, desk.books, id, desk.year)? - bound)
}

/// Moves a case on: reviewed, public, decided, paid – or refused, withdrawn, taken back, with a reason.
///
/// # Errors
/// [`PoliciesFault::Not`] when it may not go there: out of turn, publicity not over, no reason.
pub fn advance(
    park: &mut Park,
    actor: &Actor,
    entry: EntryId,
    asked: &Advance,
    key: Option<&str>,
) -> Result<EntryView> {
    let (version, change) = {
        let view = books::entry(park, actor, entry)?;
        let desk = Desk::new(park, actor, None)?;
        if view.book != desk.books.cases || view.state != EntryState::Active {
            return Err(Refusal::NotFound.into());
        }
        let case = desk.cases.iter().find(|case| case.entry == entry).ok_or(Refusal::NotFound)?;
        let not = |text: String| Err(PoliciesFault::Not(text));
        let to = word(desk.books, asked.stage).unwrap_or(say::NO_WORD);
        if !case.stage.next().contains(&asked.stage) {
            return not(say::no_way(word(desk.books, case.stage).unwrap_or_default(), to));
        }
        let remark = asked.remark.trim();
        if !asked.stage.counts() && remark.is_empty() {
            return not(say::say_why());
        }
        let on = asked.on.unwrap_or_else(|| park.today());
        if asked.stage == PolicyStage::Approved {
            let days = desk.sight.content.policies.get(case.policy.as_str()).and_then(|of| of.public_days);
            let over = |from: Date, days: u16| from.saturating_add(i32::from(days).days()) <= on;
            if let Some(days) = days
                && !case.public_from.is_some_and(|from| over(from, days))
            {
                return not(say::still_public(days));
            }
        }
        let mut fields: IndexMap<FieldId, Json> = IndexMap::new();
        let book = &desk.sight.content.books[&desk.books.cases];
        if let Some(rule) = &book.case {
            fields.insert(rule.state.clone(), json!(to));
        }
        if let Some(day) = desk.books.days.get(&asked.stage) {
            fields.insert(day.clone(), json!(on.to_string()));
        }
        if !remark.is_empty() {
            fields.insert(desk.books.remark.clone(), json!(remark));
        }
        let values = fields.into_iter().map(|(field, value)| (field.to_string(), value)).collect();
        (view.version, Edit { values, why: say::moved(to, remark) })
    };
    Ok(books::edit(park, actor, entry, version, &change, key)?)
}
