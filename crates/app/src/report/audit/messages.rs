//! The words an audit reads and says.

use crate::report::ReportFault;
use crate::worker::WorkerFault;

pub(super) mod meaning;
pub(super) mod reading;

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
pub(super) fn older(revision: u64, said: &str) -> String {
    format!("{said}；像是第 {revision} 版的旧数")
}
pub(super) fn floor_too_high(value: &str) -> String {
    format!("台账为 {value}，不到所写的下限")
}
pub(super) fn ceiling_too_low(value: &str) -> String {
    format!("台账为 {value}，超出所写的上限")
}
pub(super) fn outside(value: &str) -> String {
    format!("台账为 {value}，不在所写的范围内")
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
/// A comment where a document contradicts itself.
pub(super) fn torn(message: &str) -> String {
    format!("前后不一：{message}")
}
/// Who comments.
pub(super) const AUTHOR: &str = "园区台账核对";

/// Blanks without width or thinner than a blank, inside of numbers.
pub(super) const THIN: &[char] = &['\u{2009}', '\u{202f}', '\u{200b}', '\u{feff}'];
/// What stands around the number of a page.
pub(super) const AROUND_PAGES: &[char] = &['-', '–', '—', '－', '·', '/', '第', '页', '共'];
/// What ends a line that a page did not break.
pub(super) const LINE_ENDS: &[char] = &['。', '！', '？', '；', '：'];
/// Digits of the numbers of headings.
pub(super) const HEADING_DIGITS: &str = "一二三四五六七八九十0123456789";

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
