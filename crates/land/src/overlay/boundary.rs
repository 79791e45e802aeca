//! One boundary with an index of its edges: horizontal strips, each with the edges that pass through it.

use geo::{Coord, Polygon};

use crate::area::measurable;
use crate::feature::{Extent, Shape};

/// How a polygon stands to a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No common ground.
    Outside,
    /// All of it is common ground.
    Inside,
    /// Their edges meet; only cutting tells.
    Across,
}

/// Points of a ring in a row, with the box around them.
#[derive(Debug)]
pub struct Run {
    /// The position of the first point.
    pub first: usize,
    /// The position after the last point.
    pub end: usize,
    /// The box around the points.
    pub extent: Extent,
}

/// A closed ring, divided into runs.
#[derive(Debug)]
pub struct Line {
    /// The points, the first repeated at the end.
    pub points: Vec<Coord<f64>>,
    /// Its points in runs.
    pub runs: Vec<Run>,
}

/// Points in a run: few enough to step through, many enough to skip most of a long ring.
const RUN: usize = 16;
/// Strips for one boundary.
const STRIPS: usize = 8192;

/// A prepared boundary.
#[derive(Debug)]
pub struct Boundary {
    extent: Option<Extent>,
    /// Outer rings and holes alike: inside is where the number of crossings is odd.
    pub lines: Vec<Line>,
    edges: Vec<(Coord<f64>, Coord<f64>)>,
    /// Strips by height of one strip; strip `n` has the edges `of[begin[n]..begin[n + 1]]`.
    per_metre: f64,
    begin: Vec<usize>,
    of: Vec<u32>,
}

impl Boundary {
    /// Prepares a shape in metres.
    pub fn new(shape: &Shape) -> Boundary {
        let rings =
            shape.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let lines: Vec<Line> =
            rings.filter(|ring| ring.0.len() > 3).map(|ring| Line::new(ring.0.clone())).collect();
        let edges: Vec<_> =
            lines.iter().flat_map(|line| line.points.windows(2).map(|pair| (pair[0], pair[1]))).collect();
        let extent = if edges.is_empty() || !measurable(shape) { None } else { Extent::of([shape]) };
        let mut boundary =
            Boundary { extent, lines, edges, per_metre: 0.0, begin: vec![0, 0], of: Vec::new() };
        if let Some(extent) = extent {
            boundary.fill(extent);
        }
        boundary
    }

    /// The box around it; nothing when it has no ring.
    pub fn extent(&self) -> Option<Extent> {
        self.extent
    }

    /// Deals the edges to the strips they pass through.
    fn fill(&mut self, extent: Extent) {
        let strips = (self.edges.len() / 2).clamp(1, STRIPS);
        let height = extent.north - extent.south;
        self.per_metre = if height > 0.0 { small_float(strips) / height } else { 0.0 };
        self.begin = vec![0; strips + 1];
        let spans: Vec<(usize, usize)> =
            self.edges.iter().map(|(a, b)| self.strips(a.y.min(b.y), a.y.max(b.y))).collect();
        for &(low, high) in &spans {
            (low..=high).for_each(|strip| self.begin[strip + 1] += 1);
        }
        for strip in 0..strips {
            self.begin[strip + 1] += self.begin[strip];
        }
        let mut next = self.begin.clone();
        self.of = vec![0; self.begin[strips]];
        for (edge, &(low, high)) in (0..).zip(&spans) {
            for place in &mut next[low..=high] {
                self.of[*place] = edge;
                *place += 1;
            }
        }
    }

    /// The strips of a range of heights.
    fn strips(&self, low: f64, high: f64) -> (usize, usize) {
        let south = self.extent.map_or(0.0, |extent| extent.south);
        let last = self.begin.len() - 2;
        let strip = |y: f64| whole((y - south) * self.per_metre).min(last);
        (strip(low), strip(high))
    }

    fn edges_of(&self, strip: usize) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> {
        self.of[self.begin[strip]..self.begin[strip + 1]].iter().map(|&edge| self.edges[edge as usize])
    }

    /// Whether a point that is on no edge lies inside.
    fn holds(&self, point: Coord<f64>) -> bool {
        if !self.extent.is_some_and(|extent| extent.holds(point)) {
            return false;
        }
        let (strip, _) = self.strips(point.y, point.y);
        let crossed = self.edges_of(strip).filter(|(a, b)| {
            (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        });
        crossed.count() % 2 == 1
    }

    /// How a polygon with this box stands to the boundary. `near` is room to work in.
    pub fn standing(
        &self,
        polygon: &Polygon<f64>,
        extent: Extent,
        near: &mut Vec<(Coord<f64>, Coord<f64>)>,
    ) -> Standing {
        if !self.extent.is_some_and(|own| own.meets(extent)) {
            return Standing::Outside;
        }
        near.clear();
        let (low, high) = self.strips(extent.south, extent.north);
        for strip in low..=high {
            near.extend(self.edges_of(strip).filter(|&(a, b)| passes(extent, a, b)));
        }
        if !near.is_empty() && (meets(polygon, near) || near.iter().any(|&(a, _)| encloses(polygon, a))) {
            return Standing::Across;
        }
        match polygon.exterior().0.first() {
            Some(&corner) if self.holds(corner) => Standing::Inside,
            _ => Standing::Outside,
        }
    }
}

impl Line {
    fn new(mut points: Vec<Coord<f64>>) -> Line {
        if points.first() != points.last() {
            points.extend(points.first().copied());
        }
        let runs = (0..points.len()).step_by(RUN).filter_map(|first| {
            let end = (first + RUN).min(points.len());
            let boxes =
                points[first..end].iter().map(|p| Extent { west: p.x, south: p.y, east: p.x, north: p.y });
            boxes.reduce(Extent::with).map(|extent| Run { first, end, extent })
        });
        Line { runs: runs.collect(), points }
    }
}

/// Whether an edge passes through a box or touches it: their boxes meet, and not all corners are on one side.
fn passes(extent: Extent, a: Coord<f64>, b: Coord<f64>) -> bool {
    if a.x.min(b.x) > extent.east
        || a.x.max(b.x) < extent.west
        || a.y.min(b.y) > extent.north
        || a.y.max(b.y) < extent.south
    {
        return false;
    }
    let side = |x: f64, y: f64| (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
    let corners = [
        side(extent.west, extent.south),
        side(extent.east, extent.south),
        side(extent.east, extent.north),
        side(extent.west, extent.north),
    ];
    !(corners.iter().all(|s| *s > 0.0) || corners.iter().all(|s| *s < 0.0))
}

/// Whether an edge of the polygon meets one of these.
fn meets(polygon: &Polygon<f64>, near: &[(Coord<f64>, Coord<f64>)]) -> bool {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let mut edges = rings.flat_map(|ring| ring.0.windows(2));
    edges.any(|edge| near.iter().any(|&(a, b)| touch(edge[0], edge[1], a, b)))
}

/// Whether two edges have a point in common, or might by the digits of their coordinates.
fn touch(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>, d: Coord<f64>) -> bool {
    if a.x.min(b.x) > c.x.max(d.x)
        || c.x.min(d.x) > a.x.max(b.x)
        || a.y.min(b.y) > c.y.max(d.y)
        || c.y.min(d.y) > a.y.max(b.y)
    {
        return false;
    }
    apart(a, b, c, d) && apart(c, d, a, b)
}

/// Whether `c` and `d` are not clearly on one side of the line through `a` and `b`.
fn apart(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>, d: Coord<f64>) -> bool {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let (one, other) = (x * (c.y - a.y) - y * (c.x - a.x), x * (d.y - a.y) - y * (d.x - a.x));
    // Farther from the line than a micrometre is clearly on one side.
    let clear = 1e-6 * (x.abs() + y.abs());
    !(one > clear && other > clear || one < -clear && other < -clear)
}

/// Whether a point lies in a polygon, holes counted out.
fn encloses(polygon: &Polygon<f64>, point: Coord<f64>) -> bool {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let crossed = rings.flat_map(|ring| ring.0.windows(2)).filter(|edge| {
        let (a, b) = (edge[0], edge[1]);
        (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
    });
    crossed.count() % 2 == 1
}

/// A count that is small enough to be exact.
#[expect(clippy::cast_precision_loss, reason = "at most STRIPS")]
fn small_float(count: usize) -> f64 {
    count as f64
}

/// The whole number below; zero for what is negative or no number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what is wanted"
)]
fn whole(number: f64) -> usize {
    number as usize
}
