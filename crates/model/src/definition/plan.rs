//! Where the plan of an enterprise (一企一策) stands: “为企业做好谋划，也向企业提出要求”. Steps agreed with it, plans for single rungs from the
//! draft to the result, and the actions of each.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::id::{BookId, FieldId};

/// Where the steps of the plan of an enterprise stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanBook {
    /// The book.
    pub book: BookId,
    /// Its reference to the enterprise.
    pub by: FieldId,
    /// Which step.
    pub step: FieldId,
    /// The year it is to be reached in.
    pub goal_year: Option<FieldId>,
    /// The day it is to be done by.
    pub due: Option<FieldId>,
    /// The day it was done.
    pub done: Option<FieldId>,
    /// What the enterprise is asked to do.
    pub asked: Option<FieldId>,
    /// What the committee does.
    pub offered: Option<FieldId>,
    /// Who of the committee sees to it.
    pub owner: Option<FieldId>,
    /// The rung of a ladder each step leads to.
    pub rungs: BTreeMap<String, String>,
    /// Plans for single rungs.
    pub cases: Option<PlanCases>,
}

/// A case book of plans; its subject is the enterprise, its deadline the next review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanCases {
    /// The book.
    pub book: BookId,
    /// What the states of the book mean.
    pub stages: IndexMap<String, PlanStage>,
    /// The field of each part.
    pub fields: IndexMap<PlanPart, FieldId>,
    /// The day each stage was reached.
    pub days: IndexMap<PlanStage, FieldId>,
    /// What is done for a plan.
    pub actions: PlanActions,
}

impl PlanCases {
    /// The book's word for a stage.
    pub fn word(&self, stage: PlanStage) -> Option<&str> {
        self.stages.iter().find(|(_, of)| **of == stage).map(|(word, _)| word.as_str())
    }
}

/// A case book of actions; its subject is the enterprise, its handler the owner, its deadline the day an action is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanActions {
    /// The book.
    pub book: BookId,
    /// The field of each part.
    pub fields: IndexMap<ActionPart, FieldId>,
    /// Whose part an action is, by the words of the book.
    pub sides: IndexMap<String, PlanSide>,
    /// The state of an action that is to be done.
    pub open: String,
    /// The state of an action that was done.
    pub done: String,
}

/// How far a plan is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStage {
    /// Drafted by the committee (起草).
    Draft,
    /// Agreed and signed (商定).
    Agreed,
    /// Being worked on (执行).
    Running,
    /// Applied for (申报).
    Applied,
    /// Public (公示).
    Publicised,
    /// Recognised (认定).
    Recognised,
    /// Not reached, with a reason (未通过).
    Failed,
    /// Taken up again after its end (续订).
    Renewed,
}

impl PlanStage {
    /// All of them with their names in content, in the order of the work.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Draft, "draft"),
        (Self::Agreed, "agreed"),
        (Self::Running, "running"),
        (Self::Applied, "applied"),
        (Self::Publicised, "publicised"),
        (Self::Recognised, "recognised"),
        (Self::Failed, "failed"),
        (Self::Renewed, "renewed"),
    ];

    /// Where a plan may go from here, in the order of the work.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft | Self::Renewed => &[Self::Agreed, Self::Failed],
            Self::Agreed => &[Self::Running, Self::Failed],
            Self::Running => &[Self::Applied, Self::Failed],
            // Some authorities recognise without making it public first.
            Self::Applied => &[Self::Publicised, Self::Recognised, Self::Failed],
            Self::Publicised => &[Self::Recognised, Self::Failed],
            Self::Recognised | Self::Failed => &[Self::Renewed],
        }
    }

    /// Whether it came to its end.
    pub const fn ended(self) -> bool {
        matches!(self, Self::Recognised | Self::Failed)
    }
}

/// What a plan says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanPart {
    /// Its number.
    Number,
    /// The rung it leads to, in words.
    Target,
    /// That rung, as `LADDER.RUNG`.
    Rung,
    /// The year it is to be reached in.
    Year,
    /// The batch of that year.
    Batch,
    /// Why this rung, why now.
    Reason,
    /// What the enterprise agreed to.
    Commitment,
    /// Who signed for it.
    Signatory,
    /// What came of it.
    Outcome,
}

impl PlanPart {
    /// All of them with their names in content.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Number, "number"),
        (Self::Target, "target"),
        (Self::Rung, "rung"),
        (Self::Year, "year"),
        (Self::Batch, "batch"),
        (Self::Reason, "reason"),
        (Self::Commitment, "commitment"),
        (Self::Signatory, "signatory"),
        (Self::Outcome, "outcome"),
    ];
}

/// What an action says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionPart {
    /// The plan it belongs to.
    Plan,
    /// Its number.
    Number,
    /// What is to be done.
    Text,
    /// The criterion it is done for.
    Criterion,
    /// Whose part it is.
    Side,
    /// The day it was done.
    DoneOn,
}

impl ActionPart {
    /// All of them with their names in content.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Plan, "plan"),
        (Self::Number, "number"),
        (Self::Text, "text"),
        (Self::Criterion, "criterion"),
        (Self::Side, "side"),
        (Self::DoneOn, "done_on"),
    ];
}

/// Whose part an action is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanSide {
    /// The enterprise itself (企业).
    Enterprise,
    /// The committee of the park (园区).
    Park,
    /// A department of the district (部门).
    Department,
}
