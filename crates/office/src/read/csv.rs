//! Text with separators: UTF-8 (with or without a mark), UTF-16 with a mark, GB18030.
//!
//! Every field is text; what it means is for others to say (`00123` is no number here). Empty lines count as rows,
//! so that a place names the row a person sees. The separator (comma, tab, semicolon) is the one that divides most
//! lines alike; a first line `sep=;` decides, as in Excel.
//!
//! A quote opens only at the start of a field, is doubled to stand for itself, and what follows the closing quote up
//! to the separator belongs to the field, as in Excel.

use super::pool::{Interner, TextBudget};
use super::{Limits, Progress};
use crate::fault::{LooksLike, ReadFault, ReferenceFault};
use crate::sheet::{Cell, CellValue, FileKind, MAX_COLS, MAX_ROWS, Sheet, Workbook, a1};
use std::borrow::Cow;

/// Lines that are looked at to find the separator.
const SNIFFED_LINES: usize = 50;

/// Reads a text file as a workbook of one sheet, named like the file.
pub(super) fn read(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Workbook, ReadFault> {
    let text = decode(bytes)?;
    let mut text = text.as_ref();
    if text
        .chars()
        .take(4096)
        .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}'))
    {
        return Err(ReadFault::NotAWorkbook { looks_like: LooksLike::Binary });
    }
    let separator = match declared_separator(text) {
        Some((separator, rest)) => {
            text = rest;
            separator
        }
        None => sniff(text),
    };
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let name = base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned();
    let mut table = Table {
        limits,
        sheet: Sheet { name, ..Sheet::default() },
        strings: Interner::default(),
        budget: TextBudget::default(),
        row: 0,
        col: 0,
    };
    let total = text.len() as u64;
    let mut told = 0;
    split(text, separator, &mut |event, done| {
        if done - told > 256 << 10 {
            told = done;
            progress(Progress { done: done as u64, total, cells: table.sheet.cells.len() });
        }
        table.take(event)
    })?;
    progress(Progress { done: total, total, cells: table.sheet.cells.len() });
    table.sheet.strings = table.strings.into_strings();
    Ok(Workbook { kind: FileKind::Csv, sheets: vec![table.sheet], has_macros: false })
}

/// The text, by its mark or as the first encoding that fits it throughout.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadFault> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Some(Cow::Borrowed(text)),
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        },
    };
    text.ok_or(ReadFault::BadEncoding)
}

fn declared_separator(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let separator = line.trim_end().strip_prefix("sep=")?;
    match separator.as_bytes() {
        [byte] if byte.is_ascii() && *byte != b'"' => Some((*byte, rest)),
        [] if line.contains('\t') => Some((b'\t', rest)),
        _ => None,
    }
}

fn sniff(text: &str) -> u8 {
    let mut best = (0, 0, b',');
    for separator in [b',', b'\t', b';'] {
        let mut widths: Vec<usize> = Vec::new();
        let mut width = 0;
        let mut lines = 0;
        // The fault only stops the splitting after enough lines; it goes nowhere.
        let result = split(text, separator, &mut |event, _| {
            match event {
                Event::Field(_) => width += 1,
                Event::RowEnd => {
                    widths.push(width);
                    width = 0;
                    lines += 1;
                }
            }
            if lines < SNIFFED_LINES { Ok(()) } else { Err(ReadFault::BadEncoding) }
        });
        drop(result);
        widths.retain(|width| *width > 1);
        widths.sort_unstable();
        let alike = widths.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).max().unwrap_or((0, 0));
        if (alike.0, alike.1) > (best.0, best.1) {
            best = (alike.0, alike.1, separator);
        }
    }
    best.2
}

/// A field or the end of a row.
enum Event<'t> {
    Field(Cow<'t, str>),
    RowEnd,
}

/// Calls `take` for each field and each end of a row, with the bytes behind it.
fn split<'t>(
    text: &'t str,
    separator: u8,
    take: &mut dyn FnMut(Event<'t>, usize) -> Result<(), ReadFault>,
) -> Result<(), ReadFault> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (field, end) = field(text, at, separator);
        take(Event::Field(field), end)?;
        match bytes.get(end) {
            Some(byte) if *byte == separator => {
                at = end + 1;
                // A separator at the very end closes a field that is empty.
                if at == bytes.len() {
                    take(Event::RowEnd, at)?;
                }
            }
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                at = end + 2;
                take(Event::RowEnd, at)?;
            }
            _ => {
                at = end + 1;
                take(Event::RowEnd, end)?;
            }
        }
    }
    Ok(())
}

/// The field that begins at `start` and the place of the byte that ends it.
fn field(text: &str, start: usize, separator: u8) -> (Cow<'_, str>, usize) {
    let bytes = text.as_bytes();
    let ends = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
    let plain_end =
        |from: usize| bytes[from..].iter().position(|byte| ends(*byte)).map_or(bytes.len(), |at| from + at);
    if bytes[start] != b'"' {
        let end = plain_end(start);
        return (Cow::Borrowed(&text[start..end]), end);
    }
    let mut content = String::new();
    let mut at = start + 1;
    loop {
        let Some(quote) = bytes[at..].iter().position(|byte| *byte == b'"').map(|quote| at + quote) else {
            // An unclosed quote runs to the end of the text.
            content.push_str(&text[at..]);
            return (Cow::Owned(content), bytes.len());
        };
        content.push_str(&text[at..quote]);
        at = quote + 1;
        if bytes.get(at) != Some(&b'"') {
            break;
        }
        content.push('"');
        at += 1;
    }
    let end = plain_end(at);
    content.push_str(&text[at..end]);
    (Cow::Owned(content), end)
}

/// Collects fields into a sheet.
struct Table<'l> {
    limits: &'l Limits,
    sheet: Sheet,
    strings: Interner,
    budget: TextBudget,
    row: u32,
    col: u32,
}

impl Table<'_> {
    fn take(&mut self, event: Event<'_>) -> Result<(), ReadFault> {
        match event {
            Event::RowEnd => {
                self.row += 1;
                self.col = 0;
                Ok(())
            }
            Event::Field(field) => {
                self.col += 1;
                if field.is_empty() || field == "\u{1a}" { Ok(()) } else { self.put(&field) }
            }
        }
    }

    fn put(&mut self, field: &str) -> Result<(), ReadFault> {
        let sheet = || self.sheet.name.clone();
        let col = u16::try_from(self.col - 1).ok().filter(|col| *col < MAX_COLS);
        let Some(col) = col.filter(|_| self.row < MAX_ROWS) else {
            let reference = format!("R{}C{}", self.row + 1, self.col);
            return Err(ReadFault::BadReference {
                sheet: sheet(),
                reference,
                why: ReferenceFault::OutsideSheet,
            });
        };
        if self.sheet.cells.len() >= self.limits.max_cells {
            return Err(ReadFault::TooManyCells { sheet: sheet(), limit: self.limits.max_cells });
        }
        let limit = self.limits.max_cell_chars;
        if field.len() > limit && field.chars().count() > limit {
            return Err(ReadFault::CellTooLong { sheet: sheet(), cell: a1(self.row, col), limit });
        }
        let number = self.strings.number(field, &mut self.budget, self.limits)?;
        self.sheet.cells.push(Cell { row: self.row, col, value: CellValue::Text(number) });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(bytes: &[u8]) -> String {
        let book = read(bytes, "dir/甲.csv", &Limits::default(), &mut |_| {}).unwrap();
        assert_eq!((book.sheets[0].name.as_str(), book.kind), ("甲", FileKind::Csv));
        let sheet = &book.sheets[0];
        let show = |cell: &Cell| format!("{}={}", a1(cell.row, cell.col), sheet.text(cell).unwrap());
        sheet.cells.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(rows(text.as_bytes()), expect);
    }

    #[test]
    fn fields_and_rows() {
        check("a,b\nc,d\n", "A1=a B1=b A2=c B2=d");
        check("a,b\r\n\r\nc,,d", "A1=a B1=b A3=c C3=d");
        check("a,b\rc,d\r", "A1=a B1=b A2=c B2=d");
        check("\"a,\"\"x\"\"\n1\",b\n,c", "A1=a,\"x\"\n1 B1=b B2=c");
        check("a\"b,\"c\"d\n", "A1=a\"b B1=cd");
        check("a,\"unclosed\n1,2", "A1=a B1=unclosed\n1,2");
        check("=\"001\",2\n", "A1==\"001\" B1=2");
    }

    #[test]
    fn separators_are_found() {
        check("甲;乙\n1,5;2,5\n2,5;3,5\n", "A1=甲 B1=乙 A2=1,5 B2=2,5 A3=2,5 B3=3,5");
        check("标题,说明\na\tb\tc\nd\te\tf\n", "A1=标题,说明 A2=a B2=b C2=c A3=d B3=e C3=f");
        check("sep=|\na|b\n", "A1=a B1=b");
        check("one\ntwo\n", "A1=one A2=two");
    }

    #[test]
    fn encodings_are_found() {
        let text = "企业,产值\n甲厂,1\n";
        let expect = "A1=企业 B1=产值 A2=甲厂 B2=1";
        assert_eq!(rows(text.as_bytes()), expect);
        assert_eq!(rows(format!("\u{feff}{text}").as_bytes()), expect);
        assert_eq!(rows(&encoding_rs::GB18030.encode(text).0), expect);
        let little: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&little), expect);
        let big: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(rows(&big), expect);
        // 0xFF is neither UTF-8 nor GB18030.
        assert_eq!(
            read(b"a,\xff\xff\n", "a.csv", &Limits::default(), &mut |_| {}),
            Err(ReadFault::BadEncoding)
        );
    }

    #[test]
    fn limits_hold() {
        let limits = Limits { max_cells: 2, max_cell_chars: 3, ..Limits::default() };
        let fault = |text: &str| read(text.as_bytes(), "s.csv", &limits, &mut |_| {}).unwrap_err();
        assert_eq!(fault("a,b,c"), ReadFault::TooManyCells { sheet: "s".into(), limit: 2 });
        assert_eq!(
            fault("a\nabcd"),
            ReadFault::CellTooLong { sheet: "s".into(), cell: "A2".into(), limit: 3 }
        );
        assert!(matches!(fault(&",".repeat(20_000).replace(",,,", ",,,x")), ReadFault::TooManyCells { .. }));
        let wide = format!("{}x", ",".repeat(16_384));
        assert!(matches!(fault(&wide), ReadFault::BadReference { .. }));
    }

    proptest! {
        /// The csv crate, an independent reader, sees the same fields when no row is empty.
        #[test]
        fn agrees_with_the_csv_crate(table in prop::collection::vec(prop::collection::vec("[a-c甲\",\n ]{1,5}", 2..5), 1..6)) {
            let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &table { writer.write_record(row).unwrap(); }
            let bytes = writer.into_inner().unwrap();
            let mut sheet = Vec::new();
            split(std::str::from_utf8(&bytes).unwrap(), b',', &mut |event, _| {
                match event {
                    Event::Field(field) => {
                        if sheet.is_empty() { sheet.push(Vec::new()); }
                        sheet.last_mut().unwrap().push(field.into_owned());
                    }
                    Event::RowEnd => sheet.push(Vec::new()),
                }
                Ok(())
            }).unwrap();
            sheet.pop();
            prop_assert_eq!(sheet, table);
        }

        #[test]
        fn any_bytes_end_in_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            drop(super::super::read(&bytes, "x", &Limits::default()));
        }
    }
}
