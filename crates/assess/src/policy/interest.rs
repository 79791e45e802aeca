//! Interest subsidies (贷款贴息): one line per loan, `Σ what was owed × days × rate ÷ days of a year`, rounded once.
//!
//! Deliberately absent: interest on interest, and loans drawn in parts (each drawing is a loan of its own).

use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::{CentRule, Given, Input, InterestRule, RateOf, Repayment};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Assessed, Held, Lack, Line, Out, Part};

/// What one loan is due; none while something of it is not known.
pub(super) fn line(
    found: &mut Assessed,
    rule: &InterestRule,
    row: usize,
    given: &Given,
    window: (Option<Date>, Option<Date>),
) -> Option<Line> {
    if let Some(out) = outside(found, rule, given)? {
        return Some(Line::out(row, out));
    }
    let mut line = if rule.of == RateOf::Paid {
        let share = found.parameter(rule.share, "formula.share");
        let base = found.number(given, Input::Interest)?;
        Line { row, base: Some(base), rate: share, ..Line::default() }
    } else {
        let days = days(found, rule, given, window);
        let rate = rate(found, rule, given);
        let base = found.number(given, Input::Principal);
        let (from, until) = days?;
        let Some(count) = (until > from).then(|| from.until(until).map_or(0, |span| span.get_days())) else {
            return Some(Line::out(row, Out::NoDays));
        };
        let (rate, held) = rate?;
        let basis = Some(rule.basis.days());
        let parts = base.map_or_else(Vec::new, |base| owed(base, from, until, &given.repayments));
        let (from, until, days) = (Some(from), Some(until), Some(count));
        Line { row, base, rate: Some(rate), from, until, days, basis, parts, held, ..Line::default() }
    };
    let mut full = line.base? * line.rate? / Decimal::ONE_HUNDRED;
    if let (Some(days), Some(basis)) = (line.days, line.basis) {
        full = if line.parts.is_empty() {
            full * Decimal::from(days) / Decimal::from(basis)
        } else {
            let owed: Decimal = line.parts.iter().map(|part| part.base * Decimal::from(part.days)).sum();
            owed * line.rate? / Decimal::ONE_HUNDRED / Decimal::from(basis)
        };
    }
    let strategy = match rule.rounding {
        CentRule::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        CentRule::Down => RoundingStrategy::ToZero,
    };
    line.full = Some(full.round_dp_with_strategy(2, strategy));
    hold(found, rule, given, &mut line)?;
    Some(line)
}

/// Why a loan is out: the outer none is not known.
#[expect(clippy::option_option, reason = "not known and not out are two things")]
fn outside(found: &mut Assessed, rule: &InterestRule, given: &Given) -> Option<Option<Out>> {
    if rule.made_from.is_some() || rule.made_to.is_some() {
        let made = found.day(given, Input::Made)?;
        if rule.made_from.is_some_and(|from| made < from) || rule.made_to.is_some_and(|to| made > to) {
            return Some(Some(Out::MadeOutside));
        }
    }
    if rule.term_at_most.is_some() || rule.term_at_least.is_some() {
        let (made, due) = (found.day(given, Input::Made)?, found.day(given, Input::Due)?);
        let after = |months: u16| made.saturating_add(i32::from(months).months());
        if rule.term_at_most.is_some_and(|most| due > after(most)) {
            return Some(Some(Out::TermTooLong));
        }
        if rule.term_at_least.is_some_and(|least| due < after(least)) {
            return Some(Some(Out::TermTooShort));
        }
    }
    if let Some(most) = rule.principal_at_most {
        let most = found.parameter(most, "formula.principal_at_most")?;
        if found.number(given, Input::Principal)? > most {
            return Some(Some(Out::PrincipalTooLarge));
        }
    }
    if rule.no_other && found.number(given, Input::Other)? > Decimal::ZERO {
        return Some(Some(Out::OtherSubsidy));
    }
    if let Some(to) = rule.used_to
        && found.day(given, Input::From)? > to
    {
        return Some(Some(Out::UsedLate));
    }
    let Some(repaid) = given.days.get(&Input::Repaid) else {
        let asked = rule.repaid || rule.repaid_from.is_some() || rule.repaid_to.is_some();
        return Some(asked.then_some(Out::NotRepaid));
    };
    let outside =
        rule.repaid_from.is_some_and(|from| *repaid < from) || rule.repaid_to.is_some_and(|to| *repaid > to);
    Some(outside.then_some(Out::RepaidOutside))
}

/// The first day counted and the first not counted any more.
fn days(
    found: &mut Assessed,
    rule: &InterestRule,
    given: &Given,
    (from, to): (Option<Date>, Option<Date>),
) -> Option<(Date, Date)> {
    let drawn = match given.days.get(&Input::From) {
        Some(day) => *day,
        None => found.day(given, Input::Made)?,
    };
    let after = |day: Date| day.saturating_add(1.day());
    let begin = [rule.interest_from, from].into_iter().flatten().fold(drawn, Date::max);
    let ends = [
        given.days.get(&Input::Repaid).copied(),
        given.days.get(&Input::Due).copied(),
        rule.interest_to.map(after),
        to.map(after),
        rule.months.map(|months| drawn.saturating_add(i32::from(months).months())),
    ];
    let Some(end) = ends.into_iter().flatten().min() else {
        found.lack(Lack::Input(Input::Due));
        return None;
    };
    Some((begin, end))
}

/// What was owed from when to when; empty where nothing was repaid before the end.
fn owed(principal: Decimal, from: Date, until: Date, repayments: &[Repayment]) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut base, mut begin) = (principal, from);
    let part = |base: Decimal, from: Date, until: Date| Part {
        base,
        from,
        until,
        days: from.until(until).map_or(0, |span| span.get_days()),
    };
    for repaid in repayments.iter().filter(|repaid| repaid.on < until) {
        if repaid.on > begin {
            parts.push(part(base, begin, repaid.on));
            begin = repaid.on;
        }
        base = (base - repaid.amount).max(Decimal::ZERO);
    }
    if base != principal {
        parts.push(part(base, begin, until));
    }
    parts
}

/// The subsidised rate, per cent a year, and whether its cap held it down.
fn rate(found: &mut Assessed, rule: &InterestRule, given: &Given) -> Option<(Decimal, Vec<Held>)> {
    let share = found.parameter(rule.share, "formula.share");
    let of = match rule.of {
        RateOf::Loan => found.number(given, Input::Rate),
        RateOf::Lpr => found.number(given, Input::Lpr),
        RateOf::AboveLpr | RateOf::AboveBase => {
            let base = if rule.of == RateOf::AboveLpr { Input::Lpr } else { Input::Base };
            let (rate, base) = (found.number(given, Input::Rate), found.number(given, base));
            rate.zip(base).map(|(rate, base)| (rate - base).max(Decimal::ZERO))
        }
        RateOf::Points | RateOf::Paid => Some(Decimal::ONE_HUNDRED),
    };
    let mut rate = of? * share? / Decimal::ONE_HUNDRED;
    let mut held = Vec::new();
    let cap = match rule.rate_cap {
        Some(cap) => Some(found.parameter(cap, "formula.rate_cap")?),
        None => None,
    };
    // Nobody is given more than the loan costs.
    for most in [cap, given.numbers.get(&Input::Rate).copied()].into_iter().flatten() {
        if rate > most {
            rate = most;
            held = vec![Held::Rate];
        }
    }
    Some((rate, held))
}

/// The caps of a loan.
fn hold(found: &mut Assessed, rule: &InterestRule, given: &Given, line: &mut Line) -> Option<()> {
    let mut amount = line.full?;
    if let Some(cap) = rule.loan_cap {
        let cap = found.parameter(cap, "formula.loan_cap")?;
        if amount > cap {
            amount = cap;
            line.held.push(Held::Loan);
        }
    }
    if rule.within_interest {
        let (paid, other) = (found.number(given, Input::Interest), found.number(given, Input::Other));
        let most = (paid? - other?).max(Decimal::ZERO);
        if amount > most {
            amount = most;
            line.held.push(Held::Interest);
        }
    }
    line.amount = Some(amount);
    Some(())
}

/// Nothing for an enterprise with less interest than the document asks.
pub(super) fn least(found: &mut Assessed, rule: &InterestRule, rows: &[Given]) {
    let Some(least) = rule.interest_at_least else { return };
    let Some(least) = found.parameter(least, "formula.interest_at_least") else { return };
    let paid: Option<Vec<Decimal>> = rows.iter().map(|given| found.number(given, Input::Interest)).collect();
    let Some(paid) = paid else { return };
    if paid.into_iter().sum::<Decimal>() < least {
        for line in &mut found.lines {
            line.amount = Some(Decimal::ZERO);
            line.out = Some(Out::TooLittleInterest);
        }
    }
}
