//! A workbook as plain data: sheets of the cells that exist.
//!
//! Cells are kept in row-major order with a text as an index into the sheet's table of strings, so that 1.2 million
//! cells take some 30 MB and a sheet with one cell in its last corner takes nothing. Everything here can be sent to
//! another process.
//!
//! Deliberately absent: formulas, fonts, colours, comments, charts, and the shown text of a number. To add a kind of
//! value: a variant of [`CellValue`], its reading in each file of `read/`.

use crate::number::{Civil, civil};
use serde::{Deserialize, Serialize};

/// Rows a sheet of the xlsx format has.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns a sheet of the xlsx format has (A to XFD).
pub const MAX_COLS: u16 = 16_384;

/// The kind of file a workbook came from, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Office Open XML.
    Xlsx,
    /// Office Open XML with macros, which were not kept.
    Xlsm,
    /// Binary workbook of Excel 5 to 2003.
    Xls,
    /// WPS workbook: either of the above under the name `.et`.
    Et,
    /// Text with separators.
    Csv,
}

/// Everything that was read from one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// What the file was.
    pub kind: FileKind,
    /// The sheets in the file's order; chart sheets are there without cells.
    pub sheets: Vec<Sheet>,
    /// The file carries macros. They were neither run nor kept.
    pub has_macros: bool,
}

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The name on its tab; for text files the file's name without extension.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// The texts, each once; [`CellValue::Text`] points here.
    pub strings: Vec<String>,
    /// The filled cells in row-major order; no two have the same place.
    pub cells: Vec<Cell>,
    /// Merged areas ordered by their first cell.
    pub merges: Vec<Area>,
    /// Hidden rows (also those a filter hides), from 0, ascending.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, from 0, ascending.
    pub hidden_cols: Vec<u16>,
}

/// One filled cell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub col: u16,
    /// What it holds.
    pub value: CellValue,
}

/// What a cell holds. Empty cells and empty texts do not exist.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum CellValue {
    /// Index into [`Sheet::strings`].
    Text(u32),
    /// A number as stored: 12.5 % is 0.125 with `percent` set.
    Number {
        /// The stored value.
        value: f64,
        /// Whether the number format shows it as a percentage.
        percent: bool,
    },
    /// A number whose format shows a date or a time.
    DateTime {
        /// Days of the 1900 system, whatever the file's system was; [`CellValue::civil`] gives the date.
        serial: f64,
    },
    /// A truth value.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error(ErrorKind),
    /// A formula of which the file holds no result.
    FormulaWithoutValue,
}

impl CellValue {
    /// The calendar date and time of a [`CellValue::DateTime`].
    pub fn civil(self) -> Option<Civil> {
        match self {
            Self::DateTime { serial } => civil(serial),
            _ => None,
        }
    }
}

/// The error values of spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrorKind {
    /// `#NULL!`
    Null,
    /// `#DIV/0!`
    Div0,
    /// `#VALUE!`
    Value,
    /// `#REF!`
    Ref,
    /// `#NAME?`
    Name,
    /// `#NUM!`
    Num,
    /// `#N/A`
    Na,
    /// `#GETTING_DATA`
    GettingData,
    /// `#SPILL!`
    Spill,
    /// `#CALC!`
    Calc,
    /// Any other word starting with `#`.
    Other,
}

impl ErrorKind {
    /// All kinds with the word a spreadsheet shows.
    const WORDS: [(Self, &'static str); 10] = [
        (Self::Null, "#NULL!"),
        (Self::Div0, "#DIV/0!"),
        (Self::Value, "#VALUE!"),
        (Self::Ref, "#REF!"),
        (Self::Name, "#NAME?"),
        (Self::Num, "#NUM!"),
        (Self::Na, "#N/A"),
        (Self::GettingData, "#GETTING_DATA"),
        (Self::Spill, "#SPILL!"),
        (Self::Calc, "#CALC!"),
    ];

    /// The word a spreadsheet shows.
    pub fn text(self) -> &'static str {
        Self::WORDS.iter().find(|(kind, _)| *kind == self).map_or("#ERROR!", |(_, word)| word)
    }

    /// The kind of an error word.
    pub fn from_text(text: &str) -> Self {
        Self::WORDS.iter().find(|(_, word)| *word == text).map_or(Self::Other, |(kind, _)| *kind)
    }
}

/// A rectangle of cells, both corners included, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

impl Area {
    /// Whether the cell lies in the area.
    pub fn contains(&self, row: u32, col: u16) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&col)
    }
}

impl Sheet {
    /// The text of a cell that holds text.
    pub fn text(&self, cell: &Cell) -> Option<&str> {
        match cell.value {
            CellValue::Text(index) => self.strings.get(index as usize).map(String::as_str),
            _ => None,
        }
    }

    /// The cell at a place, if it is filled.
    pub fn cell(&self, row: u32, col: u16) -> Option<&Cell> {
        let found = self.cells.binary_search_by(|cell| (cell.row, cell.col).cmp(&(row, col)));
        found.ok().map(|index| &self.cells[index])
    }

    /// The filled cells row by row; rows without filled cells are left out.
    pub fn row_iter(&self) -> impl Iterator<Item = (u32, &[Cell])> {
        self.cells.chunk_by(|a, b| a.row == b.row).map(|cells| (cells[0].row, cells))
    }

    /// The first cell of the merged area a place belongs to; the place itself when it is that cell.
    pub fn merged_anchor(&self, row: u32, col: u16) -> Option<(u32, u16)> {
        let reachable = self.merges.iter().take_while(|area| area.top <= row);
        reachable.filter(|area| area.contains(row, col)).map(|area| (area.top, area.left)).next()
    }
}

/// The name of a cell: row 6 and column 1, both from 0, are `B7`.
pub fn a1(row: u32, col: u16) -> String {
    let mut text = column_letters(col);
    text.push_str(&(u64::from(row) + 1).to_string());
    text
}

/// The letters of a column: 0 is `A`, 16,383 is `XFD`.
pub fn column_letters(col: u16) -> String {
    let mut letters = Vec::with_capacity(3);
    let mut rest = u32::from(col) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// The row and column (from 0) of a cell's name such as `B7`, or nothing if no sheet has such a cell.
pub fn parse_a1(text: &str) -> Option<(u32, u16)> {
    match parse_reference(text.as_bytes()) {
        Reference::Cell(row, col) => Some((row, col)),
        Reference::Outside | Reference::Malformed => None,
    }
}

/// What a reference turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A cell, from 0.
    Cell(u32, u16),
    /// Well-formed but beyond the last row or column.
    Outside,
    /// Not of the form `B7`.
    Malformed,
}

/// Reads a reference of letters and digits; checks the range before every multiplication can overflow.
pub(crate) fn parse_reference(bytes: &[u8]) -> Reference {
    let mut col: u32 = 0;
    let mut at = 0;
    while let Some(letter) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
        if at == 3 {
            return outside_or_malformed(bytes);
        }
        col = col * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        at += 1;
    }
    let digits = &bytes[at..];
    if at == 0 || digits.is_empty() || digits[0] == b'0' || !digits.iter().all(u8::is_ascii_digit) {
        return Reference::Malformed;
    }
    if digits.len() > 7 || col > u32::from(MAX_COLS) {
        return Reference::Outside;
    }
    let row = digits.iter().fold(0u32, |row, digit| row * 10 + u32::from(digit - b'0'));
    if row > MAX_ROWS {
        return Reference::Outside;
    }
    u16::try_from(col - 1).map_or(Reference::Outside, |col| Reference::Cell(row - 1, col))
}

fn outside_or_malformed(bytes: &[u8]) -> Reference {
    let digits = bytes.iter().skip_while(|byte| byte.is_ascii_alphabetic());
    let shaped = bytes.last().is_some_and(u8::is_ascii_digit) && digits.clone().all(u8::is_ascii_digit);
    if shaped { Reference::Outside } else { Reference::Malformed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_cells() {
        for (name, place) in [
            ("A1", Some((0, 0))),
            ("B7", Some((6, 1))),
            ("Z1", Some((0, 25))),
            ("AA1", Some((0, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("XFE1", None),
            ("A1048577", None),
            ("B4294967298", None), // 2^32 + 2: wraps to B2 in a reader that does not look
            ("A0", None),
            ("A01", None),
            ("", None),
            ("7", None),
            ("B", None),
            ("$B$7", None),
            ("ABCD1", None),
            ("B7:C8", None),
            ("\u{ff22}7", None),
        ] {
            assert_eq!(parse_a1(name), place, "{name}");
        }
        assert_eq!(parse_reference(b"ABCD1"), Reference::Outside);
        assert_eq!(parse_reference(b"ABCDx"), Reference::Malformed);
    }

    #[test]
    fn a_cell_takes_24_bytes() {
        assert_eq!(size_of::<Cell>(), 24);
    }

    #[test]
    fn places_are_found() {
        let number = |row, col| Cell { row, col, value: CellValue::Number { value: 1.0, percent: false } };
        let sheet = Sheet {
            cells: vec![number(0, 0), number(0, 2), number(5, 1)],
            merges: vec![Area { top: 0, left: 2, bottom: 1, right: 4 }],
            ..Sheet::default()
        };
        assert!(sheet.cell(0, 2).is_some());
        assert!(sheet.cell(0, 1).is_none());
        assert_eq!(
            sheet.row_iter().map(|(row, cells)| (row, cells.len())).collect::<Vec<_>>(),
            [(0, 2), (5, 1)]
        );
        assert_eq!(sheet.merged_anchor(1, 3), Some((0, 2)));
        assert_eq!(sheet.merged_anchor(2, 3), None);
    }

    proptest! {
        #[test]
        fn names_round_trip(row in 0..MAX_ROWS, col in 0..MAX_COLS) {
            prop_assert_eq!(parse_a1(&a1(row, col)), Some((row, col)));
        }
    }
}
