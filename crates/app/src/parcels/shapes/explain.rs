//! Why a parcel has its score.

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::CommitmentView;

/// How the score of a parcel comes about.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ParcelExplanation {
    /// The parcel or enterprise.
    pub entry: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The frozen evaluation; absent for one that is not frozen.
    pub run: Option<u64>,
    /// The scheme.
    pub scheme: String,
    /// The scheme's title.
    pub scheme_title: String,
    /// The year.
    pub year: i16,
    /// The group.
    pub group: String,
    /// How it stands.
    pub status: String,
    /// Why, in words.
    pub words: String,
    /// The grade.
    pub grade: Option<String>,
    /// The grade before veto and protection.
    pub first_grade: Option<String>,
    /// The score.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
    /// From nothing to the score, step by step.
    pub waterfall: Vec<WaterfallStep>,
    /// Each indicator.
    pub indicators: Vec<ExplainedIndicator>,
    /// The distance to the next better grade; absent for the best and for those without a score.
    pub next: Option<Distance>,
    /// Where it stands in its group.
    pub group_position: Option<GroupPosition>,
    /// Earlier years, oldest first.
    pub years: Vec<YearScore>,
    /// Promises of the contract.
    pub commitments: Vec<CommitmentView>,
}

/// One step from nothing to the score.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct WaterfallStep {
    /// `indicator`, `correction`, `bonus`, `malus`, `total`.
    pub kind: String,
    /// What it is.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Points it adds or takes.
    #[schema(value_type = String)]
    pub points: Decimal,
    /// The sum so far.
    #[schema(value_type = String)]
    pub total: Decimal,
    /// What is to know of it, in words.
    pub words: String,
}

/// One indicator of the parcel.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ExplainedIndicator {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The unit.
    pub unit: String,
    /// Its weight.
    #[schema(value_type = String)]
    pub weight: Decimal,
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
    /// The mean of the group.
    #[schema(value_type = Option<String>)]
    pub group_mean: Option<Decimal>,
    /// Points before cap and floor.
    #[schema(value_type = Option<String>)]
    pub raw: Option<Decimal>,
    /// Points.
    #[schema(value_type = Option<String>)]
    pub points: Option<Decimal>,
    /// Why the points are not the formula's, in words.
    pub reason: String,
    /// Whether values are withheld from this reader.
    pub withheld: bool,
}

/// What is missing to the next better grade.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Distance {
    /// The grade.
    pub grade: String,
    /// Its lowest score.
    #[schema(value_type = Option<String>)]
    pub threshold: Option<Decimal>,
    /// Points missing.
    #[schema(value_type = Option<String>)]
    pub points: Option<Decimal>,
    /// What would close it, one indicator at a time.
    pub steps: Vec<DistanceStep>,
    /// In words, also when no score would do it (veto).
    pub words: String,
}

/// One indicator that would close the distance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DistanceStep {
    /// The indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// The value it would take.
    #[schema(value_type = Option<String>)]
    pub needed: Option<Decimal>,
    /// How much more of what stands above the line.
    #[schema(value_type = Option<String>)]
    pub more: Option<Decimal>,
    /// The unit of `more`.
    pub unit: String,
    /// In words, also when its cap keeps it from being enough.
    pub words: String,
}

/// Where a parcel stands in its group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct GroupPosition {
    /// The group.
    pub group: String,
    /// How many are scored.
    pub of: usize,
    /// Its place.
    pub rank: Option<u32>,
    /// The mean score.
    #[schema(value_type = Option<String>)]
    pub mean: Option<Decimal>,
    /// The median score.
    #[schema(value_type = Option<String>)]
    pub median: Option<Decimal>,
}

/// A year of a parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct YearScore {
    /// The year.
    pub year: i16,
    /// The frozen evaluation.
    pub run: u64,
    /// The scheme.
    pub scheme: String,
    /// The grade.
    pub grade: Option<String>,
    /// The score; only comparable within one evaluation.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
}
