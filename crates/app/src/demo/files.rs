//! Sheets as grids of cells, and grids as file bytes.
//!
//! Deliberately absent: how a format is written; that is the `office` crate's work.

use std::collections::BTreeMap;

use office::sheet::Area;
use office::write::{BookSpec, CellSpec, CsvEncoding, Input, MergeSpec, SheetSpec, Style};
use rust_decimal::Decimal;

use super::DemoFile;
use super::oddity::Cell;
use super::spec::Format;
use super::workbook::Workbook;

/// Bounds of a column's width, in characters.
const NARROWEST: u32 = 6;
const WIDEST: u32 = 34;

/// The filled cells of a sheet and what is done to its rows.
#[derive(Debug, Default)]
pub(super) struct Grid {
    cells: BTreeMap<(u32, u16), (Style, Cell)>,
    merges: Vec<Area>,
    hidden_rows: Vec<u32>,
}

/// A sheet with its name.
pub(super) struct SheetGrid {
    /// Name of the sheet.
    pub(super) name: String,
    /// Whether its tab is hidden.
    pub(super) hidden: bool,
    /// Its cells.
    pub(super) grid: Grid,
}

impl Grid {
    /// Fills a cell.
    pub(super) fn put(&mut self, row: u32, column: u16, cell: Cell) {
        self.put_as(Style::Plain, row, column, cell);
    }

    /// Fills a cell that looks like a title, heading or note.
    pub(super) fn put_as(&mut self, style: Style, row: u32, column: u16, cell: Cell) {
        self.cells.insert((row, column), (style, cell));
    }

    /// Merges a range of more than one cell.
    pub(super) fn merge(&mut self, area: Area) {
        let single = (area.top, area.left) == (area.bottom, area.right);
        if !single && area.top <= area.bottom && area.left <= area.right {
            self.merges.push(area);
        }
    }

    /// Hides a row; its cells stay.
    pub(super) fn hide(&mut self, row: u32) {
        self.hidden_rows.push(row);
    }

    /// Whether any cell contains `text`.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.cells.values().any(|(_, cell)| matches!(cell, Cell::Text(held) if held.contains(text)))
    }

    fn rows(&self) -> Vec<Vec<CellSpec>> {
        let mut rows: Vec<Vec<CellSpec>> = Vec::new();
        for ((row, column), (style, cell)) in &self.cells {
            let row = usize::try_from(*row).unwrap_or(usize::MAX);
            rows.resize_with(rows.len().max(row.saturating_add(1)), Vec::new);
            let column = usize::from(*column);
            let cells = &mut rows[row];
            cells.resize_with(cells.len().max(column + 1), CellSpec::blank);
            cells[column] = CellSpec { value: input(cell), style: style.clone() };
        }
        rows
    }

    /// Widths in characters that show most of each column; titles run over their merged cells.
    fn widths(&self) -> Vec<(u16, f64)> {
        let mut widths: BTreeMap<u16, u32> = BTreeMap::new();
        for ((_, column), (style, cell)) in &self.cells {
            if matches!(style, Style::Plain | Style::Header) {
                let width = widths.entry(*column).or_insert(NARROWEST);
                *width = (*width).max(cell_width(cell)).min(WIDEST);
            }
        }
        widths.into_iter().map(|(column, width)| (column, f64::from(width + 2))).collect()
    }

    fn merges(&self) -> Vec<MergeSpec> {
        let shown = |area: &Area| match self.cells.get(&(area.top, area.left)) {
            Some((style, Cell::Text(text))) => (style.clone(), text.clone()),
            _ => (Style::Plain, String::new()),
        };
        self.merges
            .iter()
            .map(|area| {
                let (style, text) = shown(area);
                MergeSpec { area: *area, text, style }
            })
            .collect()
    }
}

/// The file a workbook becomes; the error is a sentence.
pub(super) fn file(workbook: &Workbook, format: Format) -> Result<DemoFile, String> {
    let ending = match format {
        Format::Xlsx => "xlsx",
        Format::Xls => "xls",
        Format::Et => "et",
        Format::CsvGb18030 | Format::CsvUtf8Bom | Format::CsvUtf8 => "csv",
    };
    let name = format!("{}.{ending}", workbook.name);
    let encoding = match format {
        Format::Xlsx | Format::Xls | Format::Et => None,
        Format::CsvGb18030 => Some(CsvEncoding::Gb18030),
        Format::CsvUtf8Bom => Some(CsvEncoding::Utf8Bom),
        Format::CsvUtf8 => Some(CsvEncoding::Utf8),
    };
    let bytes = match (encoding, workbook.sheets.as_slice()) {
        (Some(encoding), [sheet]) => office::write::csv(&sheet.grid.rows(), encoding),
        (Some(_), sheets) => return Err(format!("a csv file holds one sheet, not {}", sheets.len())),
        (None, _) if format == Format::Xlsx => office::write::xlsx(&book(workbook)),
        (None, _) => office::write::xls(&book(workbook)),
    };
    Ok(DemoFile { name, bytes: bytes.map_err(|fault| fault.to_string())? })
}

fn book(workbook: &Workbook) -> BookSpec {
    let sheet = |sheet: &SheetGrid| SheetSpec {
        name: sheet.name.clone(),
        hidden: sheet.hidden,
        widths: sheet.grid.widths(),
        rows: sheet.grid.rows(),
        merges: sheet.grid.merges(),
        hidden_rows: sheet.grid.hidden_rows.clone(),
        ..SheetSpec::default()
    };
    BookSpec { sheets: workbook.sheets.iter().map(sheet).collect() }
}

fn input(cell: &Cell) -> Input {
    match cell {
        Cell::Text(text) => Input::Text(text.clone()),
        Cell::Number(number) => Input::Decimal(number.to_string()),
        Cell::Percent(fraction) => Input::Percent(nearest(*fraction)),
        Cell::Date(date) => Input::Date {
            year: date.year(),
            month: u8::try_from(date.month()).unwrap_or(1),
            day: u8::try_from(date.day()).unwrap_or(1),
        },
        Cell::Formula(text, cached) => Input::Formula { text: text.clone(), cached: Some(nearest(*cached)) },
    }
}

/// How wide a cell is written, in characters; an ideograph takes two.
fn cell_width(cell: &Cell) -> u32 {
    let width = |text: &str| text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum();
    match cell {
        Cell::Text(text) => text.lines().map(width).max().unwrap_or(0),
        Cell::Number(number) | Cell::Percent(number) | Cell::Formula(_, number) => width(&number.to_string()),
        Cell::Date(_) => 10,
    }
}

/// The float a spreadsheet program would store for this number.
fn nearest(number: Decimal) -> f64 {
    number.to_string().parse().expect("a decimal is written as a float is read")
}
