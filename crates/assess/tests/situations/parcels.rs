//! Situations of the parcel itself: its dates, its certificates, its floor.

use assess::attribution::{Kind, Layer, Parcel, Problem, Span};
use assess::commitment::{Bound, Commitment, Fulfilment, judge};
use assess::coverage::Standings;
use assess::facts::{Facts, Reading, State, Status, Subject};
use assess::merge::{Merger, merged, simulated};
use assess::run::{Options, Row};
use assess::status::{Case, Rules, standing};
use indexmap::IndexMap;
use jiff::civil::date;
use model::definition::{Judged, Merge};
use model::id::EntryId;
use rust_decimal::Decimal;

use crate::judge::{Judge, usual};
use crate::park::{Park, area, day, floor, land, n, since, until};

fn subject(land: &str, status: Status) -> Subject {
    Subject {
        key: EntryId(1),
        name: "parcel".into(),
        class: "".into(),
        class_before: None,
        unit: None,
        industry: "".into(),
        land: Some(n(land)),
        floor: None,
        since: None,
        status,
    }
}

#[test]
fn s05_under_construction_before_the_contracted_date() {
    let due = date(2024, 9, 30);
    let case = Case { under_construction: true, must_produce: Some(due), ..Case::default() };
    let found = standing(&case, day(12, 31), Rules::default());
    assert_eq!((&found.status, found.overdue), (&Status::NotDue { until: Some(due) }, None));
    // Shown in coverage: 1 of 2, 30,000 of 40,000 ㎡.
    let all = Standings::of(&[subject("10000", found.status.clone()), subject("30000", Status::Scored)]);
    assert_eq!((all.by_count(), all.by_area()), (Some(n("0.5")), Some(n("0.75"))));
    assert_eq!(beside_one_that_is_scored(found.status), (Some(n("10")), None));
}

#[test]
fn s06_under_construction_past_the_contracted_date() {
    let due = date(2023, 3, 31);
    let case = Case { under_construction: true, must_produce: Some(due), ..Case::default() };
    let found = standing(&case, day(12, 31), Rules::default());
    assert_eq!((found.status, found.overdue), (Status::Scored, Some(due)));
    // With its zero.
    let mut park = Park::new();
    let p = park.parcel("10000");
    park.place(None, p, Kind::UnderConstruction, land("10000"), Span::ALWAYS);
    assert_eq!(park.value(p), Some(Decimal::ZERO));
    // 450 on 45 亩 beside 0 on 15: the mean falls from 10 to 7.5, and it has no points.
    assert_eq!(beside_one_that_is_scored(Status::Scored), (Some(n("7.5")), Some(Decimal::ZERO)));
    // What was promised is broken, and since when.
    let judged = judge(&promise("20", Some(due)), None, date(2024, 3, 31), |_| park.value(p));
    assert_eq!(judged.overdue, Some(due));
    assert_eq!(judged.fulfilment, Fulfilment::Broken { share: Some(Decimal::ZERO), by: n("20") });
    // A parameter: places that leave it out.
    let lenient = Rules { overdue_stays_out: true, ..Rules::default() };
    assert_eq!(standing(&case, day(12, 31), lenient).status, Status::NotDue { until: Some(due) });
}

#[test]
fn s19_land_without_a_certificate() {
    let mut park = Park::new();
    let p = park.parcel("6000");
    let e = park.enterprise();
    park.uses(e, p, land("6000"));
    park.year(e, "18");
    // Nobody has a right to it, and it counts as used: 18 ÷ 9 亩.
    assert!(park.land.rights.is_empty());
    assert_eq!(park.plan().net_land(), [n("6000")]);
    assert_eq!(park.value(p), Some(n("18")));
}

#[test]
fn s20_one_fence_around_two_certificates() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("4000"), park.parcel("2000")];
    let e = park.enterprise();
    park.uses(e, p, land("4000"));
    park.uses(e, q, land("2000"));
    park.year(e, "90");
    let readings = park.attribute().readings();
    // Kept at the parcels, 60 and 30; judged as one land unit: 90 on 6,000 ㎡.
    assert_eq!([readings[0].value, readings[1].value], [Some(n("60")), Some(n("30"))]);
    let facts = Facts {
        year: 2023,
        subjects: vec![subject("4000", Status::Scored), subject("2000", Status::Scored)],
        measures: IndexMap::from([("tax".into(), readings)]),
        marks: Vec::new(),
    };
    let unit = Merger { as_one: subject("0", Status::Scored), members: vec![0, 1] };
    let one = merged(&facts, &[unit]);
    assert_eq!(one.subjects[0].land, Some(n("6000")));
    assert_eq!(one.measures[0][0].value, Some(n("90")));
}

#[test]
fn s20_the_usual_scheme_judges_a_land_unit_as_one() {
    let scheme = usual(Judged::Parcel);
    assert_eq!(scheme.merge, Merge::Unit, "the default, and a parameter");
    let mut judge = Judge::new(scheme).first_alone("10");
    let parcels = [("6", "60"), ("4", "10"), ("10", "50")].map(|(mu, tax)| {
        let parcel = judge.subject("", mu);
        judge.numerator(parcel, 0, Reading::present(n(tax)));
        parcel
    });
    let alone = judge.rows();
    // 60 ÷ 6 = 10, 10 ÷ 4 = 2.5 and 50 ÷ 10 = 5 万元 a mu, of 10 for 100 points.
    let scores = |rows: &[Row]| rows.iter().map(|row| row.score.expect("scored")).collect::<Vec<_>>();
    assert_eq!(scores(&alone), [n("100"), n("25"), n("50")]);
    judge.unit("一号用地单元", &parcels[..2]);
    let frozen = judge.freeze();
    // (60 + 10) ÷ (6 + 4) = 7: stored at both parcels, counted once.
    assert_eq!(scores(&frozen.rows), [n("70"), n("70"), n("50")]);
    assert_eq!(frozen.rows.iter().map(|row| row.rank).collect::<Vec<_>>(), [Some(1), Some(1), Some(2)]);
    assert_eq!((frozen.groups[0].members, frozen.groups[0].graded), (2, 2));
    assert_eq!(frozen.rows.iter().map(Row::counts).collect::<Vec<_>>(), [true, false, true]);
    for (row, (mu, score)) in frozen.rows.iter().zip([("6", "100"), ("4", "25")]) {
        let together = row.together.as_ref().expect("judged as one");
        assert_eq!(together.unit.as_ref(), "一号用地单元");
        assert_eq!(together.members, [EntryId(1), EntryId(2)]);
        assert_eq!((together.land, together.score), (Some(n(mu) / n("0.0015")), Some(n(score))));
        assert_eq!(row.land.map(|land| land.round_dp(4)), Some(n("6666.6667")));
    }
    assert!(frozen.rows[2].together.is_none());
    // A simulation moves both together: the mark at 20 halves every score.
    let first = format!("{}.benchmark", judge.scheme.groups[0].indicators[0].id);
    let tried = simulated(&judge.scheme, &judge.facts, [(first.as_str(), "20")], &Options::default());
    let tried = tried.expect("runs");
    assert_eq!(tried.scores, [Some(n("35")), Some(n("35")), Some(n("25"))]);
    // Counted are parcels, as in the evaluation: two units of three parcels.
    let counts = tried.groups[0].grades.values();
    assert_eq!(counts.fold((0, 0), |sum, of| (sum.0 + of.before, sum.1 + of.after)), (3, 3));
    // What is not judged yet stays beside its unit.
    judge.facts.subjects[1].status = Status::NotDue { until: None };
    let rows = judge.rows();
    assert!(rows[0].together.is_none() && rows[1].score.is_none());
    assert_eq!(rows[0].score, Some(n("100")));
}

#[test]
fn s21_a_parcel_is_split_within_the_year() {
    let mut park = Park::new();
    let old = park.parcel("10000");
    let [one, two] = [park.parcel("6000"), park.parcel("4000")];
    park.land.parcels[old as usize].life = until(6, 30);
    park.land.parcels[one as usize].life = since(7, 1);
    park.land.parcels[two as usize].life = since(7, 1);
    let e = park.enterprise();
    park.rents(e, old, land("10000"), Span::ALWAYS);
    park.rents(e, one, land("6000"), Span::ALWAYS);
    park.months(e, 1..=12, "10");
    // Open leases end and begin with their parcels; 6 months each.
    assert_eq!([park.value(old), park.value(one)], [Some(n("60")), Some(n("60"))]);
    // Day-weighted areas: 10,000 × 181/365 and (6,000 + 4,000) × 184/365 make 10,000 together.
    let plan = park.plan();
    let areas = [old, one, two].map(|parcel| plan.mean_area(parcel as usize));
    assert_eq!(areas[0].round_dp(4), n("4958.9041"));
    assert_eq!(areas.iter().sum::<Decimal>().round_dp(10), n("10000"));
    // A lease that says it goes on after its parcel is a finding.
    park.land.occupancies[0].span = Span { from: day(1, 1), to: date(2030, 12, 31) };
    assert_eq!(park.plan().problems(), [Problem::BeyondLife { parcel: old, occupancy: 0 }]);
}

#[test]
fn s22_auctioned_and_not_delivered() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    park.land.parcels[p as usize].life = Span::new(Some(date(2024, 2, 1)), None);
    // Not land of this year; from its delivery it counts by days.
    assert_eq!(park.plan().mean_area(p as usize), Decimal::ZERO);
    park.land.parcels[p as usize].life = since(10, 1);
    // 31 + 30 + 31 = 92 days.
    assert_eq!(park.plan().mean_area(p as usize).round_dp(4), n("2520.5479"));
    // The clock of what was promised is the contract's all the same.
    let promise = promise("20", Some(date(2023, 6, 30)));
    assert_eq!(judge(&promise, None, day(12, 31), |_| None).overdue, Some(date(2023, 6, 30)));
}

#[test]
fn s39_land_for_the_public() {
    let case = Case { exempt: Some("utility".into()), under_construction: true, ..Case::default() };
    let found = standing(&case, day(12, 31), Rules::default());
    assert_eq!(found.status, Status::Exempt { reason: "utility".into() });
    let all = Standings::of(&[subject("5000", found.status.clone()), subject("10000", Status::Scored)]);
    // Its area is shown; coverage is of the others, and so is what is made on a mu.
    assert_eq!((all.exempt.area, all.by_area()), (n("5000"), Some(Decimal::ONE)));
    assert_eq!(beside_one_that_is_scored(found.status), (Some(n("10")), None));
}

/// A parcel of 15 亩 that made nothing beside one of 45 亩 that made 450: the group's mean a mu, and the points of the first.
fn beside_one_that_is_scored(status: Status) -> (Option<Decimal>, Option<Decimal>) {
    let mut judge = Judge::new(usual(Judged::Parcel)).first_alone("group_mean");
    let parcel = judge.per_land("", "10000", "0");
    judge.facts.subjects[parcel].status = status;
    judge.per_land("", "30000", "450");
    let frozen = judge.freeze();
    (frozen.groups[0].indicators[0].benchmark, frozen.rows[parcel].score)
}

#[test]
fn s41_offices_and_a_factory_on_one_parcel() {
    // The whole parcel by default.
    let mut park = Park::new();
    let p = park.parcel("10000");
    let [office, factory] = [park.enterprise(), park.enterprise()];
    park.uses(office, p, land("2000"));
    park.uses(factory, p, land("8000"));
    park.year(office, "6");
    park.year(factory, "40");
    assert_eq!(park.value(p), Some(n("46")));
    // Where the contract divides it by use, each part is a parcel of its own; nothing is lost.
    let part = |area| Parcel { area, life: Span::ALWAYS, in_park: true, layer: Layer::Surface };
    park.land.parcels = vec![part(area("2000")), part(area("8000"))];
    park.land.occupancies[1].parcel = 1;
    assert_eq!([park.value(0), park.value(1)], [Some(n("6")), Some(n("40"))]);
}

#[test]
fn s42_a_code_of_the_district_before_the_change_of_2016() {
    // 330212 stands in the code of a parcel that lies in another district since: valid, where it lies is not read off the code.
    let code = model::identity::parcel::parse("330212001001GB00007").expect("a parcel code");
    assert_eq!(code.parcel, "330212001001GB00007");
}

fn promise(value: &str, produce_by: Option<jiff::civil::Date>) -> Commitment {
    Commitment {
        item: "output per mu".into(),
        bound: Bound::AtLeast,
        value: n(value),
        months: Some(12),
        produce_by,
        due_by: None,
    }
}

#[test]
fn s45_output_was_promised_and_revenue_is_known() {
    let promise = promise("400", Some(date(2021, 6, 30)));
    let revenue = |item: &str| (item == "revenue per mu").then(|| n("900"));
    let judged = judge(&promise, Some(date(2021, 6, 1)), day(12, 31), revenue);
    // Not converted.
    assert_eq!(judged.fulfilment, Fulfilment::Unknown);
    let output = |item: &str| (item == "output per mu").then(|| n("300"));
    let judged = judge(&promise, Some(date(2021, 6, 1)), day(12, 31), output);
    // 300 of 400.
    assert_eq!(judged.fulfilment, Fulfilment::Broken { share: Some(n("0.75")), by: n("100") });
}

#[test]
fn s46_production_was_never_declared() {
    let promise = promise("400", Some(date(2022, 6, 30)));
    let judged = judge(&promise, None, day(12, 31), |_| Some(Decimal::ZERO));
    // The contract's latest date and its twelve months; and it is late.
    assert_eq!((judged.due, judged.overdue), (Some(date(2023, 6, 30)), Some(date(2022, 6, 30))));
    assert_eq!(judged.fulfilment, Fulfilment::Broken { share: Some(Decimal::ZERO), by: n("400") });
}

#[test]
fn s47_storeys_above_eight_metres() {
    // A hall of 5,000 ㎡ with a storey of 9 m: 10,000 ㎡ for the floor area ratio, 5,000 ㎡ for its tenants.
    let mut park = Park::new();
    let p = park.parcel("10000");
    park.building(p, "5000");
    let t = park.enterprise();
    park.rents(t, p, floor("2500"), Span::ALWAYS);
    // 10,000 × 2,500/5,000.
    assert_eq!(park.plan().net_land(), [n("5000")]);
    let ratio = Commitment { item: "floor area ratio".into(), ..promise("1.0", Some(date(2020, 1, 1))) };
    let judged = judge(&ratio, None, day(12, 31), |_| n("10000").checked_div(n("10000")));
    assert_eq!(judged.fulfilment, Fulfilment::Kept { share: Some(Decimal::ONE) });
}

#[test]
fn s48_stopped_all_year() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let e = park.enterprise();
    park.uses(e, p, land("10000"));
    park.months(e, 1..=12, "0");
    // Zeros that were reported are zeros; the land is held and judged.
    let reading = park.attribute().reading(p as usize);
    assert_eq!(reading, Reading::present(Decimal::ZERO));
    assert_eq!(reading.state, State::Present);
    assert_eq!(standing(&Case::default(), day(12, 31), Rules::default()).status, Status::Scored);
    assert_eq!(beside_one_that_is_scored(Status::Scored).1, Some(Decimal::ZERO), "graded, with zeros");
}
