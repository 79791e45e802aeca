//! What is said about enterprises.

use jiff::civil::Date;
use model::id::EntryId;
use rust_decimal::{Decimal, RoundingStrategy};

/// No enterprise of this name, or several.
pub fn unknown(name: &str, near: &[String]) -> (String, String) {
    let hint = if near.is_empty() {
        "写企业名称、曾用名、统一社会信用代码或拼音首字母".to_owned()
    } else {
        format!("是不是：{}", near.join("、"))
    };
    (format!("没有唯一的企业叫“{name}”"), hint)
}

/// A step that falls due.
pub fn step(step: &str) -> String {
    format!("计划步骤：{step}")
}

/// A qualification that ends.
pub fn expires(title: &str) -> String {
    format!("{title}有效期满")
}

/// A window for applications.
pub fn window(rung: &str, window: &str, expected: bool) -> String {
    let by = if expected { "（按往年推算）" } else { "" };
    format!("{rung}：{window}{by}")
}

/// A row of a certificate.
pub fn entry(entry: EntryId) -> String {
    format!("条目 {entry}")
}

/// Where a row of a certificate came from that an enterprise filed.
pub fn filed(filing: u64, accepted: &str) -> String {
    format!("企业填报第 {filing} 号，{accepted}")
}

/// What the document of a plan is called.
pub const PLAN: &str = "一企一策";

/// The next rung, and whether its rule is met already.
pub fn rung(title: &str, met: bool) -> String {
    if met { format!("{title}（已达到条件）") } else { title.to_owned() }
}

/// The days of a window.
pub fn days(opens: Option<Date>, closes: Date, expected: bool) -> String {
    let from = opens.map_or_else(String::new, |day| format!("{day}—"));
    let by = if expected { "（按往年推算）" } else { "" };
    format!("{from}{closes}{by}")
}

/// Why a plan is written.
pub const MADE: &str = "制定一企一策";

/// Why a plan is moved on.
pub fn moved(to: &str, why: &str) -> String {
    if why.is_empty() { format!("一企一策：{to}") } else { format!("一企一策：{to}，{why}") }
}

/// No such rung.
pub fn no_rung(name: &str) -> String {
    format!("没有梯队资质“{name}”，写成 梯队.资质")
}

/// A plan for the rung is open already.
pub fn has_plan(number: &str) -> String {
    format!("这项资质已有在办的方案 {number}")
}

/// An action without words.
pub fn no_text(owner: &str) -> String {
    if owner.is_empty() {
        "有一项行动没有写内容".to_owned()
    } else {
        format!("{owner}的一项行动没有写内容")
    }
}

/// A plan may not go there from where it is.
pub fn no_way(from: &str, to: &str) -> String {
    format!("方案在“{from}”，不能转到“{to}”")
}

/// Nobody signs for the enterprise.
pub fn no_signatory() -> String {
    "写明企业由谁签字".to_owned()
}

/// Nothing says what the enterprise agrees to.
pub fn no_commitment() -> String {
    "写明企业承诺做什么".to_owned()
}

/// Nothing says why a plan was not reached.
pub fn no_reason() -> String {
    "写明为什么没有通过".to_owned()
}

/// A day that has not come.
pub fn not_yet(on: Date) -> String {
    format!("{on}还没有到")
}

/// The day a plan is looked at next.
pub fn review(target: &str) -> String {
    format!("检查一企一策：{target}")
}

/// An action that falls due.
pub fn action(target: &str, side: &str, text: &str) -> String {
    let side = if side.is_empty() { String::new() } else { format!("（{side}）") };
    format!("{target}：{text}{side}")
}

/// An open case that is a risk.
pub fn open_case(part: &str, title: &str, state: &str) -> String {
    format!("{part}：{title}，{state}")
}

/// A title that was lost.
pub fn lost(title: &str, how: &str) -> String {
    format!("{title}已{how}")
}

/// Words beside each other, those that say nothing left out.
pub fn whose(parts: [&str; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
}

/// A number as a document shows it: two places at most.
pub fn amount(number: Decimal) -> String {
    number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
}

/// A threshold in words: at least so much.
pub fn limit(side: Option<&str>, threshold: Decimal, unit: &str) -> String {
    let sign = match side {
        Some("at_least") => "≥",
        Some("above") => ">",
        Some("at_most") => "≤",
        Some("below") => "<",
        _ => "",
    };
    format!("{sign}{}{unit}", amount(threshold))
}

/// How many actions were done.
pub fn progress(done: usize, all: usize) -> String {
    if all == 0 { String::new() } else { format!("{all}项行动完成{done}项") }
}

/// Money that may be applied for.
pub const MAY_CLAIM: &str = "可申请";

/// The unit of money of policies.
pub const YUAN: &str = "元";

/// Why an action is closed.
pub const DONE: &str = "行动完成";
