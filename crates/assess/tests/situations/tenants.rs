//! Situations of who uses what: enterprises with several parcels, landlords, tenants, subtenants, and those nobody expects.

use assess::attribution::{Claim, Evidence, Kind, Method, Problem, Reason, Span};
use assess::facts::{Facts, Reading, Share, State, Status, Subject};
use assess::merge::{Merger, merged};
use assess::run::Row;
use figures::BlankReason;
use figures::compare::{Growth, growth};
use model::definition::{Judged, Merge};
use model::id::EntryId;
use rust_decimal::Decimal;

use crate::judge::{Judge, classes, usual};
use crate::park::{Park, area, day, floor, land, n, since, until};

#[test]
fn s01_one_enterprise_on_three_parcels_in_two_parks() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("10000"), park.parcel("10000")];
    let far = park.outside("20000");
    let e = park.enterprise();
    for (parcel, area) in [(p, "10000"), (q, "10000"), (far, "20000")] {
        park.uses(e, parcel, land(area));
    }
    park.year(e, "100");
    let found = park.attribute();
    // 1 : 1 : 2 of 100; the total is on no parcel.
    assert_eq!([park.value(p), park.value(q)], [Some(n("25")), Some(n("25"))]);
    assert_eq!(found.value(found.year().outside), Some(n("50")));
    // The enterprise is judged by all its land.
    assert_eq!(park.plan().net_land(), [n("40000")]);
}

#[test]
fn s02_a_landlord_with_twelve_tenants() {
    let mut park = Park::new();
    let p = park.parcel("30000");
    park.building(p, "60000");
    let l = park.enterprise();
    park.holds(l, p);
    park.year(l, "12");
    for _ in 0..12 {
        let tenant = park.enterprise();
        park.rents(tenant, p, floor("4000"), Span::ALWAYS);
        park.year(tenant, "10");
    }
    // 12 × 10 + 12; land by floor, 30,000 × 4,000/60,000 = 2,000 ㎡ each, and 6,000 ㎡ that are not leased out.
    assert_eq!(park.value(p), Some(n("132")));
    let net = park.plan().net_land();
    assert_eq!(net[0], n("6000"));
    assert!(net[1..].iter().all(|area| *area == n("2000")));
    // Both views. The parcel on its full 45 亩, 132 ÷ 45 = 2.9333 of 10; the landlord on its 9 亩 alone, 12 ÷ 9 = 1.3333; each
    // tenant on 3 亩, 10 ÷ 3 = 3.3333.
    let mut parcels = Judge::new(usual(Judged::Parcel)).first_alone("10");
    parcels.per_land("", "30000", &park.value(p).expect("known").to_string());
    assert_eq!(parcels.rows()[0].score, Some(n("29.33")));
    let mut firms = Judge::new(usual(Judged::Enterprise)).first_alone("10");
    let class = classes(&firms.scheme)[0].clone();
    for (land, tax) in net.iter().zip(["12"].into_iter().chain(["10"; 12])) {
        firms.per_land(&class, &land.to_string(), tax);
    }
    let scores = |rows: &[Row]| rows.iter().map(|row| row.score.expect("scored")).collect::<Vec<_>>();
    let alone = firms.rows();
    assert_eq!(scores(&alone), [vec![n("13.33")], vec![n("33.33"); 12]].concat());
    // Where the place's rule is that all share the parcel's result (遂昌), they are one unit: the parcel's 29.33 for everybody, one
    // grade, and what each would have had alone beside it.
    firms.scheme.merge = Merge::Unit;
    firms.unit("parcel", &(0..13).collect::<Vec<_>>());
    let shared = firms.rows();
    assert_eq!(scores(&shared), vec![n("29.33"); 13]);
    assert!(shared.iter().all(|row| row.grade.is_some() && row.grade == shared[0].grade));
    let single = |row: &Row| row.together.as_ref().expect("judged as one").score;
    assert_eq!(
        shared.iter().map(single).collect::<Vec<_>>(),
        alone.iter().map(|row| row.score).collect::<Vec<_>>()
    );
}

#[test]
fn s03_a_tenant_moves_within_the_year() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("4000"), park.parcel("4000")];
    let e = park.enterprise();
    park.rents(e, p, land("4000"), until(4, 30));
    park.rents(e, q, land("4000"), since(5, 1));
    let mut by_days = Park { land: park.land.clone(), column: park.column.clone() };
    // Months are known: what was made at each place.
    park.months(e, 1..=4, "5");
    park.months(e, 5..=12, "10");
    assert_eq!([park.value(p), park.value(q)], [Some(n("20")), Some(n("80"))]);
    assert_eq!(park.parts(p)[0].method(), Some(Method::Dated));
    // Only the year is known: 120 and 245 days of 365.
    by_days.year(e, "365");
    assert_eq!([by_days.value(p), by_days.value(q)], [Some(n("120")), Some(n("245"))]);
    assert_eq!(by_days.parts(p)[0].method(), Some(Method::AreaTime));
    // The land of all, with what nobody uses, is the parcel's on every day: 4,000 ㎡ × 365.
    for parcel in [p, q] {
        let stakes = park.plan().stakes(parcel as usize);
        assert_eq!(stakes.iter().map(|stake| stake.used + stake.idle).sum::<i64>(), 40_000_000 * 365);
    }
}

#[test]
fn s04_a_landlord_that_only_lets() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let [l, t] = [park.enterprise(), park.enterprise()];
    park.holds(l, p);
    park.rents(t, p, land("10000"), Span::ALWAYS);
    park.year(l, "8");
    park.year(t, "92");
    // Its taxes on rent count once, at the parcel, which its tenant is judged with: 100 ÷ 15 亩 of 10.
    assert_eq!(park.value(p), Some(n("100")));
    let mut parcels = Judge::new(usual(Judged::Parcel)).first_alone("10");
    parcels.per_land("", "10000", "100");
    let row = &parcels.rows()[0];
    assert_eq!((row.score, row.grade.is_some()), (Some(n("66.67")), true));
    // It has no land of its own to be judged by, and so no grade as an industrial enterprise in either population; its tenant has.
    let net = park.plan().net_land();
    let firms = Judge::new(usual(Judged::Enterprise));
    for class in classes(&firms.scheme) {
        let mut firms = Judge::new(firms.scheme.clone()).first_alone("10");
        firms.per_land(&class, &net[l as usize].to_string(), "8");
        firms.per_land(&class, &net[t as usize].to_string(), "92");
        let rows = firms.rows();
        assert_eq!((rows[0].score, &rows[0].grade, rows[0].cells[0].x), (None, &None, None));
        assert!(rows[1].grade.is_some());
    }
    assert_eq!(park.plan().net_land()[l as usize], Decimal::ZERO);
    let parts = park.parts(p);
    let lets = parts.iter().find(|part| part.enterprise == Some(l)).expect("a part");
    assert_eq!((lets.method(), lets.evidence()), (Some(Method::Holding), Some(Evidence::Assumed)));
    assert!(lets.reasons.contains(&Reason::NothingUsed));
}

#[test]
fn s07_taxes_paid_at_the_head_office_elsewhere() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let [branch, other] = [park.enterprise(), park.enterprise()];
    park.uses(branch, p, land("6000"));
    park.uses(other, p, land("4000"));
    park.year(other, "40");
    // Nothing is imputed: the branch's tax is missing and the parcel says for how much of it that is so.
    let reading = park.attribute().reading(p as usize);
    assert_eq!((reading.value, reading.known.decimal()), (Some(n("40")), n("0.4")));
    assert_eq!(park.plan().ledger(&park.column).without_data(), [branch]);
    // What little is paid here is taken as it is.
    park.year(branch, "3");
    assert_eq!(park.value(p), Some(n("43")));
}

#[test]
fn s12_one_firm_absorbs_another() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("5000"), park.parcel("5000")];
    let a = park.enterprise();
    let b = park.enterprise_with(until(6, 30));
    park.uses(a, p, land("5000"));
    park.rents(b, q, land("5000"), until(6, 30));
    park.rents(a, q, land("5000"), since(7, 1));
    park.months(a, 1..=6, "10");
    park.months(a, 7..=12, "20");
    park.months(b, 1..=6, "6");
    // B's months are on its parcel, A's from July on both: 6 × 6 + 6 × 20/2 = 96, and 6 × 10 + 60 = 120 on the other.
    assert_eq!([park.value(p), park.value(q)], [Some(n("120")), Some(n("96"))]);
    // B has no value after June, and nothing is missing.
    assert_eq!(park.attribute().reading(q as usize).known, Share::WHOLE);
    // The comparable basis is both in both years: 90 + 54 before, 180 + 36 now; A alone would have doubled.
    let [before, now] = [["90", "54"], ["180", "36"]].map(|of| of.iter().map(|value| n(value)).sum());
    assert_eq!(growth(Some(before), Some(now)), Ok(Growth::Percent(n("50"))));
    assert_eq!(growth(Some(n("90")), Some(n("180"))), Ok(Growth::Percent(n("100"))));
    let merger = Merger { as_one: subject(), members: vec![0, 1] };
    let year = |values: [&str; 2]| {
        let readings = values.map(|value| Reading::present(n(value))).to_vec();
        let measures = indexmap::IndexMap::from([("output".into(), readings)]);
        let facts = Facts { year: 2023, subjects: vec![subject(), subject()], measures, marks: Vec::new() };
        merged(&facts, std::slice::from_ref(&merger)).measures[0][0].value
    };
    assert_eq!([year(["90", "54"]), year(["180", "36"])], [Some(before), Some(now)]);
}

fn subject() -> Subject {
    Subject {
        key: EntryId(1),
        name: "firm".into(),
        class: "".into(),
        class_before: None,
        unit: None,
        industry: "".into(),
        land: None,
        floor: None,
        since: None,
        status: Status::Scored,
    }
}

#[test]
fn s13_a_firm_is_split() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("5000"), park.parcel("5000")];
    let parent = park.enterprise();
    let child = park.enterprise_with(since(7, 1));
    park.uses(parent, p, land("5000"));
    park.rents(parent, q, land("5000"), until(6, 30));
    park.rents(child, q, land("5000"), since(7, 1));
    park.months(parent, 1..=12, "10");
    park.months(child, 7..=12, "4");
    // 6 × 5 + 6 × 4 = 54; the child has no value before July, and none is missing.
    assert_eq!(park.value(q), Some(n("54")));
    assert_eq!(park.attribute().reading(q as usize).state, State::Estimated);
    assert_eq!(park.attribute().reading(q as usize).known, Share::WHOLE);
    // The child has nothing of the year before: no growth, unless its first return states one (24 of 20 are a fifth more).
    assert_eq!(growth(None, Some(n("24"))), Err(BlankReason::NoBase));
    assert_eq!(growth(Some(n("20")), Some(n("24"))), Ok(Growth::Percent(n("20"))));
}

#[test]
fn s23_subleases_in_a_chain() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let [l, t1, t2] = [(); 3].map(|()| park.enterprise());
    park.holds(l, p);
    let lease = park.rents(t1, p, land("8000"), Span::ALWAYS);
    park.sublets(lease, t2, land("8000"));
    park.year(t2, "50");
    // The actual user has the land and the value; the one between has none.
    assert_eq!(park.plan().net_land(), [n("2000"), n("0"), n("8000")]);
    assert_eq!(park.value(p), Some(n("50")));

    // More sublet than leased is an error of that parcel.
    park.sublets(lease, l, land("1"));
    let plan = park.plan();
    let overrun = Problem::SubletOverrun {
        parcel: p,
        on: day(1, 1),
        lease,
        sublet: area("8001"),
        leased: area("8000"),
    };
    assert_eq!(plan.problems(), [overrun]);

    // So is a circle.
    let mut circle = Park::new();
    let p = circle.parcel("10000");
    let e = circle.enterprise();
    let first = circle.rents(e, p, land("100"), Span::ALWAYS);
    let second = circle.sublets(first, e, land("100"));
    circle.land.occupancies[first as usize].parent = Some(second);
    let plan = circle.plan();
    assert_eq!(plan.problems(), [Problem::SubletCycle { parcel: p, occupancies: vec![first, second] }]);
}

#[test]
fn s24_tenants_claim_more_floor_than_there_is() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("10000"), park.parcel("10000")];
    park.building(p, "10000");
    let [a, b] = [park.enterprise(), park.enterprise()];
    park.rents(a, p, floor("6000"), Span::ALWAYS);
    park.rents(b, p, floor("4001"), Span::ALWAYS);
    park.uses(b, q, land("4001"));
    park.year(a, "60");
    park.year(b, "40");
    let (plan, found) = (park.plan(), park.attribute());
    let (claimed, floor) = (area("10001"), area("10000"));
    assert_eq!(plan.problems(), [Problem::FloorOverrun { parcel: p, on: day(1, 1), claimed, floor }]);
    // Not rescaled: the parcel has no value, and what would have come to it is undetermined.
    let reading = found.reading(p as usize);
    assert_eq!((reading.value, reading.state), (None, State::Conflicting));
    // a's 60, and of b's 40 the half by its stated land, 4,001 of 8,002 ㎡; the total still is 100.
    assert_eq!(found.value(found.year().undetermined), Some(n("80")));
    assert_eq!(found.value(found.year().parcels), Some(n("20")));
}

#[test]
fn s25_a_vacant_workshop() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    park.building(p, "10000");
    let [l, t] = [park.enterprise(), park.enterprise()];
    park.holds(l, p);
    park.rents(t, p, floor("2500"), Span::ALWAYS);
    park.place(None, p, Kind::Vacant, floor("7500"), Span::ALWAYS);
    park.year(t, "30");
    park.year(l, "0");
    // The land stays with the landlord, the output is the tenant's, and the parcel's 15 亩 all count: 2 a mu.
    assert_eq!(park.plan().net_land(), [n("7500"), n("2500")]);
    assert_eq!(park.value(p), Some(n("30")));

    // Wholly vacant is zero, and not unknown.
    let mut empty = Park::new();
    let p = empty.parcel("10000");
    empty.place(None, p, Kind::Vacant, Claim::Rest, Span::ALWAYS);
    let reading = empty.attribute().reading(p as usize);
    assert_eq!((reading.value, reading.state), (Some(Decimal::ZERO), State::Present));
    // Nobody having said who uses it is unknown, and not zero.
    let mut silent = Park::new();
    let p = silent.parcel("10000");
    assert_eq!(silent.value(p), None);
}

#[test]
fn s26_a_sole_trader_or_an_unregistered_workshop() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let e = park.enterprise();
    park.uses(e, p, land("7500"));
    park.place(None, p, Kind::Lease, land("2500"), Span::ALWAYS);
    park.year(e, "75");
    // It counts as a user without data: its land is used and its share of the parcel is not known.
    let reading = park.attribute().reading(p as usize);
    assert_eq!((reading.value, reading.known.decimal()), (Some(n("75")), n("0.75")));
    let parts = park.parts(p);
    assert_eq!(parts.iter().filter(|part| part.enterprise.is_none() && part.amount.is_none()).count(), 1);
}

#[test]
fn s27_registered_elsewhere_and_producing_here() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let e = park.enterprise();
    park.rents(e, p, land("10000"), Span::ALWAYS);
    let reading = park.attribute().reading(p as usize);
    assert_eq!((reading.value, reading.state), (None, State::Missing));
    assert_eq!(park.plan().ledger(&park.column).without_data(), [e]);
    // What its site accounts for is taken, and said to be all there is.
    park.account(e, p, "7");
    let found = park.attribute();
    assert_eq!(found.reading(p as usize).value, Some(n("7")));
    assert_eq!(found.value(found.year().by_accounts), Some(n("7")));
    assert_eq!(found.doubts.len(), 1);
}

#[test]
fn s28_registered_here_and_producing_elsewhere() {
    let mut park = Park::new();
    let p = park.parcel("10000");
    let [shell, e] = [park.enterprise(), park.enterprise()];
    park.uses(e, p, land("10000"));
    park.year(e, "10");
    park.year(shell, "90");
    let found = park.attribute();
    // Its tax is on no parcel, and the total is kept.
    assert_eq!(found.reading(p as usize).value, Some(n("10")));
    assert_eq!(found.value(found.year().no_parcel), Some(n("90")));
    assert_eq!(found.value(found.year().given), Some(n("100")));
}

#[test]
fn s29_one_supply_for_the_landlord_and_all_tenants() {
    let mut park = Park::new();
    let [p, q] = [park.parcel("10000"), park.parcel("30000")];
    let e = park.enterprise();
    park.uses(e, p, land("10000"));
    park.uses(e, q, land("30000"));
    park.meter(e, p, 900_000, true);
    park.year(e, "100");
    // The shared meter is no evidence: land × days, 1 : 3, at a lower level.
    assert_eq!(park.value(p), Some(n("25")));
    let part = &park.parts(p)[0];
    assert_eq!((part.method(), part.evidence()), (Some(Method::AreaTime), Some(Evidence::Derived)));
    assert!(part.reasons.contains(&Reason::SharedMeter));
    // A meter of its own is better evidence.
    park.land.meters[0].shared = false;
    assert_eq!(park.value(p), Some(n("90")));
    assert_eq!(park.parts(p)[0].evidence(), Some(Evidence::Measured));
}

#[test]
fn s40_a_building_sold_by_units() {
    let mut park = Park::new();
    let p = park.parcel("9000");
    let owners: Vec<u32> = (0..3).map(|_| park.enterprise()).collect();
    for (owner, share) in owners.iter().zip(["1500", "3000", "4500"]) {
        park.uses(*owner, p, land(share));
        park.year(*owner, "10");
    }
    // Land is the share on each certificate (分摊面积).
    assert_eq!(park.plan().net_land(), [n("1500"), n("3000"), n("4500")]);
    assert_eq!(park.value(p), Some(n("30")));
}
