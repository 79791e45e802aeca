//! One parcel with everything the books know of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use model::id::EntryId;
use model::value::Value;
use rust_decimal::Decimal;
use store::EvaluationStage;

use super::boundary::{drawn_area, geometry};
use super::evaluate::graded;
use super::fault::Result;
use super::gather::gather;
use super::ground::{AREAS, Ground, Shelf};
use super::list::{mu, row_of, stand};
use super::measured::Measured;
use super::promises::commitments;
use super::shapes::{
    AreaView, BuildingView, DisposalView, EvaluationOfParcel, LineageView, OccupancyView, ParcelFlag,
    ParcelView, RightView,
};
use crate::access::{Actor, Refusal};
use crate::books::Cell;
use crate::messages::parcels as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Steps of subleases that are shown; a chain that is longer is a mistake, and found by the evaluation.
const DEPTH: usize = 8;

/// One parcel, as it is on a day.
///
/// # Errors
/// [`super::ParcelsFault`] when it is not there, or not for this person.
pub fn parcel(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (on, year): (Option<Date>, Option<i16>),
) -> Result<ParcelView> {
    let ground = Ground::new(park, actor)?;
    let on = on.unwrap_or_else(|| park.today());
    let parcels = ground.parcels();
    let row = parcels.table.row(entry).ok_or(Refusal::NotFound)?;
    let buildings = buildings(&ground, entry, on);
    let floor_area = sum_of(&ground, entry, LandPart::FloorArea, on);
    let area = ground.legal_area(row).map(|(area, _)| area);
    let year = super::year_or_newest(park, year)?;
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, year) };
    let mut of = row_of(&ground, row);
    stand(&ground, &mut of, &measured.gathered, row);
    let occupancies = occupancies(&ground, entry, on);
    of.flags.extend(tax_elsewhere(&ground, of.holder.as_ref(), &occupancies));
    let boundary = parcels.text(row, LandPart::Boundary);
    Ok(ParcelView {
        on,
        year,
        row: of,
        areas: areas(&ground, row),
        rights: rights(&ground, entry),
        buildings,
        floor_area,
        far: floor_area_ratio(&ground, row, on),
        occupancies,
        commitments: commitments(&measured, row, on),
        lineage: lineage(&ground, entry),
        geometry_area: boundary.as_deref().and_then(drawn_area),
        geometry: boundary.as_deref().and_then(geometry),
        attribution: measured.attribution(entry, area),
        evaluations: evaluations(park, entry)?,
        disposals: disposals(&ground, entry),
        cells: cells(&ground, row),
        revision: ground.revision(),
    })
}

/// The frozen evaluations a parcel was part of, newest first.
fn evaluations(park: &Park, parcel: EntryId) -> Result<Vec<EvaluationOfParcel>> {
    let all = graded(park, parcel)?.into_iter().map(|(run, graded)| EvaluationOfParcel {
        run: run.id,
        year: run.year,
        scheme: run.scheme,
        scheme_title: run.scheme_title,
        version: run.version,
        published: run.stage == EvaluationStage::Result.word(),
        status: graded.status,
        grade: graded.grade,
        score: graded.score,
    });
    Ok(all.collect())
}

/// Floor-area ratio (容积率) as built: floor area counted for it ÷ area; measured floor area where none is counted.
pub(super) fn floor_area_ratio(ground: &Ground<'_>, row: u32, on: Date) -> Option<Decimal> {
    let parcel = ground.parcels().id(row);
    let counted = sum_of(ground, parcel, LandPart::CountedArea, on);
    let floor = counted.or_else(|| sum_of(ground, parcel, LandPart::FloorArea, on))?;
    let (area, _) = ground.legal_area(row)?;
    floor.checked_div(area).map(|far| far.round_dp(4).normalize())
}

fn areas(ground: &Ground<'_>, row: u32) -> Vec<AreaView> {
    let parcels = ground.parcels();
    let view = |(part, word): &(LandPart, &str)| {
        let area = ground.area(parcels, row, *part)?;
        Some(AreaView {
            source: (*word).to_owned(),
            title: parcels.title(*part).to_owned(),
            area,
            mu: mu(area)?,
        })
    };
    AREAS.iter().filter_map(view).collect()
}

fn rights(ground: &Ground<'_>, parcel: EntryId) -> Vec<RightView> {
    let Some(rights) = ground.shelf(LandRole::Right) else { return Vec::new() };
    let view = |row: u32| RightView {
        entry: rights.id(row).0,
        holder: ground.linked(rights, row, LandPart::Holder),
        certificate: ground.shown(rights, row, LandPart::Certificate),
        kind: ground.shown(rights, row, LandPart::Kind),
        area: ground.area(rights, row, LandPart::Area),
        from: rights.date(row, LandPart::From),
        to: rights.date(row, LandPart::To),
    };
    rights.rows_of(LandPart::Parcel, parcel).into_iter().map(view).collect()
}

/// Whether a building stands on a day.
pub(super) fn stands(buildings: Shelf<'_>, row: u32, on: Date) -> bool {
    buildings.date(row, LandPart::Completed).is_none_or(|completed| completed <= on)
        && buildings.date(row, LandPart::Removed).is_none_or(|removed| on < removed)
}

fn buildings(ground: &Ground<'_>, parcel: EntryId, on: Date) -> Vec<BuildingView> {
    let Some(buildings) = ground.shelf(LandRole::Building) else { return Vec::new() };
    let rows = buildings.rows_of(LandPart::Parcel, parcel).into_iter();
    let view = |row: u32| BuildingView {
        entry: buildings.id(row).0,
        name: ground.sight.row_title(buildings.book, buildings.table, row),
        storeys: buildings.number(row, LandPart::Storeys),
        floor_area: ground.area(buildings, row, LandPart::FloorArea),
        counted_area: ground.area(buildings, row, LandPart::CountedArea),
        completed: buildings.date(row, LandPart::Completed),
        geometry: buildings.text(row, LandPart::Boundary).and_then(|text| geometry(&text)),
    };
    rows.filter(|row| stands(buildings, *row, on)).map(view).collect()
}

/// The sum of an area over the buildings of a parcel; none when no building says it.
pub(super) fn sum_of(ground: &Ground<'_>, parcel: EntryId, part: LandPart, on: Date) -> Option<Decimal> {
    let buildings = ground.shelf(LandRole::Building)?;
    let rows = buildings.rows_of(LandPart::Parcel, parcel).into_iter();
    let known = rows.filter(|row| stands(buildings, *row, on));
    known.filter_map(|row| ground.area(buildings, row, part)).reduce(|a, b| a + b)
}

fn occupancies(ground: &Ground<'_>, parcel: EntryId, on: Date) -> Vec<OccupancyView> {
    let Some(shelf) = ground.shelf(LandRole::Occupancy) else { return Vec::new() };
    let rows = shelf.rows_of(LandPart::Parcel, parcel);
    let parent = |row: u32| shelf.entry(row, LandPart::Parent);
    let within = |id: Option<EntryId>| id.is_some_and(|id| rows.iter().any(|row| shelf.id(*row) == id));
    let top: Vec<u32> = rows.iter().copied().filter(|row| !within(parent(*row))).collect();
    top.into_iter().map(|row| occupancy(ground, shelf, (row, &rows), on, DEPTH)).collect()
}

fn occupancy(
    ground: &Ground<'_>,
    shelf: Shelf<'_>,
    (row, rows): (u32, &[u32]),
    on: Date,
    depth: usize,
) -> OccupancyView {
    let id = shelf.id(row);
    let of_it = |other: &&u32| depth > 0 && shelf.entry(**other, LandPart::Parent) == Some(id);
    let (from, to) = (shelf.date(row, LandPart::From), shelf.date(row, LandPart::To));
    OccupancyView {
        entry: id.0,
        kind: occupancy_kind(shelf, row),
        landlord: ground.linked(shelf, row, LandPart::Landlord),
        landlord_name: ground.cell(shelf, row, LandPart::LandlordName),
        tenant: ground.linked(shelf, row, LandPart::Tenant),
        tenant_name: ground.cell(shelf, row, LandPart::TenantName),
        floor_area: ground.area(shelf, row, LandPart::FloorArea),
        land_area: ground.area(shelf, row, LandPart::LandArea),
        from,
        to,
        present: from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to),
        within: rows
            .iter()
            .filter(of_it)
            .map(|other| occupancy(ground, shelf, (*other, rows), on, depth - 1))
            .collect(),
    }
}

/// The kind of an occupancy; a book without kinds holds leases.
pub(super) fn occupancy_kind(shelf: Shelf<'_>, row: u32) -> String {
    shelf.meaning(row, LandPart::Kind).unwrap_or_else(|| "lease".to_owned())
}

/// A flag for everybody on a parcel whose tax is consolidated elsewhere: the holder and who is there on the day.
fn tax_elsewhere(
    ground: &Ground<'_>,
    holder: Option<&LinkedEntry>,
    all: &[OccupancyView],
) -> Vec<ParcelFlag> {
    fn present<'a>(of: &'a OccupancyView, found: &mut Vec<&'a LinkedEntry>) {
        found.extend(of.tenant.as_ref().filter(|_| of.present));
        of.within.iter().for_each(|of| present(of, found));
    }
    let Some(firms) = ground.shelf(LandRole::Enterprise) else { return Vec::new() };
    let mut found: Vec<&LinkedEntry> = holder.into_iter().collect();
    all.iter().for_each(|of| present(of, &mut found));
    let mut seen = std::collections::BTreeSet::new();
    let told = found.into_iter().filter(|link| {
        let row = firms.table.row(link.entry);
        let paid = row.and_then(|row| firms.value(row, LandPart::TaxElsewhere));
        paid == Some(Value::Flag(true)) && seen.insert(link.entry)
    });
    let flag = |link: &LinkedEntry| ParcelFlag {
        code: "tax_elsewhere".to_owned(),
        text: say::tax_elsewhere(&link.title),
    };
    told.map(flag).collect()
}

fn lineage(ground: &Ground<'_>, parcel: EntryId) -> Vec<LineageView> {
    let Some(shelf) = ground.shelf(LandRole::Lineage) else { return replaced(ground, parcel) };
    let mut rows = shelf.rows_of(LandPart::Parent, parcel);
    rows.extend(shelf.rows_of(LandPart::Child, parcel));
    rows.sort_unstable();
    rows.dedup();
    let view = |row: u32| LineageView {
        entry: shelf.id(row).0,
        kind: shelf.meaning(row, LandPart::Kind).unwrap_or_default(),
        on: shelf.date(row, LandPart::On),
        parent: ground.linked(shelf, row, LandPart::Parent),
        child: ground.linked(shelf, row, LandPart::Child),
        area: ground.area(shelf, row, LandPart::Area),
    };
    let mut views: Vec<LineageView> = rows.into_iter().map(view).collect();
    views.sort_by_key(|view| (view.on, view.entry));
    views
}

/// What the parcels themselves say of their successors, when no book of lineage does.
fn replaced(ground: &Ground<'_>, parcel: EntryId) -> Vec<LineageView> {
    let shelf = ground.parcels();
    let mut views = Vec::new();
    for row in shelf.rows() {
        let from = shelf.id(row);
        let children = shelf.entries(row, LandPart::ReplacedBy);
        for child in children.iter().filter(|child| from == parcel || **child == parcel) {
            views.push(LineageView {
                entry: from.0,
                kind: if children.len() > 1 { "split" } else { "adjust" }.to_owned(),
                on: shelf.date(row, LandPart::Retired),
                parent: Some(ground.link(from, Some(&shelf.book.id))),
                child: Some(ground.link(*child, Some(&shelf.book.id))),
                area: None,
            });
        }
    }
    views.sort_by_key(|view| (view.on, view.entry));
    views
}

fn disposals(ground: &Ground<'_>, parcel: EntryId) -> Vec<DisposalView> {
    let Some(shelf) = ground.shelf(LandRole::Disposal) else { return Vec::new() };
    let view = |row: u32| DisposalView {
        entry: shelf.id(row).0,
        kind: ground.shown(shelf, row, LandPart::Kind),
        state: ground.shown(shelf, row, LandPart::State),
        on: shelf.date(row, LandPart::On),
        due: shelf.date(row, LandPart::Due),
        done: shelf.date(row, LandPart::Done),
        text: ground.shown(shelf, row, LandPart::Text),
    };
    shelf.rows_of(LandPart::Parcel, parcel).into_iter().map(view).collect()
}

/// All cells of the entry but its boundary, which is drawn.
fn cells(ground: &Ground<'_>, row: u32) -> BTreeMap<String, Cell> {
    let parcels = ground.parcels();
    let boundary = parcels.land.field(LandPart::Boundary);
    let fields = parcels.book.fields.values().filter(|f| Some(&f.id) != boundary);
    let cells = fields.filter_map(|field| {
        let value = parcels.table.value(row, &field.id)?;
        Some((field.id.to_string(), ground.sight.cell(field, &value)))
    });
    cells.collect()
}
