//! Comparisons: pure functions over exact numbers. Every one that can fail says why.
//!
//! Deliberately absent: which numbers are compared (that is `engine`) and the words (`model::wording::number`).
//! To add one: a function here, its rule in the doc comment, hand-computed cases in the tests.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::request::BlankReason;

pub use model::wording::number::{Growth, Turn};

/// Growth of a level: no base or a base of zero is blank; a loss on either side gives words, because a percentage would
/// have the wrong sign; otherwise percent of the base.
pub fn growth(base: Option<Decimal>, current: Option<Decimal>) -> Result<Growth, BlankReason> {
    let base = base.ok_or(BlankReason::NoBase)?;
    let current = current.ok_or(BlankReason::NotComparable)?;
    if base.is_zero() {
        return Err(BlankReason::NoBase);
    }
    if base < Decimal::ZERO || current < Decimal::ZERO {
        return Ok(Growth::Turn(turn(base, current)));
    }
    percent_of(current - base, base).map(Growth::Percent).ok_or(BlankReason::TooLarge)
}

fn turn(base: Decimal, current: Decimal) -> Turn {
    match (base < Decimal::ZERO, current.cmp(&Decimal::ZERO)) {
        (false, _) => Turn::IntoLoss,
        (true, Ordering::Greater) => Turn::IntoProfit,
        (true, Ordering::Equal) => Turn::LossEnded,
        (true, Ordering::Less) => match current.cmp(&base) {
            Ordering::Greater => Turn::LossNarrowed,
            Ordering::Less => Turn::LossWidened,
            Ordering::Equal => Turn::LossUnchanged,
        },
    }
}

/// Change of a ratio given in percent: the difference, in percentage points.
pub fn points(base: Option<Decimal>, current: Option<Decimal>) -> Result<Growth, BlankReason> {
    let base = base.ok_or(BlankReason::NoBase)?;
    let current = current.ok_or(BlankReason::NotComparable)?;
    current.checked_sub(base).map(Growth::Points).ok_or(BlankReason::TooLarge)
}

/// `part` in percent of `whole`; `None` for a whole of zero.
pub fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    match part.checked_mul(Decimal::ONE_HUNDRED) {
        Some(hundredfold) => hundredfold.checked_div(whole),
        None => part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED),
    }
}

/// 比重: share of a total, in percent. A total that is not positive has no shares.
pub fn share(part: Decimal, total: Decimal) -> Result<Decimal, BlankReason> {
    if total <= Decimal::ZERO {
        return Err(BlankReason::NotComparable);
    }
    percent_of(part, total).ok_or(BlankReason::TooLarge)
}

/// 拉动: the part's change in percent of the total's base, in percentage points.
pub fn pull(part_base: Decimal, part_current: Decimal, total_base: Decimal) -> Result<Decimal, BlankReason> {
    if total_base <= Decimal::ZERO {
        return Err(BlankReason::NoBase);
    }
    percent_of(part_current - part_base, total_base).ok_or(BlankReason::TooLarge)
}

/// 贡献率: the part's share of the total's change, in percent. Where the total does not grow, or by less than 0.5 %, the
/// quotient means nothing (a falling total flips its sign) and only the pull should be printed.
pub fn contribution(
    part_base: Decimal,
    part_current: Decimal,
    total_base: Decimal,
    total_current: Decimal,
) -> Result<Decimal, BlankReason> {
    let change = total_current - total_base;
    let Ok(Growth::Percent(growth)) = growth(Some(total_base), Some(total_current)) else {
        return Err(BlankReason::NotComparable);
    };
    if growth < Decimal::new(5, 1) {
        return Err(BlankReason::BelowThreshold);
    }
    percent_of(part_current - part_base, change).ok_or(BlankReason::TooLarge)
}

/// Competition ranks (1-1-3), largest first: for each value its rank.
pub fn ranks(values: &[Decimal]) -> Vec<u32> {
    let mut sorted: Vec<Decimal> = values.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    values.iter().map(|v| crate::column::index(sorted.partition_point(|s| s > v)) + 1).collect()
}

/// 完成率: value in percent of its target; a target of zero or less has none.
pub fn completion(value: Decimal, target: Decimal) -> Result<Decimal, BlankReason> {
    if target <= Decimal::ZERO {
        return Err(BlankReason::NoTarget);
    }
    percent_of(value, target).ok_or(BlankReason::TooLarge)
}

/// 序时进度: months gone of the year, in percent.
pub fn elapsed(month: i8) -> Decimal {
    Decimal::from(month) * Decimal::ONE_HUNDRED / Decimal::from(12)
}

/// What each of the year's remaining months must add to reach the target; zero when it is reached, blank in December.
pub fn monthly_pace_needed(value: Decimal, target: Decimal, month: i8) -> Result<Decimal, BlankReason> {
    let left = Decimal::from(12 - month);
    if target <= value {
        return Ok(Decimal::ZERO);
    }
    (target - value).checked_div(left).ok_or(BlankReason::NotComparable)
}

/// 两年平均: the yearly growth, in percent, that leads from the year before last to now: geometric mean on that base.
pub fn two_year_average(base: Decimal, current: Decimal) -> Result<Decimal, BlankReason> {
    if base <= Decimal::ZERO || current < Decimal::ZERO {
        return Err(BlankReason::NotComparable);
    }
    let ratio = current.checked_div(base).ok_or(BlankReason::TooLarge)?;
    Ok((square_root(ratio) - Decimal::ONE) * Decimal::ONE_HUNDRED)
}

/// Newton's method from above; 28 digits settle in well under 200 steps.
fn square_root(number: Decimal) -> Decimal {
    if number.is_zero() {
        return Decimal::ZERO;
    }
    let mut root = number.max(Decimal::ONE);
    for _ in 0..200 {
        let next = (root + number / root) / Decimal::TWO;
        if next >= root {
            break;
        }
        root = next;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    fn check(base: &str, current: &str, expected: Result<Growth, BlankReason>) {
        let number = |t: &str| (t != "–").then(|| d(t));
        assert_eq!(growth(number(base), number(current)), expected, "{base} → {current}");
    }

    #[test]
    fn growth_never_lies_about_its_sign() {
        check("–", "5", Err(BlankReason::NoBase));
        check("0", "5", Err(BlankReason::NoBase));
        check("100", "–", Err(BlankReason::NotComparable));
        check("100", "92", Ok(Growth::Percent(d("-8"))));
        check("100", "0", Ok(Growth::Percent(d("-100"))));
        check("100", "279", Ok(Growth::Percent(d("179"))));
        // Naively (5 − (−10)) / (−10) = −150 %, and (−15 − (−10)) / (−10) = +50 %: both have the wrong sign.
        check("-10", "5", Ok(Growth::Turn(Turn::IntoProfit)));
        check("-10", "-15", Ok(Growth::Turn(Turn::LossWidened)));
        check("-10", "-4", Ok(Growth::Turn(Turn::LossNarrowed)));
        check("-10", "-10", Ok(Growth::Turn(Turn::LossUnchanged)));
        check("-10", "0", Ok(Growth::Turn(Turn::LossEnded)));
        check("10", "-1", Ok(Growth::Turn(Turn::IntoLoss)));
    }

    #[test]
    fn ratios_change_by_points() {
        // 49.31 % after 49.14 %: 提高0.17个百分点.
        assert_eq!(points(Some(d("49.14")), Some(d("49.31"))), Ok(Growth::Points(d("0.17"))));
        assert_eq!(points(None, Some(d("49.31"))), Err(BlankReason::NoBase));
    }

    #[test]
    fn pull_and_contribution() {
        // V 92 after 100; three firms 18 after 30: their pull is −12 points. The total falls, so no contribution rate.
        assert_eq!(pull(d("30"), d("18"), d("100")), Ok(d("-12")));
        assert_eq!(contribution(d("30"), d("18"), d("100"), d("92")), Err(BlankReason::BelowThreshold));
        // V 110 after 100, part 24 after 20: 4 of 10 = 40 %, pull 4 points.
        assert_eq!(contribution(d("20"), d("24"), d("100"), d("110")), Ok(d("40")));
        assert_eq!(pull(d("20"), d("24"), d("100")), Ok(d("4")));
        assert_eq!(contribution(d("20"), d("24"), d("100"), d("100.4")), Err(BlankReason::BelowThreshold));
    }

    /// Ningbo, November 2018, growth of value added January to November: Haishu, Jiangbei, Zhenhai, Beilun, Yinzhou, Fenghua,
    /// Yuyao, Cixi, Ninghai, Xiangshan. Jiangbei and Yuyao tie at 10.7, Cixi is third, Haishu sixth.
    #[test]
    fn ties_share_the_better_rank() {
        let growth = ["7.1", "10.7", "4.1", "4.9", "1.6", "3.7", "10.7", "10.6", "8.6", "7.2"].map(d);
        assert_eq!(ranks(&growth), [6, 1, 8, 7, 10, 9, 1, 3, 4, 5]);
    }

    #[test]
    fn progress_against_target_and_time() {
        // End of October: 10 / 12 = 83.3 %.
        assert_eq!(elapsed(10).round_dp(1), d("83.3"));
        // Ningbo, first half 2017: 341.42 of 579.7 = 58.9 %.
        assert_eq!(completion(d("341.42"), d("579.7")).map(|n| n.round_dp(1)), Ok(d("58.9")));
        assert_eq!(completion(d("5"), d("0")), Err(BlankReason::NoTarget));
        // (120 − 90) / 2 months = 15.
        assert_eq!(monthly_pace_needed(d("90"), d("120"), 10), Ok(d("15")));
        assert_eq!(monthly_pace_needed(d("130"), d("120"), 10), Ok(d("0")));
        assert_eq!(monthly_pace_needed(d("90"), d("120"), 12), Err(BlankReason::NotComparable));
    }

    #[test]
    fn two_year_average_is_geometric() {
        // 121 after 100 two years before: 10 % a year.
        assert_eq!(
            two_year_average(d("100"), d("121")).map(|n| n.round_dp(6)),
            Ok(d("10.000000").normalize())
        );
    }
}
