//! Whether boundaries can be believed: one shape by itself, shapes beside each other, shapes against a park and paper.
//!
//! - [`repair()`] mends one shape where the mend is beyond doubt and names what is left with its place.
//! - [`overlaps`] finds ground that two parcels claim and boundaries entered under two codes, per space layer.
//! - [`gaps`] finds ground inside a block that no parcel claims.
//! - [`straddle`] says how much of a parcel lies inside a boundary; [`against_paper`] compares with a certificate.
//!
//! Shapes are in CGCS2000 longitude and latitude; every answer is in ㎡ and metres on the ellipsoid ([`crate::area::Plane`]).
//! Parcels are named by their position in the slice that was passed.
//!
//! Deliberately absent: sentences (callers word these types), what a book knows of a parcel, the decision what to do
//! about a finding. To add a check of one shape: a variant of [`Flaw`] and where it arises in [`repair()`]; of many: a
//! function beside [`overlaps`].

mod assemble;
mod neighbours;
mod paper;
mod repair;
mod rings;

use geo::Coord;
use serde::{Deserialize, Serialize};

pub use neighbours::{Gap, Ground, Layer, Overlap, Relation, blocked, gaps, overlaps};
pub use paper::{PaperVerdict, Side, Straddle, against_paper, straddle};
pub use repair::{Repaired, repair};
pub(crate) use rings::distance_to_segment;

/// What is tolerated. The defaults are the product's rules; a park may set others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tolerances {
    /// Points closer than this are one point; a spike narrower than this is none. Metres.
    pub point: f64,
    /// Neighbours agree about their common line to this many metres: seven decimals of a degree are 11 mm, and a line with
    /// a point in the middle is not the line without it. Narrower gaps are none.
    pub grid: f64,
    /// An overlap or gap narrower than this on average is a sliver of digitising; a shape narrower than this is thin.
    /// Metres.
    pub sliver: f64,
    /// Overlaps up to this part of the smaller parcel pass.
    pub overlap_share: f64,
    /// Overlaps and gaps up to this many ㎡ pass, whatever the share.
    pub overlap_square_metres: f64,
    /// Two boundaries that agree in this part of both areas are one boundary under two codes.
    pub duplicate_share: f64,
    /// A polygon may differ from its certificate by this part of the certificate's area.
    pub paper_share: f64,
    /// A parcel belongs to a park with more than this part of its area inside.
    pub inside_share: f64,
}

impl Default for Tolerances {
    /// 1 mm; 2 cm; 0.5 m; max(0.1 %, 1 ㎡); 99.9 %; 2 %; one half.
    fn default() -> Self {
        Tolerances {
            point: 0.001,
            grid: 0.02,
            sliver: 0.5,
            overlap_share: 0.001,
            overlap_square_metres: 1.0,
            duplicate_share: 0.999,
            paper_share: 0.02,
            inside_share: 0.5,
        }
    }
}

/// A place in a shape. Rings and points count from 1, rings through all polygons of the shape, as the readers count.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// The ring.
    pub ring: u32,
    /// The point, or the first point of the edge.
    pub point: u32,
    /// Longitude and latitude.
    pub at: Coord<f64>,
}

/// What was mended: none of it moves a boundary by more than the tolerance for points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "mend", rename_all = "snake_case")]
pub enum Mend {
    /// A ring that did not return to its first point.
    Closed {
        /// Where it ended.
        spot: Spot,
    },
    /// A point that repeats the one before.
    Duplicate {
        /// The point left out.
        spot: Spot,
    },
    /// A way out and back along the same line.
    Spike {
        /// The tip left out.
        spot: Spot,
    },
    /// A ring that ran the wrong way round: outer rings run counter-clockwise, holes clockwise (RFC 7946).
    Turned {
        /// Its first point.
        spot: Spot,
    },
    /// A hole without area, left out.
    EmptyHole {
        /// Its first point.
        spot: Spot,
    },
    /// A ring that touches itself without crossing, cut at that point into rings that do not.
    Cut {
        /// The point of touch.
        spot: Spot,
    },
}

/// What is wrong with a shape and cannot be mended without a person.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "flaw", rename_all = "snake_case")]
pub enum Flaw {
    /// The shape has no ring at all.
    Empty,
    /// A coordinate is infinite or no number, or is no longitude and latitude in degrees.
    NotDegrees {
        /// The point.
        spot: Spot,
    },
    /// A ring encloses nothing: fewer than three different points, or all on one line.
    NoArea {
        /// Its first point.
        spot: Spot,
    },
    /// A ring crosses itself.
    SelfCrossing {
        /// The first edge, and where they cross.
        spot: Spot,
        /// The first point of the second edge.
        other: u32,
    },
    /// Two rings of one polygon cross.
    RingsCross {
        /// The first ring and edge, and where they cross.
        spot: Spot,
        /// The other ring.
        other: u32,
    },
    /// Two rings of one polygon run along the same line.
    RingsShareEdge {
        /// The first ring and edge, and where the common line begins.
        spot: Spot,
        /// The other ring.
        other: u32,
    },
    /// A hole lies outside its outer ring.
    HoleOutside {
        /// Its first point.
        spot: Spot,
    },
    /// A hole lies in another hole.
    HoleInHole {
        /// Its first point.
        spot: Spot,
        /// The other hole.
        other: u32,
    },
    /// Two polygons of the shape cover the same ground.
    PartsOverlap {
        /// Where they cross, or the first point of the one that lies in the other.
        spot: Spot,
        /// The other ring.
        other: u32,
    },
    /// A polygon narrower than a boundary is drawn: left over from digitising.
    Thin {
        /// Its first point.
        spot: Spot,
        /// Its width in metres, on average: twice the area by the perimeter.
        width: f64,
        /// Its area.
        square_metres: f64,
    },
}

impl Mend {
    /// A stable name of the kind of mend.
    pub fn code(&self) -> &'static str {
        match self {
            Mend::Closed { .. } => "closed",
            Mend::Duplicate { .. } => "duplicate-point",
            Mend::Spike { .. } => "spike",
            Mend::Turned { .. } => "turned",
            Mend::EmptyHole { .. } => "empty-hole",
            Mend::Cut { .. } => "cut-at-touch",
        }
    }

    /// Where.
    pub fn spot(&self) -> Spot {
        match *self {
            Mend::Closed { spot }
            | Mend::Duplicate { spot }
            | Mend::Spike { spot }
            | Mend::Turned { spot }
            | Mend::EmptyHole { spot }
            | Mend::Cut { spot } => spot,
        }
    }
}

impl Flaw {
    /// A stable name of the kind of flaw.
    pub fn code(&self) -> &'static str {
        match self {
            Flaw::Empty => "empty",
            Flaw::NotDegrees { .. } => "not-degrees",
            Flaw::NoArea { .. } => "no-area",
            Flaw::SelfCrossing { .. } => "self-crossing",
            Flaw::RingsCross { .. } => "rings-cross",
            Flaw::RingsShareEdge { .. } => "rings-share-edge",
            Flaw::HoleOutside { .. } => "hole-outside",
            Flaw::HoleInHole { .. } => "hole-in-hole",
            Flaw::PartsOverlap { .. } => "parts-overlap",
            Flaw::Thin { .. } => "thin",
        }
    }

    /// Where; nothing for a shape without rings.
    pub fn spot(&self) -> Option<Spot> {
        match *self {
            Flaw::Empty => None,
            Flaw::NotDegrees { spot }
            | Flaw::NoArea { spot }
            | Flaw::SelfCrossing { spot, .. }
            | Flaw::RingsCross { spot, .. }
            | Flaw::RingsShareEdge { spot, .. }
            | Flaw::HoleOutside { spot }
            | Flaw::HoleInHole { spot, .. }
            | Flaw::PartsOverlap { spot, .. }
            | Flaw::Thin { spot, .. } => Some(spot),
        }
    }
}

#[cfg(test)]
mod tests;
