//! Why values moved: parts computed by hand, and parts that add up exactly for every park.

use model::id::Revision;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::park::{Park, request};
use crate::why::{Kind, State, Step, Why, why};
use crate::{Engine, Exclude, Quantity, Reader, Request, Snapshot};

const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

const RETURNS: &str = r#"
title = "月报"
kind = "series"
key = ["firm", "period"]
subject = "firm"
time = "period"
every = "month"
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.period]
title = "期"
kind = "period"
[fields.out]
title = "产值"
kind = "amount"
unit = "万元"
[fields.out_prior]
title = "同月"
kind = "amount"
unit = "万元"
[fields.staff]
title = "人数"
kind = "decimal"
"#;

const FIGURES: &str = r#"
title = "试"
[figures.output]
title = "产值"
book = "returns"
measure = "sum(out)"
prior = "sum(out_prior)"
unit = "亿元"
window = "month"
[figures.staff]
title = "人数"
book = "returns"
measure = "sum(staff)"
window = "month"
compare = "all"
[figures.firms_reporting]
title = "家数"
book = "returns"
measure = "count()"
window = "month"
compare = "all"
[figures.mean]
title = "平均"
book = "returns"
measure = "avg(staff)"
window = "month"
compare = "all"
[figures.each]
title = "人均"
value = "staff / firms_reporting"
compare = "all"
window = "month"
[figures.share]
title = "比"
book = "returns"
measure = "sum(staff) / count(staff)"
window = "month"
compare = "all"
"#;

const ALL: [&str; 6] = ["output", "staff", "firms_reporting", "mean", "each", "share"];

fn park(lines: &[String]) -> Park {
    let mut park = Park::with(RETURNS, FIGURES);
    for name in NAMES {
        park.put("firms", &format!("name={name} opened=2010-01-01"));
    }
    for line in lines {
        park.put("returns", line);
    }
    park
}

fn asked(figure: &str, month: &str) -> Request {
    request(&format!("{figure}.month @ {month}"))
}

fn d(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// From January 2022 to January 2023 at one revision.
fn over_a_year(park: &Park, figure: &str, quantity: Quantity) -> Why {
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
    let (from, to) = (asked(figure, "2022-01"), asked(figure, "2023-01"));
    let states = [
        State { engine: &engine, request: &from, step: Step::Period },
        State { engine: &engine, request: &to, step: Step::Period },
    ];
    why(&states, quantity).expect("both have values")
}

fn parts(why: &Why) -> Vec<(Kind, String)> {
    why.parts.iter().map(|part| (part.kind, part.amount.normalize().to_string())).collect()
}

#[test]
fn a_year_apart_growth_is_against_the_column_of_the_return() {
    // 甲 100 → 130, its return says last year was 110: basis +10, growth +20. 乙 left with 50. 丙 came with 70 and no last
    // year. 丁 came with 40 and says last year was 25 (it was below the threshold then): entry 25, growth 15. In 亿元.
    let park = park(&[
        "firm=甲 period=2022-01 out=100".to_owned(),
        "firm=乙 period=2022-01 out=50".to_owned(),
        "firm=甲 period=2023-01 out=130 out_prior=110".to_owned(),
        "firm=丙 period=2023-01 out=70".to_owned(),
        "firm=丁 period=2023-01 out=40 out_prior=25".to_owned(),
    ]);
    let why = over_a_year(&park, "output", Quantity::Value);
    assert_eq!((why.from, why.to), (d("0.015"), d("0.024")));
    let of = |kind, text: &str| (kind, text.to_owned());
    assert_eq!(
        parts(&why),
        [
            of(Kind::Basis, "0.001"),
            of(Kind::Entry, "0.0095"),
            of(Kind::Exit, "-0.005"),
            of(Kind::Growth, "0.0035"),
        ]
    );
    // Had 甲 stayed at 100, 210 万元.
    let firm = why.parts[3].movers[0].subject;
    assert_eq!(why.had_been_flat(&[firm]), Some(d("0.021")));
}

#[test]
fn a_ratio_is_moved_by_the_numerator_and_by_the_denominator() {
    // 30 and 10 people in two firms, 20 each; then 甲 36, and 丙 comes with 4: 50 in three, 16⅔ each. 甲: 6/3 = 2;
    // 丙: (4 − 20)/3 = −5⅓. Together −3⅓.
    let park = park(&[
        "firm=甲 period=2022-01 staff=30".to_owned(),
        "firm=乙 period=2022-01 staff=10".to_owned(),
        "firm=甲 period=2023-01 staff=36".to_owned(),
        "firm=乙 period=2023-01 staff=10".to_owned(),
        "firm=丙 period=2023-01 staff=4".to_owned(),
    ]);
    for figure in ["mean", "each", "share"] {
        let why = over_a_year(&park, figure, Quantity::Value);
        let rounded: Vec<(Kind, Decimal)> =
            why.parts.iter().map(|part| (part.kind, part.amount.round_dp(6))).collect();
        assert_eq!(rounded, [(Kind::Entry, d("-5.333333")), (Kind::Growth, d("2"))], "{figure}");
        adds_up(&why);
    }
}

fn adds_up(why: &Why) {
    let sum: Decimal = why.parts.iter().map(|part| part.amount).sum();
    assert_eq!(sum, why.difference(), "{:?}", why.parts);
    for part in &why.parts {
        let movers: Decimal = part.movers.iter().map(|mover| mover.effect).sum();
        assert!(part.movers.is_empty() || movers == part.amount, "{part:?}");
    }
}

#[test]
fn a_correction_and_those_left_out_are_steps_of_their_own() {
    let mut park = park(&[
        "firm=甲 period=2022-01 staff=30".to_owned(),
        "firm=乙 period=2022-01 staff=10".to_owned(),
        "firm=甲 period=2023-01 staff=36".to_owned(),
    ]);
    let before = park.snapshot();
    // 丙's return of 2022 comes late with 5; 乙's of 2023 comes with 12.
    park.put("returns", "firm=丙 period=2022-01 staff=5");
    park.put("returns", "firm=乙 period=2023-01 staff=12");
    let after = park.snapshot();
    let engines = [&before, &after].map(|s| Engine::new(&park.content, s, Reader::COMMITTEE));
    let old = asked("staff", "2022-01");
    let (fewer, new) = (
        old.clone().exclude(Exclude::Names(vec!["甲".to_owned()])),
        asked("staff", "2023-01").exclude(Exclude::Names(vec!["甲".to_owned()])),
    );
    let states = [
        State { engine: &engines[0], request: &old, step: Step::Period },
        State { engine: &engines[1], request: &old, step: Step::Revision },
        State { engine: &engines[1], request: &fewer, step: Step::Exclusion },
        State { engine: &engines[1], request: &new, step: Step::Period },
    ];
    // 40 → 12: corrected by 5, without 甲's 30, 丙 left with 5, 乙 grew by 2.
    let why = why(&states, Quantity::Value).expect("values");
    let expected = [(Kind::Correction, "5"), (Kind::Basis, "-30"), (Kind::Exit, "-5"), (Kind::Growth, "2")];
    assert_eq!(parts(&why), expected.map(|(kind, text)| (kind, text.to_owned())));
    adds_up(&why);
}

/// Lines of returns: January of two years, some cells missing.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let cell = || {
        prop_oneof![
            5 => (-5_000_i64..90_000, 0_u32..4).prop_map(|(n, places)| Decimal::new(n, places).to_string()),
            1 => Just("–".to_owned()),
        ]
    };
    let one = (0_usize..5, prop::bool::ANY, cell(), cell(), cell());
    prop::collection::vec(one, 2..14).prop_map(|all| {
        let mut seen = std::collections::BTreeSet::new();
        all.into_iter()
            .filter(|(firm, later, ..)| seen.insert((*firm, *later)))
            .map(|(firm, later, out, prior, staff)| {
                let year = if later { 2023 } else { 2022 };
                format!("firm={} period={year}-01 out={out} out_prior={prior} staff={staff}", NAMES[firm])
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up_exactly_for_every_park(first in lines(), more in lines()) {
        let mut park = park(&first);
        let before: Snapshot = park.snapshot();
        let taken: std::collections::BTreeSet<String> =
            first.iter().map(|l| l.split(" out=").next().unwrap_or("").to_owned()).collect();
        for line in more.iter().filter(|l| !taken.contains(l.split(" out=").next().unwrap_or(""))) {
            park.put("returns", line);
        }
        let mut after = park.snapshot();
        after.apply(Revision(after.revision().0 + 1), &[]);
        let engines = [&before, &after].map(|s| Engine::new(&park.content, s, Reader::COMMITTEE));
        for figure in ALL {
            for quantity in [Quantity::Value, Quantity::Growth] {
                let (old, new) = (asked(figure, "2022-01"), asked(figure, "2023-01"));
                let fewer = new.clone().exclude(Exclude::Names(vec!["甲".to_owned()]));
                let state = |engine, request, step| State { engine, request, step };
                let ways = [
                    vec![state(&engines[1], &old, Step::Period), state(&engines[1], &new, Step::Period)],
                    vec![state(&engines[0], &new, Step::Period), state(&engines[1], &new, Step::Revision)],
                    vec![state(&engines[1], &new, Step::Period), state(&engines[1], &fewer, Step::Exclusion)],
                    vec![
                        state(&engines[0], &old, Step::Period),
                        state(&engines[1], &old, Step::Revision),
                        state(&engines[1], &new, Step::Period),
                    ],
                ];
                for way in ways {
                    if let Ok(why) = why(&way, quantity) {
                        adds_up(&why);
                        // Everything of these figures is made of sums: the engine's own value is what the sums give.
                        let last = &way[way.len() - 1];
                        if let Ok(pieces) = last.engine.pieces(last.request, quantity) {
                            // The two divide in another order, so their last digits may part.
                            let value = pieces.formula.value(&pieces.sums());
                            let near = value.is_some_and(|n| (n - why.to).abs() <= Decimal::new(1, 11));
                            prop_assert!(near, "{:?} is not {}", value, why.to);
                        }
                    }
                }
            }
        }
    }
}
