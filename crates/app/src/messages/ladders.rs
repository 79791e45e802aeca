//! What is said about ladders.

use rust_decimal::Decimal;

/// A ladder, rung or enterprise that is not there.
pub fn unknown(name: &str, known: &[String]) -> String {
    format!("没有“{name}”；可用：{}", known.join("、"))
}

/// How much it takes. Percentages are of a quotient, so their gap is in points.
pub fn gap(of: Option<&str>, by: Decimal, unit: Option<&str>, beyond: bool) -> String {
    let (turn, by) = if by.is_sign_negative() { ("减", -by) } else { ("增", by) };
    let more = if beyond { "以上" } else { "" };
    let unit = match unit {
        Some("%") => "个百分点",
        Some(unit) => unit,
        None => "",
    };
    format!("{}再{turn} {} {unit}{more}", of.unwrap_or("该项"), by.normalize())
}

/// A datum nobody delivered.
pub fn lacking(title: &str, department: &str) -> String {
    format!("缺{title}（{department}）")
}

/// A qualification of which nothing is recorded.
pub fn unrecorded(title: &str) -> String {
    format!("未登记{title}的情况")
}
