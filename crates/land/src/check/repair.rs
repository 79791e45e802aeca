//! One shape: mends beyond doubt, then the flaws that are left.
//!
//! A mend never moves a boundary by more than the tolerance for points: closing a ring, leaving out repeated points, tips
//! of spikes and holes without area, turning rings the right way round, and cutting a ring where it touches itself
//! without crossing. A ring that crosses itself is not mended: nobody but the surveyor knows which of the points is
//! wrong. Repairing a repaired shape changes nothing.

use geo::{LineString, Polygon};

use super::assemble;
use super::rings::{
    Contact, Contacts, Ring, Vertex, contacts, distance, distance_to_segment, perimeter, signed_area,
};
use super::{Flaw, Mend, Spot, Tolerances};
use crate::area::Plane;
use crate::feature::Shape;

/// A shape after [`repair`].
#[derive(Clone, Debug, PartialEq)]
pub struct Repaired {
    /// The mended shape. With flaws it is as near to a valid one as mends beyond doubt go.
    pub shape: Shape,
    /// What was mended; places are those of the shape that was passed.
    pub mends: Vec<Mend>,
    /// What is left; places are those of the shape that was passed.
    pub flaws: Vec<Flaw>,
}

impl Repaired {
    /// Whether the shape may be used as it is: nothing is left but its being thin.
    pub fn usable(&self) -> bool {
        self.flaws.iter().all(|flaw| matches!(flaw, Flaw::Thin { .. }))
    }
}

/// Cutting and cleaning settle after one or two rounds; a shape that does not is left as the last round made it.
const ROUNDS: usize = 8;

/// Mends a shape in longitude and latitude where that is beyond doubt and names what is left.
pub fn repair(shape: &Shape, tolerances: &Tolerances) -> Repaired {
    let unreadable = unreadable(shape);
    let (true, Some(plane)) = (unreadable.is_empty(), Plane::over([shape])) else {
        return Repaired { shape: shape.clone(), mends: Vec::new(), flaws: unreadable };
    };
    let mut mends = Vec::new();
    let mut rings = open(shape, &plane, &mut mends);
    let mut flaws = Vec::new();
    for _ in 0..ROUNDS {
        let known = mends.len();
        flaws.clear();
        clean(&mut rings, tolerances.point, &mut mends, &mut flaws);
        let found = contacts(&rings, tolerances.point);
        flaws.extend(crossings(&rings, &found, &plane));
        if flaws.is_empty() {
            match assemble::assemble(&rings, &found, tolerances.point) {
                Ok(parts) => {
                    mends.extend(parts.iter().flat_map(|part| &part.mends));
                    flaws.extend(assemble::overlapping(&parts, tolerances.point));
                    rings = assemble::number(parts);
                }
                Err(found) => flaws = found,
            }
        }
        if mends.len() == known || !flaws.is_empty() {
            break;
        }
    }
    if flaws.is_empty() {
        flaws.extend(thin(&rings, tolerances.sliver));
    }
    Repaired { shape: close(&rings), mends, flaws }
}

/// What keeps a shape from being measured at all.
fn unreadable(shape: &Shape) -> Vec<Flaw> {
    if shape.0.iter().all(|polygon| polygon.exterior().0.is_empty()) {
        return vec![Flaw::Empty];
    }
    let rings = shape.0.iter().flat_map(all_rings);
    let points = (1..)
        .zip(rings)
        .flat_map(|(ring, line)| (1..).zip(&line.0).map(move |(point, &at)| Spot { ring, point, at }));
    let stray = points.filter(|spot| !(spot.at.x.abs() <= 180.0 && spot.at.y.abs() <= 90.0));
    stray.take(20).map(|spot| Flaw::NotDegrees { spot }).collect()
}

fn all_rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// Rings as cycles: the closing point is left out.
fn open(shape: &Shape, plane: &Plane, mends: &mut Vec<Mend>) -> Vec<Ring> {
    let mut rings = Vec::new();
    for (polygon, each) in shape.0.iter().enumerate() {
        for (position, line) in all_rings(each).enumerate() {
            let number = u32::try_from(rings.len() + 1).unwrap_or(u32::MAX);
            let closed = line.0.len() > 1 && line.0.first() == line.0.last();
            let points = if closed { &line.0[..line.0.len() - 1] } else { &line.0[..] };
            let ring = Ring::new(polygon, number, position > 0, points, plane);
            if !closed && points.len() > 2 {
                mends.push(Mend::Closed { spot: ring.spot(points.len() - 1) });
            }
            rings.push(ring);
        }
    }
    rings
}

/// Rings back to polygons, closed. An outer ring begins a polygon, holes follow theirs.
fn close(rings: &[Ring]) -> Shape {
    let mut polygons: Vec<Polygon<f64>> = Vec::new();
    for ring in rings {
        let mut points: Vec<_> = ring.points.iter().map(|vertex| vertex.degrees).collect();
        points.extend(points.first().copied());
        match polygons.last_mut() {
            Some(polygon) if ring.hole => polygon.interiors_push(LineString(points)),
            _ => polygons.push(Polygon::new(LineString(points), Vec::new())),
        }
    }
    Shape::new(polygons)
}

/// Cleans every ring, drops holes without area, turns rings the right way round.
fn clean(rings: &mut Vec<Ring>, tolerance: f64, mends: &mut Vec<Mend>, flaws: &mut Vec<Flaw>) {
    rings.retain_mut(|ring| {
        let first = match ring.points.first() {
            Some(_) => ring.spot(0),
            None if ring.hole => return false,
            None => Spot { ring: ring.number, point: 1, at: geo::Coord::zero() },
        };
        let mut cleaned = ring.clone();
        let mut found = Vec::new();
        tidy(&mut cleaned, tolerance, &mut found);
        if cleaned.points.len() < 3 {
            if ring.hole {
                mends.push(Mend::EmptyHole { spot: first });
                return false;
            }
            flaws.push(Flaw::NoArea { spot: first });
            return true;
        }
        mends.append(&mut found);
        *ring = cleaned;
        let area = ring.signed_area();
        if (area < 0.0) != ring.hole && area != 0.0 {
            ring.points.reverse();
            mends.push(Mend::Turned { spot: first });
        }
        true
    });
}

/// Leaves out repeated points and tips of spikes until there are none.
fn tidy(ring: &mut Ring, tolerance: f64, mends: &mut Vec<Mend>) {
    loop {
        let before = ring.points.len();
        let mut kept: Vec<Vertex> = Vec::with_capacity(before);
        for &vertex in &ring.points {
            kept.push(vertex);
            settle(&mut kept, ring.number, tolerance, mends);
        }
        // Round the seam: the first points come once more after the last ones.
        while kept.len() >= 2 {
            let length = kept.len();
            let (before, last, first) = (kept[length.saturating_sub(2)], kept[length - 1], kept[0]);
            if let Some(mend) = superfluous(before, last, first, ring.number, tolerance) {
                mends.push(mend);
                kept.pop();
            } else if let Some(mend) = superfluous(last, first, kept[1], ring.number, tolerance) {
                mends.push(mend);
                kept.remove(0);
            } else {
                break;
            }
        }
        ring.points = kept;
        if ring.points.len() == before || ring.points.len() < 3 {
            return;
        }
    }
}

/// Drops what the newest point makes superfluous.
fn settle(kept: &mut Vec<Vertex>, ring: u32, tolerance: f64, mends: &mut Vec<Mend>) {
    while let [.., before, newest] = kept[..] {
        if distance(before.metres, newest.metres) <= tolerance {
            mends.push(Mend::Duplicate { spot: spot(ring, newest) });
            kept.pop();
            return;
        }
        let [.., first, tip, _] = kept[..] else { return };
        let Some(mend) = superfluous(first, tip, newest, ring, tolerance) else { return };
        mends.push(mend);
        kept.remove(kept.len() - 2);
    }
}

fn spot(ring: u32, vertex: Vertex) -> Spot {
    Spot { ring, point: vertex.number, at: vertex.degrees }
}

/// Whether the middle of three points repeats the one after, or is the tip of a spike.
fn superfluous(before: Vertex, middle: Vertex, after: Vertex, ring: u32, tolerance: f64) -> Option<Mend> {
    let (a, b, c) = (before.metres, middle.metres, after.metres);
    if distance(b, c) <= tolerance {
        return Some(Mend::Duplicate { spot: spot(ring, middle) });
    }
    let back = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0.0;
    let narrow = distance_to_segment(c, a, b) <= tolerance || distance_to_segment(a, b, c) <= tolerance;
    (back && narrow).then_some(Mend::Spike { spot: spot(ring, middle) })
}

/// No more flaws of one shape are told than this.
const MOST: usize = 20;

/// Flaws from edges that cross, and from rings of a polygon with a common line.
fn crossings(rings: &[Ring], found: &Contacts, plane: &Plane) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = found
        .all
        .iter()
        .filter_map(|contact| {
            let (one, other) = contact.edges();
            let (ring, second) = (&rings[one.ring], &rings[other.ring]);
            let place = |at| Spot { at: plane.to_degrees(at), ..ring.spot(one.first) };
            let same = ring.polygon == second.polygon;
            match *contact {
                Contact::Cross { at, .. } if one.ring == other.ring => {
                    Some(Flaw::SelfCrossing { spot: place(at), other: second.spot(other.first).point })
                }
                Contact::Cross { at, .. } if same => {
                    Some(Flaw::RingsCross { spot: place(at), other: second.number })
                }
                Contact::Cross { at, .. } => {
                    Some(Flaw::PartsOverlap { spot: place(at), other: second.number })
                }
                Contact::Along { at, .. } if same && one.ring != other.ring => {
                    Some(Flaw::RingsShareEdge { spot: place(at), other: second.number })
                }
                Contact::Along { .. } | Contact::Touch { .. } => None,
            }
        })
        .take(MOST)
        .collect();
    if let (true, true, Some(contact)) = (flaws.is_empty(), found.more, found.all.first()) {
        let (one, other) = contact.edges();
        let other = rings[other.ring].spot(other.first).point;
        flaws.push(Flaw::SelfCrossing { spot: rings[one.ring].spot(one.first), other });
    }
    flaws
}

/// Polygons narrower than a boundary is drawn.
fn thin(rings: &[Ring], sliver: f64) -> Vec<Flaw> {
    let outer = rings.iter().filter(|ring| !ring.hole);
    let measured = outer.map(|ring| {
        let square_metres = signed_area(&ring.points).abs();
        (ring, 2.0 * square_metres / perimeter(&ring.points), square_metres)
    });
    let thin = measured.filter(|(_, width, _)| *width < sliver);
    thin.map(|(ring, width, square_metres)| Flaw::Thin { spot: ring.spot(0), width, square_metres }).collect()
}
