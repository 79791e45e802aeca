//! The map of parcels as vector tiles, where there are too many boundaries to be sent at once.
//!
//! Land is laid out once for a revision, a day and a reader, and painted once for each colouring; tiles are drawn from both.
//! Deliberately absent: how a tile is drawn (`land::tile`), which class a parcel has ([`super::paint`]).

use std::sync::Arc;

use jiff::civil::Date;
use land::tile::{Attribute, Layer, Sheet, Tags, TileId};
use land::{Extent, Shape};
use model::definition::LandPart;

use super::boundary::shape;
use super::fault::{ParcelsFault, Result};
use super::ground::Ground;
use super::list::row_of;
use super::map::{MapQuestion, standing};
use super::paint::Scale;
use super::shapes::{LegendItem, ParcelMap, ParcelRow};
use crate::access::Actor;
use crate::lru::Lru;
use crate::park::Park;

/// Layouts that are kept.
const LAID: usize = 4;
/// Colourings that are kept.
const PAINTED: usize = 16;
/// The layer of parcels.
const PARCELS: &str = "parcels";
/// The layer of buildings.
const BUILDINGS: &str = "building";
/// Buildings are drawn from this zoom on; before, they are smaller than the lines around them.
const BUILDINGS_FROM: u8 = 13;

/// What laid-out land holds for: revision, day and reader.
type Place = (u64, Date, String);

/// Land that was laid out and painted already.
pub(crate) struct KnownSheets {
    laid: Lru<Place, Laid>,
    painted: Lru<(Place, MapQuestion), Painted>,
}

/// An empty store of maps.
pub(crate) fn known_sheets() -> KnownSheets {
    KnownSheets { laid: Lru::new(LAID, usize::MAX), painted: Lru::new(PAINTED, usize::MAX) }
}

/// Which tile of which map.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TileQuestion {
    /// The map.
    pub map: MapQuestion,
    /// Zoom, column from the west, row from the north.
    pub tile: (u8, u32, u32),
}

/// Land laid out for tiles.
struct Laid {
    parcels: Sheet,
    /// What each shape of the sheet says of itself.
    rows: Vec<ParcelRow>,
    buildings: Sheet,
    built: Vec<Building>,
    extent: Option<Extent>,
    undrawn: usize,
}

/// What a building says of itself.
struct Building {
    entry: u64,
    parcel: Option<u64>,
    name: String,
}

/// The classes of laid-out parcels.
struct Painted {
    classes: Vec<String>,
    legend: Vec<LegendItem>,
}

/// A map of one reader.
struct Sight {
    laid: Arc<Laid>,
    painted: Arc<Painted>,
    revision: u64,
    on: Date,
}

/// One tile; no bytes when nothing lies in it.
///
/// # Errors
/// [`ParcelsFault`] when parcels are not for this person, or there is no such tile.
pub fn tile(park: &Park, actor: &Actor, asked: &TileQuestion) -> Result<Vec<u8>> {
    let (zoom, x, y) = asked.tile;
    let missing = || ParcelsFault::Value { field: "tile", value: format!("{zoom}/{x}/{y}") };
    let at = TileId::new(zoom, x, y).ok_or_else(missing)?;
    let Sight { laid, painted, .. } = sight(park, actor, &asked.map)?;
    Ok(draw(at, &laid, &painted))
}

fn draw(at: TileId, laid: &Laid, painted: &Painted) -> Vec<u8> {
    let parcel = |position: usize, tags: &mut Tags<'_>| {
        put_parcel(&laid.rows[position], &painted.classes[position], tags);
    };
    let building = |position: usize, tags: &mut Tags<'_>| laid.built[position].put(tags);
    let mut layers = vec![Layer { name: PARCELS, sheet: &laid.parcels, attributes: &parcel }];
    if at.numbers().0 >= BUILDINGS_FROM {
        layers.push(Layer { name: BUILDINGS, sheet: &laid.buildings, attributes: &building });
    }
    land::tile::tile(at, &layers)
}

/// A map laid out and painted; once for all tiles of it.
fn sight(park: &Park, actor: &Actor, asked: &MapQuestion) -> Result<Sight> {
    let ground = Ground::new(park, actor)?;
    let on = asked.on.unwrap_or_else(|| park.today());
    let revision = ground.revision();
    let place = (revision, on, actor.name.clone());
    let sheets = park.sheets();
    let laid = match sheets.laid.get(&place) {
        Some(known) => known,
        None => sheets.laid.put(place.clone(), lay_out(&ground, on), 1, |known| known.0 < revision),
    };
    let question = (place, asked.clone());
    let painted = if let Some(known) = sheets.painted.get(&question) {
        known
    } else {
        let (classes, legend) = Scale::new(park, &ground, asked, on)?.classes(laid.rows.iter());
        let painted = Painted { classes, legend };
        sheets.painted.put(question, painted, 1, |((known, ..), _)| *known < revision)
    };
    Ok(Sight { laid, painted, revision, on })
}

/// Lays out what is in force on a day.
fn lay_out(ground: &Ground<'_>, on: Date) -> Laid {
    let parcels = ground.parcels();
    let (mut rows, mut shapes, mut undrawn) = (Vec::new(), Vec::new(), 0);
    for row in parcels.rows().filter(|row| ground.in_force(*row, on)) {
        match parcels.text(row, LandPart::Boundary).and_then(|text| shape(&text)) {
            Some(shape) => {
                rows.push(row_of(ground, row));
                shapes.push(shape);
            }
            None => undrawn += 1,
        }
    }
    let built: Vec<(Building, Shape)> = standing(ground, on)
        .filter_map(|(buildings, row, text)| {
            let building = Building {
                entry: buildings.id(row).0,
                parcel: buildings.entry(row, LandPart::Parcel).map(|parcel| parcel.0),
                name: ground.shown(buildings, row, LandPart::Name).unwrap_or_default(),
            };
            Some((building, shape(&text)?))
        })
        .collect();
    Laid {
        parcels: Sheet::new(rows.iter().map(|row| row.entry).zip(&shapes)),
        rows,
        buildings: Sheet::new(built.iter().map(|(building, shape)| (building.entry, shape))),
        built: built.into_iter().map(|(building, _)| building).collect(),
        extent: Extent::of(&shapes),
        undrawn,
    }
}

/// What the map says of itself when its boundaries come as tiles.
///
/// # Errors
/// [`ParcelsFault`] when parcels are not for this person, or there is no such colouring.
pub(super) fn overview(park: &Park, actor: &Actor, asked: &MapQuestion) -> Result<ParcelMap> {
    Ok(told(&sight(park, actor, asked)?, asked))
}

fn told(sight: &Sight, asked: &MapQuestion) -> ParcelMap {
    let Sight { laid, painted, revision, on } = sight;
    ParcelMap {
        on: *on,
        run: asked.run,
        color: asked.color().to_owned(),
        extent: laid.extent.map(|e| [e.west, e.south, e.east, e.north]),
        count: laid.parcels.len(),
        undrawn: laid.undrawn,
        legend: painted.legend.clone(),
        features: None,
        tiles: Some(template(asked, *on, *revision)),
        buildings: None,
        built: laid.buildings.len(),
        revision: *revision,
    }
}

/// Where tiles are. The revision has no meaning to their route: it makes tiles of different revisions different addresses.
fn template(asked: &MapQuestion, on: Date, revision: u64) -> String {
    let mut query = format!("on={on}&color={}", asked.color());
    let numbers =
        [("year", asked.year.map(i64::from)), ("run", asked.run.and_then(|run| i64::try_from(run).ok()))];
    for (name, number) in numbers {
        if let Some(number) = number {
            query.push_str(&format!("&{name}={number}"));
        }
    }
    if let Some(with) = asked.with {
        query.push_str(&format!("&with={with}"));
    }
    if asked.whole {
        query.push_str("&whole=true");
    }
    format!("/api/v1/parcels/tiles/{{z}}/{{x}}/{{y}}?{query}&revision={revision}")
}

fn put_entry(key: &str, entry: u64, tags: &mut Tags<'_>) {
    if let Ok(entry) = i64::try_from(entry) {
        tags.put(key, &Attribute::Whole(entry));
    }
}

fn put_text(key: &str, text: &str, tags: &mut Tags<'_>) {
    if !text.is_empty() {
        tags.put(key, &Attribute::Text(text));
    }
}

/// What a parcel of a tile says of itself.
fn put_parcel(row: &ParcelRow, class: &str, tags: &mut Tags<'_>) {
    put_entry("entry", row.entry, tags);
    put_text("code", &row.code, tags);
    put_text("name", &row.name, tags);
    put_text("class", class, tags);
    put_text("state", row.state.as_deref().unwrap_or_default(), tags);
    put_text("layer", &row.layer, tags);
}

impl Building {
    fn put(&self, tags: &mut Tags<'_>) {
        put_entry("entry", self.entry, tags);
        if let Some(parcel) = self.parcel {
            put_entry("parcel", parcel, tags);
        }
        put_text("name", &self.name, tags);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight() -> Sight {
        let text = "{\"type\":\"Polygon\",\"coordinates\":[[[121.5,30.0],[121.51,30.0],[121.51,30.01],[121.5,30.01],[121.5,30.0]]]}";
        let shape = shape(text).expect("a polygon");
        let row = ParcelRow { entry: 7, code: "330203002004GB00007".to_owned(), ..ParcelRow::default() };
        let laid = Laid {
            parcels: Sheet::new([(row.entry, &shape)]),
            rows: vec![row],
            buildings: Sheet::new([(9, &shape)]),
            built: vec![Building { entry: 9, parcel: Some(7), name: "一号厂房".to_owned() }],
            extent: Extent::of([&shape]),
            undrawn: 3,
        };
        let painted = Painted { classes: vec!["B".to_owned()], legend: Vec::new() };
        let on = jiff::civil::date(2023, 10, 31);
        Sight { laid: Arc::new(laid), painted: Arc::new(painted), revision: 12, on }
    }

    #[test]
    fn a_map_of_tiles_says_where_they_are() {
        let view = told(&sight(), &MapQuestion { run: Some(4), ..MapQuestion::default() });
        let address = "/api/v1/parcels/tiles/{z}/{x}/{y}?on=2023-10-31&color=grade&run=4&revision=12";
        assert_eq!(view.tiles.as_deref(), Some(address));
        assert_eq!((view.count, view.undrawn, view.built, view.features), (1, 3, 1, None));
        assert_eq!(view.extent, Some([121.5, 30.0, 121.51, 30.01]));
        let asked = MapQuestion {
            year: Some(2022),
            color: "measure:tax".to_owned(),
            with: Some(2021),
            whole: true,
            ..MapQuestion::default()
        };
        let view = told(&sight(), &asked);
        let query = "on=2023-10-31&color=measure:tax&year=2022&with=2021&whole=true&revision=12";
        assert!(view.tiles.is_some_and(|address| address.ends_with(query)));
    }

    #[test]
    fn a_parcel_says_in_its_tile_who_it_is_and_its_class() {
        let Sight { laid, painted, .. } = sight();
        let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        // (121.505 + 180) ÷ 360 × 4096 = 3430.5; (1 − asinh(tan 30.005°) ÷ π) ÷ 2 × 4096 = 1689.8.
        let far = draw(TileId::new(12, 3430, 1689).expect("there is one"), &laid, &painted);
        let said = ["parcels", "entry", "330203002004GB00007", "class", "B"];
        assert!(said.into_iter().all(|text| holds(&far, text)));
        assert!(!holds(&far, "state"), "what is missing is not there");
        assert!(!holds(&far, "building"), "buildings are not drawn from far");
        let near = draw(TileId::new(13, 6861, 3379).expect("there is one"), &laid, &painted);
        assert!(["building", "一号厂房"].into_iter().all(|text| holds(&near, text)));
    }
}
