//! Cutting a polygon with the piece of a boundary around it.
//!
//! A run of a boundary's points that lies on one side of the polygon's box is replaced by its first and last point: the
//! boundary changes only where the polygon is not. What is left is clipped to the box (Sutherland and Hodgman 1974), with
//! a margin, so that the sides of the box never fall on edges of the polygon.

use geo::{BooleanOps, Coord, LineString, Polygon};

use super::boundary::{Boundary, Line};
use crate::feature::{Extent, Shape};

/// The common ground of a polygon and a boundary.
pub fn cut(polygon: &Polygon<f64>, extent: Extent, boundary: &Boundary) -> Shape {
    let margin = ((extent.east - extent.west) + (extent.north - extent.south)) * 0.05 + 0.01;
    let window = extent.wider(margin);
    let rings = boundary.lines.iter().map(|line| clipped(line, window)).filter(|ring| ring.len() > 2);
    let near: Vec<Polygon<f64>> = rings.map(|ring| Polygon::new(LineString(ring), Vec::new())).collect();
    if near.is_empty() {
        return Shape::new(Vec::new());
    }
    polygon.intersection(&Shape::new(near))
}

/// The sides of a box.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    West,
    East,
    South,
    North,
}

const SIDES: [Side; 4] = [Side::West, Side::East, Side::South, Side::North];

impl Side {
    /// Whether all of a box is beyond this side of the window.
    fn beyond(self, window: Extent, extent: Extent) -> bool {
        match self {
            Side::West => extent.east < window.west,
            Side::East => extent.west > window.east,
            Side::South => extent.north < window.south,
            Side::North => extent.south > window.north,
        }
    }

    /// How far a point is within this side, negative beyond it.
    fn within(self, window: Extent, point: Coord<f64>) -> f64 {
        match self {
            Side::West => point.x - window.west,
            Side::East => window.east - point.x,
            Side::South => point.y - window.south,
            Side::North => window.north - point.y,
        }
    }
}

/// A ring of a boundary, clipped to a window.
fn clipped(line: &Line, window: Extent) -> Vec<Coord<f64>> {
    let mut ring = thinned(line, window);
    let mut other = Vec::with_capacity(ring.len() + 4);
    for side in SIDES {
        clip(&ring, side, window, &mut other);
        std::mem::swap(&mut ring, &mut other);
    }
    ring
}

/// The ring without what is far away on one side of the window.
fn thinned(line: &Line, window: Extent) -> Vec<Coord<f64>> {
    let mut kept: Vec<Coord<f64>> = Vec::new();
    let mut away: Option<Side> = None;
    for run in &line.runs {
        let points = &line.points[run.first..run.end];
        let Some(side) = SIDES.into_iter().find(|side| side.beyond(window, run.extent)) else {
            kept.extend_from_slice(points);
            away = None;
            continue;
        };
        let (first, last) = (points[0], points[points.len() - 1]);
        if away.is_some_and(|before| before.beyond(window, run.extent)) {
            // Still beyond the side of the run before: its last point moves on.
            if let Some(end) = kept.last_mut() {
                *end = last;
            }
        } else {
            kept.push(first);
            kept.push(last);
            away = Some(side);
        }
    }
    kept
}

/// Keeps what is within one side.
fn clip(ring: &[Coord<f64>], side: Side, window: Extent, out: &mut Vec<Coord<f64>>) {
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
