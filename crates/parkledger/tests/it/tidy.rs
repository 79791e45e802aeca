//! The repository's own rules: ARCHITECTURE.md is true, the domain stays data, files stay small, commands in the manual
//! exist. Each failure says what to do.
//!
//! Deliberately absent: style that rustfmt, clippy, typos or cargo-deny check. To add a rule: one test here.

mod manual;
mod rust_text;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

/// Files that name an id of `content/` although they are code, and why they may.
const ID_EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "crates/model/src/definition/measure.rs",
    "value_added",
    "a domain of data, which departments call by the same word as the figure",
)];

/// Files outside `wording`, `messages.rs` and the command line that hold Chinese phrases, and why they may.
const CJK_EXCEPTIONS: &[(&str, &str)] = &[
    ("crates/app/src/matching.rs", "reads the legal forms that company names end with"),
    ("crates/land/src/read/headings.rs", "reads the headings of coordinate lists as surveyors write them"),
    ("crates/model/src/text.rs", "reads quarters, halves and months as departments write them"),
];

/// Product files longer than 600 lines, and why they may be.
const LENGTH_EXCEPTIONS: &[(&str, &str)] = &[];

/// Written by package managers, names of strangers included.
const LOCKS: &[&str] = &["Cargo.lock", "web/package-lock.json"];

/// Hosts that may stand in a file: name spaces of formats and licence texts. Nothing is ever fetched.
const HOSTS: &[&str] = &[
    "127.0.0.1",
    "github.com",
    "purl.oclc.org",
    "purl.org",
    "schemas.microsoft.com",
    "schemas.openxmlformats.org",
    "www.apache.org",
    "www.w3.org",
];

/// Fails with all faults at once and the way out.
#[track_caller]
fn none(faults: &[String], fix: &str) {
    assert!(faults.is_empty(), "\n  {}\nfix: {fix}\n", faults.join("\n  "));
}

fn documents() -> Vec<String> {
    tree::files_under("", ".md").into_iter().filter(|path| !path.starts_with("content/demo")).collect()
}

/// Text between back-ticks outside fenced blocks.
fn ticked(text: &str) -> Vec<String> {
    let mut fenced = false;
    let prose = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    });
    prose.flat_map(|line| line.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Rows of the table whose head begins with `first`, as cells without back-ticks.
fn table(text: &str, first: &str) -> Vec<Vec<String>> {
    let head = format!("| {first} |");
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with(&head))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<String>> = rows
        .map(|row| {
            row.trim_matches('|').split('|').map(|cell| cell.replace('`', "").trim().to_owned()).collect()
        })
        .collect();
    assert!(!rows.is_empty(), "no table headed {head:?} was found");
    rows
}

#[test]
fn every_path_named_in_a_document_exists() {
    let mut faults = Vec::new();
    for document in documents() {
        let text = tree::read(&document);
        faults.extend(
            ticked(&text)
                .into_iter()
                .filter(|token| is_path(token) && !tree::exists(token))
                .map(|token| format!("{document} names `{token}`")),
        );
        let folder = document.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !link.contains("://") && !tree::exists(&format!("{folder}{path}")) {
                faults.push(format!("{document} links to {link}"));
            }
        }
    }
    none(&faults, "name the file as it is called now, or remove the sentence");
}

/// Whether a token is a path of this repository: it begins with a folder that is committed. A path with a capital
/// (`content/books/ID.toml`) or a sign stands for many.
fn is_path(token: &str) -> bool {
    let folders =
        [".ci", "benches", "content", "crates", "deploy", "docs", "fixtures", "fuzz", "tools", "web"];
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "./-_".contains(c);
    token.split_once('/').is_some_and(|(top, _)| folders.contains(&top))
        && token.trim_end_matches("README.md").chars().all(plain)
}

#[test]
fn the_map_is_short_and_names_every_crate() {
    let text = tree::read("ARCHITECTURE.md");
    assert!(
        text.lines().count() <= 250,
        "ARCHITECTURE.md has more than 250 lines: move detail to module docs"
    );
    let named: BTreeSet<String> = table(&text, "crate").into_iter().map(|row| row[0].clone()).collect();
    let there: BTreeSet<String> = tree::names_in("crates").into_iter().collect();
    assert_eq!(named, there, "the table of crates in ARCHITECTURE.md and the folder crates/ differ");
}

#[test]
fn crates_depend_along_the_arrows() {
    let mut faults = Vec::new();
    for row in table(&tree::read("ARCHITECTURE.md"), "crate") {
        let allowed: BTreeSet<&str> = row[1].split(',').map(str::trim).collect();
        let manifest = manifest(&row[0]);
        for section in ["dependencies", "build-dependencies"] {
            for name in keys(&manifest, section) {
                if tree::exists(&format!("crates/{name}")) && !allowed.contains(name.as_str()) {
                    faults.push(format!("crates/{} depends on {name}", row[0]));
                }
            }
        }
    }
    none(
        &faults,
        "move the code to the crate that may know both, or change the arrow in ARCHITECTURE.md with a decision",
    );
}

#[test]
fn fenced_libraries_stay_behind_their_fence() {
    let fences = table(&tree::read("ARCHITECTURE.md"), "library");
    let mut faults = Vec::new();
    for name in tree::names_in("crates") {
        let used: BTreeSet<String> = keys(&manifest(&name), "dependencies").into_iter().collect();
        for fence in &fences {
            for library in fence[0].split(',').map(str::trim) {
                let inside = fence[1].split(',').any(|owner| owner.trim() == name);
                if used.contains(library) && !inside {
                    faults.push(format!("crates/{name} uses {library}, which belongs to {}", fence[1]));
                }
            }
        }
    }
    none(&faults, "call the owning crate instead");
}

#[test]
fn every_named_library_is_used() {
    let mut faults = Vec::new();
    for name in tree::names_in("crates") {
        let sources: Vec<String> = tree::files_under(&format!("crates/{name}/"), ".rs");
        let in_code = |library: &str, tests_too: bool| {
            let word = library.replace('-', "_");
            sources
                .iter()
                .filter(|path| {
                    tests_too || !["tests", "examples"].contains(&path.split('/').nth(2).unwrap_or_default())
                })
                .any(|path| has_word(&tree::read(path), &word))
        };
        for (section, tests_too) in [("dependencies", false), ("dev-dependencies", true)] {
            let unused =
                keys(&manifest(&name), section).into_iter().filter(|library| !in_code(library, tests_too));
            faults.extend(unused.map(|library| format!("crates/{name} [{section}] {library}")));
        }
    }
    none(&faults, "remove the line from the crate's Cargo.toml: each library costs build time and trust");
}

fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

fn manifest(name: &str) -> toml::Table {
    toml::from_str(&tree::read(&format!("crates/{name}/Cargo.toml")))
        .expect("Cargo has read the manifest before")
}

fn keys(manifest: &toml::Table, section: &str) -> Vec<String> {
    manifest
        .get(section)
        .and_then(toml::Value::as_table)
        .map(|t| t.keys().cloned().collect())
        .unwrap_or_default()
}

#[test]
fn every_crate_takes_the_workspace_lints() {
    let faults: Vec<String> = tree::names_in("crates")
        .into_iter()
        .filter(|name| {
            manifest(name).get("lints")
                != Some(&toml::Value::Table(toml::Table::from_iter([("workspace".to_owned(), true.into())])))
        })
        .collect();
    none(&faults, "add `[lints] workspace = true` to the crate's Cargo.toml");
}

#[test]
fn the_walk_names_functions_that_exist() {
    let mut faults = Vec::new();
    for row in table(&tree::read("ARCHITECTURE.md"), "step") {
        let (path, function) = (&row[1], row[2].rsplit("::").next().unwrap_or_default());
        let text = tree::text(path).unwrap_or_default();
        let defined = ["(", "<"].iter().any(|after| text.contains(&format!("fn {function}{after}")));
        if !defined {
            faults.push(format!("step {}: no function {function} in {path}", row[0]));
        }
    }
    none(&faults, "walk the figure again and write down where it goes now");
}

#[test]
fn pure_crates_do_no_io() {
    let mut faults = Vec::new();
    for code in rust_text::product() {
        if !["model", "office", "land", "figures", "assess"]
            .iter()
            .any(|name| code.path.starts_with(&format!("crates/{name}/")))
        {
            continue;
        }
        for (n, line) in
            code.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            let forbidden = ["std::fs", "std::net", "std::process", "std::env", "SystemTime", "Instant::now"];
            if let Some(word) = forbidden.iter().find(|word| line.contains(**word)) {
                faults.push(format!("{}:{}: {word}", code.path, n + 1));
            }
        }
    }
    none(&faults, "read and write in `app` or `store` and pass bytes in");
}

#[test]
fn no_rust_file_names_an_id_of_content() {
    let ids = content_ids();
    assert!(ids.len() > 100, "only {} ids were found under content/", ids.len());
    let mut faults = Vec::new();
    for code in rust_text::product() {
        for (line, literal) in rust_text::literals(&code.text) {
            let excepted = ID_EXCEPTIONS.iter().any(|(path, id, _)| *path == code.path && *id == literal);
            if let Some(kind) = ids.get(&literal).filter(|_| !excepted) {
                faults.push(format!("{}:{line}: {literal:?} is a {kind}", code.path));
            }
        }
    }
    none(&faults, "ask content for a role or a kind; the domain is data");
}

/// Ids of books, layouts, reports, schemes, figures, exclusions and claims.
fn content_ids() -> BTreeMap<String, &'static str> {
    let mut ids = BTreeMap::new();
    for (folder, kind) in [
        ("content/layouts", "layout"),
        ("content/books", "book"),
        ("content/reports", "report"),
        ("content/schemes", "scheme"),
    ] {
        for name in tree::names_in(folder) {
            ids.insert(name.trim_end_matches(".toml").to_owned(), kind);
        }
    }
    for path in tree::files_under("content/figures/", ".toml") {
        for line in tree::read(&path).lines() {
            for (head, kind) in
                [("[figures.", "figure"), ("[exclusions.", "exclusion"), ("[claims.", "claim")]
            {
                if let Some(id) = line.strip_prefix(head).and_then(|rest| rest.split(']').next()) {
                    ids.insert(id.to_owned(), kind);
                }
            }
        }
    }
    ids
}

#[test]
fn chinese_sentences_stand_where_they_belong() {
    let mut faults = Vec::new();
    let mut unused: BTreeSet<&str> = CJK_EXCEPTIONS.iter().map(|(path, _)| *path).collect();
    for code in rust_text::product().iter().filter(|code| !is_home_of_chinese(&code.path)) {
        for (line, literal) in rust_text::literals(&code.text) {
            // One or two characters are a sign that is read or written (年, 合计), not a sentence.
            if literal.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}')).count() <= 2 {
                continue;
            }
            unused.remove(code.path.as_str());
            if !CJK_EXCEPTIONS.iter().any(|(path, _)| *path == code.path) {
                faults.push(format!("{}:{line}: {literal:?}", code.path));
            }
        }
    }
    none(
        &faults,
        "move the sentence to wording or the crate's messages.rs; a phrase that is read, not said, to CJK_EXCEPTIONS",
    );
    assert!(unused.is_empty(), "no longer needed in CJK_EXCEPTIONS: {unused:?}");
}

fn is_home_of_chinese(path: &str) -> bool {
    path.starts_with("crates/model/src/wording/")
        || path.starts_with("crates/parkledger/src/cli/")
        || path.ends_with("/messages.rs")
        || path.contains("/messages/")
}

#[test]
fn files_stay_short() {
    let long = rust_text::product().into_iter().filter_map(|code| {
        let lines = code.text.lines().count();
        let excepted = LENGTH_EXCEPTIONS.iter().any(|(path, _)| *path == code.path);
        (lines > 600 && !excepted).then(|| format!("{} has {lines} lines without tests", code.path))
    });
    none(&long.collect::<Vec<_>>(), "split along a noun of the glossary");
}

#[test]
fn every_module_says_what_it_is() {
    let silent =
        rust_text::product().into_iter().filter(|code| !code.text.starts_with("//!")).map(|code| code.path);
    none(
        &silent.collect::<Vec<_>>(),
        "open with `//!`: what it is, what is deliberately absent, how to add one",
    );
}

#[test]
fn the_makefile_is_short_and_has_every_target_that_documents_name() {
    let makefile = tree::read("Makefile");
    assert!(makefile.lines().count() <= 60, "the Makefile has more than 60 lines");
    let targets: BTreeSet<&str> = makefile
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split(':').next())
        .collect();
    let mut faults = Vec::new();
    for document in documents() {
        let text = tree::read(&document);
        let fenced = text.lines().filter(|line| line.starts_with("make ")).map(str::to_owned);
        for command in ticked(&text).into_iter().chain(fenced) {
            let Some(target) = command.strip_prefix("make ").and_then(|rest| rest.split_whitespace().next())
            else {
                continue;
            };
            if !targets.contains(target) {
                faults.push(format!("{document}: make {target}"));
            }
        }
    }
    none(&faults, "name a target of the Makefile");
}

#[test]
fn every_decision_is_listed() {
    let list = tree::read("docs/decisions/README.md");
    let lost = tree::names_in("docs/decisions")
        .into_iter()
        .filter(|name| name != "README.md" && !list.contains(&format!("({name})")));
    none(&lost.collect::<Vec<_>>(), "link it from docs/decisions/README.md");
}

#[test]
fn templates_stay_small() {
    let large =
        tree::files_under("content/", ".docx").into_iter().filter(|path| tree::size(path) > 300 * 1024);
    none(&large.collect::<Vec<_>>(), "keep Word templates below 300 KB: remove pictures and embedded fonts");
}

#[test]
fn files_name_no_machine_and_no_host() {
    // Assembled from halves so that this file obeys its own rule.
    let words: Vec<String> = [("/wo", "rk/"), ("/tmp/", "bash"), ("/ro", "ot/"), ("/ho", "me/")]
        .map(|(a, b)| format!("{a}{b}"))
        .to_vec();
    let mut faults = Vec::new();
    for path in tree::files().into_iter().filter(|path| !LOCKS.contains(&path.as_str())) {
        let Some(text) = tree::text(&path) else { continue };
        for (n, line) in text.lines().enumerate() {
            let hosts = line.split("://").skip(1).map(|rest| {
                rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-')
                    .next()
                    .unwrap_or_default()
            });
            let strange = hosts
                .filter(|host| host.contains('.') && !host.ends_with(".example") && !HOSTS.contains(host))
                .map(str::to_owned);
            let found = words.iter().filter(|word| line.contains(word.as_str())).cloned().chain(strange);
            faults.extend(found.map(|what| format!("{path}:{}: {what}", n + 1)));
        }
    }
    none(&faults, "paths of one machine and addresses on the network do not belong in the repository");
}

#[test]
fn files_speak_of_the_product_only() {
    // Assembled from halves so that this file obeys its own rule.
    let words = [
        ("chat", "gpt"),
        ("copi", "lot"),
        ("clau", "de"),
        ("anthro", "pic"),
        ("open", "ai"),
        ("language ", "model"),
        ("sub", "agent"),
    ]
    .map(|(a, b)| format!("{a}{b}"));
    let mut faults = Vec::new();
    for path in tree::files().into_iter().filter(|path| !LOCKS.contains(&path.as_str())) {
        let text = tree::text(&path).unwrap_or_default().to_lowercase();
        faults.extend(
            words.iter().filter(|word| text.contains(word.as_str())).map(|word| format!("{path}: {word}")),
        );
    }
    none(&faults, "a file says what the product does and why, not how the text came about");
}
