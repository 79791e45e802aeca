//! Bad input: each gets a finding with its cell, and loses nothing else.

use super::*;

#[test]
fn a_formula_without_value() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值
         宁波甲机械厂|=?
         宁波乙电子有限公司|2",
        "+returns firm=#2 output=2 period=2023-09",
        "error cell-error B3",
    );
}

#[test]
fn a_column_of_errors_is_one_finding() {
    let staged = check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值
         宁波甲机械厂|1|#REF!
         宁波乙电子有限公司|2|#REF!
         宁波丙（集团）有限公司|3|#REF!",
        "",
        "error column-of-errors C3:C5",
    );
    assert_eq!(staged.held.len(), 3);
}

#[test]
fn a_merged_header_across_two_tables() {
    check(
        "2023年9月（单位：万元）
         企业名称|工业总产值|<|<|<
         ^|本月|累计|企业名称|本月产值
         宁波甲机械厂|1|2|宁波乙电子有限公司|3",
        "",
        "error header-across-tables B2:E2",
    );
}

#[test]
fn a_wrong_sheet_names_what_was_seen() {
    let staged = check("姓名|工号|部门\n张三|1|办公室", "", "error layout-missing A1");
    let message = &staged.findings[0].message;
    assert!(message.contains("姓名") && message.contains("工号"), "{message}");
}

#[test]
fn a_near_layout_names_what_is_missing() {
    let staged = check(
        "2023年9月
         信用代码|企业名称|月份|人数
         {c1}|宁波甲机械厂|9月|5",
        "",
        "error layout-missing A2",
    );
    assert!(staged.findings[0].message.contains("产值"), "{}", staged.findings[0].message);
}

#[test]
fn nothing_at_all() {
    let staged = stage_in(&content(), &ledger(), "空.xlsx", &workbook(vec![sheet("Sheet1", "")]));
    assert_lines(&findings(&staged), "error no-tables", "findings");
}

#[test]
fn a_unit_that_nothing_states() {
    let staged = check(
        "2023年9月
         企业名称|本月产值|人数
         宁波甲机械厂|1|5
         宁波乙电子有限公司|-|6",
        "+returns firm=#2 period=2023-09 staff=6",
        "error unit-missing B2",
    );
    assert_eq!(staged.held.len(), 1);
}

#[test]
fn a_unit_of_another_kind() {
    check(
        "2023年9月
         企业名称|本月产值（万美元）
         宁波甲机械厂|1",
        "",
        "error unit-mismatch B2",
    );
}

#[test]
fn a_negative_area() {
    check("信用代码|企业名称|面积（平方米）\n{c4}|丁厂|-5", "", "error out-of-bounds C2");
}

#[test]
fn one_code_with_two_names() {
    let staged = check(
        "信用代码|企业名称
         {c4}|丁厂
         {c4}|丁二厂
         {c5}|戊厂",
        "+firms name=戊厂 uscc={c5}",
        "error rows-conflict B3",
    );
    assert!(staged.findings[0].message.contains("B2"), "{}", staged.findings[0].message);
    assert_eq!(staged.held.len(), 2);
}

#[test]
fn a_row_that_repeats_another() {
    check(
        "信用代码|企业名称
         {c4}|丁厂
         {c4}|丁厂",
        "+firms name=丁厂 uscc={c4}",
        "note row-repeated A3",
    );
}

#[test]
fn months_out_of_range() {
    check(
        "产值（单位：万元）
         企业名称|月份|本月产值
         宁波甲机械厂|2023年13月|1
         宁波甲机械厂|202300|1
         宁波甲机械厂|2023|1",
        "",
        "error not-a-period B3
         error not-a-period B4
         error period-too-coarse B5",
    );
}

#[test]
fn about_is_not_a_number() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值
         宁波甲机械厂|约1.8万",
        "",
        "error not-a-number B3",
    );
}

#[test]
fn a_table_without_a_period() {
    check("产值（单位：万元）\n企业名称|本月产值\n宁波甲机械厂|1", "", "error period-missing A2");
}

#[test]
fn a_table_that_stands_twice_is_one_finding() {
    let month = |m| (1..=12).map(|n| format!("宁波甲机械厂|{}年{m}月|{n}\n", 2000 + n)).collect::<String>();
    let heading = "产值（单位：万元）\n企业名称|月份|本月产值\n";
    let once = format!("{heading}{}", month(9));
    let book = workbook(vec![sheet("甲", &once), sheet("乙", &format!("{once}{}", month(10)))]);
    let staged = stage_in(&content(), &ledger(), "产值.xlsx", &book);
    assert_lines(&findings(&staged), "note row-repeated A3:A14", "findings");
    let finding = &staged.findings[0];
    assert_eq!(
        (finding.place.sheet.as_str(), finding.message.as_str()),
        ("乙", "这 12 行与 甲!A3:A14 逐行重复，只记一次")
    );
    assert_eq!((staged.counts().new, staged.held.len()), (24, 0));
}

#[test]
fn rows_that_all_lack_the_same_value_are_one_finding() {
    let rows: String = (1..=12).map(|n| format!("|厂{n}\n")).collect();
    let staged = staged(&format!("信用代码|企业名称\n{rows}{{c4}}|丁厂\n|戊厂"));
    assert_lines(&findings(&staged), "error required-missing A2:A15", "findings");
    let message = &staged.findings[0].message;
    assert!(message.ends_with("（共 13 行：第 2—13、15 行）"), "{message}");
    assert_eq!((staged.counts().new, staged.held.len()), (1, 13));
}

#[test]
fn months_without_a_year() {
    check("产值\n企业名称|产值|<\n^|1月|2月\n宁波甲机械厂|1|2", "", "error year-missing A2");
}

#[test]
fn required_values() {
    check(
        "信用代码|企业名称
         |丁厂
         {c5}|-",
        "",
        "error required-missing A2
         error required-missing B3",
    );
}

#[test]
fn choices_outside_of_the_list() {
    check("信用代码|企业名称|状态\n{c4}|丁厂|关门", "", "error unknown-choice C2");
}

#[test]
fn trouble_that_repeats_is_told_ten_times_and_counted() {
    let rows: String =
        (2..=26).map(|m| format!("宁波甲机械厂|{}年{}月|坏\n", 2020 + m / 12, 1 + m % 12)).collect();
    let staged = staged(&format!("产值（单位：万元）\n企业名称|月份|本月产值\n{rows}"));
    assert_eq!(staged.findings.len(), 11);
    assert!(staged.findings[10].message.contains("15"), "{}", staged.findings[10].message);
    assert_eq!(staged.held.len(), 25);
}

#[test]
fn macros_are_noted() {
    let mut book = workbook(vec![sheet("s", "信用代码|企业名称\n{c4}|丁厂")]);
    book.has_macros = true;
    let staged = stage_in(&content(), &ledger(), "a.xlsm", &book);
    assert_lines(&findings(&staged), "note macros", "findings");
    assert_eq!(staged.counts().new, 1);
}
