//! One indicator of one group: quotients, their mean, the benchmark, raw points.
//!
//! The mean is a ratio of sums, never a mean of ratios. Benchmarks and bounds that are taken from the data are frozen at ten
//! decimals, so that whoever checks a score by hand divides by what was printed.

use std::ops::Range;

use figures::Sum;
use model::definition::{Benchmark, Better, Denominator, Group, Indicator, Method};
use model::id::MeasureId;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::needs::weightless;
use super::{Options, RunFault, known, parallel};
use crate::facts::{Facts, Reading, State, Subject};
use crate::points::{Factor, PLACES, Points};

/// Why a quotient has no value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The numerator is not known.
    NumeratorMissing,
    /// The denominator is not known.
    DenominatorMissing,
    /// Sources of the numerator or denominator disagree, and none has precedence.
    Conflicting,
    /// The denominator is zero or negative.
    DenominatorNotPositive,
    /// Known for less of the subject than the scheme asks.
    TooLittleKnown,
    /// Less is better, and the quotient is zero or negative.
    QuotientNotPositive,
    /// The group has no positive mean to measure against.
    NoBenchmark,
    /// More than 900 million points: a slip of units.
    TooLarge,
}

impl Reason {
    const ALL: [Self; 8] = [
        Self::NumeratorMissing,
        Self::DenominatorMissing,
        Self::Conflicting,
        Self::DenominatorNotPositive,
        Self::TooLittleKnown,
        Self::QuotientNotPositive,
        Self::NoBenchmark,
        Self::TooLarge,
    ];
}

/// Raw points, or why there are none, in eight bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Outcome(i64);

impl Outcome {
    fn of(result: Result<Points, Reason>) -> Self {
        Self(match result {
            Ok(points) => points.steps(),
            // The lowest numbers are no points: those end at nine digits, far above.
            Err(reason) => i64::MIN + reason as i64,
        })
    }

    /// The points or the reason.
    pub fn get(self) -> Result<Points, Reason> {
        usize::try_from(self.0.wrapping_sub(i64::MIN))
            .ok()
            .and_then(|n| Reason::ALL.get(n))
            .map_or(Ok(Points::from_steps(self.0)), |reason| Err(*reason))
    }
}

/// What held points back or lifted them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The cap.
    Cap,
    /// The floor.
    Floor,
}

/// One indicator of one group.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorRun {
    /// What quotients are measured against; none for methods that need none, and where there is none.
    pub benchmark: Option<Decimal>,
    /// The group's mean: ratio of sums, after winsorising.
    pub mean: Option<Decimal>,
    /// The bounds of min–max.
    pub bounds: Option<(Decimal, Decimal)>,
    /// How many quotients have a value.
    pub present: usize,
    /// The mean of the points of those who have a quotient.
    pub mean_points: Option<Points>,
    /// The most and the least points.
    pub limits: Limits,
    /// Points before cap and floor, by member.
    pub raw: Vec<Outcome>,
    /// The weight as points.
    pub weight: Points,
}

/// The most and the least points of an indicator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    pub cap: Option<Points>,
    pub floor: Option<Points>,
}

impl Limits {
    /// Within cap and floor, and which of them held.
    pub fn clamp(self, points: Points) -> (Points, Option<Bound>) {
        match (self.cap, self.floor) {
            (Some(cap), _) if points > cap => (cap, Some(Bound::Cap)),
            (_, Some(floor)) if points < floor => (floor, Some(Bound::Floor)),
            _ => (points, None),
        }
    }
}

/// A column of facts as an indicator reads it.
#[derive(Clone, Copy)]
pub(super) enum Column<'f> {
    Readings(&'f [Reading]),
    Land(&'f [Subject]),
    One,
    Nothing,
}

impl<'f> Column<'f> {
    pub fn of_measure(facts: &'f Facts, id: &MeasureId) -> Self {
        facts.measures.get(id).map_or(Self::Nothing, |readings| Self::Readings(readings))
    }

    pub fn of_denominator(facts: &'f Facts, denominator: &Denominator) -> Self {
        match denominator {
            Denominator::Land => Self::Land(&facts.subjects),
            Denominator::Measure(id) => Self::of_measure(facts, id),
            Denominator::One => Self::One,
        }
    }

    /// What it says of one subject.
    pub fn at(self, subject: u32) -> Reading {
        match self {
            Self::Readings(readings) => readings[subject as usize],
            Self::Land(subjects) => {
                subjects[subject as usize].land.map_or(Reading::MISSING, Reading::present)
            }
            Self::One => Reading::present(Decimal::ONE),
            Self::Nothing => Reading::MISSING,
        }
    }
}

/// Numerator and denominator of one indicator.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub indicator: &'a Indicator,
    pub top: Column<'a>,
    pub bottom: Column<'a>,
}

impl<'a> Pair<'a> {
    pub fn of(indicator: &'a Indicator, facts: &'a Facts) -> Self {
        Self {
            indicator,
            top: Column::of_measure(facts, &indicator.numerator),
            bottom: Column::of_denominator(facts, &indicator.denominator),
        }
    }

    /// Both numbers of one subject, or why there is no quotient.
    pub fn at(&self, subject: u32) -> Result<(Decimal, Decimal), Reason> {
        let (top, bottom) = (self.top.at(subject), self.bottom.at(subject));
        let unknown = |reading: Reading, why| match reading.state {
            State::Conflicting => Reason::Conflicting,
            _ => why,
        };
        let numerator = top.value.ok_or_else(|| unknown(top, Reason::NumeratorMissing))?;
        let denominator = bottom.value.ok_or_else(|| unknown(bottom, Reason::DenominatorMissing))?;
        if denominator <= Decimal::ZERO {
            return Err(Reason::DenominatorNotPositive);
        }
        if let Some(least) = self.indicator.min_known
            && top.known.min(bottom.known).decimal() < least
        {
            return Err(Reason::TooLittleKnown);
        }
        Ok((numerator, denominator))
    }
}

/// Measures all indicators of a group.
pub(super) fn measure(
    group: &Group,
    facts: &Facts,
    members: &[u32],
    options: &Options,
) -> Result<Vec<IndicatorRun>, RunFault> {
    let mut without_mean = Vec::new();
    let mut runs = Vec::with_capacity(group.indicators.len());
    for indicator in &group.indicators {
        let path = format!("{}.{}", group.id, indicator.id);
        let previous = options.previous.get(&(group.id.clone(), indicator.id.clone())).copied();
        if matches!(indicator.benchmark, Benchmark::PreviousMean { .. })
            && previous.is_none()
            && !weightless(indicator)
            && !members.is_empty()
        {
            without_mean.push(format!("{path}.benchmark"));
            continue;
        }
        let pair = Pair::of(indicator, facts);
        runs.push(one(pair, members, previous, options.threads).ok_or(RunFault::TooLong { path })?);
    }
    if without_mean.is_empty() { Ok(runs) } else { Err(RunFault::NoPreviousMean { paths: without_mean }) }
}

/// Measures one indicator; none where a number of it has too many digits.
fn one(pair: Pair<'_>, members: &[u32], previous: Option<Decimal>, threads: usize) -> Option<IndicatorRun> {
    let indicator = pair.indicator;
    if weightless(indicator) {
        return Some(IndicatorRun {
            benchmark: None,
            mean: None,
            bounds: None,
            present: 0,
            mean_points: Some(Points::ZERO),
            limits: Limits::default(),
            raw: vec![Outcome::of(Ok(Points::ZERO)); members.len()],
            weight: Points::ZERO,
        });
    }
    let quotient = Factor::new(&[indicator.conversion.times], &[indicator.conversion.by])?;
    let tails = Tails::of(pair, quotient, members, threads);
    let mean = mean(pair, quotient, members, tails.as_ref(), threads);
    let benchmark = match &indicator.benchmark {
        Benchmark::Fixed(number) => Some(known(number)),
        Benchmark::GroupMean { times } => mean.and_then(|m| m.checked_mul(known(times))).map(frozen),
        Benchmark::PreviousMean { times } => previous.and_then(|m| m.checked_mul(known(times))).map(frozen),
        Benchmark::None => None,
    };
    let bounds = bounds(pair, quotient, members, tails.as_ref(), threads);
    let weight = Points::of(known(&indicator.weight))?;
    let rule = Rule::of(indicator, quotient, benchmark, bounds)?;
    let raw = parallel::column(members.len(), threads, |place| {
        Outcome::of(pair.at(members[place]).and_then(|(top, bottom)| rule.points(top, bottom)))
    });
    let limits = Limits {
        cap: indicator
            .cap
            .as_ref()
            .and_then(|cap| Points::of(known(cap).checked_mul(known(&indicator.weight))?)),
        floor: indicator.floor.as_ref().and_then(|floor| Points::of(known(floor))),
    };
    let have = raw.iter().filter_map(|one| one.get().ok()).map(|points| limits.clamp(points).0);
    let (sum, present) = have.fold((0_i128, 0), |(sum, n), p| (sum + i128::from(p.steps()), n + 1));
    let mean_points = Points::mean(sum, present);
    Some(IndicatorRun { benchmark, mean, bounds, present, mean_points, limits, raw, weight })
}

/// Taken from the data, rounded half-up as it is printed.
fn frozen(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// The quotients beyond which tails are pulled in.
#[derive(Clone, Copy)]
struct Tails {
    low: Points,
    high: Points,
}

impl Tails {
    fn of(pair: Pair<'_>, quotient: Factor, members: &[u32], threads: usize) -> Option<Self> {
        let share = pair.indicator.winsorise.filter(|s| *s > Decimal::ZERO)?;
        let mut all = quotients(pair, quotient, members, threads);
        let cut = Decimal::from(all.len()).checked_mul(share)?.trunc();
        let cut = usize::try_from(cut.mantissa() / 10_i128.pow(cut.scale())).ok()?;
        if cut == 0 || cut * 2 >= all.len() {
            return None;
        }
        let last = all.len() - 1;
        let low = *all.select_nth_unstable(cut).1;
        let high = *all.select_nth_unstable(last - cut).1;
        Some(Self { low, high })
    }
}

/// The quotients that have a value, in no order.
fn quotients(pair: Pair<'_>, quotient: Factor, members: &[u32], threads: usize) -> Vec<Points> {
    let fold = |range: Range<usize>| -> Vec<Points> {
        members[range]
            .iter()
            .filter_map(|m| pair.at(*m).ok())
            .filter_map(|(top, bottom)| quotient.apply(top, bottom))
            .collect()
    };
    parallel::parts(members.len(), threads, fold).concat()
}

/// Sums for a mean: numerators and denominators between the tails, denominators in each tail.
#[derive(Clone, Copy, Default)]
struct Sums {
    top: Sum,
    bottom: Sum,
    low: Sum,
    high: Sum,
}

/// The group's mean: `Σ numerator ÷ Σ denominator`; a quotient in a tail counts as the quotient at the tail's edge.
fn mean(
    pair: Pair<'_>,
    quotient: Factor,
    members: &[u32],
    tails: Option<&Tails>,
    threads: usize,
) -> Option<Decimal> {
    let fold = |range: Range<usize>| -> Sums {
        let mut sums = Sums::default();
        for (top, bottom) in members[range].iter().filter_map(|m| pair.at(*m).ok()) {
            let x = tails.and_then(|_| quotient.apply(top, bottom));
            match (tails, x) {
                (Some(t), Some(x)) if x < t.low => sums.low = sums.low.plus(bottom.into()),
                (Some(t), Some(x)) if x > t.high => sums.high = sums.high.plus(bottom.into()),
                _ => {
                    sums.top = sums.top.plus(top.into());
                    sums.bottom = sums.bottom.plus(bottom.into());
                }
            }
        }
        sums
    };
    let all = parallel::parts(members.len(), threads, fold).into_iter().fold(Sums::default(), |a, b| Sums {
        top: a.top.plus(b.top),
        bottom: a.bottom.plus(b.bottom),
        low: a.low.plus(b.low),
        high: a.high.plus(b.high),
    });
    let inner = all.bottom.decimal()?;
    let weight = inner.checked_add(all.low.decimal()?)?.checked_add(all.high.decimal()?)?;
    if weight <= Decimal::ZERO {
        return None;
    }
    let conversion = pair.indicator.conversion;
    if inner == weight {
        let top = all.top.decimal()?.checked_mul(conversion.times)?;
        return top.checked_div(weight.checked_mul(conversion.by)?).map(frozen);
    }
    let tails = tails?;
    let middle = all.top.decimal()?.checked_mul(conversion.times)?.checked_div(conversion.by)?;
    let low = tails.low.decimal().checked_mul(all.low.decimal()?)?;
    let high = tails.high.decimal().checked_mul(all.high.decimal()?)?;
    middle.checked_add(low)?.checked_add(high)?.checked_div(weight).map(frozen)
}

/// The bounds of min–max: fixed ones, else those of the group between its tails.
fn bounds(
    pair: Pair<'_>,
    quotient: Factor,
    members: &[u32],
    tails: Option<&Tails>,
    threads: usize,
) -> Option<(Decimal, Decimal)> {
    let Method::MinMax { min, max, .. } = &pair.indicator.method else { return None };
    let fixed = (min.as_ref().map(known), max.as_ref().map(known));
    if let (Some(min), Some(max)) = fixed {
        return Some((min, max));
    }
    let all = quotients(pair, quotient, members, threads);
    let least = tails.map(|t| t.low).or_else(|| all.iter().min().copied())?;
    let most = tails.map(|t| t.high).or_else(|| all.iter().max().copied())?;
    Some((fixed.0.unwrap_or_else(|| least.decimal()), fixed.1.unwrap_or_else(|| most.decimal())))
}

/// How a numerator and a denominator become points.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// `x ÷ benchmark × weight` in one factor.
    Ratio(Factor),
    /// `benchmark ÷ x × weight`: numerator and denominator change places.
    Inverse(Factor),
    /// `start + (x − from) ÷ width × slope`.
    Between { quotient: Factor, from: Points, width: Points, start: Points, slope: Points, falls: bool },
    /// All are equal: the full weight.
    Level(Points),
    /// The quotient.
    Value(Factor),
    /// Nothing to measure against.
    None,
}

impl Rule {
    /// The rule of an indicator; none where a number has too many digits.
    pub fn of(
        indicator: &Indicator,
        quotient: Factor,
        benchmark: Option<Decimal>,
        bounds: Option<(Decimal, Decimal)>,
    ) -> Option<Self> {
        let (times, by) = (indicator.conversion.times, indicator.conversion.by);
        let weight = known(&indicator.weight);
        Some(match (&indicator.method, indicator.better) {
            (Method::Value, _) => Self::Value(quotient),
            (Method::Ratio, better) => match (benchmark.filter(|b| *b > Decimal::ZERO), better) {
                (None, _) => Self::None,
                (Some(benchmark), Better::Higher) => {
                    Self::Ratio(Factor::new(&[times, weight], &[by, benchmark])?)
                }
                (Some(benchmark), Better::Lower) => {
                    Self::Inverse(Factor::new(&[by, weight, benchmark], &[times])?)
                }
            },
            (Method::MinMax { base, .. }, better) => {
                let Some((min, max)) = bounds else { return Some(Self::None) };
                let start = weight.checked_mul(known(base))?;
                let (min, max) = (Points::of(min)?, Points::of(max)?);
                if max <= min {
                    return Some(Self::Level(Points::of(weight)?));
                }
                let falls = better == Better::Lower;
                Self::Between {
                    quotient,
                    from: if falls { max } else { min },
                    width: max.minus(min),
                    start: Points::of(start)?,
                    slope: Points::of(weight.checked_sub(start)?)?,
                    falls,
                }
            }
        })
    }

    /// Points before cap and floor.
    pub fn points(&self, top: Decimal, bottom: Decimal) -> Result<Points, Reason> {
        let large = Reason::TooLarge;
        match self {
            Self::Ratio(factor) | Self::Value(factor) => factor.apply(top, bottom).ok_or(large),
            Self::Inverse(_) if top <= Decimal::ZERO => Err(Reason::QuotientNotPositive),
            Self::Inverse(factor) => factor.apply(bottom, top).ok_or(large),
            Self::Level(points) => Ok(*points),
            Self::None => Err(Reason::NoBenchmark),
            Self::Between { quotient, from, width, start, slope, falls } => {
                let x = quotient.apply(top, bottom).ok_or(large)?;
                let way = if *falls { from.minus(x) } else { x.minus(*from) };
                // Beyond a fixed or pulled-in bound the ends hold.
                let way = way.max(Points::ZERO).min(*width);
                slope.scaled(way, *width).map(|p| start.plus(p)).ok_or(large)
            }
        }
    }
}
