//! What is answered about visits and demands, and what may be asked to be written.

mod demands;

use jiff::civil::Date;
use model::definition::visits::LightColour;
use model::id::BookId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::demands::*;
use crate::books::Values;
use crate::projects::LinkedEntry;

/// A rule as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitRule {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The document; `to be supplied` where none is known.
    pub document: String,
    /// Where its number comes from, in a sentence.
    pub source: Option<String>,
    /// The first day it is in force.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
}

/// A form, rendered from the fields of its book.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitForm {
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its fields in order.
    #[schema(value_type = Vec<String>)]
    pub fields: Vec<model::id::FieldId>,
    /// Further fields, none of which need be filled in.
    #[schema(value_type = Vec<String>)]
    pub more: Vec<model::id::FieldId>,
}

/// Whether a visit that is due was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// A day for it has passed.
    Late,
    /// Its day is still to come.
    Due,
    /// Made.
    Done,
}

/// A visit that is due to one enterprise by one rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DueVisit {
    /// Whom.
    pub enterprise: LinkedEntry,
    /// By which rule.
    pub rule: String,
    /// Who keeps in contact.
    pub officer: Option<String>,
    /// Of which department.
    pub department: Option<String>,
    /// The last visit that counts.
    #[schema(value_type = Option<String>)]
    pub last: Option<Date>,
    /// Its entry.
    pub last_entry: Option<u64>,
    /// By when; of several periods missed the end of the first.
    #[schema(value_type = String)]
    pub due: Date,
    /// Days left; negative is late.
    pub days: i64,
    /// Whether it was made.
    pub state: DutyState,
    /// Periods in a row that passed without it.
    pub missed: u16,
    /// The light of the enterprise.
    #[schema(value_type = String)]
    pub light: LightColour,
}

/// The visits due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitsDue {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The rules in force, with how much of each is done.
    pub rules: Vec<RuleProgress>,
    /// The visits, late ones first.
    pub items: Vec<DueVisit>,
    /// Contact officers there are.
    pub officers: Vec<String>,
    /// Departments there are.
    pub departments: Vec<String>,
    /// The ledger revision.
    pub revision: u64,
}

/// How much of a rule is done in the periods that run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct RuleProgress {
    /// The rule.
    #[serde(flatten)]
    pub rule: VisitRule,
    /// Enterprises it asks for.
    pub planned: usize,
    /// Of them visited.
    pub done: usize,
    /// Of them late.
    pub late: usize,
}

/// Why an enterprise's light is what it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct EnterpriseLight {
    /// Whom.
    pub enterprise: LinkedEntry,
    /// The light.
    #[schema(value_type = String)]
    pub light: LightColour,
    /// The rules that turned it, red ones first, each with what it saw.
    pub why: Vec<LightReason>,
    /// Who keeps in contact.
    pub officer: Option<String>,
}

/// A rule that turned a light, and what it saw.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LightReason {
    /// The rule.
    #[serde(flatten)]
    pub rule: VisitRule,
    /// Which light it turns.
    #[schema(value_type = String)]
    pub colour: LightColour,
    /// The entries that say so; none where it is the absence of a visit.
    pub entries: Vec<LinkedEntry>,
    /// A day it is about: when something is due or ends.
    #[schema(value_type = Option<String>)]
    pub day: Option<Date>,
    /// By how many percent a series fell.
    #[schema(value_type = Option<String>)]
    pub percent: Option<Decimal>,
    /// Periods that passed without a visit.
    pub missed: Option<u16>,
}

/// Whether a rule of lights could be judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LightBasis {
    /// It was.
    Judged,
    /// Its book has no rows.
    Empty,
    /// Its book is not for this person.
    Unreadable,
    /// No book has it.
    Lacking,
}

/// A rule of lights: what it rests on, how many it turned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LightRule {
    /// The rule.
    #[serde(flatten)]
    pub rule: VisitRule,
    /// Which light it turns.
    #[schema(value_type = String)]
    pub colour: LightColour,
    /// Whether it could be judged.
    pub basis: LightBasis,
    /// What it rests on: the title of a book; of what is lacking, its name.
    pub data: String,
    /// Who has it.
    pub holder: String,
    /// Enterprises it turned the light of.
    pub turned: usize,
}

/// The lights that are not green.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LightList {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// Red ones first.
    pub items: Vec<EnterpriseLight>,
    /// The rules in force, with what they rest on.
    pub rules: Vec<LightRule>,
    /// How many are red.
    pub red: usize,
    /// How many are yellow.
    pub yellow: usize,
    /// How many are green.
    pub green: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// A new enterprise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct NewEnterprise {
    /// Whom.
    pub enterprise: LinkedEntry,
    /// Since when it is there.
    #[schema(value_type = String)]
    pub since: Date,
    /// Days since then.
    pub days: i64,
    /// Its first visit.
    #[schema(value_type = Option<String>)]
    pub visited: Option<Date>,
    /// Whether a plan was made with it; not told to who may not read plans.
    pub planned: Option<bool>,
    /// Who keeps in contact.
    pub officer: Option<String>,
}

/// Visits and demands counted over some days, for all or for one officer, department or category.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct MetricRow {
    /// Whose; empty where none is recorded.
    pub name: String,
    /// Visits that fell due or are due in the periods that began.
    pub planned: usize,
    /// Of them made.
    pub done: usize,
    /// Of them late.
    pub late: usize,
    /// `done` in percent of `planned`.
    #[schema(value_type = Option<String>)]
    pub done_percent: Option<Decimal>,
    /// Enterprises never visited.
    pub never: usize,
    /// Visits made, due or not.
    pub visits: usize,
    /// Enterprises visited.
    pub enterprises: usize,
    /// Demands received.
    pub demands: usize,
    /// Of them answered.
    pub answered: usize,
    /// Of them answered by their day.
    pub on_time: usize,
    /// `on_time` in percent of `answered`.
    #[schema(value_type = Option<String>)]
    pub on_time_percent: Option<Decimal>,
    /// Working days from receipt to answer, on average.
    #[schema(value_type = Option<String>)]
    pub mean_days: Option<Decimal>,
    /// Demands open past their day.
    pub overdue: usize,
    /// Demands closed.
    pub closed: usize,
    /// Demands rated.
    pub rated: usize,
    /// The mean rating.
    #[schema(value_type = Option<String>)]
    pub satisfaction: Option<Decimal>,
    /// Demands taken up again.
    pub reopened: usize,
    /// `reopened` in percent of those received.
    #[schema(value_type = Option<String>)]
    pub reopened_percent: Option<Decimal>,
    /// Demands passed on to another department.
    pub transferred: usize,
    /// Demands that are suspended.
    pub suspended: usize,
    /// Demands that changed a policy.
    pub policy_changes: usize,
}

/// Visits and demands counted over some days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitMetrics {
    /// The first day.
    #[schema(value_type = String)]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String)]
    pub to: Date,
    /// All together.
    pub total: MetricRow,
    /// By contact officer.
    pub officers: Vec<MetricRow>,
    /// By department: visits of the contact's, demands of the handling one.
    pub departments: Vec<MetricRow>,
    /// Demands by category.
    pub categories: Vec<MetricRow>,
    /// Enterprises there are.
    pub enterprises: usize,
    /// Of them never visited.
    pub never_visited: usize,
    /// Enterprises that came in the last twelve months, without visit first.
    pub newcomers: Vec<NewEnterprise>,
    /// The ledger revision.
    pub revision: u64,
}

/// The forms for a visit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitForms {
    /// Of the visit.
    pub visit: VisitForm,
    /// Of a demand raised at it; none where demands may not be recorded.
    pub demand: Option<VisitForm>,
    /// The fields of the visit that are known beforehand.
    pub known: KnownFields,
    /// Whom the visit is to, with the visits and demands there were.
    pub enterprise: LinkedEntry,
    /// Who keeps in contact.
    pub officer: Option<String>,
    /// Of which department.
    pub department: Option<String>,
    /// What photos may be added; none where the content or this person's rights allow none.
    pub photos: Option<PhotoLimits>,
    /// Visits, newest first.
    pub visits: Vec<PastVisit>,
    /// Demands still open.
    pub demands: Vec<Demand>,
    /// Visits due.
    pub due: Vec<DueVisit>,
    /// The light.
    #[schema(value_type = String)]
    pub light: LightColour,
    /// Today.
    #[schema(value_type = String)]
    pub today: Date,
}

/// Which fields of a visit are known before it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct KnownFields {
    /// The day.
    #[schema(value_type = Option<String>)]
    pub day: Option<model::id::FieldId>,
    /// Who goes.
    #[schema(value_type = Option<String>)]
    pub officer: Option<model::id::FieldId>,
    /// Of which department.
    #[schema(value_type = Option<String>)]
    pub department: Option<model::id::FieldId>,
}

/// A visit that was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PastVisit {
    /// Its entry.
    pub entry: u64,
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// Who went.
    pub officer: Option<String>,
}

/// A visit to be recorded, with the demands raised at it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct NewVisit {
    /// Whom.
    pub enterprise: u64,
    /// The visit's values by field.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    pub values: Values,
    /// The values of each demand by field.
    #[serde(default)]
    #[schema(value_type = Vec<std::collections::BTreeMap<String, Object>>)]
    pub demands: Vec<Values>,
}

/// A visit as it was recorded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitMade {
    /// Its entry.
    pub visit: u64,
    /// The demands.
    pub demands: Vec<u64>,
    /// The revision.
    pub revision: u64,
}

/// The photos of a visit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitPhotos {
    /// The visit.
    pub visit: u64,
    /// The photos, in the order they came.
    pub items: Vec<VisitPhoto>,
    /// How many and how large they may be.
    #[serde(flatten)]
    pub limits: PhotoLimits,
    /// Whether this person may add one and take one out.
    pub may_record: bool,
}

/// How many photos a visit may have and how large.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PhotoLimits {
    /// How many a visit may have.
    pub most: u16,
    /// How long a file may be, in MiB.
    pub max_mb: u16,
}

/// A photo of a visit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct VisitPhoto {
    /// Its entry.
    pub entry: u64,
    /// Its version: what taking it out must name.
    pub version: u32,
    /// The day it came.
    #[schema(value_type = Option<String>)]
    pub added: Option<Date>,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// How long the file is, in bytes.
    pub size: u64,
}

/// A photo's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PhotoFile {
    /// What it is called when it is saved.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
