//! The schemes under `content/schemes` are read without a fault.

mod shared;

use shared::content;

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
