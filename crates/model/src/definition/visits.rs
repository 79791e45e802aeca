//! Visits to enterprises and their demands (企业联系和走访制度): who must be visited how often, by when a demand is dispatched,
//! answered and rated, what makes a light red or yellow, whom an overdue demand goes up to.
//!
//! Rules are dated and name their document. Deliberately absent: judging a day; `app::visits` does.
//!
//! To add a kind of light: a variant of [`LightTest`], its reading in `app::visits::lights`, a line in `content/README.md`.

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Every;
use crate::expr::Expr;
use crate::id::{BookId, FieldId};

/// Everything said about visits and demands.
#[derive(Clone, PartialEq, Debug)]
pub struct VisitRules {
    /// Which entries of the register of enterprises are there to be visited.
    pub present: Expr,
    /// Since when an enterprise is there.
    pub since: Option<FieldId>,
    /// Who keeps in contact with an enterprise.
    pub contact: Option<ContactBook>,
    /// The visits.
    pub visit: VisitBook,
    /// The photos of visits.
    pub photo: Option<PhotoBook>,
    /// The plans made with enterprises: a book about them.
    pub plan: Option<BookId>,
    /// The demands.
    pub demand: Option<DemandBook>,
    /// Who must be visited how often.
    pub frequencies: Vec<Frequency>,
    /// By when a step of a demand must be taken; of a step's limits the first that applies.
    pub limits: Vec<Limit>,
    /// What turns a light red or yellow, the red ones first.
    pub lights: Vec<Light>,
    /// Whom overdue demands go up to, the fewest days first.
    pub escalations: Vec<Escalation>,
}

/// Where it stands who keeps in contact with an enterprise; the subject of the book is the enterprise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactBook {
    /// The book.
    pub book: BookId,
    /// Who.
    pub officer: FieldId,
    /// Of which department.
    pub department: Option<FieldId>,
    /// The first day.
    pub from: Option<FieldId>,
    /// The last day.
    pub to: Option<FieldId>,
}

/// Where visits stand; subject and time of the book say whom and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VisitBook {
    /// The book.
    pub book: BookId,
    /// Who went.
    pub officer: Option<FieldId>,
    /// Of which department.
    pub department: Option<FieldId>,
    /// How many demands were raised.
    pub demands: Option<FieldId>,
    /// Fields of the form, in order.
    pub form: Vec<FieldId>,
    /// Further fields of the form: what was found by theme. None of them need be filled in.
    pub themes: Vec<FieldId>,
}

/// Where the photos of visits stand: a book that refers to the visit; the files lie among the originals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PhotoBook {
    /// The book.
    pub book: BookId,
    /// Which visit.
    pub visit: FieldId,
    /// The digest of the file.
    pub digest: FieldId,
    /// Its format.
    pub format: FieldId,
    /// How wide it is, in pixels.
    pub width: FieldId,
    /// How high it is, in pixels.
    pub height: FieldId,
    /// How long the file is, in bytes.
    pub size: FieldId,
    /// How many a visit may have.
    pub most: u16,
    /// How long a file may be, in MiB.
    pub max_mb: u16,
}

/// Where demands stand: a case book whose subject is the enterprise and whose time is the day they came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemandBook {
    /// The book.
    pub book: BookId,
    /// What the states of the book mean.
    pub states: IndexMap<String, DemandState>,
    /// The field of each part.
    pub fields: IndexMap<DemandPart, FieldId>,
    /// How numbers are made, with `{year}` and `{number}` in it.
    pub number: String,
    /// Fields of the form beside a visit, in order.
    pub form: Vec<FieldId>,
    /// What a demand raised at a visit says besides.
    pub at_visit: IndexMap<FieldId, String>,
    /// What a demand an enterprise raises itself says besides.
    pub by_enterprise: IndexMap<FieldId, String>,
    /// Whom demands are dispatched to.
    pub departments: Vec<String>,
    /// Outcomes that need a reason.
    pub unsolved: Vec<String>,
    /// The best rating that is a bad one: such a demand is taken up again.
    pub poor: Option<Decimal>,
}

impl DemandBook {
    /// The field of a part.
    pub fn field(&self, part: DemandPart) -> Option<&FieldId> {
        self.fields.get(&part)
    }

    /// The word of the book for a state: the first that means it.
    pub fn word(&self, state: DemandState) -> Option<&str> {
        self.states.iter().find(|(_, meaning)| **meaning == state).map(|(word, _)| word.as_str())
    }
}

/// What a demand says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandPart {
    /// Its number.
    Number,
    /// What it is about, in a word.
    Category,
    /// What is asked.
    Text,
    /// The visit it was raised at.
    Visit,
    /// Where it came from.
    Source,
    /// Who handles it: a department.
    Department,
    /// How urgent it is, in a word.
    Urgency,
    /// The day it was accepted (受理).
    Accepted,
    /// The day it was dispatched.
    Dispatched,
    /// How often it was passed on to another department.
    Transfers,
    /// The department it was passed on from.
    TransferredFrom,
    /// The day it was suspended.
    Suspended,
    /// What it waits for.
    WaitsFor,
    /// Working days it was suspended, in all.
    SuspendedDays,
    /// The day it was answered.
    Answered,
    /// The answer.
    Answer,
    /// What the answer rests on.
    Evidence,
    /// What came of it.
    Outcome,
    /// Why it cannot be solved, or was sent back.
    Reason,
    /// The policy that was changed because of it.
    PolicyChange,
    /// The day it was rated.
    Rated,
    /// The rating.
    Rating,
    /// The day it was closed.
    Closed,
    /// Whom it went up to.
    Escalated,
    /// The day it went up.
    EscalatedOn,
    /// How often it was taken up again.
    Reopened,
    /// Whether it is confidential: seen by few.
    Confidential,
    /// The person who handles it.
    Handler,
}

/// How far a demand is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandState {
    /// Received (收到), not yet with anybody.
    Received,
    /// Accepted (受理), not yet with a department.
    Accepted,
    /// Dispatched (交办) to a department.
    Dispatched,
    /// Suspended (挂起): the department waits for something, and the days are not counted.
    Suspended,
    /// Answered (答复).
    Answered,
    /// Rated (评价) by the enterprise.
    Rated,
    /// Closed (办结).
    Closed,
    /// Sent back (退回): not a demand.
    Returned,
}

/// What is said about a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleHead {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The document (文号), or [`super::Setting::TO_BE_SUPPLIED`].
    pub document: String,
    /// The first day it is in force.
    pub from: Option<Date>,
    /// The last day it is in force.
    pub to: Option<Date>,
    /// Where its number comes from, in a sentence; says so where it is the park's own.
    pub source: Option<String>,
}

impl RuleHead {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// How often somebody must be visited.
#[derive(Clone, PartialEq, Debug)]
pub struct Frequency {
    /// What is said about it.
    pub head: RuleHead,
    /// Which enterprises.
    pub group: Group,
    /// Not those that one of these other rules asks for.
    pub unless: Vec<String>,
    /// Which visits count: a condition over them; none is all.
    pub counts: Option<Expr>,
    /// When.
    pub rhythm: Rhythm,
}

/// Which enterprises a rule asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum Group {
    /// All of them.
    All,
    /// Those whose row of the register meets a condition.
    Register(Expr),
    /// Those that a row of another book names.
    Rows {
        /// The book.
        book: BookId,
        /// The field that names the enterprise.
        enterprise: FieldId,
        /// The condition; none is all rows.
        of: Option<Expr>,
        /// The first day it holds; from then on where it has none.
        from: Option<FieldId>,
        /// From this day on it holds no more.
        until: Option<FieldId>,
    },
    /// Those that one of these other rules asks for.
    Like(Vec<String>),
}

/// When visits are due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rhythm {
    /// Once in each such period, by its last day.
    Every(Every),
    /// Once within so many months of the day the enterprise came.
    Within(u16),
}

/// A step of a demand that has a limit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandStep {
    /// Dispatching, counted from the day it came.
    Dispatch,
    /// Answering, counted from the day it was dispatched.
    Answer,
    /// Rating, counted from the day it was answered.
    Rate,
}

/// By when a step must be taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    /// What is said about it.
    pub head: RuleHead,
    /// The step.
    pub step: DemandStep,
    /// Which demands: a condition over them; none is all.
    pub of: Option<Expr>,
    /// Working days.
    pub days: u16,
    /// Whether a day within the limit is promised to the enterprise when the demand is dispatched.
    pub promised: bool,
}

/// A light.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LightColour {
    /// Something is wrong.
    Red,
    /// Something is about to be.
    Yellow,
    /// Neither.
    Green,
}

/// What turns a light.
#[derive(Clone, PartialEq, Debug)]
pub struct Light {
    /// What is said about it.
    pub head: RuleHead,
    /// Which light.
    pub colour: LightColour,
    /// When.
    pub test: LightTest,
}

/// When a light turns.
#[derive(Clone, PartialEq, Debug)]
pub enum LightTest {
    /// A demand is overdue.
    Overdue,
    /// A demand is due within so many working days.
    Due(u16),
    /// So many periods in a row passed without the visit that was due.
    Missed(u16),
    /// A row of a book about the enterprise, dated up to the day, meets a condition.
    Row(Box<RowTest>),
    /// What somebody holds until a day ends within so many months, and nothing was done since it was given.
    Expiring(Box<ExpiringTest>),
    /// Nobody can tell: what is missing, and who has it.
    Lacking {
        /// What is missing.
        what: String,
        /// Who has it.
        holder: String,
    },
    /// The last so many months of a series add up to less than the same months a year before, by at least so many percent.
    Fall {
        /// The series, monthly.
        book: BookId,
        /// Its field.
        field: FieldId,
        /// How many months.
        months: u16,
        /// By how many percent.
        percent: Decimal,
    },
}

/// What somebody holds until a day, and what counts as something done about it.
#[derive(Clone, PartialEq, Debug)]
pub struct ExpiringTest {
    /// The book of what is held, about enterprises.
    pub book: BookId,
    /// The last day it is held.
    pub until: FieldId,
    /// What tells things held from one another.
    pub by: Vec<FieldId>,
    /// Rows that give it.
    pub of: Expr,
    /// Later rows that count as something done.
    pub action: Expr,
    /// How many months before the end.
    pub months: u16,
}

/// Which rows of a book turn a light.
#[derive(Clone, PartialEq, Debug)]
pub struct RowTest {
    /// The book, about enterprises, or their register itself.
    pub book: BookId,
    /// Which rows are looked at; none is all.
    pub among: Option<Expr>,
    /// Of them only the newest of each enterprise.
    pub latest: bool,
    /// Of them only those of the last so many months.
    pub months: Option<u16>,
    /// The condition.
    pub of: Expr,
    /// A day that must have passed.
    pub past: Option<FieldId>,
    /// From this day on it is over.
    pub until: Option<FieldId>,
}

/// Whom an overdue demand goes up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Escalation {
    /// What is said about it.
    pub head: RuleHead,
    /// After so many working days past the limit.
    pub overdue: u16,
    /// To whom: a post.
    pub whom: String,
}
