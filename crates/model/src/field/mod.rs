//! Reading a cell as a field: one function per kind of field, all listed in [`read`].
//!
//! A cell gives a value, nothing (missing), or trouble: a code, a severity, a sentence and a hint. Trouble may still carry a
//! value, when it is only doubtful.
//!
//! To add a field kind: a variant of [`FieldKind`], a line in [`read`], its reader here or in a file of its own.

mod number;

use jiff::civil::Date;

use crate::definition::{FieldKind, Intake, Percent};
use crate::finding::Severity;
use crate::id::UnitId;
use crate::identity::{orgcode, parcel, uscc};
use crate::period::{Period, Window};
use crate::text::{self, squeeze, tidy};
use crate::unit::Units;
use crate::value::Value;
use crate::wording::finding as say;

/// A cell as it was sent.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct RawCell<'a> {
    /// Its text, for a number the 15 significant digits a spreadsheet shows.
    pub text: &'a str,
    /// Whether the spreadsheet stored a number.
    pub number: Option<f64>,
    /// The day, when the cell is formatted as a date.
    pub date: Option<Date>,
    /// Whether its number format is a percentage (the stored number is then a fraction).
    pub percent: bool,
    /// Whether the spreadsheet stored true or false.
    pub flag: Option<bool>,
    /// `#REF!` and the like, or a formula without a cached value.
    pub error: Option<&'a str>,
}

/// What a column's heading, layout and content say about its cells.
#[derive(Clone, Copy, Debug)]
pub struct ReadContext<'a> {
    /// The unit its numbers are written in; `None` where nothing states one.
    pub unit: Option<&'a UnitId>,
    /// All units.
    pub units: &'a Units,
    /// Words for blank, yes and no.
    pub intake: &'a Intake,
    /// How percentages are written.
    pub percent: Percent,
    /// Figures by id and title, for fields of kind figure.
    pub figure: &'a dyn FigureNames,
}

/// Finds figures by what people call them.
pub trait FigureNames: std::fmt::Debug {
    /// The id of the figure of that id or title.
    fn figure(&self, text: &str) -> Option<String>;
}

/// Something wrong or doubtful about a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// Stable name of the kind of trouble.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The value all the same, when it is only doubtful.
    pub value: Option<Value>,
}

impl Trouble {
    pub(crate) fn error(code: &'static str, (message, hint): (String, String)) -> Self {
        Self { code, severity: Severity::Error, message, hint, value: None }
    }

    pub(crate) fn warning(code: &'static str, (message, hint): (String, String), value: Value) -> Self {
        Self { code, severity: Severity::Warning, message, hint, value: Some(value) }
    }
}

/// Reads a cell as a field of some kind. `Ok(None)` is missing.
///
/// References are not read here: who is meant is the importer's question.
///
/// # Errors
/// [`Trouble`] for spreadsheet errors, text that is not of the kind, unknown choices, missing units and doubtful codes.
pub fn read(
    kind: &FieldKind,
    cell: &RawCell<'_>,
    context: &ReadContext<'_>,
) -> Result<Option<Value>, Trouble> {
    if let Some(error) = cell.error {
        return Err(Trouble::error("cell-error", say::cell_error(error)));
    }
    let blank = cell.number.is_none()
        && cell.flag.is_none()
        && cell.date.is_none()
        && is_blank(cell.text, context.intake);
    if blank {
        return Ok(None);
    }
    match kind {
        FieldKind::Integer { unit } | FieldKind::Decimal { unit } => {
            let whole = matches!(kind, FieldKind::Integer { .. });
            number::read(cell, unit.as_ref(), whole, context).map(Some)
        }
        FieldKind::Amount { unit } => number::read(cell, Some(unit), false, context).map(Some),
        FieldKind::Date => date(cell).map(Some),
        FieldKind::Month | FieldKind::Period | FieldKind::Year => period(kind, cell).map(Some),
        FieldKind::Choice { choices } => choice(cell, choices).map(Some),
        FieldKind::Uscc => code(cell).map(Some),
        FieldKind::OrgCode => org_code(cell).map(Some),
        FieldKind::ParcelCode => match parcel::parse(cell.text) {
            Some(code) => Ok(Some(Value::text(code.parcel + code.fixture.as_deref().unwrap_or_default()))),
            None => Err(Trouble::error("parcel-code", say::not_a_parcel_code(cell.text))),
        },
        FieldKind::Phone => phone(cell).map(Some),
        FieldKind::Boolean => flag(cell, context.intake).map(Some),
        FieldKind::Figure => match context.figure.figure(&squeeze(cell.text)) {
            Some(id) => Ok(Some(Value::text(id))),
            None => Err(Trouble::error("unknown-figure", say::unknown_figure(cell.text))),
        },
        FieldKind::Unit => match context.units.find(&squeeze(cell.text)) {
            Some(unit) => Ok(Some(Value::text(unit.id.as_str()))),
            None => Err(Trouble::error("unknown-unit", say::unknown_unit(cell.text))),
        },
        FieldKind::Text
        | FieldKind::Person
        | FieldKind::Geometry
        | FieldKind::File
        | FieldKind::Reference { .. }
        | FieldKind::References { .. } => Ok(Some(Value::text(tidy(cell.text)))),
    }
}

/// Whether a cell's text means that nothing was reported.
pub fn is_blank(text: &str, intake: &Intake) -> bool {
    // Most cells begin with a digit or a Chinese character: what comes after leaves it as it is, so that only a word
    // which begins with it could be meant.
    if let Some(first) = text.chars().next()
        && (first.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&first))
        && !intake.blanks.iter().any(|word| word.starts_with(first))
    {
        return false;
    }
    let squeezed = squeeze(text);
    squeezed.is_empty() || intake.blanks.contains(&squeezed)
}

fn date(cell: &RawCell<'_>) -> Result<Value, Trouble> {
    let found = cell.date.or_else(|| text::parse_date(cell.text)).or_else(|| {
        // A bare number where a date belongs is a spreadsheet serial, if it falls into our times.
        cell.number
            .and_then(text::excel_serial_date)
            .filter(|d| (1949..2200).contains(&d.year()) && d.year() > 1949)
    });
    found.map(Value::Date).ok_or_else(|| Trouble::error("not-a-date", say::not_a_date(cell.text)))
}

fn period(kind: &FieldKind, cell: &RawCell<'_>) -> Result<Value, Trouble> {
    let fault = || Trouble::error("not-a-period", say::not_a_period(cell.text));
    let by_date = cell.date.map(|d| Period::month(crate::period::Month::of(d)));
    let parsed = || text::parse_period(cell.text).or_else(|| text::parse_date(cell.text).map(month_of));
    let serial = || cell.number.filter(|n| *n > 20_000.0).and_then(text::excel_serial_date).map(month_of);
    let period = by_date.or_else(parsed).or_else(serial).ok_or_else(fault)?;
    let period = match kind {
        FieldKind::Year => Period::containing(period.end, Window::Year),
        FieldKind::Month => Period::month(period.end),
        // 1–9月 in a period column names the month up to which it is cumulative.
        _ if period.window == Window::Ytd => Period::month(period.end),
        _ => period,
    };
    Ok(Value::Period(period))
}

fn month_of(date: Date) -> Period {
    Period::month(crate::period::Month::of(date))
}

fn choice(cell: &RawCell<'_>, choices: &[String]) -> Result<Value, Trouble> {
    let wanted = squeeze(cell.text);
    let exact = choices.iter().find(|c| squeeze(c) == wanted);
    // A lower level alone stands for its whole path when only one path ends in it.
    let by_level = || {
        let mut ends = choices.iter().filter(|c| c.rsplit('/').next().is_some_and(|l| squeeze(l) == wanted));
        ends.next().filter(|_| ends.next().is_none())
    };
    match exact.or_else(by_level) {
        Some(choice) => Ok(Value::text(choice)),
        None => Err(Trouble::error("unknown-choice", say::unknown_choice(cell.text, choices))),
    }
}

fn code(cell: &RawCell<'_>) -> Result<Value, Trouble> {
    use uscc::CodeVerdict as V;
    match uscc::verdict(cell.text) {
        V::Valid(code) | V::Old15(code) | V::OrgCode(code) => Ok(Value::text(code)),
        V::OuterFails(code) => {
            let said = say::code_outer_fails(&code);
            Err(Trouble::warning("code-outer-check", said, Value::text(code)))
        }
        V::BothFail(code) => Err(Trouble::error("code-quarantine", say::code_both_fail(&code))),
        V::Personal => Err(Trouble::error("code-personal", say::code_is_personal())),
        V::Malformed { suggestion } => {
            Err(Trouble::error("code-malformed", say::code_malformed(cell.text, suggestion.as_deref())))
        }
    }
}

fn org_code(cell: &RawCell<'_>) -> Result<Value, Trouble> {
    let code = uscc::normalise(cell.text);
    if orgcode::is_valid(&code) || (code.len() == 15 && code.bytes().all(|b| b.is_ascii_digit())) {
        return Ok(Value::text(code));
    }
    let said = say::org_code_doubtful(cell.text);
    Err(Trouble::warning("orgcode-check", said, Value::text(code)))
}

fn phone(cell: &RawCell<'_>) -> Result<Value, Trouble> {
    let text: String = squeeze(cell.text).chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect();
    let plain = text.strip_prefix("+86").unwrap_or(&text);
    let fine = plain.bytes().all(|b| b.is_ascii_digit()) && (7..=12).contains(&plain.len());
    if fine {
        return Ok(Value::text(plain));
    }
    Err(Trouble::warning("phone", say::not_a_phone(), Value::text(tidy(cell.text))))
}

fn flag(cell: &RawCell<'_>, intake: &Intake) -> Result<Value, Trouble> {
    if let Some(flag) = cell.flag {
        return Ok(Value::Flag(flag));
    }
    let word = squeeze(cell.text);
    if intake.yes.contains(&word) {
        return Ok(Value::Flag(true));
    }
    if intake.no.contains(&word) {
        return Ok(Value::Flag(false));
    }
    Err(Trouble::error("not-yes-or-no", say::not_yes_or_no(cell.text)))
}

#[cfg(test)]
mod tests;
