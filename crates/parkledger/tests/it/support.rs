//! What every test of the binary needs: a folder of its own, and the binary run in it with a fixed user.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
        command.current_dir(self.folder.path()).env("PARKLEDGER_USER", "测试").arg("--data").arg(data).args(arguments);
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
    let sum: u32 = body.chars().zip(weights).map(|(c, w)| c.to_digit(36).expect("a letter or digit") * w).sum();
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

/// A register of `count` enterprises as CSV.
pub(crate) fn register(count: u32) -> String {
    let mut text = "统一社会信用代码,企业名称\n".to_owned();
    for n in 0..count {
        text.push_str(&format!("{},宁波测试{n}号机械有限公司\n", credit_code(n)));
    }
    text
}

/// A month's output returns of `count` enterprises as CSV: enterprise n reports `base + n` 万元 for the month.
pub(crate) fn returns(count: u32, period: &str, base: u32) -> String {
    let mut text = format!("{period}工业产值（单位：万元）\n统一社会信用代码,企业名称,本月产值,累计产值\n");
    for n in 0..count {
        let value = base + n;
        text.push_str(&format!("{},宁波测试{n}号机械有限公司,{value},{value}\n", credit_code(n)));
    }
    text
}
