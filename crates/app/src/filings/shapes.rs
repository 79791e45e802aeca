//! What the API says about returns of enterprises.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use model::finding::Finding;
use model::id::{BookId, FieldId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{FilingAct, FilingState};
use utoipa::ToSchema;

use crate::books::{Cell, Values};
use crate::projects::LinkedEntry;

/// How far a return is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// Sent back with reasons: to be corrected.
    SentBack,
    /// Begun.
    Draft,
    /// Not begun.
    NotBegun,
    /// Handed in, not yet answered.
    Submitted,
    /// Accepted: in the book.
    Accepted,
    /// In the book from elsewhere, such as a file.
    Recorded,
}

impl From<FilingState> for ReturnState {
    fn from(state: FilingState) -> Self {
        match state {
            FilingState::Draft => Self::Draft,
            FilingState::Submitted => Self::Submitted,
            FilingState::SentBack => Self::SentBack,
            FilingState::Accepted => Self::Accepted,
        }
    }
}

impl ReturnState {
    /// Whether the enterprise may change what it says.
    pub fn is_open(self) -> bool {
        matches!(self, Self::SentBack | Self::Draft | Self::NotBegun)
    }
}

/// What was done with a return.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnAct {
    /// Handed in.
    Submit,
    /// Taken back by the enterprise.
    Withdraw,
    /// Sent back by the committee.
    SendBack,
    /// Accepted.
    Accept,
}

impl From<FilingAct> for ReturnAct {
    fn from(act: FilingAct) -> Self {
        match act {
            FilingAct::Submit => Self::Submit,
            FilingAct::Withdraw => Self::Withdraw,
            FilingAct::SendBack => Self::SendBack,
            FilingAct::Accept => Self::Accept,
        }
    }
}

/// The head of a return, in lists and on its own page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReturnHead {
    /// Its number; none while it was not begun.
    pub id: Option<u64>,
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// The book's Chinese title.
    pub title: String,
    /// The book's English title.
    pub title_en: String,
    /// Who collects it.
    pub department: String,
    /// Whose.
    pub enterprise: LinkedEntry,
    /// For which period.
    pub period: String,
    /// The period in Chinese words.
    pub period_words: String,
    /// The last day to hand it in.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// Days until then; negative is late. None: no day, or nothing is owed any more.
    pub days: Option<i64>,
    /// Whether this enterprise must file it; else it may.
    pub expected: bool,
    /// How far it is.
    pub state: ReturnState,
    /// When it was changed last.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// Why it was sent back.
    pub note: Option<String>,
}

/// The returns an enterprise has to do with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReturnsDue {
    /// Whose.
    pub enterprise: LinkedEntry,
    /// The day.
    #[schema(value_type = String)]
    pub today: Date,
    /// What is to be done first comes first.
    pub items: Vec<ReturnHead>,
}

/// A return as it is filled in.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReturnForm {
    /// Which, and how far.
    #[serde(flatten)]
    pub head: ReturnHead,
    /// What the next change must be based on; 0 while it was not begun.
    pub version: u32,
    /// What the numbers are used for.
    pub about: String,
    /// Whether the enterprise may change it now.
    pub open: bool,
    /// The period before, in Chinese words.
    pub before: Option<String>,
    /// The same period a year before.
    pub year_before: Option<String>,
    /// The fields in order.
    pub fields: Vec<ReturnField>,
    /// What is wrong or doubtful, by field; what keeps it from being handed in is an error.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
    /// What was done with it, oldest first.
    pub rounds: Vec<ReturnRound>,
    /// The entry it is in the book.
    pub entry: Option<u64>,
    /// Whether this person may accept it or send it back.
    pub may_answer: bool,
}

/// A field of a return.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReturnField {
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// The value as it was typed.
    #[schema(value_type = Object)]
    pub value: Json,
    /// The value as it is understood.
    pub cell: Option<Cell>,
    /// What the period before says.
    pub before: Option<Cell>,
    /// What the same period a year before says.
    pub year_before: Option<Cell>,
    /// Per cent against the period before, else against the year before.
    pub change: Option<String>,
    /// The change is so big that a reason is asked.
    pub jump: bool,
    /// The reason given.
    pub reason: String,
    /// What was handed in the time before, where that is something else.
    pub last_time: Option<Cell>,
    /// Why the field was sent back.
    pub sent_back: Option<String>,
}

/// A step of a return.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReturnRound {
    /// What was done.
    pub act: ReturnAct,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What was said.
    pub note: String,
    /// Fields: what was handed in, or why each was sent back.
    pub fields: Vec<RoundField>,
    /// The revision it became.
    pub revision: Option<u64>,
}

/// A field in a step.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RoundField {
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// The value handed in.
    pub cell: Option<Cell>,
    /// The reason given for it, or for sending it back.
    pub reason: Option<String>,
}

/// A draft to save.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
pub struct ReturnDraft {
    /// The version it is based on.
    #[serde(default)]
    pub version: u32,
    /// Values by field, as they were typed.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub values: Values,
    /// Reasons for big changes, by field.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub reasons: BTreeMap<FieldId, String>,
}

/// The version of a return that is moved on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct ReturnVersion {
    /// The version that was looked at.
    pub version: u32,
}

/// The committee's answer to a return.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
pub struct ReturnAnswer {
    /// The version that was looked at.
    pub version: u32,
    /// What is said.
    #[serde(default)]
    pub note: String,
    /// Sent back: why, by field.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub fields: BTreeMap<FieldId, String>,
}

/// Returns that were handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReturnList {
    /// Those to be answered first, the ones that wait longest first.
    pub items: Vec<ReturnHead>,
    /// How many wait for an answer.
    pub waiting: usize,
}
