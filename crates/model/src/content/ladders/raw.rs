//! A ladder's file as written: one struct per table, unknown keys refused.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::definition::{Application, Combine, Edges, Outcome, OverYears, Prerequisite, Standing};

pub(super) type Text = Spanned<String>;
/// A number, text with a decimal, or a word where one is allowed.
pub(super) type Number = Spanned<toml::Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DataFile {
    #[serde(default)]
    pub data: IndexMap<String, RawDatum>,
    #[serde(default)]
    pub qualifications: IndexMap<String, RawQualification>,
    pub recorded: Option<RawRecorded>,
    #[serde(default)]
    pub regions: Vec<String>,
    pub founded: Option<Text>,
}

/// Where values of a datum stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub book: Text,
    pub field: Option<Text>,
    #[serde(default)]
    pub words: IndexMap<String, Spanned<toml::Value>>,
    #[serde(default)]
    pub count: bool,
    pub since: Option<Text>,
    pub until: Option<Text>,
    #[serde(rename = "where")]
    pub keep: Option<Text>,
}

/// Where qualifications are recorded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRecorded {
    pub book: Text,
    pub event: Text,
    pub states: IndexMap<String, Standing>,
    pub expires: Option<Text>,
    #[serde(default)]
    pub complete: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDatum {
    pub title: String,
    pub title_en: String,
    pub kind: RawKind,
    pub unit: Option<Text>,
    #[serde(default)]
    pub choices: Vec<String>,
    pub department: String,
    #[serde(default)]
    pub yearly: bool,
    pub from: Option<RawSource>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawKind {
    Number,
    Count,
    YesNo,
    Choice,
    Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQualification {
    pub title: String,
    pub title_en: String,
    pub years: Option<u8>,
    #[serde(default)]
    pub calendar: bool,
    pub listed: Option<Text>,
    #[serde(rename = "where")]
    pub keep: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LadderFile {
    pub title: String,
    pub title_en: String,
    /// Its place among the ladders; those without one come last, by their ids.
    pub order: Option<u16>,
    pub rung: Vec<RawRung>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRung {
    pub id: Text,
    pub title: String,
    pub title_en: String,
    pub qualification: Option<Text>,
    pub rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub id: Text,
    /// An earlier version of the rung: what this one does not write stands as there.
    pub like: Option<Text>,
    /// Criteria of that version which this one drops.
    #[serde(default)]
    pub without: Vec<Text>,
    pub document: String,
    pub authority: String,
    #[serde(default)]
    pub region: String,
    pub valid_from: Text,
    pub valid_to: Option<Text>,
    pub applies_to: Vec<Application>,
    pub source: String,
    pub all: Option<Spanned<Vec<RawTree>>>,
    #[serde(default)]
    pub criterion: Vec<RawCriterion>,
    #[serde(default)]
    pub table: Vec<RawTable>,
    pub usual: Option<RawGiven>,
    #[serde(default)]
    pub check: Vec<Spanned<RawCheck>>,
}

impl RawRule {
    /// This version with what it leaves out taken from an earlier one: criteria by their id, the others as a whole.
    pub fn over(mut self, earlier: &Self) -> Self {
        let own = std::mem::take(&mut self.criterion);
        let dropped = |id: &Text| self.without.iter().any(|name| name.get_ref() == id.get_ref());
        let kept = earlier.criterion.iter().filter(|of| !dropped(&of.id));
        let mut criteria: Vec<RawCriterion> = kept.cloned().collect();
        for criterion in own {
            let place = criteria.iter().position(|of| of.id.get_ref() == criterion.id.get_ref());
            match place {
                Some(place) => criteria[place] = criterion,
                None => criteria.push(criterion),
            }
        }
        self.criterion = criteria;
        self.all = self.all.or_else(|| earlier.all.clone());
        self.usual = self.usual.or_else(|| earlier.usual.clone());
        if self.table.is_empty() {
            self.table.clone_from(&earlier.table);
        }
        if self.check.is_empty() {
            self.check.clone_from(&earlier.check);
        }
        self
    }
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub(super) enum RawTree {
    Criterion(String),
    Any { any: Vec<Self> },
    All { all: Vec<Self> },
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCriterion {
    pub id: Text,
    pub title: String,
    #[serde(default)]
    pub cites: String,
    pub unit: Option<Text>,
    pub value: Option<Spanned<RawValue>>,
    #[serde(default)]
    pub holds: Vec<Text>,
    #[serde(default = "in_force")]
    pub states: Vec<Standing>,
    pub says: Option<Text>,
    #[serde(default)]
    pub is: Vec<Spanned<toml::Value>>,
    pub score: Option<Text>,
    #[serde(default)]
    pub parts: Vec<Text>,
    pub at_least: Option<Number>,
    pub above: Option<Number>,
    pub at_most: Option<Number>,
    pub below: Option<Number>,
    pub by: Option<Spanned<RawValue>>,
    pub edges: Option<Edges>,
    pub prerequisite: Option<Prerequisite>,
}

fn in_force() -> Vec<Standing> {
    vec![Standing::Recognised, Standing::ReRecognised]
}

/// An amount: a datum's name, or a table.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub(super) enum RawValue {
    Datum(String),
    Made {
        of: String,
        per: Option<String>,
        #[serde(default = "one")]
        years: u8,
        #[serde(default)]
        over: OverYears,
    },
}

fn one() -> u8 {
    1
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTable {
    pub id: Text,
    pub title: String,
    pub edges: Edges,
    pub part: Vec<RawPart>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPart {
    pub id: Text,
    pub title: String,
    pub max: Number,
    #[serde(default)]
    pub combine: Combine,
    pub route: Vec<Spanned<RawRoute>>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoute {
    pub value: Option<Spanned<RawValue>>,
    pub unit: Option<Text>,
    #[serde(default)]
    pub bands: Vec<Vec<Number>>,
    #[serde(default)]
    pub cases: Vec<Vec<Number>>,
    pub given: Option<Text>,
    /// `to be supplied`, or who judges.
    pub open: Option<String>,
}

/// Data and qualifications of an enterprise.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGiven {
    #[serde(default)]
    pub data: IndexMap<Text, Number>,
    #[serde(default)]
    pub holds: IndexMap<Text, Standing>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    pub title: String,
    pub on: Option<Text>,
    #[serde(default)]
    pub data: IndexMap<Text, Number>,
    #[serde(default)]
    pub holds: IndexMap<Text, Standing>,
    /// Data and qualifications of `usual` that are not known here.
    #[serde(default)]
    pub without: Vec<Text>,
    pub verdict: Outcome,
    #[serde(default)]
    pub criteria: IndexMap<Text, Outcome>,
    #[serde(default)]
    pub gaps: IndexMap<Text, Number>,
    #[serde(default)]
    pub values: IndexMap<Text, Number>,
}
