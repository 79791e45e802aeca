//! `.xls` of Excel 97 to 2003 (BIFF8 in a compound file), as small as the programs that open it allow.
//!
//! Written: texts, numbers, percentages, dates, truth values, errors, merged areas, widths, hidden rows, columns and
//! sheets, frozen panes, bold headings. Left out: formulas (their result is written), links, filters, fonts beyond
//! plain and bold. Source: MS-XLS 2.4.

use super::{BookSpec, CellSpec, Input, SheetSpec, Style, decimal, finite};
use crate::fault::WriteFault;
use crate::number::serial_of_date;
use crate::sheet::{Area, ErrorKind, a1};
use std::collections::HashMap;
use std::io::{Cursor, Write};

/// Rows of a sheet in this format.
const ROWS: usize = 65_536;
/// Columns of a sheet in this format.
const COLS: usize = 256;
/// Bytes of data in one record.
const RECORD: usize = 8224;
/// Characters in one cell.
const CHARS: usize = 32_767;

/// Cell formats after the 15 of the built-in styles.
#[derive(Debug, Clone, Copy)]
enum CellFormat {
    General = 15,
    Percent = 16,
    Date = 17,
    Bold = 18,
    BoldPercent = 19,
    BoldDate = 20,
}

/// The workbook as the bytes of an `.xls` file. The same description gives the same bytes.
pub fn xls(book: &BookSpec) -> Result<Vec<u8>, WriteFault> {
    let mut strings = Strings::default();
    let sheets =
        book.sheets.iter().map(|sheet| sheet_stream(sheet, &mut strings)).collect::<Result<Vec<_>, _>>()?;
    // The directory of sheets holds offsets, so its length is needed before it can be written.
    let tail = globals_tail(&strings);
    let directory: usize = book.sheets.iter().map(|sheet| 4 + 8 + utf16(&sheet.name).len()).sum();
    let mut stream = globals_head();
    let mut offset = stream.len() + directory + tail.len();
    for (spec, sheet) in book.sheets.iter().zip(&sheets) {
        stream.extend_from_slice(&bound_sheet(spec, offset)?);
        offset += sheet.len();
    }
    stream.extend_from_slice(&tail);
    for sheet in &sheets {
        stream.extend_from_slice(sheet);
    }
    compound(&stream)
}

/// Wraps the stream in a compound file whose times are all zero.
fn compound(stream: &[u8]) -> Result<Vec<u8>, WriteFault> {
    let refused =
        |error: std::io::Error| WriteFault::Refused { sheet: String::new(), detail: error.to_string() };
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).map_err(refused)?;
    let mut entry = file.create_stream("/Workbook").map_err(refused)?;
    entry.write_all(stream).map_err(refused)?;
    entry.flush().map_err(refused)?;
    drop(entry);
    file.flush().map_err(refused)?;
    let mut bytes = file.into_inner().into_inner();
    // The library stamps the root entry with the time of writing: 16 bytes at 100 of the first directory sector.
    let sector = bytes.get(48..52).map_or(0, |at| u32::from_le_bytes([at[0], at[1], at[2], at[3]])) as usize;
    let times = (sector + 1) * 512 + 100;
    if let Some(times) = bytes.get_mut(times..times + 16) {
        times.fill(0);
    }
    Ok(bytes)
}

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend_from_slice(&kind.to_le_bytes());
    out.extend_from_slice(&u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend_from_slice(data);
}

/// The data of a record from 16-bit numbers.
fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn begin(kind: u16) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x0809, &words(&[0x0600, kind, 0x0dbb, 0x07cc, 0x00c1, 0, 0x0306, 0]));
    out
}

/// Everything before the directory of sheets: windows, fonts, formats.
fn globals_head() -> Vec<u8> {
    let mut out = begin(0x0005);
    record(&mut out, 0x0042, &words(&[1200]));
    record(&mut out, 0x003d, &words(&[0x01e0, 0x005a, 0x3fcf, 0x2a4e, 0x0038, 0, 0, 1, 0x0258]));
    record(&mut out, 0x0022, &words(&[0]));
    // Font 4 does not exist: the fifth in the file is number 5, the bold one.
    for weight in [400, 400, 400, 400, 700] {
        let mut data = words(&[220, 0, 0x7fff, weight, 0]);
        data.extend_from_slice(&[0, 0, 0, 0]);
        let name = utf16("Arial");
        data.extend_from_slice(&[5, 1]);
        data.extend_from_slice(&name);
        record(&mut out, 0x0031, &data);
    }
    let code = utf16("yyyy\\-mm\\-dd");
    let mut data = words(&[164, u16::try_from(code.len() / 2).unwrap_or(0)]);
    data.push(1);
    data.extend_from_slice(&code);
    record(&mut out, 0x041e, &data);
    for _ in 0..15 {
        cell_format(&mut out, 0, 0, 0xfff5, 0xf4);
    }
    for (font, format) in [(0, 0), (0, 10), (0, 164), (5, 0), (5, 10), (5, 164)] {
        cell_format(&mut out, font, format, 0x0001, 0x0c);
    }
    record(&mut out, 0x0293, &[0x00, 0x80, 0x00, 0xff]);
    out
}

fn cell_format(out: &mut Vec<u8>, font: u16, format: u16, kind: u16, uses: u8) {
    let mut data = words(&[font, format, kind]);
    data.extend_from_slice(&[0x20, 0, 0, uses]);
    data.extend_from_slice(&words(&[0, 0, 0, 0, 0x20c0]));
    record(out, 0x00e0, &data);
}

fn bound_sheet(spec: &SheetSpec, offset: usize) -> Result<Vec<u8>, WriteFault> {
    let outside = |what: &str| WriteFault::OutsideFormat { sheet: spec.name.clone(), what: what.to_owned() };
    let name = utf16(&spec.name);
    let forbidden = spec.name.contains(['[', ']', ':', '*', '?', '/', '\\']);
    if name.is_empty() || name.len() > 62 || forbidden {
        return Err(outside("the sheet's name"));
    }
    let offset = u32::try_from(offset).map_err(|_| outside("the file"))?;
    let mut data = offset.to_le_bytes().to_vec();
    data.extend_from_slice(&[u8::from(spec.hidden), 0, u8::try_from(name.len() / 2).unwrap_or(0), 1]);
    data.extend_from_slice(&name);
    let mut out = Vec::new();
    record(&mut out, 0x0085, &data);
    Ok(out)
}

fn globals_tail(strings: &Strings) -> Vec<u8> {
    let mut out = strings.records();
    record(&mut out, 0x000a, &[]);
    out
}

/// The shared strings.
#[derive(Debug, Default)]
struct Strings {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    uses: u32,
}

impl Strings {
    fn number(&mut self, text: &str) -> u32 {
        self.uses += 1;
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }

    /// The table as a record and its continuations; a text cut by a border says again that it is wide.
    fn records(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut kind = 0x00fc;
        let mut data = self.uses.to_le_bytes().to_vec();
        data.extend_from_slice(&u32::try_from(self.texts.len()).unwrap_or(u32::MAX).to_le_bytes());
        for text in &self.texts {
            let bytes = utf16(text);
            if data.len() + 3 + 2 > RECORD {
                record(&mut out, std::mem::replace(&mut kind, 0x003c), &std::mem::take(&mut data));
            }
            data.extend_from_slice(&u16::try_from(bytes.len() / 2).unwrap_or(u16::MAX).to_le_bytes());
            data.push(1);
            let mut rest = bytes.as_slice();
            loop {
                let room = (RECORD - data.len()) / 2 * 2;
                let (now, later) = rest.split_at(room.min(rest.len()));
                data.extend_from_slice(now);
                rest = later;
                if rest.is_empty() {
                    break;
                }
                record(&mut out, std::mem::replace(&mut kind, 0x003c), &std::mem::take(&mut data));
                data.push(1);
            }
        }
        record(&mut out, kind, &data);
        out
    }
}

fn sheet_stream(spec: &SheetSpec, strings: &mut Strings) -> Result<Vec<u8>, WriteFault> {
    let outside = |what: &str| WriteFault::OutsideFormat { sheet: spec.name.clone(), what: what.to_owned() };
    let width = spec.rows.iter().map(Vec::len).max().unwrap_or(0);
    if spec.rows.len() > ROWS || width > COLS {
        return Err(outside("the number of rows or columns"));
    }
    let fits = |area: &Area| (area.bottom as usize) < ROWS && usize::from(area.right) < COLS;
    if !spec.merges.iter().all(|merge| fits(&merge.area)) {
        return Err(outside("a merged area"));
    }
    let mut out = begin(0x0010);
    columns(&mut out, spec);
    let mut dimensions = u32::try_from(spec.rows.len()).unwrap_or(0).to_le_bytes().to_vec();
    dimensions.splice(0..0, [0; 4]);
    dimensions.extend_from_slice(&words(&[0, u16::try_from(width).unwrap_or(0), 0]));
    record(&mut out, 0x0200, &dimensions);
    cells(&mut out, spec, width, strings)?;
    window(&mut out, spec);
    for merges in spec.merges.chunks(1000) {
        let mut data = words(&[u16::try_from(merges.len()).unwrap_or(0)]);
        for area in merges.iter().map(|merge| merge.area) {
            let row = |row: u32| u16::try_from(row).unwrap_or(u16::MAX);
            data.extend_from_slice(&words(&[row(area.top), row(area.bottom), area.left, area.right]));
        }
        record(&mut out, 0x00e5, &data);
    }
    record(&mut out, 0x000a, &[]);
    Ok(out)
}

fn columns(out: &mut Vec<u8>, spec: &SheetSpec) {
    let mut columns: Vec<u16> =
        spec.widths.iter().map(|(col, _)| *col).chain(spec.hidden_cols.iter().copied()).collect();
    columns.sort_unstable();
    columns.dedup();
    for col in columns.into_iter().filter(|col| usize::from(*col) < COLS) {
        let width =
            spec.widths.iter().find(|(at, _)| *at == col).map_or(9.0, |(_, width)| width.clamp(0.0, 255.0));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0..=255 before"
        )]
        let width = (width * 256.0) as u16;
        let hidden = u16::from(spec.hidden_cols.contains(&col));
        record(out, 0x007d, &words(&[col, col, width, CellFormat::General as u16, hidden, 0]));
    }
}

/// The cells in blocks of 32 rows: first the rows, then what is in them.
fn cells(out: &mut Vec<u8>, spec: &SheetSpec, width: usize, strings: &mut Strings) -> Result<(), WriteFault> {
    let mut anchors = HashMap::new();
    for merge in &spec.merges {
        let place = (merge.area.top as usize, usize::from(merge.area.left));
        anchors
            .insert(place, CellSpec { value: Input::Text(merge.text.clone()), style: merge.style.clone() });
    }
    let hidden = |row: usize| spec.hidden_rows.iter().any(|hidden| *hidden as usize == row);
    let merged = anchors.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
    let last_hidden = spec.hidden_rows.iter().map(|row| *row as usize + 1).max().unwrap_or(0);
    let rows = spec.rows.len().max(merged).max(last_hidden).min(ROWS);
    let columns = anchors.keys().map(|(_, col)| col + 1).max().unwrap_or(0).max(width);
    for block in (0..rows).step_by(32) {
        let block = block..(block + 32).min(rows);
        for row in block.clone() {
            let flags = 0x0100 | if hidden(row) { 0x0020 } else { 0 };
            let end = u16::try_from(columns).unwrap_or(0);
            record(out, 0x0208, &words(&[u16::try_from(row).unwrap_or(0), 0, end, 0x00ff, 0, 0, flags, 15]));
        }
        for row in block {
            for col in 0..columns {
                let cell =
                    anchors.get(&(row, col)).or_else(|| spec.rows.get(row).and_then(|cells| cells.get(col)));
                if let Some(cell) = cell {
                    write_cell(out, row, col, cell, &spec.name, strings)?;
                }
            }
        }
    }
    Ok(())
}

fn write_cell(
    out: &mut Vec<u8>,
    row: usize,
    col: usize,
    cell: &CellSpec,
    sheet: &str,
    strings: &mut Strings,
) -> Result<(), WriteFault> {
    let (row, col) = (u16::try_from(row).unwrap_or(u16::MAX), u16::try_from(col).unwrap_or(u16::MAX));
    let place = || a1(u32::from(row), col);
    let bold = matches!(cell.style, Style::Title | Style::Header);
    let format = match (&cell.value, bold) {
        (Input::Percent(_), false) => CellFormat::Percent,
        (Input::Percent(_), true) => CellFormat::BoldPercent,
        (Input::Date { .. }, false) => CellFormat::Date,
        (Input::Date { .. }, true) => CellFormat::BoldDate,
        (_, false) => CellFormat::General,
        (_, true) => CellFormat::Bold,
    };
    let mut data = words(&[row, col, format as u16]);
    let number = match &cell.value {
        Input::Blank | Input::Formula { cached: None, .. } => return Ok(()),
        Input::Text(text) => {
            if text.encode_utf16().count() > CHARS {
                let what = format!("the text of {}", place());
                return Err(WriteFault::OutsideFormat { sheet: sheet.to_owned(), what });
            }
            data.extend_from_slice(&strings.number(text).to_le_bytes());
            record(out, 0x00fd, &data);
            return Ok(());
        }
        Input::Bool(value) => {
            data.extend_from_slice(&[u8::from(*value), 0]);
            record(out, 0x0205, &data);
            return Ok(());
        }
        Input::Error(kind) => {
            data.extend_from_slice(&[error_code(*kind), 1]);
            record(out, 0x0205, &data);
            return Ok(());
        }
        Input::Number(value) | Input::Percent(value) | Input::Formula { cached: Some(value), .. } => {
            finite(*value, sheet, place)?
        }
        Input::Decimal(text) => decimal(text, sheet, place)?,
        Input::Date { year, month, day } => serial_of_date(*year, *month, *day)
            .ok_or_else(|| WriteFault::NoSuchDate { sheet: sheet.to_owned(), cell: place() })?,
    };
    data.extend_from_slice(&number.to_le_bytes());
    record(out, 0x0203, &data);
    Ok(())
}

fn error_code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Null => 0x00,
        ErrorKind::Div0 => 0x07,
        ErrorKind::Value | ErrorKind::Spill | ErrorKind::Calc | ErrorKind::Other => 0x0f,
        ErrorKind::Ref => 0x17,
        ErrorKind::Name => 0x1d,
        ErrorKind::Num => 0x24,
        ErrorKind::Na | ErrorKind::GettingData => 0x2a,
    }
}

fn window(out: &mut Vec<u8>, spec: &SheetSpec) {
    let frozen = spec.freeze.filter(|(rows, cols)| *rows > 0 || *cols > 0);
    let flags = 0x00b6 | if frozen.is_some() { 0x0108 } else { 0 };
    record(out, 0x023e, &words(&[flags, 0, 0, 0x0040, 0, 0, 0, 0, 0]));
    if let Some((rows, cols)) = frozen {
        let rows = u16::try_from(rows).unwrap_or(u16::MAX);
        let pane = match (rows, cols) {
            (0, _) => 1,
            (_, 0) => 2,
            _ => 0,
        };
        record(out, 0x0041, &words(&[cols, rows, rows, cols, pane]));
    }
}
