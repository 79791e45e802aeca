//! Who a screen finds: how far from the threshold, and when the trend crosses it.
//!
//! Deliberately absent: who is kept (`kept.rs`), and the trend's arithmetic (`assess::trend`).

use std::collections::HashMap;

use assess::ladder::{Judge, STEPS, enough, shown};
use assess::trend::{rolling, slope, steps_to};
use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::{Distance, Goal, Measured, Nearness, Op, Outcome, Rung, Screen, Setting, Test, Turn};
use model::id::{BookId, FieldId, LadderId, RungId, UnitId};
use model::period::Month;
use rust_decimal::Decimal;

use crate::ladders::{Bound, Feed, Field, Judged, wanting};
use crate::messages::pools as say;

/// A month without data for longer than this is missing, not late.
const LATE: i32 = 3;
/// A year is not guessed from fewer months.
const FEWEST: u8 = 3;
/// Estimates do not reach further than this.
const HORIZON: u32 = 60;

/// One enterprise a screen finds.
#[derive(Default)]
pub(super) struct Found {
    /// Its place among the enterprises.
    pub i: usize,
    pub level: Option<String>,
    pub verdict: Option<Outcome>,
    pub value: Option<Decimal>,
    pub distance: Option<Decimal>,
    pub observed: Option<Date>,
    pub withheld: bool,
    pub moving: Option<Decimal>,
    pub crossing: Option<Date>,
    pub gaps: Vec<String>,
    pub missing: Vec<String>,
    /// The conditions of the screen that it meets, where nothing else tells how near it is.
    pub reasons: Vec<String>,
    /// The last day of the term that ends.
    pub until: Option<Date>,
    /// The nearest first.
    order: (u8, usize, Decimal),
}

/// What came of a screen.
#[derive(Default)]
pub(super) struct Screened {
    pub found: Vec<Found>,
    /// Enterprises it is for of which data are missing.
    pub unknown: usize,
    /// Enterprises of which it could tell whether they are candidates; of none: the data of the day do not allow it.
    pub told: usize,
}

/// A value with its day and its trend.
struct Observed {
    value: Decimal,
    day: Option<Date>,
    /// A step of the trend: a month, or a year.
    monthly: bool,
    moving: Option<Decimal>,
}

impl Observed {
    /// The last day of the step in which the trend reaches the threshold.
    fn crossing(&self, threshold: Decimal) -> Option<Date> {
        let steps = steps_to(self.value, self.moving?, threshold)?;
        let months = if self.monthly { steps } else { steps.checked_mul(12)? };
        if steps == 0 || months > HORIZON {
            return None;
        }
        let day = self.day?.checked_add(i32::try_from(months).ok()?.months()).ok()?;
        Some(day.last_of_month())
    }
}

/// Applies a screen to everybody.
pub(super) fn screen(field: &Field<'_>, feed: &Feed, screen: &Screen) -> Screened {
    let whom = Whom::new(feed, screen);
    let mut screened = match &screen.by {
        Nearness::Rung(goal) => by_rung(field, feed, &whom, goal),
        Nearness::Expiring { ladder, rung, months } => {
            expiring(field, feed, &whom, (rung_of(field, ladder, rung), *months))
        }
        Nearness::Amount(distance) => by_amount(field, feed, &whom, distance),
        Nearness::Conditions => by_conditions(field, feed, &whom),
    };
    screened.found.sort_by_key(|found| found.order);
    screened
}

fn rung_of<'a>(field: &Field<'a>, ladder: &LadderId, rung: &RungId) -> &'a Rung {
    let ladder = &field.content().ladders[ladder];
    ladder.rungs.iter().find(|of| of.id == *rung).expect("loading checked the name")
}

/// Whom a screen is for: its choices, what is held, its conditions.
struct Whom<'a> {
    feed: &'a Feed,
    screen: &'a Screen,
    conditions: Option<Bound<'a>>,
    /// What its conditions say of everybody.
    verdicts: Vec<Outcome>,
}

impl<'a> Whom<'a> {
    fn new(feed: &'a Feed, screen: &'a Screen) -> Self {
        let bind = |rule| Bound { rule, judge: Judge::new(rule, &feed.columns) };
        let conditions = screen.conditions.as_deref().map(bind);
        let verdicts = conditions.as_ref().map(|bound| bound.judge.verdicts(1)).unwrap_or_default();
        Self { feed, screen, conditions, verdicts }
    }

    /// Whether the screen is for enterprise `i`; unknown when data are missing.
    fn meant(&self, i: usize) -> Outcome {
        match (chosen(self.feed, self.screen, i), self.verdicts.get(i)) {
            (Outcome::NotMet, _) | (_, Some(Outcome::NotMet)) => Outcome::NotMet,
            (Outcome::Unknown, _) | (_, Some(Outcome::Unknown)) => Outcome::Unknown,
            _ => Outcome::Met,
        }
    }
}

/// Whether enterprise `i` is of the choices of a screen; unknown when data are missing.
fn chosen(feed: &Feed, screen: &Screen, i: usize) -> Outcome {
    let mut open = false;
    for (datum, places) in &screen.only {
        match feed.columns.value(datum, 0, i) {
            None => open = true,
            Some(code) => {
                let place = usize::try_from(code / STEPS).ok();
                if !place.is_some_and(|place| places.contains(&place)) {
                    return Outcome::NotMet;
                }
            }
        }
    }
    if let Some((qualification, wanted)) = &screen.held {
        match feed.held(qualification, i) {
            None => open = true,
            Some(held) if held != *wanted => return Outcome::NotMet,
            Some(_) => {}
        }
    }
    if open { Outcome::Unknown } else { Outcome::Met }
}

fn by_rung(field: &Field<'_>, feed: &Feed, whom: &Whom<'_>, goal: &Goal) -> Screened {
    let content = field.content();
    let judged = Judged::new(content, feed, rung_of(field, &goal.ladder, &goal.rung));
    let mut screened = Screened::default();
    for i in 0..field.len() {
        let Some(bound) = judged.bound(i).filter(|_| !judged.holding(i)) else { continue };
        match whom.meant(i) {
            Outcome::NotMet => {
                screened.told += usize::from(whom.conditions.is_some());
                continue;
            }
            Outcome::Unknown => {
                screened.unknown += 1;
                continue;
            }
            Outcome::Met => {}
        }
        let (verdict, open) = (judged.verdicts[i], bound.judge.blocking(i).len());
        let said = bound.judge.explain(&content.data, i);
        let reached = goal.reaching.as_ref().is_none_or(|(criterion, least)| {
            let of = said.iter().find(|said| said.criterion == *criterion);
            of.and_then(|of| of.at_most.or(of.value)).is_some_and(|points| points >= *least)
        });
        if !reached || goal.lacking.is_some_and(|lacking| open > lacking) {
            screened.unknown += usize::from(verdict == Outcome::Unknown);
            screened.told += usize::from(verdict != Outcome::Unknown);
            continue;
        }
        screened.told += 1;
        let (gaps, missing) = wanting(content, bound, &said, i);
        let rank = match verdict {
            Outcome::Met => 0,
            Outcome::NotMet => 1,
            Outcome::Unknown => 2,
        };
        screened.found.push(Found {
            i,
            level: Some(say::level(verdict).to_owned()),
            verdict: Some(verdict),
            order: (rank, open, Decimal::ZERO),
            gaps,
            missing,
            ..Found::default()
        });
    }
    screened
}

/// Holders whose term ends within so many months, the soonest first, with what the rule for holders says of them.
fn expiring(field: &Field<'_>, feed: &Feed, whom: &Whom<'_>, (rung, months): (&Rung, u8)) -> Screened {
    let content = field.content();
    let judged = Judged::new(content, feed, rung);
    let mut screened = Screened::default();
    let Ok(last) = field.on.checked_add(i32::from(months).months()) else { return screened };
    for i in 0..field.len() {
        let (standing, until) = judged.standing(i);
        screened.told += usize::from(standing.is_some());
        let ends = until.filter(|day| judged.holding(i) && *day <= last);
        let Some(until) = ends.filter(|_| whom.meant(i) == Outcome::Met) else { continue };
        let verdict = judged.verdicts[i];
        let (gaps, missing) = match judged.bound(i) {
            Some(bound) => wanting(content, bound, &bound.judge.explain(&content.data, i), i),
            None => (Vec::new(), Vec::new()),
        };
        screened.found.push(Found {
            i,
            level: Some(say::level(verdict).to_owned()),
            verdict: Some(verdict),
            until: Some(until),
            order: (0, 0, Decimal::from(assess::ladder::day(until))),
            gaps,
            missing,
            ..Found::default()
        });
    }
    screened
}

/// Those who meet the screen's conditions, with the reasons.
fn by_conditions(field: &Field<'_>, feed: &Feed, whom: &Whom<'_>) -> Screened {
    let content = field.content();
    let mut screened = Screened::default();
    let Some(bound) = &whom.conditions else { return screened };
    for i in 0..feed.columns.len {
        match whom.meant(i) {
            Outcome::NotMet => screened.told += 1,
            Outcome::Unknown => screened.unknown += 1,
            Outcome::Met => {
                screened.told += 1;
                let said = bound.judge.explain(&content.data, i);
                let met =
                    bound.rule.criteria.values().zip(&said).filter(|(_, of)| of.verdict == Outcome::Met);
                let reasons: Vec<String> = met
                    .map(|(criterion, of)| {
                        let value = of.value.filter(|_| matches!(criterion.test, Test::Amount(..)));
                        say::reason(&criterion.title, value, criterion.unit.as_ref().map(UnitId::as_str))
                    })
                    .collect();
                screened.found.push(Found {
                    i,
                    verdict: Some(Outcome::Met),
                    order: (0, usize::MAX - reasons.len(), Decimal::ZERO),
                    reasons,
                    ..Found::default()
                });
            }
        }
    }
    screened
}

fn by_amount(field: &Field<'_>, feed: &Feed, whom: &Whom<'_>, rule: &Distance) -> Screened {
    let mut screened = Screened::default();
    let (series, withheld) = match &rule.of {
        Measured::Rolling { book, field: of, unit, .. } => {
            (monthly(field, book, of, (unit, &rule.unit)), !field.reads_all(book))
        }
        Measured::Datum(_) => (Vec::new(), false),
    };
    for i in 0..field.len() {
        let meant = whom.meant(i);
        if meant == Outcome::NotMet {
            continue;
        }
        let observed = match &rule.of {
            Measured::Rolling { months, projected, .. } => {
                let (own, months) = (series.get(i), usize::from(*months));
                // Who has a whole sum needs no projection.
                if *projected && own.is_some_and(|own| span(own) >= months) {
                    screened.told += 1;
                    continue;
                }
                let on = Month::of(field.on);
                own.and_then(|own| {
                    if *projected { ahead(own, months, on) } else { sums(own, months, rule.trend, on) }
                })
            }
            Measured::Datum(_) => datum(field, feed, rule, i),
        };
        let Some(observed) = observed.filter(|_| meant == Outcome::Met) else {
            screened.unknown += 1;
            continue;
        };
        screened.told += 1;
        let Some(mut found) = near(rule, &observed) else { continue };
        found.i = i;
        if withheld {
            (found.withheld, found.value, found.distance) = (true, None, None);
            (found.moving, found.crossing) = (None, None);
        }
        screened.found.push(found);
    }
    screened
}

/// What a screen says of a value; none: it is no candidate.
fn near(rule: &Distance, observed: &Observed) -> Option<Found> {
    let rising = rule.op == Op::AtLeast;
    let reached = |bound: Decimal| if rising { observed.value >= bound } else { observed.value < bound };
    // A bound that is to be supplied lets nobody through: who is a candidate is not known without it.
    match rule.from {
        Some(Setting::ToBeSupplied) => return None,
        Some(Setting::Is(from)) if !reached(from) => return None,
        _ => {}
    }
    if rule.upto.is_some_and(|upto| observed.value >= upto) {
        return None;
    }
    let turn = observed.moving.map(|moving| match moving {
        moving if moving.is_zero() => None,
        moving if moving.is_sign_negative() => Some(Turn::Falling),
        _ => Some(Turn::Rising),
    });
    if rule.turn.is_some() && turn.flatten() != rule.turn {
        return None;
    }
    let level = rule.levels.iter().rposition(|(_, bound)| reached(*bound));
    let threshold = rule.threshold.known();
    let distance = threshold.map(|to| if rising { to - observed.value } else { observed.value - to });
    let far = u8::try_from(rule.levels.len() - level.map_or(0, |level| level + 1)).unwrap_or(u8::MAX);
    Some(Found {
        level: level.map(|level| rule.levels[level].0.clone()),
        value: Some(shown(observed.value, threshold)),
        // What is lacking is told so that it suffices, what is beyond so that it is no more than there is.
        distance: distance
            .map(|by| if by.is_sign_negative() { by.trunc_with_scale(2).normalize() } else { enough(by) }),
        observed: observed.day,
        moving: observed.moving.map(|moving| shown(moving, None)),
        crossing: threshold.and_then(|threshold| observed.crossing(threshold)),
        // Those about to cross and those just across stand before those far beyond.
        order: (far, 0, distance.unwrap_or_default().abs()),
        ..Found::default()
    })
}

/// The months of a book that are known on the day, by enterprise, in the screen's unit.
fn monthly(
    field: &Field<'_>,
    book: &BookId,
    of: &FieldId,
    (from, to): (&UnitId, &UnitId),
) -> Vec<HashMap<i32, Decimal>> {
    let mut series = vec![HashMap::new(); field.len()];
    let units = &field.content().units;
    field.about(book, |table, row, i, day| {
        let known = day.filter(|day| *day <= field.on);
        let number = table.value(row, of).and_then(|value| value.as_number());
        if let (Some(day), Some(number)) = (known, number)
            && let Ok(number) = units.convert(number, from, to)
        {
            series[i].insert(Month::of(day).ordinal(), number);
        }
    });
    series
}

/// The newest sum over months and the trend of the sums before it; none when months are missing.
fn sums(series: &HashMap<i32, Decimal>, months: usize, trend: Option<u8>, on: Month) -> Option<Observed> {
    let newest = *series.keys().max()?;
    if on.ordinal() - newest > LATE {
        return None;
    }
    let many = months + usize::from(trend.unwrap_or(1)) - 1;
    let first = newest - i32::try_from(many).ok()? + 1;
    let values: Vec<Option<Decimal>> = (first..=newest).map(|month| series.get(&month).copied()).collect();
    let sums = rolling(&values, months);
    let value = (*sums.last()?)?;
    // Only the run of sums without a hole that ends at the newest.
    let mut run: Vec<Decimal> = sums.iter().rev().map_while(|sum| *sum).collect();
    run.reverse();
    let moving = trend.and_then(|_| slope(&run));
    Some(Observed { value, day: Some(Month::of_ordinal(newest)?.last_day()), monthly: true, moving })
}

/// From the first month there is to the newest.
fn span(series: &HashMap<i32, Decimal>) -> usize {
    let ends = series.keys().min().zip(series.keys().max());
    ends.and_then(|(first, newest)| usize::try_from(newest - first + 1).ok()).unwrap_or(0)
}

/// What the months there are come to in as many as a sum has, for those who have begun since: their mean times the months.
fn ahead(series: &HashMap<i32, Decimal>, months: usize, on: Month) -> Option<Observed> {
    let (first, newest) = (*series.keys().min()?, *series.keys().max()?);
    let many = usize::try_from(newest - first + 1).ok()?;
    if on.ordinal() - newest > LATE || many >= months || many < usize::from(FEWEST) {
        return None;
    }
    let known: Option<Vec<Decimal>> = (first..=newest).map(|month| series.get(&month).copied()).collect();
    let sum: Decimal = known?.into_iter().sum();
    let value = sum.checked_mul(Decimal::from(months))?.checked_div(Decimal::from(many))?;
    Some(Observed { value, day: Some(Month::of_ordinal(newest)?.last_day()), monthly: true, moving: None })
}

/// A datum of ladders: the last complete year with those before it, or the newest value.
fn datum(field: &Field<'_>, feed: &Feed, rule: &Distance, i: usize) -> Option<Observed> {
    let Measured::Datum(id) = &rule.of else { return None };
    let known = &field.content().data[id];
    let read = |back: usize| {
        let value = feed.columns.value(id, back, i)?;
        Some(Decimal::new(value, 6))
    };
    let value = read(0)?;
    if !known.yearly {
        return Some(Observed { value, day: None, monthly: false, moving: None });
    }
    let mut run: Vec<Decimal> = (0..usize::from(rule.trend.unwrap_or(1))).map_while(read).collect();
    run.reverse();
    let day = Date::new(field.on.year() - 1, 12, 31).ok();
    Some(Observed { value, day, monthly: false, moving: rule.trend.and_then(|_| slope(&run)) })
}
