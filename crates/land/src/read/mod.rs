//! Bytes of map files and rows of coordinate lists to features in the coordinates of the file.
//!
//! Nothing here believes a declared size: memory grows with what has really been read, and [`Limits`] bound that. A
//! bad feature is a trouble with its place and the others are kept; only what makes the rest unreadable ends a file.
//!
//! Deliberately absent: judging shapes (that is for the checks), guessing what attributes mean.
//!
//! To add a format: a module with `read(bytes, limits) -> Result<Reading, Stop>` over a `collect::Collector`, an arm
//! in [`read`], a variant of [`Format`], and mutated inputs in the tests.

mod archive;
mod bytes;
mod collect;
mod dbf;
mod geojson;
mod gpkg;
mod headings;
mod nest;
mod plots;
mod points;
mod rings;
mod shapefile;
mod wkb;

use serde::{Deserialize, Serialize};

use crate::crs::Stated;
use crate::{Feature, Place, Shape, Trouble, What};

/// What zip archives begin with.
const ZIP: &[u8] = b"PK\x03\x04";

/// What a reader takes at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file, and of each part of an archive once unpacked.
    pub max_bytes: u64,
    /// Features.
    pub max_features: u32,
    /// Rings of one feature.
    pub max_rings: u32,
    /// Points of all features together.
    pub max_points: u64,
    /// Attributes of one feature.
    pub max_attributes: u32,
    /// Troubles that are kept; more say nothing new.
    pub max_troubles: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            max_bytes: 512 << 20,
            max_features: 500_000,
            max_rings: 4096,
            max_points: 20_000_000,
            max_attributes: 512,
            max_troubles: 10_000,
        }
    }
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// GeoJSON, RFC 7946.
    GeoJson,
    /// A Shapefile in a zip archive.
    Shapefile,
    /// An OGC GeoPackage.
    GeoPackage,
    /// A list of boundary points (界址点) in the rows of a sheet.
    Points,
    /// The text file in which plots are exchanged for approval (地块坐标).
    Plots,
}

/// What was read from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The format the bytes turned out to be.
    pub format: Format,
    /// What the file says about its coordinate system; nothing when it says nothing.
    pub stated: Option<Stated>,
    /// The features, in the coordinates of the file.
    pub features: Vec<Feature>,
    /// What was wrong.
    pub troubles: Vec<Trouble>,
}

/// Reads a map file, whatever its name: the bytes say what it is. The error is why nothing at all could be read.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, Trouble> {
    whole(bytes, limits).map_err(|stop| Trouble::refused(Place::default(), stop))
}

/// Reads the rows of a coordinate list (界址点) of the sheet called `sheet`.
pub fn read_points(rows: &[Vec<String>], sheet: &str, limits: &Limits) -> Result<Reading, Trouble> {
    points::read(rows, sheet, limits).map_err(|stop| Trouble::refused(Place::default(), stop))
}

/// Reads the geometry text that an entry keeps: GeoJSON of a polygon or a multipolygon.
pub fn read_geometry(text: &str) -> Result<Shape, Trouble> {
    let limits = Limits { max_features: 1, ..Limits::default() };
    let empty = Trouble::refused(Place::default(), What::Empty);
    let reading =
        geojson::read(text.as_bytes(), &limits).map_err(|stop| Trouble::refused(Place::default(), stop))?;
    match reading.features.into_iter().next() {
        Some(feature) => Ok(feature.shape),
        None => Err(reading.troubles.into_iter().next().unwrap_or(empty)),
    }
}

fn whole(bytes: &[u8], limits: &Limits) -> Result<Reading, collect::Stop> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(collect::too_large("bytes", limits.max_bytes));
    }
    if bytes.starts_with(ZIP) {
        let mut archive = archive::Archive::open(bytes, limits)?;
        return packed(&mut archive, limits);
    }
    if bytes.starts_with(gpkg::MAGIC) {
        return gpkg::read(bytes, limits);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.starts_with(b"{") {
        return geojson::read(bytes, limits);
    }
    if plots::is_one(bytes) {
        return plots::read(bytes, limits);
    }
    Err(What::UnknownFormat)
}

/// A Shapefile, or else the one GeoPackage or GeoJSON that was packed to be sent.
fn packed(archive: &mut archive::Archive<'_>, limits: &Limits) -> Result<Reading, collect::Stop> {
    let ending = |ending: &str| archive.names().iter().position(|name| name.to_lowercase().ends_with(ending));
    let other = [".gpkg", ".geojson", ".json"].into_iter().find_map(ending);
    match other.filter(|_| ending(".shp").is_none()) {
        // An archive inside the archive is not opened.
        Some(index) => match archive.content(index)? {
            inner if inner.starts_with(ZIP) => Err(What::UnknownFormat),
            inner => whole(&inner, limits),
        },
        None => shapefile::read(archive, limits),
    }
}

#[cfg(test)]
mod tests;
