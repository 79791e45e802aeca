//! Boundaries as the ledger keeps them: the text of a GeoJSON geometry in CGCS2000 longitude and latitude.

use land::read::{Limits, read};
use land::{Shape, area};
use rust_decimal::Decimal;
use serde_json::Value;

/// A stored boundary as JSON.
pub(super) fn geometry(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    value.get("coordinates").is_some_and(Value::is_array).then_some(value)
}

/// A stored boundary as a shape; nothing when it is none.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let feature = format!("{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{text}}}");
    let reading = read(feature.as_bytes(), &Limits::default()).ok()?;
    reading.features.into_iter().next().map(|feature| feature.shape)
}

/// The area of a stored boundary in ㎡, only to check the legal area.
pub(super) fn drawn_area(text: &str) -> Option<Decimal> {
    area::decimal(area::square_metres(&shape(text)?)).map(|area| area.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_boundary_has_an_area() {
        // A thousandth of a degree each way at 30° N: 96.49 m × 110.86 m, about 10,697 ㎡ on the ellipsoid.
        let text = "{\"type\":\"Polygon\",\"coordinates\":[[[121.5,30.0],[121.501,30.0],[121.501,30.001],[121.5,30.001],[121.5,30.0]]]}";
        let area = drawn_area(text).expect("a polygon has an area");
        assert!((area - Decimal::from(10_697)).abs() < Decimal::from(5), "{area}");
        assert_eq!(drawn_area("{\"type\":\"Polygon\"}"), None);
        assert_eq!(geometry("no json"), None);
    }
}
