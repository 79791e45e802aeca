//! Writing workbooks: one description of sheets, three formats.
//!
//! The same description gives the same bytes, always: nothing here looks at the clock. A text is always written as
//! text, whatever it begins with, so that data can never become a live formula.
//!
//! Deliberately absent: charts, pictures, conditional formats, macros, and reading a workbook to change it. To add a
//! kind of content: a variant of [`Input`], its writing in each file of this folder.

mod csv;
mod xls;
mod xlsx;

pub use self::csv::{CsvEncoding, csv};
pub use self::xls::xls;
pub use self::xlsx::xlsx;

use serde::{Deserialize, Serialize};

use crate::fault::WriteFault;
use crate::sheet::{Area, ErrorKind};

/// A workbook to be written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BookSpec {
    /// The sheets in order; at least one.
    pub sheets: Vec<SheetSpec>,
}

/// A sheet to be written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SheetSpec {
    /// The name on its tab, at most 31 characters.
    pub name: String,
    /// Whether the tab is hidden; not every sheet may be.
    pub hidden: bool,
    /// Widths of columns in characters: column from 0, width.
    pub widths: Vec<(u16, f64)>,
    /// The cells row by row, beginning at A1.
    pub rows: Vec<Vec<CellSpec>>,
    /// Merged areas with the text they show; they overwrite what `rows` puts there.
    pub merges: Vec<MergeSpec>,
    /// Hidden rows, from 0.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, from 0.
    pub hidden_cols: Vec<u16>,
    /// Rows and columns that stay in view.
    pub freeze: Option<(u32, u16)>,
    /// The area with filter buttons, its heading row included; not in `.xls`.
    pub autofilter: Option<Area>,
}

/// A merged area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergeSpec {
    /// The area, at least two cells.
    pub area: Area,
    /// The text shown in it.
    pub text: String,
    /// Its look.
    pub style: Style,
}

/// A cell to be written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CellSpec {
    /// The content.
    pub value: Input,
    /// The look.
    pub style: Style,
}

/// What a cell is to hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// Nothing.
    #[default]
    Blank,
    /// Text, never a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A number given as decimal text, such as `18532.60`.
    Decimal(String),
    /// A number shown as a percentage: 0.125 shows 12.50%.
    Percent(f64),
    /// A date shown as 2023-09-01.
    Date {
        /// Year, 1900 to 9999.
        year: i16,
        /// Month, 1 to 12.
        month: u8,
        /// Day, 1 to 31.
        day: u8,
    },
    /// A truth value.
    Bool(bool),
    /// A formula with the result a reader without a calculator finds; `.xls` and `.csv` get the result only.
    Formula {
        /// The formula, such as `=A1+B1`.
        text: String,
        /// The stored result, if any.
        cached: Option<f64>,
    },
    /// An error value.
    Error(ErrorKind),
}

/// The look of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// No format.
    #[default]
    Plain,
    /// A large bold title.
    Title,
    /// A bold heading with a border.
    Header,
    /// Small grey text.
    Note,
    /// A cell of a table that goes on paper: a border, its text on as many lines as it needs.
    Framed,
    /// A cell to be filled in: a border and a tint.
    Field,
    /// A number of money, shown with separators and two places (xlsx only).
    Money,
    /// A link to another cell of the workbook (xlsx only).
    Link {
        /// The sheet it leads to.
        sheet: String,
        /// The row, from 0.
        row: u32,
        /// The column, from 0.
        col: u16,
    },
}

impl CellSpec {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { value: Input::Text(text.into()), style: Style::Plain }
    }

    /// A cell with a number.
    pub fn number(value: f64) -> Self {
        Self { value: Input::Number(value), style: Style::Plain }
    }

    /// A cell with a number given as decimal text.
    pub fn decimal(text: impl Into<String>) -> Self {
        Self { value: Input::Decimal(text.into()), style: Style::Plain }
    }

    /// A cell without content.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The same cell with another look.
    pub fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

/// A decimal text as a float.
fn decimal(text: &str, sheet: &str, cell: impl Fn() -> String) -> Result<f64, WriteFault> {
    let not_a_number =
        || WriteFault::NotANumber { sheet: sheet.to_owned(), cell: cell(), text: text.to_owned() };
    let well_formed = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let value = text.parse::<f64>().ok().filter(|value| well_formed && value.is_finite());
    value.ok_or_else(not_a_number)
}

/// A float that a cell can hold.
fn finite(value: f64, sheet: &str, cell: impl Fn() -> String) -> Result<f64, WriteFault> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(WriteFault::NotANumber { sheet: sheet.to_owned(), cell: cell(), text: value.to_string() })
}

#[cfg(test)]
mod tests;
