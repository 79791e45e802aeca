//! What is said about enterprises.

use jiff::civil::Date;
use model::id::EntryId;

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
