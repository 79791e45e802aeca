//! Numbers in words: rounding, growth, percentage points, periods, Chinese numerals, lists – as official releases print them.
//!
//! Deliberately absent: what the numbers are (that is `figures`) and whole sentences (those are templates in `content/`).
//! To add a form: one function here with its examples in the tests.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::period::{Period, Window};

/// How a number loses its last places; always from the exact number, in one step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rounding {
    /// 四舍五入: half away from zero. What statistical bulletins print.
    #[default]
    HalfUp,
    /// 四舍六入五成双, GB/T 8170-2008: an exact half goes to the even digit.
    HalfEven,
    /// Down: “达到x%以上” may never claim more than there is.
    Floor,
    /// Up: “近x万元” names the next whole step.
    Ceil,
}

/// A number with exactly so many places.
pub fn round(number: Decimal, places: u32, how: Rounding) -> Decimal {
    let strategy = match how {
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        Rounding::Floor => RoundingStrategy::ToNegativeInfinity,
        Rounding::Ceil => RoundingStrategy::ToPositiveInfinity,
    };
    let mut rounded = number.round_dp_with_strategy(places, strategy);
    rounded.rescale(places);
    if rounded.is_zero() { Decimal::new(0, places) } else { rounded }
}

/// A number with exactly so many places, half-up, without thousands separators: `-3.20`.
pub fn say(number: Decimal, places: u32) -> String {
    round(number, places, Rounding::HalfUp).to_string()
}

/// A written number with its whole digits in threes, as tables print amounts: `-1,234,567.80`.
pub fn grouped(written: &str) -> String {
    let (sign, digits) = written.strip_prefix('-').map_or(("", written), |digits| ("-", digits));
    let (whole, places) =
        digits.split_once('.').map_or((digits, None), |(whole, places)| (whole, Some(places)));
    let mut said = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    if let Some(places) = places {
        said.push('.');
        said.push_str(places);
    }
    said
}

/// The largest number of so many places that is strictly less: “超x%”, “x多家”.
pub fn just_below(number: Decimal, places: u32) -> Decimal {
    let floor = round(number, places, Rounding::Floor);
    if floor == number { floor - Decimal::new(1, places) } else { floor }
}

/// How one period's number stands to another's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Growth {
    /// In percent of the base.
    Percent(Decimal),
    /// A ratio's change, in percentage points.
    Points(Decimal),
    /// A base or a result below zero: words, never a percentage.
    Turn(Turn),
}

/// What happened between two results of which at least one is a loss.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// 扭亏为盈.
    IntoProfit,
    /// 由盈转亏.
    IntoLoss,
    /// 减亏.
    LossNarrowed,
    /// 增亏.
    LossWidened,
    /// 亏损持平.
    LossUnchanged,
    /// 扭亏: from a loss to nothing.
    LossEnded,
}

impl Growth {
    /// The number in it, percent or points.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Percent(n) | Self::Points(n) => Some(n),
            Self::Turn(_) => None,
        }
    }
}

/// `增长5.7%`, `下降3.2%`, `持平`, `增长1.79倍` (from 100 %), `提高0.17个百分点`, `扭亏为盈`.
pub fn say_growth(growth: Growth, places: u32) -> String {
    match growth {
        Growth::Percent(percent) => say_percent_change(percent, places),
        Growth::Points(points) => say_points(points, places),
        Growth::Turn(turn) => say_turn(turn).to_owned(),
    }
}

/// The words of a turn.
pub fn say_turn(turn: Turn) -> &'static str {
    match turn {
        Turn::IntoProfit => "扭亏为盈",
        Turn::IntoLoss => "由盈转亏",
        Turn::LossNarrowed => "减亏",
        Turn::LossWidened => "增亏",
        Turn::LossUnchanged => "亏损持平",
        Turn::LossEnded => "扭亏",
    }
}

/// A change in percent, by its printed (rounded) value.
fn say_percent_change(percent: Decimal, places: u32) -> String {
    let printed = round(percent, places, Rounding::HalfUp);
    match printed.cmp(&Decimal::ZERO) {
        Ordering::Equal => "持平".to_owned(),
        Ordering::Less => format!("下降{}%", printed.abs()),
        Ordering::Greater if printed >= Decimal::ONE_HUNDRED => {
            let times = round(percent / Decimal::ONE_HUNDRED, 2, Rounding::HalfUp).normalize();
            format!("增长{times}倍")
        }
        Ordering::Greater => format!("增长{printed}%"),
    }
}

/// A change of a ratio: `提高0.17个百分点`, `回落0.3个百分点`, `持平`. A ratio never changes by “%”.
pub fn say_points(points: Decimal, places: u32) -> String {
    let printed = round(points, places, Rounding::HalfUp);
    match printed.cmp(&Decimal::ZERO) {
        Ordering::Equal => "持平".to_owned(),
        Ordering::Less => format!("回落{}个百分点", printed.abs()),
        Ordering::Greater => format!("提高{printed}个百分点"),
    }
}

/// A change of a growth rate: `加快0.1个百分点`, `放缓0.4个百分点`, `持平`.
pub fn say_pace(points: Decimal, places: u32) -> String {
    let printed = round(points, places, Rounding::HalfUp);
    match printed.cmp(&Decimal::ZERO) {
        Ordering::Equal => "持平".to_owned(),
        Ordering::Less => format!("放缓{}个百分点", printed.abs()),
        Ordering::Greater => format!("加快{printed}个百分点"),
    }
}

/// A period without its year: `9月`, `1—9月`, `三季度`, `上半年`, `2023年`, `9月末`.
pub fn say_period(period: Period) -> String {
    let month = period.end.month();
    match period.window {
        Window::Month => format!("{month}月"),
        Window::Ytd if month == 1 => "1月".to_owned(),
        Window::Ytd => format!("1—{month}月"),
        Window::Quarter => format!("{}季度", chinese_number(u64::from(quarter(month)))),
        Window::Half => if month <= 6 { "上半年" } else { "下半年" }.to_owned(),
        Window::Year => format!("{}年", period.end.year()),
        Window::Moment => format!("{month}月末"),
    }
}

/// A period with its year: `2023年1—9月`, `2023年三季度`.
pub fn say_period_of_year(period: Period) -> String {
    match period.window {
        Window::Year => say_period(period),
        _ => format!("{}年{}", period.end.year(), say_period(period)),
    }
}

/// The quarter a month falls in, 1–4.
fn quarter(month: i8) -> u8 {
    u8::try_from((month + 2) / 3).unwrap_or(1)
}

/// A number in Chinese numerals: `二`, `十二`, `一百零五`, `一万零三十`.
pub fn chinese_number(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = number;
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let names = ["", "万", "亿", "万亿", "亿亿"];
    let mut text = String::new();
    let mut gap = false;
    for (i, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap || (!text.is_empty() && *group < 1_000) {
            text.push('零');
        }
        gap = false;
        text.push_str(&below_ten_thousand(*group));
        text.push_str(names.get(i).copied().unwrap_or(""));
    }
    match text.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => text,
    }
}

fn below_ten_thousand(number: u64) -> String {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut text = String::new();
    let mut gap = false;
    for (step, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = usize::try_from(number / step % 10).unwrap_or(0);
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        gap = false;
        text.push(digits[digit]);
        text.push_str(name);
    }
    text
}

/// A count before a measure word: `两`家, `四`宗, `十二`家.
pub fn chinese_count(count: u64) -> String {
    if count == 2 { "两".to_owned() } else { chinese_number(count) }
}

/// Items joined as in a sentence: `甲、乙、丙`.
pub fn join<T: AsRef<str>>(items: &[T]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    fn check(number: &str, places: u32, half_up: &str, half_even: &str) {
        assert_eq!(round(d(number), places, Rounding::HalfUp).to_string(), half_up, "{number} half up");
        assert_eq!(round(d(number), places, Rounding::HalfEven).to_string(), half_even, "{number} half even");
    }

    #[test]
    fn digits_stand_in_threes() {
        let all = ["0", "999", "1000", "-1000.50", "1234567", "-999999.05", "12.3456"].map(grouped);
        assert_eq!(all, ["0", "999", "1,000", "-1,000.50", "1,234,567", "-999,999.05", "12.3456"]);
    }

    /// The vectors of GB/T 8170-2008 and of plain 四舍五入, side by side; binary floats get the first and fourth wrong.
    #[test]
    fn rounding_follows_the_standard_in_one_step() {
        check("0.35", 1, "0.4", "0.4");
        check("1.050", 1, "1.1", "1.0");
        check("6.25", 1, "6.3", "6.2");
        check("6.35", 1, "6.4", "6.4");
        check("28.175", 2, "28.18", "28.18");
        check("28.165", 2, "28.17", "28.16");
        check("8.53459", 2, "8.53", "8.53");
        check("-0.0365", 3, "-0.037", "-0.036");
        check("15.4546", 0, "15", "15");
        check("5", 2, "5.00", "5.00");
        check("-0.04", 1, "0.0", "0.0");
    }

    #[test]
    fn a_share_claimed_as_at_least_takes_the_floor() {
        let floor = |n| round(d(n), 0, Rounding::Floor).to_string();
        assert_eq!(floor("49.31"), "49");
        assert_eq!(floor("49.8"), "49");
        assert_eq!(floor("50"), "50");
        assert_eq!(round(d("19.02"), 0, Rounding::Ceil).to_string(), "20");
        assert_eq!(just_below(d("50"), 0).to_string(), "49");
        assert_eq!(just_below(d("50.1"), 0).to_string(), "50");
    }

    #[test]
    fn growth_is_said_as_releases_print_it() {
        let percent = |n| say_growth(Growth::Percent(d(n)), 1);
        assert_eq!(percent("5.68"), "增长5.7%");
        assert_eq!(percent("-3.2"), "下降3.2%");
        assert_eq!(percent("0.04"), "持平");
        assert_eq!(percent("-0.04"), "持平");
        assert_eq!(percent("179"), "增长1.79倍");
        assert_eq!(percent("100"), "增长1倍");
        assert_eq!(percent("99.94"), "增长99.9%");
        assert_eq!(percent("-100"), "下降100.0%");
        assert_eq!(say_growth(Growth::Points(d("0.17")), 2), "提高0.17个百分点");
        assert_eq!(say_growth(Growth::Points(d("-1.25")), 1), "回落1.3个百分点");
        assert_eq!(say_growth(Growth::Turn(Turn::IntoProfit), 1), "扭亏为盈");
        assert_eq!(say_growth(Growth::Turn(Turn::IntoLoss), 1), "由盈转亏");
        assert_eq!(say_pace(d("0.1"), 1), "加快0.1个百分点");
        assert_eq!(say_pace(d("-0.42"), 1), "放缓0.4个百分点");
    }

    #[test]
    fn periods_are_said_in_chinese() {
        let say = |text: &str| say_period(text.parse().expect("a period"));
        assert_eq!(say("2023-09"), "9月");
        assert_eq!(say("2023-09/ytd"), "1—9月");
        assert_eq!(say("2023-01/ytd"), "1月");
        assert_eq!(say("2023Q3"), "三季度");
        assert_eq!(say("2023H1"), "上半年");
        assert_eq!(say("2023H2"), "下半年");
        assert_eq!(say("2023"), "2023年");
        assert_eq!(say("2023-09/moment"), "9月末");
        assert_eq!(say_period_of_year("2023-09/ytd".parse().expect("a period")), "2023年1—9月");
        assert_eq!(say_period_of_year("2023".parse().expect("a period")), "2023年");
    }

    #[test]
    fn numerals_are_chinese() {
        let cases = [
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
            (2023, "二千零二十三"),
            (10_000, "一万"),
            (10_030, "一万零三十"),
            (100_005, "十万零五"),
            (120_000, "十二万"),
            (100_000_001, "一亿零一"),
            (1_000_200_000, "十亿零二十万"),
        ];
        for (number, words) in cases {
            assert_eq!(chinese_number(number), words, "{number}");
        }
        assert_eq!(chinese_count(2), "两");
        assert_eq!(chinese_count(4), "四");
        assert_eq!(join(&["甲厂", "乙厂"]), "甲厂、乙厂");
        assert_eq!(say(d("1234567.891"), 2), "1234567.89");
    }
}
