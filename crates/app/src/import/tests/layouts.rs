//! Choosing a layout.

use model::id::BookId;

use super::*;

const OTHER: &str = r#"
title = "另一版式"
book = "returns"
files = ["*快报*"]
unit = "千元"
period = ["title"]
[[column]]
field = "firm"
by = "name"
heading = ["企业名称"]
required = true
[[column]]
field = "output_ytd"
heading = ["本月产值"]
required = true
"#;

#[track_caller]
fn check_layout(other: &str, file: &str, grid: &str, layout: &str, expect_findings: &str) {
    let content = content_with(&[("layouts/other.toml", other)]);
    let staged = stage_in(&content, &ledger(), file, &workbook(vec![sheet("汇总", grid)]));
    let read: Vec<&str> = staged.read.iter().map(|t| t.layout.as_str()).collect();
    assert_eq!(read.join(" "), layout, "{file}");
    assert_lines(&findings(&staged), expect_findings, file);
}

const TABLE: &str = "2023年9月（单位：万元）\n企业名称|本月产值\n宁波甲机械厂|1";

#[test]
fn the_file_s_name_breaks_ties() {
    check_layout(OTHER, "9月产值.xlsx", TABLE, "returns", "");
    check_layout(OTHER, "9月快报.xlsx", TABLE, "other", "");
}

#[test]
fn equal_layouts_are_asked() {
    let same = OTHER.replace("files = [\"*快报*\"]", "files = [\"*产值*\"]")
        + "[[column]]\nfield=\"staff\"\nheading=[\"x\"]\n"
        + &"[[column]]\nfield=\"staff\"\nheading=[\"y\"]\n".repeat(5);
    check_layout(&same, "9月产值.xlsx", TABLE, "", "error layout-ambiguous A2");
}

#[test]
fn more_matching_columns_win() {
    let grid = "2023年9月（单位：万元）\n企业名称|本月产值|人数\n宁波甲机械厂|1|2";
    check_layout(OTHER, "9月快报.xlsx", grid, "returns", "");
}

#[test]
fn a_layout_keeps_to_its_sheets() {
    let bound = OTHER.replace("unit = ", "sheets = [\"明细*\"]\nunit = ");
    check_layout(&bound, "9月快报.xlsx", TABLE, "returns", "");
}

#[test]
fn a_person_may_name_the_book() {
    let book = workbook(vec![sheet("s", "信用代码|企业名称|甲项|乙项|丙项\n{c4}|丁厂|1|2|3")]);
    let stage_as = |id: Option<&str>| {
        let options = Options { book: id.map(BookId::from), ..Options::default() };
        let source = SourceName { name: "a.xlsx", digest: "d" };
        stage(&content(), &ledger(), source, &book, &options).expect("a ledger in memory does not fail")
    };
    // Two of five columns known: too little to be sure.
    assert_lines(&findings(&stage_as(None)), "error layout-missing A1", "alone");
    let named = stage_as(Some("firms"));
    assert_lines(&drafts(&named), &format!("+firms name=丁厂 uscc={}", code(4)), "named");
    assert_lines(&findings(&named), "note columns-unread C1", "named");
    assert_eq!(stage_as(Some("returns")).drafts, []);
}

#[test]
fn a_heading_that_stands_twice_is_told() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|本月产值
         宁波甲机械厂|1|2",
        "+returns firm=#1 output=1 period=2023-09",
        "warning heading-twice C2",
    );
}

#[test]
fn the_file_s_unit_comes_before_the_layout_s() {
    // The wide layout says 万元, the title 千元.
    check(
        "2023年（单位：千元）
         企业名称|产值|<
         ^|2月|3月
         宁波甲机械厂|10|20",
        "+returns firm=#1 output=1 period=2023-02
         +returns firm=#1 output=2 period=2023-03",
        "",
    );
}
