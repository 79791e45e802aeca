//! What the API says about enterprises.

use jiff::civil::Date;
use model::definition::{Outcome, Standing};
use model::id::{BookId, FieldId, ReportId};
use serde::Serialize;
use utoipa::ToSchema;

use super::case_shapes::{PlanCase, PlanMoney, PlanRisk};
use crate::books::{Cell, Origin};
use crate::ladders::shapes::{LeadCard, RungView, WindowCard};
use crate::projects::LinkedEntry;

/// Enterprises that were found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct EnterpriseList {
    /// The best first.
    pub items: Vec<EnterpriseHit>,
    /// How many there are in all.
    pub total: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// An enterprise that was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct EnterpriseHit {
    /// The entry.
    pub entry: u64,
    /// What it is called now.
    pub title: String,
    /// Its code.
    pub code: String,
    /// The field it was found by: its title, and what stands there where that is not the name it has now.
    pub found_by: Option<FoundBy>,
}

/// By what an enterprise was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FoundBy {
    /// Chinese title of the field.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What stands there.
    pub text: String,
}

/// The file of an enterprise (一企一档).
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EnterpriseFile {
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// The day: rows dated later do not stand in it.
    #[schema(value_type = String)]
    pub on: Date,
    /// What stands at its head.
    pub facts: Vec<FileFact>,
    /// Names it had, the newest first, with the day each was given up as far as the ledger knows.
    pub former_names: Vec<FormerName>,
    /// Its parts that this person may read, in order; those without rows too.
    pub sections: Vec<FilePart>,
    /// What happened, the newest first.
    pub timeline: Vec<FileMoment>,
    /// What can be certified of it for this person.
    pub certificates: Vec<Certificate>,
    /// The ledger revision.
    pub revision: u64,
}

/// A certificate that can be made: what a book holds about an enterprise (台账登记证明).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Certificate {
    /// Its report.
    #[schema(value_type = String)]
    pub id: ReportId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The Chinese title of the book it copies.
    pub book: String,
    /// How many rows it copies.
    pub rows: usize,
    /// The day the newest of them began.
    #[schema(value_type = Option<String>)]
    pub newest: Option<Date>,
}

/// A value at the head of a file.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FileFact {
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The value; none is missing.
    pub cell: Option<Cell>,
    /// Where it came from.
    pub place: Option<Origin>,
}

/// A name an enterprise had.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// The ledger revision that replaced it; none: it was handed in as a former name.
    pub until_revision: Option<u64>,
}

/// One part of a file: rows of a book.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FilePart {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// The columns.
    pub columns: Vec<FileColumn>,
    /// How many rows there are.
    pub total: usize,
    /// The newest of them.
    pub rows: Vec<FileRow>,
}

/// A column of a part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FileColumn {
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its kind, as in the catalogue.
    pub kind: String,
    /// Its unit.
    pub unit: Option<String>,
}

/// A row of a part.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FileRow {
    /// The entry.
    pub entry: u64,
    /// Its values, aligned with the columns.
    pub cells: Vec<Option<Cell>>,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FileMoment {
    /// When: a day, or the last day of a month, period or year.
    #[schema(value_type = String)]
    pub on: Date,
    /// The part it is told by.
    pub section: String,
    /// In words.
    pub text: String,
    /// The entry that tells it.
    pub entry: u64,
}

/// The plan made with an enterprise (一企一策).
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EnterprisePlan {
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// Its paths: one per ladder, in order.
    pub paths: Vec<PlanPath>,
    /// Plans for single rungs, the open ones first.
    pub plans: Vec<PlanCase>,
    /// The day it was visited last.
    pub last_visit: Option<FileMoment>,
    /// What may be claimed, and what is on the way.
    pub money: Vec<PlanMoney>,
    /// What speaks against reaching a rung: titles lost or ending, cases that are open.
    pub risks: Vec<PlanRisk>,
    /// The steps agreed with it, the open ones first, by the day they are due.
    pub steps: Vec<PlanStep>,
    /// What falls due.
    pub reminders: Vec<PlanReminder>,
    /// Whether somebody may write steps.
    pub may_record: bool,
    /// Whether somebody may make plans and move them on.
    pub may_plan: bool,
    /// The book of steps.
    #[schema(value_type = Option<String>)]
    pub book: Option<BookId>,
    /// Its field that names the enterprise.
    #[schema(value_type = Option<String>)]
    pub by: Option<FieldId>,
    /// The ledger revision.
    pub revision: u64,
}

/// One path of a plan: a ladder.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PlanPath {
    /// The ladder.
    pub ladder: String,
    /// Chinese title.
    pub title: String,
    /// Rungs it holds, the lowest first.
    pub holds: Vec<HeldRung>,
    /// Rungs it held and lost: expired or revoked.
    pub lost: Vec<HeldRung>,
    /// The lowest rung above those that it does not hold; none: it holds the highest, or no rule is in force.
    pub next: Option<NextRung>,
}

/// A rung an enterprise holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct HeldRung {
    /// The rung.
    pub rung: String,
    /// Its title.
    pub title: String,
    /// How it stands.
    #[schema(value_type = Option<String>)]
    pub standing: Option<Standing>,
    /// The last day of its term.
    #[schema(value_type = Option<String>)]
    pub until: Option<Date>,
}

/// The next rung of a path.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct NextRung {
    /// Criterion by criterion.
    #[serde(flatten)]
    pub view: RungView,
    /// When applications are taken.
    pub window: Option<WindowCard>,
    /// How long preparing takes.
    pub lead: Option<LeadCard>,
}

/// A step agreed with an enterprise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanStep {
    /// The entry.
    pub entry: u64,
    /// Which step.
    pub step: String,
    /// The year it is to be reached in.
    pub goal_year: Option<String>,
    /// The day it is to be done by.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// The day it was done.
    #[schema(value_type = Option<String>)]
    pub done: Option<Date>,
    /// Days over the day it was to be done by; none: done, or not due yet.
    pub late_days: Option<i64>,
    /// What the enterprise is asked to do.
    pub asked: Option<String>,
    /// What the committee does.
    pub offered: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// The rung it leads to.
    pub rung: Option<String>,
    /// Whether the rule of that rung is met.
    #[schema(value_type = Option<String>)]
    pub verdict: Option<Outcome>,
}

/// Something of a plan that falls due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanReminder {
    /// `step`, `action`, `review`, `expiry`, `opens` or `closes`.
    pub kind: &'static str,
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// When.
    #[schema(value_type = String)]
    pub on: Date,
    /// Days until then; negative is over.
    pub days: i64,
    /// In words.
    pub text: String,
}

/// What falls due in all plans.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PlanReminders {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// By day.
    pub items: Vec<PlanReminder>,
    /// Enterprises without any step or plan, not counting those that left.
    pub without_plan: usize,
    /// The ledger revision.
    pub revision: u64,
}
