//! Populations, lines, ties, vetoes, protections, special classes.

use assess::facts::Status;
use assess::run::Outside;
use jiff::civil::date;
use model::id::GradeId;

use crate::{GRADES, facts, grades, mark, number, ran, scheme, subject, tax_per_mu};

const RULE: &str = "benchmark = 10\nmissing = \"not_evaluable\"\n";

fn group(id: &str, population: &str) -> String {
    format!(
        "[[group]]\nid = \"{id}\"\ntitle = \"{id}\"\npopulation = {{ {population} }}\n{}",
        tax_per_mu(100, RULE)
    )
}

#[test]
fn land_or_rented_floor_suffices() {
    // “占地5亩以上或租赁厂房3000平方米以上且成立4年（含）以上”
    let scheme = scheme(&(group("rest", "min_land = 5, min_floor = 3000, min_age = 4") + GRADES));
    let mut facts = facts(&[("tax", &["30"; 6])]);
    for subject in &mut facts.subjects {
        subject.since = Some(date(2019, 12, 31));
    }
    facts.subjects[0].land = Some(number("3333.34")); // 5.000 01 亩
    facts.subjects[1].land = Some(number("3333.33")); // 4.999 995 亩
    facts.subjects[2].floor = Some(number("3000"));
    facts.subjects[3].land = None;
    facts.subjects[4].land = Some(number("4000"));
    facts.subjects[4].since = Some(date(2020, 1, 1)); // three whole years at the end of 2023
    facts.subjects[5].status = Status::NotDue { until: Some(date(2025, 1, 1)) };
    let run = ran(&scheme, &facts);
    let outside: Vec<Option<Outside>> = (0..6).map(|s| run.row(s).outside).collect();
    let wanted = [
        None,
        Some(Outside::TooSmall),
        None,
        Some(Outside::LandUnknown),
        Some(Outside::TooYoung),
        Some(Outside::Status),
    ];
    assert_eq!(outside, wanted);
}

#[test]
fn who_moved_during_the_year_keeps_its_class_where_the_scheme_says_so() {
    let body = |on: &str| {
        group("above", &format!("classes = [\"规上\"], class_on = \"{on}\""))
            + &group("below", &format!("classes = [\"规下\"], class_on = \"{on}\""))
            + GRADES
    };
    let mut facts = facts(&[("tax", &["30", "30", "30"])]);
    facts.subjects[0].class = "规下".into(); // 退规
    facts.subjects[0].class_before = Some("规上".into());
    facts.subjects[1].class = "规上".into(); // 小升规
    facts.subjects[1].class_before = Some("规下".into());
    facts.subjects[2].class = "规上".into(); // new
    let groups = |on: &str| {
        let scheme = scheme(&body(on));
        let run = ran(&scheme, &facts);
        (0..3).map(|s| run.row(s).group.expect("in one").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(groups("beginning"), ["above", "below", "above"]);
    assert_eq!(groups("end"), ["below", "above", "above"]);
}

#[test]
fn groups_are_ranked_apart() {
    let scheme = scheme(&(group("large", "min_land = 5") + &group("small", "below_land = 5") + GRADES));
    let mut facts = facts(&[("tax", &["90", "30", "60", "20", "10", "30", "29", "28", "27", "26"])]);
    for (place, subject_) in facts.subjects.iter_mut().enumerate() {
        *subject_ = subject(place as u64 + 1, if place < 5 { "6" } else { "3" });
    }
    let run = ran(&scheme, &facts);
    // Five each: ⌊0.2 × 5⌋ = 1 A, ⌊0.6 × 5⌋ = 3, ⌊0.95 × 5⌋ = 4.
    assert_eq!(grades(&run, 10), "A B B C D A B B C D");
    assert_eq!(run.row(5).rank, Some(1));
}

#[test]
fn ties_at_a_line_stay_together() {
    let check = |tax: &[&str], ties: &str, wanted: &str| {
        let body = group("all", "") + &GRADES.replace("[grades]", &format!("[grades]\nties = \"{ties}\""));
        let scheme = scheme(&body);
        let facts = facts(&[("tax", tax)]);
        assert_eq!(grades(&ran(&scheme, &facts), tax.len()), wanted, "{tax:?} {ties}");
    };
    // Lines after 1, 3, 4 of five. A and C are limits: ties there go to the worse grade whatever is said.
    check(&["50", "50", "40", "30", "20"], "better", "B B B C D");
    check(&["50", "50", "40", "30", "20"], "worse", "B B B C D");
    // The line of B is none: third and fourth are alike.
    check(&["50", "40", "30", "30", "20"], "better", "A B B B D");
    check(&["50", "40", "30", "30", "20"], "worse", "A B C C D");
    // All alike: no line may cut them, C's limit forbids lifting them, so they share the last grade.
    check(&["20", "20", "20", "20", "20"], "better", "D D D D D");
    // Fourth and fifth at the line of C.
    check(&["50", "40", "30", "20", "20"], "better", "A B B D D");
    // Printed alike is alike: 33.333… and 33.334 are both 33.33.
    check(&["10", "9", "8", "3.3333", "3.3334"], "better", "A B B D D");
}

#[test]
fn veto_moves_down_protection_up_and_nobody_moves_in() {
    let body = group("all", "")
        + GRADES
        + "[[veto]]\nmark = \"accident\"\nnot_in = [\"A\", \"B\"]\n\
           [[protection]]\nmark = \"promoted\"\nnot_in = [\"D\"]\nyears = [-1, -1]\n";
    let scheme = scheme(&body);
    let mut facts = facts(&[("tax", &["50", "40", "30", "20", "10"])]);
    let mut last_year = mark(4, "promoted");
    last_year.on = Some(date(2022, 7, 1));
    facts.marks = vec![mark(0, "accident"), last_year.clone()];
    let run = ran(&scheme, &facts);
    assert_eq!(grades(&run, 5), "C B B C C");
    let row = run.row(0);
    assert_eq!(row.first.as_ref().map(GradeId::as_str), Some("A"));
    assert_eq!(row.score, Some(number("166.67")));
    assert_eq!(row.moves.len(), 1);
    assert_eq!((row.moves[0].from.as_str(), row.moves[0].to.as_str()), ("A", "C"));
    assert_eq!(&*row.moves[0].reason, "见文件");
    // Promoted this year, not the year before: no protection. Vetoed: none either.
    facts.marks = vec![mark(4, "promoted")];
    assert_eq!(grades(&ran(&scheme, &facts), 5), "A B B C D");
    facts.marks = vec![last_year, mark(4, "accident")];
    assert_eq!(grades(&ran(&scheme, &facts), 5), "A B B C D");
}

#[test]
fn special_classes_take_no_places() {
    let body = group("all", "") + GRADES + "[[class]]\ngrade = \"T\"\nmarks = [\"utility\"]\n";
    let scheme = scheme(&body);
    let mut facts = facts(&[("tax", &["99", "50", "40", "30", "20", "10"])]);
    let mut standing = mark(0, "utility");
    standing.on = Some(date(2015, 1, 1));
    facts.marks = vec![standing.clone()];
    let run = ran(&scheme, &facts);
    assert_eq!(grades(&run, 6), "T A B B C D");
    assert_eq!(run.row(0).score, None);
    // It ended the year before: it does not stand any more.
    standing.until = Some(date(2022, 12, 31));
    facts.marks = vec![standing];
    assert_eq!(grades(&ran(&scheme, &facts), 6), "A B B C C D");
}

#[test]
fn lines_may_be_scores() {
    let body = group("all", "")
        + "[grades]\nline = [{ grade = \"A\", score = 100 }, { grade = \"B\", score = 60 }, { grade = \"C\" }]\n";
    let scheme = scheme(&body);
    let facts = facts(&[("tax", &["30", "29.9", "18", "17.9"])]);
    assert_eq!(grades(&ran(&scheme, &facts), 4), "A B B C");
}

#[test]
fn totals_before_the_cap_may_break_ties() {
    let capped =
        group("all", "").replace(RULE, "benchmark = 10\ncap = \"1.5\"\nmissing = \"zero\"\n") + GRADES;
    let facts = facts(&[("tax", &["60", "90", "45", "30", "20"])]);
    // 200, 300 and 150 are all held at 150: without a tie break nobody fits into the one place of A.
    let plain = scheme(&capped);
    assert_eq!(grades(&ran(&plain, &facts), 5), "B B B C D");
    let broken = scheme(&("tie_break = \"raw\"\n".to_owned() + &capped));
    let run = ran(&broken, &facts);
    assert_eq!(grades(&run, 5), "B A B C D");
    assert_eq!((run.row(1).rank, run.row(0).rank), (Some(1), Some(2)));
    assert_eq!((run.row(1).score, run.row(1).raw), (Some(number("150.00")), Some(number("300"))));
}
