//! Files of boundaries and of parcels, as a clerk meets them: a Shapefile that states the wrong zone, a GeoPackage, a list of
//! boundary points, files that are broken; exports that come back; the request for data that is filled in and sent back.
//!
//! Deliberately absent: how formats are read and boundaries mended (tested in the land crate).

use land::crs::{Frame, Projector};
use land::{Attribute, Crs, Feature, Place, Shape, Value, write};
use office::write::{BookSpec, CellSpec, SheetSpec, xlsx};

use crate::support::{Shop, demo, read_workbook, seen};

const CODES: [&str; 4] =
    ["330203002004GB00001", "330203002004GB00002", "330203002004GB00003", "330203002004GB00004"];

/// A square of a thousandth of a degree: 10,697 ㎡ at 30° north. `step` thousandths to the east, a fifth wider to the west
/// where it `reaches` over its neighbour.
fn square(step: f64, reaches: bool) -> Vec<(f64, f64)> {
    let west = 121.5 + step / 1000.0 - if reaches { 0.0002 } else { 0.0 };
    let east = 121.501 + step / 1000.0;
    vec![(west, 30.0), (east, 30.0), (east, 30.001), (west, 30.001), (west, 30.0)]
}

/// Two triangles that meet at a point: no boundary of anything.
fn bow_tie() -> Vec<(f64, f64)> {
    vec![(121.503, 30.0), (121.504, 30.001), (121.504, 30.0), (121.503, 30.001), (121.503, 30.0)]
}

fn text(ring: &[(f64, f64)]) -> String {
    let points: Vec<String> = ring.iter().map(|(x, y)| format!("[{x:.7},{y:.7}]")).collect();
    format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", points.join(","))
}

fn feature(code: &str, ring: Vec<(f64, f64)>) -> Feature {
    let ring = geo_ring(ring);
    let code = Attribute { name: "ZDDM".into(), value: Value::Text(code.to_owned()) };
    Feature { shape: ring, attributes: vec![code], place: Place::default() }
}

fn geo_ring(ring: Vec<(f64, f64)>) -> Shape {
    land::read::read_geometry(&text(&ring)).expect("a ring of four corners")
}

/// A shop whose ledger has four parcels; the boundaries of the first two are known.
fn shop() -> Shop {
    let shop = Shop::new();
    let mut rows: Vec<Vec<CellSpec>> =
        vec![["宗地代码", "地块名称", "宗地面积", "宗地界线"].map(CellSpec::text).to_vec()];
    for (at, code) in CODES.iter().enumerate() {
        let known = [0.0, 1.0].get(at).map_or_else(String::new, |step| text(&square(*step, false)));
        let name = format!("试验{}号地块", at + 1);
        rows.push([code, name.as_str(), "10697", known.as_str()].map(CellSpec::text).to_vec());
    }
    let sheet = SheetSpec { name: "地块".to_owned(), rows, ..SheetSpec::default() };
    let bytes = xlsx(&BookSpec { sheets: vec![sheet] }).expect("plain cells");
    shop.accept(&shop.file("地块清册.xlsx", bytes));
    shop
}

/// A Shapefile whose numbers are of the zone on 123° and whose `.prj` states the one on 120°: on the plane every zone looks
/// the same, so what lies three degrees to the west in the one has the numbers of the other.
fn wrong_zone(features: &[Feature]) -> Vec<u8> {
    let mut west = features.to_vec();
    for feature in &mut west {
        for polygon in &mut feature.shape.0 {
            polygon.exterior_mut(|ring| ring.0.iter_mut().for_each(|point| point.x -= 3.0));
        }
    }
    write::shapefile(&west, Crs::from_epsg(4549).expect("a zone"), "parcels").expect("places in China")
}

/// What `parcels import` finds, as JSON, with how it ended.
fn import(shop: &Shop, name: &str, bytes: &[u8], more: &[&str]) -> (i32, serde_json::Value) {
    let path = shop.file(name, bytes);
    let path = path.to_string_lossy();
    let ran = shop.run(&[&["--format", "json", "parcels", "import", &path], more].concat());
    let code = ran.code;
    (code, ran.json())
}

/// New, changed, unchanged, unknown, held.
fn counts(printed: &serde_json::Value) -> [u64; 5] {
    ["new", "changed", "unchanged", "unknown", "held"]
        .map(|kind| printed["stage"]["changes"][kind].as_u64().expect("a count"))
}

fn findings(printed: &serde_json::Value) -> Vec<(String, String)> {
    let list = printed["stage"]["findings"].as_array().expect("a list");
    let of = |finding: &serde_json::Value, key: &str| finding[key].as_str().expect("text").to_owned();
    list.iter().map(|f| (of(f, "code"), f["place"]["cell"].as_str().unwrap_or_default().to_owned())).collect()
}

/// The exported map, by code.
fn drawn(shop: &Shop) -> Vec<(String, String)> {
    let path = shop.path("map.geojson");
    shop.run(&["parcels", "export", "--format", "geojson", "-o", &path.to_string_lossy()]).expect_code(0);
    let map: serde_json::Value =
        serde_json::from_slice(&std::fs::read(path).expect("it was written")).expect("GeoJSON");
    let features = map["features"].as_array().expect("features");
    features
        .iter()
        .map(|f| {
            let code = f["properties"]["宗地代码"].as_str().expect("a code").to_owned();
            (code, f["geometry"]["coordinates"].to_string())
        })
        .collect()
}

#[test]
fn a_shapefile_in_a_wrong_zone_is_asked_about_fixed_and_seen_on_the_map() {
    let shop = shop();
    let bytes = wrong_zone(&[
        feature(CODES[0], square(0.0, false)),
        feature(CODES[1], square(1.0, true)),
        feature(CODES[2], square(2.0, false)),
        feature(CODES[3], bow_tie()),
        feature("330203002004GB00099", square(5.0, false)),
    ]);
    // Known parcels lie on 123°, the file says 120°: nothing is taken, both are offered, the likelier first.
    let (code, asked) = import(&shop, "界线.zip", &bytes, &["--accept"]);
    assert_eq!((code, &asked["stage"]["crs"]["chosen"]), (1, &serde_json::Value::Null), "{asked:#}");
    assert!(asked["stage"]["crs"]["question"].as_str().is_some_and(|q| q.contains("EPSG:4549")), "{asked:#}");
    assert_eq!(asked["stage"]["crs"]["candidates"][0]["epsg"], 4550);
    assert_eq!(asked["accepted"], serde_json::Value::Null);
    assert_eq!(drawn(&shop).len(), 2);

    let (code, fixed) = import(&shop, "界线.zip", &bytes, &["--crs", "4550", "--accept"]);
    assert_eq!(code, 0, "{fixed:#}");
    assert_eq!(counts(&fixed), [1, 1, 1, 1, 1], "{fixed:#}");
    assert_eq!(fixed["accepted"]["entries"], 2);
    let found = findings(&fixed);
    for expected in [
        ("boundary-self_crossing", "#4"),
        ("boundary-unknown-parcel", "#5"),
        ("boundary-overlap", "#1"),
        ("boundary-area-differs", "#2"),
    ] {
        let there = found.iter().any(|(code, cell)| {
            (code.replace('_', "-").as_str(), cell.as_str()) == (&expected.0.replace('_', "-"), expected.1)
        });
        assert!(there, "{expected:?} not in {found:?}");
    }

    // The third is on the map now, the second reaches over the first, the bow tie was not written.
    let map = drawn(&shop);
    assert_eq!(map.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), &CODES[..3]);
    assert!(map[1].1.contains("121.5008"), "{}", map[1].1);
    assert!(map[2].1.contains("[121.502,30.0]") || map[2].1.contains("[121.502,30]"), "{}", map[2].1);
    shop.run(&["verify"]).expect_code(0);

    // As every revision it is taken back by another.
    shop.run(&["import", "undo", "2"]).expect_code(0);
    assert_eq!(drawn(&shop).len(), 2);
}

#[test]
fn a_geopackage_comes_back_as_it_went() {
    let shop = shop();
    let path = shop.path("map.gpkg");
    let path = path.to_string_lossy();
    shop.run(&["parcels", "export", "--format", "gpkg", "-o", &path])
        .expect_code(0)
        .says("另有 2 宗没有界线");
    let bytes = std::fs::read(&*path).expect("it was written");
    let (code, back) = import(&shop, "back.gpkg", &bytes, &[]);
    assert_eq!((code, counts(&back)), (0, [0, 0, 2, 0, 0]), "{back:#}");
    assert_eq!(back["stage"]["format"], "geopackage");
    let wrong = shop.run(&["parcels", "export", "--format", "dwg"]);
    assert_eq!(wrong.code, 2);
}

#[test]
fn a_list_of_boundary_points_is_read_row_by_row() {
    let shop = shop();
    // Surveyors write X for north; the millions of Y are the zone, 41.
    let way = Projector::new(Frame::north_first(Crs::from_epsg(4529).expect("a zone"))).expect("a zone");
    let mut rows: Vec<Vec<CellSpec>> = vec![["宗地代码", "点号", "X", "Y"].map(CellSpec::text).to_vec()];
    let mut add = |code: &str, ring: Vec<(f64, f64)>| {
        for (at, (x, y)) in (1..).zip(&ring[..4]) {
            let point = way.from_lon_lat((*x, *y).into()).expect("a place in China");
            let mut row = [code, &format!("J{at}")].map(CellSpec::text).to_vec();
            row.extend([point.x, point.y].map(CellSpec::number));
            rows.push(row);
        }
    };
    add(CODES[0], square(0.0, false));
    add(CODES[2], square(2.0, false));
    add(CODES[3], square(3.0, false));
    // Row 11 is the second point of the fourth parcel.
    rows[10][2] = CellSpec::text("看不清");
    let sheet = SheetSpec { name: "界址点".to_owned(), rows, ..SheetSpec::default() };
    let bytes = xlsx(&BookSpec { sheets: vec![sheet] }).expect("plain cells");
    let (code, found) = import(&shop, "界址点.xlsx", &bytes, &["--accept"]);
    assert_eq!((code, &found["stage"]["format"]), (0, &"points".into()), "{found:#}");
    assert_eq!(found["stage"]["crs"]["chosen"], 4529);
    assert_eq!(counts(&found), [1, 0, 1, 0, 0], "{found:#}");
    let list = found["stage"]["findings"].as_array().expect("a list");
    let unread = list.iter().find(|f| f["message"].as_str().is_some_and(|m| m.contains("看不清")));
    let place = &unread.unwrap_or_else(|| panic!("no finding of the cell in {list:#?}"))["place"];
    assert_eq!((&place["sheet"], &place["cell"]), (&"界址点".into(), &"A11".into()));
    assert_eq!(drawn(&shop).len(), 3);
}

#[test]
fn a_list_across_the_edge_of_two_zones_is_read_by_each_number() {
    let shop = shop();
    let mut rows: Vec<Vec<CellSpec>> = vec![["宗地代码", "点号", "X", "Y"].map(CellSpec::text).to_vec()];
    let mut add = |code: &str, ring: Vec<(f64, f64)>, zones: [u32; 4]| {
        for (at, ((x, y), zone)) in (1..).zip(ring[..4].iter().zip(zones)) {
            let crs = Crs::from_epsg(4488 + zone).expect("a zone of three degrees with its number");
            let way = Projector::new(Frame::north_first(crs)).expect("a zone");
            let point = way.from_lon_lat((*x, *y).into()).expect("a place in China");
            let mut row = [code, &format!("J{at}")].map(CellSpec::text).to_vec();
            row.extend([point.x, point.y].map(CellSpec::number));
            rows.push(row);
        }
    };
    // The first two lie where the ledger has them, one written in zone 40, one in zone 41; the fourth changes its zone half way.
    add(CODES[0], square(0.0, false), [40; 4]);
    add(CODES[1], square(1.0, false), [41; 4]);
    add(CODES[2], square(2.0, false), [41; 4]);
    add(CODES[3], square(3.0, false), [41, 41, 40, 40]);
    let sheet = SheetSpec { name: "界址点".to_owned(), rows, ..SheetSpec::default() };
    let bytes = xlsx(&BookSpec { sheets: vec![sheet] }).expect("plain cells");
    let (code, found) = import(&shop, "两带界址点.xlsx", &bytes, &["--accept"]);
    assert_eq!((code, &found["stage"]["crs"]["chosen"]), (0, &4529.into()), "{found:#}");
    assert_eq!(counts(&found), [1, 0, 2, 0, 0], "{found:#}");
    let list = found["stage"]["findings"].as_array().expect("a list");
    let of = |code: &str| {
        let told = list.iter().find(|finding| finding["code"] == code);
        told.unwrap_or_else(|| panic!("no {code} in {list:#?}"))
    };
    let several = of("boundary-several-zones");
    assert_eq!(several["severity"], "warning");
    assert!(
        several["message"].as_str().is_some_and(|m| m.contains("第 41 带 3 个、第 40 带 1 个")),
        "{several:#}"
    );
    let mixed = of("boundary-mixed-zones");
    assert_eq!((&mixed["severity"], &mixed["place"]["sheet"]), (&"error".into(), &"界址点".into()));
    assert!(mixed["place"]["cell"].as_str().is_some_and(|cell| cell.starts_with("A14")), "{mixed:#}");
    assert!(mixed["hint"].as_str().is_some_and(|hint| hint.contains("同一带")), "{mixed:#}");
    assert_eq!(drawn(&shop).len(), 3);
}

/// A city's own projection, which a `.prj` describes by its numbers: the meridian 121°30′, 50 km east, 3,200 km off the north.
#[test]
fn a_projection_that_the_file_describes_itself_is_taken_by_its_stand_in_number() {
    let shop = shop();
    let own: Crs = "TM:121.5,0,1,50000,-3200000".parse().expect("a projection");
    let features = [feature(CODES[0], square(0.0, false)), feature(CODES[2], square(2.0, false))];
    let bytes = write::shapefile(&features, own, "parcels").expect("places in China");
    let (code, found) = import(&shop, "独立坐标.zip", &bytes, &[]);
    assert_eq!((code, &found["stage"]["crs"]["chosen"]), (0, &100_000.into()), "{found:#}");
    assert_eq!(counts(&found), [1, 0, 1, 0, 0], "{found:#}");
    // The same said by a person; and of a file that describes none, nothing can be taken.
    let (code, said) = import(&shop, "独立坐标.zip", &bytes, &["--crs", "100000", "--accept"]);
    assert_eq!((code, counts(&said)), (0, [1, 0, 1, 0, 0]), "{said:#}");
    assert_eq!(drawn(&shop).len(), 3);
    let silent = "{\"type\":\"FeatureCollection\",\"features\":[]}";
    let (code, none) = import(&shop, "none.geojson", silent.as_bytes(), &["--crs", "100000"]);
    assert_eq!((code, &none["stage"]["crs"]["chosen"]), (1, &serde_json::Value::Null), "{none:#}");
}

#[test]
fn attributes_that_name_different_parcels_are_asked_about() {
    let shop = shop();
    // Two headings of parcel codes; the second feature has another parcel under each.
    let mut features = vec![feature(CODES[2], square(2.0, false)), feature(CODES[3], square(3.0, false))];
    for (feature, other) in features.iter_mut().zip([CODES[2], CODES[0]]) {
        let value = Value::Text(other.to_owned());
        feature.attributes.push(Attribute { name: "DKBH".into(), value });
    }
    let bytes =
        write::shapefile(&features, Crs::from_epsg(4490).expect("degrees"), "parcels").expect("in China");
    let (code, asked) = import(&shop, "两列.zip", &bytes, &["--accept"]);
    let columns = &asked["stage"]["columns"];
    assert_eq!((code, &columns["code"], &asked["accepted"]), (1, &().into(), &().into()), "{asked:#}");
    let question = columns["question"].as_str().unwrap_or_else(|| panic!("no question: {asked:#}"));
    assert!(question.contains("ZDDM") && question.contains("DKBH"), "{question}");
    let names: Vec<_> =
        columns["candidates"].as_array().expect("a list").iter().map(|of| &of["name"]).collect();
    assert_eq!(names, ["ZDDM", "DKBH"]);
    assert!(findings(&asked).iter().any(|(code, _)| code == "boundary-which-column"), "{asked:#}");
    assert_eq!(drawn(&shop).len(), 2, "nothing is written");
    let (code, said) = import(&shop, "两列.zip", &bytes, &["--column", "ZDDM", "--accept"]);
    assert_eq!((code, counts(&said)), (0, [2, 0, 0, 0, 0]), "{said:#}");
    assert_eq!(drawn(&shop).len(), 4);
}

/// A parcel whose new boundary lies beyond the park's own, and which the register calls inside.
#[test]
fn a_parcel_outside_the_park_is_told() {
    let shop = demo().copy();
    // The park of the demo lies between 121.48° and 121.52°.
    let code = CODES[0];
    let away = vec![(121.6, 30.0), (121.601, 30.0), (121.601, 30.001), (121.6, 30.001), (121.6, 30.0)];
    let feature = feature(code, away);
    let bytes = write::geojson(&[feature], Crs::from_epsg(4490).expect("degrees")).expect("in China");
    let (_, found) = import(&shop, "园外.geojson", &bytes, &["--crs", "4490"]);
    let told = findings(&found);
    assert!(told.contains(&("boundary-outside-park".to_owned(), "#1".to_owned())), "{told:?}");
}

#[test]
fn a_broken_file_is_a_finding() {
    let shop = shop();
    let whole = wrong_zone(&[feature(CODES[0], square(0.0, false))]);
    let half: Vec<u8> = whole[..whole.len() / 2].to_vec();
    let broken: [(&str, &[u8]); 4] = [
        ("half.zip", &half),
        ("words.txt", "界线另寄".as_bytes()),
        ("nothing.gpkg", b"SQLite format 3\0"),
        ("open.geojson", b"{\"type\":\"FeatureCollection\",\"features\":["),
    ];
    for (name, bytes) in broken {
        let (code, found) = import(&shop, name, bytes, &["--accept"]);
        assert_eq!((code, &found["accepted"]), (1, &serde_json::Value::Null), "{name}: {found:#}");
        let list = found["stage"]["findings"].as_array().expect("a list");
        assert!(!list.is_empty(), "{name} has no finding");
        for finding in list {
            assert_eq!(finding["place"]["file"], name);
            let said = |key: &str| finding[key].as_str().is_some_and(|text| !text.is_empty());
            assert!(said("message") && said("hint"), "{name}: {finding:#}");
        }
    }
    // A bad feature among good ones holds back itself alone.
    let mixed = format!(
        "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"EPSG:4490\"}}}},\"features\":[\
         {{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[121.5,30]}}}},\
         {{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\"}},\"geometry\":{}}}]}}",
        CODES[3],
        CODES[2],
        text(&square(2.0, false))
    );
    let (code, found) = import(&shop, "mixed.geojson", mixed.as_bytes(), &[]);
    assert_eq!((code, counts(&found)), (0, [1, 0, 0, 0, 0]), "{found:#}");
    assert!(findings(&found).iter().any(|(_, cell)| cell.starts_with("#1")), "{found:#}");
}

#[test]
fn a_request_for_data_is_filled_in_and_comes_back() {
    let shop = demo().copy();
    let request = |name: &str, department: &str| {
        let path = shop.path(name);
        let asked =
            ["--format", "json", "parcels", "request", "--year", "2022", "--department", department, "-o"];
        let ran = shop.run(&[&asked[..], &[&path.to_string_lossy()]].concat()).expect_code(0);
        (path, ran.json()["gaps"].as_u64().expect("a count"))
    };
    let department = "区生态环境分局";
    let (path, before) = request("request.xlsx", department);
    let sent = read_workbook(&path);
    assert_eq!(sent.sheets.len(), 2, "the list, and one book to fill in");
    let sheet = &sent.sheets[1];
    assert_eq!(seen(sheet, "A1"), "统一社会信用代码");
    assert_eq!((seen(sheet, "C2").as_str(), seen(sheet, "D1").as_str()), ("2022", "化学需氧量（吨）"));
    // Nothing filled in: nothing changes.
    let empty = shop.run(&["--format", "json", "import", &path.to_string_lossy()]).expect_code(0).json();
    assert_eq!((&empty[0]["new"], &empty[0]["changed"]), (&0.into(), &0.into()), "{empty:#}");

    // The department fills in its first row: 1.5 t in all.
    let last = sheet.cells.last().expect("rows").row;
    let row = |row: u32| {
        let cell = |column: char| CellSpec::text(seen(sheet, &format!("{column}{row}")));
        let mut cells: Vec<CellSpec> = ('A'..='G').map(cell).collect();
        if row == 2 {
            ["1", "0.25", "0.125", "0.125"]
                .iter()
                .zip(3..)
                .for_each(|(n, at)| cells[at] = CellSpec::decimal(*n));
        }
        cells
    };
    let rows = (1..=last + 1).map(row).collect();
    let filled = SheetSpec { name: sheet.name.clone(), rows, ..SheetSpec::default() };
    let bytes = xlsx(&BookSpec { sheets: vec![filled] }).expect("plain cells");
    let path = shop.file("filled.xlsx", bytes);
    let taken = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]);
    assert_eq!(taken.expect_code(0).json()[0]["new"], 1);
    let (_, after) = request("again.xlsx", department);
    assert!(after < before, "{after} gaps after, {before} before");
    shop.run(&["parcels", "request", "--year", "2022", "--department", "没有的部门"]).expect_code(1);
}

#[test]
fn the_demos_map_files_can_be_tried() {
    let shop = demo().copy();
    let maps = std::fs::read_dir(demo().path("maps")).expect("the demo wrote it");
    let mut asked = 0;
    for map in maps {
        let map = map.expect("readable");
        let name = map.file_name().to_string_lossy().into_owned();
        let bytes = std::fs::read(map.path()).expect("the demo wrote it");
        let (code, found) = import(&shop, &name, &bytes, &[]);
        if name.contains("带号有误") {
            assert_eq!(
                (code, &found["stage"]["crs"]["chosen"]),
                (1, &serde_json::Value::Null),
                "{name}: {found:#}"
            );
            assert_eq!(found["stage"]["crs"]["candidates"][0]["epsg"], 4550, "{name}: {found:#}");
            asked += 1;
        } else {
            assert_eq!(code, 0, "{name}: {found:#}");
        }
    }
    assert!(asked > 0, "no map file that must be asked about");
}

#[test]
fn what_lies_across_the_parks_edge_and_what_nobody_claims_is_told() {
    let bytes = std::fs::read(demo().path("maps/园区边界宗地复测.geojson")).expect("the demo wrote it");
    let (code, found) = import(&demo().copy(), "园区边界宗地复测.geojson", &bytes, &[]);
    let stage = &found["stage"];
    assert_eq!(code, 0, "{found:#}");
    assert_eq!(stage["columns"]["code"], "ZDDM");
    assert_eq!((&stage["columns"]["area"], &stage["columns"]["holder"]), (&"ZDMJ".into(), &"QLRMC".into()));
    let findings = stage["findings"].as_array().expect("a list").clone();
    let of = |code: &str| -> Vec<String> {
        let ours = findings.iter().filter(|finding| finding["code"] == code);
        ours.map(|finding| finding["message"].as_str().unwrap_or_default().to_owned()).collect()
    };
    // Parcel 84 is 160 m wide of which 120 lie inside: 15,120 of 20,160 ㎡. Of parcel 85 it is 55 of 160: 8,250 of 24,000 ㎡.
    let across = of("boundary-across-park");
    assert_eq!(across.len(), 2, "{findings:#?}");
    assert!(across[0].contains("园内 151") && across[0].contains("按规则计入"), "{across:?}");
    assert!(across[1].contains("园内 82") && across[1].contains("按规则不计入"), "{across:?}");
    // Between the green south of the road and parcel 84 lies a strip that is neither: 20 m × 126 m are 2,520 ㎡.
    let gaps = of("boundary-gap");
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert!(gaps[0].contains("有 252"), "{gaps:?}");
    assert!(of("boundary-area-said").is_empty() && of("boundary-holder-said").is_empty(), "{findings:#?}");
}
