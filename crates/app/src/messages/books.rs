//! What people are told about books: queries that cannot be asked, where typed values come from.

use crate::books::QueryFault;

/// Instead of a file: typed by the committee.
pub const TYPED: &str = "录入";
/// Instead of a file: typed by the enterprise.
pub const REPORTED: &str = "企业填报";

/// The sentence and hint of a query that cannot be answered.
pub fn query_fault(fault: &QueryFault) -> (String, String) {
    let said = |message: String, hint: &str| (message, hint.to_owned());
    match fault {
        QueryFault::UnknownField(field) => said(format!("本台账没有字段“{field}”"), "字段见台账的表头"),
        QueryFault::NotACondition(text) => said(
            format!("“{text}”不是筛选条件"),
            "写成 字段:比较:值，例如 status:eq:在建；比较有 eq ne in contains starts gt ge lt le between empty filled",
        ),
        QueryFault::BadValue { field, value } => {
            said(format!("“{value}”不能与“{field}”比较"), "数字写 1234.5，日期写 2023-09-05，月份写 2023-09")
        }
        QueryFault::NotForKind { field, op } => {
            said(format!("“{field}”不能用 {op} 比较"), "换一种比较，例如 eq、in 或 between")
        }
        QueryFault::Masked(field) => {
            said(format!("“{field}”是受保护的个人信息，不能筛选、排序或分组"), "可按“有值”或“无值”筛选")
        }
        QueryFault::TooMany(most) => said(format!("条件或排序列多于 {most} 个"), "减少一些再试"),
    }
}
