//! Parcels on the demo ledger: coverage, an evaluation that is frozen, what-ifs, an explanation, boundaries from a map file.
//!
//! Deliberately absent: the arithmetic (`assess`, to the digit) and geometry (`land`).

use serde_json::Value;

use crate::support::{Shop, demo};

/// A shop whose data folder is a copy of the demo's.
fn copied() -> Shop {
    let shop = Shop::new();
    let archive = shop.path("demo.backup");
    demo().run(&["backup", &archive.to_string_lossy()]).expect_code(0);
    shop.run(&["restore", &archive.to_string_lossy()]).expect_code(0);
    shop
}

fn count(rows: &Value, holds: impl Fn(&Value) -> bool) -> usize {
    rows.as_array().expect("a list").iter().filter(|row| holds(row)).count()
}

#[test]
fn a_year_is_evaluated_frozen_explained_and_tried_otherwise() {
    let shop = copied();
    let covered =
        shop.run(&["--format", "json", "parcels", "coverage", "--year", "2022"]).expect_code(0).json();
    let totals = &covered["totals"];
    let parts =
        ["scored", "not_due", "exempt", "no_data"].map(|part| totals[part].as_u64().expect("a count"));
    assert_eq!(parts.iter().sum::<u64>(), totals["all"].as_u64().expect("a count"), "{totals}");
    assert!(parts[0] > 40, "{totals}");

    let evaluate = ["--format", "json", "parcels", "evaluate", "--year", "2022"];
    let made = shop.run(&evaluate).expect_code(0).json();
    assert_eq!((&made["run"]["id"], &made["run"]["version"]), (&Value::from(1), &Value::from(1)));
    let rows = &made["results"]["items"];
    let graded = count(rows, |row| row["grade"].is_string());
    let best = count(rows, |row| row["group"] == "main" && row["first_grade"] == "A");
    let of = count(rows, |row| row["group"] == "main" && row["rank"].is_u64());
    // A: at most a fifth of those that are graded (不超过20%).
    assert!(graded > 40 && best * 5 <= of, "{best} of {of}");
    let again = shop.run(&evaluate).expect_code(0).json();
    assert_eq!(again["run"]["version"], 2);
    assert_eq!(
        again["results"]["items"], made["results"]["items"],
        "the same data and rules give the same rows"
    );

    let one = rows.as_array().expect("a list").iter().find(|row| row["score"].is_string()).expect("a score");
    let code = one["code"].as_str().expect("a code");
    let told =
        shop.run(&["--format", "json", "parcels", "explain", code, "--run", "1"]).expect_code(0).json();
    assert_eq!(told["score"], one["score"]);
    let last = told["waterfall"].as_array().and_then(|steps| steps.last()).expect("steps");
    assert_eq!(last["total"], one["score"], "the steps add up to the score");

    let sheet = shop.path("sheet.docx");
    shop.run(&["parcels", "sheet", code, "--run", "1", "-o", &sheet.to_string_lossy()]).expect_code(0);
    let bytes = std::fs::read(&sheet).expect("written");
    let outline = office::docx::outline(&bytes).expect("a Word file");
    let mut controls = outline.iter().flat_map(|paragraph| &paragraph.controls);
    let score = one["score"].as_str().expect("a score");
    // 141.60 may be printed 141.6.
    let number = |text: &str| text.parse::<f64>().ok();
    let is_score = |control: &office::docx::Control| {
        control.tag.starts_with("pl:") && number(&control.text) == number(score)
    };
    assert!(controls.any(is_score), "the score is a control that knows itself");

    let before = shop.run(&["--format", "json", "revisions"]).expect_code(0).json();
    let tried = shop
        .run(&["--format", "json", "parcels", "simulate", "--year", "2022", "--set", "grades.A=0.5"])
        .expect_code(0)
        .json();
    assert!(!tried["movers"].as_array().expect("a list").is_empty());
    assert_eq!(shop.run(&["--format", "json", "revisions"]).expect_code(0).json(), before, "nothing is kept");
    shop.run(&["parcels", "simulate", "--year", "2022", "--set", "nonsense.weight=1"]).expect_code(1);
    shop.run(&["verify"]).expect_code(0);
}

#[test]
fn people_read_words_and_are_told_what_there_is() {
    let shop = copied();
    let read = shop.run(&["parcels", "evaluate", "--year", "2022"]).expect_code(0).out;
    for (id, words) in
        [("scored", "参评"), ("not_due", "未到期"), ("main", "3亩以上地块"), ("small", "3亩以下地块")]
    {
        assert!(read.contains(words) && !read.contains(id), "{words}, not {id}:\n{read}");
    }
    // A code with its last figure forgotten, a name with a character too many, a name like none.
    let explain = |name: &str| shop.run(&["parcels", "explain", name, "--year", "2022"]).expect_code(1);
    explain("330203002004GB0002").says("没有地块或企业叫“330203002004GB0002”").says("330203002004GB00002");
    explain("望春002号地块").says("相近的有：望春02号地块");
    explain("xyz").says("写宗地代码、地块名称");
    let missing = shop.run(&["parcels", "evaluate", "--year", "2022", "--scheme", "none"]).expect_code(1);
    missing.says("没有评价办法“none”").says("现有：");
}

#[test]
fn boundaries_are_looked_at_and_accepted_as_one_revision() {
    let shop = copied();
    let map = demo().path("maps/宗地界线更新.geojson");
    let path = map.to_string_lossy();
    let looked = shop.run(&["--format", "json", "parcels", "import", &path]).expect_code(0).json();
    assert!(looked["accepted"].is_null(), "only looked at");
    let changed = looked["stage"]["changes"]["changed"].as_u64().expect("a count")
        + looked["stage"]["changes"]["new"].as_u64().expect("a count");
    assert!(changed > 0, "{}", looked["stage"]["changes"]);
    let done = shop.run(&["--format", "json", "parcels", "import", &path, "--accept"]).expect_code(0).json();
    assert_eq!(done["accepted"]["entries"].as_u64(), Some(changed));
    // The file says now what the ledger says.
    let again = shop.run(&["--format", "json", "parcels", "import", &path]).expect_code(0).json();
    assert_eq!(
        (&again["stage"]["changes"]["changed"], &again["stage"]["changes"]["new"]),
        (&0.into(), &0.into())
    );
    shop.run(&["verify"]).expect_code(0);
    let broken = shop.file("broken.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{");
    shop.run(&["parcels", "import", &broken.to_string_lossy()]).expect_code(1);
}
