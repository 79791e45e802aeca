//! Bytes as a compound file, and the same bytes as a bare stream of records.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::{Limits, read};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_cells: 100_000, ..Limits::default() };
    drop(read(data, "a.xls", &limits));
    let mut stream = vec![0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    stream.extend_from_slice(data);
    if let Ok(book) = read(&stream, "a.xls", &limits) {
        for sheet in &book.sheets {
            assert!(
                sheet.cells.is_sorted_by(|a, b| (a.row, a.col) < (b.row, b.col)),
                "cells are in order and unique"
            );
        }
    }
});
