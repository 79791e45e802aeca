//! The schemes under `content/schemes` are read without a fault.

use std::path::{Path, PathBuf};

use model::content::{Content, SourceFile};

/// All TOML files of `content/`.
fn files(folder: &Path, root: &Path, found: &mut Vec<SourceFile>) {
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("content/ is there").map(|e| e.expect("a name").path()).collect();
    names.sort();
    for path in names {
        let inside = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
        if path.is_dir() && inside != "demo" {
            files(&path, root, found);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            found.push(SourceFile { path: inside, text });
        }
    }
}

fn content() -> Content {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut found = Vec::new();
    files(&root, &root, &mut found);
    let (content, diagnostics) = Content::load(&found);
    let said: Vec<String> = diagnostics
        .iter()
        .filter(|d| d.path.starts_with("schemes/") || d.path == "measures.toml")
        .map(|d| format!("{} at {}: {} ({})", d.path, d.at.start, d.message, d.hint))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    content
}

#[test]
fn schemes_are_read_without_a_fault() {
    let content = content();
    assert!(content.schemes.len() >= 3, "only {} schemes", content.schemes.len());
    assert!(content.measures.len() >= 9);
}

#[test]
fn every_vector_comes_out_to_the_digit() {
    let content = content();
    let mut wrong = Vec::new();
    for scheme in content.schemes.values() {
        assert!(
            !scheme.vectors.is_empty() || !assess::run::needs(scheme).is_empty(),
            "{} has no vector",
            scheme.id
        );
        for one in assess::vectors::check(scheme) {
            wrong.push(format!("{}: {} ({})", scheme.id, one.message, one.hint));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_vector_that_is_wrong_is_found() {
    let content = content();
    let scheme = content.schemes.values().find(|s| s.vectors.iter().any(|v| v.subjects[0].score.is_some()));
    let mut scheme = scheme.expect("some vector states a score").clone();
    scheme.vectors.retain(|v| v.subjects[0].score.is_some());
    scheme.vectors.truncate(1);
    let score = scheme.vectors[0].subjects[0].score.as_mut().expect("just kept");
    *score += rust_decimal::Decimal::new(1, 2);
    let wrong = assess::vectors::check(&scheme);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0].at, scheme.vectors[0].subjects[0].at);
}
