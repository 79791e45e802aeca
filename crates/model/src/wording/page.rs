//! What is said of wrong files of pages and calendars.

use super::diagnostic::{Said, said};

/// A confidential return in the file of an enterprise.
pub fn confidential(book: &str) -> Said {
    said(
        format!("“{book}”是统计保密台账，不能放进企业档案"),
        "换成税务、市场监管或企业自己填报的台账（统计法第二十八条）",
    )
}

/// A reference that is none to the register of enterprises.
pub fn names_no_enterprise(field: &str) -> Said {
    said(format!("字段“{field}”不指向企业名录"), "写指向企业的引用字段")
}

/// An event without a time.
pub fn not_a_time(field: &str) -> Said {
    said(format!("字段“{field}”不是日期"), "写日期、月份、时期或年度字段")
}

/// A day that cannot be read.
pub fn not_a_day(text: &str) -> Said {
    said(format!("“{text}”不是日期"), "写成 2026-08-31")
}

/// A window that ends before it begins.
pub fn closes_before_it_opens() -> Said {
    said("截止日期早于开始日期".to_owned(), "核对 opens 和 closes")
}

/// A window without a source.
pub fn no_document() -> Said {
    said("申报窗口没有出处".to_owned(), "写明通知的文号或标题")
}

/// A lead time that is no span, or nobody's.
pub fn bad_lead() -> Said {
    (
        "准备时间要写成 [最少月数, 最多月数]，并写明出处".to_owned(),
        "例如 months = [1, 2]，source = \"估计\"".to_owned(),
    )
}

/// A field that is no stage.
pub fn not_a_stage(field: &str) -> Said {
    said(format!("“{field}”不是选项字段"), "阶段要用 kind = \"choice\" 的字段，按工作的先后排列")
}

/// A reference to another register.
pub fn other_register(field: &str) -> Said {
    said(format!("“{field}”不指向到资台账"), "换成指向 arrivals 所写台账的字段")
}
