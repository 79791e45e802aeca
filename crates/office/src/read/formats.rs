//! What a number format says about a number: plain, percent, or date.
//!
//! Only the class matters here; the shown text of a number is not built. Built-in numbers are those of ECMA-376
//! §18.8.30, with 27–36 and 50–58 as East Asian Excel uses them (dates).

use crate::number::{DAYS_1904, civil};
use crate::sheet::CellValue;

/// The class of a number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberClass {
    /// Anything that is neither of the others.
    #[default]
    Plain,
    /// Shows the number times 100 with a percent sign.
    Percent,
    /// Shows a date, a time or both.
    Date,
}

/// The class of a built-in format.
pub(super) fn builtin(id: u32) -> NumberClass {
    match id {
        9 | 10 => NumberClass::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => NumberClass::Date,
        _ => NumberClass::Plain,
    }
}

/// The class of a custom format, from the part for positive numbers.
pub(super) fn custom(code: &str) -> NumberClass {
    let mut chars = code.chars();
    let mut letters = 0u32;
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let unit = inside.to_ascii_lowercase();
                if !unit.is_empty() && ["h", "m", "s"].iter().any(|u| unit.trim_start_matches(u).is_empty()) {
                    return NumberClass::Date;
                }
            }
            ';' => break,
            '%' => return NumberClass::Percent,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return NumberClass::Date,
            'a' | 'A' => {
                letters += 1;
                // `aaa` and `aaaa` show the weekday.
                if letters == 3 {
                    return NumberClass::Date;
                }
            }
            _ => letters = 0,
        }
    }
    NumberClass::Plain
}

/// The value of a number cell under its format. A date format on a number that is no date leaves a plain number.
pub(super) fn number_value(value: f64, class: NumberClass, since_1904: bool) -> CellValue {
    match class {
        NumberClass::Plain => CellValue::Number { value, percent: false },
        NumberClass::Percent => CellValue::Number { value, percent: true },
        NumberClass::Date => {
            let serial = if since_1904 { value + DAYS_1904 } else { value };
            match civil(serial) {
                Some(_) => CellValue::DateTime { serial },
                None => CellValue::Number { value, percent: false },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_classed() {
        for (code, class) in [
            ("General", NumberClass::Plain),
            ("G/通用格式", NumberClass::Plain),
            ("0.00_ ", NumberClass::Plain),
            ("#,##0.00;[Red]-#,##0.00", NumberClass::Plain),
            ("0.00E+00", NumberClass::Plain),
            ("0\"米/天\"", NumberClass::Plain),
            ("0\"days\"", NumberClass::Plain),
            ("0.0\\%", NumberClass::Plain),
            ("[DBNum1]0", NumberClass::Plain),
            ("[>=10000]0!.0,\"万\";0", NumberClass::Plain),
            ("0.0%", NumberClass::Percent),
            ("0.00%;[Red]\\-0.00%", NumberClass::Percent),
            ("yyyy\"年\"m\"月\"", NumberClass::Date),
            ("[$-804]yyyy\\-mm\\-dd;@", NumberClass::Date),
            ("yyyy/m/d h:mm;@", NumberClass::Date),
            ("[h]:mm", NumberClass::Date),
            ("[hh]", NumberClass::Date),
            ("[$-804]aaaa;@", NumberClass::Date),
            ("[Magenta]0", NumberClass::Plain),
            ("", NumberClass::Plain),
        ] {
            assert_eq!(custom(code), class, "{code}");
        }
    }

    #[test]
    fn a_date_format_on_no_date_leaves_the_number() {
        assert_eq!(
            number_value(-5.0, NumberClass::Date, false),
            CellValue::Number { value: -5.0, percent: false }
        );
        assert_eq!(number_value(0.0, NumberClass::Date, true), CellValue::DateTime { serial: 1462.0 });
    }
}
