//! Numbers and dates as spreadsheets hold them: binary floats and day counts.
//!
//! A spreadsheet stores 18532.6 as the nearest binary fraction and shows at most 15 digits of it. [`number_text`]
//! gives those digits back, so that a caller can read an exact decimal from them. [`civil`] turns the day count into
//! a calendar date.
//!
//! Deliberately absent: number formats with thousands separators, colours, units (a caller that needs the shown text
//! has the number), time zones (spreadsheets have none).

use serde::{Deserialize, Serialize};

/// Days from 1900-01-00 to 1904-01-01: what a serial of the 1904 system lacks.
pub const DAYS_1904: f64 = 1462.0;

/// First serial after 9999-12-31.
const SERIAL_END: f64 = 2_958_466.0;

/// A point of time as a wall clock and calendar show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Civil {
    /// Year, 1899 to 9999.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59, rounded.
    pub second: u8,
}

/// The number with at most 15 significant digits in plain decimal notation, without the noise of binary fractions.
///
/// `0.1 + 0.2` gives `0.3`; `1e5` gives `100000`. Beyond ±10^20 and below 10^-20 the notation is scientific
/// (`1.5E+25`), which decimal parsers read too. Numbers that are not finite give an empty text.
pub fn number_text(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        #[expect(clippy::cast_possible_truncation, reason = "an integer below 10^15 fits i64")]
        return (value as i64).to_string();
    }
    // The shortest text that reads back to the same float; with at most 15 digits it is the answer.
    let shortest = format!("{value:e}");
    let (digits, exponent) = split_scientific(&shortest);
    if digits.len() <= 15 {
        return plain(value < 0.0, &digits, exponent);
    }
    let rounded = format!("{value:.14e}");
    let (digits, exponent) = split_scientific(&rounded);
    plain(value < 0.0, digits.trim_end_matches('0'), exponent)
}

/// `-1.25e3` to the digits `125` and the exponent 3 of the first digit.
fn split_scientific(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa.chars().filter(char::is_ascii_digit).collect(), exponent.parse().unwrap_or(0))
}

fn plain(negative: bool, digits: &str, exponent: i32) -> String {
    let mut text = String::with_capacity(24);
    if negative {
        text.push('-');
    }
    if !(-20..=20).contains(&exponent) {
        let (first, rest) = digits.split_at(1);
        text.push_str(first);
        if !rest.is_empty() {
            text.push('.');
            text.push_str(rest);
        }
        return format!("{text}E{exponent:+03}");
    }
    if exponent < 0 {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', usize::try_from(-exponent - 1).unwrap_or(0)));
        text.push_str(digits);
        return text;
    }
    let whole = usize::try_from(exponent).unwrap_or(0) + 1;
    if digits.len() <= whole {
        text.push_str(digits);
        text.extend(std::iter::repeat_n('0', whole - digits.len()));
    } else {
        text.push_str(&digits[..whole]);
        text.push('.');
        text.push_str(&digits[whole..]);
    }
    text
}

/// The calendar date and time of a serial of the 1900 system, to the second.
///
/// Serials below 60 are one day off in Excel's calendar because it has a 29 February 1900; this is honoured, and the
/// day that never was (60) gives nothing, like negative serials and those after the year 9999. A time without a date
/// (below 1) falls on 1899-12-31.
pub fn civil(serial: f64) -> Option<Civil> {
    if !(0.0..SERIAL_END).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked: between 0 and 2,958,466")]
    let mut day = serial.floor() as i64;
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a day has at most 86,400 seconds")]
    let mut second = (serial.fract() * 86_400.0).round() as i64;
    if second == 86_400 {
        second = 0;
        day += 1;
    }
    if day == 60 {
        return None;
    }
    // 1899-12-31 is day 0 before the phantom day, 1899-12-30 after it; 25,568 and 25,569 days before 1970-01-01.
    let (year, month, mday) = from_days(if day < 60 { day - 25_568 } else { day - 25_569 });
    Some(Civil {
        year: i16::try_from(year).ok()?,
        month,
        day: mday,
        hour: u8::try_from(second / 3600).ok()?,
        minute: u8::try_from(second / 60 % 60).ok()?,
        second: u8::try_from(second % 60).ok()?,
    })
}

/// The serial of a date in the 1900 system, or nothing when there is no such date from 1900-03-01 to 9999-12-31.
pub fn serial_of_date(year: i16, month: u8, day: u8) -> Option<f64> {
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    let days = to_days(y, m, d);
    let serial = days + 25_569;
    let exists = from_days(days) == (y, month, day) && (61..2_958_466).contains(&serial);
    #[expect(clippy::cast_precision_loss, reason = "below 2,958,466, exact in f64")]
    exists.then_some(serial as f64)
}

/// Days since 1970-01-01 to year, month, day (Howard Hinnant's `civil_from_days`).
fn from_days(days: i64) -> (i64, u8, u8) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * day_of_year + 2) / 153;
    let day = u8::try_from(day_of_year - (153 * mp + 2) / 5 + 1).unwrap_or(1);
    let month = u8::try_from(if mp < 10 { mp + 3 } else { mp - 9 }).unwrap_or(1);
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Year, month, day to days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
fn to_days(year: i64, month: i64, day: i64) -> i64 {
    let y = year - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_shown_without_noise() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (18_532.600_000_000_002, "18532.6"),
            (-1234.5, "-1234.5"),
            (1e15, "1000000000000000"),
            (123_456_789_012_345_680.0, "123456789012346000"), // 15 digits, as Excel keeps them
            (1.0 / 3.0, "0.333333333333333"),
            (2.0 / 3.0, "0.666666666666667"),
            (1e-7, "0.0000001"),
            (1.5e25, "1.5E+25"),
            (1e-25, "1E-25"),
            (-0.0, "0"),
            (999_999_999_999_999.9, "1000000000000000"), // rounds up at the 15th digit
            (f64::NAN, ""),
        ] {
            assert_eq!(number_text(value), text, "{value:?}");
        }
    }

    #[test]
    fn serials_are_dates() {
        let date = |serial: f64| civil(serial).map(|c| (c.year, c.month, c.day, c.hour, c.minute, c.second));
        assert_eq!(date(45_170.0), Some((2023, 9, 1, 0, 0, 0)));
        assert_eq!(date(1.0), Some((1900, 1, 1, 0, 0, 0)));
        assert_eq!(date(59.0), Some((1900, 2, 28, 0, 0, 0)));
        assert_eq!(date(60.0), None);
        assert_eq!(date(61.0), Some((1900, 3, 1, 0, 0, 0)));
        assert_eq!(date(0.75), Some((1899, 12, 31, 18, 0, 0)));
        assert_eq!(date(45_170.999_999_999), Some((2023, 9, 2, 0, 0, 0))); // rounds to midnight
        assert_eq!(date(2_958_465.0), Some((9999, 12, 31, 0, 0, 0)));
        assert_eq!(date(2_958_466.0), None);
        assert_eq!(date(-1.0), None);
        // 1904-01-01 is serial 0 of the 1904 system.
        assert_eq!(date(0.0 + DAYS_1904), Some((1904, 1, 1, 0, 0, 0)));
    }

    proptest! {
        #[test]
        fn decimals_of_up_to_15_digits_come_back(mantissa in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..12) {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let value = mantissa as f64 / 10f64.powi(i32::try_from(scale).unwrap());
            let text = number_text(value);
            prop_assert!((text.parse::<f64>().unwrap() - value).abs() <= f64::EPSILON * value.abs());
            prop_assert!(text.chars().filter(char::is_ascii_digit).count() <= 15 + 12);
            prop_assert!(!text.contains('E'));
        }

        #[test]
        fn dates_round_trip(days in 61i32..2_958_466) {
            let c = civil(f64::from(days)).unwrap();
            prop_assert_eq!(serial_of_date(c.year, c.month, c.day), Some(f64::from(days)));
        }
    }
}
