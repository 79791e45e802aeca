//! The policies of one enterprise: what it received, what is on the way, what it may have – for its file, and for itself.
//!
//! Deliberately absent: policies whose books this person may not read; they are left out.

use model::definition::Right;
use model::id::EntryId;
use rust_decimal::Decimal;

use super::shapes::{CaseLine, Due, DuePolicy, EnterprisePolicies, ReceivedLine};
use super::{Desk, Result, payable};
use crate::access::{Actor, Refusal};
use crate::park::Park;

/// The policies of one enterprise; without a year, what is due is reckoned for the last complete one.
///
/// # Errors
/// [`super::PoliciesFault`] when the enterprise is not there for this person, or the ledger cannot be read.
pub fn of_enterprise(
    park: &Park,
    actor: &Actor,
    enterprise: EntryId,
    year: Option<i16>,
) -> Result<EnterprisePolicies> {
    let desk = Desk::about(park, actor, year, Some(enterprise))?;
    let cases = &desk.sight.content.books[&desk.books.cases];
    let register = cases.subject.as_ref().and_then(|field| cases.fields[field].kind.book());
    let register = desk.sight.book(register.ok_or(Refusal::NotFound)?)?;
    let table = desk.sight.table(register);
    let row = table.row(enterprise).ok_or(Refusal::NotFound)?;
    if !desk.sight.sees_row(register, table, row) {
        return Err(Refusal::NotFound.into());
    }
    let received = received(&desk, enterprise);
    let kept = received.iter().filter(|line| !line.returned).filter_map(|line| line.amount);
    let closed =
        |state: &str| cases.case.as_ref().is_some_and(|rule| rule.closed.iter().any(|word| word == state));
    let open = desk.cases.iter().map(|case| desk.line(case)).filter(|line| !closed(&line.state));
    let open: Vec<CaseLine> = open.collect();
    let due = due(&desk)?;
    let known = due.iter().filter(|one| one.candidate.state == Due::Due && one.payable);
    Ok(EnterprisePolicies {
        enterprise: desk.link(enterprise),
        year: desk.year,
        received_total: kept.sum(),
        due_total: known.filter_map(|one| one.candidate.amount).sum(),
        received,
        open,
        due,
        revision: desk.sight.snapshot.revision().0,
    })
}

/// What stands in the book of payments; without such a book, the cases that were paid.
fn received(desk: &Desk<'_>, enterprise: EntryId) -> Vec<ReceivedLine> {
    let Some(payments) = &desk.books.payments else { return Vec::new() };
    let Ok(book) = desk.sight.book(&payments.book) else { return Vec::new() };
    let table = desk.sight.table(book);
    let rows = book.subject.as_ref().map_or_else(Vec::new, |field| table.naming(field, enterprise));
    let line = |row: u32| {
        let text = |field: &model::id::FieldId| {
            let value = table.value(row, field)?;
            Some(desk.sight.text(book.field(field)?, &value)).filter(|text| !text.is_empty())
        };
        let amount = table.value(row, &payments.amount).and_then(|value| value.as_number());
        let day = book.time.as_ref().and_then(|time| table.value(row, time)?.as_date());
        let returned = payments.returned.as_ref().and_then(|field| table.value(row, field));
        let yuan = |amount: Decimal| amount.checked_div(payments.factor).map(|amount| amount.normalize());
        ReceivedLine {
            entry: table.ids()[row as usize].0,
            title: text(&payments.clause).unwrap_or_default(),
            on: day,
            amount: amount.and_then(yuan),
            document: payments.document.as_ref().and_then(text),
            returned: returned == Some(model::value::Value::Flag(true)),
            case: table.value(row, &payments.case).and_then(|value| value.as_entry()).map(|entry| entry.0),
        }
    };
    let seen = rows.into_iter().filter(|row| desk.sight.sees_row(book, table, *row));
    let mut lines: Vec<ReceivedLine> = seen.map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.on, line.entry)));
    lines
}

/// Policies it may have money by, or would if something that is missing were known, and no case has begun.
fn due(desk: &Desk<'_>) -> Result<Vec<DuePolicy>> {
    let mut found = Vec::new();
    for policy in desk.sight.content.policies.values() {
        let Some(data) = &policy.data else { continue };
        let Ok(book) = desk.sight.book(&data.book) else { continue };
        if !desk.reads(book) || !desk.sight.actor.may(Right::Read, book) {
            continue;
        }
        for (_, candidate) in desk.candidates(policy)? {
            if matches!(candidate.state, Due::Due | Due::Unknown) && candidate.case.is_none() {
                found.push(DuePolicy {
                    policy: policy.id.to_string(),
                    title: policy.title.clone(),
                    title_en: policy.title_en.clone(),
                    document: policy.document.clone(),
                    flow: policy.flow(),
                    mode: policy.mode,
                    payable: payable(policy, desk.year).is_ok(),
                    papers: policy.papers.clone(),
                    candidate,
                });
            }
        }
    }
    found.sort_by(|a, b| {
        let money = |one: &DuePolicy| one.candidate.amount.unwrap_or_default();
        b.payable.cmp(&a.payable).then_with(|| money(b).cmp(&money(a)))
    });
    Ok(found)
}
