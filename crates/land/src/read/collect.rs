//! What all readers share: features and troubles as they come in, counted against the limits.

use geo::{Coord, LineString, Polygon};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::rings;
use super::{Format, Limits, Reading};
use crate::crs::Stated;
use crate::{Attribute, Feature, Place, Shape, Trouble, Value, What};

/// Why a file cannot be read any further.
pub type Stop = What;

/// Gathers what a reader finds.
pub struct Collector<'l> {
    limits: &'l Limits,
    features: Vec<Feature>,
    troubles: Vec<Trouble>,
    points: u64,
    seen: u32,
    untold: u64,
    names: HashMap<String, Arc<str>>,
    crowded: HashSet<Arc<str>>,
}

impl<'l> Collector<'l> {
    /// Nothing gathered yet.
    pub fn new(limits: &'l Limits) -> Collector<'l> {
        Collector {
            limits,
            features: Vec::new(),
            troubles: Vec::new(),
            points: 0,
            seen: 0,
            untold: 0,
            names: HashMap::new(),
            crowded: HashSet::new(),
        }
    }

    /// Keeps a trouble, as long as there are not too many.
    pub fn trouble(&mut self, trouble: Trouble) {
        if self.troubles.len() < self.limits.max_troubles {
            self.troubles.push(trouble);
        } else {
            self.untold += 1;
        }
    }

    /// The limits in force.
    pub fn limits(&self) -> &'l Limits {
        self.limits
    }

    /// Counts a feature that begins, whether or not it will be kept.
    pub fn begin(&mut self) -> Result<(), Stop> {
        self.seen += 1;
        if self.seen > self.limits.max_features {
            return Err(too_large("features", u64::from(self.limits.max_features)));
        }
        Ok(())
    }

    /// How many features have begun.
    pub fn seen(&self) -> u32 {
        self.seen
    }

    /// Counts points that are about to be kept.
    pub fn count_points(&mut self, more: usize) -> Result<(), Stop> {
        self.points = self.points.saturating_add(more as u64);
        if self.points > self.limits.max_points {
            return Err(too_large("points", self.limits.max_points));
        }
        Ok(())
    }

    /// How many points may still come.
    pub fn points_left(&self) -> u64 {
        self.limits.max_points - self.points
    }

    /// A name that many features share.
    pub fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.get(name) {
            return Arc::clone(known);
        }
        let new: Arc<str> = name.into();
        if self.names.len() < 100_000 {
            self.names.insert(name.to_owned(), Arc::clone(&new));
        }
        new
    }

    /// Adds an attribute, unless the feature has too many: that is told once for a layer.
    pub fn attribute(&mut self, to: &mut Vec<Attribute>, name: &str, value: Value, place: &Place) {
        let limit = self.limits.max_attributes;
        if to.len() < limit as usize {
            let name = self.name(name);
            to.push(Attribute { name, value });
        } else if self.crowded.insert(Arc::clone(&place.layer)) {
            self.trouble(Trouble::doubt(place.clone(), too_large("attributes", u64::from(limit))));
        }
    }

    /// Keeps a feature whose rings are told apart already: outer ring first, then its holes, polygon by polygon.
    pub fn polygons(
        &mut self,
        polygons: Vec<Vec<Vec<Coord<f64>>>>,
        attributes: Vec<Attribute>,
        place: Place,
    ) {
        let mut number = 0;
        let mut kept = Vec::with_capacity(polygons.len());
        for polygon in polygons {
            let mut closed = Vec::with_capacity(polygon.len());
            for ring in polygon {
                number += 1;
                match self.ring(ring, &place.at_ring(number)) {
                    Some(ring) => closed.push(ring),
                    // A hole without area is no hole; an outer ring without area is no polygon.
                    None if closed.is_empty() => break,
                    None => {}
                }
            }
            let mut closed = closed.into_iter();
            if let Some(outer) = closed.next() {
                kept.push(Polygon::new(outer, closed.collect()));
            }
        }
        self.keep(Shape::new(kept), attributes, place);
    }

    /// Keeps a feature of loose rings: which are holes is found out from how they lie in each other.
    pub fn rings(&mut self, rings: Vec<Vec<Coord<f64>>>, attributes: Vec<Attribute>, place: Place) {
        if rings.len() > self.limits.max_rings as usize {
            let limit = u64::from(self.limits.max_rings);
            return self.trouble(Trouble::refused(place, too_large("rings", limit)));
        }
        let mut closed = Vec::with_capacity(rings.len());
        for (number, ring) in (1..).zip(rings) {
            if let Some(ring) = self.ring(ring, &place.at_ring(number)) {
                closed.push((number, ring));
            }
        }
        let (shape, lost) = rings::nest(closed);
        for number in lost {
            self.trouble(Trouble::doubt(place.at_ring(number), What::LostHole));
        }
        self.keep(shape, attributes, place);
    }

    /// A closed ring of numbers; nothing, and a trouble, if it is none.
    fn ring(&mut self, points: Vec<Coord<f64>>, place: &Place) -> Option<LineString<f64>> {
        match rings::close(points) {
            Ok((ring, true)) => Some(ring),
            Ok((ring, false)) => {
                self.trouble(Trouble::note(place.clone(), What::NotClosed));
                Some(ring)
            }
            Err((point, what)) => {
                let place = point.map_or_else(|| place.clone(), |point| place.at_point(point));
                self.trouble(Trouble::refused(place, what));
                None
            }
        }
    }

    fn keep(&mut self, shape: Shape, attributes: Vec<Attribute>, place: Place) {
        if shape.0.is_empty() {
            return self.trouble(Trouble::refused(place, What::Empty));
        }
        self.features.push(Feature { shape: crate::feature::oriented(shape), attributes, place });
    }

    /// The end: everything that was gathered.
    pub fn finish(mut self, format: Format, stated: Option<Stated>) -> Reading {
        if self.features.is_empty() {
            self.untold = 0;
            self.troubles.push(Trouble::refused(Place::default(), What::Empty));
        }
        if self.untold > 0 {
            let what = too_large("troubles", self.limits.max_troubles as u64);
            self.troubles.push(Trouble::note(Place::default(), what));
        }
        Reading { format, stated, features: self.features, troubles: self.troubles }
    }
}

/// There is more of something than is read.
pub fn too_large(of: &str, limit: u64) -> What {
    What::TooLarge { of: of.to_owned(), limit }
}

/// A part of the file is not what the format says.
pub fn damaged(part: impl Into<String>) -> What {
    What::Damaged { part: part.into() }
}

/// A number as text: the shortest digits that give it back, never with an exponent.
pub fn digits(number: f64) -> Value {
    if number.is_finite() { Value::Number(number.to_string()) } else { Value::Missing }
}

/// Text without outer blanks; missing if nothing is left.
pub fn text(text: &str) -> Value {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) }
}

/// Bytes as text: UTF-8, else GB18030, which many programs of the country still write.
pub fn written(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
    }
}
