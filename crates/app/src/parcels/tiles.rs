//! The map of parcels as vector tiles, where there are too many boundaries to be sent at once.
//!
//! Land is laid out once for a revision, a day and a reader, and painted once for each colouring; tiles are drawn from both, and
//! those drawn last are kept. A tile says of a parcel its number and its class, and its name only where it can be read: names
//! are all different and would be most of a tile of thousands of parcels.
//! Deliberately absent: how a tile is drawn (`land::tile`), which class a parcel has ([`super::paint`]).

use std::sync::Arc;

use jiff::civil::Date;
use land::tile::{Attribute, Cells, Labels, Layer, Sheet, Tags, TileId};
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
/// Tiles that are kept, and their bytes together.
const DRAWN: (usize, usize) = (512, 32 << 20);
/// The layer of parcels.
const PARCELS: &str = "parcels";
/// The layer of ground whose parcels are too small to be told apart.
const FAR: &str = "far";
/// The layer of parcels' names.
const LABELS: &str = "label";
/// Parcels say their names from this zoom on; before, one of a hectare is smaller than a finger's breadth of letters.
const NAMED_FROM: u8 = 13;
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
    drawn: Lru<(Place, MapQuestion, TileId), Vec<u8>>,
}

/// An empty store of maps.
pub(crate) fn known_sheets() -> KnownSheets {
    KnownSheets {
        laid: Lru::new(LAID, usize::MAX),
        painted: Lru::new(PAINTED, usize::MAX),
        drawn: Lru::new(DRAWN.0, DRAWN.1),
    }
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
    place: Place,
}

/// One tile; no bytes when nothing lies in it.
///
/// # Errors
/// [`ParcelsFault`] when parcels are not for this person, or there is no such tile.
pub fn tile(park: &Park, actor: &Actor, asked: &TileQuestion) -> Result<Vec<u8>> {
    let (zoom, x, y) = asked.tile;
    let missing = || ParcelsFault::Value { field: "tile", value: format!("{zoom}/{x}/{y}") };
    let at = TileId::new(zoom, x, y).ok_or_else(missing)?;
    let Sight { laid, painted, place } = sight(park, actor, &asked.map)?;
    let drawn = &park.sheets().drawn;
    let revision = place.0;
    let question = (place, asked.map.clone(), at);
    if let Some(known) = drawn.get(&question) {
        return Ok(known.as_ref().clone());
    }
    let bytes = draw(at, &laid, &painted);
    let weight = bytes.len();
    let kept = drawn.put(question, bytes, weight, |((known, ..), ..)| *known < revision);
    Ok(kept.as_ref().clone())
}

fn draw(at: TileId, laid: &Laid, painted: &Painted) -> Vec<u8> {
    let (zoom, ..) = at.numbers();
    let class = |position: usize| painted.classes[position].as_str();
    let name = |position: usize| laid.name(position);
    let parcel = |position: usize, tags: &mut Tags<'_>| {
        put_text("class", class(position), tags);
        if zoom >= NAMED_FROM {
            put_text("name", name(position), tags);
        }
    };
    let building = |position: usize, tags: &mut Tags<'_>| laid.built[position].put(tags);
    let mut layers = vec![Layer {
        name: PARCELS,
        sheet: &laid.parcels,
        attributes: &parcel,
        cells: Some(Cells { name: FAR, key: "class", class: &class }),
        labels: Some(Labels { name: LABELS, key: "text", text: &name }),
    }];
    if zoom >= BUILDINGS_FROM {
        layers.push(Layer {
            name: BUILDINGS,
            sheet: &laid.buildings,
            attributes: &building,
            cells: None,
            labels: None,
        });
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
    let question = (place.clone(), asked.clone());
    let painted = if let Some(known) = sheets.painted.get(&question) {
        known
    } else {
        let (classes, legend) = Scale::new(park, &ground, asked, on)?.classes(laid.rows.iter());
        let painted = Painted { classes, legend };
        sheets.painted.put(question, painted, 1, |((known, ..), _)| *known < revision)
    };
    Ok(Sight { laid, painted, place })
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
    let Sight { laid, painted, place: (revision, on, _) } = sight;
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

impl Laid {
    /// What a parcel is called: by its name, else by its code.
    fn name(&self, position: usize) -> &str {
        let row = &self.rows[position];
        if row.name.is_empty() { &row.code } else { &row.name }
    }
}

impl Building {
    fn put(&self, tags: &mut Tags<'_>) {
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
        Sight { laid: Arc::new(laid), painted: Arc::new(painted), place: (12, on, "zhou".to_owned()) }
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

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    }

    #[test]
    fn a_parcel_says_in_its_tile_its_class_and_from_near_its_name() {
        let Sight { laid, painted, .. } = sight();
        let of = |zoom, x, y| draw(TileId::new(zoom, x, y).expect("there is one"), &laid, &painted);
        // (121.505 + 180) ÷ 360 × 4096 = 3430.5; (1 − asinh(tan 30.005°) ÷ π) ÷ 2 × 4096 = 1689.8. A hundredth of a degree is
        // 58 of the 512 pixels: a shape with room for its name, which is its code.
        let far = of(12, 3430, 1689);
        let said = ["parcels", "class", "B", "label", "text", "330203002004GB00007"];
        assert!(said.into_iter().all(|text| holds(&far, text)));
        let unsaid = ["entry", "name", "code", "state", "building"];
        assert!(!unsaid.into_iter().any(|text| holds(&far, text)), "none is needed from far");
        let near = of(13, 6860, 3379);
        assert!(["name", "building", "一号厂房"].into_iter().all(|text| holds(&near, text)));
        assert!(!holds(&near, "entry"), "the number of a shape is its own");
        // 3430.5 ÷ 16 = 214.4; 1689.8 ÷ 16 = 105.6. A hundredth of a degree is 3.6 pixels wide and 4.2 high: less than six by
        // six, and more than half a cell of 5⅓ by 5⅓.
        let world = of(8, 214, 105);
        assert!(["far", "class"].into_iter().all(|text| holds(&world, text)));
        assert!(!holds(&world, "parcels") && !holds(&world, "label"));
    }

    #[test]
    fn a_name_goes_before_a_code() {
        let Sight { laid, painted, .. } = sight();
        let mut laid = Arc::into_inner(laid).expect("nobody else holds it");
        "东一号".clone_into(&mut laid.rows[0].name);
        let tile = TileId::new(12, 3430, 1689).expect("there is one");
        let bytes = draw(tile, &laid, &painted);
        assert!(holds(&bytes, "东一号") && !holds(&bytes, "330203002004GB00007"));
    }
}
