//! Rings clipped to a box (Sutherland and Hodgman, *Reentrant polygon clipping*, 1974).
//!
//! What leaves the box and comes back is joined along its side; the even-odd inside within the box is that of the ring.
//!
//! Deliberately absent: cutting polygons with polygons (`crate::overlay`).

use geo::Coord;

use crate::feature::Extent;

/// The sides of a box.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Least x.
    West,
    /// Greatest x.
    East,
    /// Least y.
    South,
    /// Greatest y.
    North,
}

/// All four.
pub const SIDES: [Side; 4] = [Side::West, Side::East, Side::South, Side::North];

impl Side {
    /// Whether all of a box is beyond this side of the window.
    pub fn beyond(self, window: Extent, extent: Extent) -> bool {
        match self {
            Side::West => extent.east < window.west,
            Side::East => extent.west > window.east,
            Side::South => extent.north < window.south,
            Side::North => extent.south > window.north,
        }
    }

    /// How far a point is within this side, negative beyond it.
    pub fn within(self, window: Extent, point: Coord<f64>) -> f64 {
        match self {
            Side::West => point.x - window.west,
            Side::East => window.east - point.x,
            Side::South => point.y - window.south,
            Side::North => window.north - point.y,
        }
    }
}

/// Clips a ring to a window; the first point need not be repeated. `spare` is room to work in.
pub fn clip(ring: &mut Vec<Coord<f64>>, window: Extent, spare: &mut Vec<Coord<f64>>) {
    for side in SIDES {
        keep(ring, side, window, spare);
        std::mem::swap(ring, spare);
    }
}

/// Keeps what is within one side.
fn keep(ring: &[Coord<f64>], side: Side, window: Extent, out: &mut Vec<Coord<f64>>) {
    out.clear();
    let Some(&last) = ring.last() else { return };
    let (mut before, mut before_in) = (last, side.within(window, last));
    for &point in ring {
        let point_in = side.within(window, point);
        if (before_in >= 0.0) != (point_in >= 0.0) {
            let along = before_in / (before_in - point_in);
            out.push(Coord {
                x: before.x + along * (point.x - before.x),
                y: before.y + along * (point.y - before.y),
            });
        }
        if point_in >= 0.0 {
            out.push(point);
        }
        (before, before_in) = (point, point_in);
    }
}
