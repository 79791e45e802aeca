//! Shapes beside each other: ground claimed twice, and ground claimed by nobody.
//!
//! Parcels on, above and below the surface (宗地特征码 …B, …S, …X; GB/T 37346-2019) may lie over each other; within one of these
//! layers none may, beyond the tolerance. Pairs come from an R-tree over the boxes.

use std::collections::BTreeSet;

use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::{Area, Buffer, Coord, InteriorPoint, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::{Deserialize, Serialize};

use super::Tolerances;
use super::rings::distance_to_segment;
use crate::area::{Plane, measurable};
use crate::feature::{Extent, Shape};
use crate::ops;

/// Which layer of space a parcel lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The surface (地表). Only its parcels add to the area of a park.
    #[default]
    Surface,
    /// Above the surface (地上).
    Above,
    /// Below the surface (地下).
    Below,
}

impl Layer {
    /// From the second feature letter of a parcel code: `S` above, `X` below, every other letter the surface.
    pub fn of(letter: char) -> Layer {
        match letter.to_ascii_uppercase() {
            'S' => Layer::Above,
            'X' => Layer::Below,
            _ => Layer::Surface,
        }
    }

    /// Whether its parcels add to the area of a park: ground counts once, whatever is built under and over it.
    pub fn adds_area(self) -> bool {
        self == Layer::Surface
    }
}

/// A parcel as the checks see it.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Its layer of space.
    pub layer: Layer,
    /// Its boundary in longitude and latitude, repaired.
    pub shape: &'a Shape,
}

/// What it means that two parcels cover the same ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Both lie in one layer: one of the boundaries is wrong.
    Conflict,
    /// Both lie in one layer and are the same boundary: one parcel under two codes.
    Duplicate,
    /// They lie in different layers, which is legal.
    Stacked,
}

/// Ground that two parcels cover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overlap {
    /// One parcel, by its position.
    pub first: usize,
    /// The other, by its position; greater than the first.
    pub second: usize,
    /// What it means.
    pub relation: Relation,
    /// The common area.
    pub square_metres: f64,
    /// Its part of the smaller parcel.
    pub share: f64,
    /// The width of the common ground in metres, on average.
    pub width: f64,
    /// Whether it is so narrow that it comes from digitising.
    pub sliver: bool,
    /// A point in it.
    pub at: Coord<f64>,
    /// The common ground.
    pub shape: Shape,
}

/// Ground in a block that no parcel claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The block, by its position.
    pub block: usize,
    /// The parcels beside it, by their positions.
    pub beside: Vec<usize>,
    /// Its area.
    pub square_metres: f64,
    /// Its width in metres, on average.
    pub width: f64,
    /// Whether it is so narrow that it comes from digitising.
    pub sliver: bool,
    /// A point in it.
    pub at: Coord<f64>,
    /// The gap.
    pub shape: Shape,
}

/// Shapes in one plane, with their boxes.
struct Laid {
    plane: Plane,
    shapes: Vec<Shape>,
    areas: Vec<f64>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Laid {
    fn new<'a>(shapes: impl Iterator<Item = &'a Shape> + Clone) -> Option<Laid> {
        let plane = Plane::over(shapes.clone())?;
        let lay = |shape: &Shape| Some(plane.lay(shape)).filter(measurable).unwrap_or(Shape::new(Vec::new()));
        let shapes: Vec<Shape> = shapes.map(lay).collect();
        let areas = shapes.iter().map(Area::unsigned_area).collect();
        let boxes = shapes.iter().enumerate().filter_map(|(position, shape)| {
            let extent = extent_of(shape)?;
            let around = Rectangle::from_corners([extent.west, extent.south], [extent.east, extent.north]);
            Some(GeomWithData::new(around, position))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        Some(Laid { plane, shapes, areas, boxes })
    }

    /// The shapes whose boxes meet this one, in order.
    fn near(&self, extent: Extent) -> Vec<usize> {
        let around = AABB::from_corners([extent.west, extent.south], [extent.east, extent.north]);
        let found = self.boxes.locate_in_envelope_intersecting(&around);
        let mut found: Vec<usize> = found.map(|each| each.data).collect();
        found.sort_unstable();
        found
    }
}

/// The box of a shape that has points.
fn extent_of(shape: &Shape) -> Option<Extent> {
    Extent::of([shape])
}

/// All pairs of parcels that cover the same ground beyond max(`overlap_share` of the smaller, `overlap_square_metres`),
/// in order.
pub fn overlaps(parcels: &[Ground<'_>], tolerances: &Tolerances) -> Vec<Overlap> {
    let Some(laid) = Laid::new(parcels.iter().map(|parcel| parcel.shape)) else { return Vec::new() };
    let mut found = Vec::new();
    for (first, shape) in laid.shapes.iter().enumerate() {
        let Some(extent) = extent_of(shape) else { continue };
        for second in laid.near(extent).into_iter().filter(|second| *second > first) {
            let smaller = laid.areas[first].min(laid.areas[second]);
            let passes = (tolerances.overlap_share * smaller).max(tolerances.overlap_square_metres);
            let most = extent_of(&laid.shapes[second]).map_or(0.0, |other| common_box(extent, other));
            if most <= passes {
                continue;
            }
            let common = ops::intersection(&shape.0, &laid.shapes[second].0);
            let square_metres = common.unsigned_area();
            let Some(at) = common.interior_point() else { continue };
            if square_metres <= passes {
                continue;
            }
            let larger = laid.areas[first].max(laid.areas[second]);
            let same = square_metres >= tolerances.duplicate_share * larger;
            let width = width(&common, square_metres);
            found.push(Overlap {
                first,
                second,
                relation: match parcels[first].layer == parcels[second].layer {
                    false => Relation::Stacked,
                    true if same => Relation::Duplicate,
                    true => Relation::Conflict,
                },
                square_metres,
                share: square_metres / smaller,
                width,
                sliver: width < tolerances.sliver,
                at: laid.plane.to_degrees(at.0),
                shape: laid.plane.lift(&common),
            });
        }
    }
    found
}

/// The parcels that stay out of sums taken from the map: those whose boundaries contradict others'. Their certificates
/// count until somebody has put the boundaries right.
pub fn blocked(overlaps: &[Overlap]) -> BTreeSet<usize> {
    let wrong = overlaps.iter().filter(|overlap| overlap.relation != Relation::Stacked);
    wrong.flat_map(|overlap| [overlap.first, overlap.second]).collect()
}

/// Ground inside these blocks that no parcel on the surface claims, beyond `overlap_square_metres`, in order of blocks.
pub fn gaps(parcels: &[Ground<'_>], blocks: &[Shape], tolerances: &Tolerances) -> Vec<Gap> {
    let all = parcels.iter().map(|parcel| parcel.shape).chain(blocks);
    let Some(laid) = Laid::new(all) else { return Vec::new() };
    let mut found = Vec::new();
    for block in 0..blocks.len() {
        let ground = &laid.shapes[parcels.len() + block];
        let Some(extent) = extent_of(ground) else { continue };
        let surface =
            |position: &usize| parcels.get(*position).is_some_and(|parcel| parcel.layer.adds_area());
        let claiming: Vec<usize> = laid.near(extent).into_iter().filter(surface).collect();
        let claimed = ops::union(claiming.iter().map(|position| &laid.shapes[*position]));
        for gap in opened(&ops::difference(&ground.0, &claimed.0), tolerances.grid) {
            let square_metres = gap.unsigned_area();
            let gap: Shape = gap.into();
            let Some(at) = gap.interior_point() else { continue };
            if square_metres <= tolerances.overlap_square_metres {
                continue;
            }
            let width = width(&gap, square_metres);
            found.push(Gap {
                block,
                beside: beside(&gap, &claiming, &laid, tolerances.grid),
                square_metres,
                width,
                sliver: width < tolerances.sliver,
                at: laid.plane.to_degrees(at.0),
                shape: laid.plane.lift(&gap),
            });
        }
    }
    found
}

/// A shape without what is narrower than this: shrunk, grown again, and kept within itself.
fn opened(shape: &Shape, width: f64) -> Shape {
    let by = |distance| BufferStyle::new(distance).line_join(LineJoin::Bevel);
    let shrunk = shape.buffer_with_style(by(-width / 2.0));
    ops::intersection(&shrunk.buffer_with_style(by(width / 2.0)).0, &shape.0)
}

/// The area that two boxes have in common.
fn common_box(one: Extent, other: Extent) -> f64 {
    let wide = one.east.min(other.east) - one.west.max(other.west);
    let high = one.north.min(other.north) - one.south.max(other.south);
    wide.max(0.0) * high.max(0.0)
}

/// Twice the area by the length of the outline: the width, for anything long.
fn width(shape: &Shape, square_metres: f64) -> f64 {
    let outline: f64 = edges(shape).map(|(a, b)| (a.x - b.x).hypot(a.y - b.y)).sum();
    if outline > 0.0 { 2.0 * square_metres / outline } else { 0.0 }
}

/// Which of these shapes a gap borders on.
fn beside(gap: &Shape, claiming: &[usize], laid: &Laid, grid: f64) -> Vec<usize> {
    let corners = |shape: &Shape| -> Vec<Coord<f64>> { edges(shape).map(|(a, _)| a).collect() };
    let on = |points: &[Coord<f64>], shape: &Shape| {
        points.iter().any(|&point| edges(shape).any(|(a, b)| distance_to_segment(point, a, b) <= grid))
    };
    let own = corners(gap);
    let Some(extent) = extent_of(gap).map(|extent| extent.wider(grid)) else { return Vec::new() };
    let touching = claiming.iter().copied().filter(|&position| {
        let shape = &laid.shapes[position];
        let meets = extent_of(shape).is_some_and(|other| other.meets(extent));
        meets && (on(&own, shape) || on(&corners(shape), gap))
    });
    touching.collect()
}

fn edges(shape: &MultiPolygon<f64>) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> {
    let rings = |polygon: &'_ Polygon<f64>| -> Vec<(Coord<f64>, Coord<f64>)> {
        let all = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        all.flat_map(|ring| ring.0.windows(2).map(|pair| (pair[0], pair[1]))).collect()
    };
    shape.0.iter().flat_map(rings)
}
