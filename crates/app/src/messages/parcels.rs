//! What people are told about land parcels.

use assess::attribution::{Evidence, Method, Reason};
use assess::messages as words;
use assess::screen::AreaSlip;
use jiff::civil::Date;
use model::definition::{Benchmark, Domain, Setting};
use model::wording::number::{Rounding, grouped, round};
use rust_decimal::Decimal;
use store::EvaluationStage;

use super::books::day;
use crate::parcels::ParcelsFault;

/// A flag of a parcel.
pub const NO_CODE: &str = "宗地代码缺失或不合 GB/T 37346";
/// A flag of a parcel.
pub const NO_AREA: &str = "证载、实测、合同面积都没有";
/// A flag of a parcel.
pub const NO_BOUNDARY: &str = "没有界线，地图上看不到";
/// A flag of a parcel.
pub const UNREGISTERED: &str = "没有不动产权证号";
/// A flag of a parcel: a user's tax is consolidated elsewhere. What is paid here is counted, nothing is put in its place.
pub fn tax_elsewhere(enterprise: &str) -> String {
    format!("{enterprise}税收汇缴外地，本地入库不是全部")
}

/// Why a part of a value is not there.
pub const NOT_REPORTED: &str = "该企业本期没有数据，不按零计";
/// Why a cell of the coverage matrix is a gap.
pub const MISSING: &str = "没有数据";
/// Why a cell of the coverage matrix is a gap.
pub const CONFLICTING: &str = "来源矛盾";
/// Why a cell of the coverage matrix is a gap.
pub const PARTIAL: &str = "不全";
/// Why a cell of the coverage matrix is a gap.
pub const STALE: &str = "过期";
/// A legend.
pub const CHANGED: &str = "一年内变更";
/// A legend.
pub const UNCHANGED: &str = "未变更";
/// What moved a grade.
pub const VETO: &str = "一票否决";
/// What moved a grade.
pub const PROTECTION: &str = "保护";
/// What moved a grade.
pub const CLASS: &str = "另列";
/// A grade kept from the version before.
pub const HELD: &str = "数据未变，等级沿用上一版";
/// Why a new entry of the book of objections is written.
pub const OBJECTION: &str = "评价异议";
/// A subject that is no longer part of an evaluation.
pub const GONE: &str = "不再列入";
/// A subject that was not part of the version before.
pub const ADDED: &str = "新列入";
/// A document.
pub const PARCEL_SHEET: &str = "一地一表";
/// A document.
pub const CONFIRMATION: &str = "一企一单";
/// A value that is not shown.
pub const WITHHELD: &str = "保密";
/// A step of a score.
pub const CARRIED: &str = "缺项权重由其余指标分担";
/// A step of a score.
pub const CORRECTION: &str = "修正系数";
/// A step of a score.
pub const BONUS_LIMIT: &str = "加分封顶";
/// A step of a score.
pub const MALUS_LIMIT: &str = "减分封顶";
/// A step of a score.
pub const ROUNDING: &str = "四舍五入";
/// What would not close a distance.
pub const NOT_MEASURED: &str = "这一项没有数据，先补数据";
/// What would not close a distance.
pub const NO_WEIGHT: &str = "这一项没有权重";
/// What changed.
pub const GRADE: &str = "等级";
/// What changed.
pub const SCORE: &str = "得分";
/// What changed.
pub const LAND: &str = "用地面积（平方米）";
/// What changed.
pub const STATUS: &str = "参评状态";
/// What changed.
pub const MARKS: &str = "否决、保护或另列事项有变";
/// What changed of an indicator.
pub const NUMERATOR: &str = "（分子）";
/// What changed of an indicator.
pub const DENOMINATOR: &str = "（分母）";
/// A legend.
pub const WITHOUT: &str = "无";
/// A heading of exports.
pub const LEGAL_AREA: &str = "法定面积（平方米）";
/// A heading of exports.
pub const LEGAL_AREA_MU: &str = "法定面积（亩）";
/// The name of the first sheet of a request for data.
pub const REQUEST_SHEET: &str = "催报清单";
/// What a department is asked to do.
pub const REQUEST_NOTE: &str =
    "请在后面各表的空格里填写，表头不要改动，填不出的留空；填好后把整个文件发回，直接导入。";
/// Headings of the list of a request for data; none is a heading that a layout reads.
pub const REQUEST_HEADINGS: [&str; 7] =
    ["责任部门", "所欠地块代码", "所欠地块", "数据类别", "所涉企业", "所欠数据项", "情况说明"];

/// The heading of a measure of a year.
pub fn measure_of_year(title: &str, year: i16, unit: &str) -> String {
    format!("{year}年{title}{}", in_unit(unit))
}

/// A unit behind a heading.
pub fn in_unit(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!("（{unit}）") }
}

/// The title of a request for data.
pub fn request_title(year: i16) -> String {
    format!("{year}年地块评价数据催报清单")
}

/// The tab of a sheet to fill in: the title of its book, numbered where it is not the first of that title.
pub fn tab(title: &str, number: usize) -> String {
    if number == 1 { title.to_owned() } else { format!("{title}（{number}）") }
}

/// The file name of a request for data.
pub fn request_file(year: i16, department: &str) -> String {
    let of = if department.is_empty() { String::new() } else { format!("（{department}）") };
    format!("{year}年地块评价数据催报表{of}.xlsx")
}

/// A domain of data, in Chinese and English.
pub fn domain(domain: Domain) -> (&'static str, &'static str) {
    match domain {
        Domain::Land => ("土地", "Land"),
        Domain::Tenancy => ("占用", "Tenancy"),
        Domain::Tax => ("税收", "Tax"),
        Domain::Output => ("产值", "Output"),
        Domain::ValueAdded => ("增加值", "Value added"),
        Domain::Energy => ("能耗", "Energy"),
        Domain::Emissions => ("排放", "Emissions"),
        Domain::Research => ("研发", "Research"),
        Domain::Staff => ("用工", "Staff"),
    }
}

/// How a value came to a parcel, with why by no better way.
pub fn method(method: Method, reasons: &[&str]) -> String {
    let how = match method {
        Method::SiteAccount => "产业活动单位台账",
        Method::Meter => "分户计量比重",
        Method::Dated => "按占用期间实际",
        Method::AreaTime => "按面积×时间分摊",
        Method::Holding => "按权利归属",
    };
    if reasons.is_empty() { how.to_owned() } else { format!("{how}（{}）", reasons.join("，")) }
}

/// Why a better way did not apply.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoAccount => "没有产业活动单位台账",
        Reason::NoMeter => "没有户号对应",
        Reason::SharedMeter => "户号与他人合用",
        Reason::MeterGap => "户号没有覆盖全期",
        Reason::NotMetered => "此项不按计量分摊",
        Reason::SeveralPlaces => "期内在多处",
        Reason::DaysNowhere => "部分日期去向不明",
        Reason::YearOnly => "只有全年数",
        Reason::NothingUsed => "期内没有使用",
    }
}

/// How good evidence is, best first.
pub fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Accounted => "A",
        Evidence::Measured => "B",
        Evidence::Documented => "C",
        Evidence::Derived => "D",
        Evidence::Assumed => "E",
    }
}

/// A parcel that should produce by now and does not.
pub fn overdue(due: Date) -> String {
    format!("约定 {due} 投产，逾期未投产，按实际数评价")
}

/// A parcel that need not produce yet.
pub fn not_due(until: Option<Date>) -> String {
    until.map_or_else(|| "在建，未到评价期".to_owned(), |until| format!("约定 {until} 投产，未到评价期"))
}

/// A parcel that cannot be judged.
pub fn no_data(domains: &[String]) -> String {
    format!("缺{}数据", domains.join("、"))
}

/// What a department still owes.
pub fn gap(why: &str, what: &str, enterprise: Option<&str>) -> String {
    enterprise.map_or_else(|| format!("{what}{why}"), |enterprise| format!("{enterprise}：{what}{why}"))
}

/// Points that stand for a missing value.
pub fn filled(reason: &str) -> String {
    format!("{reason}，按办法的缺项规则计分")
}

/// What is missing to the next better grade.
pub fn distance(grade: &str, points: Decimal) -> String {
    format!("差 {} 分到 {grade}（假定其他对象不变）", points.normalize())
}

/// A number to two places with its digits in threes, and its unit.
pub fn quantity(number: Decimal, unit: &str) -> String {
    let number = grouped(&round(number, 2, Rounding::HalfUp).normalize().to_string());
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

/// What would close a distance.
pub fn enough(more: Decimal, unit: &str) -> String {
    if more.is_sign_negative() {
        return format!("减少 {}即可", quantity(more.abs(), unit));
    }
    format!("再增加 {}即可", quantity(more, unit))
}

/// What would not close a distance by itself.
pub fn cap_too_low(most: Decimal) -> String {
    format!("封顶所限，最多再得 {} 分，单靠这一项不够", most.round_dp(2).normalize())
}

/// What an area looks like beside another of the same parcel.
pub fn area_slip(slip: AreaSlip) -> &'static str {
    match slip {
        AreaSlip::MuForSquareMetres => "另一面积约为法定面积的 666.7 倍，像是亩与平方米混用，请核对单位",
        AreaSlip::SquareMetresForMu => "另一面积约为法定面积的 0.0015 倍，像是亩与平方米混用，请核对单位",
        AreaSlip::TenThousands => "另一面积约为法定面积的一万倍，像是公顷与平方米混用，请核对单位",
    }
}

/// A value that is many times what parcels usually have for their land.
pub fn far_above(title: &str) -> String {
    format!("单位面积{title}超过全部地块中位数的 {} 倍，请核对单位", assess::screen::TIMES)
}

/// How a promise stands, and the contracted day of production that passed without any.
pub fn promise(state: &str, due: Option<Date>, overdue: Option<Date>) -> String {
    let stands = match (state, due) {
        ("not_due", Some(due)) => format!("{}起算", day(due)),
        ("not_due", None) => "没有起算日期".to_owned(),
        ("kept", _) => "达到".to_owned(),
        ("broken", _) => "未达到".to_owned(),
        _ => "没有可比的数据".to_owned(),
    };
    match overdue {
        Some(overdue) => format!("{stands}（约定{}投产，逾期未投产）", day(overdue)),
        None => stands,
    }
}

/// How a subject stands with an evaluation.
pub fn standing(status: &str) -> &'static str {
    match status {
        "scored" => "参评",
        "not_due" => "未到期",
        "exempt" => "豁免",
        _ => "缺数据",
    }
}

/// The number or name of a document; in words when nobody has given it yet.
pub fn document(number: &str) -> &str {
    if number == Setting::TO_BE_SUPPLIED { super::scheme::TO_BE_SUPPLIED } else { number }
}

/// How well a value is known.
pub fn data_state(state: &str) -> &'static str {
    match state {
        "present" => "上报",
        "estimated" => "推算",
        "conflicting" => "来源矛盾",
        "withheld" => WITHHELD,
        _ => "没有数据",
    }
}

/// What stands where a value is missing: why there is none.
pub fn without_value(state: &str) -> &'static str {
    match state {
        "withheld" => WITHHELD,
        "conflicting" => "待核",
        _ => "未报送",
    }
}

/// From when to when something holds.
pub fn span(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => "未填".to_owned(),
        (Some(from), None) => format!("{from} 起"),
        (None, Some(to)) => format!("至 {to}"),
        (Some(from), Some(to)) => format!("{from} 至 {to}"),
    }
}

/// How a part of a parcel is used.
pub fn occupancy(kind: &str) -> &str {
    match kind {
        "self" => "自用",
        "lease" => "承租",
        "sublease" => "转租",
        "vacant" => "空置",
        "under_construction" => "在建",
        "public" => "公用",
        other => other,
    }
}

/// The bound of a promise.
pub fn op(op: &str) -> &'static str {
    match op {
        "more_than" => "＞",
        "at_most" => "≤",
        "less_than" => "＜",
        "equal" => "＝",
        _ => "≥",
    }
}

/// A class of numbers.
pub fn between(from: Option<&str>, below: Option<&str>) -> String {
    match (from, below) {
        (None, None) => "全部".to_owned(),
        (Some(from), None) => format!("{from} 及以上"),
        (None, Some(below)) => format!("{below} 以下"),
        (Some(from), Some(below)) => format!("{from}—{below}"),
    }
}

/// How a benchmark comes about.
pub fn benchmark(benchmark: &Benchmark) -> String {
    let times = |setting: &Setting, of: &str| match setting.known() {
        Some(times) if times == Decimal::ONE => of.to_owned(),
        Some(times) => format!("{of}的 {} 倍", times.normalize()),
        None => format!("{of}的若干倍（待提供）"),
    };
    match benchmark {
        Benchmark::Fixed(setting) => setting
            .known()
            .map_or_else(|| "公布值（待提供）".to_owned(), |n| format!("公布值 {}", n.normalize())),
        Benchmark::GroupMean { times: t } => times(t, "本组平均"),
        Benchmark::PreviousMean { times: t } => times(t, "上年本组平均"),
        Benchmark::None => "不用基准值".to_owned(),
    }
}

/// How a grade was moved after its score.
pub fn moved(how: &str, mark: &str, reason: &str, (from, to): (&str, &str)) -> String {
    let why = if reason == mark || reason.is_empty() { String::new() } else { format!("（{reason}）") };
    if from == to {
        return format!("{how}：{mark}{why}，等级仍为 {to}");
    }
    format!("{how}：{mark}{why}，{from} → {to}")
}

/// With whom a subject was judged as one, and what it would have had alone.
pub fn together(unit: &str, others: &[&str], score: Option<Decimal>, grade: Option<&str>) -> String {
    let alone = match (score, grade) {
        (Some(score), Some(grade)) => format!("单独评价得 {score} 分、{grade} 级"),
        (Some(score), None) => format!("单独评价得 {score} 分"),
        (None, _) => "单独评价没有得分".to_owned(),
    };
    format!("与{}合并评价（{unit}）；{alone}", others.join("、"))
}

/// What changed between two versions.
pub fn changed(what: &str, before: &str, after: &str) -> String {
    format!("{what} {before} → {after}")
}

/// What changed between two versions, for a reader who may not see the values.
pub fn changed_hidden(what: &str) -> String {
    format!("{what}有变（数值保密）")
}

/// The sentence and hint of a fault of this part; none for those of the ledger beneath it.
pub fn fault(fault: &ParcelsFault) -> Option<(String, String)> {
    let said = |message: String, hint: &str| Some((message, hint.to_owned()));
    match fault {
        ParcelsFault::Missing(what) => said(format!("内容里没有“{what}”"), "请管理员核对 content 目录"),
        ParcelsFault::Unnamed { asked, near } => {
            let hint = if near.is_empty() {
                "写宗地代码、地块名称，或企业的名称、代码".to_owned()
            } else {
                format!("相近的有：{}", near.join("、"))
            };
            Some((format!("没有地块或企业叫“{asked}”"), hint))
        }
        ParcelsFault::UnknownScheme { asked, there } => {
            let there: Vec<String> = there.iter().map(|(id, title)| format!("{id}（{title}）")).collect();
            Some((format!("没有评价办法“{asked}”"), format!("现有：{}", there.join("、"))))
        }
        ParcelsFault::Value { field: "rates", value } => said(
            format!("标准“{value}”不成立"),
            "写成 rates.政策.等级=数，用这项政策的单位；政策要有对应的指标，减免不超过 100%",
        ),
        ParcelsFault::Value { field, value } => {
            said(format!("参数 {field} 的值“{value}”不合要求"), "核对写法")
        }
        ParcelsFault::Run(fault) => Some(words::run_fault(fault)),
        ParcelsFault::Change(fault) => Some(words::change_fault(fault)),
        ParcelsFault::Match(fault) => {
            said(format!("匹配没有算出来（{fault}）"), "核对需求和厂房的面积、税收单位")
        }
        ParcelsFault::Public(stage) => {
            let what = if *stage == EvaluationStage::Area { "面积" } else { "结果" };
            said(format!("{what}已经公示"), "有变化时先重新评价，再公示新版本")
        }
        ParcelsFault::AreaFirst => said("还没有公示面积".to_owned(), "先公示面积，再公示结果"),
        ParcelsFault::Form { evaluation } => said(
            format!("第 {evaluation} 号评价由别的版本的程序冻结，读不出来"),
            "用当时的程序打开，或重新评价",
        ),
        ParcelsFault::Sheet(fault) => super::sheets::fault(fault),
        ParcelsFault::Drawing(finding) => Some((finding.message.clone(), finding.hint.clone())),
        ParcelsFault::SystemOpen => said("坐标系还没有确定".to_owned(), "先回答坐标系的问题，再入账"),
        ParcelsFault::BytesGone { file } => said(format!("{file} 的原文件不在了"), "重新导入这个文件"),
        ParcelsFault::Stopped => said("没有做完就停下了".to_owned(), "需要时再做一次"),
        ParcelsFault::Refused(_)
        | ParcelsFault::Query(_)
        | ParcelsFault::Books(_)
        | ParcelsFault::Worker(_)
        | ParcelsFault::Ledger(_) => None,
    }
}
