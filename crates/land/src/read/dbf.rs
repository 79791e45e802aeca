//! The attribute table of a Shapefile: dBase III as GIS programs write it, Chinese text included.
//!
//! Which encoding the text is in is stated in a `.cpg` beside it, or in a byte of the header, or nowhere – and the
//! statement is often wrong. So the text itself is tried: what is stated wins if the text fits it.
//!
//! Deliberately absent: memo files, indices.

use encoding_rs::{BIG5, GB18030, UTF_8, WINDOWS_1252};

use super::bytes::Bytes;
use super::collect::{Collector, digits, text};
use crate::{Attribute, Place, Trouble, Value, What};

/// Rows whose text is tried.
const TRIED_ROWS: u32 = 2000;

/// An encoding of a table.
#[derive(Clone, Copy, PartialEq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// By what a `.cpg` says: `UTF-8`, `GBK`, `936`, `ANSI 936`, `OEM`…; nothing when it says nothing known.
    pub fn named(label: &str) -> Option<Encoding> {
        let label: String =
            label.trim().to_ascii_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let number: String = label.chars().filter(char::is_ascii_digit).collect();
        let encoding = match (label.as_str(), number.as_str()) {
            ("UTF8", _) | (_, "65001") => UTF_8,
            ("GBK" | "GB2312" | "GB18030" | "EUCCN" | "CP936", _) | (_, "936" | "54936") => GB18030,
            ("BIG5", _) | (_, "950") => BIG5,
            ("ISO88591" | "LATIN1", _) | (_, "1252" | "88591") => WINDOWS_1252,
            _ => return None,
        };
        Some(Encoding(encoding))
    }

    /// By the language byte of the header.
    fn by_language(byte: u8) -> Option<Encoding> {
        let encoding = match byte {
            0x4d | 0x7a => GB18030,
            0x4f | 0x78 => BIG5,
            0x03 | 0x57 | 0x58 | 0x59 => WINDOWS_1252,
            _ => return None,
        };
        Some(Encoding(encoding))
    }

    /// Text and whether it fitted. A character cut off by the width of the field is dropped.
    fn decode(self, bytes: &[u8]) -> (String, bool) {
        let mut end = bytes.len();
        for _ in 0..4 {
            let (decoded, bad) = self.0.decode_without_bom_handling(&bytes[..end]);
            if !bad {
                return (decoded.into_owned(), true);
            }
            end = end.saturating_sub(1);
        }
        (self.0.decode_without_bom_handling(bytes).0.into_owned(), false)
    }
}

/// An attribute table in memory.
pub struct Table {
    bytes: Vec<u8>,
    /// Where rows begin, and how long each is.
    start: usize,
    length: usize,
    rows: u32,
    fields: Vec<Field>,
    encoding: Encoding,
}

struct Field {
    raw_name: Vec<u8>,
    name: String,
    kind: u8,
    /// Where it begins in the row, after the mark of deletion.
    at: usize,
    length: usize,
}

impl Table {
    /// Opens a table, and names the stated encoding if its text does not fit it. Nothing when it is no table.
    pub fn open(bytes: Vec<u8>, stated: Option<Encoding>) -> Option<(Table, Option<String>)> {
        let mut header = Bytes::new(&bytes);
        header.take(8)?;
        let start = usize::from(header.u16_le()?);
        let length = usize::from(header.u16_le()?);
        header.take(17)?;
        let language = header.u8()?;
        header.take(2)?;
        let fields = fields(header, start.checked_sub(32)?)?;
        let needed = fields.iter().map(|field| field.at + field.length).max().unwrap_or(1);
        if length == 0 || needed > length || start > bytes.len() {
            return None;
        }
        // Rows that are there, whatever the header says.
        let rows = u32::try_from((bytes.len() - start) / length).unwrap_or(u32::MAX);
        let declared = Bytes::new(&bytes[4..]).u32_le()?;
        let guess = Encoding(GB18030);
        let mut table = Table { bytes, start, length, rows: rows.min(declared), fields, encoding: guess };
        let stated = stated.or_else(|| Encoding::by_language(language));
        table.encoding = table.fitting(stated);
        for field in &mut table.fields {
            table.encoding.decode(&field.raw_name).0.trim().clone_into(&mut field.name);
        }
        let doubted =
            stated.filter(|stated| *stated != table.encoding).map(|stated| stated.0.name().to_owned());
        Some((table, doubted))
    }

    /// The stated encoding if all text fits, else the first of UTF-8 and GB18030 that fits better.
    fn fitting(&self, stated: Option<Encoding>) -> Encoding {
        let misfits = |encoding: Encoding| {
            let texts = self.fields.iter().filter(|field| field.kind == b'C');
            let rows = 0..self.rows.min(TRIED_ROWS);
            let names = self.fields.iter().map(|field| field.raw_name.as_slice());
            let cells = texts.flat_map(|field| rows.clone().filter_map(|row| self.cell(row, field)));
            names.chain(cells).filter(|bytes| !bytes.is_ascii() && !encoding.decode(bytes).1).count()
        };
        let tried = stated.into_iter().chain([Encoding(UTF_8), Encoding(GB18030)]);
        tried.min_by_key(|encoding| misfits(*encoding)).unwrap_or(Encoding(GB18030))
    }

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Whether the row carries the mark of deletion.
    pub fn is_deleted(&self, row: u32) -> bool {
        self.raw(row).and_then(|raw| raw.first()) == Some(&b'*')
    }

    fn raw(&self, row: u32) -> Option<&[u8]> {
        if row >= self.rows {
            return None;
        }
        let at = self.start.checked_add(usize::try_from(row).ok()?.checked_mul(self.length)?)?;
        self.bytes.get(at..at + self.length)
    }

    fn cell(&self, row: u32, field: &Field) -> Option<&[u8]> {
        let raw = self.raw(row)?.get(field.at..field.at + field.length)?;
        let end = raw.iter().position(|byte| *byte == 0).unwrap_or(raw.len());
        Some(raw[..end].trim_ascii())
    }

    /// The attributes of a row; none beyond the last.
    pub fn row(&self, row: u32, place: &Place, collector: &mut Collector<'_>) -> Vec<Attribute> {
        if row >= self.rows {
            return Vec::new();
        }
        let mut attributes = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let value = self.value(row, field, place, collector);
            collector.attribute(&mut attributes, &field.name, value, place);
        }
        attributes
    }

    fn value(&self, row: u32, field: &Field, place: &Place, collector: &mut Collector<'_>) -> Value {
        let binary = || self.raw(row).and_then(|raw| raw.get(field.at..field.at + field.length));
        match field.kind {
            b'B' | b'O' if field.length == 8 => {
                return binary().and_then(|raw| Bytes::new(raw).f64_le()).map_or(Value::Missing, digits);
            }
            b'I' if field.length == 4 => {
                let whole = binary().and_then(|raw| Bytes::new(raw).u32_le()).map(u32::cast_signed);
                return whole.map_or(Value::Missing, |whole| Value::Number(whole.to_string()));
            }
            // Memos are in a file of their own that is not read.
            b'M' | b'G' | b'P' | b'B' => return Value::Missing,
            _ => {}
        }
        let Some(cell) = self.cell(row, field) else { return Value::Missing };
        let (written, fits) = self.encoding.decode(cell);
        match field.kind {
            b'N' | b'F' => number(&written),
            b'D' => date(&written),
            b'L' => match written.as_str() {
                "T" | "t" | "Y" | "y" => Value::Truth(true),
                "F" | "f" | "N" | "n" => Value::Truth(false),
                _ => Value::Missing,
            },
            _ => {
                if !fits {
                    let encoding = self.encoding.0.name().to_owned();
                    let garbled = What::Garbled { encoding, attribute: field.name.clone() };
                    collector.trouble(Trouble::doubt(place.clone(), garbled));
                }
                text(&written)
            }
        }
    }
}

/// The fields of a header of that many bytes, up to its end mark.
fn fields(mut header: Bytes<'_>, length: usize) -> Option<Vec<Field>> {
    let mut header = Bytes::new(header.take(length)?);
    let mut fields = Vec::new();
    // The first byte of a row is the mark of deletion.
    let mut at = 1;
    while header.len() >= 32 {
        let mut field = Bytes::new(header.take(32)?);
        let name = field.take(11)?;
        if name[0] == 0x0d {
            break;
        }
        let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
        let kind = field.u8()?.to_ascii_uppercase();
        field.take(4)?;
        let (low, decimals) = (field.u8()?, field.u8()?);
        // Text may be longer than a byte can say: then the decimals are the high byte.
        let length =
            if kind == b'C' { usize::from(low) + usize::from(decimals) * 256 } else { usize::from(low) };
        fields.push(Field { raw_name: name[..end].to_vec(), name: String::new(), kind, at, length });
        at += length;
    }
    Some(fields)
}

/// A number in its digits; what is none stays text, so that nothing is lost.
fn number(written: &str) -> Value {
    let written = written.trim();
    if written.is_empty() || written.bytes().all(|byte| byte == b'*') {
        return Value::Missing;
    }
    match written.parse::<f64>() {
        Ok(value) if written.contains(['e', 'E']) => digits(value),
        Ok(value) if value.is_finite() => {
            // Programs fill the width of the field with zeros.
            let short = if written.contains('.') {
                written.trim_end_matches('0').trim_end_matches('.')
            } else {
                written
            };
            Value::Number(short.trim_start_matches('+').to_owned())
        }
        _ => text(written),
    }
}

/// `20240131` as a day; what is none stays text.
fn date(written: &str) -> Value {
    let written = written.trim();
    if written.is_empty() || written.bytes().all(|byte| byte == b'0') {
        return Value::Missing;
    }
    if written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Value::Date(format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..]));
    }
    text(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_lose_their_padding() {
        let number = |written| number(written).text().map(str::to_owned);
        assert_eq!(number("  9600.500000000").as_deref(), Some("9600.5"));
        assert_eq!(number("20000.000").as_deref(), Some("20000"));
        assert_eq!(number("100").as_deref(), Some("100"));
        assert_eq!(number("1.5e3").as_deref(), Some("1500"));
        assert_eq!(number("*****"), None);
        assert_eq!(number("n/a").as_deref(), Some("n/a"));
    }

    #[test]
    fn encodings_are_known_by_their_labels() {
        let named = |label: &str| Encoding::named(label).map(|encoding| encoding.0.name());
        for label in ["GBK", "gb2312", "936", "ANSI 936", "CP936", "GB18030"] {
            assert_eq!(named(label), Some("gb18030"), "{label}");
        }
        assert_eq!((named("UTF-8\r\n"), named("65001")), (Some("UTF-8"), Some("UTF-8")));
        assert_eq!(named("OEM"), None);
    }

    #[test]
    fn a_character_cut_off_by_the_field_is_dropped() {
        // "宁波" in UTF-8 without its last byte.
        assert_eq!(Encoding(UTF_8).decode(&"宁波".as_bytes()[..5]), ("宁".to_owned(), true));
        assert!(!Encoding(UTF_8).decode(&[0xc4, 0xfe, 0xb2, 0xa8, b'a', b'b', b'c', b'd']).1);
    }
}
