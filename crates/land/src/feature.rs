//! What every part of this crate passes around: a shape, the attributes beside it, and the box around many of them.
//!
//! Deliberately absent: lines and points as geometry (a parcel has an area; readers refuse the rest by name), heights
//! (read and dropped: stacked parcels are told apart by their code), curves.

use geo::orient::{Direction, Orient};
use geo::{BoundingRect, Coord, MultiPolygon, Rect};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::trouble::Place;

/// The boundary of a parcel or a park: one polygon or several, holes included.
///
/// A single polygon is a multipolygon with one member, so that no caller has two cases. Exterior rings run
/// counter-clockwise and holes clockwise once a shape has been read; every ring is closed.
pub type Shape = MultiPolygon<f64>;

/// The shape with its outer rings counter-clockwise and its holes clockwise.
pub fn oriented(shape: Shape) -> Shape {
    shape.orient(Direction::Default)
}

/// A shape with its attributes and where it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Its boundary, in the coordinates of the file until [`crate::crs`] has placed it.
    pub shape: Shape,
    /// Its attributes in the order of the file.
    pub attributes: Vec<Attribute>,
    /// Where in the file it stands.
    pub place: Place,
}

/// One attribute: its name as the file spells it, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// The name, shared between all features of a layer.
    pub name: Arc<str>,
    /// The value.
    pub value: Value,
}

/// The value of an attribute, nothing rounded and nothing guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing was written. Missing is not zero.
    Missing,
    /// Text, outer blanks removed.
    Text(String),
    /// A number in the digits of the file, with a point as decimal mark.
    Number(String),
    /// A day as `YYYY-MM-DD`.
    Date(String),
    /// Yes or no.
    Truth(bool),
}

impl Value {
    /// The value as a cell of a sheet would show it; nothing when it is missing.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Missing => None,
            Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text),
            Value::Truth(true) => Some("true"),
            Value::Truth(false) => Some("false"),
        }
    }
}

impl Feature {
    /// The value of the attribute of that name, upper and lower case alike; nothing when missing.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
            .and_then(|attribute| attribute.value.text())
    }
}

/// The box around shapes: the least and the greatest of both coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    /// Least x (longitude).
    pub west: f64,
    /// Least y (latitude).
    pub south: f64,
    /// Greatest x (longitude).
    pub east: f64,
    /// Greatest y (latitude).
    pub north: f64,
}

impl Extent {
    /// The box around all shapes; nothing when there is none or all are empty.
    pub fn of<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Extent> {
        shapes.into_iter().filter_map(BoundingRect::bounding_rect).map(Extent::from).reduce(Extent::with)
    }

    /// The box around two boxes.
    pub fn with(self, other: Extent) -> Extent {
        Extent {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The middle of the box.
    pub fn center(self) -> Coord<f64> {
        Coord { x: f64::midpoint(self.west, self.east), y: f64::midpoint(self.south, self.north) }
    }

    /// Whether the point lies inside or on the edge.
    pub fn holds(self, point: Coord<f64>) -> bool {
        (self.west..=self.east).contains(&point.x) && (self.south..=self.north).contains(&point.y)
    }

    /// Whether the boxes share a point.
    pub fn meets(self, other: Extent) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// The box with `margin` more on every side.
    pub fn wider(self, margin: f64) -> Extent {
        Extent {
            west: self.west - margin,
            south: self.south - margin,
            east: self.east + margin,
            north: self.north + margin,
        }
    }
}

impl From<Rect<f64>> for Extent {
    fn from(rect: Rect<f64>) -> Extent {
        Extent { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_box_is_drawn_around_all_shapes() {
        let a: Shape = polygon![(x: 1.0, y: 2.0), (x: 3.0, y: 2.0), (x: 3.0, y: 5.0)].into();
        let b: Shape = polygon![(x: -1.0, y: 4.0), (x: 0.0, y: 4.0), (x: 0.0, y: 9.0)].into();
        let around = Extent::of([&a, &b]).expect("two shapes have a box");
        assert_eq!(around, Extent { west: -1.0, south: 2.0, east: 3.0, north: 9.0 });
        assert_eq!(around.center(), Coord { x: 1.0, y: 5.5 });
        assert!(around.holds(Coord { x: -1.0, y: 9.0 }) && !around.holds(Coord { x: -1.1, y: 9.0 }));
        assert_eq!(Extent::of([]), None);
    }

    #[test]
    fn attributes_are_found_whatever_their_case() {
        let attribute = Attribute { name: "ZDDM".into(), value: Value::Text("a".into()) };
        let empty = Attribute { name: "QLR".into(), value: Value::Missing };
        let feature = Feature {
            shape: Shape::new(vec![]),
            attributes: vec![attribute, empty],
            place: Place::default(),
        };
        assert_eq!(feature.attribute("zddm"), Some("a"));
        assert_eq!(feature.attribute("QLR"), None);
    }
}
