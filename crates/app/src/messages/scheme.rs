//! What the catalogue says about measures, marks and schemes.

use model::definition::{
    Benchmark, Better, Conversion, Indicator, Judged, Method, MissingRule, Over, Setting, Until,
};

/// Heading.
pub const MEASURES: &str = "评价数据项";
/// Table head.
pub const MEASURE_HEAD: &str =
    "| 数据项 | 标识 | 单位 | 指标 | 跨月 | 领域 | 来源部门 |\n|---|---|---|---|---|---|---|";
/// Heading.
pub const MARKS: &str = "评价标记";
/// Table head.
pub const MARK_HEAD: &str = "| 标记 | 标识 | 台账 |\n|---|---|---|";
/// Heading.
pub const SCHEMES: &str = "评价办法";
/// Table head.
pub const INDICATOR_HEAD: &str = "| 评价指标 | 标识 | 单位 | 权重 | 计分 | 基准值 | 封顶 | 保底 | 缺数据 |\n|---|---|---|---|---|---|---|---|---|";
/// What stands for a number that is not known.
pub const TO_BE_SUPPLIED: &str = "待提供";

/// A number of a scheme.
pub fn setting(setting: &Setting) -> String {
    setting.known().map_or_else(|| TO_BE_SUPPLIED.to_owned(), |n| n.normalize().to_string())
}

/// A number of a scheme that need not be there.
pub fn optional(found: Option<&Setting>) -> String {
    found.map_or_else(|| "—".to_owned(), setting)
}

/// What follows that line where units are judged as one.
pub const MERGED: &str = " · 同一用地单元、同一集团合并评价，单独评价的结果一并保留";

/// The line under a scheme's heading.
pub fn scheme_line(
    id: &str,
    judges: Judged,
    document: &str,
    authority: &str,
    years: (i16, Option<i16>),
) -> String {
    let what = match judges {
        Judged::Parcel => "评价地块",
        Judged::Enterprise => "评价企业",
    };
    let document = super::parcels::document(document);
    let years = match years {
        (from, None) => format!("{from} 年度起"),
        (from, Some(to)) if from == to => format!("{from} 年度"),
        (from, Some(to)) => format!("{from}—{to} 年度"),
    };
    format!("`{id}` · {what} · 文号：{document} · {authority} · {years}")
}

/// How a quotient becomes points.
pub fn method(indicator: &Indicator) -> String {
    let lower = if indicator.better == Better::Lower { "（越低越好）" } else { "" };
    match &indicator.method {
        Method::Ratio => format!("与基准值之比{lower}"),
        Method::MinMax { base, .. } => format!("最小最大之间，底 {}{lower}", setting(base)),
        Method::Value => "按数值排名".to_owned(),
    }
}

/// What a quotient is measured against.
pub fn benchmark(benchmark: &Benchmark) -> String {
    match benchmark {
        Benchmark::Fixed(number) => setting(number),
        Benchmark::GroupMean { times } => format!("本组平均 × {}", setting(times)),
        Benchmark::PreviousMean { times } => format!("上年平均 × {}", setting(times)),
        Benchmark::None => "—".to_owned(),
    }
}

/// What stands for a missing quotient.
pub fn missing(rule: MissingRule) -> &'static str {
    match rule {
        MissingRule::GroupMean => "本组平均得分",
        MissingRule::Zero => "0 分",
        MissingRule::Renormalise => "其余指标分担权重",
        MissingRule::NotEvaluable => "不评",
    }
}

/// How months become a year.
pub fn over(over: Over) -> &'static str {
    match over {
        Over::Sum => "加总",
        Over::Mean => "平均",
        Over::Last => "期末",
    }
}

/// Where a grade ends.
pub fn until(until: &Until) -> String {
    match until {
        Until::Share(share) => format!("前 {}", setting(share)),
        Until::Score(score) => format!("{} 分以上", setting(score)),
        Until::Rest => "其余".to_owned(),
    }
}

/// The line of grades.
pub fn grades(lines: &str) -> String {
    format!("等级：{lines}")
}

/// The line of a scheme's numbers that are not known.
pub fn needed(count: usize) -> String {
    format!("待提供的数值：{count} 个")
}

/// An indicator's conversion, where it changes anything: what the quotient of the two units is multiplied by.
pub fn conversion(conversion: Conversion) -> String {
    if conversion == Conversion::NONE {
        return String::new();
    }
    format!("（× {} ÷ {}）", conversion.times, conversion.by)
}
