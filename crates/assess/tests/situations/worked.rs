//! The worked example: a landlord with a vacant hall, a tenant of the year, one that left on 30 June and one that came on 1 July.

use assess::attribution::{Evidence, Kind, Method, Reason, Span};
use rust_decimal::Decimal;

use crate::park::{Park, floor, n, since, until};

/// P = 13,333.33 ㎡ = 20.00 亩 with 20,000 ㎡ of floor. L uses 2,000 ㎡ and has 4,000 ㎡ vacant, tax 60; T1 8,000 ㎡, tax 240;
/// T2 6,000 ㎡ until 30 June, tax of the year 120, then elsewhere; T3 the same 6,000 ㎡ from 1 July, new, tax 30.
fn example() -> (Park, u32, [u32; 4]) {
    let mut park = Park::new();
    let p = park.parcel("13333.33");
    park.building(p, "20000");
    let [l, t1, t2] = [(); 3].map(|()| park.enterprise());
    let t3 = park.enterprise_with(since(7, 1));
    park.holds(l, p);
    park.uses(l, p, floor("2000"));
    park.place(None, p, Kind::Vacant, floor("4000"), Span::ALWAYS);
    park.rents(t1, p, floor("8000"), Span::ALWAYS);
    park.rents(t2, p, floor("6000"), until(6, 30));
    park.rents(t3, p, floor("6000"), since(7, 1));
    for (who, tax) in [(l, "60"), (t1, "240"), (t2, "120"), (t3, "30")] {
        park.year(who, tax);
    }
    (park, p, [l, t1, t2, t3])
}

fn four(value: Decimal) -> String {
    format!("{:.4}", value.round_dp_with_strategy(4, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}

#[test]
fn the_land_of_the_example() {
    let (park, p, [l, t1, t2, t3]) = example();
    let stakes = park.plan().stakes(p as usize);
    let mu = |who: u32| {
        let stake = stakes.iter().find(|stake| stake.enterprise == Some(who)).expect("has land");
        four(stake.land() * n("0.0015"))
    };
    // 20 × 6,000/20,000; 20 × 8,000/20,000; 6 × 181/365 = 2.97534; 6 × 184/365 = 3.02466.
    assert_eq!([mu(l), mu(t1), mu(t2), mu(t3)], ["6.0000", "8.0000", "2.9753", "3.0247"]);
    // I2, to the last step: 133,333,300 × 365.
    let sum: i64 = stakes.iter().map(|stake| stake.used + stake.idle).sum();
    assert_eq!(sum, 133_333_300 * 365);
}

#[test]
fn the_tax_of_the_example() {
    let (park, p, [l, t1, t2, t3]) = example();
    let parts = park.parts(p);
    let of = |who: u32| parts.iter().find(|part| part.enterprise == Some(who)).expect("gave something");
    let given = |who: u32| four(of(who).amount.expect("known"));
    // 120 × 181/365 = 59.50685.
    assert_eq!([given(l), given(t1), given(t2), given(t3)], ["60.0000", "240.0000", "59.5068", "30.0000"]);
    assert_eq!(of(t2).method(), Some(Method::AreaTime));
    assert_eq!(
        of(t2).reasons,
        [Reason::NoAccount, Reason::NoMeter, Reason::DaysNowhere, Reason::YearOnly],
        "why not by a better method"
    );
    assert_eq!(of(t1).evidence(), Some(Evidence::Documented));

    let attributed = park.attribute();
    let tax = attributed.reading(p as usize).value.expect("known");
    assert_eq!(four(tax), "389.5068");
    // 389.5068 ÷ 20.00 亩 = 19.475.
    let per_mu = tax / (n("13333.33") * n("0.0015"));
    assert_eq!(per_mu.round_dp(2), n("19.48"));
    // The rest of T2, 60.493151, is on no parcel, and the total is still 450.
    assert_eq!(attributed.year().no_parcel, 60_493_151);
    assert_eq!(attributed.year().given, 450_000_000);
}

#[test]
fn months_that_are_known_are_taken_as_they_are() {
    let (mut park, p, [_, _, t2, _]) = example();
    // 12 a month from January to June, 8 a month from July: the year is 120.
    park.months(t2, 1..=6, "12");
    park.months(t2, 7..=12, "8");
    let parts = park.parts(p);
    let part = parts.iter().find(|part| part.enterprise == Some(t2)).expect("gave something");
    // 6 × 12 = 72, and not 120 × 181/365.
    assert_eq!(part.amount, Some(n("72")));
    assert_eq!(part.method(), Some(Method::Dated));
    assert_eq!(park.value(p), Some(n("402")));
}
