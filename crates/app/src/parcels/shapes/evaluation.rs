//! Schemes, frozen evaluations, their publication, objections to them, what-ifs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{EffectCell, EffectTotal, PricedPolicy};
use crate::projects::LinkedEntry;

/// All schemes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SchemeList {
    /// In the order of the content.
    pub items: Vec<SchemeSummary>,
}

/// A scheme in short.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SchemeSummary {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// `parcel` or `enterprise`.
    pub subject: String,
    /// The document it stands in.
    pub document: String,
    /// What is known of the document and what is assumed in its place.
    pub source: String,
    /// How many of its numbers are still to be supplied before it can be run.
    pub open: usize,
    /// The first year it is for.
    pub from_year: Option<i16>,
    /// The last year it is for.
    pub to_year: Option<i16>,
    /// The digest of its text.
    pub digest: String,
    /// Whether it is the one that is used when nobody names one.
    pub usual: bool,
}

/// A scheme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SchemeView {
    /// In short.
    #[serde(flatten)]
    pub summary: SchemeSummary,
    /// Its groups with their indicators.
    pub indicators: Vec<SchemeIndicator>,
    /// Its grades, best first.
    pub grades: Vec<SchemeGrade>,
    /// Every number that a what-if may change, by its path, as it stands.
    pub parameters: BTreeMap<String, String>,
    /// Its text as it stands in the content.
    pub text: String,
}

/// A grade of a scheme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SchemeGrade {
    /// What it is called.
    pub id: String,
    /// What it means, in words.
    pub words: String,
    /// Whether it has a place in the order; a class beside it, such as one not judged, has none.
    pub ranked: bool,
}

/// An indicator of a scheme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SchemeIndicator {
    /// The group.
    pub group: String,
    /// The group's Chinese title.
    pub group_title: String,
    /// The group's English title.
    pub group_title_en: String,
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its unit.
    pub unit: String,
    /// The weight in points; absent while it is to be supplied.
    #[schema(value_type = Option<String>)]
    pub weight: Option<Decimal>,
    /// The measure above the line.
    pub numerator: String,
    /// The measure below the line.
    pub denominator: Option<String>,
    /// How the benchmark comes about, in words.
    pub benchmark: String,
}

/// What to evaluate.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct EvaluationRequest {
    /// The scheme; the usual one when absent.
    pub scheme: Option<String>,
    /// The year.
    pub year: i16,
    /// What to say of it.
    #[serde(default)]
    pub note: String,
}

/// Frozen evaluations.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RunList {
    /// Newest first.
    pub items: Vec<RunSummary>,
}

/// A frozen evaluation in short.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RunSummary {
    /// Its number.
    pub id: u64,
    /// The scheme.
    pub scheme: String,
    /// The scheme's title.
    pub scheme_title: String,
    /// `parcel` or `enterprise`.
    pub subject: String,
    /// The year.
    pub year: i16,
    /// Its version within scheme and year: 1 for the first.
    pub version: u32,
    /// The evaluation it is a new version of.
    pub replaces: Option<u64>,
    /// When it was made.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// Who made it.
    pub who: String,
    /// What was said of it.
    pub note: String,
    /// The ledger revision its data are from.
    pub revision: u64,
    /// The digest of the scheme's text.
    pub scheme_digest: String,
    /// The digest of everything frozen.
    pub digest: String,
    /// How many were considered.
    pub subjects: usize,
    /// How many got a grade.
    pub graded: usize,
    /// `draft`, `area` (areas are public), `result`.
    pub stage: String,
}

/// A frozen evaluation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RunView {
    /// In short.
    #[serde(flatten)]
    pub summary: RunSummary,
    /// How many of which grade.
    pub grades: Vec<RunGrade>,
    /// How many stand how.
    pub statuses: BTreeMap<String, usize>,
    /// The benchmarks as frozen.
    pub benchmarks: Vec<RunBenchmark>,
    /// When what was published.
    pub publications: Vec<PublicationStage>,
    /// Objections that are not decided.
    pub open_objections: usize,
    /// Whether the ledger or the scheme has changed since.
    pub outdated: bool,
}

/// Subjects of one grade.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RunGrade {
    /// The group of the scheme.
    pub group: String,
    /// The grade.
    pub grade: String,
    /// How many.
    pub count: usize,
    /// Their area in ㎡.
    #[schema(value_type = String)]
    pub area: Decimal,
    /// Of those graded in the group, in percent.
    #[schema(value_type = Option<String>)]
    pub share: Option<Decimal>,
}

/// A frozen benchmark.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RunBenchmark {
    /// The group.
    pub group: String,
    /// The indicator.
    pub indicator: String,
    /// The indicator's title.
    pub title: String,
    /// The value.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: String,
    /// How it came about, in words.
    pub words: String,
}

/// Which stage to publish.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct PublishStage {
    /// `area` first, then `result`.
    pub stage: String,
    /// Last day for objections; the scheme's number of days when absent.
    #[schema(value_type = Option<String>)]
    pub until: Option<Date>,
    /// What to say of it.
    #[serde(default)]
    pub note: String,
}

/// A stage that was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PublicationStage {
    /// `area` or `result`.
    pub stage: String,
    /// When.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// Last day for objections.
    #[schema(value_type = Option<String>)]
    pub until: Option<Date>,
    /// Who published it.
    pub who: String,
    /// What was said of it.
    pub note: String,
}

/// Rows of a frozen evaluation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ResultPage {
    /// The evaluation.
    pub run: u64,
    /// How many match.
    pub total: usize,
    /// First row of this page, from 0.
    pub offset: usize,
    /// The indicators, in the order of each row's points.
    pub indicators: Vec<SchemeIndicator>,
    /// The rows.
    pub items: Vec<ResultRow>,
    /// How the list was ordered: `unordered` for the list that is published.
    pub order: String,
}

/// One subject of a frozen evaluation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ResultRow {
    /// The parcel or enterprise.
    pub entry: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The group it was judged in.
    pub group: String,
    /// ㎡.
    #[schema(value_type = Option<String>)]
    pub area: Option<Decimal>,
    /// `scored`, `not_due`, `exempt`, `no_data`.
    pub status: String,
    /// Why, in words, when not scored.
    pub words: String,
    /// The grade before veto, protection and adjustment (初评).
    pub first_grade: Option<String>,
    /// The grade.
    pub grade: Option<String>,
    /// The score.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
    /// Its place in its group; not in the list that is published.
    pub rank: Option<u32>,
    /// Each indicator, as frozen.
    pub indicators: Vec<FrozenIndicator>,
    /// With whom it was judged as one, and what moved the grade after the score, in words: veto, protection, ties.
    pub marks: Vec<String>,
    /// Those judged as one with it, itself among them; empty where it was judged alone. Score, rank and grade are theirs together.
    #[serde(default)]
    pub together: Vec<u64>,
}

/// One indicator of one subject as frozen: an objection can be answered from it alone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct FrozenIndicator {
    /// The indicator.
    pub indicator: String,
    /// What stands above the line.
    #[schema(value_type = Option<String>)]
    pub numerator: Option<Decimal>,
    /// What stands below the line.
    #[schema(value_type = Option<String>)]
    pub denominator: Option<Decimal>,
    /// The value.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// The benchmark.
    #[schema(value_type = Option<String>)]
    pub benchmark: Option<Decimal>,
    /// Points before cap and floor.
    #[schema(value_type = Option<String>)]
    pub raw: Option<Decimal>,
    /// Points.
    #[schema(value_type = Option<String>)]
    pub points: Option<Decimal>,
    /// Why the points are not the formula's: cap, floor, missing rule; empty else.
    pub reason: String,
    /// Whether the values are withheld from this reader.
    #[serde(default)]
    pub withheld: bool,
}

/// An objection to be brought.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct NewObjection {
    /// The parcel.
    pub parcel: Option<u64>,
    /// The enterprise.
    pub enterprise: Option<u64>,
    /// What kind, one of the choices of the book.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// What shows it: a document's number, name or digest.
    #[serde(default)]
    pub evidence: String,
}

/// What was decided on an objection.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct ObjectionAnswer {
    /// `upheld`, `rejected` or `withdrawn`.
    pub state: String,
    /// Why.
    pub decision: String,
}

/// Objections to an evaluation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ObjectionList {
    /// Newest first.
    pub items: Vec<Objection>,
    /// The kinds the book knows.
    pub kinds: Vec<String>,
    /// Last day for objections, when one is set.
    #[schema(value_type = Option<String>)]
    pub until: Option<Date>,
}

/// An objection.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Objection {
    /// The entry.
    pub entry: u64,
    /// The entry's version, to decide on it.
    pub version: u32,
    /// The parcel.
    pub parcel: Option<LinkedEntry>,
    /// The enterprise.
    pub enterprise: Option<LinkedEntry>,
    /// What kind.
    pub kind: Option<String>,
    /// What it says.
    pub text: Option<String>,
    /// What shows it.
    pub evidence: Option<String>,
    /// When it came.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// Whether it came after the last day.
    pub late: bool,
    /// `received`, `upheld`, `rejected`, `withdrawn`.
    pub state: String,
    /// The state in the book's words.
    pub state_words: String,
    /// When it was decided.
    #[schema(value_type = Option<String>)]
    pub decided: Option<Date>,
    /// What was decided.
    pub decision: Option<String>,
}

/// A new version of an evaluation.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct Reevaluation {
    /// Why.
    pub note: String,
    /// Whether grades of those whose values did not change stay as they are (the rest is then judged beside them).
    #[serde(default = "yes")]
    pub keep_others: bool,
}

fn yes() -> bool {
    true
}

/// Two versions of an evaluation compared.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RunComparison {
    /// The older one.
    pub before: RunSummary,
    /// The newer one.
    pub after: RunSummary,
    /// Benchmarks that moved.
    pub benchmarks: Vec<MovedBenchmark>,
    /// Who moved; those without any change are left out.
    pub items: Vec<ComparedResult>,
    /// How many stayed as they were.
    pub unchanged: usize,
}

/// A benchmark that moved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MovedBenchmark {
    /// The group.
    pub group: String,
    /// The indicator.
    pub indicator: String,
    /// The indicator's title.
    pub title: String,
    /// Before.
    #[schema(value_type = Option<String>)]
    pub before: Option<Decimal>,
    /// After.
    #[schema(value_type = Option<String>)]
    pub after: Option<Decimal>,
}

/// One subject in two versions.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ComparedResult {
    /// The subject.
    pub entry: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Before; absent when it was not part of it.
    pub before: Option<ComparedSide>,
    /// After; absent when it is no longer.
    pub after: Option<ComparedSide>,
    /// What changed, a sentence each.
    pub changes: Vec<String>,
}

/// One side of a comparison.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ComparedSide {
    /// How it stands.
    pub status: String,
    /// The grade.
    pub grade: Option<String>,
    /// The score.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
}

/// A what-if: nothing of it is saved.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct SimulationRequest {
    /// The scheme; the usual one when absent.
    pub scheme: Option<String>,
    /// The year.
    pub year: i16,
    /// What to change: a path of the scheme's parameters to its value, or `rates.POLICY.GRADE` to a rate.
    #[serde(default)]
    pub changes: BTreeMap<String, String>,
}

/// What a what-if gives.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Simulated {
    /// The scheme.
    pub scheme: String,
    /// The year.
    pub year: i16,
    /// The ledger revision.
    pub revision: u64,
    /// Grades before and after.
    pub grades: Vec<SimulationGrade>,
    /// Whose grade moves.
    pub movers: Vec<SimulationMover>,
    /// The grade of each parcel, by entry: to colour the map at once.
    pub colors: BTreeMap<u64, String>,
    /// The benchmarks after.
    pub benchmarks: Vec<RunBenchmark>,
    /// What each policy costs and saves before and after.
    pub money: Vec<SimulationMoney>,
    /// All grades of the scheme, the best first, special classes last.
    pub all_grades: Vec<String>,
    /// Milliseconds it took, for those who watch the speed.
    pub took_ms: u64,
}

/// How many have a grade before and after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SimulationGrade {
    /// The group.
    pub group: String,
    /// The grade.
    pub grade: String,
    /// Before.
    pub before: usize,
    /// After.
    pub after: usize,
}

/// Whose grade moves.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SimulationMover {
    /// The subject.
    pub entry: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The grade before.
    pub before: Option<String>,
    /// The grade after.
    pub after: Option<String>,
    /// The score before.
    #[schema(value_type = Option<String>)]
    pub score_before: Option<Decimal>,
    /// The score after.
    #[schema(value_type = Option<String>)]
    pub score_after: Option<Decimal>,
    /// How each policy moves its money, in the order of the policies.
    pub money: Vec<SimulationShift>,
    /// How its money moves in all, 元 a year, of what is known.
    #[schema(value_type = Option<String>)]
    pub change: Option<Decimal>,
    /// Something moves that is not known, or that this reader may not see.
    pub open: bool,
}

/// What a policy costs and saves before and after. A rate tried for a grade that has none on record holds on both sides.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SimulationMoney {
    /// The policy, with the rates in force at the end of the year and those tried in their place.
    #[serde(flatten)]
    pub rule: PricedPolicy,
    /// As it is.
    pub before: EffectTotal,
    /// As it would be.
    pub after: EffectTotal,
    /// By how much money moves, 元 a year, of those known on both sides; absent when there is nobody.
    #[schema(value_type = Option<String>)]
    pub change: Option<Decimal>,
    /// How many move of whom one side is not known.
    pub open: usize,
    /// In words.
    pub words: String,
}

/// How a policy moves the money of one subject.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SimulationShift {
    /// As it is.
    pub before: EffectCell,
    /// As it would be.
    pub after: EffectCell,
    /// 元 a year more, or less; absent when one side is not known.
    #[schema(value_type = Option<String>)]
    pub change: Option<Decimal>,
}
