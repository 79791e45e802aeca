//! Growth on a comparable basis, exclusions from both periods, shares, pulls, ranks, composites.

use super::park::{Park, check, check_for, groups};
use crate::Reader;

/// Four firms: the total falls from 100 to 92, three firms from 30 to 18, the rest grows from 70 to 74.
fn three_large() -> Park {
    Park::new()
        .add("firms", "name=甲 short=甲厂 hitech=yes sector=制造业/汽车")
        .add("firms", "name=乙 hitech=no sector=制造业/纺织")
        .add("firms", "name=丙 hitech=yes sector=建筑业")
        .add("firms", "name=丁 hitech=no sector=建筑业")
        .add("returns", "firm=甲 period=2023-09 out=6 out_ytd=60 out_prior=12 out_ytd_prior=100")
        .add("returns", "firm=乙 period=2023-09 out=7 out_ytd=70 out_prior=10 out_ytd_prior=90")
        .add("returns", "firm=丙 period=2023-09 out=5 out_ytd=50 out_prior=8 out_ytd_prior=70")
        .add("returns", "firm=丁 period=2023-09 out=74 out_ytd=700 out_prior=70 out_ytd_prior=650")
}

#[test]
fn three_large_firms_leave_both_periods() {
    let park = three_large();
    // 6 + 7 + 5 + 74 = 92 after 12 + 10 + 8 + 70 = 100: −8.0 %.
    check(&park, "output.month @ 2023-09", "2023-09 92 | 92 after 100 = -8% | OwnPrior");
    // Without three firms (18 after 30): 74 / 70 = +5.7 %.
    let without = "2023-09 74 | 74 after 70 = 5.7143% | OwnPrior";
    check(&park, "output.month @ 2023-09 without 甲,乙,丙", without);
    check(&park, "output.month @ 2023-09 without 甲厂,乙,丙", without);
    // The largest by base is 丁: 18 after 30 = −40 %.
    check(&park, "output.month @ 2023-09 without top:1", "2023-09 18 | 18 after 30 = -40% | OwnPrior");
    check(&park, "output.month @ 2023-09 without set:big_one", "2023-09 18 | 18 after 30 = -40% | OwnPrior");
    check(
        &park,
        "output.month @ 2023-09 without 戊",
        "2023-09 92 | 92 after 100 = -8% | OwnPrior | 剔除名单中的“戊”找不到对应的对象",
    );
    check(
        &park,
        "output.month @ 2023-09 without set:nobody",
        "2023-09 Unknown | Unknown after Unknown = Unknown | None",
    );
}

#[test]
fn excluding_nobody_changes_nothing() {
    let park = three_large();
    check(&park, "output.month @ 2023-09 without top:0", "2023-09 92 | 92 after 100 = -8% | OwnPrior");
    let set = "2023-09 92 | 92 after 100 = -8% | OwnPrior | 剔除名单“非正常”没有成员";
    check(&park, "output.month @ 2023-09 without set:odd", set);
}

#[test]
fn a_named_list_counts_from_its_date() {
    let park = three_large()
        .add("lists", "purpose=产值 firm=丁 since=2023-10")
        .add("lists", "purpose=用电 firm=甲 since=2023-01");
    let set = "2023-09 92 | 92 after 100 = -8% | OwnPrior | 剔除名单“非正常”没有成员";
    check(&park, "output.month @ 2023-09 without set:odd", set);
    let park = three_large().add("lists", "purpose=产值 firm=丁 since=2023-09");
    check(&park, "output.month @ 2023-09 without set:odd", "2023-09 18 | 18 after 30 = -40% | OwnPrior");
}

#[test]
fn shares_pulls_and_contributions() {
    let park = three_large();
    // The total falls, so there is no contribution rate; pulls add up to −8: 甲 −6, 乙 −3, 丙 −3, 丁 +4.
    assert_eq!(
        groups(&park, Reader::COMMITTEE, "output.month @ 2023-09 by firm"),
        "丁 74 after 70 share 80.43 pull 4 contribution BelowThreshold rank 1\n\
         乙 7 after 10 share 7.61 pull -3 contribution BelowThreshold rank 2\n\
         甲 6 after 12 share 6.52 pull -6 contribution BelowThreshold rank 3\n\
         丙 5 after 8 share 5.43 pull -3 contribution BelowThreshold rank 4\n"
    );
    // Cumulative: 880 after 910 falls too. By first level of a choice through a reference: 13 and 79.
    assert_eq!(
        groups(&park, Reader::COMMITTEE, "output.month @ 2023-09 by firm.sector/1"),
        "建筑业 79 after 78 share 85.87 pull 1 contribution BelowThreshold rank 1\n\
         制造业 13 after 22 share 14.13 pull -9 contribution BelowThreshold rank 2\n"
    );
    check(
        &park,
        "output.month @ 2023-09 only firm.sector=制造业",
        "2023-09 13 | 13 after 22 = -40.9091% | OwnPrior",
    );
    check(&park, "output.month @ 2023-09 only firm=丁", "2023-09 74 | 74 after 70 = 5.7143% | OwnPrior");
    check(
        &park,
        "output.month @ 2023-09 only nothing=丁",
        "2023-09 NotApplicable | NotApplicable after NotApplicable = NotApplicable | None",
    );
}

#[test]
fn contribution_of_a_growing_total() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("firms", "name=丙")
        .add("returns", "firm=甲 period=2023-09 out=24 out_prior=20")
        .add("returns", "firm=乙 period=2023-09 out=43 out_prior=40")
        .add("returns", "firm=丙 period=2023-09 out=43 out_prior=40");
    // 110 after 100: contributions 40 %, 30 %, 30 %; pulls 4, 3, 3. Equal values share a rank: 1-1-3.
    assert_eq!(
        groups(&park, Reader::COMMITTEE, "output.month @ 2023-09 by firm"),
        "丙 43 after 40 share 39.09 pull 3 contribution 30 rank 1\n\
         乙 43 after 40 share 39.09 pull 3 contribution 30 rank 1\n\
         甲 24 after 20 share 21.82 pull 4 contribution 40 rank 3\n"
    );
}

#[test]
fn who_has_no_base_is_in_the_value_and_not_in_the_growth() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("returns", "firm=甲 period=2023-09 out_ytd=110 out_ytd_prior=100")
        .add("returns", "firm=乙 period=2023-09 out_ytd=40 out_ytd_prior=–");
    check(
        &park,
        "output @ 2023-09",
        "2023-09/ytd 150 | 110 after 100 = 10% | OwnPrior | 1个对象没有同期数，未计入增速",
    );
}

#[test]
fn without_an_own_column_the_same_firms_are_compared() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("firms", "name=丙")
        .add("returns", "firm=甲 period=2022-09 power=10")
        .add("returns", "firm=丙 period=2022-09 power=90")
        .add("returns", "firm=甲 period=2023-09 power=12")
        .add("returns", "firm=乙 period=2023-09 power=30");
    // Only 甲 is in both: 12 after 10. 乙 entered, 丙 left.
    check(
        &park,
        "power.month @ 2023-09",
        "2023-09 42 | 12 after 10 = 20% | SameSubjects | 1个对象没有同期数，未计入增速；1个对象有同期数而无本期数，未计入增速",
    );
    // Everything: 42 after 100.
    check(&park, "power_raw.month @ 2023-09", "2023-09 42 | 42 after 100 = -58% | All");
}

#[test]
fn ratios_are_ratios_of_sums_and_change_by_points() {
    let park = three_large();
    // (6 + 5) / 92 = 11.9565 %, base (12 + 8) / 100 = 20 %: −8.0435 points.
    let line =
        "2023-09 11.95652173913043478260869565 | 11.95652173913043478260869565 after 20 = -8.0435pp | Parts";
    check(&park, "hitech_share.month @ 2023-09", line);
    // Without 丁: 11 / 18 = 61.1111 %, base 20 / 30 = 66.6667 %.
    let e = "2023-09 61.11111111111111111111111111 | 61.11111111111111111111111111 after 66.66666666666666666666666667 = -5.5556pp | Parts";
    check(&park, "hitech_share.month @ 2023-09 without 丁", e);
    assert_eq!(
        groups(&park, Reader::COMMITTEE, "hitech_share.month @ 2023-09 by firm.sector/1"),
        "制造业 46.15384615384615384615384615 after 54.54545454545454545454545455 share NotComparable pull NotComparable contribution NotComparable rank 1\n\
         建筑业 6.32911392405063291139240506 after 10.25641025641025641025641026 share NotComparable pull NotComparable contribution NotComparable rank 2\n"
    );
}

#[test]
fn losses_are_words() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2023-08 out=5 out_prior=-10")
        .add("returns", "firm=甲 period=2023-09 out=-4 out_prior=-10")
        .add("returns", "firm=甲 period=2023-10 out=5 out_prior=0");
    check(&park, "output.month @ 2023-08", "2023-08 5 | 5 after -10 = IntoProfit | OwnPrior");
    check(&park, "output.month @ 2023-09", "2023-09 -4 | -4 after -10 = LossNarrowed | OwnPrior");
    check(&park, "output.month @ 2023-10", "2023-10 5 | 5 after 0 = NoBase | OwnPrior");
}

#[test]
fn small_and_dominated_cells_are_withheld() {
    let withheld = "2023-09 Withheld | Withheld after Withheld = Withheld | None";
    let few = three_large();
    // Four firms, one of them 74 of 92 = 80.4 %: visible. One firm alone, or two, are not.
    check_for(&few, Reader::PUBLIC, "output.month @ 2023-09", "2023-09 92 | 92 after 100 = -8% | OwnPrior");
    check_for(&few, Reader::PUBLIC, "output.month @ 2023-09 only firm=丁", withheld);
    check_for(&few, Reader::PUBLIC, "hitech_output.month @ 2023-09", withheld);
    check_for(
        &few,
        Reader::PUBLIC,
        "hitech_share.month @ 2023-09",
        "2023-09 Withheld | Withheld after Withheld = Withheld | Parts",
    );
    // “Without 丁” gives 丁 away by the difference; so does “without 甲 and 乙”.
    check_for(&few, Reader::PUBLIC, "output.month @ 2023-09 without 丁", withheld);
    check_for(&few, Reader::PUBLIC, "output.month @ 2023-09 without 甲,乙", withheld);
    // Without three of them one is left.
    check_for(&few, Reader::PUBLIC, "output.month @ 2023-09 without 甲,乙,丙", withheld);
    // One firm has 700 of 880 = 79.5 % of the year, but 95 % of a month in which the others hardly worked.
    let dominated = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("firms", "name=丙")
        .add("returns", "firm=甲 period=2023-09 out=95 out_prior=1")
        .add("returns", "firm=乙 period=2023-09 out=3 out_prior=1")
        .add("returns", "firm=丙 period=2023-09 out=2 out_prior=1");
    check_for(&dominated, Reader::PUBLIC, "output.month @ 2023-09", withheld);
    check(&dominated, "output.month @ 2023-09", "2023-09 100 | 100 after 3 = 3233.3333% | OwnPrior");
}

#[test]
fn a_single_withheld_line_takes_the_next_smallest_with_it() {
    let mut park = Park::new();
    for (name, sector, out) in [
        ("甲", "制造业/汽车", 5),
        ("乙", "制造业/汽车", 6),
        ("丙", "制造业/汽车", 7),
        ("丁", "制造业/纺织", 2),
        ("戊", "制造业/纺织", 3),
        ("己", "制造业/纺织", 4),
        ("庚", "建筑业", 50),
    ] {
        park.put("firms", &format!("name={name} sector={sector}"));
        park.put("returns", &format!("firm={name} period=2023-09 out={out} out_prior=1"));
    }
    // 建筑业 has one firm. Withheld alone it would be 77 − 18 − 9 = 50, so 纺织 (9, the smaller) goes too.
    let shown = groups(&park, Reader::PUBLIC, "output.month @ 2023-09 by firm.sector");
    let lines: Vec<&str> = shown.lines().map(|l| l.split(" after").next().unwrap_or("")).collect();
    assert_eq!(lines, ["制造业/汽车 18", "制造业/纺织 Withheld", "建筑业 Withheld"]);
}
