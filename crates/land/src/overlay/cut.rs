//! Cutting a polygon with the piece of a boundary around it.
//!
//! A run of a boundary's points that lies on one side of the polygon's box is replaced by its first and last point: the
//! boundary changes only where the polygon is not. What is left is clipped to the box, with a margin, so that the sides of the box never fall on edges of the polygon.

use geo::{Coord, LineString, Polygon};

use super::boundary::{Boundary, Line};
use crate::clip::{SIDES, Side, clip};
use crate::feature::{Extent, Shape};
use crate::ops;

/// The common ground of a polygon and a boundary.
pub fn cut(polygon: &Polygon<f64>, extent: Extent, boundary: &Boundary) -> Shape {
    let margin = ((extent.east - extent.west) + (extent.north - extent.south)) * 0.05 + 0.01;
    let window = extent.wider(margin);
    let rings = boundary.lines.iter().map(|line| clipped(line, window)).filter(|ring| ring.len() > 2);
    let near: Vec<Polygon<f64>> = rings.map(|ring| Polygon::new(LineString(ring), Vec::new())).collect();
    if near.is_empty() {
        return Shape::new(Vec::new());
    }
    ops::intersection(std::slice::from_ref(polygon), &near)
}

/// A ring of a boundary, clipped to a window.
fn clipped(line: &Line, window: Extent) -> Vec<Coord<f64>> {
    let mut ring = thinned(line, window);
    clip(&mut ring, window, &mut Vec::new());
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
