//! Which part of which polygon lies in which boundary: parcels over parks, streets, blocks, planning zones.
//!
//! [`Boundaries`] are prepared once: an R-tree over their boxes, and for each an index of its edges by strips. A polygon
//! whose box meets no edge of a boundary lies wholly in it or wholly out of it, which one crossing count tells; so does
//! one whose edges meet none. Only what is left is cut (i_overlay), and not against the whole
//! boundary but against the piece of it around the polygon.
//!
//! All of it happens in one equal-area plane in metres ([`Plane`]), so pieces add up to the polygon they were cut from.
//!
//! Deliberately absent: what a boundary means, and cutting values by area – a value belongs to a whole parcel unless
//! a person decides otherwise (`crate::check::straddle`).

mod boundary;
mod cut;

use std::num::NonZeroUsize;

use geo::{Area, BoundingRect, Coord, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::area::{Plane, measurable};
use crate::feature::{Extent, Shape};

use boundary::{Boundary, Standing};

/// Pieces smaller than this many ㎡ are what is left of rounding where a polygon and a boundary share a line.
pub const LEAST: f64 = 1e-4;

/// What a polygon and a boundary have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The polygon, by its position.
    pub polygon: usize,
    /// The boundary, by its position.
    pub boundary: usize,
    /// The common area in ㎡.
    pub square_metres: f64,
    /// Its part of the polygon's area.
    pub share: f64,
    /// The common ground in the coordinates of the polygon; nothing when that is all of the polygon.
    pub cut: Option<Shape>,
}

/// Boundaries, prepared to be laid over many polygons.
#[derive(Debug)]
pub struct Boundaries {
    /// Nothing when everything is in metres already.
    plane: Option<Plane>,
    all: Vec<Boundary>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Boundaries {
    /// Boundaries in longitude and latitude. Polygons may lie anywhere; the plane touches in the middle of the boundaries.
    pub fn new(shapes: &[Shape]) -> Boundaries {
        let Some(plane) = Plane::over(shapes) else { return Boundaries::in_metres(&[]) };
        let laid: Vec<Shape> = shapes.iter().map(|shape| plane.lay(shape)).collect();
        Boundaries { plane: Some(plane), ..Boundaries::in_metres(&laid) }
    }

    /// Boundaries in a plane in metres; polygons must be in the same.
    pub fn in_metres(shapes: &[Shape]) -> Boundaries {
        let all: Vec<Boundary> = shapes.iter().map(Boundary::new).collect();
        let boxes = all.iter().enumerate().filter_map(|(position, boundary)| {
            let extent = boundary.extent()?;
            let around = Rectangle::from_corners([extent.west, extent.south], [extent.east, extent.north]);
            Some(GeomWithData::new(around, position))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        Boundaries { plane: None, all, boxes }
    }

    /// The pieces of all polygons in all boundaries, by polygon and then by boundary, computed on so many threads. The
    /// answer does not depend on their number.
    pub fn pieces(&self, polygons: &[Shape], threads: NonZeroUsize) -> Vec<Piece> {
        let each = polygons.len().div_ceil(threads.get()).max(1);
        if polygons.len() <= each {
            return self.run(polygons, 0);
        }
        std::thread::scope(|scope| {
            let parts = polygons.chunks(each).enumerate();
            let running: Vec<_> =
                parts.map(|(number, part)| scope.spawn(move || self.run(part, number * each))).collect();
            let done = running.into_iter().map(|thread| match thread.join() {
                Ok(pieces) => pieces,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            done.flatten().collect()
        })
    }

    /// The pieces of one polygon.
    pub fn pieces_of(&self, polygon: &Shape) -> Vec<Piece> {
        self.run(std::slice::from_ref(polygon), 0)
    }

    fn run(&self, polygons: &[Shape], offset: usize) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(polygons.len());
        let mut near = Vec::new();
        for (position, polygon) in polygons.iter().enumerate() {
            let begin = pieces.len();
            match &self.plane {
                Some(plane) => self.add(&plane.lay(polygon), offset + position, &mut near, &mut pieces),
                None => self.add(polygon, offset + position, &mut near, &mut pieces),
            }
            if let Some(plane) = &self.plane {
                for piece in &mut pieces[begin..] {
                    piece.cut = piece.cut.take().map(|cut| plane.lift(&cut));
                }
            }
        }
        pieces
    }

    /// Adds the pieces of one polygon in metres.
    fn add(
        &self,
        polygon: &Shape,
        position: usize,
        near: &mut Vec<(Coord<f64>, Coord<f64>)>,
        pieces: &mut Vec<Piece>,
    ) {
        let Some(extent) = polygon.bounding_rect().map(Extent::from) else { return };
        let area = polygon.unsigned_area();
        if area <= LEAST || !measurable(polygon) {
            return;
        }
        let begin = pieces.len();
        let around = AABB::from_corners([extent.west, extent.south], [extent.east, extent.north]);
        for candidate in self.boxes.locate_in_envelope_intersecting(&around) {
            let boundary = candidate.data;
            let (common, cut) = common(polygon, &self.all[boundary], near);
            if common <= LEAST {
                continue;
            }
            let whole = cut.is_none() || area - common <= LEAST;
            pieces.push(Piece {
                polygon: position,
                boundary,
                square_metres: if whole { area } else { common },
                share: if whole { 1.0 } else { common / area },
                cut: if whole { None } else { cut },
            });
        }
        pieces[begin..].sort_unstable_by_key(|piece| piece.boundary);
    }
}

/// The common area of a shape and a boundary, and the common ground unless that is all of the shape.
fn common(
    shape: &Shape,
    boundary: &Boundary,
    near: &mut Vec<(Coord<f64>, Coord<f64>)>,
) -> (f64, Option<Shape>) {
    if let [polygon] = shape.0.as_slice() {
        return match part(polygon, boundary, near) {
            Ground::None => (0.0, Some(Shape::new(Vec::new()))),
            Ground::All(area) => (area, None),
            Ground::Part(cut) => (cut.unsigned_area(), Some(cut)),
        };
    }
    let (mut area, mut all, mut ground) = (0.0, true, Vec::new());
    for polygon in &shape.0 {
        match part(polygon, boundary, near) {
            Ground::None => all = false,
            Ground::All(whole) => {
                area += whole;
                ground.push(polygon.clone());
            }
            Ground::Part(cut) => {
                all = false;
                area += cut.unsigned_area();
                ground.extend(cut.0);
            }
        }
    }
    (area, if all { None } else { Some(Shape::new(ground)) })
}

/// What one polygon has in common with a boundary.
enum Ground {
    None,
    All(f64),
    Part(Shape),
}

fn part(polygon: &Polygon<f64>, boundary: &Boundary, near: &mut Vec<(Coord<f64>, Coord<f64>)>) -> Ground {
    let Some(extent) = polygon.bounding_rect().map(Extent::from) else { return Ground::None };
    match boundary.standing(polygon, extent, near) {
        Standing::Outside => Ground::None,
        Standing::Inside => Ground::All(polygon.unsigned_area()),
        Standing::Across => Ground::Part(cut::cut(polygon, extent, boundary)),
    }
}

#[cfg(test)]
mod tests;
