//! The map of parcels: boundaries with the class each is coloured by.

use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use serde_json::{Value, json};

use super::boundary::geometry;
use super::fault::Result;
use super::ground::Ground;
use super::list::row_of;
use super::shapes::{LegendItem, ParcelMap, ParcelRow};
use crate::access::Actor;
use crate::messages::parcels as say;
use crate::park::Park;

/// The class of what has no value.
const NONE: &str = "none";

/// What is asked of the map.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MapQuestion {
    /// The day; today when absent.
    pub on: Option<Date>,
    /// The frozen evaluation of grades.
    pub run: Option<u64>,
    /// What colours say; the grade when empty and there is a `run`, else the state of use.
    pub color: String,
}

/// Parcels as a map.
///
/// # Errors
/// [`super::ParcelsFault`] when they are not for this person.
pub fn map(park: &Park, actor: &Actor, asked: &MapQuestion) -> Result<ParcelMap> {
    let ground = Ground::new(park, actor)?;
    let on = asked.on.unwrap_or_else(|| park.today());
    let parcels = ground.parcels();
    let color = match asked.color.as_str() {
        "" if asked.run.is_some() => "grade",
        "" => "state",
        named => named,
    };
    let mut drawn: Vec<(ParcelRow, Value)> = Vec::new();
    let mut undrawn = 0;
    for row in parcels.rows().filter(|row| ground.in_force(*row, on)) {
        match parcels.text(row, LandPart::Boundary).and_then(|text| geometry(&text)) {
            Some(geometry) => drawn.push((row_of(&ground, row), geometry)),
            None => undrawn += 1,
        }
    }
    let mut extent = None;
    drawn.iter().for_each(|(_, geometry)| widen(&mut extent, &geometry["coordinates"]));
    let classes: Vec<String> = drawn.iter().map(|(row, _)| class(row, color)).collect();
    let legend = legend(&classes);
    let count = drawn.len();
    let features =
        drawn.into_iter().zip(classes).map(|((row, geometry), class)| feature(&row, geometry, &class));
    let features: Vec<Value> = features.collect();
    Ok(ParcelMap {
        on,
        run: asked.run,
        color: color.to_owned(),
        extent,
        count,
        undrawn,
        legend,
        features: Some(json!({ "type": "FeatureCollection", "features": features })),
        tiles: None,
        buildings: Some(buildings(&ground, on)),
        revision: ground.revision(),
    })
}

fn class(row: &ParcelRow, color: &str) -> String {
    let said = match color {
        "grade" => row.grade.as_ref(),
        _ => row.state.as_ref(),
    };
    said.filter(|text| !text.is_empty()).map_or(NONE, |text| text).to_owned()
}

/// Classes that occur, in order, those without last.
fn legend(classes: &[String]) -> Vec<LegendItem> {
    let mut found: Vec<LegendItem> = Vec::new();
    for class in classes {
        match found.iter_mut().find(|item| item.class == *class) {
            Some(item) => item.count += 1,
            None => {
                let title = if class == NONE { say::WITHOUT } else { class };
                let (class, title) = (class.clone(), title.to_owned());
                found.push(LegendItem { class, title, count: 1, from: None, below: None });
            }
        }
    }
    found.sort_by(|a, b| (a.class == NONE).cmp(&(b.class == NONE)).then_with(|| a.class.cmp(&b.class)));
    found
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

/// Buildings that stand on a day and have a boundary.
fn buildings(ground: &Ground<'_>, on: Date) -> Value {
    let Some(buildings) = ground.shelf(LandRole::Building) else {
        return json!({ "type": "FeatureCollection", "features": [] });
    };
    let standing = buildings.rows().filter(|row| {
        buildings.date(*row, LandPart::Completed).is_none_or(|completed| completed <= on)
            && buildings.date(*row, LandPart::Removed).is_none_or(|removed| on < removed)
    });
    let features = standing.filter_map(|row| {
        let geometry = geometry(&buildings.text(row, LandPart::Boundary)?)?;
        let name = ground.shown(buildings, row, LandPart::Name);
        Some(json!({
            "type": "Feature",
            "id": buildings.id(row).0,
            "geometry": geometry,
            "properties": {
                "entry": buildings.id(row).0,
                "parcel": buildings.entry(row, LandPart::Parcel).map(|p| p.0),
                "name": name,
            },
        }))
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
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

    #[test]
    fn classes_are_counted_and_those_without_are_last() {
        let classes = ["none", "B", "A", "B"].map(str::to_owned);
        let seen: Vec<(String, usize)> = legend(&classes).into_iter().map(|i| (i.class, i.count)).collect();
        assert_eq!(seen, [("A".to_owned(), 1), ("B".to_owned(), 2), ("none".to_owned(), 1)]);
    }
}
