//! A plain table as a workbook to take away: one sheet, its headings and first columns stay in sight.
//!
//! Deliberately absent: what the cells say.

use jiff::civil::Date;
use office::WriteFault;
use office::write::{BookSpec, CellSpec, Input, SheetSpec, Style, xlsx};
use rust_decimal::Decimal;

/// A file to save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableFile {
    /// Its name with its ending.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A table under its name.
///
/// # Errors
/// [`WriteFault`] when it is too large for a workbook.
pub(crate) fn table_file(
    stem: String,
    headings: &[&str],
    rows: Vec<Vec<CellSpec>>,
) -> Result<TableFile, WriteFault> {
    let head = headings.iter().map(|title| CellSpec::text(*title).styled(Style::Header)).collect();
    let widths = (0u16..).zip(headings).map(|(at, title)| {
        let wide = (title.chars().count() * 2 + 4).clamp(12, 40);
        (at, f64::from(u8::try_from(wide).unwrap_or(40)))
    });
    let sheet = SheetSpec {
        name: stem.clone(),
        widths: widths.collect(),
        rows: std::iter::once(head).chain(rows).collect(),
        freeze: Some((1, 2)),
        ..SheetSpec::default()
    };
    let bytes = xlsx(&BookSpec { sheets: vec![sheet] })?;
    Ok(TableFile { name: format!("{stem}.xlsx"), bytes })
}

/// A day, or a blank.
pub(crate) fn day_cell(day: Option<Date>) -> CellSpec {
    let value = day.and_then(|day| {
        let (month, of) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
        Some(Input::Date { year: day.year(), month, day: of })
    });
    CellSpec { value: value.unwrap_or_default(), style: Style::Plain }
}

/// A number, or a blank.
pub(crate) fn number_cell(number: Option<Decimal>) -> CellSpec {
    number.map_or_else(CellSpec::blank, |number| CellSpec::decimal(number.to_string()))
}
