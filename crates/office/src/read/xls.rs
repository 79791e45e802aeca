//! `.xls` and the older `.et`: binary workbooks in a compound file.
//!
//! The records are read one after another; declared dimensions are not looked at. Unlike in xlsx, cells may come in
//! any order (the format does not forbid it) and are sorted, but none may come twice. A formula without a result can
//! be told only when its text result is missing: the format has no place to say so for numbers.
//! Source: MS-XLS 2.4.

use super::biff::{Biff, Length, Record, Records, Text, broken, code_page};
use super::formats::{NumberClass, builtin, custom, number_value};
use super::pool::{Interner, OWN, TextBudget, share_out};
use super::{Limits, Progress, extension};
use crate::fault::{LooksLike, ReadFault, ReferenceFault, Unsupported};
use crate::sheet::{Area, Cell, CellValue, ErrorKind, FileKind, Sheet, Workbook, a1};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Columns of a sheet in this format.
const XLS_COLS: u16 = 256;

/// Reads a compound file.
pub(super) fn read_compound(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Workbook, ReadFault> {
    let foreign = |error: &std::io::Error| broken(0, &error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| foreign(&error))?;
    if file.exists("/EncryptedPackage") {
        return Err(ReadFault::Encrypted);
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)) else {
        let looks_like = if file.exists("/WordDocument") {
            LooksLike::WordDocument
        } else if file.exists("/PowerPoint Document") {
            LooksLike::Presentation
        } else {
            LooksLike::OtherCompound
        };
        return Err(ReadFault::NotAWorkbook { looks_like });
    };
    let macros = file.exists("/_VBA_PROJECT_CUR");
    let mut stream = Vec::new();
    let mut reader = file.open_stream(name).map_err(|error| foreign(&error))?;
    // A stream cannot be longer than the file it is in, whatever its entry says.
    reader.by_ref().take(bytes.len() as u64).read_to_end(&mut stream).map_err(|error| foreign(&error))?;
    let mut book = read_stream(&stream, file_name, limits, progress)?;
    book.has_macros |= macros;
    Ok(book)
}

/// Reads the stream of records.
pub(super) fn read_stream(
    stream: &[u8],
    file_name: &str,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Workbook, ReadFault> {
    let globals = Globals::read(stream, limits)?;
    let styles = globals.styles();
    let has_macros = globals.sheets.iter().any(|entry| matches!(entry.kind, 1 | 6));
    let mut budget = globals.budget;
    let mut sheets = Vec::with_capacity(globals.sheets.len());
    let mut cells = 0;
    for entry in globals.sheets {
        if entry.kind == 6 {
            continue; // A module of macros is not a sheet.
        }
        let mut reader = SheetReader {
            biff: globals.biff,
            since_1904: globals.since_1904,
            styles: &styles,
            limits,
            before: cells,
            sheet: Sheet { name: entry.name, hidden: entry.hidden, ..Sheet::default() },
            own: Interner::default(),
            budget: &mut budget,
            awaits_text: None,
        };
        if entry.kind == 0 {
            reader.read(stream, entry.offset)?;
        }
        let sheet = reader.finish()?;
        cells += sheet.cells.len();
        progress(Progress { done: entry.offset as u64, total: stream.len() as u64, cells });
        sheets.push(sheet);
    }
    share_out(globals.strings, &mut sheets)?;
    let kind = if extension(file_name) == "et" { FileKind::Et } else { FileKind::Xls };
    Ok(Workbook { kind, sheets, has_macros })
}

/// What stands before the sheets.
struct Globals {
    biff: Biff,
    since_1904: bool,
    sheets: Vec<SheetEntry>,
    formats: HashMap<u16, NumberClass>,
    cell_formats: Vec<u16>,
    strings: Vec<String>,
    budget: TextBudget,
}

struct SheetEntry {
    offset: usize,
    name: String,
    hidden: bool,
    /// 0 sheet, 1 macro sheet, 2 chart, 6 module of macros.
    kind: u8,
}

impl Globals {
    fn read(stream: &[u8], limits: &Limits) -> Result<Self, ReadFault> {
        let mut records = Records::new(stream, 0);
        let biff = first_biff(&mut records)?;
        let mut globals = Self {
            biff,
            since_1904: false,
            sheets: Vec::new(),
            formats: HashMap::new(),
            cell_formats: Vec::new(),
            strings: Vec::new(),
            budget: TextBudget::default(),
        };
        while let Some(record) = records.next()? {
            match record.kind {
                0x002f => return Err(ReadFault::Encrypted),
                0x0042 => {
                    if let Biff::Five(encoding) = &mut globals.biff {
                        *encoding = code_page(record.u16(0)?);
                    }
                }
                0x0022 => globals.since_1904 = record.u16(0)? == 1,
                0x041e => globals.format(&record, limits)?,
                0x00e0 => globals.cell_formats.push(record.u16(2)?),
                0x0085 => globals.sheet(&record, limits)?,
                0x00fc => globals.shared_strings(&record, limits)?,
                0x000a => break,
                _ => {}
            }
        }
        Ok(globals)
    }

    fn format(&mut self, record: &Record<'_>, limits: &Limits) -> Result<(), ReadFault> {
        let length = if matches!(self.biff, Biff::Eight) { Length::Long } else { Length::Short };
        if let Text::Read(code) = record.text_from(2).text(self.biff, length, limits)? {
            self.formats.insert(record.u16(0)?, custom(&code));
        }
        Ok(())
    }

    fn sheet(&mut self, record: &Record<'_>, limits: &Limits) -> Result<(), ReadFault> {
        if self.sheets.len() >= limits.max_sheets {
            return Err(ReadFault::TooManySheets { limit: limits.max_sheets });
        }
        let [state, kind] = record.bytes(4)?;
        let name = match record.text_from(6).text(self.biff, Length::Short, limits)? {
            Text::Read(name) => name.replace('\0', ""),
            Text::TooLong => String::new(),
        };
        let offset = record.u32(0)? as usize;
        self.sheets.push(SheetEntry { offset, name, hidden: state & 0x03 != 0, kind });
        Ok(())
    }

    fn shared_strings(&mut self, record: &Record<'_>, limits: &Limits) -> Result<(), ReadFault> {
        let declared = record.u32(4)? as usize;
        let mut reader = record.text_from(8);
        while self.strings.len() < declared && !reader.is_done() {
            match reader.text(Biff::Eight, Length::Long, limits)? {
                Text::Read(text) => {
                    self.budget.add(&text, limits)?;
                    self.strings.push(text);
                }
                Text::TooLong => {
                    return Err(ReadFault::StringTooLong {
                        index: self.strings.len(),
                        limit: limits.max_cell_chars,
                    });
                }
            }
        }
        Ok(())
    }

    fn styles(&self) -> Vec<NumberClass> {
        let class = |id: &u16| self.formats.get(id).copied().unwrap_or_else(|| builtin(u32::from(*id)));
        self.cell_formats.iter().map(class).collect()
    }
}

fn first_biff(records: &mut Records<'_>) -> Result<Biff, ReadFault> {
    let first = records.next()?.ok_or_else(|| broken(0, "the stream is empty"))?;
    match first.kind {
        0x0809 if first.u16(0)? == 0x0500 => Ok(Biff::Five(encoding_rs::WINDOWS_1252)),
        0x0809 => Ok(Biff::Eight),
        0x0009 | 0x0209 | 0x0409 => Err(ReadFault::UnsupportedFormat { format: Unsupported::OldExcel }),
        _ => Err(broken(0, "the stream does not begin with a BOF record")),
    }
}

/// Reads the records of one sheet.
struct SheetReader<'w> {
    biff: Biff,
    since_1904: bool,
    styles: &'w [NumberClass],
    limits: &'w Limits,
    before: usize,
    sheet: Sheet,
    own: Interner,
    budget: &'w mut TextBudget,
    /// A formula whose text result has not come yet.
    awaits_text: Option<(u16, u16)>,
}

impl SheetReader<'_> {
    fn read(&mut self, stream: &[u8], offset: usize) -> Result<(), ReadFault> {
        let mut records = Records::new(stream, offset);
        match records.next()? {
            Some(record) if record.kind == 0x0809 => {}
            _ => return Err(broken(offset, "a sheet does not begin with a BOF record")),
        }
        let mut nested = 0u32; // Embedded charts carry records that look like cells.
        while let Some(record) = records.next()? {
            match record.kind {
                0x0809 => nested += 1,
                0x000a if nested > 0 => nested -= 1,
                0x000a => break,
                _ if nested > 0 => {}
                kind => self.record(kind, &record)?,
            }
        }
        self.formula_without_text()
    }

    fn record(&mut self, kind: u16, record: &Record<'_>) -> Result<(), ReadFault> {
        match kind {
            0x0203 => {
                let value = self.number(record.f64(6)?, record.u16(4)?);
                self.put_at(record, value)
            }
            0x027e => {
                let value = self.number(rk(record.bytes(6)?), record.u16(4)?);
                self.put_at(record, value)
            }
            0x00bd => self.many_numbers(record),
            0x00fd => {
                let index = record.u32(6)?;
                if index & OWN != 0 {
                    let cell = a1(u32::from(record.u16(0)?), record.u16(2)?);
                    return Err(ReadFault::DanglingString { sheet: self.sheet.name.clone(), cell, index });
                }
                self.put_at(record, CellValue::Text(index))
            }
            0x0204 | 0x00d6 => {
                let (row, col) = (record.u16(0)?, record.u16(2)?);
                self.put_text(row, col, record, 6)
            }
            0x0205 => {
                let [value, is_error] = record.bytes(6)?;
                self.put_at(record, truth_or_error(value, is_error))
            }
            0x0006 => self.formula(record),
            0x0207 => match self.awaits_text.take() {
                Some((row, col)) => self.put_text(row, col, record, 0),
                None => Ok(()),
            },
            0x00e5 => self.merged(record),
            0x0208 => {
                if record.u16(12)? & 0x20 != 0 {
                    self.sheet.hidden_rows.push(u32::from(record.u16(0)?));
                }
                Ok(())
            }
            0x007d => {
                if record.u16(8)? & 0x01 != 0 && self.sheet.hidden_cols.len() < usize::from(XLS_COLS) {
                    let last = record.u16(2)?.min(XLS_COLS - 1);
                    self.sheet.hidden_cols.extend(record.u16(0)?..=last);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn number(&self, value: f64, style: u16) -> CellValue {
        let class = self.styles.get(usize::from(style)).copied().unwrap_or_default();
        if value.is_finite() {
            number_value(value, class, self.since_1904)
        } else {
            CellValue::Error(ErrorKind::Num)
        }
    }

    fn many_numbers(&mut self, record: &Record<'_>) -> Result<(), ReadFault> {
        let (row, first) = (record.u16(0)?, record.u16(2)?);
        let pairs = record.data.len().saturating_sub(6) / 6;
        for (pair, col) in (0..pairs).zip(first..) {
            let style = record.u16(4 + pair * 6)?;
            let value = self.number(rk(record.bytes(6 + pair * 6)?), style);
            self.put(row, col, value)?;
        }
        Ok(())
    }

    fn formula(&mut self, record: &Record<'_>) -> Result<(), ReadFault> {
        self.formula_without_text()?;
        let result: [u8; 8] = record.bytes(6)?;
        if result[6..] != [0xff, 0xff] {
            let value = self.number(f64::from_le_bytes(result), record.u16(4)?);
            return self.put_at(record, value);
        }
        match result[0] {
            0 => {
                self.awaits_text = Some((record.u16(0)?, record.u16(2)?));
                Ok(())
            }
            1 => self.put_at(record, CellValue::Bool(result[2] != 0)),
            2 => self.put_at(record, truth_or_error(result[2], 1)),
            _ => Ok(()), // An empty text.
        }
    }

    fn formula_without_text(&mut self) -> Result<(), ReadFault> {
        match self.awaits_text.take() {
            Some((row, col)) => self.put(row, col, CellValue::FormulaWithoutValue),
            None => Ok(()),
        }
    }

    fn put_text(&mut self, row: u16, col: u16, record: &Record<'_>, at: usize) -> Result<(), ReadFault> {
        let text = match record.text_from(at).text(self.biff, Length::Long, self.limits)? {
            Text::Read(text) => text,
            Text::TooLong => {
                let (sheet, cell) = (self.sheet.name.clone(), a1(u32::from(row), col));
                return Err(ReadFault::CellTooLong { sheet, cell, limit: self.limits.max_cell_chars });
            }
        };
        if text.is_empty() {
            return Ok(());
        }
        let number = self.own.number(&text, self.budget, self.limits)?;
        self.put(row, col, CellValue::Text(number | OWN))
    }

    fn put_at(&mut self, record: &Record<'_>, value: CellValue) -> Result<(), ReadFault> {
        self.put(record.u16(0)?, record.u16(2)?, value)
    }

    fn put(&mut self, row: u16, col: u16, value: CellValue) -> Result<(), ReadFault> {
        if self.awaits_text.is_some() {
            self.formula_without_text()?;
        }
        if col >= XLS_COLS {
            return Err(self.bad(u32::from(row), col, ReferenceFault::OutsideSheet));
        }
        if self.before + self.sheet.cells.len() >= self.limits.max_cells {
            let sheet = self.sheet.name.clone();
            return Err(ReadFault::TooManyCells { sheet, limit: self.limits.max_cells });
        }
        self.sheet.cells.push(Cell { row: u32::from(row), col, value });
        Ok(())
    }

    fn merged(&mut self, record: &Record<'_>) -> Result<(), ReadFault> {
        for index in 0..usize::from(record.u16(0)?) {
            let at = 2 + index * 8;
            let (top, bottom) = (u32::from(record.u16(at)?), u32::from(record.u16(at + 2)?));
            let (left, right) = (record.u16(at + 4)?, record.u16(at + 6)?);
            if bottom < top || right < left {
                return Err(self.bad(top, left, ReferenceFault::Backwards));
            }
            if self.sheet.merges.len() >= self.limits.max_merges {
                let sheet = self.sheet.name.clone();
                return Err(ReadFault::TooManyMerges { sheet, limit: self.limits.max_merges });
            }
            self.sheet.merges.push(Area { top, left, bottom, right });
        }
        Ok(())
    }

    fn bad(&self, row: u32, col: u16, why: ReferenceFault) -> ReadFault {
        ReadFault::BadReference { sheet: self.sheet.name.clone(), reference: a1(row, col), why }
    }

    fn finish(mut self) -> Result<Sheet, ReadFault> {
        let mut sheet = std::mem::take(&mut self.sheet);
        sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
        sheet.merges.sort_unstable();
        sheet.hidden_rows.sort_unstable();
        sheet.hidden_rows.dedup();
        sheet.hidden_cols.sort_unstable();
        sheet.hidden_cols.dedup();
        if let Some(twice) =
            sheet.cells.windows(2).find(|pair| (pair[0].row, pair[0].col) == (pair[1].row, pair[1].col))
        {
            let reference = a1(twice[0].row, twice[0].col);
            return Err(ReadFault::BadReference {
                sheet: sheet.name,
                reference,
                why: ReferenceFault::Repeated,
            });
        }
        sheet.strings = self.own.into_strings();
        Ok(sheet)
    }
}

/// A number packed into four bytes: a float without its lower half or an integer, perhaps in hundredths.
fn rk(bytes: [u8; 4]) -> f64 {
    let packed = i32::from_le_bytes(bytes);
    let value = if packed & 0x02 != 0 {
        f64::from(packed >> 2)
    } else {
        f64::from_bits(u64::from(u32::from_le_bytes(bytes) & !0x03) << 32)
    };
    if packed & 0x01 != 0 { value / 100.0 } else { value }
}

fn truth_or_error(value: u8, is_error: u8) -> CellValue {
    if is_error == 0 {
        return CellValue::Bool(value != 0);
    }
    CellValue::Error(match value {
        0x00 => ErrorKind::Null,
        0x07 => ErrorKind::Div0,
        0x0f => ErrorKind::Value,
        0x17 => ErrorKind::Ref,
        0x1d => ErrorKind::Name,
        0x24 => ErrorKind::Num,
        0x2a => ErrorKind::Na,
        0x2b => ErrorKind::GettingData,
        _ => ErrorKind::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        // MS-XLS 2.5.122: integers shifted by two; 0x01 for hundredths, 0x02 for integers.
        assert_eq!(rk(((123 << 2) | 0x02i32).to_le_bytes()).to_bits(), 123f64.to_bits());
        assert_eq!(rk(((-12_345 << 2) | 0x03i32).to_le_bytes()).to_bits(), (-123.45f64).to_bits());
        let upper = u32::try_from(1.5f64.to_bits() >> 32).unwrap();
        assert_eq!(rk(upper.to_le_bytes()).to_bits(), 1.5f64.to_bits());
    }
}
