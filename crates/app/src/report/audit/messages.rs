//! The words an audit reads and says.

use crate::report::ReportFault;
use crate::worker::WorkerFault;

/// What says “more” before a number.
pub(super) const UP: &[&str] = &["增长", "上升", "提高", "增加", "加快", "扩大", "上涨"];
/// What says “less” before a number.
pub(super) const DOWN: &[&str] = &["负增长", "下降", "减少", "回落", "降低", "下滑", "放缓", "收窄"];
/// Units of points, longest first.
pub(super) const POINTS: &[&str] = &["个百分点", "百分点"];
/// Words behind a number that are no unit of the content; times and multiples.
pub(super) const OTHER_UNITS: &[&str] = &["季度", "年", "月", "日", "倍", "％"];
/// The multiple.
pub(super) const TIMES: &str = "倍";
/// Percent in full width.
pub(super) const WIDE_PERCENT: &str = "％";
/// What makes a number a floor, behind it.
pub(super) const AT_LEAST: &[&str] = &["以上"];
/// What makes a number a floor, between number and unit or behind.
pub(super) const AND_MORE: &[&str] = &["多", "余"];
/// Floors, before the number.
pub(super) const MORE_THAN: &[&str] = &["超过", "超", "突破"];
/// Ceilings, before the number.
pub(super) const NEARLY: &[&str] = &["接近", "将近", "近"];
/// About, before the number.
pub(super) const ABOUT: &[&str] = &["大约", "约"];
/// The words of comparisons; which one stands last before a rate says against what it is measured.
pub(super) const COMPARED: &[&str] = &["同比", "环比"];

pub(super) fn ledger_says(value: &str) -> String {
    format!("台账为 {value}")
}
pub(super) fn other_unit(found: &str, expected: &str) -> String {
    format!("单位写作“{found}”，台账为“{expected}”")
}
pub(super) fn points_or_percent(found: &str, expected: &str) -> String {
    format!("写作“{found}”，应为“{expected}”：百分点与 % 不可互换")
}
pub(super) fn other_direction(value: &str) -> String {
    format!("增减方向相反，台账为 {value}")
}
pub(super) fn other_comparison(found: &str, expected: &str) -> String {
    format!("写作“{found}”，这个数是“{expected}”")
}
pub(super) fn older(revision: &str, said: &str) -> String {
    format!("{said}；像是第 {revision} 版的旧数")
}
pub(super) fn floor_too_high(value: &str) -> String {
    format!("台账为 {value}，不到所写的下限")
}
pub(super) fn not_near(value: &str) -> String {
    format!("台账为 {value}，与所写的约数不符")
}
pub(super) const NO_VALUE: &str = "台账没有这个数";
pub(super) const WRONG_TIME: &str = "统计期不一致";
pub(super) const NOBODY_KNOWS: &str = "没有找到这个数说的是哪项指标";

/// One comment beside a paragraph.
pub(super) fn comment(text: &str, title: &str, note: &str) -> String {
    if title.is_empty() {
        format!("“{text}”：{note}")
    } else {
        format!("“{text}”（{title}）：{note}")
    }
}
/// Who comments.
pub(super) const AUTHOR: &str = "园区台账核对";

/// The sign of years.
pub(super) const YEAR: char = '年';
/// The sign of months.
pub(super) const MONTH: char = '月';
/// The word of quarters.
pub(super) const QUARTER: &str = "季度";

/// What may stand between a figure's title and its number without changing whose number it is.
pub(super) const CONNECTORS: &[&str] = &[
    "完成",
    "实现",
    "达到",
    "累计",
    "合计",
    "总计",
    "同比",
    "超过",
    "当月",
    "全年",
    "按可比价格计算",
    "达",
    "为",
    "共",
    "超",
    "约",
    "近",
    "的",
    "，",
    "、",
    "（",
    "：",
    ",",
    ":",
    " ",
    "#",
    "±",
];
/// The other year: numbers after these words are not the report's.
pub(super) const OTHER_TIME: &[&str] = &["去年", "上年", "前年", "预计", "力争", "目标", "任务", "明年"];
/// What makes a month the end of the year to date.
pub(super) const UNTIL: &[&str] = &["截至", "截止", "至", "—", "-", "–", "到"];
/// What makes it a month of its own, behind its sign.
pub(super) const ALONE: &[&str] = &["当月", "份", "单月"];
/// Chinese numerals from zero.
pub(super) const DIGITS: &str = "零一二三四五六七八九";

/// Sentence and hint of a document that cannot be audited; none for faults that are not the document's.
pub(super) fn refusal(fault: &ReportFault) -> Option<(String, String)> {
    match fault {
        ReportFault::Document(fault) => Some((fault.to_string(), fault.hint().to_owned())),
        ReportFault::Worker(WorkerFault::Killed { .. }) => {
            Some(("文档没有读完：太大，或已损坏".to_owned(), "另存为 .docx 后再试，或把文档拆小".to_owned()))
        }
        _ => None,
    }
}
