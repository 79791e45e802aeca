//! What holds for any facts: waterfalls add up, more is never worse, quotas are never exceeded, a simulation without changes
//! changes nothing, threads change nothing, a way that is said to be enough is enough.

use assess::explain::{Way, explain};
use assess::facts::{Facts, Reading};
use assess::run::{Options, run};
use assess::simulate::simulate;
use model::id::EntryId;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{GRADES, facts, mark, output_per_energy, ran, scheme, tax_per_mu};

fn body(benchmark: &str) -> String {
    let rule = |missing: &str| {
        format!("benchmark = {benchmark}\ncap = \"1.5\"\nfloor = 0\nmissing = \"{missing}\"\n")
    };
    "bonus_max = 3\n".to_owned()
        + &format!(
            "[[group]]\nid = \"all\"\ntitle = \"全部\"\n{}{}{}{GRADES}",
            tax_per_mu(50, &rule("group_mean")),
            output_per_energy(30, &rule("renormalise")),
            output_per_energy(
                20,
                "method = \"min_max\"\nbase = \"0.2\"\nmin = 0\nmax = 20\nmissing = \"renormalise\"\n"
            )
            .replace("output_per_energy", "between"),
        )
        + "[[correction]]\nid = \"factor\"\ntitle = \"系数\"\nmark = \"promoted\"\nfactor = \"1.07\"\n\
           [[bonus]]\nid = \"patents\"\ntitle = \"专利\"\nmark = \"patent\"\npoints = \"1.333\"\nmax = 2\n\
           [[malus]]\nid = \"accidents\"\ntitle = \"事故\"\nmark = \"accident\"\npoints = \"0.777\"\n"
}

/// A number with up to six decimals, sometimes missing, sometimes negative.
fn cell() -> impl Strategy<Value = Option<Decimal>> {
    prop_oneof![
        1 => Just(None),
        8 => (-20_000_i64..400_000, 0_u32..6).prop_map(|(n, scale)| Some(Decimal::new(n, scale))),
    ]
}

/// Tax, output, energy, and a bit for each mark.
type Row = (Option<Decimal>, Option<Decimal>, Option<Decimal>, u8);

fn any_facts() -> impl Strategy<Value = Facts> {
    let row = (cell(), cell(), cell(), 0_u8..16);
    prop::collection::vec(row, 1..60).prop_map(|rows| {
        let mut made = facts(&[("tax", &vec!["0"; rows.len()])]);
        let mut column = |id: &str, of: fn(&Row) -> Option<Decimal>| {
            let readings =
                rows.iter().map(|row| of(row).map_or(Reading::MISSING, Reading::present)).collect();
            made.measures.insert(id.into(), readings);
        };
        column("tax", |row| row.0);
        column("output", |row| row.1);
        column("energy", |row| row.2);
        for (subject, (.., bits)) in (0_u32..).zip(&rows) {
            for (bit, kind) in [(1, "patent"), (2, "patent"), (4, "accident"), (8, "promoted")] {
                if bits & bit != 0 {
                    made.marks.push(mark(subject, kind));
                }
            }
        }
        made
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn parts_add_up_exactly(facts in any_facts()) {
        let scheme = scheme(&body("\"group_mean\""));
        let frozen = ran(&scheme, &facts).freeze();
        for row in &frozen.rows {
            let parts = explain(&frozen, row.key).expect("it is there").waterfall;
            prop_assert_eq!(row.score, parts.last().map(|part| part.running));
            prop_assert_eq!(row.score, row.score.map(|_| parts.iter().map(|part| part.points).sum::<Decimal>()));
        }
    }

    #[test]
    fn more_is_never_worse(facts in any_facts(), at in any::<prop::sample::Index>(), more in 1_i64..1_000_000) {
        let scheme = scheme(&body("10"));
        let at = at.index(facts.subjects.len());
        let before = ran(&scheme, &facts).row(at).cells[0].raw;
        let mut raised = facts.clone();
        if let Some(value) = &mut raised.measures["tax"][at].value {
            *value += Decimal::new(more, 4);
        }
        prop_assert!(ran(&scheme, &raised).row(at).cells[0].raw >= before);
        prop_assert!(ran(&scheme, &raised).score(at) >= ran(&scheme, &facts).score(at));
    }

    #[test]
    fn quotas_are_never_exceeded(tax in prop::collection::vec(0_i64..12, 1..80)) {
        let text: Vec<String> = tax.iter().map(i64::to_string).collect();
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        let rule = "benchmark = 10\nmissing = \"zero\"\n";
        let scheme = scheme(&format!("[[group]]\nid = \"all\"\ntitle = \"全部\"\n{}{GRADES}", tax_per_mu(100, rule)));
        let facts = facts(&[("tax", &text)]);
        let run = ran(&scheme, &facts);
        let grade = |s: usize| run.grade(s).expect("graded").as_str().to_owned();
        let count = |grades: &[&str]| (0..tax.len()).filter(|s| grades.contains(&grade(*s).as_str())).count();
        // At most ⌊0.20 n⌋ in A, and at most ⌊0.95 n⌋ above D, so at least ⌈0.05 n⌉ in D.
        prop_assert!(count(&["A"]) * 5 <= tax.len());
        prop_assert!(count(&["A", "B", "C"]) * 20 <= tax.len() * 19);
        // Equal scores have equal grades; a higher score never a worse one.
        for a in 0..tax.len() {
            for b in 0..tax.len() {
                if run.score(a) >= run.score(b) {
                    prop_assert!(grade(a) <= grade(b), "{} {}", a, b);
                }
            }
        }
    }

    #[test]
    fn a_simulation_without_changes_is_the_run(facts in any_facts()) {
        let scheme = scheme(&body("\"group_mean\""));
        let found = simulate(&scheme, &facts, [], &Options::default()).expect("it can be run");
        let run = ran(&scheme, &facts);
        prop_assert!(found.movers.is_empty());
        for subject in 0..facts.subjects.len() {
            prop_assert_eq!(found.grades[subject].as_ref(), run.grade(subject));
            prop_assert_eq!(found.scores[subject], run.score(subject));
            let row = run.row(subject);
            prop_assert_eq!(row.grade.as_ref(), run.grade(subject));
        }
    }

    #[test]
    fn what_is_said_to_be_enough_is_enough(facts in any_facts(), at in any::<prop::sample::Index>()) {
        let ties = if at.index(2) == 0 { "" } else { "tie_break = \"raw\"\n" };
        let scheme = scheme(&(ties.to_owned() + &body("10").replace("group_mean", "zero")));
        let at = at.index(facts.subjects.len());
        let key = EntryId(at as u64 + 1);
        let frozen = ran(&scheme, &facts).freeze();
        let Some(distance) = explain(&frozen, key).expect("there").distance else { return Ok(()) };
        let Way::Enough { numerator, .. } = distance.ways[0].way.clone() else { return Ok(()) };
        let mut better = facts.clone();
        better.measures["tax"][at] = Reading::present(numerator);
        let row = ran(&scheme, &better).row(at);
        prop_assert_eq!(row.first, Some(distance.grade), "{:?}", distance.needed);
    }
}

#[test]
fn threads_change_nothing() {
    let scheme = scheme(&body("\"group_mean\""));
    let tax: Vec<String> = (0..40_000_u64).map(|n| (n * 7919 % 10_007).to_string()).collect();
    let tax: Vec<&str> = tax.iter().map(String::as_str).collect();
    let facts = facts(&[("tax", &tax), ("output", &tax), ("energy", &vec!["7"; tax.len()])]);
    let one = ran(&scheme, &facts);
    let four = run(&scheme, &facts, &Options { threads: 4, ..Options::default() }).expect("it can be run");
    assert_eq!(one.means(), four.means());
    for subject in 0..tax.len() {
        assert_eq!(one.score(subject), four.score(subject));
        assert_eq!(one.grade(subject), four.grade(subject));
    }
}
