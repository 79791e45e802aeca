//! Bytes of map files and rows of coordinate lists to features in the coordinates of the file.
//!
//! Nothing here believes a declared size: memory grows with what has really been read, and [`Limits`] bound that.

use serde::{Deserialize, Serialize};

use crate::crs::Stated;
use crate::{Feature, Trouble};

/// What a reader takes at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file, and of each part of an archive once unpacked.
    pub max_bytes: u64,
    /// Features.
    pub max_features: u32,
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
