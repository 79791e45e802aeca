//! The demo: what is written, that it is the same twice, that every oddity is really in the files, that the findings are the
//! intended ones, and that every number of the report leads to a cell which holds it.
//!
//! Deliberately absent: the generator's inside (tested in the app crate) and the arithmetic (`figures`, `blanks`). To add an
//! oddity: a row in `content/demo/README.md`, a look at the file here.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use app::library::Library;
use model::definition::BookKind;
use office::{CellValue, FileKind, Sheet, Workbook};
use rust_decimal::Decimal;

use crate::support::{
    BINARY, Demo, Ran, Shop, decimal, demo, number_in, read_workbook, seen, seen_cell, sheet,
};

#[test]
fn the_folder_holds_what_was_promised() {
    let demo = demo();
    for name in ["workbooks", "ledger", "annual-review.docx", "annual-review-evidence.xlsx"] {
        assert!(demo.path(name).exists(), "{name}");
    }
    assert_eq!(demo.printed["files"], demo.names().len());
    assert_eq!(demo.printed["refused"], serde_json::json!([]));
    demo.run(&["verify"]).expect_code(0);
}

/// The clean data behind the demo: column `column` of table `name` for rows in which `of` has value `is`.
fn truth(name: &str) -> app::demo::TruthTable {
    let library = Library::load(None).expect("no overlay");
    let texts = app::showcase::specification(&library);
    let park = app::demo::generate(&texts, app::demo::SEED).expect("the specification is right");
    park.truth.into_iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no table {name}"))
}

fn values(table: &app::demo::TruthTable, column: &str) -> Vec<String> {
    let at = table
        .columns
        .iter()
        .position(|c| c == column)
        .unwrap_or_else(|| panic!("no {column} in {:?}", table.columns));
    table.rows.iter().map(|row| row[at].clone()).collect()
}

#[test]
fn the_park_has_the_promised_size() {
    let enterprises = truth("enterprises");
    assert_eq!(enterprises.rows.len(), 180);
    assert_eq!(values(&enterprises, "above_scale_industry").iter().filter(|v| *v == "是").count(), 60);
    assert_eq!(truth("parcels").rows.len(), 70);
    let months: BTreeSet<String> = values(&truth("industry"), "month").into_iter().collect();
    // January 2021 to October 2023 are 34 months; three Januaries are reported with February.
    assert_eq!(
        (months.first().map(String::as_str), months.last().map(String::as_str)),
        (Some("2021-02"), Some("2023-10"))
    );
    assert_eq!(months.len(), 34 - 3);
    // The ledger holds the same: 180 enterprises, 60 returns of October, their clean output.
    let demo = demo();
    let industry = truth("industry");
    let october: Vec<Decimal> = values(&industry, "month")
        .iter()
        .zip(values(&industry, "output_ytd"))
        .filter(|(month, _)| *month == "2023-10")
        .map(|(_, value)| value.parse().expect("a number"))
        .collect();
    let figure = demo.figure("规上工业总产值", &["--period", "2023-10", "--window", "ytd"]);
    assert_eq!(figure["basis"]["entries"], october.len());
    assert_eq!(decimal(&figure["value"]), october.iter().sum::<Decimal>() / Decimal::from(10_000));
}

#[test]
fn every_book_of_every_kind_is_filled() {
    let library = Library::load(None).expect("no overlay");
    let database = rusqlite::Connection::open_with_flags(
        demo().path("ledger").join("ledger.db"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
    )
    .expect("a database");
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut empty = Vec::new();
    for book in library.content.books.values() {
        let count: u64 = database
            .query_row(
                "SELECT count(*) FROM entry JOIN book ON book.number = entry.book WHERE book.id = ?1",
                [book.id.as_str()],
                |row| row.get(0),
            )
            .expect("the ledger's tables");
        // Photos come from people on a visit, not from a department's workbook.
        let photos = library.content.visits.as_ref().and_then(|rules| rules.photo.as_ref());
        if count == 0 && photos.is_none_or(|photos| photos.book != book.id) {
            empty.push(book.title.clone());
        }
        *kinds.entry(format!("{:?}", book.kind)).or_default() += usize::from(count > 0);
    }
    assert!(empty.is_empty(), "{empty:?}");
    for kind in [BookKind::Register, BookKind::Series, BookKind::Event, BookKind::Case] {
        assert!(kinds.get(&format!("{kind:?}")).is_some_and(|n| *n > 0), "{kind:?} in {kinds:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_another() {
    let first = demo();
    let shop = Shop::new();
    let into = shop.path("again");
    let ran: Ran =
        Command::new(BINARY).arg("demo").arg("--into").arg(&into).output().expect("the binary starts").into();
    ran.expect_code(0).says("演示园区已生成").says("annual-review.docx").says("annual-review-evidence.xlsx");
    let bytes =
        |path: std::path::PathBuf| std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    for name in first.names() {
        assert!(
            bytes(first.path("workbooks").join(&name)) == bytes(into.join("workbooks").join(&name)),
            "{name}"
        );
    }
    for name in ["annual-review.docx", "annual-review-evidence.xlsx"] {
        assert!(bytes(first.path(name)) == bytes(into.join(name)), "{name}");
    }
    // A second demo into the same folder is refused and touches nothing.
    let again: Ran =
        Command::new(BINARY).arg("demo").arg("--into").arg(&into).output().expect("the binary starts").into();
    again.expect_code(4).says("已经有内容").says("提示：");

    let library = Library::load(None).expect("no overlay");
    let texts = app::showcase::specification(&library);
    let other = app::demo::generate(&texts, app::demo::SEED + 1).expect("the specification is right");
    let same = other.files.iter().filter(|f| {
        let path = first.path("workbooks").join(&f.name);
        path.exists() && bytes(path) == f.bytes
    });
    assert!(same.count() < other.files.len() / 2, "another seed gives another park");
}

/// All texts of a workbook.
fn texts(workbook: &Workbook) -> Vec<String> {
    workbook.sheets.iter().flat_map(|s| s.strings.iter().cloned()).collect()
}

fn any(sheet: &Sheet, holds: impl Fn(&str, CellValue) -> bool) -> bool {
    sheet.cells.iter().any(|cell| holds(&seen_cell(sheet, cell), cell.value))
}

#[test]
fn every_kind_of_file_is_there_and_marked_as_generated() {
    let demo = demo();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for name in demo.names() {
        let workbook = demo.workbook(&name);
        let kind = workbook.kind;
        *kinds.entry(format!("{kind:?}")).or_default() += 1;
        if kind != FileKind::Csv {
            let marked = texts(&workbook).iter().any(|t| t.contains("演示数据（系统生成）"));
            assert!(marked, "{name} is not marked as generated");
        }
    }
    for (kind, least) in [("Xlsx", 50), ("Xls", 5), ("Et", 5), ("Csv", 5)] {
        assert!(kinds.get(kind).is_some_and(|n| *n >= least), "{kind} in {kinds:?}");
    }
    let raw = |name: &str| std::fs::read(demo.path("workbooks").join(name)).expect("there");
    let gb18030 = raw("030-区市场监管局-市场主体登记-2022年.csv");
    assert!(std::str::from_utf8(&gb18030).is_err(), "GB18030 is no UTF-8");
    assert!(raw("011-园区党政办公室-报告参数.csv").starts_with(b"\xef\xbb\xbf"), "UTF-8 with its mark");
    let plain = raw("050-区统计局-全区通报-规上工业增加值-2023年.csv");
    assert!(std::str::from_utf8(&plain).is_ok_and(|t| !t.starts_with('\u{feff}')), "UTF-8 without");
}

#[test]
fn every_oddity_of_a_sheet_is_there() {
    let demo = demo();
    let output = demo.workbook("042-区统计局-规上工业产销月报-2023年10月.xlsx");
    let table = sheet(&output, "产值");
    assert!(seen(table, "A1").starts_with("2023年10月"), "title row with the period");
    assert!(
        seen(table, "D2").contains('\n') && seen(table, "D2").contains("（万元）"),
        "line break and unit in the heading"
    );
    assert!(table.merges.iter().filter(|m| m.top <= 3).count() > 5, "three heading rows, merged");
    assert_eq!(seen(table, "C5"), "总计", "a total above");
    assert!(any(table, |text, _| text.contains('\u{a0}')), "NBSP");
    assert!(
        any(table, |text, v| text.contains(',') && matches!(v, CellValue::Text(_))),
        "text with separators"
    );
    assert!(any(table, |text, _| text.contains('３')), "full-width digits");
    assert!(
        any(table, |text, _| text.starts_with("注：")) && any(table, |text, _| text.contains("填表人")),
        "notes, signatures"
    );
    let raw = zip_part(demo, "042-区统计局-规上工业产销月报-2023年10月.xlsx", "xl/worksheets/sheet1.xml");
    assert!(raw.contains("<f>"), "formulas with cached results");

    let long = demo.workbook("040-区统计局-规上工业产销月报-2021年.xls");
    assert!(texts(&long).iter().any(|t| t.contains("千元")), "another unit than the book's, in the title");
    let periods = |s: &Sheet| any(s, |text, _| text.starts_with("2021") && text.len() == 6);
    assert!(long.sheets.iter().any(periods), "periods as 202107");

    let months = demo.workbook("041-区统计局-规上工业产销月报-2022年第3季度.et");
    assert!(months.sheets.iter().any(|s| s.name == "2022年9月"), "the period in the sheet's name");

    let register = demo.workbook("022-园区经济发展局-企业名录.xlsx");
    assert!(
        register.sheets.len() >= 3 && register.sheets.iter().any(|s| s.name == "填表说明"),
        "several sheets, one no data"
    );
    assert_eq!(sheet(&register, "规上工业").hidden_rows.len(), 2, "hidden rows that count");

    let wide = demo.workbook("056-区供电公司-企业用电-2023年.xlsx");
    let row: Vec<String> = "EFGHIJKLMN".chars().map(|c| seen(&wide.sheets[0], &format!("{c}4"))).collect();
    assert_eq!(row, (1..=10).map(|m| format!("{m}月")).collect::<Vec<_>>(), "one column per month");

    let beside = demo.workbook("046-区商务局-限上批零商贸-2023年10月.xlsx");
    let table = sheet(&beside, "批零");
    assert_eq!(
        (seen(table, "A3"), seen(table, "L3")),
        ("单位名称".into(), "单位名称".into()),
        "two tables side by side"
    );
    assert_eq!(seen(table, "A30"), "合计", "a total below");

    let bulletin = demo.workbook("050-区统计局-全区通报-规下工业.xlsx");
    let percent = |_: &str, v: CellValue| matches!(v, CellValue::Number { percent: true, .. });
    assert!(
        any(&demo.workbook("049-区统计局-增加值核定反馈-2023年.xlsx").sheets[0], percent),
        "percent cells"
    );
    assert!(bulletin.sheets.len() > 3);
    let growth = demo.workbook("050-区统计局-全区通报-规上工业增加值-2023年.csv");
    assert!(any(&growth.sheets[0], |text, _| text.ends_with('%')), "percent as text");

    let all = |name: &str, wanted: &str| {
        let workbook = demo.workbook(name);
        assert!(
            workbook.sheets.iter().any(|s| any(s, |text, _| text.contains(wanted))),
            "{wanted} in {name}"
        );
    };
    all("049-区统计局-增加值核定反馈-2023年.xlsx", "2023年9月");
    all("055-区税务局-企业税收-2023年.xlsx", "202309");
    let land = demo.workbook("066-区资规分局-土地出让-2021年以来.xlsx");
    let serial = |_: &str, v: CellValue| matches!(v, CellValue::Number { value, .. } if (44_000.0..46_000.0).contains(&value) && value.fract() == 0.0);
    assert!(any(&land.sheets[0], serial), "bare serial numbers for dates");
    let projects = demo.workbook("060-园区项目推进办-投资项目一览表.xlsx");
    assert!(any(&projects.sheets[0], |_, v| matches!(v, CellValue::DateTime { .. })), "Excel dates");
    let february = demo.workbook("042-区统计局-规上工业产销月报-2023年02月.xlsx");
    assert!(
        texts(&february).iter().any(|t| t.contains("1-2月") || t.contains("1—2月")),
        "January and February together"
    );
}

fn zip_part(demo: &Demo, name: &str, part: &str) -> String {
    let file = std::fs::File::open(demo.path("workbooks").join(name)).expect("there");
    let mut archive = zip::ZipArchive::new(file).expect("a workbook");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(part).expect("the part"), &mut text).expect("XML");
    text
}

#[test]
fn the_findings_are_few_and_all_are_meant() {
    // From “True problems” in content/demo/README.md: file, cell, code. Nothing else may be found in warnings and errors.
    let demo = demo();
    let findings = demo.run(&["--format", "json", "findings"]).json();
    let mut found: Vec<(String, String, String)> = Vec::new();
    for f in findings.as_array().expect("a list") {
        let severity = f["severity"].as_str().expect("a word");
        if severity == "提示" {
            continue;
        }
        let place = f["place"].as_str().expect("a place");
        let (file, rest) = place.split_once('-').expect("a numbered file");
        let cell = rest.rsplit('!').next().expect("a cell");
        found.push((file.to_owned(), cell.to_owned(), severity.to_owned()));
        assert!(!f["hint"].as_str().unwrap_or_default().is_empty(), "no hint: {f}");
    }
    found.sort();
    let wanted: Vec<(String, String, String)> = [
        ("022", "C37", "存疑"), // a code whose outer check fails, wherever the enterprise is named
        ("025", "E82", "存疑"),
        ("030", "A183", "错误"), // a code that fails both checks
        ("030", "B188", "错误"), // one code under two names
        ("040", "D312", "存疑"), // a month typed in another unit: the month, …
        ("040", "E312", "存疑"), // … its cumulative value, …
        ("040", "E312", "存疑"), // … which does not add up, …
        ("040", "E369", "存疑"), // … nor does the next month
        ("041", "C35", "存疑"),  // month and cumulative in each other's column
        ("041", "D35", "存疑"),
        ("041", "D35", "存疑"),
        ("041", "D35", "存疑"), // and the next month's
        ("041", "N35", "存疑"),
        ("094", "E5", "存疑"),
        ("103", "A66", "错误"), // a name nearly in the register
        ("104", "C81", "存疑"),
        ("107", "B152", "存疑"),
        ("125", "H4", "错误"), // 约1.8万
    ]
    .map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    .to_vec();
    assert_eq!(found, wanted, "{findings:#}");
    let notes = findings.as_array().map_or(0, Vec::len) - found.len();
    assert!(notes <= 6, "{notes} notes");
    // What the report could not say is meant as well.
    let report = demo.printed["report_findings"].as_array().expect("a list");
    let codes: Vec<&str> = report.iter().filter_map(|f| f["code"].as_str()).collect();
    assert!(codes.iter().all(|code| *code == "report-claim-false"), "{report:#?}");
    assert!(!codes.is_empty() && codes.len() <= 3, "{report:#?}");
    // One wholesaler did not send September.
    let missing = demo.run(&["--format", "json", "missing", "--period", "2023-09"]).json();
    let missing = missing.as_array().expect("a list");
    assert!(missing.iter().any(|m| m["book"] == "限上商贸月报"), "{missing:#?}");
    assert!(missing.len() <= 3, "{missing:#?}");
}

/// Names by credit code, from the clean data.
fn codes() -> &'static BTreeMap<String, String> {
    static CODES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    CODES.get_or_init(|| {
        let enterprises = truth("enterprises");
        values(&enterprises, "uscc").into_iter().zip(values(&enterprises, "name")).collect()
    })
}

/// The rows of the evidence's cell sheet: basis, side, value, counted, file, sheet, cell, original.
struct Evidence {
    basis: String,
    side: String,
    value: String,
    counts: String,
    file: String,
    sheet: String,
    cell: String,
    original: String,
}

/// The sheet a line of the evidence names; text files have one without a name.
fn named<'w>(workbook: &'w Workbook, name: &str) -> &'w Sheet {
    if name.is_empty() && workbook.kind == FileKind::Csv {
        &workbook.sheets[0]
    } else {
        sheet(workbook, name)
    }
}

fn evidence(workbook: &Workbook) -> Vec<Evidence> {
    let table = sheet(workbook, "条目");
    let last = table.cells.last().map_or(0, |cell| cell.row) + 1;
    let at = |row: u32, column: &str| seen(table, &format!("{column}{row}"));
    let heads = ["A", "D", "H", "J", "K", "L", "M", "N"].map(|column| at(3, column));
    assert_eq!(heads, ["依据", "用途", "数值", "计入", "来源文件", "工作表", "单元格", "原文"]);
    (4..=last)
        .map(|row| Evidence {
            basis: at(row, "A"),
            side: at(row, "D"),
            value: at(row, "H"),
            counts: at(row, "J"),
            file: at(row, "K"),
            sheet: at(row, "L"),
            cell: at(row, "M"),
            original: at(row, "N"),
        })
        .collect()
}

/// Whether the cell holds what the evidence says: its original text, the value itself, or the credit code of the enterprise
/// it names.
fn holds(evidence: &Evidence, found: &Sheet) -> bool {
    let cell = seen(found, &evidence.cell);
    if codes().get(cell.trim()).is_some_and(|name| *name == evidence.value) {
        return true;
    }
    if !evidence.original.is_empty() {
        return cell.trim() == evidence.original.trim();
    }
    let number = |text: &str| text.parse::<Decimal>().ok().map(|n| n.normalize());
    cell.trim() == evidence.value.trim()
        || number(&evidence.value)
            .is_some_and(|n| Some(n) == number_in(found, &evidence.cell).map(|n| n.normalize()))
}

#[test]
fn every_cell_of_the_evidence_holds_what_it_says() {
    let demo = demo();
    let workbook = read_workbook(&demo.path("annual-review-evidence.xlsx"));
    let rows = evidence(&workbook);
    assert!(rows.len() > 1000, "{}", rows.len());
    let mut opened: BTreeMap<String, Workbook> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| !row.file.is_empty()) {
        let book = opened.entry(row.file.clone()).or_insert_with(|| demo.workbook(&row.file));
        let found = named(book, &row.sheet);
        if !holds(row, found) {
            let cell = seen(found, &row.cell);
            wrong.push(format!(
                "{} {}!{}!{}: evidence {} “{}”, cell “{cell}”",
                row.basis, row.file, row.sheet, row.cell, row.value, row.original
            ));
        }
    }
    let total = wrong.len();
    wrong.truncate(25);
    assert!(wrong.is_empty(), "{total} of {}\n  {}", rows.len(), wrong.join("\n  "));
}

#[test]
fn five_numbers_of_the_report_lead_to_their_cells() {
    // As a reader does it: the text of the report, its line in the evidence, the cells named there, added up.
    let demo = demo();
    let document = std::fs::read(demo.path("annual-review.docx")).expect("there");
    let mut printed: BTreeMap<String, String> = BTreeMap::new();
    for paragraph in office::docx::outline(&document).expect("a Word file") {
        printed.extend(paragraph.controls.into_iter().map(|c| (c.tag, c.text)));
    }
    let workbook = read_workbook(&demo.path("annual-review-evidence.xlsx"));
    let lines = sheet(&workbook, "目录");
    let rows = evidence(&workbook);
    let last = lines.cells.last().map_or(0, |cell| cell.row) + 1;
    for (title, text) in [
        ("规上工业总产值", "112.28"),
        ("固定资产投资", "134888"),
        ("大市外内资", "10.21"),
        ("实到外资", "2380"),
        ("基础设施和安置房投资", "21464"),
    ] {
        let at = |row: u32, column: &str| seen(lines, &format!("{column}{row}"));
        let fits = |row: &u32| {
            at(*row, "D").starts_with(title) && at(*row, "E") == "数值" && at(*row, "C").starts_with(text)
        };
        let row = (4..=last).find(fits).unwrap_or_else(|| panic!("{title} {text} is not in the evidence"));
        // The control in the document has the tag of this line and its text.
        let tag = at(row, "L");
        assert_eq!(printed.get(&tag), Some(&at(row, "C")), "{title} {tag}");
        let basis = at(row, "K");
        let mut sum = Decimal::ZERO;
        for cell in rows.iter().filter(|r| r.basis == basis && r.side == "本期") {
            let department = demo.workbook(&cell.file);
            assert!(
                holds(cell, named(&department, &cell.sheet)),
                "{title}: {}!{}!{}",
                cell.file,
                cell.sheet,
                cell.cell
            );
            sum += cell
                .counts
                .parse::<Decimal>()
                .unwrap_or_else(|_| panic!("{title}: counts “{}”", cell.counts));
        }
        let exact: Decimal = at(row, "G").parse().unwrap_or_else(|_| panic!("{title}: {}", at(row, "G")));
        assert_eq!(sum.normalize(), exact.normalize(), "{title}: the cells add up to the exact value");
    }
}
