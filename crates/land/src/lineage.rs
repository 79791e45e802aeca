//! The areas of parcels that were split, merged or adjusted, as their boundaries tell them.
//!
//! A change of boundaries retires codes and makes new ones (GB/T 37346-2019); ground neither appears nor vanishes by it.
//! [`sums`] says whether the boundaries before and after cover the same ground.
//!
//! Deliberately absent: codes and dates of changes, the weighting of areas by days (a book's and a judge's business). To
//! add a measure: a field of [`Sums`].

use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::{Area, Buffer};
use serde::{Deserialize, Serialize};

use crate::area::{Plane, measurable};
use crate::check::Tolerances;
use crate::feature::Shape;
use crate::ops;

/// Ground before and after a change, in ㎡.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    /// The areas of all parcels before, added.
    pub before: f64,
    /// The areas of all parcels after, added.
    pub after: f64,
    /// Ground that belonged to a parcel before and to none after.
    pub lost: f64,
    /// Ground that belonged to none before and to a parcel after.
    pub gained: f64,
    /// Ground that belongs to more than one parcel after.
    pub twice: f64,
}

impl Sums {
    /// Whether the ground is the same but for max(`overlap_share`, `overlap_square_metres`).
    pub fn agree(&self, tolerances: &Tolerances) -> bool {
        let passes = (tolerances.overlap_share * self.before).max(tolerances.overlap_square_metres);
        self.lost <= passes && self.gained <= passes && self.twice <= passes
    }
}

/// Compares the ground of parcels before a change with that of parcels after it. Shapes are repaired and in longitude and
/// latitude.
pub fn sums(before: &[Shape], after: &[Shape]) -> Sums {
    let Some(plane) = Plane::over(before.iter().chain(after)) else { return Sums::default() };
    let (before, after) = (lay(&plane, before), lay(&plane, after));
    let added = |shapes: &[Shape]| shapes.iter().map(Area::unsigned_area).sum::<f64>();
    let (old, new) = (ops::union(&before), ops::union(&after));
    Sums {
        before: added(&before),
        after: added(&after),
        lost: ops::difference(&old.0, &new.0).unsigned_area(),
        gained: ops::difference(&new.0, &old.0).unsigned_area(),
        twice: (added(&after) - new.unsigned_area()).max(0.0),
    }
}

/// The ground of several parcels behind one fence (用地单元): judged as one, kept as parcels. Hairlines between neighbours,
/// narrower than the tolerances' grid, are closed.
pub fn united(parcels: &[Shape], tolerances: &Tolerances) -> Shape {
    let Some(plane) = Plane::over(parcels) else { return Shape::new(Vec::new()) };
    let plain = ops::union(&lay(&plane, parcels));
    let by = |distance| BufferStyle::new(distance).line_join(LineJoin::Bevel);
    let grown = plain.buffer_with_style(by(tolerances.grid / 2.0));
    let closed = ops::union([&grown.buffer_with_style(by(-tolerances.grid / 2.0)), &plain]);
    let rings = |shape: &Shape| shape.0.iter().map(|polygon| 1 + polygon.interiors().len()).sum::<usize>();
    plane.lift(if rings(&closed) < rings(&plain) { &closed } else { &plain })
}

/// The shapes that have an area, in metres.
fn lay(plane: &Plane, shapes: &[Shape]) -> Vec<Shape> {
    shapes.iter().map(|shape| plane.lay(shape)).filter(measurable).collect()
}
