//! Parcels, buildings, rights, occupancies and meters in dense numbers.

use assess::attribution::{
    Area, Claim, Enterprise, Floor, Kind, Land, Layer, Meter, Occupancy, Parcel, Right, Span,
};
use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use model::id::EntryId;
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Numbers;
use crate::parcels::ground::{Ground, Shelf};
use crate::parcels::view::occupancy_kind;

/// Millionths of a percent.
const PERCENT: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// What a plan is made of, with who is who.
pub(super) struct Numbered {
    pub land: Land,
    pub parcels: Numbers,
    pub enterprises: Numbers,
}

/// Everything of a year.
pub(super) fn numbered(ground: &Ground<'_>, year: i16) -> Numbered {
    let mut all = Numbered {
        land: Land { year, ..Land::default() },
        parcels: Numbers::default(),
        enterprises: Numbers::default(),
    };
    enterprises(ground, &mut all);
    parcels(ground, &mut all);
    floors(ground, &mut all);
    rights(ground, &mut all);
    occupancies(ground, &mut all);
    meters(ground, &mut all);
    all
}

/// From a first to a last day.
fn span(shelf: Shelf<'_>, row: u32) -> Span {
    Span::new(shelf.date(row, LandPart::From), shelf.date(row, LandPart::To))
}

/// The day before, for what ends when something else begins.
fn before(day: Option<Date>) -> Option<Date> {
    day.and_then(|day| day.yesterday().ok())
}

fn enterprises(ground: &Ground<'_>, all: &mut Numbered) {
    let Some(shelf) = ground.shelf(LandRole::Enterprise) else { return };
    for row in shelf.rows() {
        all.enterprises.add(shelf.id(row));
        all.land.enterprises.push(Enterprise { life: span(shelf, row) });
    }
}

/// Parcels with a legal area: from delivery (交地) or the change of boundary they came of, to the day before they are retired.
fn parcels(ground: &Ground<'_>, all: &mut Numbered) {
    let shelf = ground.parcels();
    for row in shelf.rows() {
        let Some(area) = ground.legal_area(row).and_then(|(area, _)| Area::of(area)) else { continue };
        let (born, retired) = ground.span(row);
        let from =
            born.or_else(|| shelf.date(row, LandPart::Delivered)).or_else(|| shelf.date(row, LandPart::From));
        let layer = match ground.layer(row) {
            "above" => Layer::Above,
            "below" => Layer::Below,
            _ => Layer::Surface,
        };
        all.parcels.add(shelf.id(row));
        let life = Span::new(from, before(retired));
        all.land.parcels.push(Parcel { area, life, in_park: inside(shelf, row), layer });
    }
}

/// Whether a parcel counts as in the park; one that says nothing does.
pub(super) fn inside(shelf: Shelf<'_>, row: u32) -> bool {
    match shelf.value(row, LandPart::Inside) {
        Some(Value::Flag(inside)) => inside,
        Some(_) => shelf.meaning(row, LandPart::Inside).as_deref() != Some("out"),
        None => true,
    }
}

fn floors(ground: &Ground<'_>, all: &mut Numbered) {
    let Some(shelf) = ground.shelf(LandRole::Building) else { return };
    for row in shelf.rows() {
        let parcel = shelf.entry(row, LandPart::Parcel).and_then(|parcel| all.parcels.of(parcel));
        let area = ground.area(shelf, row, LandPart::FloorArea).and_then(Area::of);
        let (Some(parcel), Some(area)) = (parcel, area) else { continue };
        let removed = before(shelf.date(row, LandPart::Removed));
        let life = Span::new(shelf.date(row, LandPart::Completed), removed);
        all.land.floors.push(Floor { parcel, area, life });
    }
}

/// Rights of use; a parcel that no right speaks of has the holder its register names.
fn rights(ground: &Ground<'_>, all: &mut Numbered) {
    let mut spoken: Vec<bool> = vec![false; all.parcels.len()];
    if let Some(shelf) = ground.shelf(LandRole::Right) {
        for row in shelf.rows() {
            let parcel = shelf.entry(row, LandPart::Parcel).and_then(|parcel| all.parcels.of(parcel));
            let Some(parcel) = parcel else { continue };
            spoken[parcel as usize] = true;
            let holder = shelf.entry(row, LandPart::Holder).and_then(|holder| all.enterprises.of(holder));
            all.land.rights.push(Right { parcel, holder, span: span(shelf, row) });
        }
    }
    let shelf = ground.parcels();
    for row in shelf.rows() {
        let Some(parcel) = all.parcels.of(shelf.id(row)) else { continue };
        let holder = shelf.entry(row, LandPart::Holder).and_then(|holder| all.enterprises.of(holder));
        if let (false, Some(_)) = (spoken[parcel as usize], holder) {
            let span = all.land.parcels[parcel as usize].life;
            all.land.rights.push(Right { parcel, holder, span });
        }
    }
}

fn occupancies(ground: &Ground<'_>, all: &mut Numbered) {
    let Some(shelf) = ground.shelf(LandRole::Occupancy) else { return };
    let mut kept: Vec<(u32, u32)> = Vec::new();
    let mut numbers: FxHashMap<EntryId, u32> = FxHashMap::default();
    for row in shelf.rows() {
        let parcel = shelf.entry(row, LandPart::Parcel).and_then(|parcel| all.parcels.of(parcel));
        let Some(parcel) = parcel else { continue };
        numbers.insert(shelf.id(row), u32::try_from(kept.len()).unwrap_or(u32::MAX));
        kept.push((row, parcel));
    }
    for (row, parcel) in kept {
        let kind = match occupancy_kind(shelf, row).as_str() {
            "self" => Kind::Own,
            "vacant" => Kind::Vacant,
            "under_construction" => Kind::UnderConstruction,
            "public" => Kind::Public,
            _ => Kind::Lease,
        };
        // Who holds is who uses, when nobody else is named: vacant floor stays with its landlord.
        let alone = kind != Kind::Lease;
        let named = shelf.value(row, LandPart::TenantName).is_some();
        let tenant = shelf.entry(row, LandPart::Tenant);
        let landlord = shelf.entry(row, LandPart::Landlord).filter(|_| alone && !named);
        let land = ground.area(shelf, row, LandPart::LandArea).and_then(Area::of);
        let floor = ground.area(shelf, row, LandPart::FloorArea).and_then(Area::of);
        all.land.occupancies.push(Occupancy {
            parcel,
            user: tenant.or(landlord).and_then(|user| all.enterprises.of(user)),
            kind,
            claim: land.map(Claim::Land).or(floor.map(Claim::Floor)).unwrap_or(Claim::Rest),
            span: span(shelf, row),
            parent: shelf.entry(row, LandPart::Parent).and_then(|parent| numbers.get(&parent).copied()),
        });
    }
}

/// Meters whose readings divide an enterprise's values among its parcels.
fn meters(ground: &Ground<'_>, all: &mut Numbered) {
    let Some(shelf) = ground.shelf(LandRole::Meter) else { return };
    let told = shelf.land.means.contains_key(&LandPart::Kind);
    for row in shelf.rows() {
        let of = |part| shelf.entry(row, part);
        let enterprise = of(LandPart::Enterprise).and_then(|e| all.enterprises.of(e));
        let parcel = of(LandPart::Parcel).and_then(|p| all.parcels.of(p));
        let share = shelf.number(row, LandPart::Share).and_then(|share| share.checked_mul(PERCENT));
        let millionths = share.and_then(|share| u32::try_from(share.trunc().mantissa()).ok());
        let (Some(enterprise), Some(parcel), Some(millionths)) = (enterprise, parcel, millionths) else {
            continue;
        };
        if told && shelf.meaning(row, LandPart::Kind).as_deref() != Some("divides") {
            continue;
        }
        let shared = shelf.value(row, LandPart::Separate) == Some(Value::Flag(false));
        all.land.meters.push(Meter { enterprise, parcel, millionths, span: span(shelf, row), shared });
    }
}
