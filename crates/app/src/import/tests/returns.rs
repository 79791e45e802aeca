//! The books' checks over a file and the ledger's history.

use super::*;

/// A ledger in which firm 1 reported these outputs (month, output, cumulative) in 2023.
fn history(months: &[(i8, i64, i64)]) -> MemoryLedger {
    let mut ledger = ledger();
    for (at, (month, output, total)) in (10..).zip(months) {
        let period = Value::Period(format!("2023-{month:02}").parse().expect("a period"));
        ledger.entries.push(entry(
            at,
            "returns",
            &format!("#1\u{1f}{period}"),
            &[
                ("firm", Value::Entry(EntryId(1))),
                ("period", period.clone()),
                ("output", Value::Number((*output).into())),
                ("output_ytd", Value::Number((*total).into())),
            ],
        ));
    }
    ledger
}

#[track_caller]
fn check_against(ledger: &MemoryLedger, output: &str, total: &str, expect: &str) {
    let grid = format!("2023年6月（单位：万元）\n企业名称|本月产值|累计产值\n宁波甲机械厂|{output}|{total}");
    let staged = stage_in(&content(), ledger, "产值.xlsx", &workbook(vec![sheet("s", &grid)]));
    assert_lines(&findings(&staged), expect, output);
}

#[test]
fn within_the_row() {
    check_against(&ledger(), "10", "9", "warning ytd_ge_month C3");
    check_against(&ledger(), "10", "-", "");
}

#[test]
fn against_the_previous_period() {
    let ledger = history(&[(5, 10, 50)]);
    check_against(&ledger, "10", "60", "");
    check_against(&ledger, "10", "75", "warning adds_up C3");
}

#[test]
fn against_the_previous_period_in_the_same_file() {
    check(
        "产值（单位：万元）
         企业名称|月份|本月产值|累计产值
         宁波甲机械厂|2023年2月|20|20
         宁波甲机械厂|2023年3月|10|30
         宁波甲机械厂|2023年4月|10|45",
        "+returns firm=#1 output=20 output_ytd=20 period=2023-02
         +returns firm=#1 output=10 output_ytd=30 period=2023-03
         +returns firm=#1 output=10 output_ytd=45 period=2023-04",
        "warning adds_up D5",
    );
}

#[test]
fn against_its_own_history() {
    let ledger = history(&[(2, 10, 10), (3, 12, 22), (4, 9, 31), (5, 11, 42)]);
    check_against(&ledger, "10", "52", "");
    // 100,000 ÷ 10 = 10,000: 元 instead of 万元.
    check_against(&ledger, "100000", "100042", "warning slip B3");
    // 95 ÷ 10.5 = 9: more than eight times, but no power of ten near 100.
    check_against(&ledger, "95", "137", "warning jump B3");
}

#[test]
fn an_error_keeps_the_row_out() {
    let strict = RETURNS.replace("id = \"ytd_ge_month\"", "id = \"ytd_ge_month\"\nseverity = \"error\"");
    let content = content_with(&[("books/returns.toml", &strict)]);
    let grid =
        "2023年9月（单位：万元）\n企业名称|本月产值|累计产值\n宁波甲机械厂|2|1\n宁波乙电子有限公司|1|1";
    let staged = stage_in(&content, &ledger(), "产值.xlsx", &workbook(vec![sheet("s", grid)]));
    assert_lines(&drafts(&staged), "+returns firm=#2 output=1 output_ytd=1 period=2023-09", "drafts");
    assert_lines(&findings(&staged), "error ytd_ge_month C3", "findings");
    assert_eq!(staged.held[0].row, 3);
}

#[test]
fn a_check_that_fails_down_the_table_is_told_forty_times_and_counted() {
    let rows: String =
        (0..60).map(|n| format!("宁波甲机械厂|{}年{}月|{}|1\n", 2000 + n / 12, 1 + n % 12, n + 2)).collect();
    let staged = staged(&format!("产值（单位：万元）\n企业名称|月份|本月产值|累计产值\n{rows}"));
    let failed: Vec<_> = staged.findings.iter().filter(|f| f.code == "ytd_ge_month").collect();
    assert_eq!(failed.len(), 41);
    assert!(failed[40].message.contains("20 行"), "{}", failed[40].message);
    assert_eq!(failed[40].place.cell, "D62");
}
