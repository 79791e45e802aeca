//! One sheet of an xlsx container: cells, merged areas, hidden rows and columns.
//!
//! References are checked by our own code, must not repeat and must not run backwards; Excel itself writes them in
//! order and refuses files in which they are not.

use super::Limits;
use super::formats::{NumberClass, number_value};
use super::pool::{Interner, OWN, TextBudget};
use super::xml::{Handler, attributes, flag, unescape_office};
use crate::fault::{ReadFault, ReferenceFault};
use crate::number::serial_of_date;
use crate::sheet::{
    Area, Cell, CellValue, ErrorKind, MAX_COLS, MAX_ROWS, Reference, Sheet, a1, parse_reference,
};

/// What all sheets of a workbook share while they are read.
#[derive(Debug)]
pub(super) struct Shared<'w> {
    /// The class of each cell style.
    pub(super) styles: &'w [NumberClass],
    /// Whether serials count from 1904.
    pub(super) since_1904: bool,
    /// The limits.
    pub(super) limits: &'w Limits,
}

/// The `t` of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CellType {
    Number,
    Shared,
    Inline,
    FormulaText,
    Bool,
    Error,
    Date,
}

/// Where the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before or after the rows.
    Outside,
    /// Among the rows.
    Data,
    /// In a cell.
    Cell,
}

/// Where character data goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Nowhere,
    Value,
}

/// Reads the events of one sheet.
pub(super) struct SheetReader<'w> {
    shared: &'w Shared<'w>,
    sheet: Sheet,
    own: Interner,
    budget: &'w mut TextBudget,
    /// Cells that other sheets already hold.
    before: usize,
    place: Place,
    /// Next row and column for elements without a reference.
    next_row: u32,
    row: u32,
    in_row: bool,
    next_col: u32,
    col: u16,
    kind: CellType,
    class: NumberClass,
    has_formula: bool,
    has_value: bool,
    phonetic: u32,
    into: Into,
    value: String,
}

impl<'w> SheetReader<'w> {
    /// A reader for a sheet of this name; `before` cells were read from other sheets.
    pub(super) fn new(
        name: String,
        hidden: bool,
        before: usize,
        shared: &'w Shared<'w>,
        budget: &'w mut TextBudget,
    ) -> Self {
        Self {
            shared,
            sheet: Sheet { name, hidden, ..Sheet::default() },
            own: Interner::default(),
            budget,
            before,
            place: Place::Outside,
            next_row: 0,
            row: 0,
            in_row: false,
            next_col: 0,
            col: 0,
            kind: CellType::Number,
            class: NumberClass::Plain,
            has_formula: false,
            has_value: false,
            phonetic: 0,
            into: Into::Nowhere,
            value: String::new(),
        }
    }

    /// The cells read so far, with those of other sheets.
    pub(super) fn cells(&self) -> usize {
        self.before + self.sheet.cells.len()
    }

    /// The sheet; texts still carry the marks of `pool`.
    pub(super) fn finish(mut self) -> Sheet {
        self.sheet.strings = self.own.into_strings();
        self.sheet.merges.sort_unstable();
        self.sheet.hidden_cols.sort_unstable();
        self.sheet.hidden_cols.dedup();
        self.sheet
    }

    fn open_row(&mut self, raw: &str) -> Result<(), ReadFault> {
        let mut row = self.next_row;
        let mut hidden = false;
        for (key, value) in attributes(raw) {
            match key {
                "r" => row = self.row_number(value)?,
                "hidden" => hidden = matches!(value, "1" | "true"),
                _ => {}
            }
        }
        if row >= MAX_ROWS {
            return Err(self.bad("row", ReferenceFault::OutsideSheet));
        }
        if row < self.next_row {
            let why =
                if row + 1 == self.next_row { ReferenceFault::Repeated } else { ReferenceFault::Backwards };
            return Err(self.bad(&(row + 1).to_string(), why));
        }
        if hidden {
            self.sheet.hidden_rows.push(row);
        }
        self.row = row;
        self.in_row = true;
        self.next_row = row + 1;
        self.next_col = 0;
        Ok(())
    }

    fn row_number(&self, text: &str) -> Result<u32, ReadFault> {
        if text.is_empty() || text.starts_with('0') || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.bad(text, ReferenceFault::NotAReference));
        }
        let number = if text.len() > 7 { u32::MAX } else { text.parse().unwrap_or(u32::MAX) };
        if number > MAX_ROWS { Err(self.bad(text, ReferenceFault::OutsideSheet)) } else { Ok(number - 1) }
    }

    fn open_cell(&mut self, raw: &str) -> Result<(), ReadFault> {
        self.kind = CellType::Number;
        self.class = NumberClass::Plain;
        let mut col = None;
        for (key, value) in attributes(raw) {
            match key {
                "r" => col = Some(self.column(value)?),
                "s" => {
                    let style = value.parse::<usize>().unwrap_or(0);
                    self.class = self.shared.styles.get(style).copied().unwrap_or_default();
                }
                "t" => {
                    self.kind = match value {
                        "s" => CellType::Shared,
                        "inlineStr" => CellType::Inline,
                        "str" => CellType::FormulaText,
                        "b" => CellType::Bool,
                        "e" => CellType::Error,
                        "d" => CellType::Date,
                        _ => CellType::Number,
                    }
                }
                _ => {}
            }
        }
        let col = match col {
            Some(col) => col,
            None => u16::try_from(self.next_col)
                .ok()
                .filter(|col| *col < MAX_COLS)
                .ok_or_else(|| self.bad("c", ReferenceFault::OutsideSheet))?,
        };
        self.col = col;
        self.next_col = u32::from(col) + 1;
        self.place = Place::Cell;
        self.has_formula = false;
        self.has_value = false;
        self.value.clear();
        Ok(())
    }

    fn column(&self, text: &str) -> Result<u16, ReadFault> {
        match parse_reference(text.as_bytes()) {
            Reference::Malformed => Err(self.bad(text, ReferenceFault::NotAReference)),
            Reference::Outside => Err(self.bad(text, ReferenceFault::OutsideSheet)),
            Reference::Cell(row, _) if row != self.row => Err(self.bad(text, ReferenceFault::OtherRow)),
            Reference::Cell(_, col) if u32::from(col) + 1 == self.next_col => {
                Err(self.bad(text, ReferenceFault::Repeated))
            }
            Reference::Cell(_, col) if u32::from(col) < self.next_col => {
                Err(self.bad(text, ReferenceFault::Backwards))
            }
            Reference::Cell(_, col) => Ok(col),
        }
    }

    fn close_cell(&mut self) -> Result<(), ReadFault> {
        let text = std::mem::take(&mut self.value);
        let result = self.put(&text);
        self.value = text;
        result
    }

    /// Ends the cell, whose value is this text.
    fn put(&mut self, text: &str) -> Result<(), ReadFault> {
        self.place = Place::Data;
        let value = if !self.has_value || (text.is_empty() && !self.kind.may_be_empty()) {
            if !self.has_formula {
                return Ok(());
            }
            CellValue::FormulaWithoutValue
        } else if text.is_empty() {
            return Ok(());
        } else {
            self.cell_value(text)?
        };
        if self.cells() >= self.shared.limits.max_cells {
            let (sheet, limit) = (self.sheet.name.clone(), self.shared.limits.max_cells);
            return Err(ReadFault::TooManyCells { sheet, limit });
        }
        self.sheet.cells.push(Cell { row: self.row, col: self.col, value });
        Ok(())
    }

    fn cell_value(&mut self, text: &str) -> Result<CellValue, ReadFault> {
        match self.kind {
            CellType::Number => match number(text) {
                Some(number) => Ok(number_value(number, self.class, self.shared.since_1904)),
                None => self.own_text(text),
            },
            CellType::Shared => match text.trim_ascii().parse::<u32>() {
                Ok(index) if index & OWN == 0 => Ok(CellValue::Text(index)),
                other => {
                    let (sheet, cell) = (self.sheet.name.clone(), a1(self.row, self.col));
                    Err(ReadFault::DanglingString { sheet, cell, index: other.unwrap_or(u32::MAX) })
                }
            },
            CellType::Inline | CellType::FormulaText => self.own_text(text),
            CellType::Bool => Ok(CellValue::Bool(matches!(text.trim(), "1" | "true"))),
            CellType::Error => Ok(CellValue::Error(ErrorKind::from_text(text.trim()))),
            CellType::Date => match iso_serial(text.trim()) {
                Some(serial) => Ok(CellValue::DateTime { serial }),
                None => self.own_text(text),
            },
        }
    }

    fn own_text(&mut self, text: &str) -> Result<CellValue, ReadFault> {
        let limits = self.shared.limits;
        let text = unescape_office(text);
        if text.len() > limits.max_cell_chars && text.chars().count() > limits.max_cell_chars {
            return Err(self.too_long());
        }
        let number = self.own.number(&text, self.budget, limits)?;
        Ok(CellValue::Text(number | OWN))
    }

    /// Takes one cell in the plain form that nearly all cells have; gives its length, or 0 for any other markup.
    fn plain_cell(&mut self, rest: &str) -> Result<usize, ReadFault> {
        let Some(plain) = PlainCell::at_start(rest) else { return Ok(0) };
        self.open_cell(plain.attributes)?;
        self.has_formula = plain.has_formula;
        self.has_value = plain.value.is_some();
        self.put(plain.value.unwrap_or_default())?;
        Ok(plain.length)
    }

    fn merged(&mut self, raw: &str) -> Result<(), ReadFault> {
        let Some((_, reference)) = attributes(raw).find(|(key, _)| *key == "ref") else { return Ok(()) };
        let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
        let mut corners = [(0, 0); 2];
        for (corner, text) in corners.iter_mut().zip([first, last]) {
            *corner = match parse_reference(text.as_bytes()) {
                Reference::Cell(row, col) => (row, col),
                Reference::Outside => return Err(self.bad(reference, ReferenceFault::OutsideSheet)),
                Reference::Malformed => return Err(self.bad(reference, ReferenceFault::NotAReference)),
            };
        }
        let [(top, left), (bottom, right)] = corners;
        if bottom < top || right < left {
            return Err(self.bad(reference, ReferenceFault::Backwards));
        }
        if self.sheet.merges.len() >= self.shared.limits.max_merges {
            let limit = self.shared.limits.max_merges;
            return Err(ReadFault::TooManyMerges { sheet: self.sheet.name.clone(), limit });
        }
        self.sheet.merges.push(Area { top, left, bottom, right });
        Ok(())
    }

    fn columns(&mut self, raw: &str) {
        if !flag(raw, "hidden") {
            return;
        }
        let (mut min, mut max) = (0u16, 0u16);
        for (key, value) in attributes(raw) {
            match key {
                "min" => min = value.parse().unwrap_or(0),
                "max" => max = value.parse::<u32>().map_or(0, |max| u16::try_from(max).unwrap_or(MAX_COLS)),
                _ => {}
            }
        }
        // Overlapping runs would let a small file list columns without end.
        if min > 0 && self.sheet.hidden_cols.len() <= usize::from(MAX_COLS) {
            self.sheet.hidden_cols.extend((min..=max.min(MAX_COLS)).map(|col| col - 1));
        }
    }

    fn too_long(&self) -> ReadFault {
        ReadFault::CellTooLong {
            sheet: self.sheet.name.clone(),
            cell: a1(self.row, self.col),
            limit: self.shared.limits.max_cell_chars,
        }
    }

    fn bad(&self, reference: &str, why: ReferenceFault) -> ReadFault {
        ReadFault::BadReference {
            sheet: self.sheet.name.clone(),
            reference: reference.chars().take(40).collect(),
            why,
        }
    }
}

impl CellType {
    /// Whether an empty value means an empty text and not a missing result.
    fn may_be_empty(self) -> bool {
        matches!(self, Self::FormulaText | Self::Inline)
    }
}

impl Handler for SheetReader<'_> {
    fn open(&mut self, name: &[u8], attributes: &str) -> Result<(), ReadFault> {
        if self.place == Place::Cell {
            match name {
                b"v" => {
                    self.into = Into::Value;
                    self.has_value = true;
                }
                b"f" => self.has_formula = true,
                b"rPh" => self.phonetic += 1,
                b"t" if self.phonetic == 0 => {
                    self.into = Into::Value;
                    self.has_value = true;
                }
                _ => {}
            }
            return Ok(());
        }
        match name {
            b"c" if self.place == Place::Data => self.open_cell(attributes),
            b"row" if self.place == Place::Data => self.open_row(attributes),
            b"sheetData" => {
                self.place = Place::Data;
                Ok(())
            }
            b"mergeCell" => self.merged(attributes),
            b"col" => {
                self.columns(attributes);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, name: &[u8]) -> Result<(), ReadFault> {
        match name {
            b"v" | b"t" => self.into = Into::Nowhere,
            b"c" if self.place == Place::Cell => return self.close_cell(),
            b"rPh" => self.phonetic = self.phonetic.saturating_sub(1),
            b"row" => self.in_row = false,
            b"sheetData" => self.place = Place::Outside,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadFault> {
        if self.into == Into::Value {
            self.value.push_str(text);
            // Escapes take seven characters for one, UTF-8 takes four bytes at most.
            if self.value.len() > self.shared.limits.max_cell_chars.saturating_mul(8) {
                return Err(self.too_long());
            }
        }
        Ok(())
    }

    fn shortcut(&mut self, rest: &str) -> Result<usize, ReadFault> {
        let mut taken = 0;
        while self.place == Place::Data {
            match self.plain_cell(&rest[taken..])? {
                0 => match PlainRow::at_start(&rest[taken..]).filter(|_| self.in_row) {
                    Some(row) => {
                        self.open_row(row.attributes)?;
                        taken += row.length;
                    }
                    None => break,
                },
                length => taken += length,
            }
        }
        Ok(taken)
    }

    fn huge_text(&self) -> Option<ReadFault> {
        (self.into == Into::Value).then(|| self.too_long())
    }
}

/// A cell such as `<c r="B7" s="2"><f>A7*2</f><v>12.5</v></c>`: no prefix, comment, reference or carriage return in it.
///
/// Nine tenths of a sheet's markup are such cells; taking them without events halves the time of reading. Anything
/// else goes through the XML parser.
struct PlainCell<'x> {
    attributes: &'x str,
    has_formula: bool,
    value: Option<&'x str>,
    length: usize,
}

impl<'x> PlainCell<'x> {
    fn at_start(text: &'x str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !bytes.starts_with(b"<c ") {
            return None;
        }
        let end = seek(bytes, 3, |byte| matches!(byte, b'>' | b'<' | b'&'))?;
        let (attributes, mut at) = (&text[2..end], end + 1);
        if !is_whole(bytes[end], attributes) {
            return None;
        }
        if let Some(attributes) = attributes.strip_suffix('/') {
            return Some(Self { attributes, has_formula: false, value: None, length: at });
        }
        let has_formula = bytes[at..].starts_with(b"<f>");
        if has_formula {
            at = seek(bytes, at + 3, |byte| byte == b'<')?;
            at += bytes[at..].starts_with(b"</f>").then_some(4)?;
        }
        if bytes[at..].starts_with(b"</c>") {
            return Some(Self { attributes, has_formula, value: None, length: at + 4 });
        }
        let (before, after) = Self::AROUND.into_iter().find(|(before, _)| bytes[at..].starts_with(before))?;
        let start = at + before.len();
        let end = seek(bytes, start, |byte| matches!(byte, b'<' | b'&' | b'\r'))?;
        let whole = bytes[end..].starts_with(after);
        whole.then(|| Self {
            attributes,
            has_formula,
            value: Some(&text[start..end]),
            length: end + after.len(),
        })
    }

    /// What may stand before and after a value.
    const AROUND: [(&'static [u8], &'static [u8]); 2] =
        [(b"<v>", b"</v></c>"), (b"<is><t>", b"</t></is></c>")];
}

/// A change of rows such as `</row><row r="8" spans="1:12">`.
struct PlainRow<'x> {
    attributes: &'x str,
    length: usize,
}

impl<'x> PlainRow<'x> {
    fn at_start(text: &'x str) -> Option<Self> {
        const START: &[u8] = b"</row><row ";
        let bytes = text.as_bytes();
        if !bytes.starts_with(START) {
            return None;
        }
        let end = seek(bytes, START.len(), |byte| matches!(byte, b'>' | b'<' | b'&'))?;
        let attributes = &text[START.len() - 1..end];
        (is_whole(bytes[end], attributes) && !attributes.ends_with('/'))
            .then_some(Self { attributes, length: end + 1 })
    }
}

/// Whether a tag that seems to end at a byte does: an odd number of quotes means that it does not.
fn is_whole(end: u8, attributes: &str) -> bool {
    let (mut quotes, mut single) = (0_usize, false);
    for byte in attributes.bytes() {
        quotes += usize::from(byte == b'"');
        single |= byte == b'\'';
    }
    end == b'>' && quotes % 2 == 0 && !single
}

/// The first byte from a place on that is wanted. Distances are short, so a plain loop is the fastest.
fn seek(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| wanted(*byte)).map(|at| from + at)
}

/// A finite number; whole numbers of up to 15 digits take a short way.
fn number(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    if !bytes.is_empty() && bytes.len() <= 15 && bytes.iter().all(u8::is_ascii_digit) {
        let whole = bytes.iter().fold(0u64, |whole, digit| whole * 10 + u64::from(digit - b'0'));
        #[expect(clippy::cast_precision_loss, reason = "below 10^15, exact in f64")]
        return Some(whole as f64);
    }
    text.trim_ascii().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// The serial of `2023-09-01` or `2023-09-01T12:30:00`, the way ISO 8601 cells are written.
fn iso_serial(text: &str) -> Option<f64> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let mut serial = serial_of_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    let mut unit = 24.0;
    for part in time.trim_end_matches('Z').split(':').filter(|part| !part.is_empty()) {
        serial += part.parse::<f64>().ok().filter(|part| (0.0..60.0).contains(part))? / unit;
        unit *= 60.0;
    }
    Some(serial)
}
