//! What the API says about ladders.

use assess::ladder::Because;
use jiff::civil::Date;
use model::definition::{Op, Outcome, Prerequisite, Standing};
use model::id::{EntryId, FieldId};
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::projects::LinkedEntry;

/// All ladders with how many enterprises stand where.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LadderList {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The ladders.
    pub items: Vec<LadderCard>,
    /// The ledger revision.
    pub revision: u64,
}

/// A ladder in the list.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LadderCard {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its rungs, the lowest first.
    pub rungs: Vec<RungCard>,
}

/// A rung with its counts.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RungCard {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The rule in force for first applications; none: no rule on that day.
    pub rule: Option<RuleCard>,
    /// How many months preparation takes, at least and at most; none: nobody says.
    pub lead: Option<LeadCard>,
    /// The application window that is open on the day or opens next.
    pub window: Option<WindowCard>,
    /// Enterprises that hold it.
    pub holding: usize,
    /// Not holding, and the rule is met.
    pub ready: usize,
    /// Not holding, and the rule is not met.
    pub not_met: usize,
    /// Of those, the ones that one condition alone keeps from it.
    pub near: usize,
    /// Not holding, and data are missing.
    pub unknown: usize,
    /// The first day of the next version of the rule; none: none is known.
    #[schema(value_type = Option<String>)]
    pub begins: Option<Date>,
    /// What those who hold it must do next, and until when.
    pub duty: Option<WindowCard>,
}

/// How long preparation takes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LeadCard {
    /// Months, at least.
    pub from: u16,
    /// Months, at most.
    pub to: u16,
    /// Who says so.
    pub source: String,
    /// The day to begin by for the window that is open or opens next; none without a window.
    #[schema(value_type = Option<String>)]
    pub begin_by: Option<Date>,
}

/// When applications are taken, or holders report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct WindowCard {
    /// What is done.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// First day; none: not told.
    #[schema(value_type = Option<String>)]
    pub opens: Option<Date>,
    /// Last day.
    #[schema(value_type = String)]
    pub closes: Date,
    /// Whether it was not announced, but is expected by the one of an earlier or later year.
    pub expected: bool,
    /// The notice it stands in.
    pub source: String,
}

/// A dated rule version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct RuleCard {
    /// Its id.
    pub id: String,
    /// Document number (文号).
    pub document: String,
    /// Who recognises.
    pub authority: String,
    /// Where it holds; empty: everywhere.
    pub region: String,
    /// First day.
    #[schema(value_type = String)]
    pub valid_from: Date,
    /// Last day; none: in force.
    #[schema(value_type = Option<String>)]
    pub valid_to: Option<Date>,
    /// Where the text was read, and what was not.
    pub source: String,
}

/// How all enterprises stand to one rung of a ladder.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LadderStanding {
    /// The ladder.
    pub ladder: String,
    /// Its title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The rungs with their counts.
    pub rungs: Vec<RungCard>,
    /// The enterprises of the rung asked for, the nearest first; holders last.
    pub items: Vec<StandingRow>,
    /// How many there are in all.
    pub total: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// How one enterprise stands to one rung.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct StandingRow {
    /// The rung.
    pub rung: String,
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// How it stands to the qualification; none: not recorded, or nobody certifies this rung.
    #[schema(value_type = Option<String>)]
    pub standing: Option<Standing>,
    /// The last day of its term.
    #[schema(value_type = Option<String>)]
    pub until: Option<Date>,
    /// Whether the rule is met.
    #[schema(value_type = String)]
    pub verdict: Outcome,
    /// Whether one condition alone is in the way.
    pub near: bool,
    /// Criteria that fail, in a few words each with their gap.
    pub gaps: Vec<String>,
    /// Data that are missing, each with who has it.
    pub missing: Vec<String>,
}

/// How one enterprise stands to every rung.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EnterpriseLadders {
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The rungs of all ladders.
    pub rungs: Vec<RungView>,
    /// The ledger revision.
    pub revision: u64,
}

/// One rung and one enterprise in full.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RungView {
    /// The ladder.
    pub ladder_id: String,
    /// The ladder's title.
    pub ladder: String,
    /// The rung's title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// In short.
    #[serde(flatten)]
    pub row: StandingRow,
    /// The rule that was applied.
    pub rule: RuleCard,
    /// Its criteria in order.
    pub criteria: Vec<CriterionView>,
}

/// One criterion and one enterprise.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CriterionView {
    /// Its id.
    pub id: String,
    /// The condition.
    pub title: String,
    /// Article or annex.
    pub cites: String,
    /// The verdict.
    #[schema(value_type = String)]
    pub verdict: Outcome,
    /// The value in `unit`; of a score, the fewest points.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// The most points, where they are a range.
    #[schema(value_type = Option<String>)]
    pub at_most: Option<Decimal>,
    /// The threshold in `unit`.
    #[schema(value_type = Option<String>)]
    pub threshold: Option<Decimal>,
    /// Which side of it is met: `at_least`, `above`, `at_most`, `below`.
    pub side: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// The gap in words: “研发费用再增 112 万元”.
    pub gap: Option<String>,
    /// Why it is unknown.
    #[schema(value_type = Option<String>)]
    pub because: Option<Because>,
    /// Data that are missing, each with who has it.
    pub missing: Vec<String>,
    /// The entries it was read from.
    pub read: Vec<ReadFrom>,
    /// Whether it stands in the way of the rule: not met or unknown, and no other road leads past it.
    pub blocks: bool,
    /// Whether it is a rung before this one, and how strictly.
    #[schema(value_type = Option<String>)]
    pub prerequisite: Option<Prerequisite>,
}

/// Where a value was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReadFrom {
    /// What it is: the datum's title.
    pub title: String,
    /// Of which year; none: of the day.
    pub year: Option<i16>,
    /// The entry.
    #[schema(value_type = u64)]
    pub entry: EntryId,
    /// The field.
    #[schema(value_type = Option<String>)]
    pub field: Option<FieldId>,
}

/// The word for a side of a threshold.
pub(super) fn side(op: Op) -> &'static str {
    match op {
        Op::AtLeast => "at_least",
        Op::Above => "above",
        Op::AtMost => "at_most",
        Op::Below => "below",
    }
}
