//! Numbers to be supplied, changes as path and value, simulations, faults in scheme files.

use assess::run::{Options, RunFault, run};
use assess::scheme::{ChangeFault, changed};
use assess::simulate::simulate;

use crate::{GRADES, facts, grades, number, output_per_energy, ran, read, scheme, scores, tax_per_mu};

fn body(benchmark: &str) -> String {
    let rule = format!("benchmark = {benchmark}\nmissing = \"zero\"\n");
    format!(
        "[[group]]\nid = \"all\"\ntitle = \"全部\"\n{}{}{GRADES}",
        tax_per_mu(60, &rule),
        output_per_energy(40, &rule)
    )
}

#[test]
fn a_run_says_what_must_be_supplied() {
    let scheme = scheme(&body("\"to be supplied\""));
    let facts = facts(&[("tax", &["30"]), ("output", &["5"]), ("energy", &["1"])]);
    let fault = run(&scheme, &facts, &Options::default()).expect_err("two benchmarks are unknown");
    let paths = ["all.tax_per_mu.benchmark", "all.output_per_energy.benchmark"].map(str::to_owned).to_vec();
    assert_eq!(fault, RunFault::ToBeSupplied { paths: paths.clone() });
    // The paths it names are paths that a change takes.
    let supplied = changed(&scheme, paths.iter().map(|p| (p.as_str(), "10"))).expect("its own paths");
    assert_eq!(scores(&ran(&supplied, &facts), 1), ["80"]);
}

#[test]
fn a_year_that_is_not_governed_is_refused() {
    let scheme = scheme(&body("10"));
    let mut facts = facts(&[("tax", &["30"]), ("output", &["5"]), ("energy", &["1"])]);
    facts.year = 2019;
    let fault = run(&scheme, &facts, &Options::default()).expect_err("in force from 2020");
    assert_eq!(fault, RunFault::NotInForce { scheme: "trial".into(), year: 2019 });
    assert!(run(&scheme, &facts, &Options { any_year: true, ..Options::default() }).is_ok());
}

#[test]
fn wrong_changes_are_named() {
    let scheme = scheme(&body("10"));
    let check = |path: &str, value: &str, path_is_wrong: bool| {
        let fault = changed(&scheme, [(path, value)]).expect_err(path);
        assert_eq!(matches!(fault, ChangeFault::NoPath { .. }), path_is_wrong, "{path}={value}: {fault}");
    };
    check("tax_per_mn.weight", "40", true);
    check("all.tax_per_mu.wait", "40", true);
    check("none.tax_per_mu.weight", "40", true);
    check("tax_per_mu", "40", true);
    check("bonus.patents", "1", true);
    check("grades.E", "0.5", true);
    check("tax_per_mu.weight", "-1", false);
    check("tax_per_mu.weight", "forty", false);
    check("tax_per_mu.benchmark", "0", false);
    check("grades.A", "20", false);
    // A may not end below B.
    check("grades.A", "0.7", false);
}

#[test]
fn a_simulation_says_who_moves() {
    let scheme = scheme(&body("10"));
    let facts = facts(&[
        ("tax", &["30", "60", "90", "120", "150"]),
        ("output", &["50", "40", "30", "20", "10"]),
        ("energy", &["1", "1", "1", "1", "1"]),
    ]);
    // Before: 60 + 200, 120 + 160, 180 + 120, 240 + 80, 300 + 40. Ranks as numbered from behind.
    assert_eq!(grades(&ran(&scheme, &facts), 5), "D C B B A");
    let changes = [("tax_per_mu.weight", "0"), ("output_per_energy.weight", "100")];
    let found = simulate(&scheme, &facts, changes, &Options::default()).expect("fine");
    let grades: Vec<&str> = found.grades.iter().map(|g| g.as_ref().expect("graded").as_str()).collect();
    assert_eq!(grades, ["A", "B", "B", "C", "D"]);
    let movers: Vec<(usize, Option<i64>)> = found.movers.iter().map(|m| (m.subject, m.lines)).collect();
    assert_eq!(movers, [(0, Some(3)), (1, Some(1)), (3, Some(-1)), (4, Some(-3))]);
    assert_eq!(found.movers[0].score_after, Some(number("500.00")));
    let a = &found.groups[0].grades["A"];
    assert_eq!((a.before, a.after), (1, 1));
}

#[test]
fn faults_of_a_scheme_are_found_with_their_line() {
    let check = |from: &str, to: &str, line: usize, says: &str| {
        let good = body("10");
        assert!(good.contains(from), "{from}");
        let (_, said) = read(&good.replacen(from, to, 1));
        let wanted = format!("{line}: ");
        assert!(said.iter().any(|s| s.starts_with(&wanted) && s.contains(says)), "{to}: {said:?}");
    };
    check("numerator = \"tax\"", "numerator = \"taxes\"", 7, "没有评价数据项“taxes” 是不是“tax”？");
    check("unit = \"万元/亩\"", "unit = \"万元/吨标准煤\"", 9, "");
    check("weight = 60", "weight = 50", 2, "权重之和是 90");
    check("weight = 60", "weight = 0.6", 10, "这里要写一个数");
    check("benchmark = 10", "benchmark = \"mean\"", 11, "这里要写一个数");
    check("benchmark = 10", "benchmark = 0", 11, "基准值应大于 0");
    check("benchmark = 10\n", "", 5, "没有基准值");
    check("to = \"0.60\"", "to = \"0.10\"", 25, "等级线不是从高到低");
    check("to = \"0.60\"", "to = \"60\"", 28, "比例应在 0 到 1 之间");
    check("id = \"output_per_energy\"", "id = \"tax_per_mu\"", 15, "已经定义过");
    check(
        "[grades]",
        "[[veto]]\nmark = \"accidents\"\nnot_in = [\"A\"]\n[grades]",
        26,
        "没有评价事件“accidents” 是不是“accident”？",
    );
    check("[grades]", "[[veto]]\nmark = \"accident\"\nnot_in = [\"E\"]\n[grades]", 27, "本办法没有等级“E”");
    check(
        "[grades]",
        "[[veto]]\nmark = \"accident\"\nnot_in = [\"A\", \"B\", \"C\", \"D\"]\n[grades]",
        27,
        "排除了全部等级",
    );
}
