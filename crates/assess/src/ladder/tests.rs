use std::path::{Path, PathBuf};

use jiff::civil::date;
use model::content::{Content, SourceFile};
use model::definition::{Outcome, Rule, Standing};
use model::id::DatumId;

use super::{Because, Enterprises, Judge, MISSING, STEPS, check, judge_all};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

fn file(path: &str, text: String) -> SourceFile {
    SourceFile { path: path.to_owned(), text }
}

fn read(path: &str) -> SourceFile {
    file(path, std::fs::read_to_string(folder().join(path)).expect("content is beside the crates"))
}

fn embedded() -> (Content, Vec<model::content::Diagnostic>) {
    let mut files = vec![read("units.toml"), read("ladders.toml")];
    for part in ["books", "ladders"] {
        for entry in std::fs::read_dir(folder().join(part)).expect("there are some") {
            let name = entry.expect("readable").file_name();
            files.push(read(&format!("{part}/{}", name.to_string_lossy())));
        }
    }
    Content::load(&files)
}

#[test]
fn every_worked_check_of_the_content_comes_out() {
    let (content, diagnostics) = embedded();
    assert_eq!(diagnostics, []);
    for ladder in content.ladders.values() {
        assert_eq!(check(&content.data, ladder), [], "{}", ladder.id);
    }
}

const DATA: &str = r#"
[data.rd]
title = "研发费用"
title_en = "R&D"
kind = "number"
unit = "万元"
yearly = true
department = "企业"
[data.sales]
title = "销售收入"
title_en = "Sales"
kind = "number"
unit = "万元"
yearly = true
department = "税务局"
"#;

fn trial(criterion: &str, checks: &str) -> (Content, Vec<model::content::Diagnostic>) {
    let text = format!(
        "title = \"t\"\ntitle_en = \"t\"\n[[rung]]\nid = \"r\"\ntitle = \"r\"\ntitle_en = \"r\"\n[[rung.rule]]\nid = \"v\"\n\
         document = \"d\"\nauthority = \"a\"\nvalid_from = \"2023-01-01\"\napplies_to = [\"new\"]\nsource = \"s\"\nall = [\"c\"]\n\
         [[rung.rule.criterion]]\nid = \"c\"\ntitle = \"c\"\n{criterion}\n{checks}"
    );
    Content::load(&[read("units.toml"), file("ladders.toml", DATA.to_owned()), file("ladders/t.toml", text)])
}

const CHECKS: &str = r#"
[[rung.rule.check]]
title = "met"
verdict = "met"
data = { rd = 40, sales = 1000 }
[[rung.rule.check]]
title = "missed"
verdict = "not_met"
data = { rd = 39, sales = 1000 }
gaps = { c = 1 }
[[rung.rule.check]]
title = "unknown"
verdict = "unknown"
data = { rd = 40 }
"#;
const RATIO: &str = "value = { of = \"rd\", per = \"sales\" }\nunit = \"%\"\nat_least = 4";

#[test]
fn a_rule_without_its_three_checks_is_refused() {
    assert_eq!(trial(RATIO, CHECKS).1, []);
    let two = CHECKS.replace("verdict = \"unknown\"", "verdict = \"met\"");
    assert_eq!(trial(RATIO, &two).1.len(), 1);
    assert_eq!(trial(RATIO, "").1.len(), 1);
}

/// What `content check` refuses: a rule that does not say by which document, by whom, from when, or where that was read.
#[test]
fn a_rule_without_document_authority_or_dates_is_refused() {
    let text = |from: &str, to: &str| {
        let rule = "title = \"t\"\ntitle_en = \"t\"\n[[rung]]\nid = \"r\"\ntitle = \"r\"\ntitle_en = \"r\"\n[[rung.rule]]\nid = \"v\"\n\
            document = \"d\"\nauthority = \"a\"\nvalid_from = \"2023-01-01\"\nvalid_to = \"2024-01-01\"\napplies_to = [\"new\"]\n\
            source = \"s\"\nall = [\"c\"]\n[[rung.rule.criterion]]\nid = \"c\"\ntitle = \"c\"\n";
        file("ladders/t.toml", format!("{rule}{RATIO}\n{CHECKS}").replace(from, to))
    };
    let said = |from: &str, to: &str| {
        Content::load(&[read("units.toml"), file("ladders.toml", DATA.to_owned()), text(from, to)]).1
    };
    assert_eq!(said("", ""), []);
    for (from, to) in [
        ("document = \"d\"\n", ""),
        ("document = \"d\"", "document = \" \""),
        ("authority = \"a\"\n", ""),
        ("authority = \"a\"", "authority = \"\""),
        ("valid_from = \"2023-01-01\"\n", ""),
        ("valid_from = \"2023-01-01\"", "valid_from = \"2023\""),
        ("valid_to = \"2024-01-01\"", "valid_to = \"2022-12-31\""),
        ("source = \"s\"\n", ""),
        ("applies_to = [\"new\"]\n", ""),
    ] {
        assert!(!said(from, to).is_empty(), "{from} → {to}");
    }
}

#[test]
fn a_wrong_check_is_told() {
    let (content, _) = trial(RATIO, &CHECKS.replace("gaps = { c = 1 }", "gaps = { c = 2 }"));
    assert_eq!(check(&content.data, &content.ladders["t"]).len(), 1);
}

#[test]
fn mistakes_of_form_are_diagnostics() {
    let wrong = [
        "value = \"rd\"\nunit = \"人\"\nat_least = 4",
        "value = \"nothing\"\nunit = \"万元\"\nat_least = 4",
        "value = \"rd\"\nunit = \"万元\"",
        "value = \"rd\"\nunit = \"万元\"\nat_least = 4\nat_most = 5",
        "value = \"rd\"\nunit = \"万元\"\nby = \"sales\"\nat_least = [{ upto = 5, is = 1 }, { is = 2 }]",
        "value = { of = \"rd\", years = 9 }\nunit = \"万元\"\nat_least = 4",
        "at_least = 4",
    ];
    for criterion in wrong {
        assert!(!trial(criterion, "").1.is_empty(), "{criterion}");
    }
}

/// A compound rate of 8000 → 9000 over two years is √1.125 − 1 = 6.0660171779 %.
#[test]
fn compound_growth_is_exact_to_ten_places() {
    let (content, _) = trial(
        "value = { of = \"sales\", years = 2, over = \"compound\" }\nunit = \"%\"\nat_least = 5",
        &CHECKS.replace("gaps = { c = 1 }", ""),
    );
    let rule = &content.ladders["t"].rungs[0].rules[0];
    let mut all = Enterprises::new(1, date(2023, 6, 30));
    for (back, value) in [9000, 8500, 8000].into_iter().enumerate() {
        all.set(DatumId::from("sales"), back, vec![value * STEPS]);
    }
    let judge = Judge::new(rule, &all);
    let said = &judge.explain(&content.data, 0)[0];
    let asked: Vec<(String, u8)> =
        judge.asked(0).into_iter().map(|(id, back)| (id.to_string(), back)).collect();
    assert_eq!(asked, [0, 1, 2].map(|back| ("sales".to_owned(), back)), "growth looks a year further back");
    assert_eq!(judge.verdict(0), Outcome::Met);
    assert_eq!(said.value.map(|v| v.round_dp(6).to_string()).as_deref(), Some("6.066017"));
}

#[test]
fn what_is_not_supplied_or_divided_by_zero_is_unknown_with_its_reason() {
    let (content, _) = trial(&RATIO.replace("= 4", "= \"to be supplied\""), CHECKS);
    let mut all = Enterprises::new(2, date(2023, 6, 30));
    all.set(DatumId::from("rd"), 0, vec![40 * STEPS, 40 * STEPS]);
    all.set(DatumId::from("sales"), 0, vec![1000 * STEPS, 0]);
    let judge = Judge::new(&content.ladders["t"].rungs[0].rules[0], &all);
    let because = |i| judge.explain(&content.data, i)[0].because;
    assert_eq!((judge.verdict(0), because(0)), (Outcome::Unknown, Some(Because::ToBeSupplied)));
    assert_eq!((judge.verdict(1), because(1)), (Outcome::Unknown, Some(Because::Denominator)));
}

#[test]
fn who_has_a_missing_datum_is_said() {
    let (content, _) = trial(RATIO, CHECKS);
    let mut all = Enterprises::new(1, date(2023, 6, 30));
    all.set(DatumId::from("rd"), 0, vec![40 * STEPS]);
    let said = &Judge::new(&content.ladders["t"].rungs[0].rules[0], &all).explain(&content.data, 0)[0];
    assert_eq!(said.lacking.len(), 1);
    assert_eq!((said.lacking[0].datum.as_str(), said.lacking[0].department.as_str()), ("sales", "税务局"));
}

#[test]
fn threads_change_nothing_and_columns_agree_with_single_verdicts() {
    let (content, _) = trial(RATIO, CHECKS);
    let rule = &content.ladders["t"].rungs[0].rules[0];
    let rules: Vec<&Rule> = vec![rule];
    let len = 20_000_usize;
    let mut all = Enterprises::new(len, date(2023, 6, 30));
    let rd =
        (0..len).map(|i| if i % 7 == 0 { MISSING } else { i64::try_from(i % 90).expect("small") * STEPS });
    all.set(DatumId::from("rd"), 0, rd.collect());
    all.set(DatumId::from("sales"), 0, vec![1000 * STEPS; len]);
    let one = judge_all(&rules, &all, 1);
    assert_eq!(one, judge_all(&rules, &all, 3));
    assert_eq!(one[0][0], Outcome::Unknown);
    assert_eq!((one[0][39], one[0][40]), (Outcome::NotMet, Outcome::Met));
}

/// Rules that ship, on made-up enterprises with many holes, noughts, negative and unlikely large numbers, columns nobody delivered and
/// every standing: many at once and one by one say the same.
#[test]
fn many_at_once_say_what_single_verdicts_say() {
    let (content, _) = embedded();
    let len = 5_000_usize;
    let mixed = |seed: usize, i: usize| (i * 7919 + seed * 104_729 + i * i % 613) % 1009;
    let standings = [
        None,
        Some(Standing::None),
        Some(Standing::Applied),
        Some(Standing::Recognised),
        Some(Standing::Revoked),
    ];
    for widest in [1_i64, 40_000_000, 9_000_000_000] {
        let mut all = Enterprises::new(len, date(2023, 6, 30));
        for (n, datum) in content.data.values().enumerate().filter(|(n, _)| n % 11 != 10) {
            for back in 0..4 {
                let of = |i: usize| match mixed(n * 5 + back, i) {
                    made if made % 7 == 0 => MISSING,
                    made if made % 31 == 0 => -STEPS,
                    made if datum.unit.is_some() => {
                        i64::try_from(made).expect("small") * widest * 333_333 % (1 << 60)
                    }
                    made => i64::try_from(made % 4).expect("small") * STEPS,
                };
                all.set(datum.id.clone(), back, (0..len).map(of).collect());
            }
        }
        for (n, id) in content.qualifications.keys().enumerate() {
            all.hold(id.clone(), (0..len).map(|i| standings[mixed(n + 999, i) % standings.len()]).collect());
        }
        let rules: Vec<&Rule> =
            content.ladders.values().flat_map(|ladder| &ladder.rungs).flat_map(|rung| &rung.rules).collect();
        let together = judge_all(&rules, &all, 2);
        for (rule, column) in rules.iter().zip(together) {
            let judge = Judge::new(rule, &all);
            let single: Vec<Outcome> = (0..len).map(|i| judge.verdict(i)).collect();
            assert_eq!(column, single, "{} at {widest}", rule.id);
        }
    }
}

/// Three routes of 3 points each, capped at 5: none, one, two and three of them; then one open case of 1 to 2.
#[test]
fn routes_of_a_part_add_up_to_its_cap_and_cases_may_be_ranges() {
    let routes = "score = \"t\"\nunit = \"分\"\nat_least = 5\n\
        [[rung.rule.criterion]]\nid = \"a\"\ntitle = \"a\"\nvalue = \"rd\"\nunit = \"万元\"\nabove = 5\n\
        [[rung.rule.table]]\nid = \"t\"\ntitle = \"t\"\nedges = \"left_closed\"\n\
        [[rung.rule.table.part]]\nid = \"p\"\ntitle = \"p\"\nmax = 5\ncombine = \"sum\"\nroute = [\
        { value = \"rd\", unit = \"万元\", bands = [[1, 3]] }, { value = \"sales\", unit = \"万元\", bands = [[1, 3]] },\
        { cases = [[\"a\", 1, 2]] }]\n";
    let checks = "[[rung.rule.check]]\ntitle = \"capped\"\nverdict = \"met\"\ndata = { rd = 2, sales = 2 }\nvalues = { c = 5 }\n\
        [[rung.rule.check]]\ntitle = \"one\"\nverdict = \"not_met\"\ndata = { rd = 2, sales = 0 }\nvalues = { c = 3 }\ngaps = { c = 2 }\n\
        [[rung.rule.check]]\ntitle = \"range\"\nverdict = \"unknown\"\ndata = { rd = 6, sales = 0 }\nvalues = { c = 4 }\n";
    let (content, diagnostics) = trial(routes, checks);
    assert_eq!(diagnostics, []);
    assert_eq!(check(&content.data, &content.ladders["t"]), []);
    for wrong in ["[[\"a\", 2, 1]]", "[[\"a\"]]", "[[\"a\", 1, 9]]", "[[1, 2]]", "[[\"nothing\", 1]]"] {
        let said = trial(&routes.replace("[[\"a\", 1, 2]]", wrong), checks).1;
        assert!(!said.is_empty(), "{wrong}");
    }
}
