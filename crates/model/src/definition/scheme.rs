//! Schemes (评价办法): a dated scoring method as its document states it – groups, indicators, benchmarks, quotas, vetoes – and the
//! vectors that prove we read it right.
//!
//! No two districts score alike, and every year moves the numbers; so a scheme is data for the years it governs, and what a
//! document says without our having it is [`Setting::ToBeSupplied`], never a guess.
//!
//! Deliberately absent: the arithmetic (that is `assess`) and what a grade costs (rates are parameters of their own).
//!
//! To add a rule: a field here, its key in `content/schemes.rs`, its effect in `assess`, a row in `content/README.md`.

use std::ops::Range;

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::{GradeId, GroupId, IndicatorId, MarkId, MeasureId, SchemeId, UnitId};

/// A number of a scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// As the document states it.
    Is(Decimal),
    /// The document states it, and we do not have the document: whoever runs the scheme must supply it.
    ToBeSupplied,
}

impl Setting {
    /// What stands in a content file for a number that is not known.
    pub const TO_BE_SUPPLIED: &'static str = "to be supplied";

    /// The number, if it is known.
    pub const fn known(self) -> Option<Decimal> {
        match self {
            Self::Is(number) => Some(number),
            Self::ToBeSupplied => None,
        }
    }
}

/// A dated scoring method.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scheme {
    /// Its id.
    pub id: SchemeId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Document number (文号), or [`Setting::TO_BE_SUPPLIED`].
    pub document: String,
    /// Who issued it.
    pub authority: String,
    /// The division it governs, GB/T 2260; empty: any.
    pub region: String,
    /// When it was issued or its results published.
    pub issued: Option<Date>,
    /// The first evaluated year it governs.
    pub from_year: i16,
    /// The last one; none: still in force.
    pub to_year: Option<i16>,
    /// What it judges.
    pub judges: Judged,
    /// Who is judged as one.
    #[serde(default)]
    pub merge: Merge,
    /// What is known of the document and from where.
    pub source: String,
    /// The one taken when nobody names one, per kind of what is judged.
    pub usual: bool,
    /// Places of a score.
    pub decimals: u32,
    /// Whether equal printed scores are ties.
    pub rank_by: RankBy,
    /// What decides between equal scores.
    #[serde(default)]
    pub tie_break: TieBreak,
    /// Groups in order: the first whose population rule admits a subject has it.
    pub groups: Vec<Group>,
    /// Factors on the sum of points.
    pub corrections: Vec<Correction>,
    /// Points added.
    pub bonuses: Vec<Extra>,
    /// Points taken off.
    pub maluses: Vec<Extra>,
    /// The most all bonuses give together.
    pub bonus_max: Option<Setting>,
    /// The most all maluses take together.
    pub malus_max: Option<Setting>,
    /// Grades and quotas of groups that have none of their own.
    pub grades: Grades,
    /// Classes beside the grades: T, 不定等级, C−.
    pub classes: Vec<SpecialClass>,
    /// What bars from a grade whatever the score.
    pub vetoes: Vec<Bar>,
    /// What keeps from a grade unless vetoed.
    pub protections: Vec<Bar>,
    /// How results are made public.
    pub publication: Publication,
    /// Worked examples the engine must reproduce.
    pub vectors: Vec<Vector>,
}

impl Scheme {
    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id.as_str() == id)
    }

    /// The grades a group is divided into.
    pub fn grades_of<'a>(&'a self, group: &'a Group) -> &'a Grades {
        group.grades.as_ref().unwrap_or(&self.grades)
    }

    /// Whether it governs an evaluated year.
    pub fn governs(&self, year: i16) -> bool {
        self.from_year <= year && self.to_year.is_none_or(|last| year <= last)
    }
}

/// What a scheme judges.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// Land parcels.
    Parcel,
    /// Enterprises.
    Enterprise,
}

/// Who is judged as one (合并评价).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Merge {
    /// Nobody: each is judged alone.
    #[default]
    None,
    /// Those of one unit as the register states it: parcels within one fence (用地单元), enterprises of one group (集团). Each gets the
    /// result of all; what it would have had alone is kept beside it.
    Unit,
}

/// Which scores are equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankBy {
    /// Those printed alike.
    #[default]
    Printed,
    /// Those equal to the last digit that is kept.
    Exact,
}

/// What decides between equal scores before they count as ties.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    /// Nothing.
    #[default]
    None,
    /// The total before caps and floors: where many reach the cap, the line of the best grade still finds a place.
    Raw,
}

/// Subjects that are measured and ranked among themselves.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Who belongs to it.
    pub population: Population,
    /// What it is measured by.
    pub indicators: Vec<Indicator>,
    /// Its own grades, where they differ from the scheme's.
    pub grades: Option<Grades>,
}

/// Who belongs to a group.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Population {
    /// Populations it takes; empty: any.
    pub classes: Vec<String>,
    /// Which day's population counts.
    pub class_on: ClassOn,
    /// Industries it takes; empty: any.
    pub industries: Vec<String>,
    /// Least land in 亩; with `min_floor` either suffices.
    pub min_land: Option<Setting>,
    /// Below this land in 亩: for lists of small users. Exclusive.
    pub below_land: Option<Setting>,
    /// Least rented floor in ㎡.
    pub min_floor: Option<Setting>,
    /// Least whole years since founding, at the end of the evaluated year.
    pub min_age: Option<Setting>,
}

/// Which day's population counts for a year in which a subject moved between two.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassOn {
    /// That of the last day.
    #[default]
    End,
    /// That of the first day: 退规 stay 规上, 小升规 stay 规下 in the evaluated year (龙政发〔2021〕52号). Who is new has that of the
    /// last day.
    Beginning,
}

/// One measured quotient.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Indicator {
    /// Its id, unique in its group.
    pub id: IndicatorId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What is divided.
    pub numerator: MeasureId,
    /// By what.
    pub denominator: Denominator,
    /// From the units of numerator and denominator to its own.
    pub conversion: Conversion,
    /// Its unit; none: a plain number.
    pub unit: Option<UnitId>,
    /// The unit of the numerator.
    pub numerator_unit: UnitId,
    /// The unit of the denominator; none where there is none.
    pub denominator_unit: Option<UnitId>,
    /// Places it is printed with.
    pub decimals: u32,
    /// Points at the benchmark.
    pub weight: Setting,
    /// How a quotient becomes points.
    pub method: Method,
    /// What it is measured against.
    pub benchmark: Benchmark,
    /// Tails of this share are pulled in before means and bounds are taken: 0.01 is one of a hundred on each side.
    pub winsorise: Option<Decimal>,
    /// The most points, as a multiple of the weight; none: no cap.
    pub cap: Option<Setting>,
    /// The least points; none: they may be negative.
    pub floor: Option<Setting>,
    /// What stands for points of a missing quotient.
    pub missing: MissingRule,
    /// Less of the subject known than this, and the quotient is missing.
    pub min_known: Option<Decimal>,
    /// Whether more is better.
    pub better: Better,
}

/// What a numerator is divided by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// The subject's land (用地面积), ㎡.
    Land,
    /// Another measure.
    Measure(MeasureId),
    /// Nothing: the measure itself is judged.
    One,
}

/// An exact factor `times ÷ by`: with thirds in it, a decimal alone would not do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Conversion {
    /// Multiplied by.
    pub times: Decimal,
    /// Divided by.
    pub by: Decimal,
}

impl Conversion {
    /// No change.
    pub const NONE: Self = Self { times: Decimal::ONE, by: Decimal::ONE };

    /// `times ÷ by`, with one side 1 where the other is a multiple of it.
    pub fn reduced(times: Decimal, by: Decimal) -> Self {
        let whole = |a: Decimal, b: Decimal| {
            let rest = a.checked_rem(b)?;
            if rest.is_zero() { a.checked_div(b) } else { None }
        };
        let (times, by) = match (whole(times, by), whole(by, times)) {
            (Some(times), _) => (times, Decimal::ONE),
            (None, Some(by)) => (Decimal::ONE, by),
            (None, None) => (times, by),
        };
        Self { times: times.normalize(), by: by.normalize() }
    }
}

/// How a quotient becomes points.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// `x ÷ benchmark × weight`; where less is better, `benchmark ÷ x × weight`.
    Ratio,
    /// `weight × (base + (1 − base) × (x − min) ÷ (max − min))`; all equal: the full weight.
    MinMax {
        /// The share of the weight the worst gets.
        base: Setting,
        /// The lower bound; none: the group's least.
        min: Option<Setting>,
        /// The upper bound; none: the group's greatest.
        max: Option<Setting>,
    },
    /// The quotient itself is the points: plain ranking.
    Value,
}

/// What a quotient is measured against (基准值).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Benchmark {
    /// A published number.
    Fixed(Setting),
    /// A multiple of the group's own mean of the year: ratio of sums.
    GroupMean {
        /// How many times it.
        times: Setting,
    },
    /// A multiple of the group's mean of the year before.
    PreviousMean {
        /// How many times it.
        times: Setting,
    },
    /// None: the method needs none.
    None,
}

/// What stands for the points of a missing quotient.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// The mean of the points of those in the group who have one (黄岩 2022); where nobody has, as for [`Self::Renormalise`].
    GroupMean,
    /// Nothing.
    Zero,
    /// The other indicators carry its weight.
    Renormalise,
    /// The subject is not graded.
    NotEvaluable,
}

/// Which direction is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More.
    #[default]
    Higher,
    /// Less.
    Lower,
}

/// A factor on the sum of points (修正系数).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: String,
    /// The groups it is for; empty: all.
    pub groups: Vec<GroupId>,
    /// Industries it is for; empty: any.
    pub industries: Vec<String>,
    /// A mark the subject must bear; none: all of them.
    pub mark: Option<MarkId>,
    /// The factor.
    pub factor: Setting,
}

/// Points added or taken off for a mark.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Extra {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: String,
    /// The mark.
    pub mark: MarkId,
    /// Points for each; none: what the mark itself states.
    pub points: Option<Setting>,
    /// The most for all marks of this kind.
    pub max: Option<Setting>,
    /// Which years' marks count.
    pub years: Years,
}

/// Years relative to the evaluated one, both included: `-1..=0` are the year before and the year itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Years {
    /// First.
    pub from: i16,
    /// Last.
    pub to: i16,
}

/// Grades from the best to the worst, and where the lines between them are.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Grades {
    /// Whom shares are counted of.
    pub base: Base,
    /// Where equal scores at a line go.
    pub ties: Ties,
    /// Best first.
    pub lines: Vec<Line>,
}

/// Whom the shares of a quota are counted of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Those that are graded: special classes do not count (鱼台 2023: 26 = ⌊0.20 × 132⌋ of 141 with 9 T).
    #[default]
    Graded,
    /// All of the group.
    All,
}

/// Where equal scores at a line go, all together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// To the better grade, unless that breaks a limit.
    #[default]
    Better,
    /// To the worse grade.
    Worse,
}

/// A grade and its lower line.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// The grade.
    pub grade: GradeId,
    /// In words.
    pub title: String,
    /// Where it ends; the last grade has the rest.
    pub until: Until,
    /// How a share becomes a number of places.
    pub rounding: Rounding,
    /// The share is a limit (不超过): ties never push the number above it.
    pub limit: bool,
}

/// Where a grade ends.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// With this share of the base, counted from the top.
    Share(Setting),
    /// With this score: who has it is in.
    Score(Setting),
    /// It takes the rest.
    Rest,
}

/// How a share of the base becomes a number of places.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Down: “不超过 20 %” holds, and so does “不低于 5 %” of what remains.
    #[default]
    Floor,
    /// Up.
    Ceil,
    /// Half up.
    HalfUp,
}

/// A class beside the grades.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SpecialClass {
    /// As printed: `T`, `C−`.
    pub grade: GradeId,
    /// In words.
    pub title: String,
    /// Who bears one of these is in it.
    pub marks: Vec<MarkId>,
    /// Which years' marks count; none: those that stand in the evaluated year, without end where none is stated.
    pub years: Option<Years>,
    /// Younger than this in whole years at the end of the year is in it too.
    pub younger_than: Option<Setting>,
    /// Only those who would have one of these grades; empty: everybody, before grading and outside the quota.
    pub of: Vec<GradeId>,
    /// Whether a score is printed all the same (不定等级: evaluated, not graded).
    pub scored: bool,
    /// The grade whose treatment it gets.
    pub like: Option<GradeId>,
}

/// A mark that moves a grade.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Bar {
    /// The mark.
    pub mark: MarkId,
    /// Grades it bars from.
    pub not_in: Vec<GradeId>,
    /// Which years' marks count.
    pub years: Years,
}

/// How results are made public; words as the document has them.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Publication {
    /// Days the areas are shown before anything is scored.
    pub area_days: Option<Setting>,
    /// Days the result is shown.
    pub result_days: Option<Setting>,
    /// When on the last day it ends: `12:00`.
    pub until: String,
    /// What a late objection counts for.
    pub late: String,
}

/// A worked example: what goes in, and what must come out to the digit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Vector {
    /// In words.
    pub title: String,
    /// The group it is about.
    pub group: GroupId,
    /// Changes to the scheme as path and value.
    pub set: IndexMap<String, String>,
    /// Those it is about, then those who fill the group.
    pub subjects: Vec<VectorSubject>,
    /// How many must end in which grade.
    pub grades: IndexMap<GradeId, usize>,
    /// Where it stands in its file.
    pub at: Range<usize>,
}

/// A subject of a vector, or many alike.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VectorSubject {
    /// Its name.
    pub name: String,
    /// How many of them.
    pub count: usize,
    /// Quotients in the indicator's unit; what is not named is missing.
    pub values: IndexMap<IndicatorId, Decimal>,
    /// What each next one has more.
    pub step: IndexMap<IndicatorId, Decimal>,
    /// Its marks, all of the evaluated year.
    pub marks: Vec<MarkId>,
    /// Its industry.
    pub industry: String,
    /// Points per indicator it must get, rounded to the score's places.
    pub points: IndexMap<IndicatorId, Decimal>,
    /// The score it must get.
    pub score: Option<Decimal>,
    /// The grade before vetoes and protections (初评).
    pub first: Option<GradeId>,
    /// The grade after them (调档后).
    pub grade: Option<GradeId>,
    /// Where it stands in its file.
    pub at: Range<usize>,
}
