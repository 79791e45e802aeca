//! What a refresh says.

use model::period::Month;

use super::{LeftReason, Turn};

/// A month as people write it.
pub(super) fn month(month: Month) -> String {
    format!("{}年{}月", month.year(), month.month())
}

pub(super) fn other_period(before: Month, now: Month) -> String {
    format!("报告期由{}改为{}", month(before), month(now))
}
pub(super) const DEFINITION: &str = "指标的定义有改动";
pub(super) const CONTENT: &str = "指标定义或报告模板有改动";
pub(super) const RESTORED: &str = "按要求恢复为台账数";
pub(super) const UNKNOWN: &str = "文件里没有上次取数的依据，无从比较";
pub(super) const ENTRIES: &str = "台账有更正";

pub(super) fn corrected(
    title: &str,
    field: &str,
    before: &str,
    after: &str,
    place: &str,
    revision: u64,
) -> String {
    let place = if place.is_empty() { String::new() } else { format!("（{place}）") };
    let (before, after) = (or_nothing(before), or_nothing(after));
    format!("第 {revision} 版更正 {title} {field}：{before} → {after}{place}")
}
pub(super) fn and_more(count: usize) -> String {
    format!("另有 {count} 处更正")
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "空" } else { text }
}

/// Why something was left as it was.
pub(super) fn left(reason: LeftReason) -> &'static str {
    match reason {
        LeftReason::NotPrinted => "模板现在不再打印这一处（论断改变或名单变短），请人工核对",
        LeftReason::OtherRow => "名单的次序变了，而同一行的名称有人改过，没有动，请人工核对",
        LeftReason::Struck => "已在修订中删去，没有改动",
        LeftReason::Unknown => "认不出这个控件是哪份报告的哪一处",
        LeftReason::NoReport => "这份报告已不在内容定义中",
    }
}

/// What became of the words of a claim.
pub(super) fn turned(turn: Turn) -> &'static str {
    match turn {
        Turn::Changed => "论断已改变，文字随之改写",
        Turn::Rewritten => "论断已改变，但这段文字有人改过，没有动；请按新的情况改写",
        Turn::Possible => "论断现在成立，文中没有这句话，可以补上",
    }
}

/// What every finding about an overtyped figure asks.
pub(super) const ASK: &str = "文中的数与台账不同，请写明理由，或改回台账数";

/// Signs between the months of a period.
pub(super) const DASHES: &[char] = &['—', '–', '-', '至', '~', '～'];
/// The sign of years.
pub(super) const YEAR: char = '年';
/// The sign of months.
pub(super) const MONTH: char = '月';
/// Digits of years written in Chinese; both forms of zero.
pub(super) const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
pub(super) const OTHER_ZEROS: [char; 2] = ['○', '零'];
