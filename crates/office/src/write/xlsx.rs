//! `.xlsx` through rust_xlsxwriter.
//!
//! The writer stores a result with every formula; where the caller has none, a mark is stored and cut out of the
//! finished container, so that a file with uncalculated formulas can be made.

use super::{BookSpec, CellSpec, Input, MergeSpec, SheetSpec, Style, decimal, finite};
use crate::fault::WriteFault;
use crate::number::serial_of_date;
use crate::sheet::a1;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Workbook, Worksheet,
    XlsxError,
};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The stored result of a formula that has none; a private character that no caller's number can be.
const NO_RESULT: &str = "\u{e000}";

/// The workbook as the bytes of an `.xlsx` file. The same description gives the same bytes.
pub fn xlsx(book: &BookSpec) -> Result<Vec<u8>, WriteFault> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| refused("", &error))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let mut without_result = false;
    for spec in &book.sheets {
        let sheet = workbook.add_worksheet();
        without_result |= write_sheet(sheet, spec)?;
    }
    let bytes = workbook.save_to_buffer().map_err(|error| refused("", &error))?;
    if without_result { cut_results(&bytes) } else { Ok(bytes) }
}

/// Writes a sheet and says whether it has formulas without a result.
fn write_sheet(sheet: &mut Worksheet, spec: &SheetSpec) -> Result<bool, WriteFault> {
    let refuse = |error: XlsxError| refused(&spec.name, &error);
    sheet.set_name(&spec.name).map_err(refuse)?;
    sheet.set_hidden(spec.hidden);
    for (col, width) in &spec.widths {
        sheet.set_column_width(*col, *width).map_err(refuse)?;
    }
    let formats = Formats::new();
    let mut without_result = false;
    for (row, cells) in (0u32..).zip(&spec.rows) {
        for (index, cell) in cells.iter().enumerate() {
            let col = u16::try_from(index).map_err(|_| outside(&spec.name, "a row"))?;
            without_result |= matches!(cell.value, Input::Formula { cached: None, .. });
            write_cell(sheet, row, col, cell, &formats, &spec.name)?;
        }
    }
    for MergeSpec { area, text, style } in &spec.merges {
        // A title over a merged area stands in its middle; in a single cell that would cut its beginning.
        let format = formats.of(style, None).set_align(FormatAlign::Center);
        sheet.merge_range(area.top, area.left, area.bottom, area.right, text, &format).map_err(refuse)?;
    }
    for row in &spec.hidden_rows {
        sheet.set_row_hidden(*row).map_err(refuse)?;
    }
    for col in &spec.hidden_cols {
        sheet.set_column_hidden(*col).map_err(refuse)?;
    }
    if let Some((rows, cols)) = spec.freeze {
        sheet.set_freeze_panes(rows, cols).map_err(refuse)?;
    }
    if let Some(area) = spec.autofilter {
        sheet.autofilter(area.top, area.left, area.bottom, area.right).map_err(refuse)?;
    }
    on_paper(sheet, spec).map_err(refuse)?;
    Ok(without_result)
}

/// Characters in a line of an upright page.
const UPRIGHT: f64 = 90.0;

/// How a sheet is printed: on A4, as wide as the page – lying where it is wider than a page stands –, what stays in view on the screen
/// at the head of each page, and which page of how many at its foot.
fn on_paper(sheet: &mut Worksheet, spec: &SheetSpec) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    if spec.widths.iter().map(|(_, width)| width).sum::<f64>() > UPRIGHT {
        sheet.set_landscape();
    }
    if let Some(rows) = spec.freeze.map(|(rows, _)| rows).filter(|rows| *rows > 0) {
        sheet.set_repeat_rows(0, rows - 1)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    cell: &CellSpec,
    formats: &Formats,
    name: &str,
) -> Result<(), WriteFault> {
    let refuse = |error: XlsxError| refused(name, &error);
    let place = || a1(row, col);
    let number_format = match cell.value {
        Input::Percent(_) => Some("0.00%"),
        Input::Date { .. } => Some("yyyy-mm-dd"),
        _ if cell.style == Style::Money => Some("#,##0.00"),
        _ => None,
    };
    let format = &formats.of(&cell.style, number_format);
    if let Style::Link { sheet: to, row: to_row, col: to_col } = &cell.style {
        let target = format!("internal:'{}'!{}", to.replace('\'', "''"), a1(*to_row, *to_col));
        let text = if let Input::Text(text) = &cell.value { text.as_str() } else { "-" };
        sheet
            .write_url_with_options(row, col, Url::new(target).set_text(text), text, "", Some(format))
            .map_err(refuse)?;
    }
    match &cell.value {
        Input::Blank if cell.style == Style::Plain => Ok(sheet),
        Input::Blank => sheet.write_blank(row, col, format),
        Input::Text(_) if matches!(cell.style, Style::Link { .. }) => Ok(sheet),
        Input::Text(text) => sheet.write_string_with_format(row, col, text, format),
        Input::Number(value) | Input::Percent(value) => {
            sheet.write_number_with_format(row, col, finite(*value, name, place)?, format)
        }
        Input::Decimal(text) => sheet.write_number_with_format(row, col, decimal(text, name, place)?, format),
        Input::Date { year, month, day } => {
            let serial = serial_of_date(*year, *month, *day);
            let serial =
                serial.ok_or_else(|| WriteFault::NoSuchDate { sheet: name.to_owned(), cell: place() })?;
            sheet.write_number_with_format(row, col, serial, format)
        }
        Input::Bool(value) => sheet.write_boolean_with_format(row, col, *value, format),
        Input::Formula { text, cached } => {
            let result = match cached {
                Some(value) => finite(*value, name, place)?.to_string(),
                None => NO_RESULT.to_owned(),
            };
            sheet.write_formula_with_format(row, col, Formula::new(text).set_result(result), format)
        }
        Input::Error(kind) => {
            let formula = Formula::new(format!("={}", kind.text())).set_result(kind.text());
            sheet.write_formula_with_format(row, col, formula, format)
        }
    }
    .map(|_| ())
    .map_err(refuse)
}

/// The looks of cells.
struct Formats {
    plain: Format,
    title: Format,
    header: Format,
    note: Format,
    framed: Format,
    field: Format,
    link: Format,
}

impl Formats {
    fn new() -> Self {
        let header =
            Format::new().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let framed = Format::new().set_border(FormatBorder::Thin).set_border_color(0x00BF_BFBF);
        let framed = framed.set_text_wrap().set_align(FormatAlign::VerticalCenter);
        Self {
            plain: Format::new(),
            title: Format::new().set_bold().set_font_size(16),
            header: header.set_text_wrap().set_border(FormatBorder::Thin).set_background_color(0x00E7_EDF3),
            note: Format::new().set_font_size(9).set_font_color(0x0066_6666),
            field: framed.clone().set_background_color(0x00FF_F9E5),
            framed,
            link: Format::new().set_hyperlink(),
        }
    }

    fn of(&self, style: &Style, number_format: Option<&str>) -> Format {
        let format = match style {
            Style::Plain | Style::Money => &self.plain,
            Style::Title => &self.title,
            Style::Header => &self.header,
            Style::Note => &self.note,
            Style::Framed => &self.framed,
            Style::Field => &self.field,
            Style::Link { .. } => &self.link,
        };
        match number_format {
            Some(code) => format.clone().set_num_format(code),
            None => format.clone(),
        }
    }
}

/// Packs the container anew without the marks of missing results.
fn cut_results(bytes: &[u8]) -> Result<Vec<u8>, WriteFault> {
    let broken = |error: &dyn std::fmt::Display| WriteFault::Refused {
        sheet: String::new(),
        detail: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mark = format!("<v>{NO_RESULT}</v>");
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| broken(&error))?;
        let name = file.name().map_err(|error| broken(&error))?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(|error| broken(&error))?;
        if name.starts_with("xl/worksheets/")
            && let Ok(text) = std::str::from_utf8(&content)
        {
            content = text.replace(&mark, "").into_bytes();
        }
        writer.start_file(name, options).map_err(|error| broken(&error))?;
        writer.write_all(&content).map_err(|error| broken(&error))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|error| broken(&error))
}

fn refused(sheet: &str, error: &XlsxError) -> WriteFault {
    WriteFault::Refused { sheet: sheet.to_owned(), detail: error.to_string() }
}

fn outside(sheet: &str, what: &str) -> WriteFault {
    WriteFault::OutsideFormat { sheet: sheet.to_owned(), what: what.to_owned() }
}
