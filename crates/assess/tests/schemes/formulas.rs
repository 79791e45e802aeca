//! Quotients, benchmarks, methods, missing values, corrections; numbers by hand beside each.

use assess::facts::{Reading, Share};
use assess::messages::unscored;
use assess::run::{Bound, Means, Options, Reason, RunFault, run};

use model::id::UnitId;

use crate::{GRADES, facts, mark, number, output_per_energy, ran, scheme, scores, subject, tax_per_mu};

fn one_group(indicators: &str) -> String {
    format!("[[group]]\nid = \"all\"\ntitle = \"全部\"\n{indicators}{GRADES}")
}

#[test]
fn a_cell_answers_alone() {
    let scheme = scheme(&one_group(
        &tax_per_mu(30, "benchmark = \"24.097\"\ncap = \"1.5\"\nmissing = \"zero\"\n")
            .replace("weight = 30", "weight = 100"),
    ));
    let mut facts = facts(&[("tax", &["389.5068"])]);
    // 13,333.33 ㎡ are 20 亩 less a third of a hundredth ㎡: 389.5068 ÷ (13,333.33 × 0.0015) = 19.475 344 868 8…
    facts.subjects[0].land = Some(number("13333.33"));
    let row = ran(&scheme, &facts).row(0);
    let cell = &row.cells[0];
    assert_eq!(cell.numerator.value, Some(number("389.5068")));
    assert_eq!(cell.numerator.unit.as_str(), "万元");
    assert_eq!(
        cell.denominator.as_ref().map(|d| (d.value, d.unit.as_str())),
        Some((Some(number("13333.33")), "平方米"))
    );
    assert_eq!(cell.x, Some(number("19.4753448688")));
    assert_eq!(cell.unit.as_ref().map(UnitId::as_str), Some("万元/亩"));
    // 19.475 344 868 836… ÷ 24.097 × 100 = 80.820 620 279 85…
    assert_eq!(cell.raw, Some(number("80.8206202799")));
    assert_eq!(row.score, Some(number("80.82")));
}

#[test]
fn means_are_ratios_of_sums() {
    let scheme = scheme(&one_group(&tax_per_mu(100, "benchmark = \"group_mean\"\nmissing = \"zero\"\n")));
    let mut facts = facts(&[("tax", &["30", "30", ""])]);
    facts.subjects[1] = subject(2, "12");
    // (30 + 30) ÷ (3 + 12) = 4, not (10 + 2.5) ÷ 2 = 6.25; the third has no tax and counts neither above nor below.
    let run = ran(&scheme, &facts);
    let frozen = run.freeze();
    assert_eq!(frozen.groups[0].indicators[0].mean, Some(number("4")));
    assert_eq!(frozen.groups[0].indicators[0].present, 2);
    assert_eq!(scores(&run, 3), ["250", "62.5", "0"]);
}

#[test]
fn a_multiple_of_last_years_mean_needs_last_year() {
    let scheme = scheme(&one_group(&tax_per_mu(
        100,
        "benchmark = { times = 2, of = \"previous_mean\" }\nmissing = \"zero\"\n",
    )));
    let facts = facts(&[("tax", &["60"])]);
    let fault = run(&scheme, &facts, &Options::default()).expect_err("nobody ran last year");
    assert_eq!(fault, RunFault::NoPreviousMean { paths: vec!["all.tax_per_mu.benchmark".to_owned()] });
    let previous = Means::from([(("all".into(), "tax_per_mu".into()), number("12.5"))].map(|(k, v)| (k, v)));
    let run = run(&scheme, &facts, &Options { previous, ..Options::default() }).expect("now it can");
    // 60 ÷ 3 = 20; 20 ÷ (2 × 12.5) × 100 = 80.
    assert_eq!(scores(&run, 1), ["80"]);
    assert_eq!(run.means()[&("all".into(), "tax_per_mu".into())], number("20"));
}

#[test]
fn winsorising_pulls_one_outlier_in() {
    let more = "benchmark = \"group_mean\"\nwinsorise = \"0.2\"\nmissing = \"zero\"\n";
    let scheme = scheme(&one_group(&tax_per_mu(100, more)));
    // Quotients 1, 2, 3, 4, 1000 on equal land; ⌊0.2 × 5⌋ = 1 of each tail is pulled in: (2 + 2 + 3 + 4 + 4) ÷ 5 = 3.
    let facts = facts(&[("tax", &["3", "6", "9", "12", "3000"])]);
    let run = ran(&scheme, &facts);
    assert_eq!(run.freeze().groups[0].indicators[0].benchmark, Some(number("3")));
    assert_eq!(scores(&run, 2), ["33.33", "66.67"]);
}

#[test]
fn four_rules_for_missing_values() {
    let check = |rule: &str, wanted: [&str; 3]| {
        let body = tax_per_mu(60, "benchmark = 10\nmissing = \"not_evaluable\"\n")
            + &output_per_energy(40, &format!("benchmark = 10\nmissing = \"{rule}\"\n"));
        let scheme = scheme(&one_group(&body));
        // Tax per 亩 10: 60 points each. Output per energy: 5 gives 20, 15 gives 60, the third has no energy.
        let facts = facts(&[
            ("tax", &["30", "30", "30"]),
            ("output", &["50", "150", "90"]),
            ("energy", &["10", "10", ""]),
        ]);
        assert_eq!(scores(&ran(&scheme, &facts), 3), wanted, "{rule}");
    };
    check("group_mean", ["80", "120", "100"]); // 60 + (20 + 60) ÷ 2
    check("zero", ["80", "120", "60"]);
    check("renormalise", ["80", "120", "100"]); // 60 × 100 ÷ 60
    check("not_evaluable", ["80", "120", "-"]);

    // Nobody has energy yet: the indicator is left out for all alike, 60 × 100 ÷ 60.
    let body = tax_per_mu(60, "benchmark = 10\nmissing = \"not_evaluable\"\n")
        + &output_per_energy(40, "benchmark = 10\nmissing = \"group_mean\"\n");
    let early = scheme(&one_group(&body));
    let facts = facts(&[("tax", &["30", "15"]), ("output", &["50", "150"])]);
    assert_eq!(scores(&ran(&early, &facts), 2), ["100", "50"]);
}

#[test]
fn a_subject_without_score_says_why() {
    let body = tax_per_mu(60, "benchmark = 10\nmissing = \"not_evaluable\"\n")
        + &output_per_energy(40, "benchmark = 10\nmissing = \"renormalise\"\n");
    let scheme = scheme(&one_group(&body));
    let facts = facts(&[("tax", &["30", ""]), ("output", &["", "5"]), ("energy", &["1", "1"])]);
    let run = ran(&scheme, &facts);
    assert_eq!(unscored(&scheme, &run.row(0)), None);
    assert_eq!(unscored(&scheme, &run.row(1)).as_deref(), Some("亩均税收：分子没有数据"));
}

#[test]
fn reasons_are_kept_apart() {
    let body = output_per_energy(100, "benchmark = 10\nmissing = \"zero\"\nmin_known = \"0.8\"\n");
    let scheme = scheme(&one_group(&body));
    let mut facts = facts(&[("output", &["", "5", "5", "5", "5"]), ("energy", &["1", "", "0", "1", "1"])]);
    facts.measures["output"][3] = Reading::estimated(number("5"), Share::of(number("0.79"), number("1")));
    facts.measures["output"][4] = Reading::estimated(number("5"), Share::of(number("0.8"), number("1")));
    let run = ran(&scheme, &facts);
    let reasons: Vec<Option<Reason>> = (0..5).map(|s| run.row(s).cells[0].reason).collect();
    let wanted = [
        Some(Reason::NumeratorMissing),
        Some(Reason::DenominatorMissing),
        Some(Reason::DenominatorNotPositive),
        Some(Reason::TooLittleKnown),
        None,
    ];
    assert_eq!(reasons, wanted);
}

#[test]
fn negative_values_keep_their_sign_until_a_floor_holds_them() {
    let free = scheme(&one_group(&tax_per_mu(100, "benchmark = 10\nmissing = \"zero\"\n")));
    let held = scheme(&one_group(&tax_per_mu(100, "benchmark = 10\nfloor = 0\nmissing = \"zero\"\n")));
    let facts = facts(&[("tax", &["-15"])]);
    assert_eq!(scores(&ran(&free, &facts), 1), ["-50"]);
    let row = ran(&held, &facts).row(0);
    assert_eq!(
        (row.score, row.cells[0].raw, row.cells[0].bound),
        (Some(number("0.00")), Some(number("-50")), Some(Bound::Floor))
    );
    assert_eq!(row.cells[0].numerator.value, Some(number("-15")));
}

#[test]
fn where_less_is_better_the_quotient_turns_round() {
    let body =
        output_per_energy(100, "benchmark = 4\nbetter = \"lower\"\ncap = \"1.5\"\nmissing = \"zero\"\n");
    let facts = facts(&[("output", &["8", "2", "0"]), ("energy", &["1", "1", "1"])]);
    let run_ = scheme(&one_group(&body));
    let run = ran(&run_, &facts);
    // 4 ÷ 8 × 100; 4 ÷ 2 × 100 held at 150; nothing is not infinitely good.
    assert_eq!(scores(&run, 3), ["50", "150", "0"]);
    assert_eq!(run.row(2).cells[0].reason, Some(Reason::QuotientNotPositive));
}

#[test]
fn a_slip_of_units_is_a_reason_and_never_wraps() {
    let scheme = scheme(&one_group(&tax_per_mu(100, "benchmark = \"0.0001\"\nmissing = \"zero\"\n")));
    let facts = facts(&[("tax", &["99999999999999999"])]);
    assert_eq!(ran(&scheme, &facts).row(0).cells[0].reason, Some(Reason::TooLarge));
}

#[test]
fn corrections_multiply_before_bonuses_are_added() {
    let body = one_group(&tax_per_mu(100, "benchmark = 10\nmissing = \"zero\"\n"))
        + "[[correction]]\nid = \"textiles\"\ntitle = \"纺织\"\nindustries = [\"纺织业\"]\nfactor = \"1.2\"\n\
           [[bonus]]\nid = \"patents\"\ntitle = \"专利\"\nmark = \"patent\"\npoints = 2\nmax = 3\nyears = [-1, 0]\n\
           [[malus]]\nid = \"accidents\"\ntitle = \"事故\"\nmark = \"accident\"\npoints = \"mark\"\n";
    let scheme = scheme(&body);
    let mut facts = facts(&[("tax", &["15"])]);
    facts.subjects[0].industry = "纺织业".into();
    let mut old = mark(0, "patent");
    old.on = Some(jiff::civil::date(2021, 12, 31));
    let mut before = mark(0, "patent");
    before.on = Some(jiff::civil::date(2022, 1, 1));
    let mut accident = mark(0, "accident");
    accident.points = Some(number("1.5"));
    facts.marks = vec![mark(0, "patent"), before, old, accident];
    let row = ran(&scheme, &facts).row(0);
    // 50 × 1.2 + min(2 + 2, 3) − 1.5; the patent of 2021 is too old.
    assert_eq!(row.score, Some(number("61.50")));
    assert_eq!((row.bonuses[0].count, row.bonuses[0].points), (2, number("3")));
    assert_eq!(row.factor, number("1.2"));
}

#[test]
fn one_of_a_group_far_down_does_not_divide_by_zero() {
    let body = tax_per_mu(40, "method = \"min_max\"\nbase = \"0.20\"\nmissing = \"zero\"\n")
        + &output_per_energy(60, "method = \"min_max\"\nbase = 0\nmin = 0\nmax = 10\nmissing = \"zero\"\n");
    let scheme = scheme(&one_group(&body));
    // Tax is alike for all: full 40. Output per energy within fixed bounds 0–10: 5 gives 30, 20 is held at 60, −5 at 0.
    let facts =
        facts(&[("tax", &["30", "30", "30"]), ("output", &["5", "20", "-5"]), ("energy", &["1", "1", "1"])]);
    assert_eq!(scores(&ran(&scheme, &facts), 3), ["70", "100", "40"]);
}
