//! Points (得分): fixed-point numbers of ten decimals, and the one division that makes them.
//!
//! A quotient is never rounded on its way: numerator, denominator, units, benchmark and weight are multiplied as whole numbers
//! and divided once, half-up. Sums of points are sums of integers, so a score is the same in any order and on any number of
//! threads.
//!
//! Deliberately absent: printing, and floats.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// Decimal places that points are kept with.
pub const PLACES: u32 = 10;
/// One point.
const UNIT: i64 = 10_000_000_000;

/// A number of points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Points(i64);

impl Points {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// From a decimal, half-up; none when it is beyond ±900 million.
    pub fn of(number: Decimal) -> Option<Self> {
        let plain = number.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero);
        let steps = plain.mantissa().checked_mul(power(PLACES - plain.scale())?)?;
        i64::try_from(steps).ok().map(Self)
    }

    /// As a decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, PLACES).normalize()
    }

    /// Rounded half-up to places.
    pub fn rounded(self, places: u32) -> Decimal {
        Decimal::new(self.0, PLACES).round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
    }

    /// Rounded half-up to places, to be compared.
    pub fn printed(self, places: u32) -> Self {
        let Some(step) = PLACES.checked_sub(places).and_then(power) else { return self };
        divide(i128::from(self.0), step).and_then(|n| i64::try_from(n * step).ok()).map_or(self, Self)
    }

    /// Both together; the largest there is where even that is exceeded.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Without the other.
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `self × times ÷ by`, half-up; none when it is too large or `by` is nothing.
    pub fn scaled(self, times: Self, by: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(times.0);
        i64::try_from(divide(product, i128::from(by.0))?).ok().map(Self)
    }

    /// The mean of a sum over `count`, half-up.
    pub fn mean(sum: i128, count: usize) -> Option<Self> {
        i64::try_from(divide(sum, i128::try_from(count).ok()?)?).ok().map(Self)
    }

    /// The steps of a ten-thousand-millionth it has.
    pub const fn steps(self) -> i64 {
        self.0
    }

    /// From steps.
    pub const fn from_steps(steps: i64) -> Self {
        Self(steps)
    }

    /// One point.
    pub const fn one() -> Self {
        Self(UNIT)
    }
}

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&self.decimal(), to)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = <Decimal as Deserialize>::deserialize(from)?;
        Self::of(number).ok_or_else(|| serde::de::Error::custom("more points than there can be"))
    }
}

/// `10^by`.
fn power(by: u32) -> Option<i128> {
    10_i128.checked_pow(by)
}

/// `a ÷ b`, half away from zero; none by nothing.
fn divide(a: i128, b: i128) -> Option<i128> {
    if b == 0 {
        return None;
    }
    let (whole, rest) = (a / b, a % b);
    let away = rest.unsigned_abs() >= b.unsigned_abs() - rest.unsigned_abs();
    Some(if away { whole + if (a < 0) == (b < 0) { 1 } else { -1 } } else { whole })
}

/// A constant factor `times ÷ by` that makes points of a numerator and a denominator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Factor {
    times: Decimal,
    by: Decimal,
    /// Places to move for the scales of `times` and `by` and for [`PLACES`].
    shift: i32,
}

impl Factor {
    /// From its two parts; none where a part is too long to be exact.
    pub fn new(times: &[Decimal], by: &[Decimal]) -> Option<Self> {
        let product = |parts: &[Decimal]| {
            parts.iter().try_fold(Decimal::ONE, |a, b| a.checked_mul(*b)).map(|p| p.normalize())
        };
        let (times, by) = (product(times)?, product(by)?);
        let shift = i32::try_from(by.scale() + PLACES).ok()? - i32::try_from(times.scale()).ok()?;
        Some(Self { times, by, shift })
    }

    /// `numerator × times ÷ (denominator × by)`, rounded half-up once; none by nothing and where it is too large.
    ///
    /// Numbers so long that whole numbers of 128 bits cannot hold the product – more than some 34 digits together – are divided
    /// to 28 digits first.
    pub fn apply(&self, numerator: Decimal, denominator: Decimal) -> Option<Points> {
        let steps = match self.exactly(numerator, denominator) {
            Some(steps) => steps,
            None => self.exactly(numerator.normalize(), denominator.normalize()).or_else(|| {
                let value =
                    numerator.checked_div(denominator)?.checked_mul(self.times)?.checked_div(self.by)?;
                Points::of(value).map(|p| i128::from(p.0))
            })?,
        };
        i64::try_from(steps).ok().map(Points)
    }

    fn exactly(&self, numerator: Decimal, denominator: Decimal) -> Option<i128> {
        let mut top = numerator.mantissa().checked_mul(self.times.mantissa())?;
        let mut bottom = denominator.mantissa().checked_mul(self.by.mantissa())?;
        let shift =
            self.shift + i32::try_from(denominator.scale()).ok()? - i32::try_from(numerator.scale()).ok()?;
        let by = power(shift.unsigned_abs())?;
        if shift >= 0 {
            top = top.checked_mul(by)?;
        } else {
            bottom = bottom.checked_mul(by)?;
        }
        divide(top, bottom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    fn check(numerator: &str, denominator: &str, times: &[&str], by: &[&str], points: Option<&str>) {
        let parts = |all: &[&str]| all.iter().map(|t| number(t)).collect::<Vec<_>>();
        let factor = Factor::new(&parts(times), &parts(by)).expect("short numbers");
        let found = factor.apply(number(numerator), number(denominator)).map(|p| p.decimal().to_string());
        assert_eq!(found.as_deref(), points, "{numerator}/{denominator}");
    }

    #[test]
    fn one_division_half_up() {
        // 30 ÷ 24.097 × 30 = 900 ÷ 24.097 = 37.349 047 599 286 2…
        check("30", "1", &["30"], &["24.097"], Some("37.3490475993"));
        // 389.5068 万元 on 13 333.33 ㎡: × 10 000 ÷ 15 is 万元/亩 … 19.475 344 868 7.
        check("389.5068", "13333.33", &["10000"], &["15"], Some("19.4753448688"));
        // 1 ÷ 3 of 0.000 000 000 15 is half a step: away from zero, on both sides.
        check("0.00000000015", "3", &[], &[], Some("0.0000000001"));
        check("-0.00000000015", "3", &[], &[], Some("-0.0000000001"));
        check("1", "0", &["30"], &["24.097"], None);
    }

    #[test]
    fn long_numbers_come_out_alike() {
        // 27 digits over 27 digits, benchmark of ten decimals: the way through decimals.
        check(
            "123456789012345678.123456789",
            "123456789012345678.123456789",
            &["30"],
            &["24.0971234567"],
            Some("1.244961875"),
        );
        // 900 million points are the most: a slip of units must not wrap.
        check("1000000000000", "0.01", &["30"], &["24.097"], None);
    }

    #[test]
    fn printed_points_round_away_from_zero() {
        let points = |t: &str| Points::of(number(t)).expect("small");
        assert_eq!(points("104.345").printed(2), points("104.35"));
        assert_eq!(points("-6.225").rounded(2), number("-6.23"));
        assert_eq!(points("37.3490475993").rounded(2).to_string(), "37.35");
    }
}
