//! Files that are broken, hostile or of the wrong kind: each gets a named finding or error, a non-zero exit code, and
//! leaves the ledger as it was.
//!
//! Deliberately absent: the readers' own faults one by one (they are tested in the office crate). To add a case: a file's
//! bytes, the finding's code, its place and a part of its sentence, given to `check`.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use office::write::{BookSpec, CellSpec, Input, MergeSpec, SheetSpec, Style, xlsx};
use office::{Area, ErrorKind};

use crate::support::{BINARY, Ran, Shop, credit_code, firm, register, returns};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook whose one sheet has this XML, written in pieces so that it may be huge.
fn workbook(pieces: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
    ] {
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

/// What must be said about a file: the finding's code, its cell (empty: the whole file or sheet), a part of its sentence.
type Said<'a> = (&'a str, &'a str, &'a str);

/// Imports a file into a ledger with two enterprises; nothing may be accepted, the finding must be there with a hint, the
/// exit code must not be 0, and the ledger must be sound and unchanged afterwards.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, said: Said<'_>) {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(2)));
    let path = shop.file(name, bytes);
    let ran = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]).expect_code(1);
    finds(&ran, name, said);
    // A person reads the same sentence and the same hint.
    shop.run(&["import", "--accept", &path.to_string_lossy()]).expect_code(1).says(said.2).says("提示：");
    untouched(&shop);
}

/// Fails unless one finding of the import is as said, with file and hint.
#[track_caller]
fn finds(ran: &Ran, name: &str, (code, cell, part): Said<'_>) {
    let printed = ran.json();
    let findings = printed[0]["findings"].as_array().expect("a list");
    let fits = |f: &&serde_json::Value| {
        let cell_fits = cell.is_empty() || f["place"]["cell"] == cell;
        f["code"] == code && cell_fits && f["message"].as_str().is_some_and(|m| m.contains(part))
    };
    let found =
        findings.iter().find(fits).unwrap_or_else(|| panic!("no {code} {cell} “{part}” in {findings:#?}"));
    assert_eq!(found["place"]["file"], name);
    assert!(found["hint"].as_str().is_some_and(|h| !h.is_empty()), "no hint: {found}");
}

/// The ledger holds the register and nothing else, and is sound.
#[track_caller]
fn untouched(shop: &Shop) {
    let revisions = shop.run(&["--format", "json", "revisions"]).json();
    assert_eq!(revisions.as_array().map(Vec::len), Some(1), "nothing was accepted");
    shop.run(&["verify"]).expect_code(0);
}

/// Text cells; words that begin with `#` become error values.
fn row<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<CellSpec> {
    let cell = |text: &str| match text {
        "#REF!" => CellSpec { value: Input::Error(ErrorKind::Ref), style: Style::Plain },
        _ => CellSpec::text(text),
    };
    texts.into_iter().map(cell).collect()
}

fn one_sheet(rows: Vec<Vec<CellSpec>>, merges: Vec<MergeSpec>) -> Vec<u8> {
    let sheet = SheetSpec { name: "表1".to_owned(), rows, merges, ..SheetSpec::default() };
    xlsx(&BookSpec { sheets: vec![sheet] }).expect("a workbook")
}

const HEADINGS: [&str; 5] =
    ["统一社会信用代码", "企业名称", "报告期", "本月产值（万元）", "累计产值（万元）"];

#[test]
fn not_a_workbook() {
    check("报表.xlsx", "这不是表格。".repeat(3), ("layout-missing", "", "没有版式能读这张表"));
    check("报表.xlsx", b"\x7fELF\x02\x01\x01 and so on", ("file-unreadable", "", "程序"));
    check(
        "报表.xls",
        "<html><body><table><tr><td>1</td></tr></table></body></html>",
        ("file-unreadable", "", "网页"),
    );
    check("报表.xlsx", "", ("file-unreadable", "", "空文件"));
    check("报表.xlsx", b"%PDF-1.7\n%\xe2\xe3", ("file-unreadable", "", "PDF"));
}

#[test]
fn a_truncated_zip() {
    let whole = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    check("报表.xlsx", &whole[..whole.len() / 2], ("file-unreadable", "", "不完整"));
}

#[test]
fn a_zip_bomb() {
    // 600 MB of one letter in a file of some 600 kB.
    let first = b"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>".to_vec();
    let pieces = std::iter::once(first).chain((0..600).map(|_| vec![b'A'; 1 << 20]));
    check("报表.xlsx", workbook(pieces), ("file-unreadable", "", "异常巨大"));
}

#[test]
fn far_cells_do_not_abort() {
    let far = sheet(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
    );
    check("报表.xlsx", far, ("layout-missing", "", "没有版式能读这张表"));
}

#[test]
fn a_reference_beyond_the_sheet_is_not_wrapped() {
    let wraps = sheet(r#"<row r="1"><c r="B4294967298"><v>1</v></c></row>"#);
    check("报表.xlsx", wraps, ("file-unreadable", "", "B4294967298"));
}

#[test]
fn a_document_type_is_refused() {
    let text = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>"#;
    check(
        "报表.xlsx",
        workbook(std::iter::once(text.as_bytes().to_vec())),
        ("file-unreadable", "", "不允许的外部定义"),
    );
}

#[test]
fn a_password_protected_workbook() {
    // An encrypted workbook is a compound file with a stream of this name; its directory is all a reader looks at.
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a container");
    container.create_stream("EncryptedPackage").expect("a stream").write_all(&[0; 64]).expect("written");
    container.create_stream("EncryptionInfo").expect("a stream").write_all(&[4, 0, 4, 0]).expect("written");
    container.flush().expect("flushed");
    check("报表.xlsx", container.into_inner().into_inner(), ("file-unreadable", "", "打开密码"));
}

#[test]
fn sheets_without_any_known_heading() {
    check("报表.csv", "颜色,形状\n红,圆\n", ("layout-missing", "A1", "没有版式能读这张表"));
}

#[test]
fn the_wrong_sheet() {
    // Somebody sent the enterprises' register where output was asked for: read as output, its headings are named.
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(2)));
    let path = shop.file("名录.csv", register(3));
    let book = "规上工业产销月报";
    let ran = shop
        .run(&["--format", "json", "import", "--accept", "--book", book, &path.to_string_lossy()])
        .expect_code(1);
    finds(&ran, "名录.csv", ("layout-missing", "A1", "缺少"));
    untouched(&shop);
    // And a workbook whose second sheet holds something else: the first is taken, the second is told.
    let rows = |text: &str| text.lines().map(|line| row(line.split(','))).collect();
    let good = SheetSpec { name: "名录".into(), rows: rows(&register(3)), ..SheetSpec::default() };
    let other =
        SheetSpec {
            name: "通讯录".into(), rows: rows("姓名,分机\n某某,8001"), ..SheetSpec::default()
        };
    let path = shop.file("两表.xlsx", xlsx(&BookSpec { sheets: vec![good, other] }).expect("a workbook"));
    let ran = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]).expect_code(0);
    let printed = ran.json();
    assert_eq!((&printed[0]["new"], &printed[0]["unchanged"]), (&1.into(), &2.into()), "{printed:#}");
    assert_eq!(printed[0]["ignored_sheets"], serde_json::json!(["通讯录"]));
    let told =
        printed[0]["findings"].as_array().expect("a list").iter().any(|f| f["place"]["sheet"] == "通讯录");
    assert!(told, "{printed:#}");
}

#[test]
fn a_month_out_of_range() {
    let text = format!("{}\n{},{},2023年13月,5,5\n", HEADINGS.join(","), credit_code(0), firm(0));
    check("产值.csv", text, ("not-a-period", "C2", "2023年13月"));
}

#[test]
fn a_unit_that_is_missing() {
    let headings = HEADINGS.join(",").replace("（万元）", "");
    let text = format!("{headings}\n{},{},2023年9月,5,5\n", credit_code(0), firm(0));
    check("产值.csv", text, ("unit-missing", "D1", "没有写明单位"));
}

#[test]
fn a_column_of_reference_errors() {
    let bad = |n| row([credit_code(n).as_str(), &firm(n), "2023年9月", "#REF!", "#REF!"]);
    let bytes = one_sheet(vec![row(HEADINGS), bad(0), bad(1)], Vec::new());
    check("产值.xlsx", &bytes, ("cell-error", "E2", "#REF!"));
    check("产值.xlsx", bytes, ("cell-error", "E3", "#REF!"));
}

#[test]
fn a_formula_that_was_never_calculated() {
    let mut line = row([credit_code(0).as_str(), &firm(0), "2023年9月"]);
    line.extend([CellSpec::number(5.0), CellSpec::number(5.0)]);
    let never = |place: &str| {
        let bytes = one_sheet(vec![row(HEADINGS), line.clone()], Vec::new());
        // A generator's file: the formula is there, Excel never opened it. Written by hand, as a writer would add a 0.
        edit_sheet(&bytes, place)
    };
    check("产值.xlsx", never("E2"), ("cell-error", "E2", "公式"));
}

/// The same workbook with the number at `place` replaced by a formula without a result.
fn edit_sheet(bytes: &[u8], place: &str) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut part = old.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).expect("read");
        if name == "xl/worksheets/sheet1.xml" {
            let text = String::from_utf8(content).expect("XML");
            let number = format!("<c r=\"{place}\"><v>5</v></c>");
            assert!(text.contains(&number), "{text}");
            content = text.replace(&number, &format!("<c r=\"{place}\"><f>D2+0</f></c>")).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("started");
        new.write_all(&content).expect("written");
    }
    new.finish().expect("finished").into_inner()
}

#[test]
fn a_negative_area() {
    let text = "宗地代码,地块名称,宗地面积（平方米）\n330203001001GB00001,一号地块,-200\n";
    check("地块清册.csv", text, ("out-of-bounds", "C2", "-200"));
}

#[test]
fn the_same_code_with_two_names() {
    let code = credit_code(9);
    let line = |name| format!("{code},{name},2010-03-01,在营\n");
    let head = "统一社会信用代码,企业名称,成立日期,经营状态\n";
    let text = format!("{head}{}{}", line("宁波甲有限公司"), line("宁波乙有限公司"));
    check("名录.csv", text, ("rows-conflict", "B3", "宁波乙有限公司"));
}

#[test]
fn a_heading_merged_across_two_tables() {
    // Two tables side by side under one merged heading “产值”: whose unit and month it is cannot be known.
    let two = ["企业名称", "本月产值", "累计产值", "", "企业名称", "本月产值", "累计产值"];
    let values = [firm(0), "5".into(), "5".into(), String::new(), firm(1), "6".into(), "6".into()];
    let merge = MergeSpec {
        area: Area { top: 0, left: 1, bottom: 0, right: 6 },
        text: "产值".into(),
        style: Style::Header,
    };
    let rows = vec![row(["", "产值"]), row(two), row(values.iter().map(String::as_str))];
    check("产值.xlsx", one_sheet(rows, vec![merge]), ("header-across-tables", "B1:G1", "合并"));
}

#[test]
fn a_workbook_with_macros_is_read_and_its_macros_are_left_alone() {
    let text = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>"#,
        inline_rows(&register(3))
    );
    let bytes = with_macros(&text);
    let shop = Shop::new();
    let path = shop.file("企业名录.xlsm", &bytes);
    let ran = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]).expect_code(0);
    let printed = ran.json();
    assert_eq!(printed[0]["new"], 3, "{printed:#}");
    let noted = printed[0]["findings"].as_array().expect("a list").iter().any(|f| f["code"] == "macros");
    assert!(noted, "{printed:#}");
    // Nothing of the macro is kept but the original itself: the database does not hold its bytes.
    for entry in std::fs::read_dir(shop.data()).expect("a data folder") {
        let path = entry.expect("readable").path();
        if path.is_file() && path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("ledger.db")) {
            let database = std::fs::read(&path).expect("readable");
            let marker = MACRO.as_bytes();
            assert!(!database.windows(marker.len()).any(|w| w == marker), "macro text in {}", path.display());
        }
    }
    shop.run(&["verify"]).expect_code(0);
}

const MACRO: &str = "Attribute VB_Name = \"ThisWorkbook\" Sub Auto_Open()";

fn inline_rows(csv: &str) -> String {
    let mut rows = String::new();
    for (r, line) in csv.lines().enumerate() {
        rows.push_str(&format!("<row r=\"{}\">", r + 1));
        for (c, text) in line.split(',').enumerate() {
            let letter = char::from(b'A' + u8::try_from(c).expect("few columns"));
            rows.push_str(&format!("<c r=\"{letter}{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", r + 1));
        }
        rows.push_str("</row>");
    }
    rows
}

/// A macro workbook: its own content type and a VBA project beside the workbook.
fn with_macros(sheet: &str) -> Vec<u8> {
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    let types = TYPES.replace(main, enabled).replace(
        "</Types>",
        r#"<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#,
    );
    let project = r#"<Relationship Id="r2" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>"#;
    let rels = BOOK_RELS.replace("</Relationships>", project);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let parts = [
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", rels.as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/vbaProject.bin", MACRO),
    ];
    for (name, text) in parts {
        zip.start_file(name, stored).expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

#[test]
fn a_file_over_the_size_limit() {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(2)));
    let path = shop.path("大.csv");
    // A sparse file: 201 MB of zeros without the disk space.
    std::fs::File::create(&path).and_then(|f| f.set_len(201 << 20)).expect("created");
    let ran = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]).expect_code(1);
    finds(&ran, "大.csv", ("file-unreadable", "", "201 MB"));
    untouched(&shop);
}

#[test]
fn a_200_megabyte_workbook_is_read_or_refused_and_harms_nobody() {
    // 200 MB of one text: within the size limit, far beyond what one cell may hold.
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(2)));
    let path = shop.path("大.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).expect("created"));
    for _ in 0..190 {
        file.write_all(&[b'7'; 1 << 20]).expect("written");
    }
    file.into_inner().expect("flushed");
    let ran = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]).expect_code(1);
    let printed = ran.json();
    let code = printed[0]["findings"][0]["code"].as_str().expect("a finding").to_owned();
    assert!(code.starts_with("file-"), "{printed:#}");
    untouched(&shop);
}

/// A full disk is named as such, with what to do.
#[track_caller]
fn says_full(ran: Ran) {
    ran.expect_code(4).says("磁盘已满，没有写入").says("提示：腾出空间");
}

/// Once there is room again: what was accepted before is all there, nothing else is, and the same file goes in.
#[track_caller]
fn recovers(shop: &Shop, data: &Path, file: &Path) {
    let run =
        |arguments: &[&str]| -> Ran { shop.command_on(data, arguments).output().expect("it starts").into() };
    let revisions = run(&["--format", "json", "revisions"]).json();
    assert_eq!(revisions.as_array().map(Vec::len), Some(1), "the register alone: {revisions}");
    run(&["verify"]).expect_code(0);
    run(&["import", "--accept", &file.to_string_lossy()]).expect_code(0).says("已入账");
    run(&["verify"]).expect_code(0);
}

#[test]
fn a_full_disk() {
    let shop = Shop::new();
    let disk = shop.path("disk");
    std::fs::create_dir(&disk).expect("ours");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(&disk).status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!(
            "skipped: a small disk can be mounted by root only; a_file_that_may_not_grow covers the same path"
        );
        return;
    }
    let _unmount = Unmount(&disk);
    let register = shop.file("企业名录.csv", register(300));
    let month = shop.file("月报.csv", returns(300, "2023年3月", 100));
    // The disk is full at once, or after some pages of the write: the place where it stops must not matter.
    let mut refused = 0;
    for room in [0, 40_000, 80_000, 120_000, 200_000] {
        let data = disk.join("ledger");
        let accept = |file: &Path| -> Ran {
            let output = shop.command_on(&data, &["import", "--accept", &file.to_string_lossy()]).output();
            output.expect("it starts").into()
        };
        accept(&register).expect_code(0);
        let (spare, filler) = (disk.join("spare"), disk.join("filler"));
        std::fs::write(&spare, vec![0; room]).expect("room");
        let mut file = std::fs::File::create(&filler).expect("ours");
        while file.write_all(&[0; 4096]).is_ok() {}
        drop(file);
        std::fs::remove_file(&spare).expect("ours");
        let ran = accept(&month);
        std::fs::remove_file(&filler).expect("ours");
        if ran.code != 0 {
            says_full(ran);
            recovers(&shop, &data, &month);
            refused += 1;
        }
        std::fs::remove_dir_all(&data).expect("ours");
    }
    assert!(refused >= 2, "the disk was never full in the middle of a write");
}

/// Takes the small disk away again, also when the test fails.
struct Unmount<'a>(&'a Path);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        // A failed unmount leaves a 6 MB tmpfs behind, which a test must not turn into an abort.
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_file_that_may_not_grow() {
    // A limit on the size of files stands for a full disk where nothing may be mounted.
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(20)));
    let month = shop.file("月报.csv", returns(20, "2023年3月", 100));
    let limited = |blocks: u32| -> Ran {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let mut command = Command::new("sh");
        command
            .args(["-c", &script, "sh", BINARY, "--data"])
            .arg(shop.data())
            .args(["import", "--accept"])
            .arg(&month);
        command.output().expect("a shell").into()
    };
    says_full(limited(1));
    recovers(&shop, &shop.data(), &month);
}
