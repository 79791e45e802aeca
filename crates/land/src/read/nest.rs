//! The `coordinates` of GeoJSON as compact nested points, read without knowing the kind of geometry, which may be
//! named after them.
//!
//! A position costs 24 bytes here whatever it costs in the text, and both depth and number are bounded. Wrong values
//! inside become positions that are no numbers, so that one bad point costs one feature and not the file.

use geo::Coord;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::fmt;

/// Coordinates of any depth.
pub enum Nest {
    /// A position.
    Point(Coord<f64>),
    /// Positions or lists of them.
    List(Vec<Nest>),
    /// Something that is neither.
    Other,
}

impl Nest {
    fn list(self) -> Option<Vec<Nest>> {
        match self {
            Nest::List(list) => Some(list),
            Nest::Point(_) | Nest::Other => None,
        }
    }

    /// As the rings of a polygon.
    pub fn polygon(self) -> Option<Vec<Vec<Coord<f64>>>> {
        self.list()?.into_iter().map(Nest::ring).collect()
    }

    /// As the polygons of a multipolygon.
    pub fn polygons(self) -> Option<Vec<Vec<Vec<Coord<f64>>>>> {
        self.list()?.into_iter().map(Nest::polygon).collect()
    }

    fn ring(self) -> Option<Vec<Coord<f64>>> {
        let point = |nest| match nest {
            Nest::Point(at) => Some(at),
            Nest::List(_) | Nest::Other => None,
        };
        self.list()?.into_iter().map(point).collect()
    }
}

/// Coordinates, counted while they are read.
#[derive(Clone, Copy)]
pub struct Coordinates<'b> {
    budget: &'b RefCell<u64>,
    depth: u8,
}

impl<'b> Coordinates<'b> {
    /// Coordinates of at most as many points as the budget says; what is left of it stays there.
    pub fn new(budget: &'b RefCell<u64>) -> Coordinates<'b> {
        Coordinates { budget, depth: 0 }
    }
}

impl<'de> DeserializeSeed<'de> for Coordinates<'_> {
    type Value = Nest;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Nest, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// An element of a list of coordinates: a number, or something deeper.
enum Element {
    Number(f64),
    Nest(Nest),
}

struct Elements<'b>(Coordinates<'b>);

impl<'de> DeserializeSeed<'de> for Elements<'_> {
    type Value = Element;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Element, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Element, E> {
        Ok(Element::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a coordinate beyond 2^53 is nowhere on earth anyway")]
    fn visit_i64<E>(self, number: i64) -> Result<Element, E> {
        Ok(Element::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a coordinate beyond 2^53 is nowhere on earth anyway")]
    fn visit_u64<E>(self, number: u64) -> Result<Element, E> {
        Ok(Element::Number(number as f64))
    }

    fn visit_str<E>(self, text: &str) -> Result<Element, E> {
        // Some tools write numbers as texts; what is none is met again as "not a number" with its place.
        Ok(Element::Number(text.trim().parse().unwrap_or(f64::NAN)))
    }

    fn visit_unit<E>(self) -> Result<Element, E> {
        Ok(Element::Number(f64::NAN))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Element, E> {
        Ok(Element::Number(f64::NAN))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Element, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Element::Nest(Nest::Other))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Element, A::Error> {
        self.0.visit_seq(seq).map(Element::Nest)
    }
}

impl<'de> Visitor<'de> for Coordinates<'_> {
    type Value = Nest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_unit<E>(self) -> Result<Nest, E> {
        Ok(Nest::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Nest, E> {
        Ok(Nest::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Nest, E> {
        Ok(Nest::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Nest, E> {
        Ok(Nest::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Nest, E> {
        Ok(Nest::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Nest, E> {
        Ok(Nest::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Nest, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Nest::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nest, A::Error> {
        // Every list counts as a point, so that empty lists cannot fill the memory either.
        {
            let mut budget = self.budget.borrow_mut();
            if *budget == 0 || self.depth > 5 {
                return Err(serde::de::Error::custom("too many or too deep coordinates"));
            }
            *budget -= 1;
        }
        let below = Coordinates { budget: self.budget, depth: self.depth + 1 };
        let mut list = Vec::new();
        let mut numbers = [f64::NAN; 2];
        let mut count = 0;
        while let Some(element) = seq.next_element_seed(Elements(below))? {
            match element {
                Element::Number(number) => {
                    if let Some(slot) = numbers.get_mut(count) {
                        *slot = number;
                    }
                    count += 1;
                }
                Element::Nest(nest) => list.push(nest),
            }
        }
        Ok(match (count, list.is_empty()) {
            (0, _) => Nest::List(list),
            (_, true) => Nest::Point(Coord { x: numbers[0], y: numbers[1] }),
            // Numbers and lists side by side are no coordinates.
            (_, false) => Nest::Other,
        })
    }
}
