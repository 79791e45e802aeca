//! Features to map files: GeoJSON, GeoPackage, zipped Shapefile, and the geometry text that entries keep.
//!
//! Writers take features in CGCS2000 longitude and latitude, as the product knows them, and the system to write.
//! The same features give the same bytes.
//!
//! Deliberately absent: styles, lines and points, files (callers get bytes).
//!
//! To add a format: a module with a function from features and a system to bytes, and a test that reads them back.

mod columns;
mod dbf;
mod geojson;
mod gpkg;
mod shapefile;
#[cfg(test)]
mod tests;

pub use geojson::{geojson, geometry};
pub use gpkg::gpkg;
pub use shapefile::shapefile;

use crate::crs::{Crs, Frame, Projector};
use crate::{Feature, Shape, What};

/// The shapes of features in the system to write.
fn projected(features: &[Feature], crs: Crs) -> Result<Vec<Shape>, What> {
    let unknown = || What::NotForFormat { system: crs.to_string() };
    let way = Projector::new(Frame::east_first(crs)).ok_or_else(unknown)?;
    features.iter().map(|feature| way.shape_from_lon_lat(&feature.shape)).collect()
}
