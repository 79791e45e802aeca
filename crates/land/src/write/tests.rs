//! What is written is read back, in every system that has a name.

use super::*;
use crate::read::{Limits, Reading, read, read_geometry};
use crate::{Attribute, Place, Value};
use geo::{Area, LineString, Polygon};

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    points.to_vec().into()
}

fn attributes(values: &[(&str, Value)]) -> Vec<Attribute> {
    values.iter().map(|(name, value)| Attribute { name: (*name).into(), value: value.clone() }).collect()
}

/// A square with a hole, and two squares as one; names and texts that need care.
fn features() -> Vec<Feature> {
    let square = |x: f64, y: f64, s: f64| ring(&[(x, y), (x + s, y), (x + s, y + s), (x, y + s), (x, y)]);
    let hole = |x: f64, y: f64, s: f64| LineString::new(square(x, y, s).0.into_iter().rev().collect());
    let first = Polygon::new(square(121.46, 29.88, 0.002), vec![hole(121.4605, 29.8805, 0.0005)]);
    let pair = [(121.47, 29.88), (121.48, 29.88)].map(|(x, y)| Polygon::new(square(x, y, 0.001), vec![]));
    let text = |text: &str| Value::Text(text.to_owned());
    let number = |digits: &str| Value::Number(digits.to_owned());
    let one = attributes(&[
        ("宗地代码", text("330203001001GB00001")),
        ("权利人名称与曾用名", text("宁波海曙\"精密\"机械有限公司")),
        ("area", number("13333.33")),
        ("floors", number("3")),
        ("since", Value::Date("2019-07-01".to_owned())),
        ("rented", Value::Truth(true)),
        ("fid", number("7")),
    ]);
    let two = attributes(&[
        ("宗地代码", text("330203001001GX00002")),
        ("权利人名称与曾用名", Value::Missing),
        ("area", number("20000")),
        ("rented", Value::Truth(false)),
        ("note", text("a,b")),
    ]);
    let feature = |shape, attributes| Feature { shape, attributes, place: Place::default() };
    vec![feature(Shape::new(vec![first]), one), feature(Shape::new(pair.to_vec()), two)]
}

fn back(bytes: &[u8]) -> Reading {
    let reading = read(bytes, &Limits::default()).expect("what is written can be read");
    assert_eq!(reading.troubles, []);
    reading
}

fn code(code: u32) -> Crs {
    Crs::from_epsg(code).expect("a code of ours")
}

/// The features come back in place to a centimetre, whatever system they were written in.
fn same_places(reading: Reading, crs: Crs) {
    let (placed, troubles) = crate::crs::place(reading.features, Frame::east_first(crs));
    assert_eq!(troubles, []);
    for (was, is) in features().iter().zip(&placed) {
        for (was, is) in was.shape.0.iter().zip(&is.shape.0) {
            assert_eq!(was.interiors().len(), is.interiors().len());
            for (was, is) in was.exterior().0.iter().zip(&is.exterior().0) {
                assert!((was.x - is.x).abs() < 6e-8 && (was.y - is.y).abs() < 6e-8, "{was:?} {is:?}");
            }
        }
        assert!((was.shape.unsigned_area() / is.shape.unsigned_area() - 1.0).abs() < 1e-3);
    }
    assert_eq!(placed.len(), 2);
}

#[test]
fn geojson_comes_back_with_its_system() {
    for crs in [Crs::Cgcs2000, code(4528), code(4550), Crs::Gcj02, Crs::Bd09] {
        let reading = back(&geojson(&features(), crs).expect("it can be written"));
        assert_eq!(reading.stated, Some(crate::crs::Stated::Known { crs }));
        assert_eq!(
            reading.features[0].attributes,
            features()[0].attributes[..4]
                .iter()
                .cloned()
                .chain(attributes(&[
                    ("since", Value::Text("2019-07-01".to_owned())),
                    ("rented", Value::Truth(true)),
                    ("fid", Value::Number("7".to_owned()))
                ]))
                .collect::<Vec<_>>()
        );
        same_places(reading, crs);
    }
    assert_eq!(back(&geojson(&features(), Crs::Wgs84).expect("it can be written")).stated, None);
}

#[test]
fn a_geopackage_comes_back_with_its_system() {
    for crs in [Crs::Cgcs2000, Crs::Wgs84, code(4528), code(4550)] {
        let bytes = gpkg(&features(), crs, "宗地", "2026-01-31T00:00:00.000Z").expect("it can be written");
        let reading = back(&bytes);
        assert_eq!(reading.stated, Some(crate::crs::Stated::Known { crs }));
        let feature = &reading.features[0];
        assert_eq!(feature.attribute("权利人名称与曾用名"), Some("宁波海曙\"精密\"机械有限公司"));
        assert_eq!((feature.attribute("area"), feature.attribute("floors")), (Some("13333.33"), Some("3")));
        assert_eq!((feature.attribute("fid"), feature.attribute("fid_1")), (Some("1"), Some("7")));
        assert_eq!(reading.features[1].attribute("floors"), None);
        same_places(reading, crs);
    }
    let again = || gpkg(&features(), Crs::Cgcs2000, "a", "2026").expect("it can be written");
    assert_eq!(again(), again());
}

#[test]
fn a_shapefile_comes_back_with_its_system_and_its_text() {
    for crs in [Crs::Cgcs2000, Crs::Wgs84, code(4528), code(4550)] {
        let reading = back(&shapefile(&features(), crs, "宗地").expect("it can be written"));
        assert_eq!(reading.stated, Some(crate::crs::Stated::Known { crs }));
        let feature = &reading.features[0];
        // Ten bytes are five characters in GBK.
        assert_eq!(feature.attribute("权利人名称"), Some("宁波海曙\"精密\"机械有限公司"));
        assert_eq!(feature.attribute("宗地代码"), Some("330203001001GB00001"));
        assert_eq!(
            (feature.attribute("area"), feature.attribute("since")),
            (Some("13333.33"), Some("2019-07-01"))
        );
        assert_eq!(feature.attributes[5].value, Value::Truth(true));
        assert_eq!(reading.features[1].attribute("area"), Some("20000"));
        assert_eq!(reading.features[1].attribute("since"), None);
        same_places(reading, crs);
    }
}

#[test]
fn text_beyond_gbk_is_written_in_utf8() {
    let mut features = features();
    // U+20BB7 has no place in GBK.
    features[0].attributes[1].value = Value::Text("𠮷工".to_owned());
    let reading = back(&shapefile(&features, Crs::Cgcs2000, "a").expect("it can be written"));
    assert_eq!(reading.features[0].attributes[1].value, Value::Text("𠮷工".to_owned()));
}

#[test]
fn web_map_systems_are_no_systems_of_files() {
    let refused = What::NotForFormat { system: "GCJ-02".to_owned() };
    assert_eq!(gpkg(&features(), Crs::Gcj02, "a", "").expect_err("no name for it"), refused);
    assert_eq!(shapefile(&features(), Crs::Gcj02, "a").expect_err("no name for it"), refused);
}

#[test]
fn nothing_is_written_as_nothing() {
    for bytes in
        [geojson(&[], Crs::Cgcs2000), gpkg(&[], Crs::Cgcs2000, "a", ""), shapefile(&[], Crs::Cgcs2000, "a")]
    {
        let bytes = bytes.expect("it can be written");
        let reading = read(&bytes, &Limits::default()).expect("an empty file is a file");
        assert_eq!((reading.features.len(), reading.troubles[0].what.clone()), (0, What::Empty));
    }
}

#[test]
fn the_geometry_of_an_entry_has_seven_decimals_and_comes_back() {
    let shape: Shape =
        Polygon::new(ring(&[(121.46, 29.88), (121.461, 29.88), (121.461_000_04, 29.881)]), vec![]).into();
    let text = geometry(&shape);
    assert_eq!(
        text,
        r#"{"type":"Polygon","coordinates":[[[121.46,29.88],[121.461,29.88],[121.461,29.881],[121.46,29.88]]]}"#
    );
    let read = read_geometry(&text).expect("it was written here");
    assert_eq!(geometry(&read), text);
    assert!(read_geometry("{}").is_err() && read_geometry("").is_err());
    let pair = geometry(&features()[1].shape);
    assert!(pair.starts_with(r#"{"type":"MultiPolygon","coordinates":[[[[121.47,29.88],"#), "{pair}");
}
