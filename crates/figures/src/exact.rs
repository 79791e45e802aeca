//! Exact sums: whole steps of a power of ten in 128 bits; where even these are too few, decimals; never a wrapped number.

use rust_decimal::Decimal;

/// 128 bits of steps have at most this many digits besides the first.
const MOST_DIGITS: u32 = 38;

/// `n × 10^by`, or `None` when it does not fit.
pub fn rescale(n: i128, by: u32) -> Option<i128> {
    n.checked_mul(10_i128.checked_pow(by)?)
}

/// A decimal as whole steps of `10^-scale`; `None` when it has finer digits or does not fit.
pub fn scaled(number: Decimal, scale: u32) -> Option<i128> {
    if number.scale() <= scale {
        return rescale(number.mantissa(), scale - number.scale());
    }
    let plain = number.normalize();
    if plain.scale() > scale { None } else { rescale(plain.mantissa(), scale - plain.scale()) }
}

/// A running exact sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sum {
    /// Whole steps of `10^-scale`.
    Steps {
        /// How many.
        steps: i128,
        /// Decimal places of a step.
        scale: u32,
    },
    /// Beyond 128 bits of steps.
    Free(Decimal),
    /// Beyond what a decimal holds.
    TooLarge,
}

impl Default for Sum {
    fn default() -> Self {
        Self::Steps { steps: 0, scale: 0 }
    }
}

impl From<Decimal> for Sum {
    fn from(number: Decimal) -> Self {
        Self::Steps { steps: number.mantissa(), scale: number.scale() }
    }
}

impl Sum {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (Self::Steps { steps: a, scale: sa }, Self::Steps { steps: b, scale: sb }) = (self, other) else {
            return self.plus_free(other);
        };
        let scale = sa.max(sb);
        let sum = rescale(a, scale - sa).zip(rescale(b, scale - sb)).and_then(|(a, b)| a.checked_add(b));
        sum.map_or_else(|| self.plus_free(other), |steps| Self::Steps { steps, scale })
    }

    /// Without the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let negated = match other {
            Self::Steps { steps, scale } => Self::Steps { steps: -steps, scale },
            Self::Free(d) => Self::Free(-d),
            Self::TooLarge => Self::TooLarge,
        };
        self.plus(negated)
    }

    fn plus_free(self, other: Self) -> Self {
        match (self.decimal(), other.decimal()) {
            (Some(a), Some(b)) => a.checked_add(b).map_or(Self::TooLarge, Self::Free),
            _ => Self::TooLarge,
        }
    }

    /// The sum as a decimal: exact up to 28 digits, rounded half-up to 28 beyond; `None` when its whole part has more.
    pub fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Free(d) => Some(d),
            Self::TooLarge => None,
            Self::Steps { steps, scale } => (0..=scale.min(MOST_DIGITS)).find_map(|dropped| {
                let unit = 10_i128.pow(dropped);
                let half = unit / 2 * steps.signum();
                let rounded = steps.checked_add(half).unwrap_or(steps) / unit;
                Decimal::try_from_i128_with_scale(rounded, scale - dropped).ok()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: &[&str], sum: Option<&str>) {
        let total = numbers
            .iter()
            .fold(Sum::default(), |s, n| s.plus(Sum::from(n.parse::<Decimal>().expect("a number"))));
        assert_eq!(total.decimal().map(|d| d.normalize().to_string()).as_deref(), sum, "{numbers:?}");
    }

    #[test]
    fn sums_are_exact_and_never_wrap() {
        check(&["0.1", "0.2"], Some("0.3"));
        check(&["18532.6", "-0.05"], Some("18532.55"));
        // 38 digits do not fit: rounded to 28, once.
        check(&["9223372036854775807", "0.0000000000000000005"], Some("9223372036854775807"));
        check(&["9223372036854775807", "0.000000005"], Some("9223372036854775807.000000005"));
        // Ten times the largest decimal has 30 digits: no decimal, and not a wrapped number.
        check(&["79228162514264337593543950335"; 10], None);
        // The steps leave decimals and come back.
        check(
            &[
                "79228162514264337593543950335",
                "79228162514264337593543950335",
                "-79228162514264337593543950335",
            ],
            Some("79228162514264337593543950335"),
        );
    }
}
