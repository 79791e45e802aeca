//! What is said about ladders.

use assess::ladder::enough;
use rust_decimal::Decimal;

/// A ladder, rung or enterprise that is not there.
pub fn unknown(name: &str, known: &[String]) -> String {
    format!("没有“{name}”；可用：{}", known.join("、"))
}

/// How much it takes of a datum: “研发费用再增 112 万元”. Percentages are of a quotient, so their gap is in points.
pub fn gap(of: &str, by: Decimal, unit: Option<&str>, beyond: bool) -> String {
    let (turn, by) = if by.is_sign_negative() { ("减", -by) } else { ("增", by) };
    let more = if beyond { "以上" } else { "" };
    format!("{of}再{turn} {} {}{more}", enough(by), points(unit))
}

/// How far a value that is no single datum is from its condition: “综合得分大于70分，还差 4 分”.
pub fn distance(condition: &str, by: Decimal, unit: Option<&str>, beyond: bool) -> String {
    if by.is_zero() {
        return format!("{condition}，现在持平，须超过");
    }
    let more = if beyond { "以上" } else { "" };
    format!("{condition}，还差 {} {}{more}", enough(by.abs()), points(unit))
}

fn points(unit: Option<&str>) -> &str {
    match unit {
        Some("%") => "个百分点",
        other => other.unwrap_or_default(),
    }
}

/// A datum nobody delivered.
pub fn lacking(title: &str, department: &str) -> String {
    format!("缺{title}（{department}）")
}

/// A qualification of which nothing is recorded.
pub fn unrecorded(title: &str) -> String {
    format!("未登记{title}的情况")
}
