//! Printing: tables as text with Chinese aligned, as JSON or as CSV; sentences to standard output.

use std::io::Write as _;

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use serde_json::{Map, Value};

use model::wording::number::{grouped, say as rounded};
use rust_decimal::Decimal;

use super::{DONE, Format};

/// A line under the heading and nothing between rows: many rows fit a screen.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// A table with Chinese headings and the keys of its JSON form.
pub(super) struct Sheet {
    columns: Vec<(String, String, bool)>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Columns as (JSON key, heading, whether right-aligned).
    pub(super) fn new(columns: &[(&str, &str, bool)]) -> Self {
        let owned =
            |(key, heading, right): &(&str, &str, bool)| ((*key).to_owned(), (*heading).to_owned(), *right);
        Self { columns: columns.iter().map(owned).collect(), rows: Vec::new() }
    }

    /// Adds a row; as many cells as columns.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Prints it in the format asked for.
    pub(super) fn print(&self, format: Format) -> anyhow::Result<()> {
        let text = match format {
            Format::Text | Format::File(_) => self.text(),
            Format::Json => serde_json::to_string_pretty(&self.json())?,
            Format::Csv => self.csv()?,
        };
        say(text.trim_end())
    }

    /// The rows as JSON objects.
    pub(super) fn json(&self) -> Value {
        let object = |row: &Vec<String>| {
            let pairs = self
                .columns
                .iter()
                .zip(row)
                .map(|((key, _, _), cell)| (key.clone(), Value::from(cell.clone())));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }

    fn csv(&self) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|(_, heading, _)| heading))?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }

    fn text(&self) -> String {
        let mut table = Table::new();
        table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
        if !table.is_tty() {
            table.set_width(160);
        }
        table.set_header(
            self.columns.iter().map(|(_, heading, _)| Cell::new(heading).add_attribute(Attribute::Bold)),
        );
        for row in &self.rows {
            table.add_row(row.iter().zip(&self.columns).map(|(cell, (_, _, right))| {
                let alignment = if *right { CellAlignment::Right } else { CellAlignment::Left };
                Cell::new(cell).set_alignment(alignment)
            }));
        }
        table.to_string()
    }
}

/// Prints what was found: as JSON all of it, else its tables, and below them as text its sentences. Of tables without a row only
/// the first is printed.
pub(super) fn shown(
    format: Format,
    found: &impl serde::Serialize,
    told: impl FnOnce() -> (Vec<Sheet>, Vec<String>),
) -> anyhow::Result<u8> {
    if format == Format::Json {
        json(found)?;
        return Ok(DONE);
    }
    let (sheets, sentences) = told();
    for (at, sheet) in sheets.iter().enumerate().filter(|(at, sheet)| *at == 0 || sheet.len() > 0) {
        if at > 0 && format == Format::Text {
            say("")?;
        }
        sheet.print(format)?;
    }
    if format == Format::Text {
        for sentence in sentences {
            say(sentence)?;
        }
    }
    Ok(DONE)
}

/// A number in a table: rounded to so many places and its digits in threes for reading, exact for machines; nothing where there is none.
pub(super) fn number(format: Format, value: impl Into<Option<Decimal>>, places: u32) -> String {
    let Some(value) = value.into() else { return String::new() };
    if format == Format::Text { grouped(&rounded(value, places)) } else { value.normalize().to_string() }
}

/// A text in a table; nothing where there is none.
pub(super) fn text(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

/// Prints a line; a closed pipe (`| head`) ends the program quietly.
pub(super) fn say(text: impl AsRef<str>) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{}", text.as_ref()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => Ok(other?),
    }
}

/// A moment in Chinese standard time, to the minute: `2023-11-20 09:29`.
pub(super) fn when(at: jiff::Timestamp) -> String {
    let local = jiff::tz::Offset::constant(8).to_datetime(at);
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Prints a value as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    say(serde_json::to_string_pretty(value)?)
}
