//! Bytes as a text file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::{Limits, read};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_cells: 100_000, ..Limits::default() };
    if let Ok(book) = read(data, "a.csv", &limits) {
        for cell in book.sheets.iter().flat_map(|sheet| &sheet.cells) {
            assert!(cell.row < 1_048_576 && cell.col < 16_384, "cells are inside the sheet");
        }
    }
});
