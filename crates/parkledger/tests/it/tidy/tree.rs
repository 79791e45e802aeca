//! The repository as files: everything that would be committed, and nothing that `.gitignore` names.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the crate lies in the repository")
}

/// Whether a path under the root exists.
pub(super) fn exists(path: &str) -> bool {
    root().join(path).exists()
}

/// The text of a file that must be there.
pub(super) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// The text of a file; none when it is not UTF-8, such as a workbook.
pub(super) fn text(path: &str) -> Option<String> {
    fs::read(root().join(path)).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

/// The size of a file in bytes.
pub(super) fn size(path: &str) -> u64 {
    fs::metadata(root().join(path)).map_or(0, |found| found.len())
}

/// Names directly inside a folder, sorted.
pub(super) fn names_in(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join(folder))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// All files of the repository as paths with `/`, sorted.
pub(super) fn files() -> Vec<String> {
    let ignored: Vec<String> = read(".gitignore").lines().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for name in names_in(&folder) {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if name == ".git" || ignored.iter().any(|rule| matches_rule(rule, &path, &name)) {
                continue;
            }
            if root().join(&path).is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The two forms of rule that our `.gitignore` uses: `/path` from the root, `name` anywhere.
fn matches_rule(rule: &str, path: &str, name: &str) -> bool {
    match rule.strip_prefix('/') {
        Some(anchored) => path == anchored,
        None => name == rule,
    }
}

/// Files with an ending, under a folder.
pub(super) fn files_under(folder: &str, ending: &str) -> Vec<String> {
    files().into_iter().filter(|path| path.starts_with(folder) && path.ends_with(ending)).collect()
}
