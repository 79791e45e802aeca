//! One cell of a sheet as the intake sees it: its text as shown, its exact decimal.
//!
//! Deliberately absent: fields and units (that is `model::field`).

use std::borrow::Cow;

use jiff::civil::Date;
use model::field::RawCell;
use office::number::number_text;
use office::sheet::{Cell, CellValue, Sheet};
use rust_decimal::Decimal;

/// What stands in a formula cell that was never calculated, as `model::field` expects it.
const NO_RESULT: &str = "";

/// The text of a cell as a person sees it: percentages with `%`, dates as `2023-09-05`.
pub fn shown<'s>(sheet: &'s Sheet, cell: &Cell) -> Cow<'s, str> {
    match cell.value {
        CellValue::Text(_) => Cow::Borrowed(sheet.text(cell).unwrap_or_default()),
        CellValue::Number { value, percent: false } => Cow::Owned(number_text(value)),
        CellValue::Number { value, percent: true } => Cow::Owned(number_text(value * 100.0) + "%"),
        CellValue::DateTime { serial } => {
            Cow::Owned(date(cell.value).map_or_else(|| number_text(serial), |d| d.to_string()))
        }
        CellValue::Bool(flag) => Cow::Borrowed(if flag { "TRUE" } else { "FALSE" }),
        CellValue::Error(kind) => Cow::Borrowed(kind.text()),
        CellValue::FormulaWithoutValue => Cow::Borrowed(""),
    }
}

/// A heading's text; a date heading is its month, as it is usually shown.
pub(super) fn heading<'s>(sheet: &'s Sheet, cell: &Cell) -> Cow<'s, str> {
    match (cell.value, date(cell.value)) {
        (CellValue::DateTime { .. }, Some(day)) => Cow::Owned(month_text(day)),
        _ => shown(sheet, cell),
    }
}

/// The day of a date cell.
pub(super) fn date(value: CellValue) -> Option<Date> {
    let civil = value.civil()?;
    Date::new(civil.year, i8::try_from(civil.month).ok()?, i8::try_from(civil.day).ok()?).ok()
}

/// `2023-09`: a form every period reader knows.
fn month_text(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The cell in the form fields are read from; `text` is its text as [`plain_text`] gives it.
pub(super) fn raw<'t>(cell: &Cell, text: &'t str) -> RawCell<'t> {
    let mut raw = RawCell { text, ..RawCell::default() };
    match cell.value {
        CellValue::Text(_) => {}
        CellValue::Number { value, percent } => {
            raw.number = Some(value);
            raw.percent = percent;
        }
        CellValue::DateTime { serial } => {
            raw.number = Some(serial);
            raw.date = date(cell.value);
        }
        CellValue::Bool(flag) => raw.flag = Some(flag),
        CellValue::Error(kind) => raw.error = Some(kind.text()),
        CellValue::FormulaWithoutValue => raw.error = Some(NO_RESULT),
    }
    raw
}

/// The text fields are read from: numbers in plain digits, without `%`.
pub(super) fn plain_text<'s>(sheet: &'s Sheet, cell: &Cell) -> Cow<'s, str> {
    match cell.value {
        CellValue::Number { value, .. } => Cow::Owned(number_text(value)),
        _ => shown(sheet, cell),
    }
}

/// The exact decimal of at most 15 digits that a stored number stands for.
pub(super) fn decimal(value: f64) -> Option<Decimal> {
    const POWERS: [f64; 5] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
    for (scale, power) in (0u32..).zip(POWERS) {
        let scaled = (value * power).round();
        #[expect(
            clippy::float_cmp,
            reason = "a quotient of two exact numbers is rounded correctly: equality proves the digits"
        )]
        let proven = scaled.abs() < 1e15 && scaled / power == value;
        if proven {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 10^15 fits i64")]
            return Some(Decimal::new(scaled as i64, scale));
        }
    }
    let text = number_text(value);
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok()).map(|d: Decimal| d.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_the_digits_shown() {
        for (value, expect) in [
            (18_532.6, "18532.6"),
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (1e5, "100000"),
            (0.123_456_789, "0.123456789"),
            (123_456_789_012_345.0, "123456789012345"),
        ] {
            assert_eq!(decimal(value).map(|d| d.to_string()).as_deref(), Some(expect), "{value}");
        }
    }

    proptest! {
        #[test]
        fn a_stored_decimal_comes_back(mantissa in -999_999_999_999_i64..999_999_999_999, scale in 0u32..6) {
            let number = Decimal::new(mantissa, scale).normalize();
            let stored: f64 = number.to_string().parse().expect("digits");
            prop_assert_eq!(decimal(stored).map(|d| d.normalize()), Some(number));
        }
    }
}
