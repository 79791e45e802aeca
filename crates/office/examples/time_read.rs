//! Reads a workbook and prints how long it took and how much memory it needed.
//!
//! `cargo run --release -p parkledger-office --example time_read -- FILE [dump]`

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use parkledger_office::sheet::{CellValue, a1};
use parkledger_office::{Limits, Workbook, number, read};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: time_read FILE [dump]")?;
    let bytes = std::fs::read(&path)?;
    let start = Instant::now();
    let book = read(&bytes, &path, &Limits::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let cells: usize = book.sheets.iter().map(|sheet| sheet.cells.len()).sum();
    println!(
        "{path}: {:?}, {} sheets, {cells} cells, {seconds:.3} s{}",
        book.kind,
        book.sheets.len(),
        peak()
    );
    if arguments.next().is_some() {
        dump(&book);
    }
    Ok(())
}

fn dump(book: &Workbook) {
    for sheet in &book.sheets {
        println!(
            "== {} (hidden {}, {} merges, hidden rows {:?}, hidden columns {:?})",
            sheet.name,
            sheet.hidden,
            sheet.merges.len(),
            sheet.hidden_rows,
            sheet.hidden_cols
        );
        for (_, cells) in sheet.row_iter() {
            let show = |cell: &parkledger_office::Cell| {
                let value = match cell.value {
                    CellValue::Text(_) => sheet.text(cell).unwrap_or_default().to_owned(),
                    CellValue::Number { value, percent } => {
                        number::number_text(value) + if percent { " (%)" } else { "" }
                    }
                    other => other.civil().map_or_else(|| format!("{other:?}"), |at| format!("{at:?}")),
                };
                format!("{}={value}", a1(cell.row, cell.col))
            };
            println!("{}", cells.iter().map(show).collect::<Vec<_>>().join(" | "));
        }
    }
}

/// The peak of resident memory, where the system tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map(|peak| format!(", peak {}", peak.trim())).unwrap_or_default()
}
