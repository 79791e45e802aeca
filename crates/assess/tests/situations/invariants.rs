//! What must hold of every park (I1–I6), on parks made up at random, and against a reckoning day by day.

use assess::attribution::{
    ABSENT, Account, Area, Claim, Column, Enterprise, Floor, Kind, Land, Layer, Meter, Method, Occupancy,
    Options, Over, Parcel, Plan, Right, Span,
};
use assess::facts::State;
use jiff::civil::Date;
use jiff::{Span as Time, ToSpan};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::park::{YEAR, day};

/// A span that begins before, in or after the year, sometimes without an end.
fn span() -> impl Strategy<Value = Span> {
    let ends = (-40_i32..380, 0_i32..500, any::<bool>(), any::<bool>());
    ends.prop_map(|(from, length, open, all)| {
        let at = |days: i32| day(1, 1).checked_add(days.days()).expect("near the year");
        if all { Span::ALWAYS } else { Span::new(Some(at(from)), (!open).then(|| at(from + length))) }
    })
}

fn claim() -> impl Strategy<Value = Claim> {
    let area = (1_i64..3_000_000).prop_map(Area);
    prop_oneof![
        3 => area.clone().prop_map(Claim::Land),
        3 => area.prop_map(Claim::Floor),
        1 => Just(Claim::Rest),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![3 => Just(Kind::Own), 6 => Just(Kind::Lease), 1 => Just(Kind::Vacant), 1 => Just(Kind::Public)]
}

fn parks() -> impl Strategy<Value = Land> {
    let parcel = (10_000_000_i64..50_000_000, any::<u8>(), 0_u8..5).prop_map(|(area, life, inside)| Parcel {
        area: Area(area),
        life: if life < 200 { Span::ALWAYS } else { Span::new(Some(day(3, 7)), Some(day(11, 2))) },
        in_park: inside > 0,
        layer: Layer::Surface,
    });
    let floor = (0_u32..5, 10_000_000_i64..60_000_000).prop_map(|(parcel, area)| Floor {
        parcel,
        area: Area(area),
        life: Span::ALWAYS,
    });
    let who = prop_oneof![5 => (0_u32..5).prop_map(Some), 1 => Just(None)];
    let right =
        (0_u32..5, who.clone(), span()).prop_map(|(parcel, holder, span)| Right { parcel, holder, span });
    let parent = prop_oneof![4 => Just(None), 2 => (0_u32..9).prop_map(Some)];
    let occupancy = (0_u32..5, who, kind(), claim(), span(), parent).prop_map(
        |(parcel, user, kind, claim, span, parent)| Occupancy { parcel, user, kind, claim, span, parent },
    );
    let enterprise = span().prop_map(|life| Enterprise { life });
    (
        prop::collection::vec(parcel, 5),
        prop::collection::vec(floor, 0..8),
        prop::collection::vec(right, 0..6),
        prop::collection::vec(occupancy, 9..14),
        prop::collection::vec(enterprise, 5),
    )
        .prop_map(|(parcels, floors, rights, mut occupancies, enterprises)| {
            // Most of what is sublet lies where its lease does.
            for at in 0..occupancies.len() {
                if let Some(lease) = occupancies[at].parent.filter(|_| at % 5 > 0) {
                    occupancies[at].parcel = occupancies[lease as usize].parcel;
                }
            }
            let meters = Vec::new();
            Land { year: YEAR, parcels, floors, rights, occupancies, enterprises, meters }
        })
}

/// The same without the occupancies of parcels that are not computed.
fn mended(land: Land) -> Land {
    let plan = Plan::new(land.clone(), Options::default());
    let keep = |one: &Occupancy| plan.computed(one.parcel as usize);
    let mut next = 0;
    let numbers: Vec<u32> = land
        .occupancies
        .iter()
        .map(|one| {
            let number = next;
            next += u32::from(keep(one));
            number
        })
        .collect();
    let kept = land.occupancies.iter().filter(|one| keep(one));
    let occupancies = kept
        .map(|one| Occupancy { parent: one.parent.map(|lease| numbers[lease as usize]), ..*one })
        .collect();
    Land { occupancies, ..land }
}

fn meters() -> impl Strategy<Value = Vec<Meter>> {
    let meter = (0_u32..5, 0_u32..5, 0_u32..700_000, span(), any::<bool>());
    let meter = meter.prop_map(|(enterprise, parcel, millionths, span, shared)| Meter {
        enterprise,
        parcel,
        millionths,
        span,
        shared,
    });
    prop::collection::vec(meter, 0..6)
}

fn value() -> impl Strategy<Value = i64> {
    prop_oneof![1 => Just(ABSENT), 4 => -1_000_i64..1_000_000, 1 => Just((1 << 58) - 1)]
}

fn columns() -> impl Strategy<Value = Column> {
    let account = (0_u32..5, prop::option::of(0_u32..5), prop::option::of(0_u8..12), -10_i64..500_000);
    let account =
        account.prop_map(|(enterprise, parcel, month, value)| Account { enterprise, parcel, month, value });
    let over = prop_oneof![Just(Over::Sum), Just(Over::Mean), Just(Over::Last)];
    (
        prop::collection::vec(value(), 60),
        prop::collection::vec(value(), 5),
        prop::collection::vec(account, 0..8),
        any::<bool>(),
        over,
    )
        .prop_map(|(monthly, yearly, accounts, by_meter, over)| Column {
            scale: 0,
            over,
            by_meter,
            monthly,
            yearly,
            accounts,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// I1, I3: parcels and buckets add up to what the enterprises have, in every month; parts add up to parcels.
    #[test]
    fn nothing_is_lost(land in parks(), meters in meters(), column in columns()) {
        let plan = Plan::new(Land { meters, ..land }, Options::default());
        let found = plan.attribute(&column);
        for totals in &found.totals {
            prop_assert!(totals.agree(), "{totals:?}");
        }
        let inside = (0..5).filter(|p| plan.land().parcels[*p].in_park && plan.computed(*p));
        prop_assert_eq!(inside.map(|p| found.sums[p]).sum::<i128>(), found.year().parcels);

        let ledger = plan.ledger(&column);
        for parcel in (0..5).filter(|p| plan.computed(*p)) {
            let parts = ledger.parts(parcel);
            let steps = |part: &assess::attribution::Part| part.amount.unwrap_or_default();
            let sum: rust_decimal::Decimal = parts.iter().map(steps).sum();
            if column.over != Over::Mean {
                prop_assert_eq!(Some(sum.normalize()), found.value(found.sums[parcel]));
            }
        }
    }

    /// I2, I4: who has land on a parcel has all of it, and a subtenant's land is not its landlord's.
    #[test]
    fn land_adds_up(land in parks()) {
        let plan = Plan::new(land, Options::default());
        for (parcel, one) in plan.land().parcels.iter().enumerate() {
            let days = (0..365).filter(|at| alive(one.life, *at)).count();
            let stakes = plan.stakes(parcel);
            prop_assert!(stakes.iter().all(|stake| stake.used >= 0 && stake.idle >= 0), "{stakes:?}");
            if plan.computed(parcel) {
                let sum: i64 = stakes.iter().map(|stake| stake.used + stake.idle).sum();
                prop_assert_eq!(sum, one.area.0 * i64::try_from(days).expect("a year"));
            }
        }
    }

    /// I6: what is missing for all who use a parcel is missing there, and never zero.
    #[test]
    fn missing_is_not_zero(land in parks()) {
        let plan = Plan::new(land, Options::default());
        let found = plan.attribute(&Column::new(5, 0, Over::Sum));
        for parcel in 0..5 {
            let reading = found.reading(parcel);
            let used = plan.stakes(parcel).iter().any(|stake| stake.used > 0);
            prop_assert!(!used || reading.value.is_none() && reading.state == State::Missing, "{reading:?}");
        }
    }

    /// Every piece is within one step of what a reckoning day by day gives.
    #[test]
    fn shares_are_those_of_the_days(land in parks(), column in columns()) {
        let column = Column { accounts: Vec::new(), over: Over::Sum, ..column };
        let plan = Plan::new(mended(land), Options::default());
        prop_assert_eq!(plan.problems(), &[]);
        let days = Days::new(plan.land());
        let ledger = plan.ledger(&column);
        for parcel in 0..5_u32 {
            for part in ledger.parts(parcel as usize) {
                for piece in part.pieces.iter().filter(|piece| piece.method != Method::Holding) {
                    let enterprise = part.enterprise.expect("known");
                    let (weight, whole, covered, there) = days.share(enterprise, parcel, piece.month);
                    let of = i128::try_from(piece.of).expect("whole steps");
                    let amount = i128::try_from(piece.amount).expect("whole steps");
                    #[expect(clippy::cast_precision_loss, reason = "compared to within a step")]
                    let (exact, slack) = (
                        of as f64 * (weight as f64 / whole as f64) * (covered as f64 / there as f64),
                        1.0 + of.unsigned_abs() as f64 * 1e-14,
                    );
                    #[expect(clippy::cast_precision_loss, reason = "compared to within a step")]
                    let off = (amount as f64 - exact).abs();
                    prop_assert!(off <= slack, "{amount} is not {exact}: {piece:?}");
                }
            }
        }
    }
}

fn alive(span: Span, day_of_year: i32) -> bool {
    let date = date_of(day_of_year);
    span.from <= date && date <= span.to
}

fn date_of(day_of_year: i32) -> Date {
    day(1, 1).checked_add(Time::new().days(day_of_year)).expect("in the year")
}

/// Land of every occupancy on every day, by the definition.
struct Days<'a> {
    land: &'a Land,
    by_day: Vec<Vec<i64>>,
}

impl<'a> Days<'a> {
    fn new(land: &'a Land) -> Self {
        let by_day = (0..365).map(|day| Self::day(land, day)).collect();
        Self { land, by_day }
    }

    /// Open ends are those of the lease or the parcel.
    fn on(land: &Land, at: usize, day: i32) -> bool {
        let one = &land.occupancies[at];
        let within = match one.parent {
            Some(lease) => Self::on(land, lease as usize, day),
            None => alive(land.parcels[one.parcel as usize].life, day),
        };
        alive(one.span, day) && within
    }

    fn day(land: &Land, day: i32) -> Vec<i64> {
        let n = land.occupancies.len();
        let on: Vec<bool> = (0..n).map(|at| Self::on(land, at, day)).collect();
        let stated = |at: usize| {
            let one = &land.occupancies[at];
            let area = i128::from(land.parcels[one.parcel as usize].area.0);
            let floors = land.floors.iter().filter(|f| f.parcel == one.parcel).map(|f| i128::from(f.area.0));
            match one.claim {
                Claim::Land(land) => Some(land.0),
                Claim::Floor(part) => {
                    let share = area * i128::from(part.0) / floors.sum::<i128>().max(1);
                    Some(i64::try_from(share).expect("an area"))
                }
                Claim::Rest => None,
            }
        };
        let below = |parent: Option<u32>, parcel: u32| {
            let of = |at: &usize| {
                on[*at] && land.occupancies[*at].parent == parent && land.occupancies[*at].parcel == parcel
            };
            (0..n).filter(of).filter_map(stated).sum::<i64>()
        };
        // The rest of a lease that is itself a rest: up to the parcel and down again.
        let has = |at: usize| {
            let (mut chain, mut top) = (vec![at], at);
            while let (None, Some(lease)) = (stated(top), land.occupancies[top].parent) {
                top = lease as usize;
                chain.push(top);
            }
            let mut area = land.parcels[land.occupancies[at].parcel as usize].area.0;
            for at in chain.into_iter().rev() {
                let one = &land.occupancies[at];
                area = stated(at).unwrap_or_else(|| area - below(one.parent, one.parcel));
            }
            area
        };
        let resting = |at: usize| {
            (0..n).any(|other| {
                let child = &land.occupancies[other];
                on[other] && child.parent.map(|p| p as usize) == Some(at) && child.claim == Claim::Rest
            })
        };
        (0..n)
            .map(|at| {
                let parent = u32::try_from(at).ok();
                let one = &land.occupancies[at];
                if !on[at] || resting(at) { 0 } else { has(at) - below(parent, one.parcel) }
            })
            .collect()
    }

    /// Land × days of an enterprise on a parcel and in all, days on which it is somewhere, days on which it exists.
    fn share(&self, enterprise: u32, parcel: u32, month: Option<u8>) -> (i128, i128, i64, i64) {
        let in_period = |at: i32| {
            month.is_none_or(|month| date_of(at).month() == i8::try_from(month + 1).expect("small"))
        };
        let days: Vec<i32> = (0..365).filter(|at| in_period(*at)).collect();
        let own = |(_, one): &(usize, &Occupancy)| one.user == Some(enterprise);
        let own: Vec<_> = self.land.occupancies.iter().enumerate().filter(own).collect();
        let (mut weight, mut whole, mut covered, mut there) = (0, 0, 0, 0);
        for day in days {
            let exists = alive(self.land.enterprises[enterprise as usize].life, day);
            for (at, one) in own.iter().filter(|(_, one)| one.kind.uses()) {
                let land = i128::from(self.by_day[usize::try_from(day).expect("a day")][*at]);
                whole += land;
                weight += if one.parcel == parcel { land } else { 0 };
            }
            let uses = own.iter().any(|(at, _)| Self::on(self.land, *at, day));
            let holds = self.land.rights.iter().any(|right| {
                right.holder == Some(enterprise)
                    && alive(right.span, day)
                    && alive(self.land.parcels[right.parcel as usize].life, day)
            });
            there += i64::from(exists);
            covered += i64::from(exists && (uses || holds));
        }
        (weight, whole, covered, there)
    }
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut draw = |n: u32| {
        let mut land = Land { year: YEAR, ..Land::default() };
        let mut column = Column { scale: 0, over: Over::Sum, by_meter: true, ..Column::new(0, 0, Over::Sum) };
        for copy in 0..n {
            let part = parks().new_tree(&mut runner).expect("a park").current();
            let values = columns().new_tree(&mut runner).expect("values").current();
            let occupancies = u32::try_from(land.occupancies.len()).expect("few");
            land.parcels.extend(part.parcels);
            land.floors.extend(part.floors.into_iter().map(|f| Floor { parcel: f.parcel + 5 * copy, ..f }));
            let shift = |who: Option<u32>| who.map(|who| who + 5 * copy);
            land.rights.extend(part.rights.into_iter().map(|r| Right {
                parcel: r.parcel + 5 * copy,
                holder: shift(r.holder),
                ..r
            }));
            land.occupancies.extend(part.occupancies.into_iter().map(|o| Occupancy {
                parcel: o.parcel + 5 * copy,
                user: shift(o.user),
                parent: o.parent.map(|parent| parent + occupancies),
                ..o
            }));
            land.enterprises.extend(part.enterprises);
            column.monthly.extend(values.monthly);
            column.yearly.extend(values.yearly);
        }
        (land, column)
    };
    let (land, column) = draw(1_500);
    let one = Plan::new(land.clone(), Options { threads: 1 });
    let three = Plan::new(land, Options { threads: 3 });
    assert_eq!(one.problems(), three.problems());
    assert!(one.attribute(&column) == three.attribute(&column), "threads changed the result");
}
