//! The report's own traps, on the demo: every expectation is added up here from the cells of the department workbooks, read
//! without layouts and without the ledger.
//!
//! Deliberately absent: the arithmetic of growth, ranks and rounding in general, which the figures crate tests with vectors.

use rust_decimal::Decimal;

use crate::support::{Demo, add, decimal, demo, number_in, rows_of_codes, seen, sheet};

const OCTOBER: [&str; 2] = ["--period", "2023-10"];

fn dec(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// 万元 as 亿元.
fn yi(wan: Decimal) -> Decimal {
    wan / dec("10000")
}

/// A ratio as growth in percent.
fn growth(now: Decimal, before: Decimal) -> Decimal {
    (now / before - dec("1")) * dec("100")
}

/// The growth a figure printed, to ten places.
fn printed_growth(figure: &serde_json::Value) -> Decimal {
    decimal(&figure["yoy"]["number"]).round_dp(10)
}

fn october(demo: &Demo) -> office::Workbook {
    demo.workbook("042-区统计局-规上工业产销月报-2023年10月.xlsx")
}

#[test]
fn output_is_the_sum_of_its_column() {
    let demo = demo();
    let workbook = october(demo);
    let table = sheet(&workbook, "产值");
    let firms = rows_of_codes(table, "B");
    assert_eq!(firms.len(), 60);
    // E: January to October, G: the same months of last year as the firms report them; both in 万元.
    let [now, before] = ["E", "G"].map(|column| add(table, column, |row| firms.contains(&row)));
    // The bureau's own total, above the firms, says the same.
    assert_eq!((Some(now), Some(before)), (number_in(table, "E5"), number_in(table, "G5")));
    let figure = demo.figure("规上工业总产值", &[OCTOBER[0], OCTOBER[1], "--window", "ytd"]);
    assert_eq!((decimal(&figure["value"]), decimal(&figure["prior"])), (yi(now), yi(before)));
    assert_eq!(figure["printed"], "112.28亿元");
    assert_eq!(printed_growth(&figure), growth(now, before).round_dp(10));
    // 1122806.5 / 1162464.2 − 1 = −3.41 %
    assert_eq!(figure["yoy"]["words"], "下降3.4%");
}

#[test]
fn named_enterprises_leave_both_periods() {
    let demo = demo();
    let workbook = october(demo);
    let table = sheet(&workbook, "产值");
    let firms = rows_of_codes(table, "B");
    // The three largest are the first three firms; D: October, F: last October.
    let largest: Vec<String> = firms[..3].iter().map(|row| seen(table, &format!("C{row}"))).collect();
    let [now, before] = ["D", "F"].map(|column| add(table, column, |row| firms[3..].contains(&row)));
    for whom in [largest.join(","), "top:3".to_owned(), "three_large".to_owned()] {
        let figure =
            demo.figure("规上工业总产值", &[OCTOBER[0], OCTOBER[1], "--window", "month", "--exclude", &whom]);
        assert_eq!((decimal(&figure["value"]), decimal(&figure["prior"])), (yi(now), yi(before)), "{whom}");
        assert_eq!(printed_growth(&figure), growth(now, before).round_dp(10), "{whom}");
        let mut excluded: Vec<&str> = figure["basis"]["excluded"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|n| n.as_str())
            .collect();
        excluded.sort_unstable();
        let mut wanted: Vec<&str> = largest.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        assert_eq!(excluded, wanted, "{whom}");
    }
    // Left in one period only, the growth would be another: the trap is real.
    let all_before = add(table, "F", |row| firms.contains(&row));
    assert_ne!(growth(now, before).round_dp(1), growth(now, all_before).round_dp(1));
}

#[test]
fn arrivals_under_three_programmes_are_never_added() {
    let demo = demo();
    let workbook = demo.workbook("065-区投促中心-招商资金到位-2023年.xlsx");
    let sum = |name: &str, column: &str, codes: &str| {
        let table = sheet(&workbook, name);
        let rows = rows_of_codes(table, codes);
        add(table, column, |row| rows.contains(&row))
    };
    let arrivals = sum("到位", "F", "D");
    let domestic = sum("大市外内资", "E", "C");
    let returning = sum("甬商回归", "E", "C");
    let foreign = sum("实到外资", "E", "C");
    assert_eq!(demo.value("大市外内资", &OCTOBER), yi(domestic));
    assert_eq!(demo.value("商回归资金", &OCTOBER), returning, "this sheet is in 亿元");
    assert_eq!(demo.value("实到外资", &OCTOBER), foreign, "in 万美元");
    assert_eq!(demo.value("到位资金（每笔一次）", &OCTOBER), yi(arrivals));
    // 102,100 + 54,900 万元 claimed of 110,800 that arrived: adding the programmes would count money twice.
    assert!(arrivals < domestic + returning * dec("10000"), "{arrivals} {domestic} {returning}");
    // One arrival stands under all three; it arrived once.
    let shared = |name: &str| {
        let table = sheet(&workbook, name);
        rows_of_codes(table, "C").iter().any(|row| seen(table, &format!("A{row}")) == "DZ2023-006")
    };
    assert!(shared("甬商回归") && shared("实到外资"));
}

#[test]
fn disputes_are_oral_and_written_together() {
    // #108 = #109 + #110, each counted from the rows of 2023: labour disputes that ended in an agreement by October.
    let demo = demo();
    let workbook = demo.workbook("101-园区社会治理中心-矛盾纠纷调解.xlsx");
    let table = sheet(&workbook, "2023年");
    let last = table.cells.last().map_or(0, |cell| cell.row) + 1;
    let count = |form: &str| {
        let fits = |row: &u32| {
            let at = |column: &str| seen(table, &format!("{column}{row}"));
            at("D").starts_with("劳动争议") && at("I") == "调解成功" && at("E") == form
        };
        Decimal::from((4..=last).filter(fits).count())
    };
    let (oral, written) = (count("口头协议"), count("书面协议"));
    assert_eq!((oral, written), (dec("15"), dec("22")));
    assert_eq!(demo.value("调解劳动纠纷（口头协议）", &OCTOBER), oral);
    assert_eq!(demo.value("调解劳动纠纷（书面协议）", &OCTOBER), written);
    assert_eq!(demo.value("调解劳动纠纷", &OCTOBER), oral + written);
}

#[test]
fn petitions_are_their_five_kinds() {
    // #111 = #113 + … + #117, each counted from the rows of 2023.
    let demo = demo();
    let workbook = demo.workbook("100-园区社会治理中心-信访登记.xlsx");
    let table = sheet(&workbook, "2023年");
    let last = table.cells.last().map_or(0, |cell| cell.row) + 1;
    let mut all = Decimal::ZERO;
    for (kind, wanted) in
        [("市政类", 31), ("消防安全类", 18), ("信访交办类", 21), ("招商咨询类", 14), ("党群服务类", 12)]
    {
        let counted = (3..=last).filter(|row| seen(table, &format!("F{row}")) == kind).count();
        assert_eq!(counted, wanted, "{kind}");
        let value = demo.value(&format!("受理来信来访（{kind}）"), &OCTOBER);
        assert_eq!(value, Decimal::from(counted), "{kind}");
        all += value;
    }
    assert_eq!(demo.value("受理来信来访", &OCTOBER), all);
    assert_eq!(all, dec("96"));
}

#[test]
fn public_housing_is_no_industrial_investment() {
    let demo = demo();
    let workbook = demo.workbook("062-区统计局-固定资产投资月报-2023年10月.xlsx");
    let month = sheet(&workbook, "206");
    let projects_book = demo.workbook("060-园区项目推进办-投资项目一览表.xlsx");
    let projects = sheet(&projects_book, "项目库");
    let last = |s: &office::Sheet| s.cells.last().map_or(0, |cell| cell.row) + 1;
    let kind_of = |code: &str| {
        let row = (1..=last(projects)).find(|row| seen(projects, &format!("B{row}")) == code);
        row.map(|row| seen(projects, &format!("D{row}"))).unwrap_or_default()
    };
    let is_project = |row: &u32| seen(month, &format!("B{row}")).contains("-330203-");
    let rows: Vec<u32> = (1..=last(month)).filter(is_project).collect();
    let sum = |keep: &dyn Fn(&str) -> bool| {
        add(month, "E", |row| rows.contains(&row) && keep(&kind_of(&seen(month, &format!("B{row}")))))
    };
    let industrial = sum(&|kind| kind == "工业");
    let public = sum(&|kind| kind == "基础设施" || kind.starts_with("住房保障"));
    let housing = sum(&|kind| kind == "住房保障/安置房");
    let all = sum(&|_| true);
    assert_eq!(demo.value("工业投资", &OCTOBER), industrial);
    assert_eq!(demo.value("基础设施和安置房投资", &OCTOBER), public);
    assert_eq!(demo.value("固定资产投资", &OCTOBER), all);
    assert!(housing > Decimal::ZERO && industrial + public <= all, "{housing} {industrial} {public} {all}");
    let figure = demo.figure("工业投资", &[OCTOBER[0], OCTOBER[1], "--by", "project"]);
    let names = figure["groups"].as_array().expect("a list").iter().filter_map(|g| g["name"].as_str());
    let housing_names: Vec<&str> = names.filter(|name| name.ends_with("安置房")).collect();
    assert!(housing_names.is_empty(), "{housing_names:?}");
}

#[test]
fn services_lag_a_month_and_say_so() {
    let demo = demo();
    // October's returns are not due: no value, and the reason why.
    let late = demo.figure("规上营利性服务业营业收入", &OCTOBER);
    assert_eq!((&late["value"], &late["blank"]), (&serde_json::Value::Null, &"not_due".into()), "{late:#}");
    // September by hand, in 千元: every class but transport.
    let workbook = demo.workbook("047-区发改局-规上服务业-2023年第3季度.xlsx");
    let table = sheet(&workbook, "2023年9月");
    let rows: Vec<u32> = rows_of_codes(table, "A")
        .into_iter()
        .filter(|row| seen(table, &format!("C{row}")) != "交通运输、仓储和邮政业")
        .collect();
    let [now, before] = ["E", "F"].map(|column| add(table, column, |row| rows.contains(&row)) / dec("10"));
    let figure = demo.figure("规上营利性服务业营业收入", &["--period", "2023-09"]);
    assert_eq!((decimal(&figure["value"]), decimal(&figure["prior"])), (now, before));
    // The report of October prints September's value with September's period.
    let document = std::fs::read(demo.path("annual-review.docx")).expect("the demo wrote it");
    let outline = office::docx::outline(&document).expect("a Word file");
    let said =
        outline.iter().find(|p| p.text.contains("营利性服务业")).expect("the review speaks of services");
    let at = said.text.find("营利性服务业").expect("found above");
    let before = &said.text[..at];
    assert!(before.contains("1—9月"), "{}", said.text);
}

#[test]
fn ranks_leave_sub_rows_out() {
    let demo = demo();
    let workbook = demo.workbook("050-区统计局-全区通报-规下工业.xlsx");
    let table = sheet(&workbook, "2023年3季度");
    let rows: Vec<u32> = (3..=14).collect();
    let rate = |row: u32| number_in(table, &format!("F{row}")).expect("a rate");
    let own = rows.iter().copied().find(|row| seen(table, &format!("H{row}")) == "是").expect("our own row");
    let is_sub = |row: u32| seen(table, &format!("G{row}")) == "是";
    let faster_sub = rows.iter().copied().any(|row| is_sub(row) && rate(row) > rate(own));
    let faster = rows.iter().copied().filter(|row| !is_sub(*row) && rate(*row) > rate(own)).count();
    assert!(faster_sub, "the trap: a sub-row is faster than the park");
    let figure = demo.figure("规下工业增加值增速全区位次", &["--period", "2023-09"]);
    assert_eq!(decimal(&figure["value"]), Decimal::from(faster + 1));
    let ranked = rows.iter().filter(|row| !is_sub(**row)).count();
    assert_eq!(figure["of"], ranked, "units ranked, sub-rows left out");
}

#[test]
fn parts_add_up_to_the_whole() {
    // By industry: values, shares and pulls of all lines together are the whole.
    let figure = demo().figure("规上工业总产值", &[OCTOBER[0], OCTOBER[1], "--by", "行业门类和大类"]);
    let groups = figure["groups"].as_array().expect("a list");
    let sum = |key: &str| -> Decimal {
        let of = |g: &serde_json::Value| if g[key].is_null() { Decimal::ZERO } else { decimal(&g[key]) };
        groups.iter().map(of).sum()
    };
    assert!(groups.len() > 5);
    assert_eq!(sum("value"), decimal(&figure["value"]));
    assert_eq!(sum("share").round_dp(8), dec("100"));
    assert_eq!(sum("pull").round_dp(8), decimal(&figure["yoy"]["number"]).round_dp(8));
    let ranks: Vec<u64> = groups.iter().filter_map(|g| g["rank"].as_u64()).collect();
    let by_hand: Vec<u64> = (0..groups.len())
        .map(|i| {
            let value = decimal(&groups[i]["value"]);
            1 + groups.iter().filter(|g| decimal(&g["value"]) > value).count() as u64
        })
        .collect();
    assert_eq!(ranks, by_hand, "1-1-3: as many places as there are larger ones");
}
