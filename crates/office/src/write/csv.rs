//! Text with commas.
//!
//! A spreadsheet program that opens a text file takes `=…`, `+…`, `-…` and `@…` for formulas, so texts that begin so
//! (also in full width, or after a tab or line end) get a `'` in front. Numbers do not, nor do texts that are plain
//! numbers, nor a lone sign such as the `-` of an empty cell.

use super::{CellSpec, Input, decimal, finite};
use crate::fault::WriteFault;
use crate::number::number_text;
use crate::sheet::a1;
use std::borrow::Cow;

/// How the text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvEncoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a mark, which Excel needs to recognise it.
    Utf8Bom,
    /// GB18030, which Chinese Windows takes for granted.
    Gb18030,
}

/// The rows as text with commas and CR LF.
pub fn csv(rows: &[Vec<CellSpec>], encoding: CsvEncoding) -> Result<Vec<u8>, WriteFault> {
    let mut out = if encoding == CsvEncoding::Utf8Bom { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
    let mut line = String::new();
    for (number, row) in rows.iter().enumerate() {
        line.clear();
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                line.push(',');
            }
            let place =
                || a1(u32::try_from(number).unwrap_or(u32::MAX), u16::try_from(index).unwrap_or(u16::MAX));
            push_field(&mut line, &field(cell, place)?);
        }
        line.push_str("\r\n");
        if encoding == CsvEncoding::Gb18030 {
            let (bytes, _, unknown) = encoding_rs::GB18030.encode(&line);
            if unknown {
                return Err(WriteFault::NotEncodable { row: number + 1 });
            }
            out.extend_from_slice(&bytes);
        } else {
            out.extend_from_slice(line.as_bytes());
        }
    }
    Ok(out)
}

fn field(cell: &CellSpec, place: impl Fn() -> String) -> Result<Cow<'_, str>, WriteFault> {
    Ok(match &cell.value {
        Input::Blank | Input::Formula { cached: None, .. } => Cow::Borrowed(""),
        Input::Text(text) => harmless(text),
        Input::Number(value) | Input::Formula { cached: Some(value), .. } => {
            number_text(finite(*value, "", place)?).into()
        }
        Input::Decimal(text) => {
            decimal(text, "", place)?;
            Cow::Borrowed(text)
        }
        Input::Percent(value) => format!("{}%", number_text(finite(value * 100.0, "", place)?)).into(),
        Input::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}").into(),
        Input::Bool(value) => Cow::Borrowed(if *value { "TRUE" } else { "FALSE" }),
        Input::Error(kind) => Cow::Borrowed(kind.text()),
    })
}

fn harmless(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let alone = text.chars().nth(1).is_none();
    // A plain number or percentage is no formula, whatever its sign.
    let number = text.trim_end_matches('%').replace(',', "").parse::<f64>().is_ok();
    if risky && !alone && !number { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn push_field(line: &mut String, field: &str) {
    if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        line.push('"');
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(field);
    }
}
