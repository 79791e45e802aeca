//! What people are told about questions for figures.

use figures::why::Kind;
use model::wording::number::chinese_number;

use crate::explore::AskFault;

/// A field by one of the levels of its choices.
pub fn at_level(title: &str, level: u8) -> String {
    format!("{title}（{}级）", chinese_number(u64::from(level)))
}

/// The unit of growth.
pub const GROWTH_UNIT: &str = "%";

/// What a part of a difference is called.
pub fn part(kind: Kind) -> &'static str {
    match kind {
        Kind::Correction => "数据更正",
        Kind::Definition => "口径定义改变",
        Kind::Basis => "可比口径与剔除",
        Kind::Entry => "新进入",
        Kind::Exit => "退出或未报",
        Kind::Growth => "存量增长",
    }
}

/// The sentence and hint of a question that is none.
pub fn ask_fault(fault: &AskFault) -> (String, String) {
    let said = |message: String, hint: &str| (message, hint.to_owned());
    match fault {
        AskFault::UnknownFigure(figure) => {
            said(format!("没有指标“{figure}”，或您无权查看"), "写指标的全称或标识")
        }
        AskFault::NotAPeriod(text) => said(format!("“{text}”不是月份"), "写成 2023-10"),
        AskFault::NotAWindow(text) => {
            said(format!("“{text}”不是时段"), "可用 month、ytd、quarter、half、year、moment")
        }
        AskFault::UnknownField(field) => {
            said(format!("没有可用于分组或条件的字段“{field}”"), "写字段的名称或标识")
        }
        AskFault::NoDifference(reason) => {
            said(format!("两端之一没有数值：{}", figures::messages::blank(*reason)), "换一个时期或版本")
        }
        AskFault::UnknownSet(set) => said(format!("没有剔除名单“{set}”"), "名单见指标目录"),
        AskFault::BadValue { argument, value } => {
            said(format!("参数 {argument} 的值“{value}”不合要求"), "核对写法")
        }
    }
}
