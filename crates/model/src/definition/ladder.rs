//! Ladders (企业梯队): rungs, each with dated rule versions – trees of criteria, limits in bands, score tables – and the worked
//! checks that prove them. What a document states without our having it is [`Setting::ToBeSupplied`] and answers “unknown”.
//!
//! Deliberately absent: the numbers of an enterprise, and judging them (`assess::ladder`).
//!
//! To add a kind of criterion: a variant of [`Test`], its reading in `content::ladders`, its effect in `assess::ladder`.

use std::ops::Range;

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Setting;
use crate::expr::Expr;
use crate::id::{
    BookId, CriterionId, DatumId, FieldId, LadderId, PartId, QualificationId, RuleId, RungId, TableId, UnitId,
};

/// What criteria ask about an enterprise.
#[derive(Clone, PartialEq, Debug)]
pub struct Datum {
    /// Its id.
    pub id: DatumId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What its values are.
    pub kind: DatumKind,
    /// The unit of a number.
    pub unit: Option<UnitId>,
    /// The department, or the enterprise itself, that has it.
    pub department: String,
    /// Whether there is one value a year; otherwise one for the day asked about.
    pub yearly: bool,
    /// The book it stands in; none: nobody keeps it yet, and criteria that ask for it stay unknown.
    pub from: Option<DatumSource>,
}

/// Where values of a datum stand: rows of a book about an enterprise. The loader has seen to it that the book is no confidential
/// statistical return (统计法第二十八条: such data serve statistics only).
#[derive(Clone, PartialEq, Debug)]
pub struct DatumSource {
    /// The book: the register of enterprises, or one whose subject is in it.
    pub book: BookId,
    /// Which rows; none: all.
    pub keep: Option<Expr>,
    /// What is taken of them.
    pub taken: Taken,
}

/// What is taken of the rows of a book.
#[derive(Clone, PartialEq, Debug)]
pub enum Taken {
    /// A field: of the row of the year, or of the newest row on the day.
    Field {
        /// Which.
        field: FieldId,
        /// The unit it is kept in, of the same dimension as the datum's.
        unit: Option<UnitId>,
        /// What texts mean: codes of choices, yes (1) and no (0). A key that ends in `/` stands for all texts under it.
        words: IndexMap<String, usize>,
        /// Of a yes: the first day it holds, and the last; without a day it has no end on that side.
        within: [Option<FieldId>; 2],
    },
    /// How many rows hold on the day.
    Count {
        /// The first day a row holds.
        since: Option<FieldId>,
        /// The last day.
        until: Option<FieldId>,
    },
}

/// Where it is recorded how enterprises stand to qualifications: one row per event.
#[derive(Clone, PartialEq, Debug)]
pub struct QualificationBook {
    /// The book; its subject is the enterprise, its time the day of the event.
    pub book: BookId,
    /// The field that says what happened.
    pub event: FieldId,
    /// What its words mean.
    pub states: IndexMap<String, Standing>,
    /// The field with the last day of the term.
    pub expires: Option<FieldId>,
    /// Whether the book holds every event: who is not in it has never had the qualification. Otherwise that is unknown.
    pub complete: bool,
}

/// What values of a datum are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DatumKind {
    /// A decimal.
    Number,
    /// A whole number of things; gaps are rounded up to whole ones.
    Count,
    /// Yes or no.
    YesNo,
    /// One of these words.
    Choice(Vec<String>),
    /// A day; criteria count the days since it.
    Date,
}

/// A qualification (资质) an enterprise may hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Qualification {
    /// Its id.
    pub id: QualificationId,
    /// Chinese title, as the certificate says it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// For how many years it holds; none: no fixed term.
    pub years: Option<u8>,
    /// Whether these are calendar years (自然年): the last one ends on 31 December, whenever the first began.
    pub calendar: bool,
    /// A yes or no that says who is on the list of it (名录) on the day; who is, holds it, whatever else is recorded.
    pub listed: Option<DatumId>,
    /// Which rows of the [`QualificationBook`] are about it; none: nobody records it.
    pub keep: Option<Expr>,
}

/// How an enterprise stands to a qualification. The states are never merged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It never had it (无).
    None,
    /// Applied (申报).
    Applied,
    /// Publicised (公示).
    Publicised,
    /// Recognised (认定、入库).
    Recognised,
    /// Recognised again after its term (重新认定、复核通过).
    ReRecognised,
    /// Its term has passed (过期).
    Expired,
    /// Taken away (撤销、取消).
    Revoked,
}

/// A ladder.
#[derive(Clone, PartialEq, Debug)]
pub struct Ladder {
    /// Its id.
    pub id: LadderId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// From the lowest upwards.
    pub rungs: Vec<Rung>,
}

/// One rung: what an enterprise becomes.
#[derive(Clone, PartialEq, Debug)]
pub struct Rung {
    /// Its id.
    pub id: RungId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What an enterprise on this rung holds; none where nobody certifies it.
    pub qualification: Option<QualificationId>,
    /// Versions of its rule.
    pub rules: Vec<Rule>,
}

impl Rung {
    /// The first day after `on` on which a version of its rule begins, of those of some regions and of everywhere.
    pub fn next_rule(&self, regions: &[String], on: Date) -> Option<Date> {
        let here = |rule: &&Rule| rule.region.is_empty() || regions.contains(&rule.region);
        self.rules.iter().filter(here).map(|rule| rule.valid_from).filter(|day| *day > on).min()
    }
}

/// Whom a rule version applies to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Application {
    /// First applications.
    New,
    /// Holders at the end of their term.
    Review,
}

/// A dated rule version.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    /// Its id, unique within the ladder.
    pub id: RuleId,
    /// Document number (文号).
    pub document: String,
    /// Who recognises.
    pub authority: String,
    /// Where it holds; empty: everywhere.
    pub region: String,
    /// First day.
    pub valid_from: Date,
    /// Last day; none: in force.
    pub valid_to: Option<Date>,
    /// Whom it applies to.
    pub applies_to: Vec<Application>,
    /// Where the text was read, and what was not.
    pub source: String,
    /// All criteria, those of the tree and those that score tables and practice refer to.
    pub criteria: IndexMap<CriterionId, Criterion>,
    /// Score tables.
    pub tables: Vec<Table>,
    /// What must hold.
    pub tree: Tree,
    /// Worked checks.
    pub checks: Vec<LadderCheck>,
    /// Where it stands in the file.
    pub at: Range<usize>,
}

impl Rule {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// A tree of criteria.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tree {
    /// One criterion.
    Criterion(CriterionId),
    /// All of them.
    All(Vec<Tree>),
    /// Any of them: alternatives and exemptions.
    Any(Vec<Tree>),
}

impl Tree {
    /// The criteria in it, from left to right.
    pub fn criteria(&self) -> Vec<&CriterionId> {
        match self {
            Self::Criterion(id) => vec![id],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::criteria).collect(),
        }
    }
}

/// One criterion.
#[derive(Clone, PartialEq, Debug)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// Chinese title: the condition in the document's words.
    pub title: String,
    /// Article or annex it comes from.
    pub cites: String,
    /// The unit of its threshold; `%` of a quotient means hundredths.
    pub unit: Option<UnitId>,
    /// What is tested.
    pub test: Test,
    /// Whether it is a rung before this one, and how strictly.
    pub prerequisite: Option<Prerequisite>,
}

/// How strictly a rung before this one is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prerequisite {
    /// The document requires it.
    Hard,
    /// It opens a direct route.
    Direct,
    /// It is usual, and no document asks for it; it never decides.
    Practice,
}

/// What a criterion tests.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// An amount against a limit.
    Amount(Value, Limit),
    /// Any of these qualifications is held in any of these states.
    Holds(Vec<QualificationId>, Vec<Standing>),
    /// A choice or a yes or no is one of these (places among the choices; 0 no, 1 yes).
    Says(DatumId, Vec<usize>),
    /// Points of a table, or of some of its parts, against a limit.
    Score(TableId, Vec<PartId>, Limit),
}

/// An amount made of data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// The numerator.
    pub of: DatumId,
    /// The denominator.
    pub per: Option<DatumId>,
    /// How many years are looked at, the last complete year first.
    pub years: u8,
    /// How they become one number.
    pub over: Over,
}

/// How years become one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Sums (三年合计); of a quotient: the quotient of sums.
    #[default]
    Sum,
    /// Every year by itself (每年均): the worst one counts.
    Each,
    /// The mean of the growth from year to year (平均增长率): ½ (Y2/Y1 + Y3/Y2) − 1.
    MeanGrowth,
    /// The same by the years an enterprise has worked (国科发火〔2016〕195号): where Y1 is zero, Y3/Y2 − 1; where Y2 is zero, zero.
    ActualGrowth,
    /// The compound rate (复合增长率) of two years: (Y3/Y1)^½ − 1.
    Compound,
    /// Days from a date to the day asked about.
    Days,
}

/// Which side of a threshold meets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// ≥ (以上、不低于)
    AtLeast,
    /// > (超过、高于)
    Above,
    /// ≤ (不超过、以下)
    AtMost,
    /// < (低于)
    Below,
}

/// To which band a number on the edge belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edges {
    /// To the higher band: [a, b), as “25%（含）—30%”.
    LeftClosed,
    /// To the lower band: (a, b].
    RightClosed,
}

/// A threshold, or thresholds by bands of another amount.
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    /// Which side meets it.
    pub op: Op,
    /// The amount whose band decides; none: one threshold for all.
    pub by: Option<Value>,
    /// To which band a number on the edge belongs.
    pub edges: Edges,
    /// Bands from the lowest up; the last one has no end.
    pub steps: Vec<Step>,
}

/// One band of a limit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Step {
    /// Its upper end.
    pub upto: Option<Decimal>,
    /// The threshold in it.
    pub is: Setting,
}

/// A score table.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Its id.
    pub id: TableId,
    /// Chinese title.
    pub title: String,
    /// To which band a number on the edge belongs.
    pub edges: Edges,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a score table.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Its id.
    pub id: PartId,
    /// Chinese title.
    pub title: String,
    /// The most it gives.
    pub max: Decimal,
    /// Ways to points.
    pub routes: Vec<Route>,
    /// What several ways come to; never more than `max`.
    pub combine: Combine,
}

/// What several ways to the points of a part come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// The best one counts (任选其一).
    #[default]
    Best,
    /// They add up, capped by the part (每项得分，累计不超过).
    Sum,
}

/// One way to points.
#[derive(Clone, PartialEq, Debug)]
pub enum Route {
    /// By the band an amount lies in, highest first; below all of them: none.
    Bands {
        /// The amount.
        value: Value,
        /// Its unit; `%` of a quotient means hundredths.
        unit: Option<UnitId>,
        /// The bands.
        bands: Vec<Band>,
    },
    /// The first criterion of these that is met.
    Cases(Vec<Case>),
    /// Points that somebody else gave, as recorded; unknown until they are.
    Given(DatumId),
    /// Points by a table we do not have, or by experts: anything up to the part's maximum.
    Open,
}

/// Points for a criterion that is met: one number, or a range where the document's own number is not certain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// The criterion.
    pub criterion: CriterionId,
    /// The fewest points for it.
    pub low: Decimal,
    /// The most points for it.
    pub high: Decimal,
}

/// A band of points: one number, or a range that experts fill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Band {
    /// Its lower end.
    pub from: Decimal,
    /// The fewest points in it.
    pub low: Decimal,
    /// The most points in it.
    pub high: Decimal,
}

/// A verdict.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 达到
    Met,
    /// 未达到
    NotMet,
    /// 未知：缺数据，不等于未达到
    Unknown,
}

/// A worked check: data in, verdicts out.
#[derive(Clone, PartialEq, Debug)]
pub struct LadderCheck {
    /// What it shows.
    pub title: String,
    /// The day asked about.
    pub on: Date,
    /// Data by the year back (the last complete year first); in codes for choices (place), yes (1), no (0).
    pub data: IndexMap<DatumId, Vec<Decimal>>,
    /// Dates.
    pub dates: IndexMap<DatumId, Date>,
    /// Qualifications whose standing is known.
    pub holds: IndexMap<QualificationId, Standing>,
    /// What the rule must say.
    pub verdict: Outcome,
    /// What single criteria must say.
    pub criteria: IndexMap<CriterionId, Outcome>,
    /// Gaps that single criteria must state.
    pub gaps: IndexMap<CriterionId, Decimal>,
    /// Values that single criteria must state; of a score, its lowest.
    pub values: IndexMap<CriterionId, Decimal>,
    /// Where it stands in the file.
    pub at: Range<usize>,
}
