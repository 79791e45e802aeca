//! One enterprise and one rule in full: value, threshold, gap, and what is missing, criterion by criterion.

use indexmap::IndexMap;
use model::definition::{Datum, DatumKind, Op, Outcome, Test};
use model::id::{CriterionId, DatumId, QualificationId, UnitId};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::amount::{Amount, Lack};
use super::columns::STEPS;
use super::judge::{Bind, Judge, Missing};

/// What is said about one criterion.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Explained {
    /// The criterion; its title and the article it comes from stand in the rule.
    pub criterion: CriterionId,
    /// The verdict.
    pub verdict: Outcome,
    /// The value in the criterion's unit; of a score, the fewest points.
    pub value: Option<Decimal>,
    /// The most points, where they are a range.
    pub at_most: Option<Decimal>,
    /// The threshold in the criterion's unit.
    pub threshold: Option<Decimal>,
    /// What is lacking for it to be met.
    pub gap: Option<Gap>,
    /// Why it is unknown.
    pub because: Option<Because>,
    /// Data without which it is unknown.
    pub lacking: Vec<Lacking>,
    /// Qualifications of which nothing is recorded.
    pub unrecorded: Vec<QualificationId>,
}

/// How much more (positive) or less (negative) it takes.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Gap {
    /// Of what; none: of the value itself.
    pub of: Option<DatumId>,
    /// In `unit`.
    pub by: Decimal,
    /// The datum's unit, or the criterion's.
    pub unit: Option<UnitId>,
    /// Whether it takes more than this (超过), not just this.
    pub beyond: bool,
}

/// Why a criterion is unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Data are missing.
    Missing,
    /// A denominator is zero or negative.
    Denominator,
    /// A number is too large for its unit.
    TooLarge,
    /// The document's number is to be supplied.
    ToBeSupplied,
    /// Points that experts give, or by a table to be supplied, decide.
    Open,
}

/// A datum that is missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Lacking {
    /// Which.
    pub datum: DatumId,
    /// Of which year: 0 the last complete one.
    pub years_back: u8,
    /// Who has it.
    pub department: String,
}

impl Judge<'_> {
    /// What there is to say about enterprise `i`, in the order of the rule's criteria.
    pub fn explain(&self, data: &IndexMap<DatumId, Datum>, i: usize) -> Vec<Explained> {
        let each = self.rule.criteria.values().enumerate();
        each.map(|(place, criterion)| {
            let verdict = self.bound.outcome(place, i);
            let mut said = Explained {
                criterion: criterion.id.clone(),
                verdict,
                value: None,
                at_most: None,
                threshold: None,
                gap: None,
                because: None,
                lacking: Vec::new(),
                unrecorded: Vec::new(),
            };
            self.measure(data, place, i, &mut said);
            if verdict == Outcome::Unknown {
                let Missing { data: missing, qualifications } = self.bound.missing(place, i);
                for (datum, years_back) in missing {
                    let department = data.get(&datum).map(|d| d.department.clone()).unwrap_or_default();
                    let own = Lacking { datum, years_back, department };
                    if !said.lacking.contains(&own) {
                        said.lacking.push(own);
                    }
                }
                said.unrecorded = qualifications;
                let missing = !said.lacking.is_empty() || !said.unrecorded.is_empty();
                said.because = said.because.or(Some(if missing { Because::Missing } else { Because::Open }));
            }
            said
        })
        .collect()
    }

    fn measure(&self, data: &IndexMap<DatumId, Datum>, place: usize, i: usize, said: &mut Explained) {
        let criterion = &self.rule.criteria[place];
        let unit = criterion.unit.clone();
        match (self.bound.test(place), &criterion.test) {
            (Bind::Amount(amount, line), Test::Amount(value, _)) => {
                let threshold = line.threshold(i);
                said.threshold = threshold.ok().flatten().map(decimal);
                said.because = (threshold == Ok(None)).then_some(Because::ToBeSupplied);
                match amount.of(i, line.op) {
                    Ok(found) => said.value = found.shown(),
                    Err(Lack::Denominator) => said.because = Some(Because::Denominator),
                    Err(Lack::TooLarge) => said.because = Some(Because::TooLarge),
                    Err(Lack::Data) => {}
                }
                if said.verdict == Outcome::NotMet {
                    let of = data.get(&value.of);
                    let beyond = matches!(line.op, Op::Above | Op::Below);
                    said.gap = threshold.ok().flatten().and_then(|t| numerator_gap(amount, of, i, t, beyond));
                    said.gap = said.gap.take().or_else(|| {
                        let by = said.threshold?.checked_sub(said.value?)?;
                        Some(Gap { of: None, by, unit, beyond })
                    });
                }
            }
            (Bind::Score(scored, line), _) => {
                let (low, high) = scored.points(&self.bound, i);
                said.value = Some(decimal(low));
                said.at_most = (high != low).then(|| decimal(high));
                let threshold = line.threshold(i).ok().flatten();
                said.threshold = threshold.map(decimal);
                if said.verdict == Outcome::NotMet {
                    // What is missing even if everything open turned out well.
                    let beyond = matches!(line.op, Op::Above | Op::Below);
                    let by = threshold.map(|t| decimal(t - high));
                    said.gap = by.map(|by| Gap { of: None, by, unit, beyond });
                }
            }
            _ => {}
        }
    }
}

/// Places that are shown.
const PLACES: u32 = 2;

/// A number as it is shown: two places, half away from zero – but never on another side of its threshold than it is, so that what is
/// shown does not contradict the verdict: 2.996 against 3 is 2.99.
pub fn shown(value: Decimal, threshold: Option<Decimal>) -> Decimal {
    let near = value.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero);
    let strategy = match threshold {
        Some(threshold) if near.cmp(&threshold) != value.cmp(&threshold) && value < threshold => {
            RoundingStrategy::ToNegativeInfinity
        }
        Some(threshold) if near.cmp(&threshold) != value.cmp(&threshold) => {
            RoundingStrategy::ToPositiveInfinity
        }
        _ => return near.normalize(),
    };
    value.round_dp_with_strategy(PLACES, strategy).normalize()
}

/// A gap as it is shown: two places, away from zero, so that what is said always suffices.
pub fn enough(gap: Decimal) -> Decimal {
    gap.round_dp_with_strategy(PLACES, RoundingStrategy::AwayFromZero).normalize()
}

fn decimal(millionths: i64) -> Decimal {
    Decimal::new(millionths, 6).normalize()
}

/// The gap of a plain amount or of a quotient of sums, in its numerator: “研发费用再增 112 万元”.
fn numerator_gap(
    amount: &Amount<'_>,
    of: Option<&Datum>,
    i: usize,
    threshold: i64,
    beyond: bool,
) -> Option<Gap> {
    let (num, per) = amount.plain(i)?;
    let of = of?;
    let steps = i128::from(STEPS);
    // threshold × denominator ÷ (times × steps), rounded away from the numerator so that the gap always suffices.
    let wanted = match per {
        Some(den) => {
            let (top, bottom) = (i128::from(threshold).checked_mul(den)?, amount.times * steps);
            let whole = top.div_euclid(bottom);
            if num < whole { whole + i128::from(top.rem_euclid(bottom) != 0) } else { whole }
        }
        None => i128::from(threshold),
    };
    let mut by = Decimal::try_from_i128_with_scale(wanted - num, 6).ok()?.normalize();
    if of.kind == DatumKind::Count {
        by = if by.is_sign_negative() { by.floor() } else { by.ceil() };
    }
    Some(Gap { of: Some(of.id.clone()), by, unit: of.unit.clone(), beyond })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn numbers_are_shown_with_two_places_on_their_side_of_the_threshold() {
        let told =
            |value: &str, threshold: Option<&str>| shown(number(value), threshold.map(number)).to_string();
        assert_eq!(told("4.4044", None), "4.4");
        assert_eq!(told("2.005", None), "2.01", "half away from zero");
        assert_eq!(told("-2.005", None), "-2.01");
        assert_eq!(told("2.9714285714", Some("3")), "2.97");
        assert_eq!(told("2.9996", Some("3")), "2.99", "3 would be met");
        assert_eq!(told("70.0004", Some("70")), "70.01", "more than 70 is met");
        assert_eq!(told("3", Some("3")), "3");
        assert_eq!(told("1999.996", Some("2000")), "1999.99");
    }

    #[test]
    fn gaps_are_rounded_away_from_zero() {
        let told = |gap: &str| enough(number(gap)).to_string();
        assert_eq!(
            [told("0.001"), told("299.9401"), told("112"), told("-0.001")],
            ["0.01", "299.95", "112", "-0.01"]
        );
    }
}
