//! The files as written: one struct per table, unknown keys refused.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::definition::{
    Blank, BookKind, Chart, Class, Comparison, Direction, Every, ExclusionBase, Percent, PlaceOfTime, Topic,
};
use crate::finding::Severity;
use crate::period::Window;

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitsFile {
    pub unit: Vec<RawUnit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUnit {
    pub id: Text,
    pub dimension: String,
    pub factor: Text,
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BookFile {
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    pub kind: BookKind,
    pub role: Option<String>,
    #[serde(default)]
    pub department: String,
    #[serde(default)]
    pub key: Vec<Text>,
    pub subject: Option<Text>,
    pub time: Option<Text>,
    pub every: Option<Every>,
    #[serde(default)]
    pub skips: Vec<i8>,
    pub due_day: Option<i8>,
    pub reporters: Option<Text>,
    pub filed: Option<RawFiled>,
    #[serde(default)]
    pub statistics_confidential: bool,
    pub class: Option<Class>,
    pub display: Option<Text>,
    #[serde(default)]
    pub states: Vec<String>,
    #[serde(default)]
    pub closed: Vec<Text>,
    pub state: Option<Text>,
    pub deadline: Option<Text>,
    pub handler: Option<Text>,
    pub guard: Option<RawGuard>,
    #[serde(default)]
    pub about: Vec<Text>,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    pub _source: Option<String>,
    #[serde(default)]
    pub fields: IndexMap<String, RawField>,
    #[serde(default)]
    pub check: Vec<RawCheck>,
}

/// `[filed]`: enterprises file it themselves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFiled {
    #[serde(default)]
    pub fields: Vec<Text>,
    pub jump: Option<RawNumber>,
    #[serde(default)]
    pub jump_of: Vec<Text>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGuard {
    pub when: Text,
    pub department: Option<Text>,
    pub person: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    pub kind: Text,
    pub unit: Option<Text>,
    pub book: Option<Text>,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub required: bool,
    pub class: Option<Class>,
    pub purpose: Option<String>,
    pub keep_years: Option<u16>,
    pub min: Option<RawNumber>,
    pub max: Option<RawNumber>,
    #[serde(default)]
    pub help: String,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    pub _source: Option<String>,
    #[serde(default, rename = "same_scale")]
    pub _same_scale: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawNumber {
    Integer(i64),
    Decimal(Text),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    pub id: Text,
    pub kind: Text,
    pub severity: Option<Severity>,
    pub rule: Option<Text>,
    #[serde(default)]
    pub fields: Vec<Text>,
    pub times: Option<RawNumber>,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub hint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayoutFile {
    pub title: String,
    pub book: Text,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub files: Vec<String>,
    #[serde(default)]
    pub sheets: Vec<String>,
    pub unit: Option<Text>,
    #[serde(default)]
    pub period: Vec<PlaceOfTime>,
    #[serde(default)]
    pub date_from_period: bool,
    #[serde(default)]
    pub column: Vec<RawColumn>,
    pub wide: Option<RawWide>,
    #[serde(default)]
    pub constant: Vec<RawConstant>,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    pub _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawColumn {
    pub field: Text,
    pub by: Option<Text>,
    pub heading: Vec<String>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub percent: Percent,
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    pub split: Option<String>,
    pub unit: Option<Text>,
    #[serde(default)]
    pub skip_blank: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWide {
    #[serde(default)]
    pub under: Vec<String>,
    pub heading: String,
    pub field: Text,
    #[serde(default)]
    pub year: Vec<PlaceOfTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConstant {
    pub field: Text,
    pub value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureFile {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    #[serde(default)]
    pub figures: IndexMap<String, RawFigure>,
    #[serde(default)]
    pub exclusions: IndexMap<String, RawExclusion>,
    #[serde(default)]
    pub claims: IndexMap<String, RawClaim>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawTime {
    Flow,
    Stock,
    Count,
    Always,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFigure {
    pub title: Text,
    #[serde(default)]
    pub title_en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub book: Option<Text>,
    pub measure: Option<Text>,
    pub cumulative: Option<Text>,
    pub prior: Option<Text>,
    pub prior_cumulative: Option<Text>,
    pub value: Option<Text>,
    pub rank: Option<Text>,
    pub own: Option<Text>,
    pub filter: Option<Text>,
    pub time: Option<RawTime>,
    pub date: Option<Text>,
    pub from: Option<Text>,
    pub to: Option<Text>,
    pub order: Option<Text>,
    pub unit: Option<Text>,
    #[serde(default)]
    pub decimals: u32,
    pub window: Option<Window>,
    #[serde(default)]
    pub lag: i32,
    #[serde(default)]
    pub compare: Comparison,
    #[serde(default)]
    pub better: Direction,
    #[serde(default)]
    pub basis: String,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExclusion {
    pub title: Text,
    pub figure: Option<Text>,
    pub top: Option<u32>,
    #[serde(default)]
    pub by: ExclusionBase,
    pub book: Option<Text>,
    pub member: Option<Text>,
    pub filter: Option<Text>,
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClaim {
    pub title: String,
    pub rule: Text,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    pub _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportFile {
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    pub about: Option<Topic>,
    pub copies: Option<RawCopies>,
    pub template: String,
    #[serde(default)]
    pub blank: Vec<RawBlank>,
    #[serde(default)]
    pub parameter: Vec<RawParameter>,
    #[serde(default)]
    pub charts: IndexMap<String, Chart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCopies {
    pub book: Text,
    pub by: Vec<Text>,
    pub columns: Vec<Text>,
    pub from: Text,
    pub until: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParameter {
    pub id: Text,
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    pub book: Option<Text>,
    pub field: Option<Text>,
    #[serde(default)]
    pub figures: Vec<Text>,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub day: bool,
    pub default: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBlank {
    pub n: u32,
    pub name: String,
    #[serde(default)]
    pub kind: String,
    pub slot: String,
    #[serde(rename = "loop")]
    pub in_loop: Option<String>,
    #[serde(default = "first")]
    pub nth: u32,
}

fn first() -> u32 {
    1
}

impl RawBlank {
    pub(super) fn checked(self) -> Blank {
        Blank {
            n: self.n,
            name: self.name,
            kind: self.kind,
            slot: self.slot,
            in_loop: self.in_loop,
            nth: self.nth,
        }
    }
}
