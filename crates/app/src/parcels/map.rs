//! The map of parcels: boundaries with the class each is coloured by.

use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use serde_json::{Value, json};

use super::boundary::geometry;
use super::evaluate::grades_of;
use super::fault::Result;
use super::ground::{Ground, Shelf};
use super::list::{put_grade, row_of};
use super::paint::Scale;
use super::shapes::{ParcelMap, ParcelRow};
use super::tiles;
use crate::access::Actor;
use crate::park::Park;

/// As many boundaries are sent at once; where there are more, tiles are.
pub(super) const AT_ONCE: usize = 5000;

/// What is asked of the map.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MapQuestion {
    /// The day; today when absent.
    pub on: Option<Date>,
    /// The year of coverage and measures; the newest when absent.
    pub year: Option<i16>,
    /// The frozen evaluation of grades.
    pub run: Option<u64>,
    /// What colours say; the grade when empty and there is a `run`, else the state of use.
    pub color: String,
    /// The evaluation grades are compared with, or the year measures and coverage are: then colours say the change.
    pub with: Option<u64>,
    /// Measures as a whole, not of each 亩.
    pub whole: bool,
}

impl MapQuestion {
    /// What colours say.
    pub(super) fn color(&self) -> &str {
        match self.color.as_str() {
            "" if self.run.is_some() => "grade",
            "" => "state",
            named => named,
        }
    }
}

/// Parcels as a map.
///
/// # Errors
/// [`super::ParcelsFault`] when they are not for this person.
pub fn map(park: &Park, actor: &Actor, asked: &MapQuestion) -> Result<ParcelMap> {
    let ground = Ground::new(park, actor)?;
    let on = asked.on.unwrap_or_else(|| park.today());
    let bounded = ground.register().parcels.iter().filter(|parcel| parcel.drawn && parcel.in_force(on));
    if bounded.count() > AT_ONCE {
        return tiles::overview(park, actor, asked);
    }
    let (drawn, undrawn) = drawing(park, &ground, asked, on)?;
    let (classes, legend) = Scale::new(park, &ground, asked, on)?.classes(drawn.iter().map(|(row, _)| row));
    let mut extent = None;
    drawn.iter().for_each(|(_, geometry)| widen(&mut extent, &geometry["coordinates"]));
    let count = drawn.len();
    let features =
        drawn.into_iter().zip(classes).map(|((row, geometry), class)| feature(&row, geometry, &class));
    let features: Vec<Value> = features.collect();
    let buildings = buildings(&ground, on);
    Ok(ParcelMap {
        on,
        run: asked.run,
        color: asked.color().to_owned(),
        extent,
        count,
        undrawn,
        legend,
        features: Some(json!({ "type": "FeatureCollection", "features": features })),
        tiles: None,
        built: buildings.len(),
        buildings: Some(json!({ "type": "FeatureCollection", "features": buildings })),
        revision: ground.revision(),
    })
}

/// All parcels in force on a day with their boundary as GeoJSON, and how many have none.
fn drawing(
    park: &Park,
    ground: &Ground<'_>,
    asked: &MapQuestion,
    on: Date,
) -> Result<(Vec<(ParcelRow, Value)>, usize)> {
    let parcels = ground.parcels();
    let grades = asked.run.map(|run| grades_of(park, run)).transpose()?.unwrap_or_default();
    let mut drawn: Vec<(ParcelRow, Value)> = Vec::new();
    let mut undrawn = 0;
    for row in parcels.rows().filter(|row| ground.in_force(*row, on)) {
        match parcels.text(row, LandPart::Boundary).and_then(|text| geometry(&text)) {
            Some(geometry) => {
                let mut of = row_of(ground, row);
                put_grade(&mut of, &grades);
                drawn.push((of, geometry));
            }
            None => undrawn += 1,
        }
    }
    Ok((drawn, undrawn))
}

fn feature(row: &ParcelRow, geometry: Value, class: &str) -> Value {
    json!({
        "type": "Feature",
        "id": row.entry,
        "geometry": geometry,
        "properties": {
            "entry": row.entry,
            "code": row.code,
            "name": row.name,
            "class": class,
            "grade": row.grade,
            "state": row.state,
            "mu": row.mu,
            "layer": row.layer,
        },
    })
}

/// Buildings that stand on a day and have a boundary, with the text of it.
pub(super) fn standing<'a>(
    ground: &'a Ground<'_>,
    on: Date,
) -> impl Iterator<Item = (Shelf<'a>, u32, String)> {
    let shelf = ground.shelf(LandRole::Building);
    shelf.into_iter().flat_map(move |buildings| {
        let stands = move |row: &u32| {
            buildings.date(*row, LandPart::Completed).is_none_or(|completed| completed <= on)
                && buildings.date(*row, LandPart::Removed).is_none_or(|removed| on < removed)
        };
        let rows = buildings.rows().filter(stands);
        rows.filter_map(move |row| Some((buildings, row, buildings.text(row, LandPart::Boundary)?)))
    })
}

fn buildings(ground: &Ground<'_>, on: Date) -> Vec<Value> {
    let feature = |(buildings, row, text): (Shelf<'_>, u32, String)| {
        Some(json!({
            "type": "Feature",
            "id": buildings.id(row).0,
            "geometry": geometry(&text)?,
            "properties": {
                "entry": buildings.id(row).0,
                "parcel": buildings.entry(row, LandPart::Parcel).map(|p| p.0),
                "name": ground.shown(buildings, row, LandPart::Name),
            },
        }))
    };
    standing(ground, on).filter_map(feature).collect()
}

/// Widens an extent by all positions in nested arrays of coordinates.
fn widen(extent: &mut Option<[f64; 4]>, coordinates: &Value) {
    let Some(list) = coordinates.as_array() else { return };
    if let (Some(x), Some(y)) = (list.first().and_then(Value::as_f64), list.get(1).and_then(Value::as_f64)) {
        let [west, south, east, north] = extent.get_or_insert([x, y, x, y]);
        (*west, *south) = (west.min(x), south.min(y));
        (*east, *north) = (east.max(x), north.max(y));
        return;
    }
    list.iter().for_each(|inner| widen(extent, inner));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extent_holds_every_ring() {
        let mut extent = None;
        let rings = json!([[[121.5, 29.8], [121.6, 29.9]], [[121.4, 29.95], [121.55, 29.7]]]);
        widen(&mut extent, &rings);
        assert_eq!(extent, Some([121.4, 29.7, 121.6, 29.95]));
        let mut nothing = None;
        widen(&mut nothing, &json!([]));
        assert_eq!(nothing, None);
    }
}
