//! One test per way in which departments write one and the same table.

use super::*;

/// What every spelling below must give. 18532.6 and 20000 are 万元.
const PLAIN: &str = "
    +returns firm=#1 output=18532.6 output_ytd=150000 period=2023-09
    +returns firm=#2 output=20000 output_ytd=160000.5 period=2023-09";

#[test]
fn a_plain_table() {
    let staged = check(
        "2023年9月工业产值（单位：万元）
         企业名称|本月产值|累计产值
         宁波甲机械厂|18532.6|150000
         宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "",
    );
    assert_eq!(staged.read[0].area, "A2:C4");
    assert_eq!(staged.read[0].period.as_deref(), Some("2023-09"));
}

#[test]
fn headings_in_two_rows_with_joined_cells() {
    check(
        "2023年9月规上工业产值|<|<|<
         |||单位：万元
         序号|企业名称|工业总产值|<
         ^|^|本月|累计
         1|宁波甲机械厂|18532.6|150000
         2|宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "",
    );
}

#[test]
fn headings_in_two_rows_without_joined_cells() {
    check(
        "2023年9月|||单位：万元
         序号|企业名称|工业总产值|
         ||本月|累计
         1|宁波甲机械厂|18532.6|150000
         2|宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "",
    );
}

#[test]
fn headings_with_breaks_full_width_letters_and_units() {
    check(
        "２０２３年９月
         企 业\\n名 称|本月产值\\n（ 万元 ）|累计产值(千元)
         宁波甲机械厂|18532.6|1500000
         宁波乙电子有限公司|20000|1600005",
        PLAIN,
        "",
    );
}

#[test]
fn units_and_numbers_of_columns_in_rows_of_their_own() {
    check(
        "2023年9月
         企业名称|本月产值|累计产值
         |万元|千元
         甲|1|2
         宁波甲机械厂|18532.6|1500000
         宁波乙电子有限公司|20000|1600005",
        PLAIN,
        "",
    );
}

#[test]
fn text_numbers_separators_full_width_and_spaces() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值
         宁波甲机械厂|'18,532.60|'１５０，０００
         \u{a0}宁波乙电子　有限公司 |'\u{a0}20000\u{3000}|'160 000.5",
        PLAIN,
        "",
    );
}

#[test]
fn units_written_in_cells() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值
         宁波甲机械厂|'185326000元|150000
         宁波乙电子有限公司|'20000万元|160000.5",
        PLAIN,
        "",
    );
}

#[test]
fn totals_notes_and_signatures() {
    check(
        "2023年9月（单位：万元）
         序号|企业名称|本月产值|累计产值
         1|宁波甲机械厂|18532.6|150000
         |小 计|18532.6|150000
         2|宁波乙电子有限公司|20000|160000.5
         |合计|38532.6|310000.5
         3|||
         注：以上为快报数
         填表人：某某|||2023年10月8日
         4|宁波丙（集团）有限公司|1|1",
        PLAIN,
        "",
    );
}

#[test]
fn labels_between_rows() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值
         一、机械|<|<
         宁波甲机械厂|18532.6|150000
         二、电子
         宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "note labels-skipped A2",
    );
}

#[test]
fn hidden_rows_are_read_and_told() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值
         ~宁波甲机械厂|18532.6|150000
         宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "note hidden-rows A2",
    );
}

#[test]
fn hidden_columns_and_sheets_are_told() {
    let mut wide = sheet("sheet", "2023年9月（单位：万元）\n企业名称|本月产值|累计产值\n宁波甲机械厂|1|2");
    wide.hidden_cols = vec![2];
    let mut hidden = wide.clone();
    hidden.hidden = true;
    hidden.name = "旧".to_owned();
    let staged = stage_in(&content(), &ledger(), "产值.xlsx", &workbook(vec![wide, hidden]));
    assert_lines(&drafts(&staged), "+returns firm=#1 output=1 output_ytd=2 period=2023-09", "drafts");
    assert_lines(&findings(&staged), "note hidden-columns A2\nwarning hidden-sheet", "findings");
    assert_eq!(staged.ignored, ["旧"]);
}

#[test]
fn blanks_are_missing_not_zero() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值|人数
         宁波甲机械厂|-|0|—
         宁波乙电子有限公司|/|5|无",
        "+returns firm=#1 output_ytd=0 period=2023-09
         +returns firm=#2 output_ytd=5 period=2023-09",
        "",
    );
}

#[test]
fn two_tables_side_by_side() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值||企业名称|本月产值|累计产值
         宁波甲机械厂|18532.6|150000||宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "",
    );
}

#[test]
fn two_tables_side_by_side_without_a_gap() {
    check(
        "2023年9月（单位：万元）
         序号|企业名称|本月产值|累计产值|序号|企业名称|本月产值|累计产值
         1|宁波甲机械厂|18532.6|150000|2|宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "",
    );
}

#[test]
fn tables_of_two_books_side_by_side() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值|地块编号|地块名称
         宁波甲机械厂|18532.6|150000|S1|东一号
         宁波乙电子有限公司|20000|160000.5|S2|东二号",
        &format!("+sites name=东一号 site_no=S1\n+sites name=东二号 site_no=S2\n{PLAIN}"),
        "",
    );
}

#[test]
fn tables_below_each_other_with_their_own_titles() {
    check(
        "2023年8月（单位：万元）
         企业名称|本月产值
         宁波甲机械厂|1

         2023年9月（单位：千元）
         企业名称|本月产值
         宁波甲机械厂|20",
        "+returns firm=#1 output=1 period=2023-08
         +returns firm=#1 output=2 period=2023-09",
        "",
    );
}

#[test]
fn headings_repeated_on_every_page() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|累计产值
         宁波甲机械厂|18532.6|150000
         企业名称|本月产值|累计产值
         宁波乙电子有限公司|20000|160000.5",
        PLAIN,
        "",
    );
}

#[test]
fn several_sheets_each_with_its_month() {
    let table = |month: &str, output: &str| {
        sheet(month, &format!("产值（单位：万元）\n企业名称|本月产值\n宁波甲机械厂|{output}"))
    };
    let book = workbook(vec![table("8月", "1"), table("9月", "2"), sheet("说明", "本表由各企业填报")]);
    let staged = stage_in(&content(), &ledger(), "2023年产值.xlsx", &book);
    assert_lines(
        &drafts(&staged),
        "+returns firm=#1 output=1 period=2023-08\n+returns firm=#1 output=2 period=2023-09",
        "drafts",
    );
    assert_eq!(staged.ignored, ["说明"]);
    // Evidence leads to the cell: the period stands in the sheet's name.
    let place = |d: usize, field: &str| {
        let (table, row) = staged.drafts[d].origins.place(&field.into()).expect("an origin");
        let table = &staged.tables[usize::try_from(table.0).expect("small")];
        format!("{}!{:?} row {row}", table.sheet, table.fields[field])
    };
    assert_eq!(place(1, "output"), "9月!Column(\"B\") row 3");
    assert_eq!(place(1, "period"), "9月!SheetName row 3");
}

#[test]
fn months_in_every_spelling() {
    check(
        "产值（单位：万元）
         企业名称|月份|本月产值
         宁波甲机械厂|2023年2月|2
         宁波甲机械厂|202303|3
         宁波甲机械厂|@45017|4
         宁波甲机械厂|2023-05|5
         宁波甲机械厂|45078|6
         宁波甲机械厂|'2023.7|7
         宁波甲机械厂|2023年1-8月|8",
        "+returns firm=#1 output=2 period=2023-02
         +returns firm=#1 output=3 period=2023-03
         +returns firm=#1 output=4 period=2023-04
         +returns firm=#1 output=5 period=2023-05
         +returns firm=#1 output=6 period=2023-06
         +returns firm=#1 output=7 period=2023-07
         +returns firm=#1 output=8 period=2023-08",
        "",
    );
}

#[test]
fn month_without_year_takes_the_title_s() {
    check(
        "2023年产值（单位：万元）
         企业名称|月份|本月产值
         宁波甲机械厂|9月|1
         宁波甲机械厂|10|2",
        "+returns firm=#1 output=1 period=2023-09
         +returns firm=#1 output=2 period=2023-10",
        "",
    );
}

#[test]
fn year_and_month_in_two_columns() {
    check(
        "产值（单位：万元）
         企业名称|年|月份|本月产值
         宁波甲机械厂|2023|9|1
         宁波甲机械厂|2023年|10月|2",
        "+returns firm=#1 output=1 period=2023-09
         +returns firm=#1 output=2 period=2023-10",
        "",
    );
}

#[test]
fn one_column_per_month() {
    let staged = check(
        "2023年产值（单位：千元）
         企业名称|产值|<|<
         ^|1月|2月|3月
         宁波甲机械厂|-|20|30
         宁波乙电子有限公司|40||#N/A",
        "+returns firm=#1 output=2 period=2023-02
         +returns firm=#1 output=3 period=2023-03
         +returns firm=#2 output=4 period=2023-01",
        "error cell-error D5",
    );
    let (table, row) = staged.drafts[1].origins.place(&"output".into()).expect("an origin");
    let table = &staged.tables[usize::try_from(table.0).expect("small")];
    assert_eq!((format!("{:?}", table.fields["output"]), row), ("Column(\"D\")".to_owned(), 4));
    assert_eq!(format!("{:?}", table.fields["period"]), "Cell(\"D3\")");
    assert_eq!(staged.drafts[1].origins.raw.get("output").map(String::as_str), Some("30"));
}

#[test]
fn months_of_two_years_side_by_side() {
    check(
        "产值（单位：万元）
         企业名称|产值|<
         ^|2022年12月|2023年2月
         宁波甲机械厂|1|2",
        "+returns firm=#1 output=1 period=2022-12
         +returns firm=#1 output=2 period=2023-02",
        "",
    );
}

#[test]
fn percent_and_fraction() {
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|占比(%)
         宁波甲机械厂|1|13.2
         宁波乙电子有限公司|1|%0.132
         宁波丙（集团）有限公司|1|'13.2%",
        "+returns firm=#1 output=1 period=2023-09 share=13.2
         +returns firm=#2 output=1 period=2023-09 share=13.2
         +returns firm=#3 output=1 period=2023-09 share=13.2",
        "",
    );
    check(
        "2023年9月（单位：万元）
         企业名称|本月产值|占比
         宁波甲机械厂|1|0.132",
        "+returns firm=#1 output=1 period=2023-09 share=0.132",
        "warning percent-or-fraction C3",
    );
}

#[test]
fn labels_joined_downwards_hold_for_every_row_numbers_only_once() {
    check(
        "产值（单位：万元）
         企业名称|月份|本月产值|人数
         宁波甲机械厂|2023年8月|1|10
         ^|2023年9月|2|^",
        "+returns firm=#1 output=1 period=2023-08 staff=10
         +returns firm=#1 output=2 period=2023-09",
        "note joined-number D4",
    );
}

#[test]
fn an_event_takes_the_title_s_last_day_where_it_has_no_date() {
    check(
        "2023年9月走访
         主题|日期|参加企业
         安全|2023-09-05|宁波甲机械厂、宁波乙电子有限公司
         环保||宁波老甲厂",
        "+visits firms=#1、#2 held_on=2023-09-05 topic=安全
         +visits firms=#1 held_on=2023-09-30 topic=环保",
        "",
    );
}

#[test]
fn spellings_of_choices_and_flags() {
    check(
        "企业名称|信用代码|状态|规上
         丁厂|{c4}|正常|√
         戊厂|{c5}|停 产|否",
        "+firms listed=是 name=丁厂 status=在营 uscc={c4}
         +firms listed=否 name=戊厂 status=停产 uscc={c5}",
        "",
    );
}

#[test]
fn originals_are_kept_where_the_text_differs() {
    let staged = staged(
        "2023年9月（单位：万元）
         信用代码|本月产值|人数
         {c1}|'18,532.60|12",
    );
    let raw: Vec<String> = staged.drafts[0].origins.raw.iter().map(|(f, t)| format!("{f}: {t}")).collect();
    assert_eq!(raw, ["output: 18,532.60"]);
}
