//! Layouts (版式): how one department's spreadsheet maps to a book.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::id::{BookId, FieldId, LayoutId, UnitId};

/// A layout. Columns are found by their headings, never by position.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    /// Its id: the file's stem.
    pub id: LayoutId,
    /// Title for people.
    pub title: String,
    /// The book its rows become entries of.
    pub book: BookId,
    /// Who sends it.
    pub from: String,
    /// File name patterns; only break ties.
    pub files: Vec<String>,
    /// Sheet name patterns to look at; empty for all.
    pub sheets: Vec<String>,
    /// The unit when nothing in the file states one.
    pub unit: Option<UnitId>,
    /// Where the period is looked for, in order.
    pub period: Vec<PlaceOfTime>,
    /// Events: a missing date takes the last day of the period.
    pub date_from_period: bool,
    /// Its columns.
    pub columns: Vec<ColumnRule>,
    /// One column per month.
    pub wide: Option<WideRule>,
    /// Values the file does not state.
    pub constants: Vec<ConstantRule>,
}

/// Where a period or year may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceOfTime {
    /// In a column.
    Column,
    /// In a title row above the table.
    Title,
    /// In the sheet's name.
    Sheet,
    /// In the file's name.
    File,
}

/// One column of a layout.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnRule {
    /// The field it fills.
    pub field: FieldId,
    /// References: what the cell identifies the entry by.
    pub by: Option<By>,
    /// Alternatives for its heading.
    pub headings: Vec<String>,
    /// The layout does not match without it.
    pub required: bool,
    /// How percentages are written.
    pub percent: Percent,
    /// Spelling to stored value.
    pub map: BTreeMap<String, String>,
    /// References: separator between several.
    pub split: Option<String>,
    /// A row whose cell here is blank is no entry of this layout (and no fault).
    pub skip_blank: bool,
    /// The unit of this column when its heading states none.
    pub unit: Option<UnitId>,
}

/// What a cell identifies a referenced entry by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
    /// A code (USCC, former code, registration number).
    Code,
    /// A name (present, former, normalised).
    Name,
    /// Another unique field of the referenced book.
    Field(FieldId),
}

/// How percentages are written in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Percent {
    /// By the cell's number format; bare numbers as the heading's % says, with a finding when they look like fractions.
    #[default]
    Auto,
    /// 13.2 means 13.2 %.
    Percent,
    /// 0.132 means 13.2 %.
    Fraction,
}

/// One column per month: each becomes an entry of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct WideRule {
    /// Group heading above the months; empty for none.
    pub under: Vec<String>,
    /// Heading with `{month}`.
    pub heading: String,
    /// The field the cell fills.
    pub field: FieldId,
    /// Where the year stands.
    pub year: Vec<PlaceOfTime>,
}

/// A value the file does not state.
#[derive(Clone, PartialEq, Debug)]
pub struct ConstantRule {
    /// The field.
    pub field: FieldId,
    /// Its value as text.
    pub value: String,
}

/// Words that matter in any sheet (`content/intake.toml`).
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// First words of total rows: 合计, 小计, 总计.
    pub totals: Vec<String>,
    /// First words of notes below a table: 注, 备注, 填报人, 单位负责人.
    pub notes: Vec<String>,
    /// Cells that mean nothing was reported: -, —, /, 无.
    pub blanks: Vec<String>,
    /// Headings of running-number columns: 序号.
    pub counters: Vec<String>,
    /// Words before a unit in a title: 单位, 计量单位.
    pub unit_words: Vec<String>,
    /// Cells that mean yes.
    pub yes: Vec<String>,
    /// Cells that mean no.
    pub no: Vec<String>,
}
