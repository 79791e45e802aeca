//! What people are told about books: queries that cannot be asked, where typed values come from.

use crate::books::QueryFault;

/// Instead of a file: typed by the committee.
pub const TYPED: &str = "录入";
/// Instead of a file: typed by the enterprise.
pub const REPORTED: &str = "企业填报";

fn said(message: String, hint: &str) -> (String, String) {
    (message, hint.to_owned())
}

/// A field the book does not have.
pub fn unknown_field(field: &str) -> (String, String) {
    said(format!("本台账没有字段“{field}”"), "字段见台账的表头")
}

/// A value that must be there is not.
pub fn required(title: &str) -> (String, String) {
    said(format!("“{title}”必填"), "填上后再保存")
}

/// A period of another length than the series has.
pub fn other_period(period: &str) -> (String, String) {
    said(format!("“{period}”不是本报表的一期"), "月报填月份，季报填季度，年报填年份")
}

/// The key belongs to another entry.
pub fn key_taken(title: &str) -> (String, String) {
    let named = if title.is_empty() { String::new() } else { format!("：{title}") };
    said(format!("已有同一主键的条目{named}"), "在那一条上修改，或核对主键")
}

/// Two rows have the same key.
pub fn key_repeated() -> (String, String) {
    said("与前面一行是同一条目".to_owned(), "删去重复的一行")
}

/// Nobody is called that.
pub fn unknown_entry(text: &str, title: &str) -> (String, String) {
    said(format!("“{title}”中没有“{text}”"), "从候选中选择，或先在名录里登记")
}

/// Several are called that.
pub fn several_entries(text: &str, title: &str) -> (String, String) {
    said(format!("“{title}”中有几个都叫“{text}”"), "从候选中选择，或填代码")
}

/// Several where one belongs.
pub fn one_only(title: &str) -> (String, String) {
    said(format!("“{title}”只能填一个"), "分成几条，或只留一个")
}

/// A day in a letter.
pub fn day(date: jiff::civil::Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A write without a reason.
pub fn no_reason() -> (String, String) {
    said("没有写明原因".to_owned(), "写一句为什么，将记入历史")
}

/// A view that cannot be kept.
pub fn bad_view() -> (String, String) {
    said("视图的名称为空或太长".to_owned(), "名称不超过 100 字")
}

/// The enterprise's own value.
pub fn reported(title: &str) -> (String, String) {
    said(
        format!("“{title}”由企业自己填报，不能代改"),
        "退回企业核实更正；确需更正的，由负责接收本台账的人员办理",
    )
}

/// Not the enterprise's own value.
pub fn not_reported(title: &str) -> (String, String) {
    said(format!("“{title}”不是本企业填报的，不能修改"), "有误请与管委会联系")
}

/// The sentence and hint of a query that cannot be answered.
pub fn query_fault(fault: &QueryFault) -> (String, String) {
    match fault {
        QueryFault::UnknownField(field) => unknown_field(field),
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
        QueryFault::TooManyRows(most) => said(format!("超过 {most} 行"), "加上筛选条件，分几次进行"),
        QueryFault::TooMany(most) => said(format!("条件或排序列多于 {most} 个"), "减少一些再试"),
    }
}
