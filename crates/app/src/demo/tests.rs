//! Tests of the generator: the committed park as a whole, and made-up specifications for the engine.

use std::collections::BTreeSet;
use std::path::Path;

use expect_test::{Expect, expect};

use super::*;

fn committed() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/demo");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("content/demo is part of the repository") {
        let path = entry.expect("a readable folder").path();
        // `show.toml` says what the demo does with the park, not what the park is.
        if path.extension().is_some_and(|ending| ending == "toml") && !path.ends_with("show.toml") {
            let text = std::fs::read_to_string(&path).expect("a readable file");
            files.push((path.display().to_string(), text));
        }
    }
    files
}

fn one(text: &str) -> Result<Park, DemoFault> {
    generate(&[("park.toml".to_owned(), format!("mark = \"made up\"\n{text}"))], 1)
}

/// Generates from a made-up specification and compares the sheets (or the fault).
fn check(text: &str, expect: &Expect) {
    let found = match one(text) {
        Err(fault) => format!("! {fault}\n"),
        Ok(park) => park.files.iter().map(outline).collect(),
    };
    expect.assert_eq(&found);
}

fn read(file: &DemoFile) -> office::Workbook {
    office::read(&file.bytes, &file.name, &office::Limits::default()).expect("a readable workbook")
}

fn outline(file: &DemoFile) -> String {
    let mut out = String::new();
    for sheet in read(file).sheets {
        out += &[&file.name, " [", &sheet.name, "]"].concat();
        for area in &sheet.merges {
            let from = office::sheet::a1(area.top, area.left);
            out += &[" ", &from, ":", &office::sheet::a1(area.bottom, area.right)].concat();
        }
        if !sheet.hidden_rows.is_empty() {
            let rows: Vec<String> = sheet.hidden_rows.iter().map(ToString::to_string).collect();
            out += &[" hidden ", &rows.join(" ")].concat();
        }
        out.push('\n');
        for (row, cells) in sheet.row_iter() {
            let shown: Vec<String> = cells
                .iter()
                .map(|cell| {
                    let value = match cell.value {
                        office::CellValue::Number { value, .. } => value.to_string(),
                        _ => sheet
                            .text(cell)
                            .map_or_else(|| format!("{:?}", cell.value), |text| format!("{text:?}")),
                    };
                    format!("{}={value}", office::sheet::column_letters(cell.col))
                })
                .collect();
            out += &["  ", &(row + 1).to_string(), " ", &shown.join(" "), "\n"].concat();
        }
    }
    out
}

const SHOPS: &str = r#"
[[population]]
id = "shops"
table = """
name | town | rent:number
Ash | North | 10.5
Birch | South | 7
Cedar | North | 1200
"""
[[population]]
id = "sales"
each = [{ as = "shop", of = "shops" }, { as = "month", months = ["2023-01", "2023-02"] }]
[population.columns]
amount = { formula = "shop.rent * month(month)" }
so_far = { cumulative = { of = "amount", by = ["shop"], over = "month" } }
before = { earlier = { of = "amount", by = ["shop"], over = "month", months = 1 } }
"#;

#[test]
fn headings_merge_and_groups_totals_and_notes_stand_around_the_rows() {
    let text = format!(
        r##"{SHOPS}
[[workbook]]
file = "rents"
format = "xlsx"
from = "shops"
[[workbook.sheet]]
name = "rents"
title = ["All shops"]
[[workbook.sheet.table]]
columns = [
    {{ heading = "no", value = "#" }},
    {{ heading = "shop/name", value = "name" }},
    {{ heading = "shop/rent (a/b)", value = "rent", style = "separators", places = 2, sum = true }},
]
group = {{ by = "town", label = "{{town}}" }}
hide = "name = 'Cedar'"
total = {{ label = "sum", under = "shop/name" }}
notes = ["end"]
"##
    );
    check(
        &text,
        &expect![[r#"
            rents.xlsx [rents] A1:C1 A2:A3 B2:C2 hidden 5
              1 A="All shops"
              2 A="no" B="shop"
              3 B="name" C="rent (a/b)"
              4 A="North"
              5 A=1 B="Ash" C="10.50"
              6 A=2 B="Cedar" C="1,200.00"
              7 A="South"
              8 A=3 B="Birch" C="7.00"
              9 B="sum" C="1,217.50"
              10 A="end"
              11 A="made up"
        "#]],
    );
}

#[test]
fn months_stand_side_by_side_and_files_are_split() {
    let text = format!(
        r#"{SHOPS}
[[workbook]]
file = "wide-{{shop.town}}"
format = "csv-utf8"
from = "sales"
split = "shop.town"
[[workbook.sheet]]
name = "x"
[[workbook.sheet.table]]
columns = [{{ heading = "name", value = "shop.name" }}]
wide = {{ row = "shop", over = "month", heading = "{{month(month)}}", value = "so_far" }}
[[workbook.sheet.table.spoil]]
where = "shop.name = 'Ash'"
heading = "name"
value = "'ash?'"
"#
    );
    // So far in February: 10.5·1 + 10.5·2 = 31.5; 1200 + 2400 = 3600; 7 + 14 = 21.
    check(
        &text,
        &expect![[r#"
            wide-North.csv [wide-North]
              1 A="name" B="1" C="2"
              2 A="ash?" B="10.5" C="31.5"
              3 A="Cedar" B="1200" C="3600"
              4 A="made up"
            wide-South.csv [wide-South]
              1 A="name" B="1" C="2"
              2 A="Birch" B="7" C="21"
              3 A="made up"
        "#]],
    );
}

#[test]
fn plots_are_cut_from_blocks_and_become_degrees() {
    let text = r#"
[site]
longitude = "121.5"
latitude = "30"
north_metres = "100000"
east_metres = "100000"
east_shrink = "0"
along = ["1", "0"]
[[population]]
id = "blocks"
table = """
y:number | depth:number | left_bottom:number | left_top:number | right_bottom:number | right_top:number
0 | 100 | 0 | 0 | 300 | 300
"""
[[population]]
id = "parcels"
table = """
name | area:number
Ash | 10000
Birch | 20000
"""
[population.columns]
plot = { plots = { blocks = "blocks", area = "area" } }
half = { formula = "cut(plot, 0, 0.5)" }
outline = { formula = "geometry(half)" }
"#;
    let park = one(text).expect("a park");
    // Birch begins at x 100, where Ash ends; half of its 200 m is 100; 100 m are a thousandth of a degree here.
    assert_eq!(park.truth[1].rows[1][3], "100.000 0.000, 200.000 0.000, 200.000 100.000, 100.000 100.000");
    assert_eq!(
        park.truth[1].rows[1][4],
        r#"{"type":"Polygon","coordinates":[[[121.5010000,30.0000000],[121.5020000,30.0000000],[121.5020000,30.0010000],[121.5010000,30.0010000],[121.5010000,30.0000000]]]}"#
    );
    let crowded = text.replace("20000", "30000");
    assert_eq!(
        one(&crowded).expect_err("no room").to_string(),
        "population `parcels`, `plot`: no block has room for 30000 square metres"
    );
}

#[test]
fn a_map_file_may_state_another_zone_than_its_numbers() {
    let park = generate(&committed(), SEED).expect("the committed specification");
    let find = |ending: &str| {
        let map = park.maps.iter().find(|map| map.name.ends_with(ending)).expect("it is specified");
        land::read::read(&map.bytes, &land::read::Limits::default()).expect("a readable map")
    };
    let (zip, json) = (find(".zip"), find(".geojson"));
    assert_eq!((zip.features.len(), json.features.len()), (7, 7));
    let code = |feature: &land::Feature| feature.attribute("宗地代码").map(str::to_owned);
    assert_eq!(code(&zip.features[2]).as_deref(), Some("330203002004GB00033"));
    // Read with the zone its numbers belong to (EPSG:4550), the Shapefile gives the degrees of the GeoJSON file.
    let zone = land::Crs::from_epsg(4550).expect("a known system");
    let way = land::crs::Projector::new(land::Frame::east_first(zone)).expect("a projection");
    for (metres, degrees) in zip.features.iter().zip(&json.features) {
        assert_eq!(code(metres), code(degrees));
        let placed = way.shape_to_lon_lat(&metres.shape).expect("in reach");
        let near = |shape: &land::Shape| land::Extent::of([shape]).expect("not empty").center();
        let (a, b) = (near(&placed), near(&degrees.shape));
        assert!((a.x - b.x).abs() < 1e-7 && (a.y - b.y).abs() < 1e-7, "{a:?} {b:?}");
    }
}

#[test]
fn the_truth_holds_what_a_careful_clerk_would_type() {
    let park = one(SHOPS).expect("a park");
    let sales = &park.truth[1];
    assert_eq!(sales.columns, ["shop", "month", "amount", "so_far", "before"]);
    assert_eq!(sales.rows[1], ["Ash", "2023-02", "21.0", "31.5", "10.5"]);
    assert_eq!(sales.rows[0], ["Ash", "2023-01", "10.5", "10.5", ""]);
}

#[test]
fn what_is_wrong_in_a_specification_is_said() {
    check(
        "[[population]]\nid = \"a\"\nrows = 2\n[population.columns]\nx = { formula = \"y\" }",
        &expect![[r"
        ! population `a`, `x`: population `a` has no column `y`
    "]],
    );
    check(
        "[[population]]\nid = \"a\"\nrows = 2\n[population.columns]\nx = { formula = \"1\", cycle = \"w\" }",
        &expect![[r"
            ! population `a`, `x`: a column needs exactly one kind, this has 2
        "]],
    );
    check(
        "[[population]]\nid = \"a\"\nrows = 3\n[population.columns]\nx = { quota = { b = 2 } }",
        &expect![[r"
            ! population `a`, `x`: the numbers add up to 2, there are 3 rows
        "]],
    );
    check(
        "[[population]]\nid = \"a\"\nrow = 3",
        &expect![[r"
        ! park.toml: TOML parse error at line 4, column 1
          |
        4 | row = 3
          | ^^^
        unknown field `row`, expected one of `id`, `rows`, `table`, `each`, `where`, `keep`, `key`, `internal`, `columns`

    "]],
    );
    let twice = "[[workbook]]\nfile = \"f\"\nformat = \"xlsx\"\n[[workbook.sheet]]\nname = \"s\"\n";
    check(
        &format!("{twice}{twice}"),
        &expect![[r"
        ! two files are called `f.xlsx`
    "]],
    );
    assert_eq!(generate(&[], 1).err(), Some(DemoFault::Mark { found: 0 }));
}

#[test]
fn the_committed_park_is_marked_and_of_moderate_size() {
    let park = generate(&committed(), SEED).expect("the committed specification");
    assert!((100..=200).contains(&park.files.len()), "{} files", park.files.len());
    let names: BTreeSet<&str> = park.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), park.files.len());
    let mark = committed().iter().find_map(|(_, text)| toml::from_str::<Spec>(text).ok()?.mark);
    let mark = mark.expect("one file gives the mark");
    let mut kinds = BTreeSet::new();
    for file in &park.files {
        let workbook = read(file);
        kinds.insert(file.name.rsplit('.').next().unwrap_or_default().to_owned());
        for sheet in &workbook.sheets {
            assert!(sheet.strings.iter().any(|text| text.contains(&mark)), "{} [{}]", file.name, sheet.name);
        }
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["csv", "et", "xls", "xlsx"]);
}

#[test]
fn the_committed_park_is_the_same_again_and_another_with_another_seed() {
    let specification = committed();
    let park = generate(&specification, SEED).expect("the committed specification");
    let again = generate(&specification, SEED).expect("the committed specification");
    assert_eq!(park.files, again.files);
    assert_eq!(park.maps, again.maps);
    assert_eq!(park.truth, again.truth);
    let other = generate(&specification, 7).expect("another seed");
    assert_eq!(other.files.len(), park.files.len());
    assert_ne!(other.truth, park.truth);
}

#[test]
fn the_committed_park_tells_its_story() {
    let park = generate(&committed(), SEED).expect("the committed specification");
    assert!(park.story.len() >= 30);
    let untold: Vec<&Told> = park.story.iter().filter(|told| !told.holds).collect();
    assert!(untold.is_empty(), "{untold:#?}");
}

#[test]
fn every_code_of_the_committed_park_is_valid_but_the_one_that_must_not_be() {
    let park = generate(&committed(), SEED).expect("the committed specification");
    let texts = park.truth.iter().flat_map(|table| table.rows.iter().flatten());
    let codes: BTreeSet<&String> = texts.filter(|text| codes::is_generated(text)).collect();
    assert!(codes.len() > 700, "{} codes", codes.len());
    let wrong: Vec<(bool, bool)> =
        codes.iter().map(|code| codes::verdict(code)).filter(|verdict| *verdict != (true, true)).collect();
    // One enterprise whose outer check fails, one registration that is mistyped beyond repair.
    assert_eq!(wrong.len(), 2);
    assert!(wrong.contains(&(false, true)) && wrong.contains(&(false, false)));
}
