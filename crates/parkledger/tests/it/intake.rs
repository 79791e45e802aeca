//! Taking files in, as a clerk meets it: staging, accepting, sending again, correcting, undoing, deciding a match.
//!
//! Deliberately absent: how headings, dates and numbers are read (tested in the app crate) and bad files (`hostile`).

use std::path::PathBuf;

use office::write::{BookSpec, CellSpec, SheetSpec, xlsx};
use rust_decimal::Decimal;

use crate::support::{Shop, credit_code, decimal, firm, register, returns};

const OUTPUT: &str = "规上工业总产值";

/// A shop with ten enterprises in the ledger.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(10)));
    shop
}

/// Imports with `--accept` and gives the one file's JSON.
#[track_caller]
fn taken(shop: &Shop, path: &PathBuf) -> serde_json::Value {
    let ran = shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]).expect_code(0);
    ran.json()[0].clone()
}

/// New, changed, unchanged and held.
fn counts(printed: &serde_json::Value) -> [u64; 4] {
    ["new", "changed", "unchanged", "held"].map(|key| printed[key].as_u64().expect("a count"))
}

fn revisions(shop: &Shop) -> Vec<serde_json::Value> {
    let all = shop.run(&["--format", "json", "revisions"]).json();
    all.as_array().expect("a list").clone()
}

/// The cumulative output of March 2023 in 亿元.
fn output(shop: &Shop) -> Decimal {
    let ran = shop.run(&["--format", "json", "figure", OUTPUT, "--period", "2023-03", "--window", "ytd"]);
    decimal(&ran.json()["value"])
}

fn dec(text: &str) -> Decimal {
    text.parse().expect("a number")
}

#[test]
fn staging_shows_and_writes_nothing() {
    let shop = shop();
    let path = shop.file("快报.csv", returns(10, "2023年3月", 100));
    let ran = shop.run(&["import", &path.to_string_lossy()]).expect_code(0);
    ran.says("新增 10，变更 0，不变 0").says("尚未入账；确认后加 --accept").says("规上工业产销月报");
    assert_eq!(revisions(&shop).len(), 1);
}

#[test]
fn the_same_bytes_again_change_nothing() {
    let shop = shop();
    let path = shop.file("快报.csv", returns(10, "2023年3月", 100));
    assert_eq!(counts(&taken(&shop, &path)), [10, 0, 0, 0]);
    // 100 + 101 + … + 109 = 1045 万元
    assert_eq!(output(&shop), dec("0.1045"));
    let again = taken(&shop, &path);
    assert_eq!(counts(&again), [0, 0, 10, 0]);
    assert_eq!((&again["accepted"], &again["known"]), (&serde_json::Value::Null, &2.into()), "{again:#}");
    // The same bytes under another name are the same bytes.
    let renamed = shop.file("快报（1）.csv", returns(10, "2023年3月", 100));
    assert_eq!(counts(&taken(&shop, &renamed)), [0, 0, 10, 0]);
    assert_eq!(revisions(&shop).len(), 2);
    assert_eq!(output(&shop), dec("0.1045"));
}

#[test]
fn a_corrected_file_changes_only_what_differs_and_undo_takes_it_back() {
    let shop = shop();
    shop.accept(&shop.file("快报.csv", returns(10, "2023年3月", 100)));
    // Firm 4 reported 104; it should have been 154.
    let corrected = returns(10, "2023年3月", 100).replace(",104,104", ",154,154");
    let path = shop.file("快报（更正）.csv", corrected);
    let shown = shop.run(&["import", &path.to_string_lossy()]).expect_code(0);
    shown.says("新增 0，变更 1，不变 9").says("104").says("154").says(&firm(4));
    let printed = taken(&shop, &path);
    assert_eq!(counts(&printed), [0, 1, 9, 0]);
    let mut changes: Vec<(&str, &str)> = printed["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|c| (c["old"].as_str().expect("text"), c["new"].as_str().expect("text")))
        .collect();
    changes.sort_unstable();
    assert_eq!(changes, [("104", "154"), ("104", "154")], "the month and the year so far of one firm");
    assert_eq!(revisions(&shop)[0]["entries"], "1");
    // 1045 + 50 = 1095 万元
    assert_eq!(output(&shop), dec("0.1095"));

    shop.run(&["import", "undo", "3", "--why", "发错了文件"])
        .expect_code(0)
        .says("已撤销版本 r3")
        .says("1 条");
    assert_eq!(output(&shop), dec("0.1045"));
    let all = revisions(&shop);
    assert_eq!(
        (all.len(), &all[0]["why"], &all[1]["undone_by"]),
        (4, &"发错了文件".into(), &"r4".into()),
        "{all:#?}"
    );
    // What was undone stays undone, and can be sent again.
    assert_ne!(shop.run(&["import", "undo", "3"]).code, 0);
    assert_eq!(counts(&taken(&shop, &path)), [0, 1, 9, 0]);
    assert_eq!(output(&shop), dec("0.1095"));
    shop.run(&["verify"]).expect_code(0);
}

#[test]
fn undoing_a_whole_file_leaves_no_figure() {
    let shop = shop();
    shop.accept(&shop.file("快报.csv", returns(10, "2023年3月", 100)));
    shop.run(&["import", "undo", "r2"]).expect_code(0);
    let ran = shop.run(&["--format", "json", "figure", OUTPUT, "--period", "2023-03"]).expect_code(1);
    let figure = ran.json();
    assert!(figure["value"].is_null() && figure["blank"].is_string(), "a reason for the blank: {figure:#}");
}

const KNOWN: &str = "宁波长丰精密机械有限公司";
const NEAR: &str = "宁波长丰精密机械制造有限公司";

/// A shop with two enterprises, one of which is nearly [`NEAR`].
fn two_firms() -> Shop {
    let shop = Shop::new();
    let line = |n, name: &str| format!("{},{name},2010-03-01,在营\n", credit_code(n));
    let head = "统一社会信用代码,企业名称,成立日期,经营状态\n";
    let text = format!("{head}{}{}", line(3, KNOWN), line(4, "宁波海曙绿源食品有限公司"));
    shop.accept(&shop.file("名录.csv", text));
    shop
}

/// A return by name alone, for one firm.
fn by_name(name: &str, period: &str) -> String {
    format!("{period}工业产值快报（单位：万元）\n企业名称,本月产值,累计产值\n{name},7,7\n")
}

#[test]
fn a_near_name_waits_for_a_person_and_the_decision_is_remembered() {
    let shop = two_firms();
    let march = shop.file("三月.csv", by_name(NEAR, "2023年3月"));
    let import =
        |path: &PathBuf| shop.run(&["--format", "json", "import", "--accept", &path.to_string_lossy()]);
    // Never silently merged: held, with a finding, in the queue with score and reason.
    let printed = import(&march).expect_code(1).json()[0].clone();
    assert_eq!((counts(&printed), &printed["waiting"]), ([0, 0, 0, 1], &1.into()), "{printed:#}");
    let queue = shop.run(&["--format", "json", "matches"]).json();
    let first = queue[0].clone();
    assert_eq!((&first["written"], &first["candidate"]), (&NEAR.into(), &KNOWN.into()), "{queue:#}");
    assert!(first["score"].as_str().is_some_and(|s| s.ends_with('%') && s != "100.0%"), "{queue:#}");
    assert!(first["reason"].as_str().is_some_and(|s| s.contains(&credit_code(3))), "{queue:#}");
    // Nothing is decided by asking again, and nothing is written: the register is the only revision.
    assert_eq!(counts(&import(&march).expect_code(1).json()[0]), [0, 0, 0, 1]);
    assert_eq!(shop.run(&["--format", "json", "matches"]).json().as_array().map(Vec::len), Some(1));
    assert_eq!(revisions(&shop).len(), 1);

    shop.run(&["matches", "same", "1", "--why", "电话核实"]).expect_code(0).says(NEAR);
    assert_eq!(shop.run(&["--format", "json", "matches"]).json(), serde_json::json!([]));
    assert_eq!(counts(&taken(&shop, &march)), [1, 0, 0, 0]);
    let april = shop.file("四月.csv", by_name(NEAR, "2023年4月"));
    assert_eq!(counts(&taken(&shop, &april)), [1, 0, 0, 0], "remembered for every later file");
}

#[test]
fn a_file_that_waits_in_part_is_written_once() {
    let shop = two_firms();
    let text = format!("{}{NEAR},8,8\n", by_name(KNOWN, "2023年3月"));
    let path = shop.file("三月.csv", text);
    let first = taken(&shop, &path);
    assert_eq!((counts(&first), &first["waiting"]), ([1, 0, 0, 1], &1.into()), "{first:#}");
    let again = taken(&shop, &path);
    assert_eq!((counts(&again), &again["accepted"]), ([0, 0, 1, 1], &serde_json::Value::Null), "{again:#}");
    assert_eq!(revisions(&shop).len(), 2, "the same bytes write nothing, also while a name waits");
}

#[test]
fn a_match_that_is_none_is_remembered_too() {
    let shop = two_firms();
    let march = shop.file("三月.csv", by_name(NEAR, "2023年3月"));
    let arguments = ["--format", "json", "import", "--accept", &march.to_string_lossy()];
    shop.run(&arguments).expect_code(1);
    shop.run(&["matches", "different", "1", "--why", "两家公司"]).expect_code(0);
    let printed = shop.run(&arguments).expect_code(1).json()[0].clone();
    assert_eq!(
        (counts(&printed), &printed["waiting"]),
        ([0, 0, 0, 1], &0.into()),
        "not asked twice: {printed:#}"
    );
    shop.run(&["matches", "same", "1", "--why", "x"]).expect_code(2).says("队列里没有第 1 号");
}

#[test]
fn old_numbers_of_15_digits_are_kept_as_they_are() {
    // As text in a CSV, and as a number in a workbook, where a careless reader would print 3.30203E14.
    let heads = ["统一社会信用代码", "企业名称", "成立日期", "经营状态", "原注册号"];
    let (code, name, second, other) = (credit_code(1), firm(1), credit_code(2), firm(2));
    let shop = Shop::new();
    let text = format!("{}\n{code},{name},2010-03-01,在营,330203000012345\n", heads.join(","));
    shop.accept(&shop.file("名录.csv", text));
    let mut row: Vec<CellSpec> = [second.as_str(), &other, "2010-03-01", "在营"].map(CellSpec::text).into();
    row.push(CellSpec::number(330_203_000_054_321.0));
    let rows = vec![heads.map(CellSpec::text).into(), row];
    let sheet = SheetSpec { name: "名录".into(), rows, ..SheetSpec::default() };
    shop.accept(&shop.file("名录.xlsx", xlsx(&BookSpec { sheets: vec![sheet] }).expect("a workbook")));
    shop.run(&["history", "1"]).expect_code(0).says("330203000012345");
    shop.run(&["history", "2"]).expect_code(0).says("330203000054321");
}

#[test]
fn a_bad_file_among_good_ones_is_refused_alone() {
    let shop = shop();
    let good = shop.file("三月.csv", returns(10, "2023年3月", 100));
    let bad = shop.file("坏.csv", "颜色,形状\n红,圆\n");
    let other = shop.file("四月.csv", returns(10, "2023年4月", 300));
    let paths: Vec<String> = [&good, &bad, &other].map(|p| p.to_string_lossy().into_owned()).into();
    let mut arguments = vec!["--format", "json", "import", "--accept"];
    arguments.extend(paths.iter().map(String::as_str));
    let printed = shop.run(&arguments).expect_code(1).json();
    let accepted: Vec<bool> = (0..3).map(|i| !printed[i]["accepted"].is_null()).collect();
    assert_eq!(accepted, [true, false, true], "{printed:#}");
    assert_eq!(revisions(&shop).len(), 3);
}

#[test]
fn rows_in_doubt_are_held_and_the_others_go_in() {
    let shop = shop();
    let text = returns(10, "2023年3月", 100).replace(",104,104", ",约104,104");
    let printed = taken(&shop, &shop.file("快报.csv", text));
    // Firm 4's month is unreadable; its cumulative value is not, and the other nine firms are untouched by it.
    let [new, changed, unchanged, held] = counts(&printed);
    assert_eq!((new + held, changed, unchanged), (10, 0, 0), "{printed:#}");
    assert!(new >= 9, "{printed:#}");
    let finding = printed["findings"].as_array().expect("a list").iter().find(|f| f["place"]["cell"] == "C7");
    assert!(
        finding.is_some_and(|f| f["message"].as_str().is_some_and(|m| m.contains("约104"))),
        "{printed:#}"
    );
}

#[test]
fn an_unknown_table_gets_a_layout_to_edit_and_keep() {
    // Headings no layout knows, for a book that exists: the proposal, kept in an overlay, reads the file.
    let shop = shop();
    let text = format!(
        "2023年3月产值简表（单位：万元）\n信用代码,厂名,三月产出值,一至三月产出值\n{},{},5,15\n",
        credit_code(0),
        firm(0)
    );
    let path = shop.file("简表.csv", text);
    shop.run(&["import", "--accept", &path.to_string_lossy()]).expect_code(1).says("--propose");
    let book = "规上工业产销月报";
    let proposed = shop.run(&["import", "--propose", "--book", book, &path.to_string_lossy()]).expect_code(0);
    assert!(proposed.out.contains("三月产出值") && proposed.out.contains("layouts/"), "{}", proposed.out);
}
