//! What is said about visits and demands.

use jiff::civil::Date;

use crate::visits::shapes::Act;

/// Why a visit is written.
pub const VISIT: &str = "登记走访";

/// Why a demand is written that an enterprise raised itself.
pub const RAISED: &str = "企业提出诉求";

/// A demand without a text.
pub fn demand_missing() -> String {
    "写明诉求内容".to_owned()
}

fn word(act: Act) -> &'static str {
    match act {
        Act::Dispatch => "交办",
        Act::Answer => "答复",
        Act::Rate => "评价",
        Act::Reopen => "重办",
        Act::Close => "办结",
        Act::Escalate => "上报",
        Act::Return => "退回",
    }
}

/// Why a demand is changed.
pub fn why(act: Act, text: Option<&str>) -> String {
    let said = text.map(str::trim).filter(|text| !text.is_empty() && act != Act::Answer);
    said.map_or_else(|| format!("诉求{}", word(act)), |text| format!("诉求{}：{text}", word(act)))
}

/// An act that is not possible at this point.
pub fn not_now(act: Act, state: &str) -> String {
    format!("诉求现在是“{state}”，不能{}", word(act))
}

/// What to do then.
pub const NOT_NOW: &str = "刷新后看它现在到哪一步";

/// An answer without a text.
pub fn answer_missing() -> String {
    "写上答复内容".to_owned()
}

/// A rating without a number.
pub fn rating_missing() -> String {
    "选择满意度".to_owned()
}

/// Nobody to go up to.
pub fn whom_missing() -> String {
    "还没有超期，写上报给谁".to_owned()
}

/// Something sent back without a reason.
pub fn reason_missing() -> String {
    "写上退回的原因".to_owned()
}

/// No department to dispatch to.
pub fn department_missing() -> String {
    "选择承办部门".to_owned()
}

/// A demand whose day must be promised.
pub fn promise_missing(last: Date) -> String {
    format!("复杂事项须承诺答复日期，不晚于 {last}")
}

/// A day beyond the limit, or one that has passed.
pub fn due_beyond(last: Date) -> String {
    format!("办理期限应在今天到 {last} 之间")
}
