//! Situations of scores and grades, each with a scheme of the repository.

use std::sync::Arc;

use assess::coverage::{Cell, Coverage, Domain, Why};
use assess::facts::{Reading, Share, State, Status};
use assess::merge::{Merger, merged};
use assess::run::{Bound, MoveBy, Options, Outside, Reason, run};
use assess::screen;
use assess::simulate::compare;
use jiff::civil::date;
use model::definition::{Denominator, Domain as Of, Figure, FigureRule, Judged, Merge, MissingRule};
use model::id::GradeId;
use rust_decimal::Decimal;

use crate::judge::{Judge, classes, content, grade, usual};
use crate::park::{Park, land, n};

fn enterprises() -> (Judge, [String; 2]) {
    let scheme = usual(Judged::Enterprise);
    let classes = classes(&scheme);
    (Judge::new(scheme), classes)
}

/// The place of the indicator of the first group that is missing-ruled by the group's mean and divided by this kind of measure.
fn divided_by_measure(judge: &Judge, domain: Of) -> usize {
    let of_domain = |denominator: &Denominator| match denominator {
        Denominator::Measure(measure) => content().measures[measure].domain == domain,
        _ => false,
    };
    let indicators = &judge.scheme.groups[0].indicators;
    indicators.iter().position(|i| of_domain(&i.denominator)).expect("the scheme has one")
}

/// The figure of the first measure of taxes.
fn tax_figure() -> &'static Figure {
    let tax = content().measures.values().find(|measure| measure.domain == Of::Tax).expect("a tax measure");
    &content().figures[tax.figure.as_ref().expect("it is a figure's")]
}

/// How many items a figure adds, a missing one as nothing, and how many it takes off.
fn items(figure: &Figure) -> (usize, usize) {
    let FigureRule::Measure { measure, .. } = &figure.rule else { panic!("{} is no sum", figure.id) };
    let text = format!("{measure:?}");
    let taken = text.matches("Subtract").count();
    (text.matches("Coalesce").count() - taken, taken)
}

#[test]
fn s08_a_head_office_with_its_factories_elsewhere() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("group_mean");
    for _ in 0..99 {
        judge.per_mu(&above, "30");
    }
    let office = judge.per_mu(&above, "6000");
    let frozen = judge.freeze();
    // One of a hundred is pulled in on each side: the mean the others are measured against stays 30.
    assert_eq!(frozen.groups[0].indicators[0].benchmark, Some(n("30")));
    // The value is real and shown; the cap holds its points at 1.5 × 100.
    let cell = &frozen.rows[office].cells[0];
    assert_eq!((cell.x, cell.points, cell.bound), (Some(n("6000")), Some(n("150")), Some(Bound::Cap)));
    // And it is told.
    let values: Vec<_> = frozen.rows.iter().map(|row| row.cells[0].x).collect();
    assert_eq!(screen::far_above_median(&values, screen::TIMES), [office]);
}

#[test]
fn s09_negative_value_added() {
    // The parcel keeps the negative value in its sum.
    let mut park = Park::new();
    let p = park.parcel("10000");
    let [loss, gain] = [park.enterprise(), park.enterprise()];
    park.uses(loss, p, land("5000"));
    park.uses(gain, p, land("5000"));
    park.year(loss, "-20");
    park.year(gain, "50");
    assert_eq!(park.value(p), Some(n("30")));
    // The enterprise has no points for it, and the value is printed.
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("10");
    judge.per_mu(&above, "-2");
    let cell = &judge.rows()[0].cells[0];
    assert_eq!((cell.x, cell.raw), (Some(n("-2")), Some(n("-20"))));
    assert_eq!((cell.points, cell.bound), (Some(Decimal::ZERO), Some(Bound::Floor)));
    // A parameter.
    let judge = judge.with("*.floor", "none");
    assert_eq!(judge.rows()[0].cells[0].points, Some(n("-20")));
}

#[test]
fn s10_more_tax_refunded_than_paid() {
    // What exporters are credited and what is refunded at once is added back by the tax measure's own figure.
    let basis = &tax_figure().basis;
    assert!(basis.contains("免抵") && basis.contains("即征即退"), "{basis}");
    // The formula does what the words say: seventeen items are added, and none is taken off.
    assert_eq!(items(tax_figure()), (17, 0));
    // Still below zero: no points, and the value is shown.
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("24");
    judge.per_mu(&above, "-1");
    let row = &judge.rows()[0];
    assert_eq!((row.score, row.cells[0].numerator.value), (Some(n("0.00")), Some(n("-10"))));
}

#[test]
fn s11_a_large_refund_of_retained_vat_in_one_year() {
    // The tax measure does not take it off; another figure of content does, for places whose rule says so.
    let [kept, less] = ["不扣留抵退税", "扣除当期留抵退税"];
    assert!(tax_figure().basis.contains(kept));
    let mut others = content().figures.values().filter(|figure| figure.basis.contains(less));
    assert_eq!(others.next().map(items), Some((17, 1)), "the same items, less one");
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("12");
    // 120 on ten mu; with 300 refunded it would be −180.
    judge.per_mu(&above, "12");
    judge.per_mu(&above, "-18");
    let scores: Vec<_> = judge.rows().iter().map(|row| row.score).collect();
    assert_eq!(scores, [Some(n("100")), Some(n("0"))]);
}

#[test]
fn s30_between_the_populations_within_the_year() {
    let (judge, [above, below]) = enterprises();
    let mut judge = judge.class_on_first_day();
    let fallen = judge.subject(&below, "10");
    judge.facts.subjects[fallen].class_before = Some(above.as_str().into());
    let risen = judge.subject(&above, "10");
    judge.facts.subjects[risen].class_before = Some(below.as_str().into());
    let groups = |judge: &Judge| judge.rows().iter().map(|row| row.group.clone()).collect::<Vec<_>>();
    let ids = [0, 1].map(|group| Some(judge.scheme.groups[group].id.clone()));
    // 退规 stays above scale in that year, 小升规 below (龙政发〔2021〕52号).
    assert_eq!(groups(&judge), ids);
    // By default the last day counts.
    let mut usual = Judge::new(usual(Judged::Enterprise));
    usual.facts = judge.facts.clone();
    assert_eq!(groups(&usual), [ids[1].clone(), ids[0].clone()]);
    // Promoted the year before: protected from D.
    let promoted = &usual.scheme.protections.iter().find(|bar| bar.years.from == -1).expect("protects").mark;
    let mut judge = Judge::new(usual.scheme.clone()).first_alone("10");
    (1..=20).for_each(|value| {
        judge.per_mu(&above, &value.to_string());
    });
    assert_eq!(grade(&judge.rows()[0]), "D");
    judge.mark(0, promoted);
    judge.facts.marks[0].on = Some(date(2022, 8, 1));
    let row = &judge.rows()[0];
    assert_eq!((row.first.as_ref().map(GradeId::as_str), grade(row)), (Some("D"), "C"));
}

#[test]
fn s31_value_added_of_small_firms_is_not_reported() {
    // The indicators of the group below scale do without it.
    let scheme = usual(Judged::Enterprise);
    let measure_of = |group: usize| scheme.groups[group].indicators.iter().map(|i| i.numerator.clone());
    let domain = |id| content().measures[&id].domain;
    assert!(measure_of(0).map(domain).any(|d| d == Of::ValueAdded));
    assert!(!measure_of(1).map(domain).any(|d| d == Of::ValueAdded));
    // A parcel with two thirds of its users without: never without saying for how much.
    let mut park = Park::new();
    let p = park.parcel("9000");
    let [large, small] = [park.enterprise(), park.enterprise()];
    park.uses(large, p, land("3000"));
    park.uses(small, p, land("6000"));
    park.year(large, "90");
    let reading = park.attribute().reading(p as usize);
    assert_eq!((reading.value, reading.known), (Some(n("90")), Share::of(n("1"), n("3"))));
    // Known for less than half, the usual scheme for parcels does not judge it.
    let mut judge = Judge::new(usual(Judged::Parcel));
    let subject = judge.subject("", "13.5");
    let asked =
        judge.scheme.groups[0].indicators.iter().position(|i| i.min_known.is_some()).expect("one asks");
    judge.numerator(subject, asked, reading);
    assert_eq!(judge.rows()[0].cells[asked].reason, Some(Reason::TooLittleKnown));
}

#[test]
fn s32_no_emissions_and_no_energy() {
    let (mut judge, [above, _]) = enterprises();
    let indicator = divided_by_measure(&judge, Of::Emissions);
    assert_eq!(judge.scheme.groups[0].indicators[indicator].missing, MissingRule::GroupMean);
    for (value_added, emissions) in [("100", Some("1")), ("300", Some("1")), ("200", None)] {
        let subject = judge.subject(&above, "10");
        judge.numerator(subject, 0, Reading::present(n("100")));
        judge.numerator(subject, indicator, Reading::present(n(value_added)));
        if let Some(emissions) = emissions {
            judge.denominator(subject, indicator, Reading::present(n(emissions)));
        }
    }
    let rows = judge.rows();
    let points = |row: usize| rows[row].cells[indicator].points.expect("points");
    // Mean 200; weight 10: 5 and 15. The assembler without emissions gets their mean, 10; not nothing, and not infinitely many.
    assert_eq!([points(0), points(1), points(2)], [n("5"), n("15"), n("10")]);
    assert_eq!(rows[2].cells[indicator].reason, Some(Reason::DenominatorMissing));
    // Energy that is not known is treated alike.
    let energy = divided_by_measure(&judge, Of::Energy);
    assert_eq!(judge.scheme.groups[0].indicators[energy].missing, MissingRule::GroupMean);
    judge.denominator(0, energy, Reading::present(n("10")));
    judge.denominator(1, energy, Reading::present(n("10")));
    let rows = judge.rows();
    let of = |row: usize| rows[row].cells[energy].points.expect("points");
    // 100 and 300 by 10 each around a mean of 20, weight 20: 10 and 30.
    assert_eq!([of(0), of(1), of(2)], [n("10"), n("30"), n("20")]);
}

#[test]
fn s33_no_employees() {
    let (mut judge, [above, _]) = enterprises();
    let indicator = divided_by_measure(&judge, Of::Staff);
    for staff in [Some(Decimal::ZERO), None] {
        let subject = judge.subject(&above, "10");
        judge.numerator(subject, indicator, Reading::present(n("100")));
        if let Some(staff) = staff {
            judge.denominator(subject, indicator, Reading::present(staff));
        }
    }
    let rows = judge.rows();
    let cell = |row: usize| (rows[row].cells[indicator].x, rows[row].cells[indicator].reason);
    assert_eq!(cell(0), (None, Some(Reason::DenominatorNotPositive)));
    assert_eq!(cell(1), (None, Some(Reason::DenominatorMissing)));
}

#[test]
fn s34_hardly_any_land() {
    let (mut judge, [_, below]) = enterprises();
    for mu in ["0", "0.01", "2.9999", "3"] {
        judge.subject(&below, mu);
    }
    let frozen = judge.freeze();
    let [usual, small] = [1, 2].map(|group| Some(judge.scheme.groups[group].id.clone()));
    let groups: Vec<_> = frozen.rows.iter().map(|row| row.group.clone()).collect();
    // A list of their own below 3 亩, and no quotient of no land.
    assert_eq!(groups, [small.clone(), small.clone(), small, usual]);
    assert!(frozen.rows[0].cells[0].x.is_none());
    // A limit is a parameter.
    let [usual, small] = [1, 2].map(|group| judge.scheme.groups[group].id.to_string());
    let judge = judge.with(&format!("{usual}.population.min_land"), "5");
    let judge = judge.with(&format!("{small}.population.below_land"), "2");
    assert_eq!(judge.rows()[2].outside, Some(Outside::TooLarge));
}

#[test]
fn s35_units_that_slipped() {
    // 20 亩 written as 20 ㎡ beside a polygon of 13,340 ㎡; 元 as 万元 makes a value ten thousand times its like.
    assert_eq!(screen::area_slip(n("20"), n("13340")), Some(screen::AreaSlip::MuForSquareMetres));
    let values = ["20", "25", "18", "22", "300000"].map(|value| Some(n(value)));
    assert_eq!(screen::far_above_median(&values, screen::TIMES), [4]);
}

#[test]
fn s36_research_of_three_and_a_half_times_the_revenue() {
    // Spending and revenue are amounts and the quotient has no unit, so 3.5 % cannot be read as 3.5: 35 of 1,000.
    let (mut judge, [above, _]) = enterprises();
    let indicator = divided_by_measure(&judge, Of::Research);
    assert_eq!(judge.scheme.groups[0].indicators[indicator].unit, None);
    let subject = judge.subject(&above, "10");
    judge.numerator(subject, indicator, Reading::present(n("35")));
    judge.denominator(subject, indicator, Reading::present(n("1000")));
    assert_eq!(judge.rows()[0].cells[indicator].x, Some(n("0.035")));
    // More than all revenue is held.
    assert!(
        screen::exceeds_its_whole(n("3500"), n("1000")) && !screen::exceeds_its_whole(n("35"), n("1000"))
    );
}

#[test]
fn s37_a_legal_person_and_its_branch() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("10");
    let head = judge.per_mu(&above, "12");
    let branch = judge.per_mu(&above, "4");
    let other = judge.per_mu(&above, "10");
    let legal_person = Merger {
        as_one: judge.facts.subjects[head].clone(),
        members: [head, branch].map(|s| u32::try_from(s).expect("few")).into(),
    };
    let rolled = merged(&judge.facts, &[legal_person]);
    judge.facts = rolled;
    let rows = judge.rows();
    // (120 + 40) ÷ (10 + 10) 亩 = 8; land and value once.
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[1].cells[0].x, rows[1].land.map(|l| l * n("0.0015"))), (Some(n("8")), Some(n("20"))));
    assert_eq!(rows[0].key, judge.facts.subjects[0].key);
    assert_eq!(rows[0].cells[0].x, Some(n("10")), "subject {other} is as it was");
    // A site with an account of its own is attributed by it.
    let mut park = Park::new();
    let [p, q] = [park.parcel("5000"), park.parcel("5000")];
    let firm = park.enterprise();
    park.uses(firm, p, land("5000"));
    park.uses(firm, q, land("5000"));
    park.year(firm, "160");
    park.account(firm, q, "40");
    assert_eq!([park.value(p), park.value(q)], [Some(n("120")), Some(n("40"))]);
}

#[test]
fn s38_a_group_wants_to_be_judged_as_one() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("10");
    judge.per_mu(&above, "16");
    judge.per_mu(&above, "2");
    let alone = judge.rows();
    let group = Merger { as_one: judge.facts.subjects[0].clone(), members: vec![0, 1] };
    let mut together = Judge { scheme: judge.scheme.clone(), facts: merged(&judge.facts, &[group]) };
    let one = together.rows();
    // Both views stand: 16 and 2 alone (capped at 150), and (160 + 20) ÷ 20 = 9 together, not the mean of ratios.
    assert_eq!(
        [alone[0].score, alone[1].score, one[0].score],
        [Some(n("150")), Some(n("20")), Some(n("90"))]
    );
    let sums = |facts: &assess::facts::Facts| facts.subjects.iter().filter_map(|s| s.land).sum::<Decimal>();
    assert_eq!(sums(&together.facts), sums(&judge.facts));
    // Only by rule: the register may state a group, the scheme must say that groups are judged as one.
    judge.unit("某某集团", &[0, 1]);
    let scores = |judge: &Judge| judge.rows().iter().map(|row| row.score).collect::<Vec<_>>();
    assert_eq!((judge.scheme.merge, scores(&judge)), (Merge::None, vec![Some(n("150")), Some(n("20"))]));
    judge.scheme.merge = Merge::Unit;
    assert_eq!(scores(&judge), [Some(n("90")), Some(n("90"))]);
    let single = judge.rows().into_iter().map(|row| row.together.expect("judged as one").score);
    assert_eq!(single.collect::<Vec<_>>(), [Some(n("150")), Some(n("20"))], "single results are kept");
    // What is missing of one is missing in part.
    together.facts = judge.facts.clone();
    together.numerator(1, 0, Reading::MISSING);
    let group = Merger { as_one: judge.facts.subjects[0].clone(), members: vec![0, 1] };
    let reading = merged(&together.facts, &[group]).measures[0][0];
    assert_eq!((reading.value, reading.known.decimal()), (Some(n("160")), n("0.5")));
}

#[test]
fn s43_data_that_comes_late() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("10");
    (1..=5).for_each(|value| {
        judge.per_mu(&above, &value.to_string());
    });
    // In March the tax of December is not in; what is there is stale, and says up to when it goes.
    let department: Arc<str> = "tax office".into();
    let tax = Domain { id: "tax".into(), department, fresh_since: Some(date(2023, 12, 31)) };
    let cell = Cell { state: State::Present, known: Share::WHOLE, newest: Some(date(2023, 11, 30)) };
    let coverage = Coverage::new(&judge.facts.subjects, vec![(tax, vec![cell; 5])]);
    assert!(coverage.gaps.len() == 5 && coverage.gaps.iter().all(|gap| gap.why == Why::Stale));
    // In May it is: a new run beside the old one, and what moved between them.
    let mut later = Judge { scheme: judge.scheme.clone(), facts: judge.facts.clone() };
    later.numerator(0, 0, Reading::present(n("60")));
    let [before, after] =
        [&judge, &later].map(|j| run(&j.scheme, &j.facts, &Options::default()).expect("runs"));
    let moved = compare(&before, &after);
    let found: Vec<_> = moved.movers.iter().map(|m| (m.subject, m.score_before, m.score_after)).collect();
    // 1 → 6 of the mark of 10; the first of five is the only one that jumps past the others' lines, some move down for it.
    assert!(found.contains(&(0, Some(n("10")), Some(n("60")))), "{found:?}");
    assert_eq!(before.freeze().rows[0].score, Some(n("10")), "the old run is as it was");
}

#[test]
fn s44_an_objection_is_upheld_after_publication() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("100");
    (1..=20).for_each(|value| {
        judge.per_mu(&above, &(100 - value).to_string());
    });
    let before = judge.freeze();
    // The twelfth was 88 and is 95.5 after its objection: still B, and no line moves past anybody.
    judge.numerator(11, 0, Reading::present(n("955")));
    let after = judge.freeze();
    let changed: Vec<usize> = (0..20).filter(|at| before.rows[*at].score != after.rows[*at].score).collect();
    assert_eq!(changed, [11]);
    let regraded: Vec<usize> = (0..20).filter(|at| before.rows[*at].grade != after.rows[*at].grade).collect();
    assert_eq!(regraded, [] as [usize; 0]);
    // At 99.5 it would be first and, by the quota of four, push the fourth down: what the new version shows, and what freezing
    // the grades of others prevents.
    judge.numerator(11, 0, Reading::present(n("995")));
    let after = judge.freeze();
    let regraded: Vec<usize> = (0..20).filter(|at| before.rows[*at].grade != after.rows[*at].grade).collect();
    assert_eq!(regraded, [3, 11]);
}

#[test]
fn s49_an_accident_bars_from_the_better_grades() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("100");
    (1..=20).for_each(|value| {
        judge.per_mu(&above, &(100 - value).to_string());
    });
    let veto = judge.scheme.vetoes[0].mark.clone();
    judge.mark(0, &veto);
    let row = &judge.rows()[0];
    // The score stands; both grades are shown, with what moved it.
    assert_eq!(row.score, Some(n("99")));
    assert_eq!((row.first.as_ref().map(GradeId::as_str), grade(row)), (Some("A"), "C"));
    assert_eq!(row.moves.first().map(|step| step.by), Some(MoveBy::Veto));
}

#[test]
fn s50_equal_scores_at_the_line() {
    let (judge, [above, _]) = enterprises();
    let mut judge = judge.first_alone("100");
    // Ten: two places for A, and the second and third are equal.
    for value in ["90", "80", "80", "70", "60", "50", "40", "30", "20", "10"] {
        judge.per_mu(&above, value);
    }
    let grades =
        |judge: &Judge| judge.rows().iter().take(3).map(|row| grade(row).to_owned()).collect::<Vec<_>>();
    // “At most 20 %” is a limit: both go to B.
    assert_eq!(grades(&judge), ["A", "B", "B"]);
    // Without the limit they go to the better grade together.
    judge.scheme.grades.lines[0].limit = false;
    assert_eq!(grades(&judge), ["A", "A", "A"]);
    let judge = judge.with("grades.ties", "worse");
    assert_eq!(grades(&judge), ["A", "B", "B"]);
    assert_eq!(judge.facts.subjects[0].status, Status::Scored);
}
