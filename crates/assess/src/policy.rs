//! Money of policies (政策资金): a policy and what is known of one enterprise in; the amount to the cent and every step out.
//!
//! Interest: `principal × subsidised rate × days ÷ days of a year`, the first day counted and the last not (算头不算尾), rounded to
//! the cent loan by loan, then the caps of the loan and of the enterprise. What a document or the data leave open is named and
//! the amount is unknown – never zero, never a guess.
//!
//! Deliberately absent: where data come from, who may have money (conditions are the reader's), policies by name, floats.
//!
//! A loan repaid in parts is one line: what is owed changes on the day of each repayment, and the sum is rounded once.
//!
//! To add a formula: its form in `model::definition::policy`, its arm in [`assess`], a worked check in the policy's file.

mod interest;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use model::definition::{Formula, Given, Input, MoneyStep, Number, Policy, PolicyCheck, Setting};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::messages as say;
use crate::vectors::Mismatch;

/// What an amount wants that is not known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// A number of the document.
    Parameter(&'static str),
    /// Something about the enterprise.
    Input(Input),
}

/// Why a row has nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Out {
    /// Made before or after the days of the document.
    MadeOutside,
    /// Of more months than the document allows.
    TermTooLong,
    /// Of fewer months than the document asks.
    TermTooShort,
    /// More than the document allows.
    PrincipalTooLarge,
    /// Has another subsidy.
    OtherSubsidy,
    /// Not repaid in full.
    NotRepaid,
    /// Repaid before or after the days of the document.
    RepaidOutside,
    /// The money reached the supplier too late.
    UsedLate,
    /// No day within the time asked about.
    NoDays,
    /// Title, grade or class has no sum.
    NotListed,
    /// Has not grown enough, or no full unit.
    TooLittleGrowth,
    /// Less interest than the document asks.
    TooLittleInterest,
    /// The pool's credit is used up.
    BeyondLeverage,
}

/// What held an amount down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// The rate's cap.
    Rate,
    /// The loan's cap.
    Loan,
    /// The interest paid less other subsidies.
    Interest,
    /// The enterprise's cap.
    Enterprise,
    /// What was had before.
    Received,
}

/// One step of a reckoning: of a loan, or of the values of an enterprise.
#[derive(Clone, PartialEq, Debug, Serialize, Default)]
pub struct Line {
    /// Which of the given rows.
    pub row: usize,
    /// What is multiplied: principal, interest, increment, number; 元 where it is money.
    pub base: Option<Decimal>,
    /// With what: per cent (a year), or 元 per unit.
    pub rate: Option<Decimal>,
    /// The first day counted.
    pub from: Option<Date>,
    /// The first day not counted any more.
    pub until: Option<Date>,
    /// Days counted.
    pub days: Option<i32>,
    /// Days of a year.
    pub basis: Option<u32>,
    /// What was owed from when to when, where the loan was repaid in parts; empty: all of it all the time.
    pub parts: Vec<Part>,
    /// To the cent, before what holds it down.
    pub full: Option<Decimal>,
    /// After the row's own caps.
    pub amount: Option<Decimal>,
    /// What held it down.
    pub held: Vec<Held>,
    /// Why it has nothing.
    pub out: Option<Out>,
}

/// What was owed of a loan for some days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Part {
    /// 元.
    pub base: Decimal,
    /// The first day counted.
    pub from: Date,
    /// The first day not counted any more.
    pub until: Date,
    /// Days counted.
    pub days: i32,
}

impl Line {
    fn out(row: usize, out: Out) -> Self {
        Self { row, amount: Some(Decimal::ZERO), out: Some(out), ..Self::default() }
    }
}

/// What one enterprise is due.
#[derive(Clone, PartialEq, Debug, Serialize, Default)]
pub struct Assessed {
    /// The amount, 元; none while something is not known.
    pub amount: Option<Decimal>,
    /// The sum of the lines before the enterprise's cap.
    pub sum: Option<Decimal>,
    /// The steps.
    pub lines: Vec<Line>,
    /// What held the sum down.
    pub held: Vec<Held>,
    /// What is not known.
    pub lacks: Vec<Lack>,
}

impl Assessed {
    fn lack(&mut self, lack: Lack) {
        if !self.lacks.contains(&lack) {
            self.lacks.push(lack);
        }
    }

    fn parameter(&mut self, setting: Setting, name: &'static str) -> Option<Decimal> {
        let known = setting.known();
        if known.is_none() {
            self.lack(Lack::Parameter(name));
        }
        known
    }

    fn number(&mut self, given: &Given, input: Input) -> Option<Decimal> {
        let known = given.numbers.get(&input).copied();
        if known.is_none() {
            self.lack(Lack::Input(input));
        }
        known
    }

    fn day(&mut self, given: &Given, input: Input) -> Option<Date> {
        let known = given.days.get(&input).copied();
        if known.is_none() {
            self.lack(Lack::Input(input));
        }
        known
    }
}

/// What one enterprise is due by a policy: `rows` are its loans, or one row of its values. Days count from `from` to `to`, both
/// counted, and within the document's own days.
pub fn assess(policy: &Policy, rows: &[Given], from: Option<Date>, to: Option<Date>) -> Assessed {
    let mut found = Assessed::default();
    for (row, given) in rows.iter().enumerate() {
        let line = match &policy.formula {
            Formula::Interest(rule) => interest::line(&mut found, rule, row, given, (from, to)),
            other => reward(&mut found, other, row, given),
        };
        found.lines.extend(line);
    }
    if let Formula::Interest(rule) = &policy.formula {
        interest::least(&mut found, rule, rows);
    }
    if !found.lacks.is_empty() {
        return found;
    }
    let sum: Decimal = found.lines.iter().filter_map(|line| line.amount).sum();
    found.sum = Some(sum);
    let mut amount = sum;
    if let Some(cap) = policy.limits.cap {
        let Some(cap) = found.parameter(cap, "limits.cap") else { return found };
        if amount > cap {
            amount = cap;
            found.held.push(Held::Enterprise);
        }
    }
    found.amount = Some(amount);
    found
}

/// To the cent, half a cent up.
fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn listed(
    found: &mut Assessed,
    table: &indexmap::IndexMap<String, Number>,
    given: &Given,
) -> Result<Option<Decimal>, Out> {
    let Some(word) = &given.word else {
        found.lack(Lack::Input(Input::Word));
        return Ok(None);
    };
    let number = table.get(word).ok_or(Out::NotListed)?;
    Ok(found.parameter(number.0, "formula.amounts"))
}

fn reward(found: &mut Assessed, formula: &Formula, row: usize, given: &Given) -> Option<Line> {
    match formula {
        Formula::Interest(_) => None,
        Formula::Fixed { amounts, top_up } => match listed(found, amounts, given) {
            Err(out) => Some(Line::out(row, out)),
            Ok(sum) => {
                let line = Line { row, base: sum, full: sum, amount: sum, ..Line::default() };
                if *top_up { less_received(found, line, given) } else { Some(line) }
            }
        },
        Formula::Steps { steps } => stepped(found, steps, row, given),
        Formula::PerUnit { unit, each, growth, two_years } => {
            let (unit, each) =
                (found.parameter(*unit, "formula.unit"), found.parameter(*each, "formula.each"));
            let grown = grown(found, given, *growth)?;
            let (unit, each) = (unit?, each?);
            let Some(more) = grown else { return Some(Line::out(row, Out::TooLittleGrowth)) };
            if *two_years && found.number(given, Input::Value)? <= found.number(given, Input::Earlier)? {
                return Some(Line::out(row, Out::TooLittleGrowth));
            }
            let units = more.checked_div(unit)?.floor();
            let full = Some(cents(units * each));
            Some(Line { row, base: Some(units), rate: Some(each), full, amount: full, ..Line::default() })
        }
        Formula::Share { share, growth, factors } => {
            let share = found.parameter(*share, "formula.share");
            let grown = grown(found, given, *growth)?;
            let Some(more) = grown else { return Some(Line::out(row, Out::TooLittleGrowth)) };
            let factor = if factors.is_empty() {
                Decimal::ONE
            } else {
                match listed(found, factors, given) {
                    Err(out) => return Some(Line::out(row, out)),
                    Ok(factor) => factor?,
                }
            };
            let rate = share? * factor;
            let full = Some(cents(more * rate / Decimal::ONE_HUNDRED));
            Some(Line { row, base: Some(more), rate: Some(rate), full, amount: full, ..Line::default() })
        }
        Formula::Pool { parties, capital, leverage } => {
            let loss = found.number(given, Input::Value)?;
            let credit = found.number(given, Input::Principal)?;
            let most = found.parameter(*capital, "formula.capital")?
                * found.parameter(*leverage, "formula.leverage")?;
            if credit > most {
                return Some(Line::out(row, Out::BeyondLeverage));
            }
            match listed(found, parties, given) {
                Err(out) => Some(Line::out(row, out)),
                Ok(share) => {
                    let full = share.map(|share| cents(loss * share / Decimal::ONE_HUNDRED));
                    Some(Line { row, base: Some(loss), rate: share, full, amount: full, ..Line::default() })
                }
            }
        }
        Formula::Price { surcharges, .. } => {
            let priced = |found: &mut Assessed, price: Option<Decimal>| {
                let quantity = found.number(given, Input::Value);
                let full = quantity.zip(price).map(|(quantity, price)| cents(quantity * price));
                Some(Line { row, base: quantity, rate: price, full, amount: full, ..Line::default() })
            };
            if let Some(price) = given.numbers.get(&Input::Price) {
                return priced(found, Some(*price));
            }
            match listed(found, surcharges, given) {
                Err(out) => Some(Line::out(row, out)),
                Ok(price) => priced(found, price),
            }
        }
    }
}

/// The sum of the highest step the value reaches, less what was received before.
fn stepped(found: &mut Assessed, steps: &[MoneyStep], row: usize, given: &Given) -> Option<Line> {
    let value = found.number(given, Input::Value)?;
    let mut sum = None;
    for step in steps {
        let at = found.parameter(step.at.0, "formula.steps.at")?;
        if value >= at {
            sum = Some(found.parameter(step.sum.0, "formula.steps.sum")?);
        }
    }
    let Some(sum) = sum else { return Some(Line::out(row, Out::TooLittleGrowth)) };
    let line = Line { row, base: Some(value), full: Some(sum), amount: Some(sum), ..Line::default() };
    less_received(found, line, given)
}

/// The increment, if it is enough: the outer none is not known, the inner none is too little.
#[expect(clippy::option_option, reason = "not known and not enough are two things")]
fn grown(found: &mut Assessed, given: &Given, least: Option<Setting>) -> Option<Option<Decimal>> {
    let (value, before) = (found.number(given, Input::Value), found.number(given, Input::Before));
    let least = match least {
        Some(least) => Some(found.parameter(least, "formula.growth")?),
        None => None,
    };
    let (value, before) = (value?, before?);
    let more = value - before;
    let enough =
        least.is_none_or(|least| before > Decimal::ZERO && more * Decimal::ONE_HUNDRED >= least * before);
    Some((enough && more > Decimal::ZERO).then_some(more))
}

/// Less what was had for a lower title or level.
fn less_received(found: &mut Assessed, mut line: Line, given: &Given) -> Option<Line> {
    let received = found.number(given, Input::Received)?;
    let full = line.full?;
    if received > Decimal::ZERO {
        line.amount = Some((full - received).max(Decimal::ZERO));
        line.held.push(Held::Received);
    }
    Some(line)
}

/// What each party bears of a loss, in the order of the document, together the loss to the cent: the last bears what rounding leaves.
/// None while a share is not known.
pub fn borne(parties: &indexmap::IndexMap<String, Number>, loss: Decimal) -> Option<Vec<(&str, Decimal)>> {
    let mut left = loss;
    let mut shares = Vec::with_capacity(parties.len());
    for (at, (party, share)) in parties.iter().enumerate() {
        let share = cents(loss * share.0.known()? / Decimal::ONE_HUNDRED);
        let bears = if at + 1 == parties.len() { left } else { share.min(left) };
        left -= bears;
        shares.push((party.as_str(), bears));
    }
    Some(shares)
}

/// Runs all worked checks of a policy; empty when every one comes out to the cent.
pub fn check(policy: &Policy) -> Vec<Mismatch> {
    policy.checks.iter().filter_map(|check| one(policy, check)).collect()
}

fn one(policy: &Policy, check: &PolicyCheck) -> Option<Mismatch> {
    let found = assess(policy, &check.given, None, check.to);
    let right = if check.unknown { found.amount.is_none() } else { found.amount == check.amount };
    if right {
        return None;
    }
    let text = |amount: Option<Decimal>| amount.map(|amount| format!("{amount:.2}"));
    let wanted = text(check.amount).unwrap_or_else(|| say::NOT_KNOWN.to_owned());
    let (message, hint) = say::wrong_result(&check.title, say::MONEY, &wanted, text(found.amount).as_deref());
    Some(Mismatch { at: check.at.clone(), message, hint })
}
