//! A scheme's file as written: one struct per table, unknown keys refused.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::definition::{
    Base, Better, ClassOn, Judged, Merge, MissingRule, RankBy, Rounding, TieBreak, Ties,
};

pub(super) type Text = Spanned<String>;
/// A number: an integer, text with a decimal, or a word where one is allowed.
pub(super) type Number = Spanned<toml::Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemeFile {
    pub title: Text,
    #[serde(default)]
    pub title_en: String,
    pub document: String,
    pub authority: String,
    #[serde(default)]
    pub region: String,
    pub issued: Option<Text>,
    pub from_year: i16,
    pub to_year: Option<i16>,
    pub judges: Judged,
    #[serde(default)]
    pub merge: Merge,
    pub source: String,
    #[serde(default)]
    pub usual: bool,
    #[serde(default = "two")]
    pub decimals: u32,
    #[serde(default)]
    pub rank_by: RankBy,
    #[serde(default)]
    pub tie_break: TieBreak,
    pub group: Vec<RawGroup>,
    #[serde(default)]
    pub correction: Vec<RawCorrection>,
    #[serde(default)]
    pub bonus: Vec<RawExtra>,
    #[serde(default)]
    pub malus: Vec<RawExtra>,
    pub bonus_max: Option<Number>,
    pub malus_max: Option<Number>,
    pub grades: Spanned<RawGrades>,
    #[serde(default)]
    pub class: Vec<RawClass>,
    #[serde(default)]
    pub veto: Vec<RawBar>,
    #[serde(default)]
    pub protection: Vec<RawBar>,
    #[serde(default)]
    pub publication: RawPublication,
    #[serde(default)]
    pub vector: Vec<Spanned<RawVector>>,
}

fn two() -> u32 {
    2
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub id: Text,
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    #[serde(default)]
    pub population: RawPopulation,
    pub indicator: Vec<RawIndicator>,
    pub grades: Option<Spanned<RawGrades>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPopulation {
    #[serde(default)]
    pub classes: Vec<String>,
    #[serde(default)]
    pub class_on: ClassOn,
    #[serde(default)]
    pub industries: Vec<String>,
    pub min_land: Option<Number>,
    pub below_land: Option<Number>,
    pub min_floor: Option<Number>,
    pub min_age: Option<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndicator {
    pub id: Text,
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    pub numerator: Text,
    pub denominator: Option<Text>,
    pub unit: Option<Text>,
    #[serde(default = "two")]
    pub decimals: u32,
    pub weight: Number,
    #[serde(default)]
    pub method: RawMethod,
    pub base: Option<Number>,
    pub min: Option<Number>,
    pub max: Option<Number>,
    pub benchmark: Option<Number>,
    pub winsorise: Option<Number>,
    pub cap: Option<Number>,
    pub floor: Option<Number>,
    pub missing: MissingRule,
    pub min_known: Option<Number>,
    #[serde(default)]
    pub better: Better,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawMethod {
    #[default]
    Ratio,
    MinMax,
    Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCorrection {
    pub id: Text,
    pub title: String,
    #[serde(default)]
    pub groups: Vec<Text>,
    #[serde(default)]
    pub industries: Vec<String>,
    pub mark: Option<Text>,
    pub factor: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExtra {
    pub id: Text,
    pub title: String,
    pub mark: Text,
    pub points: Option<Number>,
    pub max: Option<Number>,
    #[serde(default)]
    pub years: Option<Spanned<[i16; 2]>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGrades {
    #[serde(default)]
    pub base: Base,
    #[serde(default)]
    pub ties: Ties,
    pub line: Vec<Spanned<RawLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLine {
    pub grade: Text,
    #[serde(default)]
    pub title: String,
    pub to: Option<Number>,
    pub score: Option<Number>,
    #[serde(default)]
    pub rounding: Rounding,
    #[serde(default)]
    pub limit: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClass {
    pub grade: Text,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub marks: Vec<Text>,
    #[serde(default)]
    pub years: Option<Spanned<[i16; 2]>>,
    pub younger_than: Option<Number>,
    #[serde(default)]
    pub of: Vec<Text>,
    #[serde(default)]
    pub scored: bool,
    pub like: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBar {
    pub mark: Text,
    pub not_in: Spanned<Vec<Text>>,
    #[serde(default)]
    pub years: Option<Spanned<[i16; 2]>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPublication {
    pub area_days: Option<Number>,
    pub result_days: Option<Number>,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub late: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVector {
    pub title: String,
    pub group: Text,
    #[serde(default)]
    pub set: IndexMap<String, String>,
    pub subject: Vec<Spanned<RawVectorSubject>>,
    #[serde(default)]
    pub grades: IndexMap<Text, usize>,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    pub _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVectorSubject {
    #[serde(default)]
    pub name: String,
    #[serde(default = "one")]
    pub count: usize,
    #[serde(default)]
    pub values: IndexMap<Text, Number>,
    #[serde(default)]
    pub step: IndexMap<Text, Number>,
    #[serde(default)]
    pub marks: Vec<Text>,
    #[serde(default)]
    pub industry: String,
    #[serde(default)]
    pub points: IndexMap<Text, Number>,
    pub score: Option<Number>,
    pub first: Option<Text>,
    pub grade: Option<Text>,
}

fn one() -> usize {
    1
}
