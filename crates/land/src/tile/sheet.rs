//! Shapes prepared for drawing.

use geo::{Coord, InteriorPoint as _, LineString, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::check::distance_to_segment;
use crate::feature::{Extent, Shape};

/// A point as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// East and south in the world, both from 0 to 1 (Web Mercator).
    pub world: Coord<f64>,
    /// How far a line would move without it, in the same measure.
    pub matters: f32,
}

/// A ring as it is drawn.
#[derive(Debug)]
pub struct Outline {
    /// Whether it is a hole.
    pub hole: bool,
    /// What it encloses, as a part of the world.
    pub area: f64,
    /// Its points, the first not repeated.
    pub points: Vec<Point>,
}

/// A shape as it is drawn: every outer ring is followed by its holes.
#[derive(Debug)]
pub struct Drawn {
    /// The number it is known by.
    pub id: u64,
    /// Its rings.
    pub outlines: Vec<Outline>,
}

impl Outline {
    /// The middle of its corners.
    pub fn middle(&self) -> Coord<f64> {
        let none = (Coord { x: 0.0, y: 0.0 }, 0.0);
        let (sum, count) = self.points.iter().fold(none, |(sum, n), point| (sum + point.world, n + 1.0));
        sum / count
    }

    fn line(&self) -> LineString<f64> {
        self.points.iter().map(|point| point.world).collect()
    }
}

impl Drawn {
    /// A place well inside its largest polygon, for its name.
    pub fn place(&self) -> Option<Coord<f64>> {
        let outer = self.outlines.iter().enumerate().filter(|(_, outline)| !outline.hole);
        let (at, largest) = outer.max_by(|a, b| a.1.area.total_cmp(&b.1.area))?;
        let holes = self.outlines[at + 1..].iter().take_while(|outline| outline.hole);
        let polygon = Polygon::new(largest.line(), holes.map(Outline::line).collect());
        polygon.interior_point().map(|point| point.0)
    }
}

/// Shapes prepared for drawing at any zoom.
#[derive(Debug, Default)]
pub struct Sheet {
    shapes: Vec<Drawn>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Sheet {
    /// Prepares shapes in longitude and latitude with the numbers they are known by. What is no shape is never drawn.
    pub fn new<'a>(shapes: impl IntoIterator<Item = (u64, &'a Shape)>) -> Sheet {
        let shapes: Vec<Drawn> =
            shapes.into_iter().map(|(id, shape)| Drawn { id, outlines: outlines(shape) }).collect();
        let boxes = shapes.iter().enumerate().filter_map(|(position, drawn)| {
            let points = drawn.outlines.iter().flat_map(|outline| &outline.points);
            let around = points.map(|point| {
                let Coord { x, y } = point.world;
                Extent { west: x, south: y, east: x, north: y }
            });
            let extent = around.reduce(Extent::with)?;
            let corners = Rectangle::from_corners([extent.west, extent.south], [extent.east, extent.north]);
            Some(GeomWithData::new(corners, position))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        Sheet { shapes, boxes }
    }

    /// How many shapes there are.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The positions of shapes whose boxes meet this part of the world, in order.
    pub(super) fn within(&self, window: Extent) -> Vec<usize> {
        let around = AABB::from_corners([window.west, window.south], [window.east, window.north]);
        let found = self.boxes.locate_in_envelope_intersecting(&around);
        let mut found: Vec<usize> = found.map(|each| each.data).collect();
        found.sort_unstable();
        found
    }

    /// The shape at a position.
    pub(super) fn drawn(&self, position: usize) -> &Drawn {
        &self.shapes[position]
    }
}

/// The rings of a shape. A polygon whose outer ring cannot be drawn has none.
fn outlines(shape: &Shape) -> Vec<Outline> {
    let polygon = |polygon: &Polygon<f64>| -> Vec<Outline> {
        let Some(outer) = outline(polygon.exterior(), false) else { return Vec::new() };
        let holes = polygon.interiors().iter().filter_map(|ring| outline(ring, true));
        std::iter::once(outer).chain(holes).collect()
    };
    shape.0.iter().flat_map(polygon).collect()
}

fn outline(ring: &LineString<f64>, hole: bool) -> Option<Outline> {
    if !ring.0.iter().all(|place| place.x.abs() <= 180.0 && place.y.abs() <= 90.0) {
        return None;
    }
    let mut line: Vec<Coord<f64>> = ring.0.iter().map(|place| mercator(*place)).collect();
    if line.first() != line.last() {
        line.extend(line.first().copied());
    }
    if line.len() < 4 {
        return None;
    }
    let matters = matters(&line);
    let first = line[0];
    let from = |at: Coord<f64>| (at.x - first.x, at.y - first.y);
    let twice = line.windows(2).map(|pair| {
        let ((ax, ay), (bx, by)) = (from(pair[0]), from(pair[1]));
        ax * by - bx * ay
    });
    let area = twice.sum::<f64>().abs() / 2.0;
    line.pop();
    let points = line.into_iter().zip(matters).map(|(world, matters)| Point { world, matters });
    Some(Outline { hole, area, points: points.collect() })
}

/// A place in the world, both from 0 to 1. CGCS2000 and the WGS 84 that maps assume differ by centimetres.
pub fn mercator(place: Coord<f64>) -> Coord<f64> {
    /// Where the square world ends.
    const END: f64 = 85.051_128_779_806_59;
    let sin = place.y.clamp(-END, END).to_radians().sin();
    Coord { x: place.x / 360.0 + 0.5, y: 0.5 - sin.atanh() / std::f64::consts::TAU }
}

/// For each point of a closed line how far the line would move without it (Douglas and Peucker 1973). The first point and
/// the one farthest from it always stay.
fn matters(line: &[Coord<f64>]) -> Vec<f32> {
    let last = line.len() - 1;
    let mut found = vec![0.0; line.len()];
    let from_first = |at: &usize| (line[*at].x - line[0].x).hypot(line[*at].y - line[0].y);
    let far = (1..last).max_by(|a, b| from_first(a).total_cmp(&from_first(b))).unwrap_or(0);
    for stays in [0, far, last] {
        found[stays] = f32::INFINITY;
    }
    let mut open = vec![(0, far, f64::INFINITY), (far, last, f64::INFINITY)];
    while let Some((from, to, bound)) = open.pop() {
        let between = (from + 1..to).map(|at| (at, distance_to_segment(line[at], line[from], line[to])));
        let Some((at, distance)) = between.max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        // A point never matters more than the one that called for it: else it would stand without its frame.
        let distance = distance.min(bound);
        found[at] = narrow(distance);
        open.push((from, at, distance));
        open.push((at, to, distance));
    }
    found
}

#[expect(clippy::cast_possible_truncation, reason = "a part of the world to seven digits is plenty")]
fn narrow(distance: f64) -> f32 {
    distance as f32
}
