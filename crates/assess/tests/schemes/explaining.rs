//! Waterfalls, distances, the group beside a subject, years.

use assess::explain::{PartKind, Way, explain, years};
use assess::run::Frozen;
use model::id::EntryId;

use crate::{GRADES, facts, mark, number, output_per_energy, ran, scheme, tax_per_mu};

fn body(more: &str) -> String {
    let rule = |missing: &str| format!("benchmark = 10\ncap = \"1.5\"\nfloor = 0\nmissing = \"{missing}\"\n");
    format!(
        "[[group]]\nid = \"all\"\ntitle = \"全部\"\n{}{}{GRADES}{more}",
        tax_per_mu(60, &rule("not_evaluable")),
        output_per_energy(40, &rule("renormalise"))
    )
}

#[test]
fn parts_add_up_with_the_rounding_named() {
    let more = "[[bonus]]\nid = \"patents\"\ntitle = \"专利\"\nmark = \"patent\"\npoints = 4\n";
    let scheme = scheme(&("bonus_max = 3\n".to_owned() + &body(more)));
    let mut facts = facts(&[("tax", &["10"]), ("output", &["1"]), ("energy", &["3"])]);
    facts.marks = vec![mark(0, "patent")];
    let frozen = ran(&scheme, &facts).freeze();
    let found = explain(&frozen, EntryId(1)).expect("it is in the run");
    // 10 ÷ 3 ÷ 10 × 60 = 20; 1 ÷ 3 ÷ 10 × 40 = 1.333…; a bonus of 4, held at 3: 24.333… → 24.33.
    let parts: Vec<(String, String)> = found
        .waterfall
        .iter()
        .map(|part| {
            (
                format!("{:?}", part.kind).split([' ', '{']).next().unwrap_or_default().to_owned(),
                part.points.to_string(),
            )
        })
        .collect();
    let wanted = [("Indicator", "20"), ("Indicator", "1.33"), ("Bonus", "4"), ("BonusLimit", "-1")];
    assert_eq!(parts, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(found.waterfall.last().map(|p| p.running), found.row.score);
}

#[test]
fn three_thirds_need_a_hundredth_of_rounding() {
    let rule = "benchmark = 30\nmissing = \"zero\"\n";
    let text = format!(
        "[[group]]\nid = \"all\"\ntitle = \"全部\"\n{}{}{}{GRADES}",
        tax_per_mu(40, rule),
        tax_per_mu(40, rule).replace("tax_per_mu", "again"),
        tax_per_mu(20, rule).replace("tax_per_mu", "half")
    );
    let scheme = scheme(&text);
    let facts = facts(&[("tax", &["3.001"])]);
    let frozen = ran(&scheme, &facts).freeze();
    let parts = explain(&frozen, EntryId(1)).expect("there").waterfall;
    // 3.001 ÷ 3 ÷ 30 = 0.033 344…: 1.3337…, 1.3337…, 0.6668… print 1.33 + 1.33 + 0.67 = 3.33; the sum 3.3344… prints 3.33.
    assert_eq!(parts.len(), 3);
    let facts = self::facts(&[("tax", &["3.007"])]);
    let frozen = ran(&scheme, &facts).freeze();
    let parts = explain(&frozen, EntryId(1)).expect("there").waterfall;
    // 1.336 44, 1.336 44, 0.668 22 print 1.34 + 1.34 + 0.67 = 3.35; the sum 3.341 11 prints 3.34.
    assert_eq!(parts.last().map(|p| (p.kind.clone(), p.points)), Some((PartKind::Rounding, number("-0.01"))));
    assert_eq!(parts.last().map(|p| p.running), Some(number("3.34")));
}

#[test]
fn the_distance_names_what_each_indicator_would_take() {
    let scheme = scheme(&body(""));
    // Tax per 亩 10, 8, 6, 4, 2; output per energy 10 each: scores 100, 88, 76, 64, 52; grades A B B C D.
    let facts =
        facts(&[("tax", &["30", "24", "18", "12", "6"]), ("output", &["10"; 5]), ("energy", &["1"; 5])]);
    let frozen = ran(&scheme, &facts).freeze();
    let found = explain(&frozen, EntryId(4)).expect("there").distance.expect("it can rise");
    assert_eq!(found.grade.as_str(), "B");
    // With 76 the third and it are alike at the line of B, which is no limit: both have B.
    assert_eq!((found.needed, found.gap), (number("76"), number("12")));
    // Printed 76.00 begins at 75.995: 11.995 more. Tax: (24 + 11.995) ÷ 60 × 10 = 5.999 166 666 7 万元/亩 → 17.997 5 万元 on 3 亩.
    let Way::Enough { x, numerator, .. } = &found.ways[0].way else { panic!("{:?}", found.ways[0]) };
    assert_eq!(*x, number("5.9991666667"));
    assert_eq!(numerator.round_dp(6), number("17.9975"));
    // Output: (40 + 11.995) ÷ 40 × 10 = 12.998 75, under the cap of 15.
    let Way::Enough { x, .. } = &found.ways[1].way else { panic!("{:?}", found.ways[1]) };
    assert_eq!(*x, number("12.99875"));
    // The last needs C: 64 is tied at a limit, so 64.01; tax (12 + 12.005) ÷ 60 × 10.
    let last = explain(&frozen, EntryId(5)).expect("there").distance.expect("it can rise");
    assert_eq!((last.grade.as_str(), last.needed), ("C", number("64.01")));
    // The first is at the top.
    assert_eq!(explain(&frozen, EntryId(1)).expect("there").distance, None);
}

#[test]
fn a_cap_may_be_too_low() {
    let scheme = scheme(&body(""));
    let facts = facts(&[
        ("tax", &["45", "45", "45", "44", "3"]),
        ("output", &["15", "15", "15", "15", "0"]),
        ("energy", &["1"; 5]),
    ]);
    let frozen = ran(&scheme, &facts).freeze();
    let last = explain(&frozen, EntryId(5)).expect("there").distance.expect("a better grade");
    // It has 6; the line stands at 148.01. Tax gives at most 90 − 6 = 84 more, output at most 60.
    assert_eq!(last.ways[0].way, Way::CapTooLow { most: number("84") });
    assert_eq!(last.ways[1].way, Way::CapTooLow { most: number("60") });
}

#[test]
fn the_group_stands_beside() {
    let scheme = scheme(&body(""));
    let facts =
        facts(&[("tax", &["30", "24", "18", "12", "6"]), ("output", &["10"; 5]), ("energy", &["1"; 5])]);
    let frozen = ran(&scheme, &facts).freeze();
    let beside = &explain(&frozen, EntryId(2)).expect("there").group[0];
    assert_eq!(
        (beside.rank, beside.of, beside.x, beside.mean),
        (Some(2), 5, Some(number("8")), Some(number("6")))
    );
    let spread = beside.spread.as_ref().expect("five quotients");
    assert_eq!((spread.least, spread.median, spread.most), (number("2"), number("6"), number("10")));
}

#[test]
fn years_come_in_order_and_a_stored_run_explains_the_same() {
    let scheme = scheme(&body(""));
    let of_year = |year: i16, tax: &str| {
        let mut facts = facts(&[("tax", &[tax, "60"]), ("output", &["10", "10"]), ("energy", &["1", "1"])]);
        facts.year = year;
        ran(&scheme, &facts).freeze()
    };
    let (new, old) = (of_year(2023, "45"), of_year(2022, "15"));
    let found = years([&new, &old], EntryId(1));
    assert_eq!(found.iter().map(|y| y.year).collect::<Vec<_>>(), [2022, 2023]);
    assert_eq!(found[0].score, Some(number("70.00")));
    assert_eq!(found[1].indicators[0].mean, Some(number("17.5")));
    let stored = serde_json::to_string(&new).expect("it can be written");
    let back: Frozen = serde_json::from_str(&stored).expect("and read");
    assert_eq!(back, new);
    assert_eq!(explain(&back, EntryId(1)), explain(&new, EntryId(1)));
}
