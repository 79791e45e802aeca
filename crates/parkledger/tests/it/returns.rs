//! `returns` on the demo: its enterprise filed a return that is accepted, one that waits, one that was sent back and a draft
//! (`content/demo/show.toml`).
//!
//! Deliberately absent: filing; that is the portal's (`http::tests::filings`, the journey `portal`).

use super::support::{Ran, demo};

const FIRM: &str = "宁波甲子汽车部件股份有限公司";

/// The return of July waits.
const WAITS: &str = "2";

const LIST: &[&str] = &["--format", "json", "returns", "list", "--all"];

fn states(listed: Ran) -> Vec<(u64, String)> {
    let list = listed.expect_code(0).json();
    let items = list["items"].as_array().expect("a list");
    let one = |item: &serde_json::Value| {
        (item["id"].as_u64().expect("a number"), item["state"].as_str().expect("a state").to_owned())
    };
    items.iter().map(one).collect()
}

#[test]
fn what_waits_is_listed_and_shown_with_the_periods_before() {
    let list = demo().run(&["returns", "list"]).expect_code(0);
    assert!(list.out.contains("等待审核 1 份") && list.out.contains(FIRM), "{}", list.out);
    assert!(!list.out.contains("已退回"), "only what waits: {}", list.out);
    let listed = [(2, "submitted"), (3, "sent_back"), (1, "accepted")];
    assert_eq!(
        states(demo().run(LIST)),
        listed.map(|(id, state)| (id, state.to_owned())),
        "no draft of the enterprise"
    );
    let shown = demo().run(&["returns", "show", WAITS]).expect_code(0);
    // 41650 after 42180.5: (41650 − 42180.5) / 42180.5 = −1.26 %.
    for said in [
        "企业运行监测月报 2023年7月　已报送",
        "上期 2023年6月",
        "上年同期 2022年7月",
        "42180.5",
        "41650",
        "-1.3%",
    ] {
        assert!(shown.out.contains(said), "{said} is not in:\n{}", shown.out);
    }
    let back = demo().run(&["returns", "show", "3"]).expect_code(0);
    for said in ["退回原因", "单位是万元", "演示：月末统计", "退回：演示："] {
        assert!(back.out.contains(said), "{said} is not in:\n{}", back.out);
    }
    let csv = demo().run(&["--format", "csv", "returns", "list"]).expect_code(0);
    assert_eq!(csv.out.lines().count(), 2, "{}", csv.out);
}

#[test]
fn a_return_is_accepted_once_and_its_entry_names_it() {
    let shop = demo().copy();
    let done = shop.run(&["returns", "accept", WAITS, "--note", "属实"]).expect_code(0);
    assert!(done.out.contains("已入账") && done.out.contains("属实"), "{}", done.out);
    assert_eq!(states(shop.run(LIST)).iter().filter(|(_, state)| state == "accepted").count(), 2);
    let shown = shop.run(&["--format", "json", "returns", "show", WAITS]).expect_code(0).json();
    let entry = shown["entry"].as_u64().expect("it is in the book").to_string();
    shop.run(&["history", &entry]).expect_code(0).says("企业填报第2号");
    shop.run(&["returns", "accept", WAITS]).expect_code(1).says("已入账").says("提示：");
    shop.run(&["returns", "accept", "4"]).expect_code(1).says("没有这个编号").says("提示：");
    shop.run(&["verify"]).expect_code(0);
}

#[test]
fn a_return_is_sent_back_with_a_reason_beside_its_item() {
    let shop = demo().copy();
    shop.run(&["returns", "send-back", WAITS]).expect_code(1).says("没有写退回原因");
    let odd = ["returns", "send-back", WAITS, "--field", "利润=太高"];
    shop.run(&odd).expect_code(1).says("没有指标“利润”").says("期末在手订单");
    let back = ["returns", "send-back", WAITS, "--field", "期末用工人数=与社保人数不符"];
    shop.run(&back).expect_code(0).says("已退回");
    let shown = shop.run(&["--format", "json", "returns", "show", WAITS]).expect_code(0).json();
    let fields = shown["fields"].as_array().expect("fields");
    let staff = fields.iter().find(|one| one["field"] == "staff").expect("asked for");
    assert_eq!(staff["sent_back"], "与社保人数不符", "{staff}");
    shop.run(&["returns", "send-back", WAITS, "--note", "x"]).expect_code(1).says("已退回");
}
