//! A park in a few lines: parcels and enterprises by name, areas in ㎡, dates as month and day of 2023.

use assess::attribution::{
    Area, Attributed, Claim, Column, Enterprise, Floor, Kind, Land, Layer, Meter, Occupancy, Options, Over,
    Parcel, Part, Plan, Right, Span,
};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

pub const YEAR: i16 = 2023;

/// A number as written.
pub fn n(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// A day of 2023.
pub fn day(month: i8, day: i8) -> Date {
    date(YEAR, month, day)
}

pub fn until(month: i8, of: i8) -> Span {
    Span::new(None, Some(day(month, of)))
}

pub fn since(month: i8, of: i8) -> Span {
    Span::new(Some(day(month, of)), None)
}

pub fn area(square_metres: &str) -> Area {
    Area::of(n(square_metres)).expect("an area")
}

pub fn land(square_metres: &str) -> Claim {
    Claim::Land(area(square_metres))
}

pub fn floor(square_metres: &str) -> Claim {
    Claim::Floor(area(square_metres))
}

/// A park being put together.
pub struct Park {
    pub land: Land,
    pub column: Column,
}

impl Park {
    pub fn new() -> Self {
        let column = Column::new(0, Column::SCALE, Over::Sum);
        Self { land: Land { year: YEAR, ..Land::default() }, column }
    }

    pub fn parcel(&mut self, square_metres: &str) -> u32 {
        let (area, life) = (area(square_metres), Span::ALWAYS);
        self.land.parcels.push(Parcel { area, life, in_park: true, layer: Layer::Surface });
        u32::try_from(self.land.parcels.len() - 1).expect("few")
    }

    pub fn outside(&mut self, square_metres: &str) -> u32 {
        let parcel = self.parcel(square_metres);
        self.land.parcels[parcel as usize].in_park = false;
        parcel
    }

    pub fn building(&mut self, parcel: u32, square_metres: &str) {
        self.land.floors.push(Floor { parcel, area: area(square_metres), life: Span::ALWAYS });
    }

    pub fn enterprise(&mut self) -> u32 {
        self.enterprise_with(Span::ALWAYS)
    }

    pub fn enterprise_with(&mut self, life: Span) -> u32 {
        self.land.enterprises.push(Enterprise { life });
        self.column.monthly.extend([assess::attribution::ABSENT; 12]);
        self.column.yearly.push(assess::attribution::ABSENT);
        u32::try_from(self.land.enterprises.len() - 1).expect("few")
    }

    pub fn holds(&mut self, enterprise: u32, parcel: u32) {
        self.land.rights.push(Right { parcel, holder: Some(enterprise), span: Span::ALWAYS });
    }

    pub fn place(&mut self, user: Option<u32>, parcel: u32, kind: Kind, claim: Claim, span: Span) -> u32 {
        self.land.occupancies.push(Occupancy { parcel, user, kind, claim, span, parent: None });
        u32::try_from(self.land.occupancies.len() - 1).expect("few")
    }

    pub fn uses(&mut self, user: u32, parcel: u32, claim: Claim) -> u32 {
        self.place(Some(user), parcel, Kind::Own, claim, Span::ALWAYS)
    }

    pub fn rents(&mut self, user: u32, parcel: u32, claim: Claim, span: Span) -> u32 {
        self.place(Some(user), parcel, Kind::Lease, claim, span)
    }

    pub fn sublets(&mut self, lease: u32, user: u32, claim: Claim) -> u32 {
        let parcel = self.land.occupancies[lease as usize].parcel;
        let sublease = self.rents(user, parcel, claim, Span::ALWAYS);
        self.land.occupancies[sublease as usize].parent = Some(lease);
        sublease
    }

    pub fn meter(&mut self, enterprise: u32, parcel: u32, millionths: u32, shared: bool) {
        self.land.meters.push(Meter { enterprise, parcel, millionths, span: Span::ALWAYS, shared });
    }

    pub fn year(&mut self, enterprise: u32, value: &str) {
        self.column.set_year(enterprise, n(value)).expect("fits");
    }

    /// The same value in each of these months, 1..=12.
    pub fn months(&mut self, enterprise: u32, months: std::ops::RangeInclusive<u8>, value: &str) {
        for month in months {
            self.column.set_month(enterprise, month - 1, n(value)).expect("fits");
        }
    }

    pub fn account(&mut self, enterprise: u32, parcel: u32, value: &str) {
        self.column.account(enterprise, Some(parcel), None, n(value)).expect("fits");
    }

    pub fn plan(&self) -> Plan {
        Plan::new(self.land.clone(), Options::default())
    }

    /// Attributes and checks what must always hold.
    pub fn attribute(&self) -> Attributed {
        let found = self.plan().attribute(&self.column);
        for (month, totals) in found.totals.iter().enumerate() {
            assert!(totals.agree(), "month {month}: {totals:?}");
        }
        found
    }

    /// The value of a parcel.
    pub fn value(&self, parcel: u32) -> Option<Decimal> {
        self.attribute().reading(parcel as usize).value
    }

    pub fn parts(&self, parcel: u32) -> Vec<Part> {
        self.plan().ledger(&self.column).parts(parcel as usize)
    }
}
