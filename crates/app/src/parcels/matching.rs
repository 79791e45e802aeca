//! Matching: the needs and empty rooms of the books, given out by `assess::matching`, and why.
//!
//! A room is an occupancy that says its floor stands empty; its building says what the floor bears, how high it is, how much
//! power there is and what may be made in it. Deliberately absent: keeping the answer – who really goes where is agreed on
//! paper and recorded in the book of occupancies.

use assess::matching::{self as judge, Lack, Left, Need, Pair, Room, Rules};
use jiff::civil::Date;
use model::definition::{Judged, LandPart, LandRole};
use model::id::EntryId;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::evaluate::grades_of;
use super::fault::{ParcelsFault, Result};
use super::ground::{Ground, Shelf};
use super::shapes::{KeptOut, MatchLeft, MatchNeed, MatchRequest, MatchRoom, Matched, MatchedPair};
use crate::access::Actor;
use crate::messages::matching as say;
use crate::park::Park;

/// Who goes where, as things are on a day.
///
/// # Errors
/// [`ParcelsFault`] when the content does not say how rooms are given out, or there is no such evaluation.
pub fn match_rooms(park: &Park, actor: &Actor, asked: &MatchRequest) -> Result<Matched> {
    let ground = Ground::new(park, actor)?;
    let rule = ground.page.matching.ok_or_else(|| ParcelsFault::Missing("[matching]".to_owned()))?;
    let rules = Rules {
        divide: asked.divide.unwrap_or(rule.divide),
        placed: rule.placed,
        wished: rule.wished,
        waste: rule.waste,
    };
    let on = asked.on.unwrap_or_else(|| park.today());
    let grades = grades(park, asked)?;
    let needs = needs(&ground);
    let rooms = rooms(&ground, on, &grades, &asked.grades);
    let asked_for: Vec<Need> = needs.iter().map(|(need, _)| need.clone()).collect();
    let offered: Vec<Room> = rooms.iter().map(|(room, _)| room.clone()).collect();
    let found = judge::give_out(&asked_for, &offered, &rules)?;
    let tax = found.pairs.iter().filter_map(|pair| asked_for[pair.need].worth).sum();
    let floor = found.pairs.iter().map(|pair| pair.floor).sum();
    Ok(Matched {
        on,
        revision: ground.revision(),
        divided: rules.divide,
        pairs: found.pairs.iter().map(|pair| pair_view(pair, &needs, &rooms)).collect(),
        left: found.left.iter().map(|left| left_view(left, &needs, &rooms)).collect(),
        empty: found.empty.iter().map(|at| rooms[*at].1.clone()).collect(),
        tax,
        floor,
    })
}

/// Grades of parcels in the evaluation asked for, or in the newest one of parcels; none when there is none.
fn grades(park: &Park, asked: &MatchRequest) -> Result<FxHashMap<u64, String>> {
    let newest = || -> Result<Option<u64>> {
        let schemes = &park.library().content.schemes;
        let of_parcels = |id: &str| schemes.get(id).is_none_or(|scheme| scheme.judges == Judged::Parcel);
        Ok(park.store().evaluations()?.iter().rev().find(|run| of_parcels(&run.scheme)).map(|run| run.id))
    };
    let Some(run) = asked.run.map_or_else(newest, |run| Ok(Some(run)))? else {
        return Ok(FxHashMap::default());
    };
    let graded = grades_of(park, run)?;
    Ok(graded.into_iter().filter_map(|(entry, graded)| Some((entry, graded.grade?))).collect())
}

fn needs(ground: &Ground<'_>) -> Vec<(Need, MatchNeed)> {
    let Some(shelf) = ground.shelf(LandRole::SpaceNeed) else { return Vec::new() };
    let open = |row: &u32| shelf.meaning(*row, LandPart::State).is_none_or(|state| state == "open");
    shelf.rows().filter(open).filter_map(|row| need(ground, shelf, row)).collect()
}

/// A need; one without an area asks for nothing that can be matched.
fn need(ground: &Ground<'_>, shelf: Shelf<'_>, row: u32) -> Option<(Need, MatchNeed)> {
    let number = |part| shelf.number(row, part);
    let floor = ground.area(shelf, row, LandPart::FloorArea)?;
    let need = Need {
        floor,
        floor_max: ground.area(shelf, row, LandPart::FloorAreaMax),
        load: number(LandPart::Load),
        height: number(LandPart::Height),
        power: number(LandPart::Power),
        hazard: class(shelf, row),
        ground_floor: shelf.flag(row, LandPart::GroundFloor).unwrap_or_default(),
        from: shelf.date(row, LandPart::From),
        rent_max: number(LandPart::RentMax),
        worth: number(LandPart::ExpectedTax),
        wished: shelf.entries(row, LandPart::Wished).into_iter().map(parcel_number).collect(),
    };
    let view = MatchNeed {
        need: ground.link(shelf.id(row), Some(&shelf.land.book)),
        enterprise: ground.linked(shelf, row, LandPart::Enterprise),
        floor,
        tax: need.worth,
    };
    Some((need, view))
}

/// Rooms carry their parcel's entry as its number.
fn parcel_number(entry: EntryId) -> u32 {
    u32::try_from(entry.0).unwrap_or(u32::MAX)
}

/// The hazard class of a row; 1 is the most dangerous.
fn class(shelf: Shelf<'_>, row: u32) -> Option<u8> {
    shelf.meaning(row, LandPart::Hazard)?.parse().ok()
}

/// What stands empty on a day, and the buildings of parcels with one of the grades wanted.
fn rooms(
    ground: &Ground<'_>,
    on: Date,
    grades: &FxHashMap<u64, String>,
    wanted: &[String],
) -> Vec<(Room, MatchRoom)> {
    let mut found: Vec<(Room, MatchRoom)> = Vec::new();
    let grade_of = |parcel: EntryId| grades.get(&parcel.0).cloned();
    if let Some(shelf) = ground.shelf(LandRole::Occupancy) {
        for row in shelf.rows() {
            let present = shelf.date(row, LandPart::From).is_none_or(|from| from <= on)
                && shelf.date(row, LandPart::To).is_none_or(|to| on <= to);
            let empty = shelf.meaning(row, LandPart::Kind).as_deref() == Some("vacant");
            let floor = ground.area(shelf, row, LandPart::FloorArea);
            let (Some(floor), Some(parcel)) = (floor, shelf.entry(row, LandPart::Parcel)) else { continue };
            if present && empty {
                let building = shelf.entry(row, LandPart::Building);
                let storey = shelf.meaning(row, LandPart::Storeys).map(|storey| storey == "ground");
                let room = room(ground, (parcel, building), floor, storey);
                let view =
                    room_view(ground, shelf.id(row), (parcel, building), floor, ("vacant", grade_of(parcel)));
                let storey = ground.shown(shelf, row, LandPart::Storeys);
                found.push((room, MatchRoom { storey, ..view }));
            }
        }
    }
    let Some(shelf) = ground.shelf(LandRole::Building).filter(|_| !wanted.is_empty()) else { return found };
    for row in shelf.rows().filter(|row| super::view::stands(shelf, *row, on)) {
        let floor = ground.area(shelf, row, LandPart::FloorArea);
        let (Some(floor), Some(parcel)) = (floor, shelf.entry(row, LandPart::Parcel)) else { continue };
        let Some(grade) = grade_of(parcel).filter(|grade| wanted.contains(grade)) else { continue };
        let at = (parcel, Some(shelf.id(row)));
        // What already counts as an empty room is not counted again with its building.
        let counted: Decimal =
            found.iter().filter(|(_, of)| of.building_is(shelf.id(row))).map(|(r, _)| r.floor).sum();
        let floor = floor - counted;
        if floor > Decimal::ZERO {
            let view = room_view(ground, shelf.id(row), at, floor, ("low", Some(grade)));
            found.push((room(ground, at, floor, None), view));
        }
    }
    found
}

impl MatchRoom {
    fn building_is(&self, building: EntryId) -> bool {
        self.building.as_ref().is_some_and(|of| of.entry == building)
    }
}

/// A room with what its building says of it.
fn room(
    ground: &Ground<'_>,
    (parcel, building): (EntryId, Option<EntryId>),
    floor: Decimal,
    storey: Option<bool>,
) -> Room {
    let known = ground.shelf(LandRole::Building).and_then(|shelf| Some((shelf, shelf.table.row(building?)?)));
    let number = |part| known.and_then(|(shelf, row)| shelf.number(row, part));
    let single = number(LandPart::Storeys).filter(|storeys| *storeys == Decimal::ONE).map(|_| true);
    Room {
        parcel: parcel_number(parcel),
        floor,
        load: number(LandPart::Load),
        height: number(LandPart::Height),
        power: number(LandPart::Power),
        hazard: known.and_then(|(shelf, row)| class(shelf, row)),
        ground_floor: storey.or(single),
        free_from: None,
        rent: None,
    }
}

fn room_view(
    ground: &Ground<'_>,
    entry: EntryId,
    (parcel, building): (EntryId, Option<EntryId>),
    floor: Decimal,
    (kind, grade): (&str, Option<String>),
) -> MatchRoom {
    let book = |role| ground.page.book(role).map(|land| &land.book);
    MatchRoom {
        entry: entry.0,
        parcel: ground.link(parcel, book(LandRole::Parcel)),
        building: building.map(|building| ground.link(building, book(LandRole::Building))),
        storey: None,
        floor,
        kind: kind.to_owned(),
        grade,
    }
}

fn pair_view(pair: &Pair, needs: &[(Need, MatchNeed)], rooms: &[(Room, MatchRoom)]) -> MatchedPair {
    MatchedPair {
        need: needs[pair.need].1.clone(),
        room: rooms[pair.room].1.clone(),
        floor: pair.floor,
        wished: pair.wished,
        choices: pair.choices,
        words: say::pair(pair, needs[pair.need].0.worth),
    }
}

fn left_view(left: &Left, needs: &[(Need, MatchNeed)], rooms: &[(Room, MatchRoom)]) -> MatchLeft {
    let (nearest, lacks): (Option<MatchRoom>, &[Lack]) = match &left.nearest {
        Some((at, lacks)) => (Some(rooms[*at].1.clone()), lacks),
        None => (None, &[]),
    };
    let kept_out = left.kept_out.iter().map(|(limit, rooms)| {
        let (word, title) = say::limit(*limit);
        KeptOut { limit: word.to_owned(), title: title.to_owned(), rooms: *rooms }
    });
    MatchLeft {
        need: needs[left.need].1.clone(),
        nearest,
        lacks: lacks.iter().map(say::lack).collect(),
        taken: left.taken.len(),
        kept_out: kept_out.collect(),
        words: say::left(left),
    }
}
