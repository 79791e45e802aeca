//! Files written by other programs, faults one by one, and a thousand mutated inputs per format.

use super::*;
use crate::crs::{Crs, Stated};
use crate::{Value, Weight};
use geo::Area;

const ZONE40_GBK: &[u8] = include_bytes!("../../tests/data/zone40-gbk.zip");
const ZONE40_SILENT: &[u8] = include_bytes!("../../tests/data/zone40-silent.zip");
const TWO_ZONES: &[u8] = include_bytes!("../../tests/data/two-zones.zip");
const DEGREES_GPKG: &[u8] = include_bytes!("../../tests/data/degrees-gpkg.zip");
const DEGREES_GEOJSON: &[u8] = include_bytes!("../../tests/data/degrees.geojson");

fn taken(bytes: &[u8]) -> Reading {
    read(bytes, &Limits::default()).expect("the file is sound")
}

fn refused(bytes: &[u8]) -> What {
    read(bytes, &Limits::default()).expect_err("the file is not sound").what
}

fn codes(reading: &Reading) -> Vec<(&'static str, Option<u32>)> {
    reading.troubles.iter().map(|trouble| (trouble.what.code(), trouble.place.feature)).collect()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn listed(text: &str) -> Reading {
    read_points(&rows(text), "界址点", &Limits::default()).expect("the list is sound")
}

/// All fixtures hold the same three parcels, drawn in zone 40: 100 m × 200 m; 100 m × 100 m with a hole of
/// 20 m × 20 m; two of 50 m × 50 m as one.
fn has_the_three_parcels(reading: &Reading) {
    assert_eq!(codes(reading), []);
    let text = |at: usize, name: &str| reading.features[at].attribute(name).map(str::to_owned);
    assert_eq!(reading.features.len(), 3);
    assert_eq!(text(0, "ZDDM").as_deref(), Some("330203001001GB00001"));
    assert_eq!(text(0, "QLR").as_deref(), Some("宁波海曙精密机械有限公司"));
    assert_eq!(text(2, "QLR"), None);
    assert_eq!(text(1, "CS"), None);
    assert_eq!(text(0, "RQ").as_deref(), Some("2019-07-01"));
    let shape = |at: usize| &reading.features[at].shape;
    assert_eq!((shape(1).0.len(), shape(1).0[0].interiors().len()), (1, 1));
    assert_eq!(shape(2).0.len(), 2);
    assert_eq!(reading.features[2].place.feature, Some(3));
}

#[test]
fn a_shapefile_with_text_in_gbk_is_read() {
    for bytes in [ZONE40_GBK, ZONE40_SILENT] {
        let reading = taken(bytes);
        has_the_three_parcels(&reading);
        assert_eq!(reading.format, Format::Shapefile);
        let areas: Vec<f64> = reading.features.iter().map(|f| f.shape.unsigned_area()).collect();
        assert_eq!(areas, [20_000.0, 9_600.0, 5_000.0]);
        let area = &reading.features[1].attributes[2];
        assert_eq!((area.name.as_ref(), area.value.text()), ("ZDMJ", Some("9600.5")));
    }
    let stated = taken(ZONE40_GBK).stated;
    assert_eq!(stated, Some(Stated::Known { crs: Crs::from_epsg(4528).expect("zone 40") }));
    assert_eq!(taken(ZONE40_SILENT).stated, None);
    assert_eq!(taken(ZONE40_GBK).features[0].place.layer.as_ref(), "zd");
}

#[test]
fn a_geopackage_is_read() {
    let reading = taken(DEGREES_GPKG);
    has_the_three_parcels(&reading);
    assert_eq!(reading.format, Format::GeoPackage);
    assert_eq!(reading.stated, Some(Stated::Known { crs: Crs::Cgcs2000 }));
}

#[test]
fn geojson_is_read() {
    let reading = taken(DEGREES_GEOJSON);
    has_the_three_parcels(&reading);
    assert_eq!(reading.stated, Some(Stated::Known { crs: Crs::Cgcs2000 }));
    assert_eq!(reading.features[1].attributes[2].value, Value::Number("9600.5".to_owned()));
}

#[test]
fn formats_agree_with_each_other() {
    // The shapefile is in zone 40, the others in degrees with 9 decimals: a tenth of a millimetre.
    let zone = taken(ZONE40_GBK);
    let (placed, troubles) =
        crate::crs::place(zone.features, crate::Frame::east_first(Crs::from_epsg(4528).expect("zone 40")));
    assert_eq!(troubles, []);
    for other in [taken(DEGREES_GPKG), taken(DEGREES_GEOJSON)] {
        for (a, b) in placed.iter().zip(&other.features) {
            let (a, b) = (crate::Extent::of([&a.shape]), crate::Extent::of([&b.shape]));
            let (a, b) = (a.expect("not empty"), b.expect("not empty"));
            let near = |a: f64, b: f64| (a - b).abs() < 2e-9;
            assert!(near(a.west, b.west) && near(a.south, b.south), "{a:?} {b:?}");
            assert!(near(a.east, b.east) && near(a.north, b.north), "{a:?} {b:?}");
        }
    }
}

/// The same square of 0.001° with its south-west corner on 121.5°, 29.9°, written by GDAL in zone 40, in zone 41, and half in
/// each; the `.prj` states zone 40.
#[test]
fn a_shapefile_across_the_edge_of_two_zones_is_placed_by_each_number() {
    let reading = taken(TWO_ZONES);
    let frame = crate::Frame::east_first(Crs::from_epsg(4528).expect("zone 40"));
    assert_eq!(reading.stated, Some(Stated::Known { crs: frame.crs }));
    let extent = Some(crate::Extent { west: 121.4, south: 29.8, east: 121.6, north: 30.0 });
    let park = crate::crs::Neighbourhood { extent, ..Default::default() };
    assert_eq!(crate::crs::detect(&reading, &park).chosen, Some(frame));
    let unknown = crate::crs::detect(&reading, &crate::crs::Neighbourhood::default());
    assert!(matches!(unknown.question, Some(crate::crs::Question::SeveralZones { .. })), "{unknown:?}");
    same_square(reading.features, frame, 3);
}

/// Both features lie on the square, and the one of number `mixed` is refused.
fn same_square(features: Vec<Feature>, frame: crate::Frame, mixed: u32) {
    let (placed, troubles) = crate::crs::place(features, frame);
    let told: Vec<_> = troubles.iter().map(|t| (t.what.code(), t.weight, t.place.ring)).collect();
    let doubt = ("several-zones", Weight::Doubt, None);
    assert_eq!(told, [doubt, ("mixed-zones", Weight::Refused, Some(1))]);
    assert_eq!((troubles[1].place.feature.or(troubles[1].place.row), placed.len()), (Some(mixed), 2));
    for feature in placed {
        let found = crate::Extent::of([&feature.shape]).expect("not empty");
        // 2e-8 degrees are two millimetres.
        let near = |a: f64, b: f64| (a - b).abs() < 2e-8;
        assert!(near(found.west, 121.5) && near(found.south, 29.9), "{found:?}");
        assert!(near(found.east, 121.501) && near(found.north, 29.901), "{found:?}");
    }
}

#[test]
fn a_list_across_the_edge_of_two_zones_is_placed_by_each_number() {
    let list = listed(
        "宗地代码 | X | Y
         甲 | 3309973.761 | 40644882.693
         甲 | 3309975.023 | 40644979.292
         甲 | 3310085.893 | 40644977.844
         甲 | 3310084.631 | 40644881.245
         乙 | 3309973.761 | 41355117.307
         乙 | 3309972.501 | 41355213.907
         乙 | 3310083.371 | 41355215.353
         乙 | 3310084.631 | 41355118.755
         丙 | 3309973.761 | 40644882.693
         丙 | 3309972.501 | 41355213.907
         丙 | 3310083.371 | 41355215.353
         丙 | 3310084.631 | 40644881.245",
    );
    let frame = crate::Frame::north_first(Crs::from_epsg(4528).expect("zone 40"));
    let found = crate::crs::detect(&list, &crate::crs::Neighbourhood::default());
    assert_eq!((found.chosen, found.question), (Some(frame), None));
    same_square(list.features, frame, 10);
}

#[test]
fn a_bad_feature_costs_itself_only() {
    let json = br#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121.1,29.1],[121,29]]]}},
        {"type":"Feature","properties":null,"geometry":null},
        {"type":"Feature","geometry":{"coordinates":[121,29],"type":"Point"}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121,29]]]}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[121,29],[121.1,"x"],[121.2,29.3],[121,29]]]}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[121,29],[121.1,29]]}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121.1,29.1]]]}}
    ]}"#;
    let reading = taken(json);
    assert_eq!(reading.features.len(), 2);
    assert_eq!(
        codes(&reading),
        [
            ("no-geometry", Some(2)),
            ("not-an-area", Some(3)),
            ("too-few-points", Some(4)),
            ("empty", Some(4)),
            ("not-a-number", Some(5)),
            ("empty", Some(5)),
            ("damaged", Some(6)),
            ("not-closed", Some(7)),
        ]
    );
    assert_eq!(reading.troubles[4].place.point, Some(2));
}

#[test]
fn a_bare_geometry_and_a_single_feature_are_read() {
    let geometry = r#"{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121.1,29.1],[121,29]]]}"#;
    assert_eq!(taken(geometry.as_bytes()).features.len(), 1);
    let feature = format!(r#"{{"type":"Feature","properties":{{"x":"y"}},"geometry":{geometry}}}"#);
    assert_eq!(taken(feature.as_bytes()).features[0].attribute("x"), Some("y"));
    assert_eq!(refused(b"{}"), What::UnknownFormat);
    assert_eq!(refused(b"PK"), What::UnknownFormat);
    assert_eq!(refused(b""), What::UnknownFormat);
    assert!(matches!(refused(b"{\"type\":"), What::Damaged { .. }));
}

#[test]
fn a_list_of_boundary_points_is_read() {
    let reading = listed(
        "宁波海曙某园区界址点成果表||||
         宗地代码|点号|X坐标(m)|Y坐标(m)|权利人
         330203001001GB00001|J1|3307700.000|40641000.000|甲厂
         |J2|3307900.000|40641000.000|
         |J3|3307900.000|40641100.000|
         |J4|3307700.000|40641100.000|
         |J1|3307700.000|40641000.000|
         330203001001GB00002|J1|3307700|40641200|乙厂
         |J2|3307800|40641200|
         |J3|3307800|40641300|
         合计|||2|",
    );
    assert_eq!(codes(&reading), [("not-closed", None)]);
    // X is north: the list is kept in its own order, 200 m in X, 100 m in Y.
    let areas: Vec<f64> = reading.features.iter().map(|f| f.shape.unsigned_area()).collect();
    assert_eq!(areas, [20_000.0, 5_000.0]);
    assert_eq!(reading.features[0].attribute("权利人"), Some("甲厂"));
    assert_eq!(reading.features[1].attribute("宗地代码"), Some("330203001001GB00002"));
    assert_eq!(reading.features[1].place.row, Some(8));
}

#[test]
fn a_list_may_name_its_parcel_above_and_have_rings() {
    let reading = listed(
        "宗地代码：A||
         点号|圈号|纵坐标|横坐标
         J1|1|0|0
         J2|1|0|100
         J3|1|100|100
         J4|1|100|0
         J1|1|0|0
         K1|2|40|40
         K2|2|40|60
         K3|2|60|60
         K4|2|60|40
         K1|2|40|40
         宗地代码|B||
         点号|圈号|纵坐标|横坐标
         J1|1|200|200
         J2|1|200|210
         J3|1|210|210
         J1|1|200|200",
    );
    assert_eq!(codes(&reading), []);
    // 100 × 100 less 20 × 20; half of 10 × 10.
    let areas: Vec<f64> = reading.features.iter().map(|f| f.shape.unsigned_area()).collect();
    assert_eq!(areas, [9_600.0, 50.0]);
    let names: Vec<_> = reading.features.iter().map(|f| f.attribute("parcel")).collect();
    assert_eq!(names, [Some("A"), Some("B")]);
}

#[test]
fn a_point_that_cannot_be_read_spoils_its_parcel_only() {
    let reading = listed(
        "地块|点号|X|Y
         A|1|0|0
         A|2|0|1o0
         A|3|100|100
         B|1|0|0
         B|2|0|10
         A|4|100|0
         B|3|10|10",
    );
    assert_eq!(reading.features.len(), 1);
    let told: Vec<_> = reading.troubles.iter().map(|t| (t.what.code(), t.weight, t.place.row)).collect();
    assert_eq!(
        told,
        [
            ("not-a-number", Weight::Refused, Some(3)),
            ("scattered", Weight::Doubt, Some(7)),
            ("scattered", Weight::Doubt, Some(8)),
            ("not-closed", Weight::Note, Some(5)),
        ]
    );
    let none = read_points(&rows("a|b\n1|2"), "", &Limits::default()).expect_err("no heading");
    assert_eq!(none.what, What::ColumnMissing { column: "x".to_owned() });
}

/// Two plots: 200 m in X and 100 m in Y; 100 m × 100 m with a hole of 20 m × 20 m.
const PLOTS: &str = "[属性描述]
格式版本号=1.01
数据产生单位=宁波市自然资源和规划局
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=40
精度=0.001
转换参数=,,,,,,
[地块坐标]
5,2.0000,1,甲地块,面,,工业用地,0601,@
J1,1,3307700.000,40641000.000
J2,1,3307900.000,40641000.000
J3,1,3307900.000,40641100.000
J4,1,3307700.000,40641100.000
J1,1,3307700.000,40641000.000
11,0.9600,2,乙地块,面,,工业用地,0601,@
J1,1,3307700,40641200
J2,1,3307800,40641200
J3,1,3307800,40641300
J4,1,3307700,40641300
J1,1,3307700,40641200
J5,2,3307740,40641240
J6,2,3307760,40641240
J7,2,3307760,40641260
J8,2,3307740,40641260
J5,2,3307740,40641240
";

#[test]
fn plots_for_approval_are_read() {
    let gbk = encoding_rs::GBK.encode(PLOTS).0.into_owned();
    for bytes in [PLOTS.as_bytes(), &gbk] {
        let reading = taken(bytes);
        assert_eq!(reading.format, Format::Plots);
        assert_eq!(reading.stated, Some(Stated::Known { crs: Crs::from_epsg(4528).expect("zone 40") }));
        let areas: Vec<f64> = reading.features.iter().map(|f| f.shape.unsigned_area()).collect();
        assert_eq!(areas, [20_000.0, 9_600.0]);
        assert_eq!(reading.features[0].attribute("地块名称"), Some("甲地块"));
        assert_eq!(reading.features[0].attribute("地块面积"), Some("2.0000"));
        assert_eq!(reading.features[1].place.row, Some(18));
        // The second plot declares eleven points and has ten.
        assert_eq!(codes(&reading), [("points-differ", Some(2))]);
        let found = crate::crs::detect(&reading, &crate::crs::Neighbourhood::default());
        assert_eq!(found.chosen, Some(crate::Frame::north_first(Crs::from_epsg(4528).expect("zone 40"))));
    }
}

#[test]
fn plots_say_their_datum_and_may_leave_out_the_zones_number() {
    let without = PLOTS.replace(",40641", ",641");
    let zone = Crs::from_epsg(4549).expect("zone 40 without number");
    assert_eq!(taken(without.as_bytes()).stated, Some(Stated::Known { crs: zone }));
    let old = PLOTS.replace("2000国家大地坐标系", "80国家大地坐标系");
    let Some(Stated::Old { datum, .. }) = taken(old.as_bytes()).stated else { panic!("an old datum") };
    assert_eq!(datum, "Xian 1980");
    let spoiled = PLOTS.replacen("J3,1,3307900.000", "J3,1,33o7900.000", 1);
    let reading = taken(spoiled.as_bytes());
    assert_eq!((reading.features.len(), codes(&reading)[0]), (1, ("not-a-number", Some(1))));
}

#[test]
fn limits_hold() {
    let tight = |limits: Limits, bytes: &[u8]| match read(bytes, &limits) {
        Err(Trouble { what: What::TooLarge { of, .. }, .. }) => of,
        other => panic!("too large was expected, not {other:?}"),
    };
    for bytes in [ZONE40_GBK, DEGREES_GPKG, DEGREES_GEOJSON] {
        assert_eq!(tight(Limits { max_features: 2, ..Limits::default() }, bytes), "features");
        assert_eq!(tight(Limits { max_points: 12, ..Limits::default() }, bytes), "points");
        assert_eq!(tight(Limits { max_bytes: 600, ..Limits::default() }, bytes), "bytes");
        let few = Limits { max_attributes: 2, ..Limits::default() };
        let reading = read(bytes, &few).expect("attributes beyond the limit are left out");
        assert_eq!(reading.features[0].attributes.len(), 2);
        assert_eq!(codes(&reading), [("too-large", Some(1))]);
    }
}

#[test]
fn a_zip_bomb_is_refused() {
    // 64 MiB of zeros pack to some 64 KiB.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("a.shp", options).expect("a part can be begun");
    std::io::Write::write_all(&mut zip, &vec![0; 64 << 20]).expect("memory takes all");
    let bytes = zip.finish().expect("an archive can be ended").into_inner();
    let limits = Limits { max_bytes: 1 << 20, ..Limits::default() };
    assert!(bytes.len() < 1 << 20);
    let stop = read(&bytes, &limits).expect_err("it unpacks to more than the limit");
    assert_eq!(stop.what, What::TooLarge { of: "bytes".to_owned(), limit: 1 << 20 });
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!(r#"{{"type":"Polygon","coordinates":{}"#, "[".repeat(100_000));
    assert!(matches!(refused(deep.as_bytes()), What::Damaged { .. }));
    let deep = format!(r#"{{"a":{}"#, "[".repeat(100_000));
    assert!(matches!(refused(deep.as_bytes()), What::Damaged { .. }));
}

/// A small generator of its own, so that the same inputs are tried on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        // Numerical Recipes' 64-bit step of xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll() % bound.max(1) as u64).expect("smaller than the bound")
    }
}

/// Bytes with a few of them flipped, set to an extreme, cut off, doubled or moved.
fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len());
        let length = dice.below(64).min(bytes.len().saturating_sub(at));
        match dice.below(7) {
            _ if bytes.is_empty() => break,
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'"', b'['][dice.below(7)],
            2 => bytes[at..at + length.min(8)].fill(0xff),
            3 => bytes[at..at + length.min(8)].fill(0),
            4 => bytes.truncate(at),
            5 => {
                let part = bytes[at..at + length].to_vec();
                bytes.splice(at..at, part);
            }
            _ => drop(bytes.drain(at..at + length)),
        }
    }
    bytes
}

/// Reads a thousand mutated inputs: each is taken, with sound rings only, or refused by name.
fn survives(seed: u64, mut input: impl FnMut(&mut Dice) -> Result<Reading, Trouble>) {
    let mut dice = Dice(seed);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..1000 {
        match input(&mut dice) {
            Ok(reading) => {
                read += 1;
                assert!(!reading.features.is_empty() || !reading.troubles.is_empty(), "silence");
                for ring in reading.features.iter().flat_map(|f| &f.shape.0).map(geo::Polygon::exterior) {
                    assert!(ring.0.len() >= 4 && ring.is_closed(), "{ring:?}");
                    assert!(ring.0.iter().all(|at| at.x.is_finite() && at.y.is_finite()), "{ring:?}");
                }
            }
            Err(trouble) => {
                refused += 1;
                assert_eq!(trouble.weight, Weight::Refused);
            }
        }
    }
    assert!(read > 50 && refused > 0, "one-sided: {read} read, {refused} refused");
}

/// The parts of an archive, unpacked, so that mutation reaches the format and not only the packing.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = archive::Archive::open(bytes, &Limits::default()).expect("a sound archive");
    let names = archive.names().to_vec();
    let content = |index| archive.content(index).expect("a sound part");
    names
        .into_iter()
        .enumerate()
        .map(|(index, name)| (name, index))
        .map({
            let mut content = content;
            move |(name, index)| (name, content(index))
        })
        .collect()
}

fn repacked(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part can be begun");
        std::io::Write::write_all(&mut zip, content).expect("memory takes all");
    }
    zip.finish().expect("an archive can be ended").into_inner()
}

/// The text with a few of its numbers, names and brackets replaced by others.
fn rewritten(text: &str, dice: &mut Dice) -> Vec<u8> {
    let others = [
        "null",
        "[]",
        "{}",
        "1e999",
        "-0",
        "\"x\"",
        "[1]",
        "[[2,3]]",
        "true",
        "18446744073709551615",
        "1e-320",
    ];
    let mut text = text.to_owned();
    for _ in 0..=dice.below(4) {
        let numbers: Vec<(usize, &str)> =
            text.match_indices(|c: char| c.is_ascii_digit()).filter(|(at, _)| *at > 0).collect();
        let (at, _) = numbers[dice.below(numbers.len())];
        let part = |c: char| c.is_ascii_digit() || c == '.';
        let start = text[..at].rfind(|c| !part(c)).map_or(0, |before| before + 1);
        let end = text[at..].find(|c| !part(c)).map_or(text.len(), |after| at + after);
        text.replace_range(start..end, others[dice.below(others.len())]);
    }
    text.into_bytes()
}

#[test]
fn mutated_geojson_is_read_or_refused() {
    let text = std::str::from_utf8(DEGREES_GEOJSON).expect("GeoJSON is UTF-8");
    survives(1, |dice| {
        let bytes = if dice.below(2) == 0 { rewritten(text, dice) } else { mutated(DEGREES_GEOJSON, dice) };
        read(&bytes, &Limits::default())
    });
}

#[test]
fn mutated_shapefiles_are_read_or_refused() {
    let parts = unpacked(ZONE40_GBK);
    survives(2, |dice| {
        if dice.below(4) == 0 {
            return read(&mutated(ZONE40_GBK, dice), &Limits::default());
        }
        let mut parts = parts.clone();
        let at = dice.below(parts.len());
        parts[at].1 = mutated(&parts[at].1, dice);
        read(&repacked(&parts), &Limits::default())
    });
}

#[test]
fn mutated_geopackages_are_read_or_refused() {
    let package = unpacked(DEGREES_GPKG).remove(0).1;
    survives(3, |dice| read(&mutated(&package, dice), &Limits::default()));
}

#[test]
fn mutated_plots_are_read_or_refused() {
    survives(5, |dice| {
        // Half of the time the first bytes stay, which say what the file is.
        let keep = if dice.below(2) == 0 { PLOTS.find("J1").unwrap_or(0) } else { 0 };
        let (head, tail) = PLOTS.as_bytes().split_at(keep);
        read(&[head, &mutated(tail, dice)].concat(), &Limits::default())
    });
}

#[test]
fn mutated_lists_are_read_or_refused() {
    let list = "宗地代码|点号|圈号|X坐标|Y坐标\nA|J1|1|3307700|40641000\n|J2|1|3307900|40641000\n|J3|1|3307900|40641100\n|J1|1|3307700|40641000\nB|J1|1|3307700|40641000\n|J2|1|3307900|40641000\n|J3|1|3307900|40641100";
    survives(4, |dice| {
        let text = String::from_utf8_lossy(&mutated(list.as_bytes(), dice)).into_owned();
        read_points(&rows(&text), "a", &Limits::default())
    });
}
