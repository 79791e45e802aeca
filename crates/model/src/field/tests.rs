use super::*;
use crate::unit::{Dimension, Unit};
use proptest::prelude::*;
use rust_decimal::Decimal;

#[derive(Debug)]
struct NoFigures;

impl FigureNames for NoFigures {
    fn figure(&self, text: &str) -> Option<String> {
        (text == "总产值").then(|| "output".to_owned())
    }
}

fn units() -> Units {
    let unit = |id: &str, dimension: &str, factor: Decimal| Unit {
        id: id.into(),
        dimension: Dimension::parse(dimension),
        factor,
        aliases: vec![],
    };
    Units::new([
        unit("万元", "CNY", Decimal::from(10_000)),
        unit("元", "CNY", Decimal::ONE),
        unit("万美元", "USD", Decimal::from(10_000)),
        unit("%", "ratio", Decimal::new(1, 2)),
        unit("家", "count", Decimal::ONE),
    ])
    .expect("no unit twice")
}

fn intake() -> Intake {
    let words = |w: &[&str]| w.iter().map(|s| (*s).to_owned()).collect();
    Intake {
        blanks: words(&["-", "—", "/", "无"]),
        yes: words(&["是", "√"]),
        no: words(&["否"]),
        ..Intake::default()
    }
}

fn read_with(kind: &FieldKind, cell: &RawCell<'_>, unit: Option<&str>) -> String {
    let (units, intake) = (units(), intake());
    let unit = unit.map(UnitId::from);
    let context = ReadContext {
        unit: unit.as_ref(),
        units: &units,
        intake: &intake,
        percent: Percent::Auto,
        figure: &NoFigures,
    };
    match read(kind, cell, &context) {
        Ok(None) => "missing".to_owned(),
        Ok(Some(value)) => value.to_string(),
        Err(t) => format!("{}{}", t.code, t.value.map(|v| format!(" but {v}")).unwrap_or_default()),
    }
}

/// Reads text as `kind` in a column of `unit`.
fn check(kind: &FieldKind, unit: Option<&str>, text: &str, expected: &str) {
    let cell = RawCell { text, ..RawCell::default() };
    assert_eq!(read_with(kind, &cell, unit), expected, "{text}");
}

fn check_number(kind: &FieldKind, unit: Option<&str>, number: f64, percent: bool, expected: &str) {
    let text = number.to_string();
    let cell = RawCell { text: &text, number: Some(number), percent, ..RawCell::default() };
    assert_eq!(read_with(kind, &cell, unit), expected, "{number}");
}

#[test]
fn amounts() {
    let kind = FieldKind::Amount { unit: "万元".into() };
    check(&kind, Some("万元"), "18532.6", "18532.6");
    check(&kind, Some("万元"), " １８，５３２．６０ ", "18532.6");
    check(&kind, Some("万元"), "1,234,567.8", "1234567.8");
    check(&kind, Some("元"), "18532600", "1853.26");
    check(&kind, None, "18532600元", "1853.26");
    check(&kind, Some("万元"), "(12.5)", "-12.5");
    check(&kind, Some("万元"), "—", "missing");
    check(&kind, Some("万元"), "约1.8万", "not-a-number");
    check(&kind, Some("万元"), "1,23", "not-a-number");
    check(&kind, Some("万美元"), "5", "unit-mismatch");
    check(&kind, None, "5", "unit-missing");
    check(&kind, Some("万元"), "0", "0");
}

#[test]
fn percent_and_fraction() {
    let kind = FieldKind::Decimal { unit: Some("%".into()) };
    check(&kind, Some("%"), "13.2%", "13.2");
    check_number(&kind, Some("%"), 0.132, true, "13.2");
    check_number(&kind, Some("%"), 13.2, false, "13.2");
    check_number(&kind, Some("%"), 0.132, false, "percent-or-fraction but 0.132");
}

#[test]
fn counts_need_no_unit() {
    let kind = FieldKind::Integer { unit: Some("家".into()) };
    check(&kind, None, "12", "12");
    check(&kind, None, "12家", "12");
    check(&kind, None, "12.5", "not-whole but 12.5");
}

#[test]
fn dates_and_periods() {
    check(&FieldKind::Date, None, "2023年9月5日", "2023-09-05");
    check(&FieldKind::Date, None, "去年", "not-a-date");
    check_number(&FieldKind::Date, None, 45_174.0, false, "2023-09-05");
    check(&FieldKind::Period, None, "2023年9月", "2023-09");
    check(&FieldKind::Period, None, "2023年1-9月", "2023-09");
    check(&FieldKind::Period, None, "2023年13月", "not-a-period");
    check_number(&FieldKind::Period, None, 202_309.0, false, "2023-09");
    check_number(&FieldKind::Period, None, 45_170.0, false, "2023-09");
    check(&FieldKind::Year, None, "2023年", "2023");
}

#[test]
fn choices_codes_and_flags() {
    let kind = FieldKind::Choice { choices: vec!["省级".into(), "制造业/汽车".into()] };
    check(&kind, None, " 省 级 ", "省级");
    check(&kind, None, "汽车", "制造业/汽车");
    check(&kind, None, "县级", "unknown-choice");
    check(&FieldKind::Uscc, None, "91350211M0000XUF46", "code-outer-check but 91350211M0000XUF46");
    check(&FieldKind::Uscc, None, "111111111111111111", "code-quarantine");
    check(&FieldKind::Uscc, None, "362322198709086409", "code-personal");
    check(&FieldKind::Boolean, None, "√", "是");
    check(&FieldKind::Boolean, None, "也许", "not-yes-or-no");
    check(&FieldKind::Figure, None, "总产值", "output");
}

#[test]
fn errors_are_trouble_not_zero() {
    let cell = RawCell { text: "#REF!", error: Some("#REF!"), ..RawCell::default() };
    assert_eq!(read_with(&FieldKind::Amount { unit: "万元".into() }, &cell, Some("万元")), "cell-error");
}

proptest! {
    #[test]
    fn printing_and_reading_a_decimal_agree(mantissa in -999_999_999_i64..999_999_999, scale in 0u32..5) {
        let number = Decimal::new(mantissa, scale);
        let text = number.to_string();
        prop_assert_eq!(number::decimal(&text), Some(number));
    }

    #[test]
    fn separators_change_nothing(n in 0u64..10_000_000_000) {
        let digits = n.to_string();
        let mut grouped = String::new();
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(c);
        }
        prop_assert_eq!(number::decimal(&grouped), Some(Decimal::from(n)));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,24}") {
        let kind = FieldKind::Amount { unit: "万元".into() };
        let cell = RawCell { text: &text, ..RawCell::default() };
        let _ = read_with(&kind, &cell, Some("万元"));
    }
}

proptest! {
    /// The short way past most texts gives what normalising them gives.
    #[test]
    fn blanks_are_blank_however_they_are_written(text in "[无空0-9０-９ \u{3000}/—\\-甲①㊀\u{301}\u{20dd}]{0,4}") {
        let mut intake = intake();
        intake.blanks.extend(["空".to_owned(), "0".to_owned()]);
        let squeezed = squeeze(&text);
        prop_assert_eq!(is_blank(&text, &intake), squeezed.is_empty() || intake.blanks.contains(&squeezed));
    }
}
