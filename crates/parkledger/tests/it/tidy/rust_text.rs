//! Just enough reading of Rust for rules about text: which code is the product's, and which literals it holds.

use super::tree;

/// One file of product code, its tests cut off.
pub(super) struct Code {
    /// Path from the root.
    pub(super) path: String,
    /// Text up to the inline tests.
    pub(super) text: String,
}

/// Every Rust file under `crates/*/src` that is not a test.
pub(super) fn product() -> Vec<Code> {
    tree::files_under("crates/", ".rs")
        .into_iter()
        .filter(|path| path.split('/').nth(2) == Some("src") && !is_test(path))
        .map(|path| {
            let text = without_tests(&tree::read(&path));
            Code { path, text }
        })
        .collect()
}

fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

/// The text before `#[cfg(test)] mod … {`; tests stand last in a file.
fn without_tests(text: &str) -> String {
    let mut kept = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().map_or("", |next| next.trim());
        if line.trim() == "#[cfg(test)]" && next.starts_with("mod ") && next.ends_with('{') {
            break;
        }
        kept.push(line);
    }
    kept.join("\n")
}

/// String and character literals outside comments, each with its line from 1. Escapes are left as written.
pub(super) fn literals(text: &str) -> Vec<(usize, String)> {
    let mut scan = Scan { chars: text.chars().collect(), at: 0, line: 1, found: Vec::new() };
    while scan.at < scan.chars.len() {
        scan.step();
    }
    scan.found
}

struct Scan {
    chars: Vec<char>,
    at: usize,
    line: usize,
    found: Vec<(usize, String)>,
}

impl Scan {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn bump(&mut self) -> char {
        let c = self.peek(0);
        self.line += usize::from(c == '\n');
        self.at += 1;
        c
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.chars.len() && self.peek(0) != '\n' {
                    self.bump();
                }
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => {
                self.bump();
                self.quoted('"');
            }
            ('\'', next) if next == '\\' || self.peek(2) == '\'' => {
                self.bump();
                self.quoted('\'');
            }
            (c, _) if c.is_alphanumeric() || c == '_' => self.word(),
            _ => {
                self.bump();
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.bump();
                    continue;
                }
            }
            self.bump();
            self.bump();
            if depth == 0 {
                return;
            }
        }
    }

    /// Reads up to the closing quote.
    fn quoted(&mut self, close: char) {
        let (line, mut literal) = (self.line, String::new());
        while self.at < self.chars.len() {
            match self.bump() {
                '\\' => {
                    literal.push('\\');
                    literal.push(self.bump());
                }
                c if c == close => break,
                c => literal.push(c),
            }
        }
        self.found.push((line, literal));
    }

    /// An identifier, which may turn out to be the `r` or `br` before a raw string.
    fn word(&mut self) {
        let mut word = String::new();
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            word.push(self.bump());
        }
        if !matches!(word.as_str(), "r" | "br" | "cr") {
            return;
        }
        let hashes = self.chars[self.at..].iter().take_while(|c| **c == '#').count();
        if self.peek(hashes) != '"' {
            return;
        }
        self.at += hashes + 1;
        let (line, mut literal) = (self.line, String::new());
        while self.at < self.chars.len() {
            if self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#') {
                self.at += hashes + 1;
                break;
            }
            literal.push(self.bump());
        }
        self.found.push((line, literal));
    }
}

#[test]
fn literals_are_found_outside_comments_only() {
    let text = "// \"no\"\nlet a = \"one\"; /* \"no /* \"no\" */ */ let b: &'static str = r#\"t\"wo\"#;\nlet c = ['x', '\\''];";
    let found: Vec<String> =
        literals(text).into_iter().map(|(line, text)| format!("{line}:{text}")).collect();
    assert_eq!(found, ["2:one", "2:t\"wo", "3:x", "3:\\'"]);
}

#[test]
fn inline_tests_are_cut_and_test_modules_elsewhere_are_not() {
    let text = "fn a() {}\n#[cfg(test)]\nmod elsewhere;\nfn b() {}\n#[cfg(test)]\nmod tests {\n}";
    assert_eq!(without_tests(text), "fn a() {}\n#[cfg(test)]\nmod elsewhere;\nfn b() {}");
}
