//! Workbooks built by hand, honest and hostile, through the public entry.

use super::*;
use crate::fault::{BombKind, ReferenceFault};
use crate::number::number_text;
use crate::sheet::{CellValue, FileKind, a1};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A container of parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx file with one sheet `S` of this XML and further parts.
fn book(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let workbook = more.iter().find(|(name, _)| *name == "xl/workbook.xml").map_or_else(
        || format!("<workbook xmlns='{MAIN}' xmlns:r='{REL}'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>"),
        |(_, content)| (*content).to_owned(),
    );
    let root = format!(
        "<Relationships><Relationship Id='r1' Type='{REL}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    );
    let mut relations = format!(
        "<Relationships><Relationship Id='r1' Type='{REL}/worksheet' Target='worksheets/sheet1.xml'/>\
         <Relationship Id='r9' Type='{REL}/chartsheet' Target='chartsheets/sheet1.xml'/>"
    );
    for (kind, file) in [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")] {
        if more.iter().any(|(name, _)| name.ends_with(file)) {
            relations +=
                &["<Relationship Id='", kind, "' Type='", REL, "/", kind, "' Target='/xl/", file, "'/>"]
                    .concat();
        }
    }
    relations.push_str("</Relationships>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    let others = more.iter().filter(|(name, _)| *name != "xl/workbook.xml");
    parts.extend(others.map(|(name, content)| (*name, content.as_bytes())));
    package(&parts)
}

fn sheet(rows: &str) -> String {
    format!("<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

/// Every cell of a sheet as `B7=value`.
fn show(sheet: &crate::sheet::Sheet) -> String {
    let cells = sheet.cells.iter().map(|cell| {
        let value = match cell.value {
            CellValue::Text(_) => format!("{:?}", sheet.text(cell).unwrap()),
            CellValue::Number { value, percent } => number_text(value) + if percent { " as %" } else { "" },
            CellValue::DateTime { .. } => {
                let at = cell.value.civil().unwrap();
                let date = format!("{}-{:02}-{:02}", at.year, at.month, at.day);
                if (at.hour, at.minute) == (0, 0) {
                    date
                } else {
                    format!("{date} {:02}:{:02}", at.hour, at.minute)
                }
            }
            CellValue::Bool(value) => value.to_string(),
            CellValue::Error(kind) => kind.text().to_owned(),
            CellValue::FormulaWithoutValue => "formula?".to_owned(),
        };
        format!("{}={value}", a1(cell.row, cell.col))
    });
    cells.collect::<Vec<_>>().join(" ")
}

fn check_with(sheet_xml: &str, more: &[(&str, &str)], expect: &str) {
    let book = read(&book(sheet_xml, more), "a.xlsx", &Limits::default()).unwrap();
    assert_eq!(show(&book.sheets[0]), expect);
}

/// Checks rows with either kind of quotes: one goes through the XML parser, the other takes the short way.
fn check(rows: &str, expect: &str) {
    check_with(&sheet(rows), &[], expect);
    check_with(&sheet(&rows.replace('\'', "\"")), &[], expect);
}

fn fault_of(bytes: &[u8], limits: &Limits) -> ReadFault {
    read(bytes, "a.xlsx", limits).unwrap_err()
}

#[expect(clippy::needless_pass_by_value, reason = "expectations are written in place")]
fn check_fault(rows: &str, expect: ReadFault) {
    for rows in [rows.to_owned(), rows.replace('\'', "\"")] {
        assert_eq!(fault_of(&book(&sheet(&rows), &[]), &Limits::default()), expect, "{rows}");
    }
}

fn bad(reference: &str, why: ReferenceFault) -> ReadFault {
    ReadFault::BadReference { sheet: "S".into(), reference: reference.into(), why }
}

#[test]
fn every_kind_of_cell() {
    check(
        "<row r='1'><c r='A1'><v>18532.600000000002</v></c><c r='B1' t='b'><v>1</v></c><c r='C1' t='e'><v>#REF!</v></c>\
         <c r='D1' t='str'><f>A1</f><v>甲</v></c><c r='E1' t='inlineStr'><is><t>乙</t><rPh><t>yi</t></rPh><r><t>&amp;c</t></r></is></c>\
         <c r='F1' t='d'><v>2023-09-01T12:30:00</v></c></row>",
        "A1=18532.6 B1=true C1=#REF! D1=\"甲\" E1=\"乙&c\" F1=2023-09-01 12:30",
    );
    // Empty cells and empty texts are no cells; a formula without a result is one.
    check(
        "<row r='2'><c r='A2' s='3'/><c r='B2' t='str'><f>X</f><v></v></c><c r='C2'><f>A1+1</f></c><c r='D2'><f>A1</f><v/></c></row>",
        "C2=formula? D2=formula?",
    );
    // Without references the cells follow one another; a number that is none stays as text.
    check(
        "<row><c><v>1</v></c><c><v>x1</v></c></row><row><c><v>1e999</v></c></row>",
        "A1=1 B1=\"x1\" A2=\"1e999\"",
    );
}

#[test]
fn shared_strings_formats_and_1904() {
    let strings = "<sst><si><t>企业</t></si><si><r><t>规</t></r><r><t xml:space='preserve'>上 </t></r><rPh sb='0' eb='1'><t>gui</t></rPh></si><si><t/></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"'/></numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>\
                  <cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs></styleSheet>";
    let rows = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c>\
                <c r='D1' s='1'><v>0.125</v></c><c r='E1' s='2'><v>45170</v></c><c r='F1' s='3'><v>-1</v></c><c r='G1' s='99'><v>7</v></c></row>";
    let parts = [("xl/sharedStrings.xml", strings), ("xl/styles.xml", styles)];
    check_with(&sheet(rows), &parts, "A1=\"企业\" B1=\"规上 \" D1=0.125 as % E1=2023-09-01 F1=-1 G1=7");
    let workbook = "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='S' r:id='r1'/></sheets></workbook>";
    let rows = "<row r='1'><c r='A1' s='2'><v>43708</v></c></row>"; // 45170 - 1462
    check_with(&sheet(rows), &[parts[0], parts[1], ("xl/workbook.xml", workbook)], "A1=2023-09-01");
}

#[test]
fn merges_and_hidden_things() {
    let xml = format!(
        "<worksheet xmlns='{MAIN}'><cols><col min='2' max='3' hidden='1'/><col min='5' max='5' width='9'/></cols><sheetData>\
         <row r='3' hidden='1'><c r='A3'><v>1</v></c></row><row r='7' hidden='true'/></sheetData>\
         <mergeCells count='2'><mergeCell ref='B2:D2'/><mergeCell ref='A1:C1'/></mergeCells></worksheet>"
    );
    let workbook = "<workbook xmlns:r='r'><sheets><sheet name='图' r:id='r9'/><sheet name='甲&amp;乙' state='veryHidden' r:id='r1'/></sheets></workbook>";
    let book = read(&book(&xml, &[("xl/workbook.xml", workbook)]), "a.et", &Limits::default()).unwrap();
    assert_eq!((book.kind, book.has_macros, book.sheets.len()), (FileKind::Et, false, 2));
    assert!(book.sheets[0].cells.is_empty());
    let sheet = &book.sheets[1];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("甲&乙", true));
    assert_eq!(sheet.hidden_rows, [2, 6]);
    assert_eq!(sheet.hidden_cols, [1, 2]);
    assert_eq!(sheet.merged_anchor(1, 3), Some((1, 1)));
    assert_eq!(sheet.merges.len(), 2);
}

#[test]
fn macros_are_noted_and_left_alone() {
    let bytes = book(
        &sheet("<row r='1'><c r='A1'><v>1</v></c></row>"),
        &[("xl/vbaProject.bin", "not even a project")],
    );
    let book = read(&bytes, "a.xlsm", &Limits::default()).unwrap();
    assert_eq!((book.kind, book.has_macros, show(&book.sheets[0])), (FileKind::Xlsm, true, "A1=1".into()));
}

#[test]
fn texts_are_shared_out_to_several_sheets() {
    let workbook = "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='r1'/><sheet name='T' r:id='r1'/></sheets></workbook>";
    let rows = "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='inlineStr'><is><t>own</t></is></c></row>";
    let parts = [
        ("xl/sharedStrings.xml", "<sst><si><t>a</t></si><si><t>b</t></si></sst>"),
        ("xl/workbook.xml", workbook),
    ];
    let book = read(&book(&sheet(rows), &parts), "a.xlsx", &Limits::default()).unwrap();
    for sheet in &book.sheets {
        assert_eq!(show(sheet), "A1=\"b\" B1=\"own\"");
        assert_eq!(sheet.strings, ["own", "b"]);
    }
}

#[test]
fn a_far_cell_costs_nothing() {
    check(
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>",
        "A1=1 XFD1048576=2",
    );
    let lying = sheet("<row r='1'><c r='A1'><v>1</v></c></row>")
        .replace("<sheetData>", "<dimension ref='A1:XFD1048576'/><sheetData>");
    check_with(&lying, &[], "A1=1");
}

#[test]
fn references_are_checked() {
    let cell = |reference: &str| format!("<row r='2'><c r='{reference}'><v>1</v></c></row>");
    check_fault(&cell("B4294967298"), bad("B4294967298", ReferenceFault::OutsideSheet));
    check_fault(&cell("XFE2"), bad("XFE2", ReferenceFault::OutsideSheet));
    check_fault(&cell("A0"), bad("A0", ReferenceFault::NotAReference));
    check_fault(&cell(""), bad("", ReferenceFault::NotAReference));
    check_fault(&cell("A3"), bad("A3", ReferenceFault::OtherRow));
    check_fault("<row r='1048577'/>", bad("1048577", ReferenceFault::OutsideSheet));
    check_fault("<row r='4294967297'/>", bad("4294967297", ReferenceFault::OutsideSheet));
    check_fault("<row r='2'/><row r='2'/>", bad("2", ReferenceFault::Repeated));
    check_fault("<row r='3'/><row r='1'/>", bad("1", ReferenceFault::Backwards));
    check_fault("<row r='1'><c r='B1'/><c r='B1'/></row>", bad("B1", ReferenceFault::Repeated));
    check_fault("<row r='1'><c r='C1'/><c r='A1'/></row>", bad("A1", ReferenceFault::Backwards));
    let merged =
        |area: &str| sheet("").replace("</worksheet>", &format!("<mergeCell ref='{area}'/></worksheet>"));
    for (area, why) in [
        ("A1:XFE1", ReferenceFault::OutsideSheet),
        ("Z1:A9", ReferenceFault::Backwards),
        ("A1:", ReferenceFault::NotAReference),
    ] {
        assert_eq!(fault_of(&book(&merged(area), &[]), &Limits::default()), bad(area, why));
    }
}

#[test]
fn counters_stop_large_content() {
    let small = Limits {
        max_cells: 3,
        max_cell_chars: 5,
        max_strings: 2,
        max_text_bytes: 8,
        max_sheets: 1,
        max_merges: 1,
        ..Limits::default()
    };
    let many = book(&sheet("<row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>"), &[]);
    assert_eq!(fault_of(&many, &small), ReadFault::TooManyCells { sheet: "S".into(), limit: 3 });
    let long = book(&sheet("<row r='1'><c r='A1' t='inlineStr'><is><t>甲乙丙丁戊己</t></is></c></row>"), &[]);
    assert_eq!(
        fault_of(&long, &small),
        ReadFault::CellTooLong { sheet: "S".into(), cell: "A1".into(), limit: 5 }
    );
    let strings = |xml: &str| fault_of(&book(&sheet(""), &[("xl/sharedStrings.xml", xml)]), &small);
    assert_eq!(strings("<sst><si><t>abcdef</t></si></sst>"), ReadFault::StringTooLong { index: 0, limit: 5 });
    assert_eq!(
        strings("<sst><si><t>a</t></si><si><t>b</t></si><si><t>c</t></si></sst>"),
        ReadFault::TooManyStrings { limit: 2 }
    );
    assert_eq!(
        strings("<sst><si><t>甲乙</t></si><si><t>丙</t></si></sst>"),
        ReadFault::TooMuchText { limit: 8 }
    );
    let merges =
        sheet("").replace("</worksheet>", "<mergeCell ref='A1:A2'/><mergeCell ref='B1:B2'/></worksheet>");
    assert_eq!(
        fault_of(&book(&merges, &[]), &small),
        ReadFault::TooManyMerges { sheet: "S".into(), limit: 1 }
    );
    let workbook = "<workbook><sheets><sheet name='S' id='r1'/><sheet name='T' id='r1'/></sheets></workbook>";
    assert_eq!(
        fault_of(&book(&sheet(""), &[("xl/workbook.xml", workbook)]), &small),
        ReadFault::TooManySheets { limit: 1 }
    );
}

#[test]
fn a_giant_text_is_stopped_long_before_its_end() {
    let rows =
        format!("<row r='1'><c r='A1' t='inlineStr'><is><t>{}</t></is></c></row>", "A".repeat(8 << 20));
    let expect = ReadFault::CellTooLong { sheet: "S".into(), cell: "A1".into(), limit: 32_767 };
    assert_eq!(fault_of(&book(&sheet(&rows), &[]), &Limits::default()), expect);
    let strings = format!("<sst><si><t>{}</t></si></sst>", "B".repeat(8 << 20));
    let fault = fault_of(&book(&sheet(""), &[("xl/sharedStrings.xml", &strings)]), &Limits::default());
    assert_eq!(fault, ReadFault::StringTooLong { index: 0, limit: 32_767 });
}

#[test]
fn the_directory_is_judged_first() {
    let limits =
        |limits: Limits| fault_of(&book(&sheet(""), &[("xl/media/a.png", &"x".repeat(5000))]), &limits);
    let bomb = |fault: ReadFault| match fault {
        ReadFault::ZipBomb { kind, .. } => Some(kind),
        _ => None,
    };
    assert_eq!(bomb(limits(Limits { max_parts: 3, ..Limits::default() })), Some(BombKind::Parts));
    assert_eq!(bomb(limits(Limits { max_unzipped: 4000, ..Limits::default() })), Some(BombKind::Size));
    let tight = book(&sheet(""), &[("xl/media/a.bin", &"x".repeat(17 << 20))]);
    assert_eq!(bomb(fault_of(&tight, &Limits::default())), Some(BombKind::Ratio));
    // A part that declares fewer bytes than it unpacks to: the size stands in the directory and in the local header.
    let text = sheet("<row r='1'><c r='A1'><v>1</v></c></row>");
    let mut lying = book(&text, &[]);
    let size = u32::try_from(text.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..*at + 4] == size).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        lying[at..at + 4].copy_from_slice(&20u32.to_le_bytes());
    }
    let fault = fault_of(&lying, &Limits::default());
    assert!(
        matches!(fault, ReadFault::ZipBomb { kind: BombKind::LyingSize, .. } | ReadFault::BrokenPart { .. }),
        "{fault:?}"
    );
}

#[test]
fn names_may_not_lead_out() {
    for name in ["../evil.xml", "xl/../../evil", "/etc/passwd", "C:/evil", "xl\\..\\..\\evil"] {
        let fault = fault_of(&book(&sheet(""), &[(name, "x")]), &Limits::default());
        assert!(matches!(&fault, ReadFault::UnsafePartName { .. }), "{name}: {fault:?}");
    }
    let twice = book(&sheet(""), &[("XL/Workbook.XML", "x")]);
    assert_eq!(
        fault_of(&twice, &Limits::default()),
        ReadFault::DuplicatePart { name: "xl/workbook.xml".into() }
    );
}

#[test]
fn declarations_and_entities_are_refused() {
    let part = || "xl/worksheets/sheet1.xml".to_owned();
    let external =
        sheet("").replace("<worksheet", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet");
    assert_eq!(fault_of(&book(&external, &[]), &Limits::default()), ReadFault::Doctype { part: part() });
    let laughs = "<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let fault = fault_of(&book(&sheet(""), &[("xl/sharedStrings.xml", laughs)]), &Limits::default());
    assert_eq!(fault, ReadFault::Doctype { part: "xl/sharedStrings.xml".into() });
    check_fault(
        "<row r='1'><c r='A1' t='inlineStr'><is><t>&e;</t></is></c></row>",
        ReadFault::Entity { part: part(), name: "e".into() },
    );
}

#[test]
fn damaged_containers() {
    let whole = book(&sheet("<row r='1'><c r='A1'><v>1</v></c></row>"), &[]);
    assert_eq!(fault_of(&whole[..whole.len() - 30], &Limits::default()), ReadFault::TruncatedZip);
    assert_eq!(fault_of(&whole[..200], &Limits::default()), ReadFault::TruncatedZip);
    let cut = sheet("<row r='1'>");
    let cut = &cut[..cut.len() - 20];
    assert!(matches!(fault_of(&book(cut, &[]), &Limits::default()), ReadFault::BrokenPart { .. }));
    check_fault(
        "<row r='1'><c r='A1' t='s'><v>7</v></c></row>",
        ReadFault::DanglingString { sheet: "S".into(), cell: "A1".into(), index: 7 },
    );
    let fault = fault_of(
        &book(&sheet(""), &[("xl/workbook.xml", "<workbook><sheets/></workbook>")]),
        &Limits::default(),
    );
    assert!(matches!(fault, ReadFault::BrokenPart { part, .. } if part == "xl/workbook.xml"));
    let workbook = "<workbook><sheets><sheet name='S' id='r7'/></sheets></workbook>";
    let fault = fault_of(&book(&sheet(""), &[("xl/workbook.xml", workbook)]), &Limits::default());
    assert_eq!(fault, ReadFault::MissingPart { part: "S".into() });
}

#[test]
fn other_containers_are_named() {
    let fault = |parts: &[(&str, &[u8])]| fault_of(&package(parts), &Limits::default());
    let foreign = |looks_like| ReadFault::NotAWorkbook { looks_like };
    assert_eq!(fault(&[("word/document.xml", b"<w/>")]), foreign(LooksLike::WordDocument));
    assert_eq!(fault(&[("ppt/presentation.xml", b"<p/>")]), foreign(LooksLike::Presentation));
    assert_eq!(fault(&[("a.txt", b"x")]), foreign(LooksLike::ZipArchive));
    let ods = fault(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    assert_eq!(ods, ReadFault::UnsupportedFormat { format: Unsupported::Ods });
    let root = format!(
        "<Relationships><Relationship Id='a' Type='{REL}/officeDocument' Target='xl/workbook.bin'/></Relationships>"
    );
    let xlsb = fault(&[("_rels/.rels", root.as_bytes()), ("xl/workbook.bin", b"x")]);
    assert_eq!(xlsb, ReadFault::UnsupportedFormat { format: Unsupported::Xlsb });
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn compound_files_are_told_apart() {
    assert_eq!(fault_of(&compound(&[("/EncryptedPackage", b"x")]), &Limits::default()), ReadFault::Encrypted);
    let foreign = |looks_like| ReadFault::NotAWorkbook { looks_like };
    assert_eq!(
        fault_of(&compound(&[("/WordDocument", b"x")]), &Limits::default()),
        foreign(LooksLike::WordDocument)
    );
    assert_eq!(
        fault_of(&compound(&[("/Other", b"x")]), &Limits::default()),
        foreign(LooksLike::OtherCompound)
    );
    let whole = compound(&[("/Workbook", &[7; 5000])]);
    assert!(matches!(fault_of(&whole[..600], &Limits::default()), ReadFault::BrokenBinary { .. }));
    assert!(matches!(fault_of(&whole, &Limits::default()), ReadFault::BrokenBinary { .. }));
}

/// A stream of records: kind and 16-bit words or bytes.
fn biff(records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, data) in records {
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&u16::try_from(data.len()).unwrap().to_le_bytes());
        out.extend_from_slice(data);
    }
    out
}

const BOF8: (u16, &[u8]) = (0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const BOF5: (u16, &[u8]) = (0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]);
const EOF: (u16, &[u8]) = (0x000a, &[]);

/// Globals with one sheet, whose records follow.
fn binary_book(
    bof: (u16, &[u8]),
    globals: &[(u16, &[u8])],
    name: &[u8],
    records: &[(u16, &[u8])],
) -> Vec<u8> {
    let length = |records: &[(u16, &[u8])]| biff(records).len();
    let offset = length(&[bof]) + length(globals) + 4 + 6 + name.len() + length(&[EOF]);
    let mut bound = u32::try_from(offset).unwrap().to_le_bytes().to_vec();
    bound.extend_from_slice(&[0, 0]);
    bound.extend_from_slice(name);
    let mut all = vec![bof];
    all.extend_from_slice(globals);
    all.extend_from_slice(&[(0x0085, &bound), EOF, bof]);
    all.extend_from_slice(records);
    all.push(EOF);
    biff(&all)
}

#[test]
fn binary_workbooks() {
    let f = |value: f64| value.to_le_bytes();
    let mut number = vec![0, 0, 0, 0, 1, 0];
    number.extend_from_slice(&f(0.5));
    // A formula at B1 whose text result follows, one at C1 whose result is missing, one at D1 with an error.
    let text_formula = |col: u8| [0, 0, col, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0];
    let error_formula = [0, 0, 3, 0, 0, 0, 2, 0, 0x17, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0];
    let globals: &[(u16, &[u8])] = &[
        (0x00e0, &[0, 0, 0, 0]),
        (0x00e0, &[0, 0, 9, 0]),
        (0x00fc, &[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, b'a', b'b']),
        // The second half of the string is wide.
        (0x003c, &[1, 0x32, 0x75, 0x59, 0x4e]),
    ];
    let records: &[(u16, &[u8])] = &[
        (0x0200, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]),
        (0x007d, &[2, 0, 3, 0, 0, 9, 0, 0, 1, 0, 0, 0]),
        (0x0208, &[1, 0, 0, 0, 3, 0, 0xff, 0, 0, 0, 0, 0, 0x20, 1, 15, 0]),
        (0x0203, &number),
        (0x0006, &text_formula(1)),
        (0x0207, &[2, 0, 0, b'o', b'k']),
        (0x0006, &text_formula(2)),
        (0x0006, &error_formula),
        (0x00fd, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (0x00bd, &[1, 0, 1, 0, 0, 0, 0x06, 0, 0, 0, 1, 0, 0x06, 0, 0, 0, 2, 0]),
        (0x0809, BOF8.1),
        (0x0203, &number),
        EOF,
        (0x00e5, &[1, 0, 1, 0, 1, 0, 0, 0, 2, 0]),
    ];
    let stream = binary_book(BOF8, globals, &[1, 0, b'S'], records);
    for bytes in [stream.clone(), compound(&[("/Workbook", &stream), ("/_VBA_PROJECT_CUR", b"x")])] {
        let book = read(&bytes, "a.et", &Limits::default()).unwrap();
        let sheet = &book.sheets[0];
        assert_eq!(show(sheet), "A1=0.5 as % B1=\"ok\" C1=formula? D1=#REF! A2=\"ab甲乙\" B2=1 C2=1 as %");
        assert_eq!(
            (book.kind, sheet.hidden_rows.as_slice(), sheet.hidden_cols.as_slice()),
            (FileKind::Et, &[1u32][..], &[2u16, 3][..])
        );
        assert_eq!(sheet.merges, [crate::sheet::Area { top: 1, left: 0, bottom: 1, right: 2 }]);
    }
    let twice = binary_book(BOF8, globals, &[1, 0, b'S'], &[(0x0203, &number), (0x0203, &number)]);
    assert_eq!(fault_of(&twice, &Limits::default()), bad("A1", ReferenceFault::Repeated));
    let encrypted = binary_book(BOF8, &[(0x002f, &[1, 0])], &[1, 0, b'S'], &[]);
    assert_eq!(fault_of(&encrypted, &Limits::default()), ReadFault::Encrypted);
    assert!(matches!(
        fault_of(&stream[..stream.len() - 9], &Limits::default()),
        ReadFault::BrokenBinary { .. }
    ));
    let limits = Limits { max_cells: 2, ..Limits::default() };
    assert_eq!(fault_of(&stream, &limits), ReadFault::TooManyCells { sheet: "S".into(), limit: 2 });
}

#[test]
fn binary_workbooks_of_the_nineties_speak_a_code_page() {
    let label = [0, 0, 0, 0, 0, 0, 4, 0, 0xbc, 0xd7, 0xb3, 0xa7]; // 甲厂 in GBK
    let bytes = binary_book(BOF5, &[(0x0042, &[0xa8, 0x03])], &[2, 0xb1, 0xed], &[(0x0204, &label)]);
    let book = read(&bytes, "a.xls", &Limits::default()).unwrap();
    assert_eq!((book.sheets[0].name.as_str(), show(&book.sheets[0])), ("表", "A1=\"甲厂\"".into()));
}

#[test]
fn faults_cross_a_process_border() {
    let fault = bad("B4294967298", ReferenceFault::OutsideSheet);
    let back: ReadFault = serde_json::from_str(&serde_json::to_string(&fault).unwrap()).unwrap();
    assert_eq!(back, fault);
    assert_eq!(fault.to_string(), "bad reference \"B4294967298\" in sheet \"S\": outside of any sheet");
}

#[test]
fn progress_reaches_the_end() {
    let row = |row: u32| format!("<row r='{row}'><c r='A{row}'><v>{row}</v></c></row>");
    let rows = (1..=20_000).map(row).collect::<Vec<_>>().concat();
    let mut told = Vec::new();
    read_with_progress(&book(&sheet(&rows), &[]), "a.xlsx", &Limits::default(), &mut |progress| {
        told.push(progress);
    })
    .unwrap();
    assert!(told.len() > 2 && told.is_sorted_by_key(|progress| progress.done));
    let last = told.last().unwrap();
    assert_eq!((last.done, last.cells), (last.total, 20_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The short way for plain cells gives what the XML parser gives, wherever chunks and markup break.
    #[test]
    fn the_short_way_changes_nothing(
        pieces in prop::collection::vec((0usize..15, "[a-z0-9.&;><\"/= ]{0,6}"), 0..12),
    ) {
        let mut xml = String::from("<row r='1'>");
        let mut row = 0;
        for (col, (form, text)) in pieces.iter().enumerate() {
            let place = a1(row, u16::try_from(col).unwrap());
            let text = if *form < 13 { text.replace(['<', '&'], "") } else { text.clone() };
            let cell = match form {
                0 => format!("<c r='{place}'><v>{col}</v></c>"),
                1 => format!("<c r='{place}' t='str'><f>{text}</f><v>{text}</v></c>"),
                2 => format!("<c r='{place}' s='1'/>"),
                3 => format!("<c r='{place}' t='str'><v>{text}</v></c>"),
                4 => format!("<c r='{place}'><f t='shared' si='0'/><v>{text}</v></c>"),
                5 => format!("<c t='str'  r = '{place}' ><v>{text}</v></c>"),
                6 => format!("<c r='{place}' t='str'><v>{text}&amp;</v></c>"),
                7 => format!("<c r='{place}' x='{text}'><v>1</v></c>"),
                8 => format!("<c r='{place}' t='inlineStr'><is><t>{text}</t></is></c>"),
                9 => format!("<c r='{place}' t='inlineStr'><is><r><t>{text}</t></r><t>{col}</t></is></c>"),
                10..=12 => {
                    row += 1;
                    let close = if *form < 12 { ">" } else { "/><row>" };
                    format!("</row><row r='{}' x='{text}'{close}", row + u32::from(*form == 11))
                }
                _ => text,
            };
            xml.push_str(&cell);
        }
        xml += "</row>";
        let read = |xml: &str| read(&book(&sheet(xml), &[]), "a.xlsx", &Limits::default()).map(|book| show(&book.sheets[0]));
        // A comment in front of the cells' ends leaves the meaning alone and the short way aside.
        let mut slow = xml.replace("</v></c>", "</v><!-- --></c>").replace("s='1'/>", "s='1'><!-- --></c>");
        slow = slow.replace("</is></c>", "</is><!-- --></c>").replace("</row><row", "</row><!-- --><row");
        let (quick, slow) = (read(&xml.replace('\'', "\"")), read(&slow.replace('\'', "\"")));
        if let (Ok(quick), Ok(slow)) = (&quick, &slow) {
            prop_assert_eq!(quick, slow);
        }
        prop_assert_eq!(quick.is_ok(), slow.is_ok());
    }

    /// Mutated parts end in an answer, never in a panic, and what is read keeps the order of cells.
    #[test]
    fn mutants_end_in_an_answer(edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12), 1..6)) {
        const TOKENS: [&str; 12] = ["<c ", "</c>", "<row ", "r=\"XFD1048576\"", "t=\"s\"", "<v>-1</v>", "&#x110000;", "<f>",
            "s=\"4294967296\"", "<mergeCell ref=\"A1:XFD1048576\"/>", "'", ">"];
        let mut xml = sheet("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><f>A1</f><v>2</v></c></row><row r='5'><c r='C5'><v>3</v></c></row>");
        for (at, token) in edits {
            let at = at.index(xml.len());
            xml.insert_str(at, TOKENS[token]);
        }
        if let Ok(book) = read(&book(&xml, &[("xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>")]), "a.xlsx", &Limits::default()) {
            prop_assert!(book.sheets[0].cells.is_sorted_by(|a, b| (a.row, a.col) < (b.row, b.col)));
        }
    }

    #[test]
    fn mutated_binaries_end_in_an_answer(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let number = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
        let globals: &[(u16, &[u8])] = &[(0x00fc, &[1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, b'a', b'b'])];
        let mut stream = binary_book(BOF8, globals, &[1, 0, b'S'], &[(0x0203, &number), (0x00fd, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0])]);
        for (at, byte) in edits {
            let at = at.index(stream.len());
            stream[at] = byte;
        }
        drop(read(&compound(&[("/Workbook", &stream)]), "a.xls", &Limits::default()));
    }
}
