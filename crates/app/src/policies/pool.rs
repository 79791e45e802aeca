//! Risk pools (风险池): money paid in, the credit it stands for, losses made good and what each party bore of them.
//!
//! Deliberately absent: whether a loan may enter – that is the pool's board – and interest on the pool's money.

use jiff::civil::Date;
use model::definition::{Book, Formula, Policy, PolicyPool, Right};
use model::id::FieldId;
use model::value::Value;
use rust_decimal::Decimal;

use super::shapes::{LossLine, PartyStanding, PoolStanding};
use super::{Desk, Result};
use crate::access::{Refusal, Scope};

/// How the pool of a policy stands on the last day of the year, or today.
pub(super) fn standing(desk: &Desk<'_>, policy: &Policy, rule: &PolicyPool) -> Result<PoolStanding> {
    let Formula::Pool { parties, capital, leverage } = &policy.formula else {
        return Err(Refusal::NotFound.into());
    };
    let (entries, losses) = (desk.sight.book(&rule.entries)?, desk.sight.book(&rule.losses)?);
    for book in [entries, losses] {
        desk.sight.actor.need(Right::Read, book)?;
        if desk.sight.actor.scope(book) != Scope::All {
            return Err(Refusal::NotFound.into());
        }
    }
    let mut found = PoolStanding {
        on: desk.on,
        capital: capital.known(),
        lost: Decimal::ZERO,
        recovered: Decimal::ZERO,
        balance: None,
        most_credit: None,
        drawn: Decimal::ZERO,
        enterprises: 0,
        overdue: 0,
        entered: 0,
        parties: Vec::new(),
        losses: lines(desk, losses, rule, parties),
    };
    members(desk, entries, rule, &mut found);
    found.lost = found.losses.iter().map(|line| line.loss).sum();
    found.recovered = found.losses.iter().map(|line| line.recovered).sum();
    found.balance = found.capital.map(|capital| capital - found.lost + found.recovered);
    found.most_credit = found.balance.zip(leverage.known()).map(|(balance, times)| balance * times);
    found.parties = parties
        .iter()
        .enumerate()
        .map(|(at, (party, share))| {
            let borne: Option<Decimal> = found.losses.iter().map(|line| line.shares.get(at).copied()).sum();
            PartyStanding { party: party.clone(), share: share.0.known(), borne }
        })
        .collect();
    Ok(found)
}

/// The enterprises that are in on the day.
fn members(desk: &Desk<'_>, book: &Book, rule: &PolicyPool, found: &mut PoolStanding) {
    let table = desk.sight.table(book);
    let day = |row: u32, field: Option<&FieldId>| -> Option<Date> { table.value(row, field?)?.as_date() };
    for row in table.rows() {
        let entered = day(row, book.time.as_ref());
        if entered.is_none_or(|entered| entered > desk.on) {
            continue;
        }
        found.entered += usize::from(entered.is_some_and(|entered| entered.year() == desk.year));
        if day(row, rule.left.as_ref()).is_some_and(|left| left <= desk.on) {
            continue;
        }
        found.enterprises += 1;
        let overdue = rule.overdue.as_ref().and_then(|field| table.value(row, field));
        found.overdue += usize::from(overdue == Some(Value::Flag(true)));
        let drawn = table.value(row, &rule.drawn.0).and_then(|value| value.as_number());
        found.drawn += (drawn.unwrap_or_default() * rule.drawn.1).normalize();
    }
}

/// The losses up to the day, the newest first, each with what the parties bore of what did not come back.
fn lines(
    desk: &Desk<'_>,
    book: &Book,
    rule: &PolicyPool,
    parties: &indexmap::IndexMap<String, model::definition::Number>,
) -> Vec<LossLine> {
    let table = desk.sight.table(book);
    let line = |row: u32| {
        let on = book.time.as_ref().and_then(|time| table.value(row, time)?.as_date());
        let money =
            |of: &(FieldId, Decimal)| Some((table.value(row, &of.0)?.as_number()? * of.1).normalize());
        let loss = money(&rule.loss)?;
        let recovered = rule.recovered.as_ref().and_then(money).unwrap_or_default();
        let shares = assess::policy::borne(parties, loss - recovered).unwrap_or_default();
        let whom = book.subject.as_ref().and_then(|field| table.value(row, field)?.as_entry());
        Some(LossLine {
            entry: desk.link(table.ids()[row as usize]),
            enterprise: whom.map(|whom| desk.link(whom)),
            on,
            loss,
            recovered,
            shares: shares.into_iter().map(|(_, share)| share).collect(),
        })
    };
    let mut lines: Vec<LossLine> =
        table.rows().filter_map(line).filter(|line| line.on.is_none_or(|on| on <= desk.on)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.on, line.entry.entry)));
    lines
}
