//! What people are told about questions for figures.

use model::wording::number::chinese_number;

use crate::explore::AskFault;

/// A field by one of the levels of its choices.
pub fn at_level(title: &str, level: u8) -> String {
    format!("{title}（{}级）", chinese_number(u64::from(level)))
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
        AskFault::UnknownSet(set) => said(format!("没有剔除名单“{set}”"), "名单见指标目录"),
        AskFault::BadValue { argument, value } => {
            said(format!("参数 {argument} 的值“{value}”不合要求"), "核对写法")
        }
    }
}
