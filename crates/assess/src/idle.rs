//! Idle and low-efficiency land (闲置、低效用地): dated rules of content applied to what is known of a parcel.
//!
//! Every test is met, not met or unknown, with its value and the data that are missing; unknown never counts as either. A
//! period is full when as many months have passed since its first day: the day after a contracted day that was missed, the
//! day work stood still. Deliberately absent: books, and deciding – what a rule finds is listed for people to decide on.
//!
//! To add a test: a variant of `model::definition::LandTest` and its verdict in [`criterion`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use model::definition::{LandDuty, LandFact, LandFlag, LandGround, LandRule, LandTest, LandWork};
use rust_decimal::Decimal;

/// Whether a duty of the contract was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Done {
    /// On this day.
    On(Date),
    /// It was, nobody says when.
    Undated,
    /// It was not.
    Not,
    /// Nobody says.
    #[default]
    Unknown,
}

/// Whether something stands still.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Still {
    /// It does not.
    No,
    /// Since this day.
    Since(Date),
    /// It does, nobody says since when.
    Undated,
    /// Nobody says.
    #[default]
    Unknown,
}

/// What is known of a parcel on a day.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Case {
    /// What the contract dates: the day it is due and whether it was done.
    pub duties: BTreeMap<LandDuty, (Option<Date>, Done)>,
    /// Numbers that are known.
    pub numbers: BTreeMap<LandFact, Decimal>,
    /// What a visit told with yes or no.
    pub flags: BTreeMap<LandFlag, bool>,
    /// What stands still.
    pub still: BTreeMap<LandWork, Still>,
    /// Whether the delay is the government's.
    pub government: Option<bool>,
    /// The price of the land.
    pub price: Option<Decimal>,
    /// What the contract promises, by item: whether it is due.
    pub promised: BTreeMap<String, bool>,
    /// Whether that is all it promises: an item that is not among them was never promised.
    pub promises_known: bool,
}

/// A verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// It is so.
    Met,
    /// It is not so.
    NotMet,
    /// It cannot be told.
    Unknown,
}

/// A datum that is missing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Datum {
    /// The contracted day.
    Due(LandDuty),
    /// Whether and when it was done.
    Done(LandDuty),
    /// A number.
    Number(LandFact),
    /// Yes or no.
    Flag(LandFlag),
    /// Whether and since when it stands still.
    Still(LandWork),
    /// Whether the delay is the government's.
    Government,
    /// The price of the land.
    Price,
    /// Whether the contract promises an item.
    Promise(String),
}

/// What a test measured.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Measured {
    /// Full months.
    Months(i32),
    /// One number over another.
    Share(Decimal),
    /// Yes or no.
    Flag(bool),
    /// It is promised.
    Promised {
        /// Whether the promise is due.
        due: bool,
    },
    /// The contract promises others, or nothing.
    NotPromised,
}

/// A test with its verdict.
#[derive(Clone, PartialEq, Debug)]
pub struct Criterion {
    /// The test, with its threshold.
    pub test: LandTest,
    /// The verdict.
    pub held: Held,
    /// What was measured.
    pub value: Option<Measured>,
    /// Since when its period runs.
    pub since: Option<Date>,
    /// What is missing to tell.
    pub missing: Vec<Datum>,
}

/// A ground with its verdict.
#[derive(Clone, PartialEq, Debug)]
pub struct Ground {
    /// The verdict.
    pub held: Held,
    /// Its tests: those that must all be met, then those of which one must.
    pub criteria: Vec<Criterion>,
    /// Since when it is counted.
    pub since: Option<Date>,
    /// What follows, as far as the months have passed: places in the ground's steps, with the fee in the unit of the price.
    pub steps: Vec<(usize, Option<Decimal>)>,
    /// What follows next, and when.
    pub next: Option<(usize, Date)>,
}

/// A rule with its verdict.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// The verdict.
    pub held: Held,
    /// Its grounds.
    pub grounds: Vec<Ground>,
    /// It would apply, but the delay is the government's.
    pub excused: bool,
    /// It would apply, but a rule that comes first does.
    pub behind: bool,
    /// What is missing to tell: of grounds that cannot be told, when none is met.
    pub missing: Vec<Datum>,
}

/// Applies a rule; `first` is whether a rule that comes first applies.
pub fn judge(rule: &LandRule, case: &Case, on: Date, first: bool) -> Verdict {
    let grounds: Vec<Ground> = rule.grounds.iter().map(|of| ground(of, case, on)).collect();
    let found = any(grounds.iter().map(|ground| ground.held));
    let mut missing: Vec<Datum> = Vec::new();
    if found == Held::Unknown {
        let open = grounds.iter().filter(|ground| ground.held == Held::Unknown);
        missing.extend(open.flat_map(|ground| &ground.criteria).flat_map(|c| c.missing.clone()));
    }
    let (mut held, mut excused) = (found, false);
    if rule.government_excuses && found != Held::NotMet {
        match case.government {
            Some(true) => (held, excused) = (Held::NotMet, true),
            Some(false) => {}
            None => {
                held = Held::Unknown;
                missing.push(Datum::Government);
            }
        }
    }
    let behind = first && held != Held::NotMet;
    if behind {
        held = Held::NotMet;
    }
    if held == Held::NotMet {
        missing.clear();
    }
    missing.sort_unstable();
    missing.dedup();
    Verdict { held, grounds, excused, behind, missing }
}

fn ground(of: &LandGround, case: &Case, on: Date) -> Ground {
    let all: Vec<Criterion> = of.all.iter().map(|test| criterion(test, case, on)).collect();
    let choices: Vec<Criterion> = of.any.iter().map(|test| criterion(test, case, on)).collect();
    let choice = (!choices.is_empty()).then(|| any(choices.iter().map(|c| c.held)));
    let held = every(all.iter().map(|c| c.held).chain(choice));
    let since = all.iter().filter_map(|criterion| criterion.since).max();
    let criteria = all.into_iter().chain(choices).collect();
    let mut found = Ground { held, criteria, since, steps: Vec::new(), next: None };
    let Some(since) = since.filter(|_| held == Held::Met) else { return found };
    for (at, step) in of.steps.iter().enumerate() {
        let Ok(due) = since.checked_add(step.months.months()) else { continue };
        if due <= on {
            let fee = step.price_share.zip(case.price).and_then(|(share, price)| share.checked_mul(price));
            found.steps.push((at, fee));
        } else if found.next.is_none() {
            found.next = Some((at, due));
        }
    }
    found
}

/// Applies a test.
pub fn criterion(test: &LandTest, case: &Case, on: Date) -> Criterion {
    let (held, value, since, missing) = match test {
        LandTest::Overdue { duty, months } => overdue(case, *duty, *months, on),
        LandTest::DoneFor { duty, months } => {
            match case.duties.get(duty).map_or(Done::Unknown, |(_, done)| *done) {
                Done::On(day) if day <= on => full(day, *months, on),
                Done::On(_) | Done::Not => (Held::NotMet, None, None, vec![]),
                Done::Undated | Done::Unknown => (Held::Unknown, None, None, vec![Datum::Done(*duty)]),
            }
        }
        LandTest::Below { of, to, share } => {
            let missing = [of, to].into_iter().filter(|fact| !case.numbers.contains_key(*fact));
            let missing: Vec<Datum> = missing.cloned().map(Datum::Number).collect();
            let both = case.numbers.get(of).zip(case.numbers.get(to));
            let Some((part, whole)) = both.filter(|(_, whole)| **whole > Decimal::ZERO) else {
                let none = if missing.is_empty() { vec![Datum::Number(to.clone())] } else { missing };
                return told(test, (Held::Unknown, None, None, none));
            };
            // part ÷ whole < share, without a quotient that would be rounded.
            let sides = part.checked_mul(share.whole).zip(whole.checked_mul(share.part));
            let held = sides.map_or(Held::Unknown, |(ours, limit)| is(ours < limit));
            (held, part.checked_div(*whole).map(Measured::Share), None, missing)
        }
        LandTest::Standing { work, months } => match case.still.get(work).copied().unwrap_or_default() {
            Still::No => (Held::NotMet, None, None, vec![]),
            Still::Since(day) => full(day, *months, on),
            Still::Undated | Still::Unknown => (Held::Unknown, None, None, vec![Datum::Still(*work)]),
        },
        LandTest::Flag(flag) => match case.flags.get(flag) {
            Some(yes) => (is(*yes), Some(Measured::Flag(*yes)), None, vec![]),
            None => (Held::Unknown, None, None, vec![Datum::Flag(*flag)]),
        },
        LandTest::Promised(item) => match case.promised.get(item) {
            Some(due) => (is(*due), Some(Measured::Promised { due: *due }), None, vec![]),
            None if case.promises_known => (Held::NotMet, Some(Measured::NotPromised), None, vec![]),
            None => (Held::Unknown, None, None, vec![Datum::Promise(item.clone())]),
        },
    };
    told(test, (held, value, since, missing))
}

type Told = (Held, Option<Measured>, Option<Date>, Vec<Datum>);

fn told(test: &LandTest, (held, value, since, missing): Told) -> Criterion {
    Criterion { test: test.clone(), held, value, since, missing }
}

fn overdue(case: &Case, duty: LandDuty, months: i32, on: Date) -> Told {
    let (due, done) = case.duties.get(&duty).copied().unwrap_or_default();
    match (due.and_then(|due| due.tomorrow().ok()), done) {
        (_, Done::Undated) => (Held::NotMet, None, None, vec![]),
        (_, Done::On(day)) if day <= on => (Held::NotMet, None, None, vec![]),
        (None, Done::Unknown) => (Held::Unknown, None, None, vec![Datum::Due(duty), Datum::Done(duty)]),
        (None, _) => (Held::Unknown, None, None, vec![Datum::Due(duty)]),
        (Some(first), done) => {
            let late = full(first, months, on);
            // Too early to be late, whether it was done or not.
            if done == Done::Unknown && late.0 == Held::Met {
                (Held::Unknown, late.1, late.2, vec![Datum::Done(duty)])
            } else {
                late
            }
        }
    }
}

/// Whether so many months are full since a day, and how many are.
fn full(since: Date, months: i32, on: Date) -> Told {
    let held = since.checked_add(months.months()).map_or(Held::Unknown, |day| is(day <= on));
    let passed = since.until((Unit::Month, on)).map_or(0, |span| span.get_months()).max(0);
    (held, Some(Measured::Months(passed)), Some(since), vec![])
}

fn is(yes: bool) -> Held {
    if yes { Held::Met } else { Held::NotMet }
}

fn every(held: impl Iterator<Item = Held>) -> Held {
    held.fold(Held::Met, |all, one| match (all, one) {
        (Held::NotMet, _) | (_, Held::NotMet) => Held::NotMet,
        (Held::Unknown, _) | (_, Held::Unknown) => Held::Unknown,
        _ => Held::Met,
    })
}

fn any(held: impl Iterator<Item = Held>) -> Held {
    held.fold(Held::NotMet, |all, one| match (all, one) {
        (Held::Met, _) | (_, Held::Met) => Held::Met,
        (Held::Unknown, _) | (_, Held::Unknown) => Held::Unknown,
        _ => Held::NotMet,
    })
}

/// How a decision on land stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Days past the planned end, while it is open.
    pub late: Option<i32>,
    /// Days from the first day to the planned end that have passed, in percent; 100 when it is done.
    pub passed: Option<i32>,
}

/// How far the time of a disposal has passed on a day.
pub fn progress(begun: Option<Date>, due: Option<Date>, done: Option<Date>, on: Date) -> Progress {
    let days = |from: Date, to: Date| from.until((Unit::Day, to)).map_or(0, |span| span.get_days());
    let late = due.filter(|due| done.is_none() && *due < on).map(|due| days(due, on));
    let passed = match (begun, due, done) {
        (_, _, Some(_)) => Some(100),
        (Some(from), Some(to), None) if from < to => {
            Some((days(from, on) * 100 / days(from, to)).clamp(0, 100))
        }
        _ => None,
    };
    Progress { late, passed }
}

#[cfg(test)]
mod tests;
