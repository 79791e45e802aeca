//! A region of land parcels made of arithmetic alone, so that a peer in another language makes the same one (`peers/parcels.py`).
//!
//! Parcel `p` has three users: enterprise `p`, its holder, and two tenants out of as many enterprises again. One in five users comes or
//! leaves on some day of the year. Every 50th value of an enterprise's month is missing.

use assess::attribution::{
    ABSENT, Area, Claim, Column, Enterprise, Floor, Kind, Land, Layer, Occupancy, Over, Parcel, Right, Span,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The measures of the bench.
pub const MEASURES: u64 = 9;

/// A number of 64 bits for a place in a sequence (splitmix64).
pub fn mixed(at: u64, salt: u64) -> u64 {
    let mut z = (at + (salt << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn below(at: u64, salt: u64, n: u64) -> i64 {
    i64::try_from(mixed(at, salt) % n).expect("small")
}

/// The area of a parcel in ten-thousandths of a square metre: 5,000 to 50,000 ㎡.
pub fn area(parcel: u64) -> i64 {
    (500_000 + below(parcel, 1, 4_500_000)) * 100
}

/// So many parcels with three users each.
pub fn land(parcels: u32) -> Land {
    let mut land = Land { year: 2025, ..Land::default() };
    for parcel in 0..parcels {
        let p = u64::from(parcel);
        let area = area(p);
        let floor = area / 100 * (80 + below(p, 2, 120));
        let life = Span::ALWAYS;
        land.parcels.push(Parcel { area: Area(area), life, in_park: true, layer: Layer::Surface });
        land.floors.push(Floor { parcel, area: Area(floor), life });
        land.rights.push(Right { parcel, holder: Some(parcel), span: life });
        for (slot, percent) in [(0, 30), (1, 35), (2, 25)] {
            let at = p * 3 + slot;
            let tenant = u32::try_from(below(at, 3, u64::from(parcels))).expect("a parcel");
            land.occupancies.push(Occupancy {
                parcel,
                user: Some(if slot == 0 { parcel } else { parcels + tenant }),
                kind: if slot == 0 { Kind::Own } else { Kind::Lease },
                claim: Claim::Floor(Area(floor / 100 * percent)),
                span: span(at),
                parent: None,
            });
        }
    }
    land.enterprises = vec![Enterprise { life: Span::ALWAYS }; parcels as usize * 2];
    land
}

/// One in ten ends within the year, one in ten begins.
fn span(at: u64) -> Span {
    let on: Date = date(2025, 1, 1).checked_add(below(at, 5, 365).days()).expect("in the year");
    match mixed(at, 4) % 10 {
        0 => Span::new(None, Some(on)),
        1 => Span::new(Some(on), None),
        _ => Span::ALWAYS,
    }
}

/// One measure: up to 100 with four decimals a month, in millionths.
pub fn column(parcels: u32, measure: u64, column: &mut Column) {
    let enterprises = u64::from(parcels) * 2;
    column.scale = Column::SCALE;
    column.over = Over::Sum;
    column.yearly.clear();
    column.monthly.clear();
    column.monthly.extend((0..enterprises * 12).map(|at| {
        let drawn = mixed(at, 100 + measure);
        if drawn.is_multiple_of(50) {
            ABSENT
        } else {
            i64::try_from(drawn / 50 % 1_000_000).expect("small") * 100
        }
    }));
}
