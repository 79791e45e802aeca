//! Files that are broken, hostile or of the wrong kind: each gets a named finding or error, a non-zero exit code, and
//! leaves the ledger as it was.

use std::io::Write as _;
use std::path::PathBuf;

use crate::support::{Shop, credit_code, register};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook whose one sheet has this XML, written in pieces so that it may be huge.
fn workbook(pieces: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", BOOK_RELS)]
    {
        zip.start_file(name, options).expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.start_file("xl/worksheets/sheet1.xml", options.large_file(true)).expect("started");
    for piece in pieces {
        zip.write_all(&piece).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn sheet(body: &str) -> Vec<u8> {
    let text = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>"#
    );
    workbook(std::iter::once(text.into_bytes()))
}

/// Imports a file into a ledger with two enterprises; nothing may be accepted, `says` must be said, and the ledger must be
/// sound and unchanged afterwards.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, says: &str) {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(2)));
    let path: PathBuf = shop.file(name, bytes);
    let ran = shop.run(&["import", "--accept", &path.to_string_lossy()]);
    assert_ne!(ran.code, 0, "{}", ran.out);
    assert!(ran.code > 0, "the main process must survive: {}", ran.err);
    ran.says(says);
    let revisions = shop.run(&["--format", "json", "revisions"]).json();
    assert_eq!(revisions.as_array().map(Vec::len), Some(1), "nothing was accepted");
    shop.run(&["verify"]).expect_code(0);
}

#[test]
fn not_a_workbook() {
    check("报表.xlsx", "这不是表格".as_bytes().repeat(3), "报表.xlsx");
    check("报表.xlsx", b"\x7fELF\x02\x01\x01 and so on", "报表.xlsx");
    check("报表.xlsx", "<html><body><table><tr><td>1</td></tr></table></body></html>", "报表.xlsx");
}

#[test]
fn a_truncated_zip() {
    let whole = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    check("报表.xlsx", &whole[..whole.len() / 2], "不完整");
}

#[test]
fn a_zip_bomb() {
    let pieces = (0..600).map(|i| if i == 0 { b"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>".to_vec() } else { vec![b'A'; 1 << 20] });
    check("报表.xlsx", workbook(pieces), "报表.xlsx");
}

#[test]
fn far_cells_do_not_abort() {
    let far = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#);
    check("报表.xlsx", far, "报表.xlsx");
}

#[test]
fn a_reference_beyond_the_sheet_is_not_wrapped() {
    check("报表.xlsx", sheet(r#"<row r="1"><c r="B4294967298"><v>1</v></c></row>"#), "报表.xlsx");
}

#[test]
fn a_document_type_is_refused() {
    let text = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>"#;
    check("报表.xlsx", workbook(std::iter::once(text.as_bytes().to_vec())), "报表.xlsx");
}

#[test]
fn a_password_protected_workbook() {
    // An encrypted workbook is a compound file with a stream of this name; its directory is all a reader looks at.
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a container");
    container.create_stream("EncryptedPackage").expect("a stream").write_all(&[0; 64]).expect("written");
    container.create_stream("EncryptionInfo").expect("a stream").write_all(&[4, 0, 4, 0]).expect("written");
    container.flush().expect("flushed");
    check("报表.xlsx", container.into_inner().into_inner(), "密码");
}

#[test]
fn sheets_without_any_known_heading() {
    check("报表.csv", "颜色,形状\n红,圆\n", "表头");
}

#[test]
fn a_month_out_of_range() {
    let text = format!("统一社会信用代码,企业名称,报告期,本月产值（万元）,累计产值（万元）\n{},宁波测试0号机械有限公司,2023年13月,5,5\n", credit_code(0));
    check("产值.csv", text, "2023年13月");
}

#[test]
fn a_column_of_reference_errors() {
    let mut rows = String::new();
    for (r, cells) in [
        ["统一社会信用代码", "企业名称", "报告期", "本月产值（万元）", "累计产值（万元）"].map(str::to_owned),
        [credit_code(0), "宁波测试0号机械有限公司".into(), "2023年9月".into(), "#REF!".into(), "#REF!".into()],
        [credit_code(1), "宁波测试1号机械有限公司".into(), "2023年9月".into(), "#REF!".into(), "#REF!".into()],
    ]
    .iter()
    .enumerate()
    {
        rows.push_str(&format!("<row r=\"{}\">", r + 1));
        for (c, text) in cells.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + u8::try_from(c).expect("few")), r + 1);
            if text.starts_with('#') {
                rows.push_str(&format!("<c r=\"{place}\" t=\"e\"><v>{text}</v></c>"));
            } else {
                rows.push_str(&format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
            }
        }
        rows.push_str("</row>");
    }
    check("产值.xlsx", sheet(&rows), "#REF!");
}

#[test]
fn a_formula_that_was_never_calculated() {
    let head = ["统一社会信用代码", "企业名称", "报告期", "本月产值（万元）"];
    let mut row = String::from("<row r=\"1\">");
    for (c, text) in head.iter().enumerate() {
        row.push_str(&format!("<c r=\"{}1\" t=\"inlineStr\"><is><t>{text}</t></is></c>", char::from(b'A' + u8::try_from(c).expect("few"))));
    }
    row.push_str("</row><row r=\"2\">");
    for (c, text) in [credit_code(0), "宁波测试0号机械有限公司".into(), "2023年9月".into()].iter().enumerate() {
        row.push_str(&format!("<c r=\"{}2\" t=\"inlineStr\"><is><t>{text}</t></is></c>", char::from(b'A' + u8::try_from(c).expect("few"))));
    }
    row.push_str("<c r=\"D2\"><f>1+1</f></c></row>");
    check("产值.xlsx", sheet(&row), "公式没有计算结果");
}

#[test]
fn the_same_code_with_two_names() {
    let text = format!("统一社会信用代码,企业名称\n{0},宁波甲有限公司\n{0},宁波乙有限公司\n", credit_code(9));
    check("名录.csv", text, &credit_code(9));
}

#[test]
fn a_file_over_the_size_limit() {
    let shop = Shop::new();
    let path = shop.path("大.csv");
    // A sparse file: 201 MB of zeros without the disk space.
    std::fs::File::create(&path).and_then(|f| f.set_len(201 << 20)).expect("created");
    let ran = shop.run(&["import", "--accept", &path.to_string_lossy()]);
    assert!(ran.code > 0, "{}", ran.out);
    ran.says("大.csv");
}
