//! What every test of the binary needs: a folder of its own, the binary run in it with a fixed user, made-up files, the
//! demo, and a person's eye on a cell.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use office::sheet::parse_a1;
use office::{Cell, CellValue, Sheet, Workbook};
use rust_decimal::Decimal;

/// The built binary.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_parkledger");

/// A fresh folder with a data folder inside.
pub(crate) struct Shop {
    folder: tempfile::TempDir,
}

/// What a run printed and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Fails with everything printed unless the run ended with `code`.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Fails unless standard output or error holds `text`.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        let both = format!("{}\n{}", self.out, self.err);
        assert!(both.contains(text), "`{text}` not in:\n{both}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e} in:\n{}\n{}", self.out, self.err))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("ledger")
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("the folder is ours");
        path
    }

    /// The binary, ready to run on this shop's data folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_on(&self.data(), arguments)
    }

    /// The binary, ready to run on another data folder.
    pub(crate) fn command_on(&self, data: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command
            .current_dir(self.folder.path())
            .env("PARKLEDGER_USER", "测试")
            .arg("--data")
            .arg(data)
            .args(arguments);
        command
    }

    /// Runs the binary.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().expect("the binary starts").into()
    }

    /// Imports a file, expecting it to be accepted.
    #[track_caller]
    pub(crate) fn accept(&self, path: &Path) -> Ran {
        self.run(&["import", "--accept", &path.to_string_lossy()]).expect_code(0)
    }
}

/// The check character of GB 11714.
fn org_check(body: &str) -> char {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(weights).map(|(c, w)| c.to_digit(36).expect("a letter or digit") * w).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        n => char::from_digit(n, 10).expect("below 10"),
    }
}

/// The n-th of a series of valid credit codes.
pub(crate) fn credit_code(n: u32) -> String {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("MA2{n:05}");
    let first = format!("91330203{body}{}", org_check(&body));
    let mut weight = 1;
    let mut sum = 0;
    for c in first.chars() {
        sum += ALPHABET.find(c).expect("in the alphabet") * weight;
        weight = weight * 3 % 31;
    }
    format!("{first}{}", ALPHABET.chars().nth((31 - sum % 31) % 31).expect("below 31"))
}

/// The name of the n-th enterprise of [`register`]; no two are near each other.
pub(crate) fn firm(n: u32) -> String {
    const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    const BRANCHES: [&str; 12] = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];
    let pick = |list: &[&'static str], n: u32| list[n as usize % list.len()];
    let (a, b, c) = (pick(&STEMS, n), pick(&BRANCHES, n / 10), pick(&STEMS, n / 120));
    format!("宁波{a}{b}{c}{a}机械有限公司")
}

/// A register of `count` enterprises as CSV.
pub(crate) fn register(count: u32) -> String {
    let mut text = "统一社会信用代码,企业名称,成立日期,经营状态\n".to_owned();
    for n in 0..count {
        text.push_str(&format!("{},{},2010-03-01,在营\n", credit_code(n), firm(n)));
    }
    text
}

/// A month's output returns of `count` enterprises as CSV: enterprise n reports `base + n` 万元 for the month and for the
/// year so far.
pub(crate) fn returns(count: u32, period: &str, base: u32) -> String {
    let mut text =
        format!("{period}工业产值快报（单位：万元）\n统一社会信用代码,企业名称,本月产值,累计产值\n");
    for n in 0..count {
        let value = base + n;
        text.push_str(&format!("{},{},{value},{value}\n", credit_code(n), firm(n)));
    }
    text
}

/// The demo of the default seed, made once for the whole run of this binary.
pub(crate) struct Demo {
    shop: Shop,
    /// What `demo --format json` printed.
    pub(crate) printed: serde_json::Value,
}

/// The demo; nothing may write to its ledger (see [`Demo::copy`]).
pub(crate) fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let shop = Shop::new();
        let into = shop.path("demo");
        let ran: Ran = Command::new(BINARY)
            .args(["--format", "json", "demo", "--into"])
            .arg(&into)
            .output()
            .expect("the binary starts")
            .into();
        let ran = ran.expect_code(0);
        Demo { printed: ran.json(), shop }
    })
}

impl Demo {
    /// A path inside the demo's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.shop.path("demo").join(name)
    }

    /// Names of the workbooks in the order of their import.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("workbooks")).expect("the demo wrote it");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("readable").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A workbook as it would be read by anybody.
    pub(crate) fn workbook(&self, name: &str) -> Workbook {
        read_workbook(&self.path("workbooks").join(name))
    }

    /// Runs a command that only reads on the demo's ledger.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.shop.command_on(&self.path("ledger"), arguments).output().expect("the binary starts").into()
    }

    /// A figure with these further arguments, as JSON.
    #[track_caller]
    pub(crate) fn figure(&self, id: &str, arguments: &[&str]) -> serde_json::Value {
        let mut all = vec!["--format", "json", "figure", id];
        all.extend_from_slice(arguments);
        self.run(&all).json()
    }

    /// The exact value of a figure.
    #[track_caller]
    pub(crate) fn value(&self, id: &str, arguments: &[&str]) -> Decimal {
        decimal(&self.figure(id, arguments)["value"])
    }

    /// A shop whose data folder is a copy of the demo's ledger, to write to.
    pub(crate) fn copy(&self) -> Shop {
        let shop = Shop::new();
        let backup = shop.path("demo.backup");
        self.run(&["backup", &backup.to_string_lossy()]).expect_code(0);
        shop.run(&["restore", &backup.to_string_lossy()]).expect_code(0);
        shop
    }
}

/// A decimal printed as JSON text.
#[track_caller]
pub(crate) fn decimal(value: &serde_json::Value) -> Decimal {
    let text = value.as_str().unwrap_or_else(|| panic!("not a number as text: {value}"));
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

/// Reads a workbook with the office crate alone: no layouts, no ledger.
#[track_caller]
pub(crate) fn read_workbook(path: &Path) -> Workbook {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    office::read(&bytes, &name, &office::Limits::default()).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

/// A sheet by its name.
#[track_caller]
pub(crate) fn sheet<'w>(workbook: &'w Workbook, name: &str) -> &'w Sheet {
    let names: Vec<&str> = workbook.sheets.iter().map(|s| s.name.as_str()).collect();
    workbook.sheets.iter().find(|s| s.name == name).unwrap_or_else(|| panic!("no sheet {name} in {names:?}"))
}

/// What a person sees in a cell such as `B7`; empty where nothing stands.
pub(crate) fn seen(sheet: &Sheet, place: &str) -> String {
    let (row, col) = parse_a1(place).unwrap_or_else(|| panic!("{place} is no cell"));
    sheet.cell(row, col).map(|cell| seen_cell(sheet, cell)).unwrap_or_default()
}

/// What a person sees in a cell. A number is written with the 15 digits a spreadsheet keeps.
pub(crate) fn seen_cell(sheet: &Sheet, cell: &Cell) -> String {
    match cell.value {
        CellValue::Text(_) => sheet.text(cell).unwrap_or_default().to_owned(),
        CellValue::Number { value, percent: true } => format!("{}%", fifteen_digits(value * 100.0)),
        CellValue::Number { value, percent: false } => fifteen_digits(value),
        CellValue::DateTime { serial } => {
            let day = cell.value.civil().unwrap_or_else(|| panic!("no date: {serial}"));
            format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
        }
        CellValue::Bool(truth) => truth.to_string(),
        CellValue::Error(kind) => kind.text().to_owned(),
        CellValue::FormulaWithoutValue => "（公式）".to_owned(),
    }
}

fn fifteen_digits(value: f64) -> String {
    let written: f64 = format!("{value:.14e}").parse().expect("a number just written");
    written.to_string()
}

/// The number a person reads in a cell: separators, spaces, full-width digits and a percent sign aside.
pub(crate) fn number_in(sheet: &Sheet, place: &str) -> Option<Decimal> {
    let text = seen(sheet, place);
    let plain: String = text
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c })
        .map(|c| if c == '．' { '.' } else { c })
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '\u{a0}' | '\u{3000}'))
        .collect();
    plain.trim_end_matches('%').parse().ok()
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Adds a column (as `E`) over the rows in which `keep` says yes; a cell that holds no number counts nothing.
pub(crate) fn add(sheet: &Sheet, column: &str, keep: impl Fn(u32) -> bool) -> Decimal {
    let last = sheet.cells.last().map_or(0, |cell| cell.row);
    (1..=last + 1)
        .filter(|row| keep(*row))
        .filter_map(|row| number_in(sheet, &format!("{column}{row}")))
        .sum()
}

/// The rows (from 1) with a credit code in this column: one enterprise each, no totals, no notes.
pub(crate) fn rows_of_codes(sheet: &Sheet, column: &str) -> Vec<u32> {
    let last = sheet.cells.last().map_or(0, |cell| cell.row);
    let code = |row: &u32| {
        let text = seen(sheet, &format!("{column}{row}"));
        text.len() == 18 && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (1..=last + 1).filter(code).collect()
}
