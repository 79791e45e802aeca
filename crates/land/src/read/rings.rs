//! From points to closed rings, and from loose rings to polygons with holes.
//!
//! Deliberately absent: repair. A ring that crosses itself is a ring here; whether it bounds anything is judged by
//! the checks.

use geo::{Area, BoundingRect, Contains, Coord, CoordsIter, LineString, Point, Polygon};

use crate::{Extent, Shape, What};

/// A ring that ends where it begins, and whether it did so before. What is wrong, and at which point, if it has fewer
/// than three different points or a coordinate that is no number.
pub fn close(points: Vec<Coord<f64>>) -> Result<(LineString<f64>, bool), (Option<u32>, What)> {
    if let Some(at) = points.iter().position(|point| !point.x.is_finite() || !point.y.is_finite()) {
        let number = u32::try_from(at + 1).ok();
        return Err((number, What::NotANumber { text: String::new() }));
    }
    let closed = points.len() > 1 && points.first() == points.last();
    let mut different: Vec<Coord<f64>> = Vec::with_capacity(3);
    for point in &points {
        if !different.contains(point) {
            different.push(*point);
            if different.len() == 3 {
                break;
            }
        }
    }
    if different.len() < 3 {
        // At most two different points, so the number fits.
        return Err((None, What::TooFewPoints { count: if different.len() == 2 { 2 } else { 1 } }));
    }
    let mut ring = LineString::new(points);
    ring.close();
    Ok((ring, closed))
}

/// Polygons from rings: a ring that lies in an odd number of others is a hole of the smallest of them. With the
/// numbers of rings that run like holes but lie in no other; they are outer rings all the same.
///
/// The direction of rings decides nothing, because many programs write it wrongly; it only raises the doubt.
pub fn nest(rings: Vec<(u32, LineString<f64>)>) -> (Shape, Vec<u32>) {
    let mut rings: Vec<Ring> = rings.into_iter().filter_map(Ring::new).collect();
    if let [_] = rings.as_slice() {
        let only = rings.remove(0);
        return (Shape::new(vec![Polygon::new(only.line, Vec::new())]), Vec::new());
    }
    rings.sort_by(|a, b| b.area().total_cmp(&a.area()).then(a.number.cmp(&b.number)));
    // Larger rings come first, so the last one that holds a ring is the smallest that does.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(rings.len());
    let mut depths: Vec<usize> = Vec::with_capacity(rings.len());
    for (at, ring) in rings.iter().enumerate() {
        let parent = (0..at).rev().find(|&larger| rings[larger].holds(ring));
        depths.push(parent.map_or(0, |parent| depths[parent] + 1));
        parents.push(parent);
    }
    let clockwise_outer = rings.iter().zip(&depths).any(|(ring, depth)| depth % 2 == 0 && ring.signed < 0.0);
    let lost = rings.iter().zip(&depths).filter(|(ring, depth)| **depth == 0 && ring.signed > 0.0);
    let mut lost: Vec<u32> =
        if clockwise_outer { lost.map(|(ring, _)| ring.number).collect() } else { Vec::new() };
    lost.sort_unstable();

    let mut holes: Vec<Vec<LineString<f64>>> = rings.iter().map(|_| Vec::new()).collect();
    let mut outers: Vec<(u32, usize, LineString<f64>)> = Vec::new();
    for (at, ring) in rings.into_iter().enumerate() {
        match parents[at].filter(|_| depths[at] % 2 == 1) {
            Some(parent) => holes[parent].push(ring.line),
            None => outers.push((ring.number, at, ring.line)),
        }
    }
    outers.sort_by_key(|(number, ..)| *number);
    let polygons =
        outers.into_iter().map(|(_, at, outer)| Polygon::new(outer, std::mem::take(&mut holes[at])));
    (Shape::new(polygons.collect()), lost)
}

struct Ring {
    number: u32,
    line: LineString<f64>,
    polygon: Polygon<f64>,
    signed: f64,
    around: Extent,
}

impl Ring {
    fn new((number, line): (u32, LineString<f64>)) -> Option<Ring> {
        let around = Extent::from(line.bounding_rect()?);
        let polygon = Polygon::new(line.clone(), Vec::new());
        Some(Ring { number, signed: polygon.signed_area(), line, polygon, around })
    }

    fn area(&self) -> f64 {
        self.signed.abs()
    }

    /// Whether the other ring lies inside. Rings of one feature may touch, so a point of the edge decides nothing:
    /// the first point that is clearly inside or outside does; when all touch, the middle of an edge.
    fn holds(&self, other: &Ring) -> bool {
        let boxed = self.around.west <= other.around.west
            && self.around.south <= other.around.south
            && self.around.east >= other.around.east
            && self.around.north >= other.around.north;
        if !boxed {
            return false;
        }
        let corners = other.line.coords_iter().take(8);
        let middles = other.line.lines().take(8).map(|line| (line.start + line.end) / 2.0);
        for point in corners.chain(middles) {
            let point = Point::from(point);
            if self.polygon.contains(&point) {
                return true;
            }
            if !self.line.contains(&point) {
                return false;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
        vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].into()
    }

    fn reversed(line: LineString<f64>) -> LineString<f64> {
        LineString::new(line.0.into_iter().rev().collect())
    }

    #[test]
    fn a_ring_needs_three_points_that_are_numbers() {
        let at = |x, y| Coord { x, y };
        let (ring, closed) =
            close(vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0)]).expect("three points are a ring");
        assert_eq!((ring.0.len(), closed), (4, false));
        assert_eq!(
            close(vec![at(0.0, 0.0), at(1.0, 0.0), at(0.0, 0.0), at(1.0, 0.0)]),
            Err((None, What::TooFewPoints { count: 2 }))
        );
        let (place, _) = close(vec![at(0.0, 0.0), at(f64::NAN, 0.0)]).expect_err("no number");
        assert_eq!(place, Some(2));
    }

    #[test]
    fn a_ring_inside_is_a_hole_and_a_ring_inside_that_an_island() {
        // 10 × 10, in it a hole of 4 × 4, in that an island of 2 × 2, whatever way they run: 100 − 16 + 4 = 88.
        let rings = vec![(1, square(4.0, 4.0, 2.0)), (2, square(0.0, 0.0, 10.0)), (3, square(3.0, 3.0, 4.0))];
        let (shape, lost) = nest(rings);
        assert!((shape.unsigned_area() - 88.0).abs() < 1e-9, "{}", shape.unsigned_area());
        assert_eq!((shape.0.len(), shape.0[1].interiors().len(), lost.len()), (2, 1, 0));
    }

    #[test]
    fn a_hole_that_touches_its_outer_ring_is_a_hole() {
        // The corner of the hole lies on the outer ring's edge.
        let (shape, _) = nest(vec![(1, square(0.0, 0.0, 10.0)), (2, square(0.0, 4.0, 2.0))]);
        assert_eq!((shape.0.len(), shape.0[0].interiors().len()), (1, 1));
    }

    #[test]
    fn a_ring_beside_is_another_polygon_and_doubtful_if_it_runs_like_a_hole() {
        // In a Shapefile outer rings run clockwise.
        let (shape, lost) = nest(vec![(1, reversed(square(0.0, 0.0, 4.0))), (2, square(9.0, 9.0, 1.0))]);
        assert_eq!((shape.0.len(), lost), (2, vec![2]));
    }
}
