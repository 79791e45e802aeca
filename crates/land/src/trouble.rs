//! What may be wrong with a file of boundaries or with a boundary, as data: where, how much it matters, what, with
//! the numbers.
//!
//! Deliberately absent: sentences. Whoever shows a trouble to a person matches on [`What`] and words it; a new
//! variant is then a compile error there and not a silent gap.
//!
//! To add one: a variant of [`What`] with its numbers as fields, and its arm in [`What::code`].

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where in a file something stands. Everything counts from 1, as people do; what is unknown is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The layer: the name of the file inside the archive, the table, or the sheet; empty when there is only one.
    pub layer: Arc<str>,
    /// The number of the feature in its layer.
    pub feature: Option<u32>,
    /// The row of the sheet, for coordinate lists.
    pub row: Option<u32>,
    /// The number of the ring in its feature.
    pub ring: Option<u32>,
    /// The number of the point in its ring.
    pub point: Option<u32>,
}

impl Place {
    /// A feature of a layer.
    pub fn feature(layer: &Arc<str>, number: u32) -> Place {
        Place { layer: Arc::clone(layer), feature: Some(number), ..Place::default() }
    }

    /// The same place, at one ring.
    pub fn at_ring(&self, ring: u32) -> Place {
        Place { ring: Some(ring), ..self.clone() }
    }

    /// The same place, at one point.
    pub fn at_point(&self, point: u32) -> Place {
        Place { point: Some(point), ..self.clone() }
    }
}

/// How much a trouble matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Worth knowing; everything was taken as it is.
    Note,
    /// Taken, but a person should look: something was mended or is doubtful.
    Doubt,
    /// Not taken: the feature, or the whole file when the place names no feature.
    Refused,
}

/// One thing that is wrong, with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    /// Where.
    pub place: Place,
    /// How much it matters.
    pub weight: Weight,
    /// What.
    pub what: What,
}

impl Trouble {
    /// Something worth knowing.
    pub fn note(place: Place, what: What) -> Trouble {
        Trouble { place, weight: Weight::Note, what }
    }

    /// Something a person should look at.
    pub fn doubt(place: Place, what: What) -> Trouble {
        Trouble { place, weight: Weight::Doubt, what }
    }

    /// Something that was not taken.
    pub fn refused(place: Place, what: What) -> Trouble {
        Trouble { place, weight: Weight::Refused, what }
    }
}

/// What is wrong, and its numbers. The bounds that were met are those of [`crate::read::Limits`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The bytes are none of the formats that are read.
    UnknownFormat,
    /// The file is damaged: what was being read, in a few technical words.
    Damaged {
        /// The part of the format that could not be read.
        part: String,
    },
    /// The file or a part of it is larger than is read.
    TooLarge {
        /// What there is too much of: `bytes`, `parts`, `features`, `rings`, `points`, `attributes`, `troubles`.
        of: String,
        /// The most that is read.
        limit: u64,
    },
    /// A part that the format needs is not in the archive.
    PartMissing {
        /// Its name or ending, such as `.dbf`.
        part: String,
    },
    /// Nothing with an area was found.
    Empty,
    /// A feature has no geometry.
    NoGeometry,
    /// A feature has a geometry that has no area, such as a point or a line.
    NotAnArea {
        /// The kind as the format calls it.
        kind: String,
    },
    /// A ring has fewer than three different points.
    TooFewPoints {
        /// How many it has.
        count: u32,
    },
    /// A coordinate is not a number, or is infinite.
    NotANumber {
        /// The text as written; empty for a number that is none.
        text: String,
    },
    /// A ring was not closed and has been closed.
    NotClosed,
    /// A hole lies in none of the outer rings of its feature and was taken as an outer ring.
    LostHole,
    /// Text could not be read in the encoding of the table.
    Garbled {
        /// The encoding.
        encoding: String,
        /// The attribute's name.
        attribute: String,
    },
    /// A layer has features and attributes in different number.
    CountsDiffer {
        /// How many shapes.
        shapes: u32,
        /// How many rows of attributes.
        rows: u32,
    },
    /// A plot has another number of points than its head declares: the file may have been cut.
    PointsDiffer {
        /// How many are declared.
        declared: u32,
        /// How many were read.
        read: u32,
    },
    /// The heading of a needed column was not found.
    ColumnMissing {
        /// Which: `x`, `y` or `parcel`.
        column: String,
    },
    /// Points of one parcel stand apart: another parcel's points are between them.
    Scattered {
        /// The parcel as the list names it.
        parcel: String,
    },
    /// A file of this format cannot name the system.
    NotForFormat {
        /// The system, such as `GCJ-02`.
        system: String,
    },
    /// A point lies outside where its coordinate system holds.
    OutOfReach {
        /// The system, such as `EPSG:4528`.
        system: String,
    },
    /// Features carry the numbers of several zones; each was placed by its own.
    SeveralZones {
        /// The number of each zone and how many features carry it, the zone of most first.
        zones: Vec<(u8, u32)>,
    },
    /// The points of one ring carry the numbers of several zones.
    MixedZones {
        /// The numbers.
        zones: Vec<u8>,
    },
}

impl What {
    /// A stable name of the kind of trouble.
    pub fn code(&self) -> &'static str {
        match self {
            What::UnknownFormat => "unknown-format",
            What::Damaged { .. } => "damaged",
            What::TooLarge { .. } => "too-large",
            What::PartMissing { .. } => "part-missing",
            What::Empty => "empty",
            What::NoGeometry => "no-geometry",
            What::NotAnArea { .. } => "not-an-area",
            What::TooFewPoints { .. } => "too-few-points",
            What::NotANumber { .. } => "not-a-number",
            What::NotClosed => "not-closed",
            What::LostHole => "lost-hole",
            What::Garbled { .. } => "garbled",
            What::CountsDiffer { .. } => "counts-differ",
            What::PointsDiffer { .. } => "points-differ",
            What::ColumnMissing { .. } => "column-missing",
            What::Scattered { .. } => "scattered",
            What::NotForFormat { .. } => "not-for-format",
            What::OutOfReach { .. } => "out-of-reach",
            What::SeveralZones { .. } => "several-zones",
            What::MixedZones { .. } => "mixed-zones",
        }
    }
}
