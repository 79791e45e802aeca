//! Trends: sums over months, the straight line through the last of them, and when it crosses a threshold.
//!
//! What comes out is an estimate and must be called one: the line is least squares over evenly spaced values, carried on from the last
//! value that was observed. Deliberately absent: seasons (a sum over twelve months has none), and floats.

use rust_decimal::Decimal;

/// The sum of the last `months` values at each place; none where one of them is missing, because missing is not zero.
pub fn rolling(values: &[Option<Decimal>], months: usize) -> Vec<Option<Decimal>> {
    let sum = |end: usize| {
        let from = (end + 1).checked_sub(months)?;
        values[from..=end].iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add((*value)?))
    };
    (0..values.len()).map(sum).collect()
}

/// The slope of the least-squares line through evenly spaced values, per step: Σ(t − t̄)(y − ȳ) ÷ Σ(t − t̄)². None for fewer than three.
pub fn slope(values: &[Decimal]) -> Option<Decimal> {
    if values.len() < 3 {
        return None;
    }
    // Twice the distance from the middle is whole: 2t − (n − 1).
    let (mut num, mut den) = (Decimal::ZERO, Decimal::ZERO);
    let last = i64::try_from(values.len()).ok()? - 1;
    for (t, value) in (0..).zip(values) {
        let twice = Decimal::from(2 * t - last);
        num = num.checked_add(twice.checked_mul(*value)?)?;
        den = den.checked_add(twice.checked_mul(twice)?)?;
    }
    // Σ(2t − 2t̄)y ÷ Σ(2t − 2t̄)² is half of the slope.
    Some(num.checked_mul(Decimal::TWO)?.checked_div(den)?.normalize())
}

/// After how many steps a value that moves by `slope` a step reaches a threshold from `last`, rounded up; none when it moves away or
/// stands still. Zero: it is there.
pub fn steps_to(last: Decimal, slope: Decimal, threshold: Decimal) -> Option<u32> {
    let way = threshold.checked_sub(last)?;
    if way.is_zero() {
        return Some(0);
    }
    if slope.is_zero() || slope.is_sign_negative() != way.is_sign_negative() {
        return None;
    }
    u32::try_from(way.checked_div(slope)?.ceil()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(numbers: &[i64]) -> Vec<Decimal> {
        numbers.iter().map(|n| Decimal::from(*n)).collect()
    }

    #[test]
    fn a_sum_with_a_missing_month_is_missing() {
        let values: Vec<Option<Decimal>> =
            [Some(1), Some(2), None, Some(4), Some(5), Some(6)].map(|n| n.map(Decimal::from)).into();
        let sums = rolling(&values, 2);
        let sums: Vec<Option<String>> = sums.into_iter().map(|sum| sum.map(|sum| sum.to_string())).collect();
        let wanted = [None, Some("3"), None, None, Some("9"), Some("11")];
        assert_eq!(sums, wanted.map(|sum| sum.map(str::to_owned)));
    }

    /// 10, 12, 11, 15: t̄ = 1.5, ȳ = 12; (−1.5)(−2) + (−0.5)(0) + 0.5(−1) + 1.5(3) = 7; Σ(t − t̄)² = 5; 7 ÷ 5 = 1.4.
    #[test]
    fn a_slope_is_least_squares() {
        assert_eq!(slope(&decimals(&[10, 12, 11, 15])).map(|s| s.to_string()).as_deref(), Some("1.4"));
        assert_eq!(slope(&decimals(&[5, 5, 5])), Some(Decimal::ZERO));
        assert_eq!(slope(&decimals(&[3, 2, 1])), Some(Decimal::NEGATIVE_ONE));
        assert_eq!(slope(&decimals(&[1, 2])), None);
    }

    #[test]
    fn a_crossing_is_rounded_up_and_never_behind() {
        let of = |last: i64, slope: i64, to: i64| {
            steps_to(Decimal::from(last), Decimal::from(slope), Decimal::from(to))
        };
        assert_eq!(of(1900, 30, 2000), Some(4), "100 ÷ 30 = 3.33…");
        assert_eq!(of(1910, 30, 2000), Some(3), "exactly");
        assert_eq!(of(2000, -5, 2000), Some(0));
        assert_eq!(of(1900, 0, 2000), None);
        assert_eq!(of(1900, -30, 2000), None);
        assert_eq!(of(2150, -50, 2000), Some(3), "down to it");
        assert_eq!(of(2150, 50, 2000), None);
    }
}
