//! What judgement says in Chinese: reasons in a row, faults of a run, vectors that do not come out.
//!
//! Deliberately absent: numbers in words, which are `model::wording`.

use model::definition::{Outcome, Scheme, Standing};
use model::id::GradeId;

use crate::facts::Status;
use crate::run::{Bound, Outside, Reason, Row, RunFault};
use crate::scheme::ChangeFault;

/// The score, as a vector names it.
pub const SCORE: &str = "总分";
/// The grade by score.
pub const FIRST: &str = "初评等级";
/// The grade in the end.
pub const GRADE: &str = "调档后等级";
/// The verdict of a rule of a ladder.
pub const VERDICT: &str = "结论";

/// A verdict in words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "达到",
        Outcome::NotMet => "未达到",
        Outcome::Unknown => "未知",
    }
}

/// A standing in words; nothing recorded says so.
pub fn standing(standing: Option<Standing>) -> &'static str {
    match standing {
        None => "未登记",
        Some(Standing::None) => "无",
        Some(Standing::Applied) => "申报",
        Some(Standing::Publicised) => "公示",
        Some(Standing::Recognised) => "认定",
        Some(Standing::ReRecognised) => "重新认定",
        Some(Standing::Expired) => "过期",
        Some(Standing::Revoked) => "撤销",
    }
}

/// Why a quotient has no value.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NumeratorMissing => "分子没有数据",
        Reason::DenominatorMissing => "分母没有数据",
        Reason::Conflicting => "数据来源不一致，未确定取哪一个",
        Reason::DenominatorNotPositive => "分母为零或负数",
        Reason::TooLittleKnown => "有数据的部分不足办法要求的比例",
        Reason::QuotientNotPositive => "指标越低越好，而数值为零或负数",
        Reason::NoBenchmark => "本组没有可用的基准值",
        Reason::TooLarge => "数值过大，核对单位",
    }
}

/// What held points.
pub fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Cap => "封顶",
        Bound::Floor => "保底",
    }
}

/// Why a subject is in no group.
pub fn outside(outside: Outside) -> &'static str {
    match outside {
        Outside::Status => "按状态不参评",
        Outside::NoGroup => "不属于任何分组",
        Outside::LandUnknown => "用地面积未知",
        Outside::TooSmall => "用地面积（或租用面积）不到参评下限",
        Outside::TooLarge => "用地面积超过本组上限",
        Outside::AgeUnknown => "成立日期未知",
        Outside::TooYoung => "成立年限不到参评下限",
    }
}

/// Why a subject that is measured has no score: the indicators without which the scheme does not evaluate. None where it has one.
pub fn unscored(scheme: &Scheme, row: &Row) -> Option<String> {
    let group = scheme.group(row.group.as_ref()?.as_str()).filter(|_| row.score.is_none())?;
    let each = group.indicators.iter().zip(&row.cells).filter(|(_, cell)| cell.points.is_none());
    let said: Vec<String> = each
        .filter_map(|(indicator, cell)| Some(format!("{}：{}", indicator.title, reason(cell.reason?))))
        .collect();
    (!said.is_empty()).then(|| said.join("；"))
}

/// The four-way status.
pub fn status(status: &Status) -> &'static str {
    match status {
        Status::Scored => "参评",
        Status::NotDue { .. } => "未到期",
        Status::Exempt { .. } => "豁免",
        Status::NoData { .. } => "缺数据",
    }
}

/// Why a scheme cannot be run, and what to do.
pub fn run_fault(fault: &RunFault) -> (String, String) {
    match fault {
        RunFault::NotInForce { scheme, year } => {
            (format!("办法“{scheme}”不适用于 {year} 年度"), "换一个办法，或作为模拟运行".to_owned())
        }
        RunFault::ToBeSupplied { paths } => (
            format!("办法有 {} 个数值待提供：{}", paths.len(), paths.join("、")),
            "向发文单位索取文件后填入办法，或用 --set 路径=数值 试算".to_owned(),
        ),
        RunFault::NoPreviousMean { paths } => {
            (format!("没有上年平均值：{}", paths.join("、")), "先运行上一年度，或直接设定基准值".to_owned())
        }
        RunFault::Misaligned { measure, found, wanted } => {
            (format!("数据项“{measure}”有 {found} 个值，评价对象有 {wanted} 个"), String::new())
        }
        RunFault::TooLong { path } => (format!("{path} 的数字位数过多"), "减少小数位数".to_owned()),
    }
}

/// Why a change cannot be made, and what to do.
pub fn change_fault(fault: &ChangeFault) -> (String, String) {
    match fault {
        ChangeFault::NoPath { path } => {
            (format!("办法里没有“{path}”"), "写法如 tax_per_mu.weight、*.cap、grades.A、bonus.ID".to_owned())
        }
        ChangeFault::BadValue { path, value } => {
            (format!("“{path}”不能取“{value}”"), "比例写 0 到 1 之间的小数；取消封顶写 none".to_owned())
        }
    }
}

/// The word for an amount of a policy.
pub const MONEY: &str = "金额";
/// The word for an amount that cannot be known.
pub const NOT_KNOWN: &str = "未知";

/// A result other than the vector's.
pub fn wrong_result(name: &str, what: &str, wanted: &str, found: Option<&str>) -> (String, String) {
    (
        format!("“{name}”的{what}应为 {wanted}，算出 {}", found.unwrap_or("空")),
        "核对办法的公式和数值；确属例子有误再改例子".to_owned(),
    )
}

/// Another number of grades than the vector's.
pub fn wrong_count(title: &str, grade: &GradeId, wanted: usize, found: usize) -> (String, String) {
    (
        format!("“{title}”中 {grade} 应有 {wanted} 个，算出 {found} 个"),
        "核对等级线、基数和同分规则".to_owned(),
    )
}
