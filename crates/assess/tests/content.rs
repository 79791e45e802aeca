//! The schemes under `content/schemes` are read without a fault.

mod shared;

use assess::facts::{Facts, Reading, Status, Subject};
use assess::merge::judged;
use assess::run::{Options, RunFault, needs};
use indexmap::IndexMap;
use model::content::Content;
use model::definition::{Denominator, Scheme, Setting};
use model::id::EntryId;
use rust_decimal::Decimal;
use shared::{content, sources};

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
        assert!(!scheme.vectors.is_empty() || !needs(scheme).is_empty(), "{} has no vector", scheme.id);
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
    *score += Decimal::new(1, 2);
    let wrong = assess::vectors::check(&scheme);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0].at, scheme.vectors[0].subjects[0].at);
}

/// Subjects of classes on 3 亩, with 3 of everything that divides and three times a quotient of everything that is divided.
fn facts(scheme: &Scheme, subjects: &[(&str, u32)]) -> Facts {
    let mut measures: IndexMap<_, Vec<Reading>> = IndexMap::new();
    let all = || scheme.groups.iter().flat_map(|group| &group.indicators);
    for measure in all().filter_map(|one| match &one.denominator {
        Denominator::Measure(measure) => Some(measure),
        Denominator::Land | Denominator::One => None,
    }) {
        measures.insert(measure.clone(), vec![Reading::present(Decimal::from(3)); subjects.len()]);
    }
    for one in all() {
        let of = |(_, quotient): &(&str, u32)| Reading::present(Decimal::from(3 * quotient));
        measures.insert(one.numerator.clone(), subjects.iter().map(of).collect());
    }
    let subject = |(number, (class, _)): (u64, &(&str, u32))| Subject {
        key: EntryId(number),
        name: "".into(),
        class: (*class).into(),
        class_before: None,
        unit: None,
        industry: "".into(),
        land: Some(Decimal::from(2000)),
        floor: None,
        since: None,
        status: Status::Scored,
    };
    Facts {
        year: scheme.from_year,
        subjects: (1..).zip(subjects).map(subject).collect(),
        measures,
        marks: Vec::new(),
    }
}

/// The scheme of the district says what it is divided by and nothing else: an overlay, which replaces its file, gives the numbers.
#[test]
fn a_scheme_whose_numbers_are_to_be_supplied_runs_once_an_overlay_gives_them() {
    let content = content();
    let scheme =
        content.schemes.values().max_by_key(|scheme| needs(scheme).len()).expect("there are schemes");
    // Eight indicators with weight, benchmark, cap and floor; three lines between four grades.
    assert_eq!(needs(scheme).len(), 35);
    let [above, below] = [0, 1].map(|group| scheme.groups[group].population.classes[0].as_str());
    let facts = facts(scheme, &[(above, 5), (above, 20), (above, 10), (below, 5), (below, 20)]);
    let fault = judged(scheme, &facts, &Options::default()).expect_err("nothing is known");
    assert_eq!(fault, RunFault::ToBeSupplied { paths: needs(scheme) });

    let path = format!("schemes/{}.toml", scheme.id);
    let mut sources = sources();
    let file = sources.iter_mut().find(|file| file.path == path).expect("the scheme's file");
    let (mut weights, mut lines) = (["30", "20", "20", "10", "10", "10", "60", "40"].iter(), 0);
    let supply = |line: &str| {
        let number = match line.split('=').next().map(str::trim) {
            Some("weight") => weights.next().expect("eight indicators"),
            Some("benchmark") => "10",
            Some("cap") => "1.5",
            Some("floor") => "0",
            // A remark of the file tells the reader what to replace.
            _ if !line.starts_with('#') && line.contains(Setting::TO_BE_SUPPLIED) => {
                lines += 1;
                ["0.34", "0.67", "0.95"][lines - 1]
            }
            _ => return line.to_owned(),
        };
        line.replace(Setting::TO_BE_SUPPLIED, number)
    };
    file.text = file.text.lines().map(supply).collect::<Vec<_>>().join("\n");
    let (content, diagnostics) = Content::load(&sources);
    let said: Vec<_> = diagnostics.iter().filter(|d| d.path == path).map(|d| &d.message).collect();
    assert!(said.is_empty(), "{said:?}");
    let supplied = &content.schemes[&scheme.id];
    assert_eq!(needs(supplied), Vec::<String>::new());
    let rows = judged(supplied, &facts, &Options::default()).expect("all is known").rows;
    // Half the benchmark everywhere is 50, twice is capped at 150; each list has its own lines: one of three A, one B, one D, and of
    // two ⌊0.68⌋ no A, ⌊1.34⌋ one B, and the rest D.
    let found = |row: &assess::run::Row| {
        (row.score.map(|score| score.to_string()), row.grade.as_ref().map(ToString::to_string))
    };
    let expected = [("50.00", "D"), ("150.00", "A"), ("100.00", "B"), ("50.00", "D"), ("150.00", "B")];
    let expected = expected.map(|(score, grade)| (Some(score.to_owned()), Some(grade.to_owned())));
    assert_eq!(rows.iter().map(found).collect::<Vec<_>>(), expected);
}
