//! What is answered about demands, and what may be asked to be done with them.

use jiff::civil::Date;
use model::definition::visits::{DemandState, DemandStep, LightColour};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{VisitForm, VisitRule};
use crate::books::Values;
use crate::projects::LinkedEntry;

/// What everybody who may see a demand is told of it: the committee and its enterprise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DemandHead {
    /// Its entry.
    pub entry: u64,
    /// Its version: what an act must name.
    pub version: u32,
    /// Its number.
    pub number: String,
    /// The day it came.
    #[schema(value_type = Option<String>)]
    pub received: Option<Date>,
    /// What it is about, in a word.
    pub category: Option<String>,
    /// How urgent it is, in a word.
    pub urgency: Option<String>,
    /// What is asked.
    pub text: Option<String>,
    /// How far it is.
    #[schema(value_type = String)]
    pub state: DemandState,
    /// The same in the word of its book.
    pub state_words: String,
    /// Who handles it.
    pub department: Option<String>,
    /// What it waits for while it is suspended.
    pub waits_for: Option<String>,
    /// The day it was answered.
    #[schema(value_type = Option<String>)]
    pub answered: Option<Date>,
    /// The answer.
    pub answer: Option<String>,
    /// What the answer rests on.
    pub evidence: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Why it cannot be solved, or was sent back.
    pub reason: Option<String>,
    /// The rating.
    #[schema(value_type = Option<String>)]
    pub rating: Option<Decimal>,
}

/// A demand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Demand {
    /// What its enterprise is told, too.
    #[serde(flatten)]
    pub head: DemandHead,
    /// Whose.
    pub enterprise: Option<LinkedEntry>,
    /// The step that is next, where it has a limit.
    #[schema(value_type = Option<String>)]
    pub step: Option<DemandStep>,
    /// By when.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// The rule that says so.
    pub limit: Option<VisitRule>,
    /// Working days left; negative is late.
    pub days: Option<i64>,
    /// Its light.
    #[schema(value_type = String)]
    pub light: LightColour,
    /// Whom it should go up to by now.
    pub goes_up_to: Option<String>,
    /// Whom it went up to.
    pub escalated: Option<String>,
    /// The day it was accepted.
    #[schema(value_type = Option<String>)]
    pub accepted: Option<Date>,
    /// The day it was dispatched.
    #[schema(value_type = Option<String>)]
    pub dispatched: Option<Date>,
    /// How often it was passed on to another department.
    pub transfers: u32,
    /// The department it was passed on from.
    pub transferred_from: Option<String>,
    /// Since when it is suspended.
    #[schema(value_type = Option<String>)]
    pub suspended: Option<Date>,
    /// The policy that was changed because of it.
    pub policy_change: Option<String>,
    /// How often it was taken up again.
    pub reopened: u32,
    /// The visit it was raised at.
    pub visit: Option<u64>,
    /// Whether it is confidential: seen by who handles it, the head of the department, roles granted it.
    pub confidential: bool,
    /// The person who handles it.
    pub handler: Option<String>,
    /// A day of its reckoning lies in a year without a calendar of working days.
    pub uncertain: bool,
    /// What may be done with it next.
    pub acts: Vec<Act>,
}

/// The demands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DemandBoard {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// Open ones by urgency, then the closed ones, newest first.
    pub items: Vec<Demand>,
    /// Demands that are there and confidential to others.
    pub hidden: usize,
    /// Whom demands are dispatched to.
    pub departments: Vec<String>,
    /// What may come of a demand.
    pub outcomes: Vec<String>,
    /// Of these the ones that need a reason.
    pub unsolved: Vec<String>,
    /// How urgent a demand may be, the least first.
    pub urgencies: Vec<String>,
    /// Limits in force, with their step.
    pub limits: Vec<LimitView>,
    /// Steps up in force.
    pub escalations: Vec<VisitRule>,
    /// The ledger revision.
    pub revision: u64,
}

/// A limit as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LimitView {
    /// The rule.
    #[serde(flatten)]
    pub rule: VisitRule,
    /// Its step.
    #[schema(value_type = String)]
    pub step: DemandStep,
    /// Working days.
    pub days: u16,
    /// Whether a day within is promised.
    pub promised: bool,
}

/// What can be done with a demand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Accept it (受理): it is a demand, and will be dispatched.
    Accept,
    /// Give it to a department, or to another one.
    Dispatch,
    /// Suspend it (挂起) while it waits for something.
    Suspend,
    /// Go on with it.
    Resume,
    /// Answer it.
    Answer,
    /// Rate the answer.
    Rate,
    /// Take it up again.
    Reopen,
    /// Close it.
    Close,
    /// Take it up to somebody.
    Escalate,
    /// Send it back.
    Return,
}

/// Something to be done with a demand.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
pub struct DemandAct {
    /// What.
    pub act: Act,
    /// The version it is based on.
    pub version: u32,
    /// Dispatch: to which department.
    #[serde(default)]
    pub department: Option<String>,
    /// Dispatch: to which person there.
    #[serde(default)]
    pub handler: Option<String>,
    /// Dispatch of a demand with a promised day: that day.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// Answer: the text; otherwise a word on why.
    #[serde(default)]
    pub text: Option<String>,
    /// Answer: what it rests on.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Answer: what came of it.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Answer that solves nothing: why.
    #[serde(default)]
    pub reason: Option<String>,
    /// Close: the policy that was changed because of it.
    #[serde(default)]
    pub policy_change: Option<String>,
    /// Rate: the rating.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub rating: Option<Decimal>,
    /// Escalate: to whom; whom the rules name where nothing is said.
    #[serde(default)]
    pub whom: Option<String>,
}

impl DemandAct {
    /// An act with nothing said besides.
    pub fn of(act: Act, version: u32) -> Self {
        Self {
            act,
            version,
            department: None,
            handler: None,
            due: None,
            text: None,
            evidence: None,
            outcome: None,
            reason: None,
            policy_change: None,
            rating: None,
            whom: None,
        }
    }
}

/// The demands of one's own enterprise.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct OwnDemands {
    /// Those that go on first, then the newest.
    pub items: Vec<OwnDemand>,
    /// What is filled in to raise one; none where this person may not.
    pub form: Option<VisitForm>,
}

/// A demand as its enterprise follows it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct OwnDemand {
    /// What is told of it.
    #[serde(flatten)]
    pub head: DemandHead,
    /// The day the answer is due; none once it came.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// It waits for a rating.
    pub to_rate: bool,
    /// It goes on.
    pub open: bool,
}

/// A demand an enterprise raises.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct NewDemand {
    /// Values by field of the form.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    pub values: Values,
}

/// What an enterprise thinks of an answer.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct Rating {
    /// The version of the demand that was looked at.
    pub version: u32,
    /// How satisfied it is.
    #[schema(value_type = u8)]
    pub rating: u8,
}
