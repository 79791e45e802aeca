//! What the API says about investment promotion.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::enterprises::shapes::{FileColumn, FileRow};
use crate::explore::Answer;
use crate::projects::LinkedEntry;
use crate::tasks::Task;

/// Investment promotion (招商) as of a day.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Promotion {
    /// The month figures are asked for.
    pub period: String,
    /// The day: what is dated later is left out.
    #[schema(value_type = String)]
    pub on: Date,
    /// What is on the way, by stage as of the day.
    pub pipelines: Vec<PipelineView>,
    /// Capital that arrived since January, and the targets it is claimed under.
    pub capital: Option<CapitalView>,
    /// Land sold since January: what was promised against what came.
    pub land: Option<LandView>,
    /// Everything else.
    pub sections: Vec<PromotionPart>,
    /// The ledger revision.
    pub revision: u64,
}

/// Rows of a book by stage.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PipelineView {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The book.
    pub book: String,
    /// The unit of amounts.
    pub unit: Option<String>,
    /// Figures above it.
    pub answers: Vec<Answer>,
    /// The stages in order.
    pub stages: Vec<PipelineStage>,
    /// What is shown of a row.
    pub columns: Vec<FileColumn>,
    /// The rows, largest amounts first within a stage.
    pub items: Vec<PipelineItem>,
}

/// A stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PipelineStage {
    /// Its word.
    pub word: String,
    /// Whether the work ends there.
    pub closed: bool,
    /// How many rows are at it.
    pub count: usize,
    /// Their amounts together.
    #[schema(value_type = String)]
    pub sum: Decimal,
    /// How many of them have no amount.
    pub without: usize,
}

/// A row of a pipeline.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PipelineItem {
    /// The entry.
    pub entry: LinkedEntry,
    /// Its stage.
    pub stage: String,
    /// Its amount.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// Its values, aligned with the columns.
    pub row: FileRow,
}

/// Capital that arrived since January.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CapitalView {
    /// The first day.
    #[schema(value_type = String)]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String)]
    pub to: Date,
    /// The unit of amounts.
    pub unit: Option<String>,
    /// The unit of amounts in a foreign currency.
    pub foreign_unit: Option<String>,
    /// The figures of all arrivals, each once.
    pub whole: Vec<Answer>,
    /// The targets with what is claimed under each.
    pub programmes: Vec<ProgrammeView>,
    /// The arrivals by the targets they are claimed under: every arrival is in one set.
    pub sets: Vec<ClaimSet>,
    /// The arrivals added up, each once.
    #[schema(value_type = String)]
    pub amount: Decimal,
    /// The same in the foreign currency.
    #[schema(value_type = String)]
    pub foreign: Decimal,
    /// What the targets add up to beyond the arrivals claimed: money counted under more than one of them.
    #[schema(value_type = String)]
    pub repeated: Decimal,
    /// The arrivals, the newest first.
    pub arrivals: Vec<ArrivalLine>,
    /// Whether each arrival is counted once: the sets add up to the figures, and no claim is at fault.
    pub once: bool,
    /// What is at fault.
    pub faults: Vec<String>,
}

/// A target and what is claimed under it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ProgrammeView {
    /// Its word.
    pub word: String,
    /// Its figure.
    pub answer: Option<Answer>,
    /// How far its target is reached.
    pub task: Option<Task>,
    /// How many arrivals are claimed.
    pub claims: usize,
}

/// Arrivals claimed under the same targets.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ClaimSet {
    /// The targets, in their order; none: claimed under no target.
    pub programmes: Vec<String>,
    /// How many.
    pub arrivals: usize,
    /// Their amounts.
    #[schema(value_type = String)]
    pub amount: Decimal,
    /// Their amounts in the foreign currency.
    #[schema(value_type = String)]
    pub foreign: Decimal,
}

/// An arrival.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ArrivalLine {
    /// The entry.
    pub entry: LinkedEntry,
    /// Whose.
    pub enterprise: Option<LinkedEntry>,
    /// When.
    #[schema(value_type = String)]
    pub on: Date,
    /// How much.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// The same in the foreign currency.
    #[schema(value_type = Option<String>)]
    pub foreign: Option<Decimal>,
    /// The targets it is claimed under, with the claims.
    pub claims: Vec<ClaimOn>,
}

/// A claim on an arrival.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ClaimOn {
    /// The target.
    pub programme: String,
    /// The claim's entry.
    pub entry: u64,
}

/// Land sold since January.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LandView {
    /// Figures above it.
    pub answers: Vec<Answer>,
    /// What was promised.
    pub targets: Vec<LandTargetView>,
    /// What is shown of a row.
    pub columns: Vec<FileColumn>,
    /// The rows, the newest first.
    pub items: Vec<LandRow>,
}

/// Something promised, over all rows.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LandTargetView {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The unit of what was promised; what came is told in it.
    pub unit: Option<String>,
    /// The figure of what came.
    pub figure: String,
    /// Chinese title of the figure.
    pub figure_title: String,
    /// Promised together.
    #[schema(value_type = String)]
    pub expected: Decimal,
    /// Came together, of the rows it is known of.
    #[schema(value_type = String)]
    pub actual: Decimal,
    /// Rows with a promise and nothing known to have come.
    pub unknown: usize,
}

/// A piece of land.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LandRow {
    /// The entry.
    pub entry: LinkedEntry,
    /// The winner.
    pub enterprise: Option<LinkedEntry>,
    /// The day of the deal.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// Its values, aligned with the columns.
    pub row: FileRow,
    /// Promised against come, aligned with the targets.
    pub targets: Vec<LandCell>,
}

/// Promised against come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LandCell {
    /// Promised.
    #[schema(value_type = Option<String>)]
    pub expected: Option<Decimal>,
    /// Came; none: nothing is recorded, or it is not told of one enterprise.
    #[schema(value_type = Option<String>)]
    pub actual: Option<Decimal>,
    /// What came in per cent of what was promised.
    #[schema(value_type = Option<String>)]
    pub percent: Option<Decimal>,
    /// What a question about the figure says to ask for this row alone: `PATH:TEXT`.
    pub only: Option<String>,
}

/// Figures, a whole with its parts, rows of a book.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PromotionPart {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The whole.
    pub whole: Option<Answer>,
    /// Its parts.
    pub parts: Vec<Answer>,
    /// Whether the parts add up to the whole; none where one of them has no number.
    pub adds_up: Option<bool>,
    /// Other figures.
    pub answers: Vec<Answer>,
    /// The book.
    pub book: Option<String>,
    /// What is shown of a row.
    pub columns: Vec<FileColumn>,
    /// Its rows since January, the newest first.
    pub rows: Vec<FileRow>,
}
