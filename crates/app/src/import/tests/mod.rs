//! Tests of the intake: a grid of text goes in, drafts and findings come out as text.
//!
//! Books and layouts are made up here; nothing depends on `content/`.

mod bad_input;
mod changes;
mod identity;
mod invariants;
mod layouts;
mod oddities;
mod proposals;
mod returns;

use std::fmt::Write as _;

use model::content::{Content, SourceFile};
use model::entry::{Entry, EntryState, Origins};
use model::id::{EntryId, Revision};
use model::identity::{orgcode, uscc};
use model::value::{Payload, Value};
use office::sheet::{Area, Cell, CellValue, ErrorKind, FileKind, Sheet, Workbook};

use super::{Change, MemoryLedger, Options, SourceName, Staged, stage};

const UNITS: &str = r#"
unit = [
  { id = "元", dimension = "CNY", factor = "1" },
  { id = "千元", dimension = "CNY", factor = "1000" },
  { id = "万元", dimension = "CNY", factor = "10000" },
  { id = "万美元", dimension = "USD", factor = "10000" },
  { id = "人", dimension = "count", factor = "1" },
  { id = "%", dimension = "ratio", factor = "0.01" },
  { id = "平方米", dimension = "area", factor = "3" },
  { id = "亩", dimension = "area", factor = "2000" },
]
"#;

const INTAKE: &str = r#"
totals = ["合计", "小计", "总计"]
notes = ["注:", "备注:", "填表人", "填报日期"]
blanks = ["-", "—", "/", "无"]
counters = ["序号"]
unit_words = ["单位", "金额单位"]
yes = ["是", "√"]
no = ["否", "×"]
"#;

const FIRMS: &str = r#"
title = "企业"
title_en = "Firms"
kind = "register"
key = ["uscc"]
display = "name"
[fields]
uscc = { title = "代码", title_en = "Code", kind = "uscc", required = true }
name = { title = "名称", title_en = "Name", kind = "text", required = true }
former_names = { title = "曾用名", title_en = "Former names", kind = "text" }
short_name = { title = "简称", title_en = "Short name", kind = "text" }
former_uscc = { title = "原代码", title_en = "Former code", kind = "uscc" }
registration_no = { title = "注册号", title_en = "Registration number", kind = "text" }
area = { title = "面积", title_en = "Area", kind = "amount", unit = "平方米", min = 0 }
status = { title = "状态", title_en = "Status", kind = "choice", choices = ["在营", "停产"] }
listed = { title = "规上", title_en = "Listed", kind = "boolean" }
site = { title = "地块", title_en = "Site", kind = "reference", book = "sites" }
[[check]]
id = "same_name"
kind = "duplicate"
fields = ["name"]
message = "名称重复"
"#;

const SITES: &str = r#"
title = "地块"
title_en = "Sites"
kind = "register"
key = ["site_no"]
display = "name"
[fields]
site_no = { title = "编号", title_en = "Number", kind = "text", required = true }
name = { title = "名称", title_en = "Name", kind = "text" }
holder = { title = "权利人", title_en = "Holder", kind = "reference", book = "firms" }
"#;

const RETURNS: &str = r#"
title = "月报"
title_en = "Returns"
kind = "series"
key = ["firm", "period"]
subject = "firm"
time = "period"
every = "month"
skips = [1]
due_day = 15
reporters = "status = '在营'"
[fields]
firm = { title = "企业", title_en = "Firm", kind = "reference", book = "firms", required = true }
period = { title = "期", title_en = "Period", kind = "period", required = true }
output = { title = "产值", title_en = "Output", kind = "amount", unit = "万元" }
output_ytd = { title = "累计产值", title_en = "Output to date", kind = "amount", unit = "万元" }
staff = { title = "人数", title_en = "Staff", kind = "integer", unit = "人", min = 0 }
share = { title = "占比", title_en = "Share", kind = "decimal", unit = "%" }
[[check]]
id = "ytd_ge_month"
kind = "row"
rule = "output_ytd >= output"
message = "累计小于本月"
hint = "核对"
[[check]]
id = "adds_up"
kind = "previous"
rule = "abs(output_ytd - prev.output_ytd - output) <= 1"
message = "累计不等于上期累计加本月"
[[check]]
id = "slip"
kind = "slip"
fields = ["output"]
[[check]]
id = "jump"
kind = "outlier"
fields = ["output"]
times = 8
"#;

const VISITS: &str = r#"
title = "走访"
title_en = "Visits"
kind = "event"
key = ["topic", "held_on"]
time = "held_on"
[fields]
topic = { title = "主题", title_en = "Topic", kind = "text", required = true }
held_on = { title = "日期", title_en = "Date", kind = "date", required = true }
firms = { title = "参加企业", title_en = "Firms", kind = "references", book = "firms" }
"#;

const FIRMS_LAYOUT: &str = r#"
title = "企业名单"
book = "firms"
[[column]]
field = "uscc"
heading = ["统一社会信用代码", "信用代码"]
required = true
[[column]]
field = "name"
heading = ["企业名称", "单位名称"]
[[column]]
field = "former_names"
heading = ["曾用名"]
[[column]]
field = "former_uscc"
heading = ["原代码"]
[[column]]
field = "area"
heading = ["面积"]
[[column]]
field = "status"
heading = ["状态"]
map = { "正常" = "在营" }
[[column]]
field = "listed"
heading = ["规上"]
[[column]]
field = "site"
by = "name"
heading = ["地块"]
"#;

const SITES_LAYOUT: &str = r#"
title = "地块清册"
book = "sites"
[[column]]
field = "site_no"
heading = ["地块编号"]
required = true
[[column]]
field = "name"
heading = ["地块名称"]
[[column]]
field = "holder"
by = "name"
heading = ["权利人"]
"#;

const RETURNS_LAYOUT: &str = r#"
title = "产值月报"
book = "returns"
files = ["*产值*"]
period = ["column", "title", "sheet", "file"]
[[column]]
field = "firm"
by = "code"
heading = ["统一社会信用代码", "信用代码"]
[[column]]
field = "firm"
by = "name"
heading = ["企业名称", "单位名称"]
[[column]]
field = "period"
heading = ["月份", "年份"]
[[column]]
field = "period"
heading = ["年"]
[[column]]
field = "output"
heading = ["工业总产值/本月", "本月产值"]
required = true
[[column]]
field = "output_ytd"
heading = ["工业总产值/累计", "累计产值"]
[[column]]
field = "staff"
heading = ["人数"]
[[column]]
field = "share"
heading = ["占比"]
"#;

const WIDE_LAYOUT: &str = r#"
title = "按月横排"
book = "returns"
unit = "万元"
[[column]]
field = "firm"
by = "name"
heading = ["企业名称"]
required = true
[wide]
under = ["产值"]
heading = "{month}月"
field = "output"
year = ["title", "sheet", "file"]
"#;

const VISITS_LAYOUT: &str = r#"
title = "走访记录"
book = "visits"
date_from_period = true
period = ["title"]
[[column]]
field = "topic"
heading = ["主题"]
required = true
[[column]]
field = "held_on"
heading = ["日期"]
[[column]]
field = "firms"
by = "name"
heading = ["参加企业"]
split = "、"
"#;

/// The made-up content, with more files (or others in their place).
fn content_with(more: &[(&str, &str)]) -> Content {
    let mut files: Vec<(&str, &str)> = vec![
        ("units.toml", UNITS),
        ("intake.toml", INTAKE),
        ("books/firms.toml", FIRMS),
        ("books/sites.toml", SITES),
        ("books/returns.toml", RETURNS),
        ("books/visits.toml", VISITS),
        ("layouts/firms.toml", FIRMS_LAYOUT),
        ("layouts/sites.toml", SITES_LAYOUT),
        ("layouts/returns.toml", RETURNS_LAYOUT),
        ("layouts/wide.toml", WIDE_LAYOUT),
        ("layouts/visits.toml", VISITS_LAYOUT),
    ];
    files.retain(|(path, _)| !more.iter().any(|(p, _)| p == path));
    files.extend_from_slice(more);
    let files: Vec<SourceFile> =
        files.into_iter().map(|(path, text)| SourceFile { path: path.into(), text: text.into() }).collect();
    let (content, diagnostics) = Content::load(&files);
    assert_eq!(diagnostics, [], "the content of the tests is right");
    content
}

fn content() -> Content {
    content_with(&[])
}

/// The valid code of the n-th firm.
fn code(n: u32) -> String {
    let body = format!("MA2{n:05}");
    let inner = orgcode::check_character(&body).expect("eight characters");
    let body = format!("91330203{body}{inner}");
    let outer = uscc::check_character(&body).expect("seventeen characters");
    format!("{body}{outer}")
}

/// A sheet from text: lines are rows, `|` separates cells, `{c1}` is the first firm's code.
///
/// `'12` is a text, `%0.132` a number in percent format, `@45174` a date, `#REF!` an error, `=?` a formula without value;
/// `<` joins a cell with the one to its left, `^` with the one above; a row that begins with `~` is hidden.
fn sheet(name: &str, grid: &str) -> Sheet {
    let mut made = Sheet { name: name.to_owned(), ..Sheet::default() };
    let mut areas: Vec<Area> = Vec::new();
    let grid = (1..10).fold(grid.to_owned(), |g, n| g.replace(&format!("{{c{n}}}"), &code(n)));
    for (row, line) in (0u32..).zip(grid.lines()) {
        let line = line.trim();
        let line = match line.strip_prefix('~') {
            Some(rest) => {
                made.hidden_rows.push(row);
                rest
            }
            None => line,
        };
        for (col, text) in (0u16..).zip(line.split('|')).map(|(c, t)| (c, t.trim_matches(' '))) {
            match text {
                "" => {}
                "<" => {
                    let area =
                        areas.iter_mut().find(|a| a.top <= row && row <= a.bottom && a.right + 1 == col);
                    match area {
                        Some(area) => area.right = col,
                        None => areas.push(Area { top: row, left: col - 1, bottom: row, right: col }),
                    }
                }
                "^" => {
                    let area = areas.iter_mut().find(|a| a.bottom + 1 == row && a.left == col);
                    match area {
                        Some(area) => area.bottom = row,
                        None => areas.push(Area { top: row - 1, left: col, bottom: row, right: col }),
                    }
                }
                text => {
                    let value = value(&mut made, text);
                    made.cells.push(Cell { row, col, value });
                }
            }
        }
    }
    areas.sort();
    made.merges = areas;
    made
}

fn value(sheet: &mut Sheet, text: &str) -> CellValue {
    let number = |t: &str| t.parse::<f64>().ok();
    match text.split_at(text.chars().next().map_or(0, char::len_utf8)) {
        ("@", serial) => CellValue::DateTime { serial: number(serial).expect("a serial") },
        ("%", fraction) => CellValue::Number { value: number(fraction).expect("a number"), percent: true },
        ("#", _) => CellValue::Error(ErrorKind::from_text(text)),
        ("=", "?") => CellValue::FormulaWithoutValue,
        ("'", rest) => string(sheet, rest),
        _ => match number(text) {
            Some(value) => CellValue::Number { value, percent: false },
            None => string(sheet, text),
        },
    }
}

fn string(sheet: &mut Sheet, text: &str) -> CellValue {
    let text = text.replace("\\n", "\n");
    let at = sheet.strings.iter().position(|s| *s == text).unwrap_or_else(|| {
        sheet.strings.push(text);
        sheet.strings.len() - 1
    });
    CellValue::Text(u32::try_from(at).expect("few strings"))
}

fn workbook(sheets: Vec<Sheet>) -> Workbook {
    Workbook { kind: FileKind::Xlsx, sheets, has_macros: false }
}

/// An entry as the ledger holds it.
fn entry(id: u64, book: &str, key: &str, values: &[(&str, Value)]) -> Entry {
    Entry {
        id: EntryId(id),
        book: book.into(),
        key: key.to_owned(),
        version: 1,
        revision: Revision(1),
        state: EntryState::Active,
        payload: values.iter().map(|(f, v)| ((*f).into(), v.clone())).collect(),
        origins: Origins::default(),
    }
}

/// A ledger with three firms: 甲厂 (1), 乙厂 (2) and 丙（集团）有限公司 (3).
fn ledger() -> MemoryLedger {
    let firm = |n: u64, name: &str, more: &[(&str, Value)]| {
        let code = code(u32::try_from(n).expect("few firms"));
        let mut values =
            vec![("uscc", Value::text(&code)), ("name", Value::text(name)), ("status", Value::text("在营"))];
        values.extend_from_slice(more);
        entry(n, "firms", &code, &values)
    };
    let entries = vec![
        firm(1, "宁波甲机械厂", &[("former_names", Value::text("宁波老甲厂、甲作坊"))]),
        firm(2, "宁波乙电子有限公司", &[("registration_no", Value::text("330203000012345"))]),
        firm(3, "宁波丙（集团）有限公司", &[]),
    ];
    MemoryLedger { entries, ..MemoryLedger::default() }
}

fn stage_in(content: &Content, ledger: &MemoryLedger, file: &str, workbook: &Workbook) -> Staged {
    let source = SourceName { name: file, digest: "d1" };
    stage(content, ledger, source, workbook, &Options::default()).expect("a ledger in memory does not fail")
}

/// One sheet named `sheet` in a file `产值.xlsx`, against the ledger of three firms.
fn staged(grid: &str) -> Staged {
    stage_in(&content(), &ledger(), "产值.xlsx", &workbook(vec![sheet("sheet", grid)]))
}

/// The drafts as lines: book, the entry's key or number, values; `+` new, `~` changed, `=` unchanged.
fn drafts(staged: &Staged) -> String {
    let mut out = String::new();
    for draft in &staged.drafts {
        let mark = match &draft.change {
            Change::New => "+",
            Change::Changed(_) => "~",
            Change::Unchanged => "=",
        };
        let _ = writeln!(out, "{mark}{} {}", draft.book, values(&draft.payload));
    }
    out
}

fn values(payload: &Payload) -> String {
    payload.iter().map(|(f, v)| format!("{f}={v}")).collect::<Vec<_>>().join(" ")
}

/// The findings as lines: severity, kind, cell.
fn findings(staged: &Staged) -> String {
    let mut out = String::new();
    for finding in &staged.findings {
        let severity = match finding.severity {
            model::finding::Severity::Note => "note",
            model::finding::Severity::Warning => "warning",
            model::finding::Severity::Error => "error",
        };
        let _ = writeln!(out, "{severity} {} {}", finding.code, finding.place.cell);
    }
    out
}

/// Compares line by line, indentation aside.
#[track_caller]
fn assert_lines(found: &str, expect: &str, what: &str) {
    let lines =
        |t: &str| t.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(found).join("\n"), lines(expect).join("\n"), "{what}");
}

/// Stages a grid and compares drafts and findings.
#[track_caller]
fn check(grid: &str, expect_drafts: &str, expect_findings: &str) -> Staged {
    let staged = staged(grid);
    assert_lines(
        &drafts(&staged),
        &(1..10).fold(expect_drafts.to_owned(), |g, n| g.replace(&format!("{{c{n}}}"), &code(n))),
        "drafts",
    );
    assert_lines(&findings(&staged), expect_findings, "findings");
    staged
}
