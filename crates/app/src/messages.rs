//! The Chinese sentences of the use cases. Sentences about single cells and definitions are in `model::wording`.

pub mod access;
pub mod books;
pub mod desk;
pub mod drawing;
pub mod enterprises;
pub mod explore;
pub mod fault;
pub mod file;
pub mod filings;
pub mod import;
pub mod ladders;
pub mod land_policy;
pub mod matching;
pub mod parcels;
pub mod policies;
pub mod pools;
pub mod problem;
pub mod promotion;
pub mod propose;
pub mod publishing;
pub mod scheme;
pub mod sheets;
pub mod tasks;
pub mod visits;

/// The catalogue.
pub mod catalogue {
    /// Heading.
    pub const TITLE: &str = "台账与指标目录";
    /// Heading.
    pub const BOOKS: &str = "台账";
    /// Heading.
    pub const FIGURES: &str = "指标";
    /// Heading.
    pub const CLAIMS: &str = "论断";
    /// Kind of book.
    pub const REGISTER: &str = "名录";
    /// Kind of book.
    pub const SERIES: &str = "报表";
    /// Kind of book.
    pub const EVENT: &str = "事件";
    /// Kind of book.
    pub const CASE: &str = "事项";
    /// Class of a field.
    pub const PUBLIC: &str = "公开";
    /// Class of a field.
    pub const INTERNAL: &str = "内部";
    /// Class of a field.
    pub const ENTERPRISE: &str = "企业敏感";
    /// Class of a field.
    pub const PERSONAL: &str = "个人信息";
    /// Table head.
    pub const FIELD_HEAD: &str =
        "| 字段 | 标识 | 类型 | 单位或引用 | 必填 | 密级 |\n|---|---|---|---|---|---|";
    /// Table head.
    pub const FIGURE_HEAD: &str = "| 指标 | 标识 | 单位 | 来自 | 口径 | 依据 |\n|---|---|---|---|---|---|";

    /// The line under a book's heading.
    pub fn book_line(id: &str, kind: &str, department: &str, key: &[&str], confidential: bool) -> String {
        let secret = if confidential { "；统计保密，只用于汇总" } else { "" };
        format!("`{id}` · {kind} · 来源：{department} · 主键：{}{secret}", key.join(" + "))
    }
}
