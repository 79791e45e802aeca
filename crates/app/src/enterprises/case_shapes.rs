//! What the API says about plans for single rungs, and what it is told.

use jiff::civil::Date;
use model::definition::{PlanSide, PlanStage};
use model::id::EntryId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ladders::shapes::CriterionView;

/// A plan made with an enterprise for one rung (一企一策).
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PlanCase {
    /// The entry.
    pub entry: u64,
    /// Its version, which a change names.
    pub version: u32,
    /// Its number.
    pub number: String,
    /// The rung it leads to, in words.
    pub target: String,
    /// That rung, as `LADDER.RUNG`.
    pub rung: String,
    /// The year it is to be reached in.
    pub goal_year: Option<String>,
    /// The batch of that year.
    pub batch: Option<String>,
    /// Why this rung, why now.
    pub reason: Option<String>,
    /// How far it is.
    #[schema(value_type = String)]
    pub stage: PlanStage,
    /// In the words of its book.
    pub state: String,
    /// Where it may go from here; nowhere for who may not move it.
    pub next: Vec<PlanNext>,
    /// When it came to each stage, in order of the days.
    pub days: Vec<PlanDay>,
    /// What the enterprise agreed to.
    pub commitment: Option<String>,
    /// Who signed for it.
    pub signatory: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Who sees to it.
    pub handler: Option<String>,
    /// The day it is looked at next.
    #[schema(value_type = Option<String>)]
    pub review_on: Option<Date>,
    /// The conditions that stand in the way of the rung on the day, each with who sees to it by when.
    pub gaps: Vec<PlanGap>,
    /// What is done for it, in the order it was planned.
    pub actions: Vec<PlanAction>,
    /// How many of them were done.
    pub done: usize,
}

/// A condition in the way of a plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PlanGap {
    /// The condition.
    #[serde(flatten)]
    pub criterion: CriterionView,
    /// Whose part it is.
    #[schema(value_type = Option<String>)]
    pub side: Option<PlanSide>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
}

/// A stage a plan may go to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanNext {
    /// The stage.
    #[schema(value_type = String)]
    pub stage: PlanStage,
    /// In the words of its book.
    pub title: String,
}

/// The day a plan came to a stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanDay {
    /// In the words of its book.
    pub title: String,
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
}

/// Something to be done for a plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanAction {
    /// The entry.
    pub entry: u64,
    /// Its version.
    pub version: u32,
    /// Its number.
    pub number: String,
    /// What.
    pub text: String,
    /// The condition it is done for, by its id in the rule.
    pub criterion: Option<String>,
    /// Whose part it is.
    #[schema(value_type = Option<String>)]
    pub side: Option<PlanSide>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// When it was done.
    #[schema(value_type = Option<String>)]
    pub done_on: Option<Date>,
    /// In the words of its book.
    pub state: String,
    /// Whether it is still to be done.
    pub open: bool,
    /// Days over the day it was to be done by; none: done, or not due yet.
    pub late_days: Option<i64>,
}

/// Money an enterprise may have, or that is on the way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanMoney {
    /// The policy.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// 元; none: nobody can tell yet.
    #[schema(value_type = Option<String>)]
    pub amount: Option<rust_decimal::Decimal>,
    /// The state of the case; none: it may be applied for.
    pub state: Option<String>,
    /// The case.
    pub entry: Option<u64>,
}

/// What speaks against a plan: a case that is open, a title that was lost or ends.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanRisk {
    /// In words.
    pub text: String,
    /// Its day.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// The entry it stands in.
    pub entry: Option<u64>,
}

/// A plan to be made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// The rung it leads to, as `LADDER.RUNG`.
    pub rung: String,
    /// The year it is to be reached in.
    #[serde(default)]
    pub goal_year: Option<i16>,
    /// The batch of that year.
    #[serde(default)]
    pub batch: String,
    /// Why this rung, why now.
    #[serde(default)]
    pub reason: String,
    /// Who sees to it.
    #[serde(default)]
    pub handler: String,
    /// The day it is looked at next.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub review_on: Option<Date>,
    /// What is to be done.
    #[serde(default)]
    pub actions: Vec<NewAction>,
}

/// Something to be done for a plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// What.
    pub text: String,
    /// The condition it is done for, by its id in the rule.
    #[serde(default)]
    pub criterion: String,
    /// Whose part it is: `enterprise`, `park` or `department`.
    #[schema(value_type = String)]
    pub side: PlanSide,
    /// Who sees to it.
    #[serde(default)]
    pub owner: String,
    /// By when.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub due: Option<Date>,
}

/// What is changed in a plan that goes on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanMove {
    /// The version of the plan the change is based on.
    pub version: u32,
    /// To where.
    #[schema(value_type = String)]
    pub stage: PlanStage,
    /// The day; today where none is given.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub on: Option<Date>,
    /// What the enterprise agrees to; needed to agree.
    #[serde(default)]
    pub commitment: String,
    /// Who signs for it; needed to agree.
    #[serde(default)]
    pub signatory: String,
    /// What came of it; needed where it is not reached.
    #[serde(default)]
    pub outcome: String,
    /// The day it is looked at next.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub review_on: Option<Date>,
}

/// An action that was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionDone {
    /// The version of the action the change is based on.
    pub version: u32,
    /// The day; today where none is given.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub on: Option<Date>,
}

/// A plan that was made or moved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanKept {
    /// The plan.
    #[schema(value_type = u64)]
    pub plan: EntryId,
    /// The ledger revision.
    pub revision: u64,
}
