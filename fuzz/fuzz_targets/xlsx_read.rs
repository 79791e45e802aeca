//! Bytes as an xlsx container, and the same bytes as the sheet inside an honest container: most mutations of a whole
//! container die in its checksums and would never reach the sheet reader.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::{Limits, read};
use std::io::{Cursor, Write};

const WORKBOOK: &str = "<workbook><sheets><sheet name='S' id='r1'/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id='r1' Type='t/worksheet' Target='worksheets/sheet1.xml'/>\
    <Relationship Id='r2' Type='t/sharedStrings' Target='sharedStrings.xml'/></Relationships>";
const STRINGS: &str = "<sst><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si></sst>";

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_cells: 100_000, max_unzipped: 16 << 20, ..Limits::default() };
    drop(read(data, "a.xlsx", &limits));
    let parts: [(&str, &[u8]); 4] = [
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.xml", STRINGS.as_bytes()),
        ("xl/worksheets/sheet1.xml", data),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(name, options).expect("a new name");
        zip.write_all(content).expect("memory");
    }
    let whole = zip.finish().expect("memory").into_inner();
    if let Ok(book) = read(&whole, "a.xlsx", &limits) {
        let cells = &book.sheets[0].cells;
        assert!(cells.is_sorted_by(|a, b| (a.row, a.col) < (b.row, b.col)), "cells are in order and unique");
        assert!(
            cells.iter().all(|cell| cell.row < 1_048_576 && cell.col < 16_384),
            "cells are inside the sheet"
        );
    }
});
