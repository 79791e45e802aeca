//! Proposed layouts: what is guessed, and that a proposal reads the workbook it was made from.

use super::super::propose;
use super::*;

/// The content with a proposal's files laid over it.
fn content_of(proposals: &[super::super::ProposedFile]) -> Content {
    let files: Vec<(&str, &str)> = proposals.iter().map(|f| (f.path.as_str(), f.text.as_str())).collect();
    content_with(&files)
}

/// Proposes for a grid that nothing reads, keeps the proposal as it is and reads the grid with it.
#[track_caller]
fn check_round_trip(grid: &str, paths: &str, expect_drafts: &str) {
    let book = workbook(vec![sheet("用电", grid)]);
    let before = stage_in(&content(), &ledger(), "a.xlsx", &book);
    assert_eq!(before.drafts, [], "nothing reads it yet");
    let proposals = propose(&content(), "a.xlsx", &book);
    let found: Vec<&str> = proposals.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(found.join(" "), paths);
    let after = stage_in(&content_of(&proposals), &ledger(), "a.xlsx", &book);
    assert_lines(&findings(&after), "", "findings");
    let expect = (1..10).fold(expect_drafts.to_owned(), |g, n| g.replace(&format!("{{c{n}}}"), &code(n)));
    assert_lines(&drafts(&after), &expect, "drafts");
}

#[test]
fn a_series_of_its_own() {
    check_round_trip(
        "2023年9月企业用电情况
         序号|信用代码|企业名称|用电量（千瓦时）|电费（万元）|是否错峰
         1|{c1}|宁波甲机械厂|1200|80.5|是
         2|{c2}|宁波乙电子有限公司|900|60.25|否",
        "books/proposed_1.toml layouts/proposed_1.toml",
        "+proposed_1 column_3=1200 column_4=80.5 column_5=是 period=2023-09 subject=#1
         +proposed_1 column_3=900 column_4=60.25 column_5=否 period=2023-09 subject=#2",
    );
}

#[test]
fn a_register_of_its_own_with_headings_in_two_rows() {
    check_round_trip(
        "设备台账
         设备编号|基本情况|<|检验日期
         ^|型号|台数|^
         E-1|甲型|2|2023-09-05
         E-2|乙型|3|2023-10-08
         合计||5|",
        "books/proposed_1.toml layouts/proposed_1.toml",
        "+proposed_1 column_1=E-1 column_2=甲型 column_3=2 column_4=2023-09-05
         +proposed_1 column_1=E-2 column_2=乙型 column_3=3 column_4=2023-10-08",
    );
}

#[test]
fn another_layout_of_a_book_that_is_there() {
    // 产值 and 人数 are titles of its fields, 企业名称 is what another layout calls its firms.
    check_round_trip(
        "2023年9月（单位：万元）
         企业名称|产值|人 数
         宁波甲机械厂|12.5|3
         宁波乙电子有限公司|7|4",
        "layouts/proposed_1.toml",
        "+returns firm=#1 output=12.5 period=2023-09 staff=3
         +returns firm=#2 output=7 period=2023-09 staff=4",
    );
}

#[test]
fn columns_nobody_knows_are_comments() {
    let grid = "2023年9月（单位：万元）\n企业名称|产值|累计产值额|\"怪\\\"栏|人数\n宁波甲机械厂|1|2|x|3";
    let proposals = propose(&content(), "a\nb.xlsx", &workbook(vec![sheet("s", grid)]));
    let text = &proposals[0].text;
    assert!(text.contains("# [[column]]"), "{text}");
    content_of(&proposals);
}

#[test]
fn sheets_that_are_read_or_hold_no_table_get_no_proposal() {
    let known = sheet("名单", "信用代码|企业名称\n{c4}|丁厂");
    let prose = sheet("说明", "本表由各企业填报\n请于月底前报送");
    assert_eq!(propose(&content(), "a.xlsx", &workbook(vec![known, prose])), []);
}
