//! Every Chinese sentence of this crate: reasons of blanks, notes of a basis, names of comparisons.

use model::wording::number::say_period_of_year;

use crate::request::{BlankReason, ComparisonUsed, Note};

/// Why there is no value.
pub fn blank(reason: BlankReason) -> &'static str {
    match reason {
        BlankReason::NotDue => "未到报送期",
        BlankReason::NotSent => "应报未报",
        BlankReason::Rejected => "已报送，因差错未接收",
        BlankReason::NotCollected => "1—2月合并统计，没有单月数",
        BlankReason::NoSuchWindow => "该报表没有这一时段的数据",
        BlankReason::NotFilled => "已报送，该栏未填",
        BlankReason::NoEntries => "没有符合条件的条目",
        BlankReason::Ambiguous => "有多个不同的值，无法确定用哪一个",
        BlankReason::BelowThreshold => "总量增幅过小或为负，不计算贡献率",
        BlankReason::NoBase => "没有同期基数或基数为零",
        BlankReason::NotComparable => "两期不可比",
        BlankReason::Withheld => "涉及单个对象，不予显示",
        BlankReason::DivisionByZero => "分母为零",
        BlankReason::TooLarge => "数值超出可精确表示的范围",
        BlankReason::NotApplicable => "该指标不适用这一剔除或条件",
        BlankReason::NoTarget => "没有设定任务数",
        BlankReason::Unknown => "没有这一指标、字段或剔除名单",
    }
}

/// What growth was measured against.
pub fn comparison(used: ComparisonUsed) -> &'static str {
    match used {
        ComparisonUsed::None => "不计算同比",
        ComparisonUsed::OwnPrior => "可比口径：报表自带的上年同期数",
        ComparisonUsed::SameSubjects => "可比口径：两期都有数的同一批对象",
        ComparisonUsed::All => "全部对象，未调整口径",
        ComparisonUsed::Parts => "与各组成指标相同",
    }
}

/// What a reader must know besides.
pub fn note(note: &Note) -> String {
    match note {
        Note::FromCumulative(n) => format!("{n}个单月数由累计数相减得出，可能含以前月份的修订"),
        Note::FromMonths(n) => format!("{n}个累计数由各月相加得出"),
        Note::Empty(n) => format!("{n}个条目该栏为空，未计入"),
        Note::WithoutBase(n) => format!("{n}个对象没有同期数，未计入增速"),
        Note::WithoutValue(n) => format!("{n}个对象有同期数而无本期数，未计入增速"),
        Note::Undated(n) => format!("{n}个条目缺少日期，未计入"),
        Note::UnknownMember(name) => format!("剔除名单中的“{name}”找不到对应的对象"),
        Note::EmptyExclusion(title) => format!("剔除名单“{title}”没有成员"),
        Note::TakenFrom(period) => format!("取自{}", say_period_of_year(*period)),
        Note::WithheldGroups(n) => format!("{n}个分组涉及单个对象，不予显示"),
    }
}
