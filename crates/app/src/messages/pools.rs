//! What is said about reserve pools.

use assess::ladder::shown;
use jiff::civil::Date;
use model::definition::Outcome;
use rust_decimal::Decimal;

use crate::pools::shapes::PoolState;

/// How near a candidate of a rung is.
pub fn level(verdict: Outcome) -> &'static str {
    match verdict {
        Outcome::Met => "条件已达到",
        Outcome::NotMet => "还差几条",
        Outcome::Unknown => "待补数据",
    }
}

/// Whether people keep a candidate.
pub fn state(state: PoolState) -> &'static str {
    match state {
        PoolState::Kept => "在库",
        PoolState::Proposed => "建议入库",
        PoolState::Unscreened => "在库，未筛出",
    }
}

/// A condition that is met, with its value: “综合能耗1000吨标准煤以上：1532.4 吨标准煤”.
pub fn reason(title: &str, value: Option<Decimal>, unit: Option<&str>) -> String {
    match value {
        Some(value) => {
            format!("{title}：{} {}", shown(value, None), unit.unwrap_or_default()).trim_end().to_owned()
        }
        None => title.to_owned(),
    }
}

/// The last day of a term, where it ends soon.
pub fn ends(day: Date) -> String {
    format!("有效期至{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A day of crossing, always with the word that says what it is.
pub fn estimate(day: Date) -> String {
    format!("{}年{}月（估计）", day.year(), day.month())
}

/// The file of a pool.
pub fn file(title: &str, on: Date) -> String {
    format!("{title}储备库-{on}")
}

/// The headings of a pool as a table.
pub const HEADINGS: [&str; 19] = [
    "筛选规则",
    "企业",
    "状态",
    "程度",
    "数值",
    "单位",
    "起点",
    "还差",
    "数值截至",
    "月均变动",
    "预计达到（估计）",
    "差距",
    "缺的数据",
    "符合的条件",
    "有效期至",
    "负责人",
    "培育目标",
    "下一步",
    "入库日期",
];

/// Amounts the reader may not see.
pub const WITHHELD: &str = "不予显示";

/// The file of a ladder.
pub fn ladder_file(title: &str, on: Date) -> String {
    format!("{title}-{on}")
}

/// The headings of a ladder as a table.
pub const LADDER_HEADINGS: [&str; 9] =
    ["资质", "企业", "资质状态", "有效期至", "条件", "只差一条", "差距", "缺的数据", "依据"];
/// Yes in a table.
pub const YES: &str = "是";
