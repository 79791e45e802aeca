//! The attribute table of a Shapefile.
//!
//! Its limits are the format's: names of ten bytes, texts of 254, 255 columns. What is longer is cut between
//! characters.

use encoding_rs::{Encoding, GBK, UTF_8};
use std::collections::HashSet;

use super::columns::{Column, Kind, columns, unique, value};
use crate::{Feature, Value, What};

/// Longest name and longest text in bytes, most columns.
const NAME: usize = 10;
const TEXT: usize = 254;
const MOST: usize = 255;

/// The table, and the name of its encoding for the `.cpg`.
pub fn table(features: &[Feature]) -> Result<(Vec<u8>, &'static str), What> {
    let mut columns = columns(features);
    columns.truncate(MOST);
    if columns.is_empty() {
        // The format wants at least one column.
        columns.push(Column { name: "id", kind: Kind::Whole });
    }
    let encoding = encoding(features, &columns);
    let mut taken = HashSet::new();
    let cells: Vec<Vec<Vec<u8>>> =
        columns.iter().map(|column| features.iter().map(|f| cell(f, column, encoding)).collect()).collect();
    let fields: Vec<Field> = columns
        .iter()
        .zip(&cells)
        .map(|(column, cells)| Field::new(column, cells, encoding, &mut taken))
        .collect();
    let row = 1 + fields.iter().map(|field| field.width).sum::<usize>();
    let rows = u32::try_from(features.len()).map_err(|_| too_large())?;
    let head = 32 + 32 * fields.len() + 1;
    let mut table = vec![3, 70, 1, 1];
    table.extend(rows.to_le_bytes());
    table.extend(u16::try_from(head).map_err(|_| too_large())?.to_le_bytes());
    table.extend(u16::try_from(row).map_err(|_| too_large())?.to_le_bytes());
    table.extend([0; 17]);
    // The language byte: 0x4D is code page 936; there is none for UTF-8.
    table.push(if encoding == GBK { 0x4d } else { 0 });
    table.extend([0; 2]);
    fields.iter().for_each(|field| field.describe(&mut table));
    table.push(0x0d);
    for at in 0..features.len() {
        table.push(b' ');
        for (field, cells) in fields.iter().zip(&cells) {
            field.fill(&mut table, &cells[at]);
        }
    }
    table.push(0x1a);
    Ok((table, if encoding == GBK { "GBK" } else { "UTF-8" }))
}

fn too_large() -> What {
    What::TooLarge { of: "attributes".to_owned(), limit: MOST as u64 }
}

/// GBK if every name and text has a place in it.
fn encoding(features: &[Feature], columns: &[Column<'_>]) -> &'static Encoding {
    let names = columns.iter().map(|column| column.name);
    let texts = features.iter().flat_map(|feature| &feature.attributes).filter_map(|a| a.value.text());
    let fits = |text: &str| text.is_ascii() || !GBK.encode(text).2;
    if names.chain(texts).all(fits) { GBK } else { UTF_8 }
}

/// As many whole characters as fit into so many bytes.
fn cut(text: &str, bytes: usize, encoding: &'static Encoding) -> Vec<u8> {
    let mut cut = Vec::new();
    let mut buffer = [0; 4];
    for c in text.chars() {
        let encoded = encoding.encode(c.encode_utf8(&mut buffer)).0.into_owned();
        if cut.len() + encoded.len() > bytes {
            break;
        }
        cut.extend(encoded);
    }
    cut
}

fn cell(feature: &Feature, column: &Column<'_>, encoding: &'static Encoding) -> Vec<u8> {
    match value(feature, column) {
        None | Some(Value::Missing) => Vec::new(),
        Some(Value::Truth(truth)) if column.kind == Kind::Truth => vec![if *truth { b'T' } else { b'F' }],
        Some(Value::Date(date)) if column.kind == Kind::Date => {
            date.bytes().filter(u8::is_ascii_digit).collect()
        }
        Some(value) => cut(value.text().unwrap_or_default(), TEXT, encoding),
    }
}

struct Field {
    name: Vec<u8>,
    kind: u8,
    width: usize,
    decimals: u8,
}

impl Field {
    fn new(
        column: &Column<'_>,
        cells: &[Vec<u8>],
        encoding: &'static Encoding,
        taken: &mut HashSet<String>,
    ) -> Field {
        let short = |name: &str, tail: usize| {
            let bytes = cut(name, NAME - tail.min(NAME), encoding);
            encoding.decode_without_bom_handling(&bytes).0.into_owned()
        };
        let name = unique(column.name, taken, short);
        let longest = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let point = |cell: &Vec<u8>| cell.iter().position(|byte| *byte == b'.');
        let decimals = cells.iter().filter_map(|cell| Some(cell.len() - point(cell)? - 1)).max().unwrap_or(0);
        let whole = cells.iter().map(|cell| point(cell).unwrap_or(cell.len())).max().unwrap_or(0);
        let (kind, width, decimals) = match column.kind {
            Kind::Whole => (b'N', longest, 0),
            // Numbers too wide for the format's 20 digits keep them as text.
            Kind::Number if whole + 1 + decimals <= 20 => (b'N', whole + 1 + decimals, decimals),
            Kind::Date => (b'D', 8, 0),
            Kind::Truth => (b'L', 1, 0),
            Kind::Number | Kind::Text => (b'C', longest, 0),
        };
        let decimals = u8::try_from(decimals).unwrap_or(0);
        Field { name: encoding.encode(&name).0.into_owned(), kind, width, decimals }
    }

    fn describe(&self, table: &mut Vec<u8>) {
        let mut name = self.name.clone();
        name.resize(11, 0);
        table.extend(name);
        table.push(self.kind);
        table.extend([0; 4]);
        table.push(u8::try_from(self.width).unwrap_or(u8::MAX));
        table.push(self.decimals);
        table.extend([0; 14]);
    }

    /// Numbers stand on the right, texts on the left.
    fn fill(&self, table: &mut Vec<u8>, cell: &[u8]) {
        let blanks = vec![b' '; self.width - cell.len().min(self.width)];
        if self.kind == b'N' {
            table.extend(&blanks);
            table.extend(cell);
        } else {
            table.extend(cell);
            table.extend(&blanks);
        }
    }
}
