//! Whether a number of a document is true, given what the ledger holds.
//!
//! A printed number claims no more than its places: it is true when the exact one lies within half a step of its last
//! place. 以上, 多 and 超 are floors, 近 a ceiling, 约 a neighbourhood. Deliberately absent: which figure a number means.

use model::unit::Units;
use rust_decimal::Decimal;

use super::mention::{Qualifier, Spoken};
use super::messages as words;

/// What the ledger holds for a number.
#[derive(Clone, Debug)]
pub(super) struct Truth {
    /// Exact; percent for growth.
    pub exact: Decimal,
    /// The unit of `exact`.
    pub unit: Option<String>,
    /// −1, +1 where a direction belongs to it.
    pub direction: Option<i8>,
    /// 同比 or 环比, where it matters.
    pub compared: Option<&'static str>,
    /// As a report prints it.
    pub shown: String,
    /// Whether it only names a time.
    pub time: bool,
}

/// Nothing to say, or why the number is not true.
pub(super) fn judge(
    spoken: &Spoken,
    compared: Option<&'static str>,
    truth: &Truth,
    units: &Units,
) -> Result<(), String> {
    let factor = factor(spoken.unit.as_deref(), truth.unit.as_deref(), units)?;
    if let (Some(found), Some(expected)) = (spoken.direction, truth.direction)
        && found != expected
    {
        return Err(words::other_direction(&truth.shown));
    }
    if let (Some(found), Some(expected)) = (compared, truth.compared)
        && found != expected
    {
        return Err(words::other_comparison(found, expected));
    }
    let number = spoken.number.abs() * factor;
    let step = Decimal::new(1, spoken.number.scale()) * factor;
    let exact = truth.exact.abs();
    match spoken.qualifier {
        Qualifier::Exact if (number - exact).abs() * Decimal::TWO <= step => Ok(()),
        Qualifier::Exact if truth.time => {
            Err(format!("{}，{}", words::WRONG_TIME, words::ledger_says(&truth.shown)))
        }
        Qualifier::Exact => Err(words::ledger_says(&truth.shown)),
        Qualifier::AtLeast if number <= exact => Ok(()),
        Qualifier::MoreThan if number < exact => Ok(()),
        Qualifier::AtLeast | Qualifier::MoreThan => Err(words::floor_too_high(&truth.shown)),
        Qualifier::Nearly if exact <= number && exact >= number * Decimal::new(9, 1) => Ok(()),
        Qualifier::About if (number - exact).abs() <= (exact * Decimal::new(2, 2)).max(step) => Ok(()),
        Qualifier::Nearly | Qualifier::About => Err(words::not_near(&truth.shown)),
    }
}

/// What to multiply a number in one unit with to have it in another.
fn factor(found: Option<&str>, expected: Option<&str>, units: &Units) -> Result<Decimal, String> {
    let plain = |unit: &str| {
        if words::POINTS.contains(&unit) { words::POINTS[0].to_owned() } else { unit.to_owned() }
    };
    let (Some(found), Some(expected)) = (found.map(plain), expected.map(plain)) else {
        return Ok(Decimal::ONE);
    };
    if found == expected {
        return Ok(Decimal::ONE);
    }
    if found == words::POINTS[0] || expected == words::POINTS[0] {
        return Err(words::points_or_percent(&found, &expected));
    }
    let ratio = |unit: &str| {
        if unit == words::TIMES { Some(Decimal::ONE_HUNDRED) } else { (unit == "%").then_some(Decimal::ONE) }
    };
    if let (Some(a), Some(b)) = (ratio(&found), ratio(&expected)) {
        return Ok(a / b);
    }
    match (units.find(&found), units.find(&expected)) {
        (Some(a), Some(b)) if a.dimension == b.dimension => Ok(a.factor / b.factor),
        _ => Err(words::other_unit(&found, &expected)),
    }
}
