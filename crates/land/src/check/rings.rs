//! Rings as cycles of points, and where their edges meet.
//!
//! Points carry their degrees, which are what is kept, and their metres in a [`Plane`], which are what is measured.
//! Edges meet within a tolerance: an end within it of another edge touches; edges that cross farther from all four ends
//! cross. Pairs are found by a sweep along x over the edges' boxes.

use geo::Coord;

use super::Spot;
use crate::area::Plane;

/// A point of a ring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// Longitude and latitude, as given.
    pub degrees: Coord<f64>,
    /// The same in metres.
    pub metres: Coord<f64>,
    /// The number of the point in its ring, from 1.
    pub number: u32,
}

/// A ring: a cycle of points, the first not repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    /// Which polygon of the shape it belongs to.
    pub polygon: usize,
    /// Its number in the shape, from 1.
    pub number: u32,
    /// Whether it is a hole.
    pub hole: bool,
    /// Its points.
    pub points: Vec<Vertex>,
}

impl Ring {
    /// Reads a cycle of points in degrees.
    pub fn new(polygon: usize, number: u32, hole: bool, degrees: &[Coord<f64>], plane: &Plane) -> Ring {
        let points = (1..).zip(degrees).map(|(number, &degrees)| Vertex {
            degrees,
            metres: plane.to_metres(degrees),
            number,
        });
        Ring { polygon, number, hole, points: points.collect() }
    }

    /// The place of the point at this position, taken round the cycle.
    pub fn spot(&self, position: usize) -> Spot {
        let vertex = self.at(position);
        Spot { ring: self.number, point: vertex.number, at: vertex.degrees }
    }

    /// The point at this position, taken round the cycle.
    pub fn at(&self, position: usize) -> Vertex {
        self.points[position % self.points.len()]
    }

    /// The area in ㎡, positive when the ring runs counter-clockwise.
    pub fn signed_area(&self) -> f64 {
        signed_area(&self.points)
    }

    /// Where a point in metres lies; `None` when it is within the tolerance of the ring itself.
    pub fn encloses(&self, point: Coord<f64>, tolerance: f64) -> Option<bool> {
        let mut inside = false;
        for position in 0..self.points.len() {
            let (a, b) = (self.points[position].metres, self.at(position + 1).metres);
            if distance_to_segment(point, a, b) <= tolerance {
                return None;
            }
            if (a.y > point.y) != (b.y > point.y)
                && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
            {
                inside = !inside;
            }
        }
        Some(inside)
    }

    /// Whether this ring lies in another that it does not cross.
    pub fn lies_in(&self, other: &Ring, tolerance: f64) -> bool {
        let corners = self.points.iter().map(|p| p.metres);
        let halves = (0..self.points.len()).map(|p| middle(self.points[p].metres, self.at(p + 1).metres));
        // A ring that touches the other everywhere is told by what it encloses: the middles of its ears.
        let ears = (0..self.points.len()).filter_map(|p| {
            let (a, c) = (self.points[p].metres, self.at(p + 2).metres);
            let third = Coord {
                x: (a.x + self.at(p + 1).metres.x + c.x) / 3.0,
                y: (a.y + self.at(p + 1).metres.y + c.y) / 3.0,
            };
            (self.encloses(third, tolerance) == Some(true)).then_some(third)
        });
        corners.chain(halves).chain(ears).find_map(|point| other.encloses(point, tolerance)).unwrap_or(false)
    }
}

/// The area of a cycle in ㎡, positive when it runs counter-clockwise. Taken from its first point, so that nothing cancels.
pub fn signed_area(points: &[Vertex]) -> f64 {
    let Some(first) = points.first().map(|p| p.metres) else { return 0.0 };
    let twice = points.windows(2).map(|pair| cross(first, pair[0].metres, pair[1].metres));
    twice.sum::<f64>() / 2.0
}

/// The length of a cycle in metres.
pub fn perimeter(points: &[Vertex]) -> f64 {
    (0..points.len()).map(|p| distance(points[p].metres, points[(p + 1) % points.len()].metres)).sum()
}

/// Twice the area of the triangle, positive when it turns left.
fn cross(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn middle(a: Coord<f64>, b: Coord<f64>) -> Coord<f64> {
    Coord { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) }
}

/// The distance of two points.
pub fn distance(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The distance of a point to an edge.
pub fn distance_to_segment(point: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let square = x * x + y * y;
    if square == 0.0 {
        return distance(point, a);
    }
    let along = (((point.x - a.x) * x + (point.y - a.y) * y) / square).clamp(0.0, 1.0);
    distance(point, Coord { x: a.x + along * x, y: a.y + along * y })
}

/// An edge: the position of its ring in the slice and the position of its first point in the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The ring.
    pub ring: usize,
    /// The first point.
    pub first: usize,
}

/// How two edges meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contact {
    /// They cross, in degrees here.
    Cross {
        /// One edge.
        one: Edge,
        /// The other.
        other: Edge,
        /// Where, in metres.
        at: Coord<f64>,
    },
    /// The first point of `corner` lies on `edge`.
    Touch {
        /// The edge whose first point touches.
        corner: Edge,
        /// The edge it touches.
        edge: Edge,
    },
    /// Both run along the same line for a while.
    Along {
        /// One edge.
        one: Edge,
        /// The other.
        other: Edge,
        /// Where that begins, in metres.
        at: Coord<f64>,
    },
}

impl Contact {
    /// The two edges.
    pub fn edges(&self) -> (Edge, Edge) {
        match *self {
            Contact::Cross { one, other, .. } | Contact::Along { one, other, .. } => (one, other),
            Contact::Touch { corner, edge } => (corner, edge),
        }
    }
}

/// All contacts of some rings.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// In the order of their edges.
    pub all: Vec<Contact>,
    /// Whether there were more than are told: a ring that runs over itself hundreds of times.
    pub more: bool,
}

/// No shape is told about more contacts than this; who sees so many needs another file.
const MOST: usize = 100_000;

/// Where edges of these rings meet, other than neighbours at their common point.
pub fn contacts(rings: &[Ring], tolerance: f64) -> Contacts {
    let mut edges: Vec<(f64, f64, Edge)> = Vec::new();
    for (ring, each) in rings.iter().enumerate() {
        for first in 0..each.points.len() {
            let (a, b) = (each.points[first].metres.x, each.at(first + 1).metres.x);
            edges.push((a.min(b) - tolerance, a.max(b) + tolerance, Edge { ring, first }));
        }
    }
    edges.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut found = Vec::new();
    let mut open: Vec<(f64, Edge)> = Vec::new();
    for (from, to, edge) in edges {
        open.retain(|(end, _)| *end >= from);
        for (_, other) in &open {
            meet(rings, edge.min(*other), edge.max(*other), tolerance, &mut found);
        }
        if found.len() > MOST {
            break;
        }
        open.push((to, edge));
    }
    let more = found.len() > MOST;
    found.sort_by_key(Contact::edges);
    found.dedup();
    Contacts { all: found, more }
}

/// Adds how two edges meet.
fn meet(rings: &[Ring], one: Edge, other: Edge, tolerance: f64, found: &mut Vec<Contact>) {
    let ends = |edge: Edge| {
        let ring = &rings[edge.ring];
        (ring.points[edge.first].metres, ring.at(edge.first + 1).metres)
    };
    let ((a, b), (c, d)) = (ends(one), ends(other));
    if a.y.max(b.y) + tolerance < c.y.min(d.y) || c.y.max(d.y) + tolerance < a.y.min(b.y) {
        return;
    }
    let points = rings[one.ring].points.len();
    let follows = |e: Edge, f: Edge| e.ring == f.ring && (e.first + 1) % points == f.first;
    if follows(one, other) || follows(other, one) {
        return;
    }
    let next = |edge: Edge| Edge { first: (edge.first + 1) % rings[edge.ring].points.len(), ..edge };
    let near = |p, q, r| distance_to_segment(p, q, r) <= tolerance;
    let touching = [
        (near(a, c, d), one, other),
        (near(b, c, d), next(one), other),
        (near(c, a, b), other, one),
        (near(d, a, b), next(other), one),
    ];
    let on = || touching.iter().zip([a, b, c, d]).filter(|((on, ..), _)| *on);
    if let Some((_, begin)) = on().next() {
        if on().any(|(_, point)| distance(begin, point) > 2.0 * tolerance) {
            found.push(Contact::Along { one, other, at: begin });
        }
        found.extend(on().map(|(&(_, corner, edge), _)| Contact::Touch { corner, edge }));
        return;
    }
    let (from, to) = (cross(c, d, a), cross(c, d, b));
    if (from > 0.0) == (to > 0.0) || (cross(a, b, c) > 0.0) == (cross(a, b, d) > 0.0) {
        return;
    }
    let along = from / (from - to);
    let at = Coord { x: a.x + along * (b.x - a.x), y: a.y + along * (b.y - a.y) };
    found.push(Contact::Cross { one, other, at });
}
