//! The map of parcels as vector tiles, where there are too many boundaries to be sent at once.
//!
//! A map is laid out once for a revision, a day, a colouring and a reader; tiles are drawn from it. Deliberately absent: how
//! a tile is drawn (`land::tile`), which class a parcel has ([`mod@super::map`]).

use jiff::civil::Date;
use land::tile::{Attribute, Layer, Sheet, Tags, TileId};
use land::{Extent, Shape};

use super::boundary::shape;
use super::fault::{ParcelsFault, Result};
use super::ground::Ground;
use super::map::{Drawing, MapQuestion, drawing};
use super::shapes::{LegendItem, ParcelMap, ParcelRow};
use crate::access::Actor;
use crate::park::Park;

/// Maps that are kept laid out.
const KEPT: usize = 8;
/// The layer of the tiles.
const LAYER: &str = "parcels";

/// What a laid-out map holds for: revision, day, evaluation, colouring and reader.
type Key = (u64, Date, Option<u64>, String, String);

/// Maps that were laid out already.
pub(crate) type KnownSheets = crate::lru::Lru<Key, Laid>;

/// An empty store of maps.
pub(crate) fn known_sheets() -> KnownSheets {
    KnownSheets::new(KEPT, usize::MAX)
}

/// Which tile of which map.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TileQuestion {
    /// The map.
    pub map: MapQuestion,
    /// Zoom, column from the west, row from the north.
    pub tile: (u8, u32, u32),
}

/// A map laid out for tiles.
pub(crate) struct Laid {
    sheet: Sheet,
    tags: Vec<Tag>,
    extent: Option<Extent>,
    undrawn: usize,
    legend: Vec<LegendItem>,
    key: Key,
}

/// What a parcel of a tile says of itself.
struct Tag {
    row: ParcelRow,
    class: String,
}

/// One tile; no bytes when nothing lies in it.
///
/// # Errors
/// [`ParcelsFault`] when parcels are not for this person, or there is no such tile.
pub fn tile(park: &Park, actor: &Actor, asked: &TileQuestion) -> Result<Vec<u8>> {
    let (zoom, x, y) = asked.tile;
    let missing = || ParcelsFault::Value { field: "tile", value: format!("{zoom}/{x}/{y}") };
    let at = TileId::new(zoom, x, y).ok_or_else(missing)?;
    let laid = drawn(park, actor, &asked.map)?;
    let attributes = |position: usize, tags: &mut Tags<'_>| laid.tags[position].put(tags);
    Ok(land::tile::tile(at, &[Layer { name: LAYER, sheet: &laid.sheet, attributes: &attributes }]))
}

/// A map laid out; once for all tiles of it.
pub(super) fn drawn(park: &Park, actor: &Actor, asked: &MapQuestion) -> Result<std::sync::Arc<Laid>> {
    let ground = Ground::new(park, actor)?;
    let on = asked.on.unwrap_or_else(|| park.today());
    let key = (ground.revision(), on, asked.run, asked.color.clone(), actor.name.clone());
    if let Some(known) = park.sheets().get(&key) {
        return Ok(known);
    }
    let Drawing { drawn, classes, legend, undrawn, .. } = drawing(park, &ground, asked)?;
    let shapes: Vec<(ParcelRow, String, Shape)> = drawn
        .into_iter()
        .zip(classes)
        .filter_map(|((row, geometry), class)| Some((row, class, shape(&geometry.to_string())?)))
        .collect();
    let sheet = Sheet::new(shapes.iter().map(|(row, _, shape)| (row.entry, shape)));
    let extent = Extent::of(shapes.iter().map(|(.., shape)| shape));
    let tags = shapes.into_iter().map(|(row, class, _)| Tag { row, class }).collect();
    let laid = Laid { sheet, tags, extent, undrawn, legend, key: key.clone() };
    let newest = key.0;
    Ok(park.sheets().put(key, laid, 1, |known| known.0 < newest))
}

/// What the map says of itself when its boundaries come as tiles.
pub(super) fn overview(laid: &Laid, asked: &MapQuestion) -> ParcelMap {
    let (revision, on, run, color, _) = &laid.key;
    let run_part = run.map_or_else(String::new, |run| format!("&run={run}"));
    // The revision has no meaning to the tile's route: it makes tiles of different revisions different addresses.
    let query = format!("on={on}{run_part}&color={color}&revision={revision}");
    ParcelMap {
        on: *on,
        run: asked.run,
        color: color.clone(),
        extent: laid.extent.map(|e| [e.west, e.south, e.east, e.north]),
        count: laid.sheet.len(),
        undrawn: laid.undrawn,
        legend: laid.legend.clone(),
        features: None,
        tiles: Some(format!("/api/v1/parcels/tiles/{{z}}/{{x}}/{{y}}?{query}")),
        buildings: None,
        revision: *revision,
    }
}

impl Tag {
    fn put(&self, tags: &mut Tags<'_>) {
        let row = &self.row;
        if let Ok(entry) = i64::try_from(row.entry) {
            tags.put("entry", &Attribute::Whole(entry));
        }
        let mut text = |key: &str, value: Option<&str>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                tags.put(key, &Attribute::Text(value));
            }
        };
        text("code", Some(&row.code));
        text("name", Some(&row.name));
        text("class", Some(&self.class));
        text("grade", row.grade.as_deref());
        text("state", row.state.as_deref());
        text("layer", Some(&row.layer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid() -> Laid {
        let text = "{\"type\":\"Polygon\",\"coordinates\":[[[121.5,30.0],[121.51,30.0],[121.51,30.01],[121.5,30.01],[121.5,30.0]]]}";
        let shape = shape(text).expect("a polygon");
        let row = ParcelRow { entry: 7, code: "330203002004GB00007".to_owned(), ..ParcelRow::default() };
        Laid {
            sheet: Sheet::new([(row.entry, &shape)]),
            extent: Extent::of([&shape]),
            tags: vec![Tag { row, class: "B".to_owned() }],
            undrawn: 3,
            legend: Vec::new(),
            key: (12, jiff::civil::date(2023, 10, 31), Some(4), "grade".to_owned(), String::new()),
        }
    }

    #[test]
    fn a_map_of_tiles_says_where_they_are() {
        let view = overview(&laid(), &MapQuestion { run: Some(4), ..MapQuestion::default() });
        let template = "/api/v1/parcels/tiles/{z}/{x}/{y}?on=2023-10-31&run=4&color=grade&revision=12";
        assert_eq!(view.tiles.as_deref(), Some(template));
        assert_eq!((view.count, view.undrawn, view.features), (1, 3, None));
        assert_eq!(view.extent, Some([121.5, 30.0, 121.51, 30.01]));
    }

    #[test]
    fn a_parcel_says_in_its_tile_who_it_is_and_its_class() {
        let laid = laid();
        let attributes = |position: usize, tags: &mut Tags<'_>| laid.tags[position].put(tags);
        // (121.505 + 180) ÷ 360 × 4096 = 3430.5; (1 − asinh(tan 30.005°) ÷ π) ÷ 2 × 4096 = 1689.8.
        let at = TileId::new(12, 3430, 1689).expect("there is one");
        let bytes =
            land::tile::tile(at, &[Layer { name: LAYER, sheet: &laid.sheet, attributes: &attributes }]);
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(["parcels", "entry", "330203002004GB00007", "class", "B"].into_iter().all(holds));
        assert!(!holds("grade"), "what is missing is not there");
    }
}
