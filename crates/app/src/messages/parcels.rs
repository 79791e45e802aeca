//! What people are told about land parcels.

use assess::attribution::{Evidence, Method, Reason};
use jiff::civil::Date;
use model::definition::Domain;

use crate::parcels::ParcelsFault;

/// A flag of a parcel.
pub const NO_CODE: &str = "宗地代码缺失或不合 GB/T 37346";
/// A flag of a parcel.
pub const NO_AREA: &str = "证载、实测、合同面积都没有";
/// A flag of a parcel.
pub const NO_BOUNDARY: &str = "没有界线，地图上看不到";
/// A flag of a parcel.
pub const UNREGISTERED: &str = "没有不动产权证号";
/// Why a part of a value is not there.
pub const NOT_REPORTED: &str = "该企业本期没有数据，不按零计";
/// Why a cell of the coverage matrix is a gap.
pub const MISSING: &str = "缺";
/// Why a cell of the coverage matrix is a gap.
pub const CONFLICTING: &str = "来源矛盾";
/// Why a cell of the coverage matrix is a gap.
pub const PARTIAL: &str = "不全";
/// Why a cell of the coverage matrix is a gap.
pub const STALE: &str = "过期";
/// A legend.
pub const WITHOUT: &str = "无";

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

/// The sentence and hint of a fault of this part; none for those of the ledger beneath it.
pub fn fault(fault: &ParcelsFault) -> Option<(String, String)> {
    let said = |message: String, hint: &str| Some((message, hint.to_owned()));
    match fault {
        ParcelsFault::Missing(what) => said(format!("内容里没有“{what}”"), "请管理员核对 content 目录"),
        ParcelsFault::Refused(_) | ParcelsFault::Query(_) | ParcelsFault::Ledger(_) => None,
    }
}
