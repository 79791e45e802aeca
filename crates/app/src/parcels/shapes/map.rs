//! The map.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Parcels as a map: all boundaries at once, or where to ask for tiles when there are too many.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ParcelMap {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The frozen evaluation of grades.
    pub run: Option<u64>,
    /// What colours say: `grade`, `coverage`, `change`, `state` or `measure:ID`.
    pub color: String,
    /// West, south, east, north in degrees (CGCS2000); none without a boundary.
    pub extent: Option<[f64; 4]>,
    /// How many parcels have a boundary.
    pub count: usize,
    /// How many have none.
    pub undrawn: usize,
    /// What each colour value means, in order.
    pub legend: Vec<LegendItem>,
    /// A GeoJSON feature collection; each feature has the entry as its id and `code`, `name`, `class` (an id of the legend),
    /// `grade`, `state`, `mu` as properties. Absent when there are tiles.
    #[schema(value_type = Option<Object>)]
    pub features: Option<Value>,
    /// The template of the addresses of vector tiles, `{z}`, `{x}`, `{y}` to be filled; their layers are `parcels`,
    /// whose features have the entry as their id, `class` and from zoom 13 on `name` (or code) as properties; `far`, the ground
    /// of parcels smaller than 6 × 6 pixels, a feature for each `class`; `label`, points with a `text` where there is room for
    /// it; and from zoom 13 on `building` with the entry as id, `parcel` and `name`.
    pub tiles: Option<String>,
    /// Buildings with a boundary, as a GeoJSON feature collection with `parcel` and `name`; absent when there are tiles.
    #[schema(value_type = Option<Object>)]
    pub buildings: Option<Value>,
    /// How many buildings have a boundary.
    pub built: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// One class of the map's colours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LegendItem {
    /// The class: a grade, a state, `changed` or `unchanged`, or the number of a class of values or differences from 0 (lowest)
    /// on; `none` for those without.
    pub class: String,
    /// What it means.
    pub title: String,
    /// Parcels of it.
    pub count: usize,
    /// From this value on.
    pub from: Option<String>,
    /// Below this value.
    pub below: Option<String>,
}
