//! GeoJSON. The system is named in a `crs` member, as before RFC 7946 and as GIS programs still read it, because
//! CGCS2000 is not WGS-84 by name; WGS-84 itself is written without, as the RFC wants it.

use geo::LineString;
use std::fmt::Write as _;

use super::projected;
use crate::crs::Crs;
use crate::{Feature, Shape, Value, What};

/// A collection of features.
pub fn geojson(features: &[Feature], crs: Crs) -> Result<Vec<u8>, What> {
    let shapes = projected(features, crs)?;
    let places = if crs.is_geographic() { 7 } else { 4 };
    let mut text = String::from("{\"type\":\"FeatureCollection\",");
    if crs != Crs::Wgs84 {
        let name = crs.epsg().map_or_else(|| crs.to_string(), |code| format!("urn:ogc:def:crs:EPSG::{code}"));
        let _ = write!(text, "\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":{}}}}},", quoted(&name));
    }
    text.push_str("\"features\":[");
    for (at, (feature, shape)) in features.iter().zip(&shapes).enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str("{\"type\":\"Feature\",\"properties\":{");
        for (at, attribute) in feature.attributes.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push_str(&quoted(&attribute.name));
            text.push(':');
            text.push_str(&value(&attribute.value));
        }
        text.push_str("},\"geometry\":");
        shape_into(&mut text, shape, places);
        text.push('}');
    }
    text.push_str("\n]}\n");
    Ok(text.into_bytes())
}

/// A shape in longitude and latitude as entries keep it: the text of a GeoJSON geometry with 7 decimals, a
/// centimetre on the ground.
pub fn geometry(shape: &Shape) -> String {
    let mut text = String::new();
    shape_into(&mut text, shape, 7);
    text
}

fn shape_into(text: &mut String, shape: &Shape, places: usize) {
    let polygon_into = |text: &mut String, polygon: &geo::Polygon<f64>| {
        text.push('[');
        ring_into(text, polygon.exterior(), places);
        for hole in polygon.interiors() {
            text.push(',');
            ring_into(text, hole, places);
        }
        text.push(']');
    };
    if let [only] = shape.0.as_slice() {
        text.push_str("{\"type\":\"Polygon\",\"coordinates\":");
        polygon_into(text, only);
    } else {
        text.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":[");
        for (at, polygon) in shape.0.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            polygon_into(text, polygon);
        }
        text.push(']');
    }
    text.push('}');
}

fn ring_into(text: &mut String, ring: &LineString<f64>, places: usize) {
    for (at, point) in ring.0.iter().enumerate() {
        text.push(if at == 0 { '[' } else { ',' });
        text.push('[');
        number_into(text, point.x, places);
        text.push(',');
        number_into(text, point.y, places);
        text.push(']');
    }
    text.push(']');
}

/// A number with that many decimals, zeros at the end left out.
fn number_into(text: &mut String, number: f64, places: usize) {
    let from = text.len();
    let _ = write!(text, "{number:.places$}");
    let short = text[from..].trim_end_matches('0').trim_end_matches('.').len();
    text.truncate(from + short);
    if &text[from..] == "-0" {
        text.replace_range(from.., "0");
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Missing => "null".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Text(text) | Value::Date(text) => quoted(text),
        // Digits that JSON has no number for, such as 007, are written as text.
        Value::Number(digits) => match digits.parse::<serde_json::Number>() {
            Ok(_) => digits.clone(),
            Err(_) => quoted(digits),
        },
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
