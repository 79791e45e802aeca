//! The content of the repository, for tests.

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

/// The content of the repository, its schemes without a fault.
pub fn content() -> Content {
    let (content, diagnostics) = Content::load(&sources());
    let said: Vec<String> = diagnostics
        .iter()
        .filter(|d| d.path.starts_with("schemes/") || d.path == "measures.toml")
        .map(|d| format!("{} at {}: {} ({})", d.path, d.at.start, d.message, d.hint))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    content
}

/// The files of the repository's content.
pub fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut found = Vec::new();
    files(&root, &root, &mut found);
    found
}
