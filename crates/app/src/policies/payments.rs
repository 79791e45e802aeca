//! The book of payments (奖励资金兑现): what a case that is paid writes there, and what it changes there when money is taken back.
//!
//! Deliberately absent: payments without a case – those come in by import and stay what they are.

use jiff::civil::Date;
use model::definition::{MoneyFlow, Policy, PolicyPayments, PolicyStage};
use model::entry::{EntryState, key_text};
use model::id::EntryId;
use model::value::{Payload, Value};
use serde_json::json;

use super::cases::Case;
use super::{Desk, PoliciesFault, Result};
use crate::books::{Together, Values};
use crate::messages::policies as say;
use crate::park::Park;

/// The row of the register of clauses that a policy is booked under; none where its money goes into no such book.
///
/// # Errors
/// [`PoliciesFault::Not`] when the register has no such row.
pub(super) fn clause(park: &Park, desk: &Desk<'_>, policy: &Policy) -> Result<Option<EntryId>> {
    let Some(payments) = desk.books.payments.as_ref().filter(|_| policy.flow() == MoneyFlow::Grant) else {
        return Ok(None);
    };
    let register = &desk.sight.content.books[&payments.clauses];
    let wanting = || PoliciesFault::Not(say::no_clause(&policy.title, &register.title));
    let [field] = register.key.as_slice() else { return Err(wanting()) };
    let code = policy.clause.as_ref().ok_or_else(wanting)?;
    let payload: Payload = [(field.clone(), Value::Text(code.as_str().into()))].into_iter().collect();
    let key = key_text(&payload, std::slice::from_ref(field)).ok_or_else(wanting)?;
    let found = park.store().by_key(&register.id, &key)?.filter(|row| row.state == EntryState::Active);
    found.map(|row| Some(row.id)).ok_or_else(wanting)
}

/// What a stage writes in the book of payments: a new row for what is paid, a mark on the row for what is taken back.
///
/// # Errors
/// As [`clause`].
pub(super) fn entry(
    park: &Park,
    desk: &Desk<'_>,
    case: &Case,
    stage: PolicyStage,
    on: Date,
) -> Result<Option<Together>> {
    let (Some(payments), Some(policy)) =
        (&desk.books.payments, desk.sight.content.policies.get(case.policy.as_str()))
    else {
        return Ok(None);
    };
    let book = payments.book.clone();
    match stage {
        PolicyStage::Paid => {
            let Some(clause) = clause(park, desk, policy)? else { return Ok(None) };
            let values = paid(desk, payments, case, clause, on);
            Ok(Some(Together { book, changes: None, values, refers: None }))
        }
        PolicyStage::ClawedBack => {
            let table = desk.sight.table(&desk.sight.content.books[&book]);
            let row = table.naming(&payments.case, case.entry).into_iter().next();
            let (Some(row), Some(field)) = (row, &payments.returned) else { return Ok(None) };
            let changes = Some((table.ids()[row as usize], table.versions()[row as usize]));
            let values = [(field.to_string(), json!(true))].into_iter().collect();
            Ok(Some(Together { book, changes, values, refers: None }))
        }
        _ => Ok(None),
    }
}

fn paid(desk: &Desk<'_>, payments: &PolicyPayments, case: &Case, clause: EntryId, on: Date) -> Values {
    let book = &desk.sight.content.books[&payments.book];
    let day = if payments.dated == PolicyStage::Paid { Some(on) } else { case.day(payments.dated) };
    let amount = case.amount.unwrap_or_default() * payments.factor;
    let mut values = Values::new();
    let mut put = |field: Option<&model::id::FieldId>, value| {
        field.map(|field| values.insert(field.to_string(), value));
    };
    put(book.subject.as_ref(), json!(case.enterprise.0));
    put(book.time.as_ref(), json!(day.unwrap_or(on).to_string()));
    put(Some(&payments.clause), json!(clause.0));
    put(Some(&payments.case), json!(case.entry.0));
    put(Some(&payments.amount), json!(amount.normalize().to_string()));
    put(payments.year.as_ref(), json!(case.year.to_string()));
    if let Some(document) = &case.decision {
        put(payments.document.as_ref(), json!(document));
    }
    values
}
