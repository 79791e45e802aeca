//! Where each of the fifty situations is tested: every one somewhere, by a test of its number.

use std::path::Path;

/// A file of tests and the numbers it answers.
const WHERE: [(&str, &[u32]); 6] = [
    ("crates/assess/tests/situations/tenants.rs", &[1, 2, 3, 4, 7, 12, 13, 23, 24, 25, 26, 27, 28, 29, 40]),
    ("crates/assess/tests/situations/parcels.rs", &[5, 6, 19, 20, 21, 22, 39, 41, 42, 45, 46, 47, 48]),
    (
        "crates/assess/tests/situations/graded.rs",
        &[8, 9, 10, 11, 30, 31, 32, 33, 34, 35, 36, 37, 38, 43, 44, 49, 50],
    ),
    // Boundaries: overlaps, straddling, areas that differ; the geometry of fences, splits and mergers.
    ("crates/land/tests/situations.rs", &[15, 16, 17, 18, 20, 21]),
    // Whose tax is paid elsewhere and a fence around two parcels come from the register; an upheld objection where others keep their
    // grades: versions are the application's.
    ("crates/app/src/parcels/tests.rs", &[7, 20, 44]),
    // Intake: a new name for a known code.
    ("crates/app/src/import/tests/identity.rs", &[14]),
];

#[test]
fn every_situation_has_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut answered = Vec::new();
    for (path, numbers) in WHERE {
        let text = std::fs::read_to_string(root.join(path)).expect("the file is there");
        for number in numbers {
            let test = format!("#[test]\nfn s{number:02}_");
            assert!(text.contains(&test), "{path} has no test s{number:02}_…");
            answered.push(*number);
        }
    }
    answered.sort_unstable();
    answered.dedup();
    let missing: Vec<u32> = (1..=50).filter(|number| !answered.contains(number)).collect();
    assert!(missing.is_empty(), "no test for {missing:?}");
}
