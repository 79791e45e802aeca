//! GeoJSON, RFC 7946 and its predecessor with a `crs` member: a collection, a feature, or a bare geometry.
//!
//! The text is walked once. Coordinates become compact points as they are met, of other parts only what is kept is
//! ever held in memory. A wrong value in a feature is a trouble of that feature; only broken JSON ends the reading.
//!
//! Deliberately absent: TopoJSON, heights (read and dropped), lines and points.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use super::collect::{Collector, Stop, damaged, digits, text, too_large, written};
use super::nest::{Coordinates, Nest};
use super::{Format, Limits, Reading};
use crate::crs::Stated;
use crate::{Attribute, Place, Trouble, Value, What};

/// Reads a GeoJSON text. Bytes that are not UTF-8 are taken as GB18030, which some map tools write.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, Stop> {
    let text = written(bytes);
    let layer = Arc::from("");
    let state = RefCell::new(State { collector: Collector::new(limits), stated: None, stop: None });
    let root = Root { state: &state, layer: &layer, depth: 0 };
    let mut json = serde_json::Deserializer::from_str(&text);
    let walked = root.deserialize(&mut json).and_then(|found| json.end().map(|()| found));
    let found = match walked {
        Ok(found) => found,
        Err(error) => {
            let stop = state.borrow_mut().stop.take();
            return Err(stop.unwrap_or_else(|| damaged(format!("JSON: {error}"))));
        }
    };
    let mut state = state.into_inner();
    match found.kind.as_deref() {
        Some("FeatureCollection") => {}
        Some("Feature") => state.feature(found, &layer)?,
        Some(_) if found.coordinates.is_some() => {
            let geometry =
                Box::new(Member { kind: found.kind, coordinates: found.coordinates, ..Member::default() });
            state.feature(Member { geometry: Some(geometry), ..Member::default() }, &layer)?;
        }
        _ if found.has_features => {}
        _ => return Err(What::UnknownFormat),
    }
    Ok(state.collector.finish(Format::GeoJson, state.stated))
}

/// What was found in the object that is being read.
#[derive(Default)]
struct Member {
    kind: Option<String>,
    coordinates: Option<Nest>,
    geometry: Option<Box<Member>>,
    properties: Vec<(String, Json)>,
    has_features: bool,
}

struct State<'l> {
    collector: Collector<'l>,
    stated: Option<Stated>,
    stop: Option<Stop>,
}

impl State<'_> {
    /// Keeps one feature.
    fn feature(&mut self, member: Member, layer: &Arc<str>) -> Result<(), Stop> {
        self.collector.begin()?;
        let place = Place::feature(layer, self.collector.seen());
        let mut attributes: Vec<Attribute> = Vec::with_capacity(member.properties.len());
        for (name, value) in member.properties {
            self.collector.attribute(&mut attributes, &name, plain(value), &place);
        }
        let Some(geometry) = member.geometry else {
            self.collector.trouble(Trouble::refused(place, What::NoGeometry));
            return Ok(());
        };
        let kind = geometry.kind.unwrap_or_default();
        let coordinates = geometry.coordinates.unwrap_or(Nest::Other);
        let polygons = match kind.as_str() {
            "Polygon" => coordinates.polygon().map(|polygon| vec![polygon]),
            "MultiPolygon" => coordinates.polygons(),
            _ => {
                let kind = if kind.is_empty() { "?".to_owned() } else { kind.chars().take(40).collect() };
                self.collector.trouble(Trouble::refused(place, What::NotAnArea { kind }));
                return Ok(());
            }
        };
        match polygons {
            Some(polygons) => self.collector.polygons(polygons, attributes, place),
            None => self.collector.trouble(Trouble::refused(place, damaged("coordinates"))),
        }
        Ok(())
    }
}

fn plain(value: Json) -> Value {
    match value {
        Json::Null => Value::Missing,
        Json::Bool(truth) => Value::Truth(truth),
        Json::String(written) => text(&written),
        Json::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), ..) => Value::Number(whole.to_string()),
            (_, Some(whole), _) => Value::Number(whole.to_string()),
            (.., Some(part)) => digits(part),
            _ => Value::Missing,
        },
        nested => text(&nested.to_string()),
    }
}

/// Reads the object at the top, a feature, or a geometry.
struct Root<'s, 'l> {
    state: &'s RefCell<State<'l>>,
    layer: &'s Arc<str>,
    depth: u8,
}

impl<'s, 'l> Root<'s, 'l> {
    fn below(&self) -> Root<'s, 'l> {
        Root { state: self.state, layer: self.layer, depth: self.depth + 1 }
    }
}

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Member, A::Error> {
        let mut member = Member::default();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "type" => member.kind = map.next_value::<Json>()?.as_str().map(str::to_owned),
                "coordinates" => {
                    let left = self.state.borrow().collector.points_left();
                    let budget = RefCell::new(left);
                    let nest = map.next_value_seed(Coordinates::new(&budget));
                    let used = left - *budget.borrow();
                    self.stopping(self.state.borrow_mut().collector.count_points(to_usize(used)))?;
                    if *budget.borrow() == 0 {
                        let limit = self.state.borrow().collector.limits().max_points;
                        self.stopping(Err(too_large("points", limit)))?;
                    }
                    member.coordinates = Some(nest?);
                }
                "geometry" if self.depth < 3 => {
                    member.geometry = map.next_value_seed(Optional(self.below()))?.map(Box::new);
                }
                "features" if self.depth == 0 => {
                    member.has_features = true;
                    map.next_value_seed(Features(self.below()))?;
                }
                "properties" => member.properties = map.next_value_seed(Properties(&self))?,
                "crs" if self.depth == 0 => {
                    let crs: Json = map.next_value()?;
                    let name = crs.pointer("/properties/name").and_then(Json::as_str);
                    self.state.borrow_mut().stated = name.map(Stated::from_name);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(member)
    }

    fn visit_unit<E>(self) -> Result<Member, E> {
        Ok(Member::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Member, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Member::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Member, E> {
        Ok(Member::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Member, E> {
        Ok(Member::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Member, E> {
        Ok(Member::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Member, E> {
        Ok(Member::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Member, E> {
        Ok(Member::default())
    }
}

impl Root<'_, '_> {
    /// Remembers why the reading stops, since serde's errors are texts.
    fn stopping<E: serde::de::Error>(&self, result: Result<(), Stop>) -> Result<(), E> {
        result.map_err(|stop| {
            self.state.borrow_mut().stop = Some(stop);
            E::custom("stopped")
        })
    }
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// An object or nothing.
struct Optional<'s, 'l>(Root<'s, 'l>);

impl<'de> DeserializeSeed<'de> for Optional<'_, '_> {
    type Value = Option<Member>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let member = self.0.deserialize(deserializer)?;
        let found = member.kind.is_some() || member.coordinates.is_some();
        Ok(found.then_some(member))
    }
}

/// The features of a collection, kept one by one.
struct Features<'s, 'l>(Root<'s, 'l>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(member) = seq.next_element_seed(self.0.below())? {
            let kept = self.0.state.borrow_mut().feature(member, self.0.layer);
            self.0.stopping(kept)?;
        }
        Ok(())
    }
}

/// The properties of a feature in their order; anything but an object has none.
struct Properties<'r, 's, 'l>(&'r Root<'s, 'l>);

impl<'de> DeserializeSeed<'de> for Properties<'_, '_, '_> {
    type Value = Vec<(String, Json)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Properties<'_, '_, '_> {
    type Value = Vec<(String, Json)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let limit = self.0.state.borrow().collector.limits().max_attributes as usize;
        let mut properties = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            // One more than is kept, so that the collector says that there were too many.
            if properties.len() <= limit {
                properties.push((name, map.next_value::<Json>()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(properties)
    }
}
