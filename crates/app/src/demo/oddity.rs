//! The ways departments write one and the same value into a cell.
//!
//! Deliberately absent: wrong values; those are spoils of a table (`workbook.rs`). To add a way:
//! one line in [`STYLES`] and its function below.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::evaluate::round;
use super::value::{Month, Value};

/// What a cell of a workbook holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// A text, as typed.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A fraction shown as a percentage.
    Percent(Decimal),
    /// A day, kept as a serial number and shown as a date.
    Date(Date),
    /// A formula and the result the program that saved the file had cached.
    Formula(String, Decimal),
}

/// Writes a value; the second argument is the number of decimal places asked for.
type Style = fn(&Value, Option<u32>) -> Option<Cell>;

/// Every style a column or a spoil may name.
pub(super) const STYLES: &[(&str, Style)] = &[
    ("plain", plain),
    ("text", |value, places| Some(Cell::Text(number_text(value, places)?))),
    ("separators", |value, places| Some(Cell::Text(separated(&number_text(value, places)?)))),
    ("full-width", |value, places| Some(Cell::Text(full_width(&number_text(value, places)?)))),
    ("nbsp", |value, places| Some(Cell::Text(format!("\u{a0}{}\u{3000}", number_text(value, places)?)))),
    ("spaced", |value, _| Some(Cell::Text(spaced(&value.text())))),
    ("percent", |value, places| Some(Cell::Percent(rounded(value, Some(places.unwrap_or(1) + 2))?))),
    ("percent-text", |value, places| {
        Some(Cell::Text(format!("{}%", hundredfold(value, places.unwrap_or(1))?)))
    }),
    ("percent-number", |value, places| Some(Cell::Number(hundredfold(value, places.unwrap_or(1))?))),
    ("fraction", |value, places| Some(Cell::Number(rounded(value, Some(places.unwrap_or(4)))?))),
    ("date", |value, _| Some(Cell::Date(date(value)?))),
    ("date-serial", |value, _| Some(Cell::Number(serial(date(value)?)))),
    ("date-text", |value, _| Some(Cell::Text(date(value)?.to_string()))),
    ("date-chinese", |value, _| Some(Cell::Text(date_parts(value, "年", "月", "日")?))),
    ("date-dots", |value, _| Some(Cell::Text(date_parts(value, ".", ".", "")?))),
    ("date-slashes", |value, _| Some(Cell::Text(date_parts(value, "/", "/", "")?))),
    ("date-compact", |value, _| Some(Cell::Text(date(value)?.to_string().replace('-', "")))),
    ("month-chinese", |value, _| {
        let month = month(value)?;
        Some(Cell::Text(format!("{}年{}月", month.year(), month.month())))
    }),
    ("month-compact", |value, _| {
        let month = month(value)?;
        Some(Cell::Number(Decimal::from(month.year() * 100 + month.month())))
    }),
    ("month-date", |value, _| Some(Cell::Date(month(value)?.first_day()))),
    ("narrow-brackets", |value, _| Some(Cell::Text(value.text().replace('（', "(").replace('）', ")")))),
    ("lower-case", |value, _| Some(Cell::Text(value.text().to_lowercase()))),
    ("line-break", |value, _| Some(Cell::Text(broken(&value.text())))),
    ("formula", |value, places| {
        let number = rounded(value, places)?;
        Some(Cell::Formula(format!("=ROUND({number},{})", number.scale()), number))
    }),
    ("dash-for-zero", |value, places| match value {
        Value::Number(number) if number.is_zero() => Some(Cell::Text("-".to_owned())),
        _ => plain(value, places),
    }),
];

/// Writes `value` in the style called `name`; `None` in the result is an empty cell.
pub(super) fn write(name: &str, value: &Value, places: Option<u32>) -> Result<Option<Cell>, String> {
    if value.is_blank() {
        return Ok(None);
    }
    let (_, style) = STYLES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| format!("there is no style `{name}`; styles are {}", names()))?;
    style(value, places).map(Some).ok_or_else(|| format!("style `{name}` cannot write {value:?}"))
}

fn names() -> String {
    STYLES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Numbers as numbers, dates as dates, months as ISO text, texts as texts.
fn plain(value: &Value, places: Option<u32>) -> Option<Cell> {
    Some(match value {
        Value::Number(_) => Cell::Number(rounded(value, places)?),
        Value::Date(date) => Cell::Date(*date),
        other => Cell::Text(other.text()),
    })
}

fn rounded(value: &Value, places: Option<u32>) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(places.map_or(*number, |places| round(*number, places))),
        _ => None,
    }
}

fn number_text(value: &Value, places: Option<u32>) -> Option<String> {
    match value {
        Value::Number(_) => Some(rounded(value, places)?.to_string()),
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn hundredfold(value: &Value, places: u32) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(round(*number * Decimal::ONE_HUNDRED, places)),
        _ => None,
    }
}

fn separated(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// A no-break space before and a full-width space in the middle.
fn spaced(text: &str) -> String {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("\u{a0}{}\u{3000}{}", &text[..middle], &text[middle..])
}

fn broken(text: &str) -> String {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("{}\n{}", &text[..middle], &text[middle..])
}

fn date(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn month(value: &Value) -> Option<Month> {
    match value {
        Value::Month(month) => Some(*month),
        Value::Date(date) => Some(Month::of(*date)),
        _ => None,
    }
}

fn date_parts(value: &Value, year: &str, month: &str, day: &str) -> Option<String> {
    let date = date(value)?;
    Some(format!("{}{year}{}{month}{}{day}", date.year(), date.month(), date.day()))
}

/// Days since 1899-12-30, as Excel counts from March 1900 on.
fn serial(date: Date) -> Decimal {
    let epoch = Date::constant(1899, 12, 30);
    Decimal::from((date - epoch).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(style: &str, value: &Value, places: Option<u32>, expect: &str) {
        let found = match write(style, value, places) {
            Ok(None) => String::new(),
            Ok(Some(Cell::Text(text))) => text,
            Ok(Some(Cell::Number(number))) => format!("{number}"),
            Ok(Some(Cell::Percent(number))) => format!("{number} as percent"),
            Ok(Some(Cell::Date(date))) => format!("{date} as date"),
            Ok(Some(Cell::Formula(formula, number))) => format!("{formula} → {number}"),
            Err(message) => format!("! {message}"),
        };
        assert_eq!(found, expect, "{style}");
    }

    #[test]
    fn one_number_many_spellings() {
        let number = Value::Number("12345.678".parse().expect("a number"));
        check("plain", &number, Some(1), "12345.7");
        check("separators", &number, Some(2), "12,345.68");
        check("full-width", &number, Some(1), "１２３４５．７");
        check("nbsp", &number, Some(0), "\u{a0}12346\u{3000}");
        check("formula", &number, Some(1), "=ROUND(12345.7,1) → 12345.7");
        let share = Value::Number("0.0534".parse().expect("a number"));
        check("percent", &share, None, "0.053 as percent");
        check("percent-text", &share, None, "5.3%");
        check("percent-number", &share, Some(2), "5.34");
        check("plain", &Value::Blank, None, "");
    }

    #[test]
    fn one_day_many_spellings() {
        let day = Value::Date(Date::constant(2023, 9, 5));
        // 2023-09-05 is day 45174 in Excel's count (45170 is 2023-09-01).
        check("date", &day, None, "2023-09-05 as date");
        check("date-serial", &day, None, "45174");
        check("date-chinese", &day, None, "2023年9月5日");
        check("date-dots", &day, None, "2023.9.5");
        check("month-compact", &day, None, "202309");
        check("month-chinese", &Value::Month(Month::new(2023, 9)), None, "2023年9月");
        check("date", &Value::Text("x".to_owned()), None, "! style `date` cannot write Text(\"x\")");
    }
}
