//! Boolean operations on shapes in metres.
//!
//! `geo` offers the same operations, but asks i_overlay for shapes valid to the letter of the OGC, by a way whose assertions fail
//! on tangled rings. What a person has not yet mended must not stop the program, so i_overlay is asked directly for its
//! plain answer: the same ground, in which a ring may touch itself in a point.
//!
//! Deliberately absent: tolerances (callers have theirs), coordinates in degrees. To add an operation: a function of [`run`].

use geo::{Coord, LineString, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::overlay::FloatOverlay;

use crate::feature::Shape;

type Paths = Vec<Vec<[f64; 2]>>;

/// The ground of both.
pub fn intersection(one: &[Polygon<f64>], other: &[Polygon<f64>]) -> Shape {
    run(&paths(one), &paths(other), OverlayRule::Intersect, FillRule::EvenOdd)
}

/// The ground of the first that is not the second's.
pub fn difference(one: &[Polygon<f64>], other: &[Polygon<f64>]) -> Shape {
    run(&paths(one), &paths(other), OverlayRule::Difference, FillRule::EvenOdd)
}

/// The ground of all together. Rings run the right way round: outer ones against the clock, holes with it.
pub fn union<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Shape {
    let all: Paths = shapes.into_iter().flat_map(|shape| paths(&shape.0)).collect();
    run(&all, &Paths::new(), OverlayRule::Subject, FillRule::NonZero)
}

fn run(subject: &Paths, clip: &Paths, rule: OverlayRule, fill: FillRule) -> Shape {
    let found = FloatOverlay::with_subj_and_clip(subject, clip).overlay(rule, fill);
    let ring = |path: Vec<[f64; 2]>| {
        let mut points: Vec<Coord<f64>> = path.into_iter().map(|[x, y]| Coord { x, y }).collect();
        points.extend(points.first().copied());
        LineString(points)
    };
    let polygon = |paths: Paths| {
        let mut rings = paths.into_iter().map(ring);
        rings.next().map(|outer| Polygon::new(outer, rings.collect()))
    };
    Shape::new(found.into_iter().filter_map(polygon).collect())
}

/// Rings as i_overlay takes them: closed without repeating the first point.
fn paths(polygons: &[Polygon<f64>]) -> Paths {
    let rings =
        polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let path = |ring: &LineString<f64>| {
        let closed = ring.0.len() > 1 && ring.0.first() == ring.0.last();
        let points = &ring.0[..ring.0.len() - usize::from(closed)];
        points.iter().map(|point| [point.x, point.y]).collect()
    };
    rings.map(path).collect()
}
