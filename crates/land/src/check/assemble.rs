//! Rings that touch themselves cut into rings that do not, and rings put together to polygons.

use std::collections::HashMap;

use super::rings::{Contact, Contacts, Ring, Vertex, distance};
use super::{Flaw, Mend, Spot};

/// One polygon: an outer ring and its holes.
#[derive(Clone, Debug)]
pub struct Part {
    /// The outer ring.
    pub outer: Ring,
    /// Its holes.
    pub holes: Vec<Ring>,
    /// What was mended to get it.
    pub mends: Vec<Mend>,
}

/// Puts rings together, polygon by polygon, or says why that is in doubt.
pub fn assemble(rings: &[Ring], contacts: &Contacts, tolerance: f64) -> Result<Vec<Part>, Vec<Flaw>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut flaws = Vec::new();
    let last = rings.iter().map(|ring| ring.polygon).max().unwrap_or(0);
    for polygon in 0..=last {
        let (mut outer, mut holes, mut mends) = (Vec::new(), Vec::new(), Vec::new());
        for (position, ring) in rings.iter().enumerate().filter(|(_, ring)| ring.polygon == polygon) {
            let loops = cut(position, ring, contacts, tolerance, &mut mends);
            if loops.is_empty() && !ring.hole {
                flaws.push(Flaw::NoArea { spot: ring.spot(0) });
            }
            for each in sorted(ring, loops, tolerance, &mut flaws) {
                if each.hole { holes.push(each) } else { outer.push(each) }
            }
        }
        let begin = parts.len();
        parts.extend(outer.into_iter().map(|outer| Part { outer, holes: Vec::new(), mends: Vec::new() }));
        if let Some(part) = parts.get_mut(begin) {
            part.mends = mends;
        }
        for hole in holes {
            flaws.extend(give(&mut parts[begin..], hole, tolerance));
        }
    }
    if flaws.is_empty() { Ok(parts) } else { Err(flaws) }
}

/// Gives a hole to the smallest outer ring it lies in.
fn give(parts: &mut [Part], hole: Ring, tolerance: f64) -> Option<Flaw> {
    let around = parts.iter_mut().filter(|part| hole.lies_in(&part.outer, tolerance));
    let area = |part: &Part| part.outer.signed_area().abs();
    let Some(part) = around.min_by(|a, b| area(a).total_cmp(&area(b))) else {
        return Some(Flaw::HoleOutside { spot: hole.spot(0) });
    };
    let nested = |other: &&Ring| hole.lies_in(other, tolerance) || other.lies_in(&hole, tolerance);
    if let Some(other) = part.holes.iter().find(nested) {
        return Some(Flaw::HoleInHole { spot: hole.spot(0), other: other.number });
    }
    part.holes.push(hole);
    None
}

/// Tells the loops of one ring apart: those at even depth are what the ring is, those at odd depth the opposite. They
/// must also run that way round; else the ring crossed itself in one of its points.
fn sorted(ring: &Ring, loops: Vec<Ring>, tolerance: f64, flaws: &mut Vec<Flaw>) -> Vec<Ring> {
    if let [_] = loops.as_slice() {
        return loops;
    }
    let depth = |position: usize| {
        let others = loops.iter().enumerate().filter(|(other, _)| *other != position);
        others.filter(|(_, other)| loops[position].lies_in(other, tolerance)).count()
    };
    let holes: Vec<bool> = (0..loops.len()).map(|position| ring.hole != (depth(position) % 2 == 1)).collect();
    for (each, hole) in loops.iter().zip(&holes) {
        if (each.signed_area() < 0.0) != *hole {
            flaws.push(Flaw::SelfCrossing {
                spot: each.spot(0),
                other: each.spot(each.points.len() - 1).point,
            });
        }
    }
    loops.into_iter().zip(holes).map(|(each, hole)| Ring { hole, ..each }).collect()
}

/// Cuts a ring where it touches itself. Loops without area are left out.
fn cut(
    position: usize,
    ring: &Ring,
    contacts: &Contacts,
    tolerance: f64,
    mends: &mut Vec<Mend>,
) -> Vec<Ring> {
    let touches: Vec<(usize, usize)> = contacts
        .all
        .iter()
        .filter_map(|contact| match *contact {
            Contact::Touch { corner, edge } if corner.ring == position && edge.ring == position => {
                Some((corner.first, edge.first))
            }
            _ => None,
        })
        .collect();
    if touches.is_empty() {
        return vec![ring.clone()];
    }
    let mut walk = Vec::new();
    let mut seen: HashMap<usize, usize> = HashMap::new();
    let mut loops = Vec::new();
    for (vertex, place) in places(ring, &touches, tolerance) {
        if let Some(&from) = seen.get(&place) {
            let tour: Vec<(Vertex, usize)> = walk.split_off(from);
            tour.iter().for_each(|(_, place)| {
                seen.remove(place);
            });
            let spot = Spot { ring: ring.number, point: vertex.number, at: vertex.degrees };
            let whole = tour.len() > 2;
            mends.push(if whole { Mend::Cut { spot } } else { Mend::Spike { spot } });
            loops.push(tour);
        }
        seen.insert(place, walk.len());
        walk.push((vertex, place));
    }
    loops.push(walk);
    let points = loops.into_iter().map(|tour| tour.into_iter().map(|(vertex, _)| vertex).collect::<Vec<_>>());
    points.filter(|points| points.len() > 2).map(|points| Ring { points, ..ring.clone() }).collect()
}

/// The points of a ring, with those inserted where a corner touches an edge; points at one place have one number.
fn places(ring: &Ring, touches: &[(usize, usize)], tolerance: f64) -> Vec<(Vertex, usize)> {
    let length = ring.points.len();
    let mut place: Vec<usize> = (0..length).collect();
    let mut inserted: Vec<Vec<(f64, usize)>> = vec![Vec::new(); length];
    for &(corner, edge) in touches {
        let (point, begin) = (ring.points[corner].metres, ring.points[edge].metres);
        let next = (edge + 1) % length;
        if distance(point, begin) <= tolerance {
            join(&mut place, corner, edge);
        } else if distance(point, ring.points[next].metres) <= tolerance {
            join(&mut place, corner, next);
        } else {
            inserted[edge].push((distance(point, begin), corner));
        }
    }
    let mut all = Vec::with_capacity(length + touches.len());
    for (first, mut between) in inserted.into_iter().enumerate() {
        all.push((ring.points[first], root(&place, first)));
        between.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, corner) in between {
            let at = root(&place, corner);
            if all.last().is_none_or(|(_, last)| *last != at) {
                all.push((Vertex { number: ring.points[first].number, ..ring.points[corner] }, at));
            }
        }
    }
    all
}

fn root(place: &[usize], mut at: usize) -> usize {
    while place[at] != at {
        at = place[at];
    }
    at
}

fn join(place: &mut [usize], one: usize, other: usize) {
    let (a, b) = (root(place, one), root(place, other));
    place[a.max(b)] = a.min(b);
}

/// Polygons that lie in others and not in their holes. Crossings were found before.
pub fn overlapping(parts: &[Part], tolerance: f64) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        for (_, other) in parts.iter().enumerate().filter(|(other, _)| *other != position) {
            let in_hole = || other.holes.iter().any(|hole| part.outer.lies_in(hole, tolerance));
            if part.outer.lies_in(&other.outer, tolerance) && !in_hole() {
                flaws.push(Flaw::PartsOverlap { spot: part.outer.spot(0), other: other.outer.number });
            }
        }
    }
    flaws
}

/// The rings of all parts in order, each told which polygon it now belongs to.
pub fn number(parts: Vec<Part>) -> Vec<Ring> {
    let mut rings = Vec::new();
    for (polygon, part) in parts.into_iter().enumerate() {
        let all = std::iter::once(part.outer).chain(part.holes);
        rings.extend(all.map(|ring| Ring { polygon, ..ring }));
    }
    rings
}
