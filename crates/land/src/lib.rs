//! Boundaries of parcels as plain geometry: files of maps to polygons, polygons to areas, checks, overlays and tiles.
//!
//! Every boundary that enters the product comes through [`read`]: GeoJSON, zipped Shapefile, GeoPackage, or the
//! rows of a coordinate list (界址点). What comes out are [`Feature`]s in the coordinates of the file and typed
//! [`Trouble`]s with their place; [`crs`] finds out which coordinates those are, asks when in doubt, and takes them
//! to the one system the rest of the product knows: CGCS2000 longitude and latitude (EPSG:4490, x = longitude,
//! y = latitude). [`mod@write`] goes the other way.
//!
//! Deliberately absent: books, entries, parcels as legal things (a feature has attributes, nobody here knows what
//! they mean); input and output (callers pass bytes and rows); the clock; Chinese sentences (troubles are data,
//! their wording for users lives elsewhere); money and scores – floating point ends with areas in ㎡, which leave as
//! decimals.
//!
//! To add a file format: one module in `read/` that yields a [`read::Reading`], one arm in its detection, a set of
//! mutated inputs in its tests. To add a trouble: a variant of [`What`], then the compiler names who must word it.

pub mod area;
pub mod check;
mod clip;
pub mod crs;
pub mod feature;
pub mod lineage;
mod ops;
pub mod overlay;
pub mod read;
pub mod tile;
pub mod trouble;
pub mod write;

pub use crs::{Crs, Frame};
pub use feature::{Attribute, Extent, Feature, Shape, Value};
pub use trouble::{Place, Trouble, Weight, What};
