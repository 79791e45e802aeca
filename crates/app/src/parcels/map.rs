//! The map of parcels: boundaries with the class each is coloured by.

use jiff::ToSpan as _;
use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::boundary::geometry;
use super::evaluate::grades_of;
use super::fault::{ParcelsFault, Result};
use super::gather::gather;
use super::ground::Ground;
use super::list::{put_grade, row_of};
use super::measured::{Measured, percent};
use super::shapes::{LegendItem, ParcelMap, ParcelRow};
use super::tiles;
use crate::access::Actor;
use crate::messages::parcels as say;
use crate::park::Park;

/// As many boundaries are sent at once; where there are more, tiles are.
pub(super) const AT_ONCE: usize = 5000;
/// The class of what has no value.
const NONE: &str = "none";
/// The class of parcels that came of a change of boundary within the year.
const CHANGED: &str = "changed";
/// The class of the others.
const UNCHANGED: &str = "unchanged";

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
    let bounded = ground.register().parcels.iter().filter(|parcel| parcel.drawn && parcel.in_force(on));
    if bounded.count() > AT_ONCE {
        return Ok(tiles::overview(&*tiles::drawn(park, actor, asked)?, asked));
    }
    let Drawing { drawn, classes, legend, undrawn, on, color } = drawing(park, &ground, asked)?;
    let mut extent = None;
    drawn.iter().for_each(|(_, geometry)| widen(&mut extent, &geometry["coordinates"]));
    let count = drawn.len();
    let features =
        drawn.into_iter().zip(classes).map(|((row, geometry), class)| feature(&row, geometry, &class));
    let features: Vec<Value> = features.collect();
    Ok(ParcelMap {
        on,
        run: asked.run,
        color,
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

/// Boundaries with the class each is coloured by.
pub(super) struct Drawing {
    /// Parcels with their boundary as GeoJSON.
    pub drawn: Vec<(ParcelRow, Value)>,
    /// The class of each.
    pub classes: Vec<String>,
    /// What the classes mean.
    pub legend: Vec<LegendItem>,
    /// How many parcels have no boundary.
    pub undrawn: usize,
    /// The day.
    pub on: Date,
    /// What colours say.
    pub color: String,
}

/// Draws all parcels in force on the day that is asked for.
pub(super) fn drawing(park: &Park, ground: &Ground<'_>, asked: &MapQuestion) -> Result<Drawing> {
    let on = asked.on.unwrap_or_else(|| park.today());
    let parcels = ground.parcels();
    let color = match asked.color.as_str() {
        "" if asked.run.is_some() => "grade",
        "" => "state",
        named => named,
    };
    let grades = asked.run.map(|run| grades_of(park, run)).transpose()?.unwrap_or_default();
    let scale = Scale::new(park, ground, color)?;
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
    let (classes, legend) = scale.classes(&drawn, on);
    Ok(Drawing { drawn, classes, legend, undrawn, on, color: color.to_owned() })
}

/// Classes of numbers.
const CLASSES: usize = 5;

/// What colours say.
enum Scale {
    /// The grade of an evaluation.
    Grade,
    /// The state of use.
    State,
    /// What changed within a year before the day.
    Change,
    /// Numbers by entry, in classes of about as many parcels each.
    Numbers(FxHashMap<u64, Decimal>),
}

impl Scale {
    fn new(park: &Park, ground: &Ground<'_>, color: &str) -> Result<Self> {
        let of_measure = color.strip_prefix("measure:");
        Ok(match (color, of_measure) {
            ("grade", _) => Self::Grade,
            ("state", _) => Self::State,
            ("change", _) => Self::Change,
            ("coverage", _) => {
                let gathered = gather(park, ground, super::year_or_newest(park, None)?);
                let parcels = ground.parcels();
                let known = |row: u32| Some((parcels.id(row).0, percent(gathered.known(row)?)));
                Self::Numbers(parcels.rows().filter_map(known).collect())
            }
            (_, Some(id)) => {
                let gathered = gather(park, ground, super::year_or_newest(park, None)?);
                let measured = Measured { ground, gathered };
                let measure = measured.named(&[id.to_owned()])?[0];
                let parcels = ground.parcels();
                let value = |row: u32| {
                    let area = ground.legal_area(row).map(|(area, _)| area);
                    let entry = parcels.id(row);
                    Some((entry.0, measured.cell(measure, entry, area).per_mu?))
                };
                Self::Numbers(parcels.rows().filter_map(value).collect())
            }
            _ => return Err(ParcelsFault::Value { field: "color", value: color.to_owned() }),
        })
    }

    /// The class of each parcel, and what the classes mean.
    fn classes(&self, drawn: &[(ParcelRow, Value)], on: Date) -> (Vec<String>, Vec<LegendItem>) {
        let said = |text: Option<&String>| text.filter(|t| !t.is_empty()).map_or(NONE, |t| t).to_owned();
        let classes: Vec<String> = match self {
            Self::Grade => drawn.iter().map(|(row, _)| said(row.grade.as_ref())).collect(),
            Self::State => drawn.iter().map(|(row, _)| said(row.state.as_ref())).collect(),
            Self::Change => {
                let year_ago = on.checked_sub(1.year()).unwrap_or(on);
                let changed = |row: &ParcelRow| row.since.is_some_and(|since| since > year_ago);
                drawn
                    .iter()
                    .map(|(row, _)| if changed(row) { CHANGED } else { UNCHANGED }.to_owned())
                    .collect()
            }
            Self::Numbers(numbers) => return numbered(drawn, numbers),
        };
        let mut legend = legend(&classes);
        if let Self::Change = self {
            for item in &mut legend {
                let title = if item.class == CHANGED { say::CHANGED } else { say::UNCHANGED };
                title.clone_into(&mut item.title);
            }
        }
        (classes, legend)
    }
}

/// Classes of about as many parcels each, the lowest first.
fn numbered(
    drawn: &[(ParcelRow, Value)],
    numbers: &FxHashMap<u64, Decimal>,
) -> (Vec<String>, Vec<LegendItem>) {
    let mut sorted: Vec<Decimal> =
        drawn.iter().filter_map(|(row, _)| numbers.get(&row.entry)).copied().collect();
    sorted.sort_unstable();
    let mut bounds: Vec<Decimal> =
        (1..CLASSES).filter_map(|k| sorted.get(sorted.len() * k / CLASSES)).copied().collect();
    bounds.dedup();
    let class = |row: &ParcelRow| {
        let value = numbers.get(&row.entry)?;
        Some(bounds.partition_point(|bound| bound <= value))
    };
    let found: Vec<Option<usize>> = drawn.iter().map(|(row, _)| class(row)).collect();
    let mut legend: Vec<LegendItem> = (0..=bounds.len())
        .map(|at| {
            let bound = |i: Option<usize>| i.and_then(|i| bounds.get(i)).map(|b| b.normalize().to_string());
            let (from, below) = (bound(at.checked_sub(1)), bound(Some(at)));
            let title = say::between(from.as_deref(), below.as_deref());
            let count = found.iter().filter(|class| **class == Some(at)).count();
            LegendItem { class: at.to_string(), title, count, from, below }
        })
        .collect();
    let without = found.iter().filter(|class| class.is_none()).count();
    if without > 0 {
        let (class, title) = (NONE.to_owned(), say::WITHOUT.to_owned());
        legend.push(LegendItem { class, title, count: without, from: None, below: None });
    }
    let classes = found.into_iter().map(|class| class.map_or(NONE.to_owned(), |at| at.to_string()));
    (classes.collect(), legend)
}

/// Classes that occur, in order, those without last.
fn legend(classes: &[String]) -> Vec<LegendItem> {
    let mut found: Vec<LegendItem> = Vec::new();
    for class in classes {
        if let Some(item) = found.iter_mut().find(|item| item.class == *class) {
            item.count += 1;
        } else {
            let title = if class == NONE { say::WITHOUT } else { class };
            let (class, title) = (class.clone(), title.to_owned());
            found.push(LegendItem { class, title, count: 1, from: None, below: None });
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
