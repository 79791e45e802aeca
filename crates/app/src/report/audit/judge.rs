//! Whether a number of a document is true, given what the ledger holds.
//!
//! A printed number claims no more than its places: it is true when the exact one lies within half a step of its last
//! place. 以上, 多 and 超 are floors, 近 a ceiling, 约 a neighbourhood. Deliberately absent: which figure a number means.

use figures::Growth;
use model::unit::{Unit, Units};
use model::wording::number::{say, say_growth};
use rust_decimal::Decimal;

use super::messages as words;
use super::messages::reading::{APART, POINTS, TIMES};
use super::quantity::{Qualifier, Spoken, is_rate};

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
    let factor = match (&spoken.unit, &truth.unit) {
        // 112亿 without 元 counts in the base unit of whatever the ledger has.
        (None, Some(own)) if spoken.scale != Decimal::ONE => {
            Decimal::ONE / units.find(own).map_or(Decimal::ONE, |unit| unit.factor / base(unit, units))
        }
        (found, expected) => factor(found.as_deref(), expected.as_deref(), units)?,
    };
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
    let step = spoken.step * factor;
    let exact = truth.exact.abs();
    let half = step / Decimal::TWO;
    let holds = match spoken.qualifier {
        Qualifier::Exact => (number - exact).abs() <= half,
        Qualifier::AtLeast => number <= exact,
        Qualifier::MoreThan => number < exact,
        Qualifier::AtMost => exact <= number,
        Qualifier::LessThan => exact < number,
        Qualifier::Nearly => exact <= number && exact >= number * Decimal::new(9, 1),
        Qualifier::About => (number - exact).abs() <= (exact * Decimal::new(2, 2)).max(half),
        Qualifier::Between => {
            number - half <= exact && spoken.upper.is_none_or(|upper| exact <= upper * factor + half)
        }
    };
    if holds {
        return Ok(());
    }
    Err(match spoken.qualifier {
        Qualifier::Exact if truth.time => {
            format!("{}，{}", words::WRONG_TIME, words::ledger_says(&truth.shown))
        }
        Qualifier::Exact => words::ledger_says(&truth.shown),
        Qualifier::AtLeast | Qualifier::MoreThan => words::floor_too_high(&truth.shown),
        Qualifier::AtMost | Qualifier::LessThan => words::ceiling_too_low(&truth.shown),
        Qualifier::Between => words::outside(&truth.shown),
        Qualifier::Nearly | Qualifier::About => words::not_near(&truth.shown),
    })
}

/// The smallest factor of a unit's dimension at or above one: 元 for 亿元, 家 for 万家.
fn base(unit: &Unit, units: &Units) -> Decimal {
    let alike = units.iter().filter(|other| other.dimension == unit.dimension);
    let whole = |other: &Unit| unit.id.as_str().ends_with(other.id.as_str());
    alike.filter(|other| whole(other)).map(|other| other.factor).min().unwrap_or(Decimal::ONE)
}

/// What to multiply a number in one unit with to have it in another.
fn factor(found: Option<&str>, expected: Option<&str>, units: &Units) -> Result<Decimal, String> {
    let plain = |unit: &str| {
        if POINTS.contains(&unit) { POINTS[0].to_owned() } else { unit.to_owned() }
    };
    let (Some(found), Some(expected)) = (found.map(plain), expected.map(plain)) else {
        return Ok(Decimal::ONE);
    };
    if found == expected {
        return Ok(Decimal::ONE);
    }
    if found == POINTS[0] || expected == POINTS[0] {
        return Err(words::points_or_percent(&found, &expected));
    }
    let ratio = |unit: &str| {
        if unit == TIMES { Some(Decimal::ONE_HUNDRED) } else { (unit == "%").then_some(Decimal::ONE) }
    };
    if let (Some(a), Some(b)) = (ratio(&found), ratio(&expected)) {
        return Ok(a / b);
    }
    match (units.find(&found), units.find(&expected)) {
        (Some(a), Some(b)) if a.dimension == b.dimension => Ok(a.factor / b.factor),
        _ => Err(words::other_unit(&found, &expected)),
    }
}

/// Whether a number counts in the same kind of unit as the truth.
pub(super) fn alike(spoken: &Spoken, truth: &Truth, units: &Units) -> bool {
    let (Some(said), Some(own)) = (spoken.unit.as_deref(), truth.unit.as_deref()) else {
        return spoken.scale != Decimal::ONE;
    };
    if is_rate(said) || is_rate(own) {
        return is_rate(said) && is_rate(own);
    }
    // 走访企业151家、393次: both count, and never the same.
    let apart = |(one, other): &(&str, &str)| [said, own] == [*one, *other] || [own, said] == [*one, *other];
    if APART.iter().any(apart) {
        return false;
    }
    let dimension = |unit: &str| units.find(unit).map(|unit| unit.dimension.clone());
    dimension(said).is_some() && dimension(said) == dimension(own)
}

/// A value of a figure, as a report prints it.
pub(super) fn amount(exact: Decimal, unit: &str, decimals: u32) -> Truth {
    Truth {
        exact,
        unit: Some(unit.to_owned()),
        direction: exact.is_sign_negative().then_some(-1),
        compared: None,
        shown: format!("{}{unit}", say(exact, decimals)),
        time: false,
    }
}

/// A growth; none where there is a turn in its place.
pub(super) fn grown(change: Growth, compared: &'static str) -> Option<Truth> {
    let (exact, unit) = match change {
        Growth::Percent(exact) => (exact, "%"),
        Growth::Points(exact) => (exact, POINTS[0]),
        Growth::Turn(_) => return None,
    };
    Some(Truth {
        exact,
        unit: Some(unit.to_owned()),
        direction: Some(sign(exact)),
        compared: Some(compared),
        shown: say_growth(change, 1),
        time: false,
    })
}

/// −1 or +1.
pub(super) fn sign(number: Decimal) -> i8 {
    if number.is_sign_negative() { -1 } else { 1 }
}
