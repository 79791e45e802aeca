//! What the API says about reserve pools.

use jiff::civil::Date;
use model::definition::Outcome;
use model::id::EntryId;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::projects::LinkedEntry;

/// All pools with their counts.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PoolList {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The pools, one per line of work.
    pub items: Vec<PoolCard>,
    /// The ledger revision.
    pub revision: u64,
}

/// A pool in the list.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PoolCard {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Enterprises that are kept in it on the day.
    pub kept: usize,
    /// Enterprises that a screen finds.
    pub candidates: usize,
    /// Of those, the ones that are not kept.
    pub proposed: usize,
    /// Kept ones that no screen finds.
    pub unscreened: usize,
    /// Enterprises that cross a threshold by the end of the year, as an estimate.
    pub crossing: usize,
    /// Who came and who left, month by month, the newest last.
    pub months: Vec<PoolMonth>,
}

/// A month of a pool.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PoolMonth {
    /// The month: `2023-09`.
    pub month: String,
    /// Enterprises that came.
    pub entered: usize,
    /// Enterprises that left.
    pub left: usize,
    /// Enterprises kept at its end.
    pub kept: usize,
    /// Enterprises the screens found at its end, by the rules and the data of that day; none: the data do not allow it.
    pub found: Option<usize>,
    /// Of those, the ones not found a month before.
    pub newly: Option<usize>,
    /// The ones found a month before and no longer.
    pub gone: Option<usize>,
}

/// One pool in full.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PoolView {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// Its counts.
    pub pool: PoolCard,
    /// The screens in force.
    pub screens: Vec<ScreenCard>,
    /// Candidates by screen, the nearest first; then those kept that no screen finds.
    pub items: Vec<PoolRow>,
    /// The book in which people keep candidates.
    pub book: String,
    /// The ledger revision.
    pub revision: u64,
}

/// A screen of a pool.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ScreenCard {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Document number (文号), or that the park made the rule itself; none: there is one that is to be supplied.
    pub document: Option<String>,
    /// Who decided it.
    pub authority: String,
    /// First day.
    #[schema(value_type = String)]
    pub valid_from: Date,
    /// Last day; none: in force.
    #[schema(value_type = Option<String>)]
    pub valid_to: Option<Date>,
    /// Where its numbers come from.
    pub source: String,
    /// The threshold in `unit`; none: of a rung, or to be supplied.
    #[schema(value_type = Option<String>)]
    pub threshold: Option<Decimal>,
    /// The unit of amounts.
    pub unit: Option<String>,
    /// How many values an estimate of the day of crossing is read from; none: no estimate.
    pub trend: Option<u8>,
    /// Enterprises it finds.
    pub candidates: usize,
    /// Enterprises it is for of which data are missing.
    pub unknown: usize,
}

/// Whether people keep a candidate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolState {
    /// A screen finds it and it is kept.
    Kept,
    /// A screen finds it and it is not kept.
    Proposed,
    /// It is kept and no screen finds it.
    Unscreened,
}

/// One candidate.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PoolRow {
    /// The screen; none: no screen finds it.
    pub screen: Option<String>,
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// Whether people keep it.
    pub state: PoolState,
    /// The step it has reached, by the screen's own words.
    pub level: Option<String>,
    /// Of a rung: whether its rule is met.
    #[schema(value_type = Option<String>)]
    pub verdict: Option<Outcome>,
    /// The value in the screen's unit.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// How far it is from the threshold; negative: beyond it.
    #[schema(value_type = Option<String>)]
    pub distance: Option<Decimal>,
    /// The last day the value speaks of.
    #[schema(value_type = Option<String>)]
    pub observed: Option<Date>,
    /// Whether amounts are withheld because the reader may not read the book they come from.
    pub withheld: bool,
    /// How much the value moves a month – of yearly data a year – by its trend.
    #[schema(value_type = Option<String>)]
    pub moving: Option<Decimal>,
    /// The day of crossing by the trend: an estimate.
    #[schema(value_type = Option<String>)]
    pub crossing: Option<Date>,
    /// Of a rung: conditions in the way, each with its gap.
    pub gaps: Vec<String>,
    /// Data that are missing, each with who has it.
    pub missing: Vec<String>,
    /// The conditions of the screen that it meets, where nothing else tells how near it is.
    pub reasons: Vec<String>,
    /// The last day of a term that ends soon.
    #[schema(value_type = Option<String>)]
    pub until: Option<Date>,
    /// What people keep about it.
    pub kept: Option<Kept>,
}

/// What people keep about a candidate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Kept {
    /// The entry.
    #[schema(value_type = u64)]
    pub entry: EntryId,
    /// The day of entry.
    #[schema(value_type = Option<String>)]
    pub entered: Option<Date>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What it is prepared for.
    pub goal: Option<String>,
    /// What is to be done next.
    pub next: Option<String>,
}

impl PoolRow {
    /// A row of which nothing is known but whom it is about.
    pub(super) fn of(enterprise: LinkedEntry) -> Self {
        Self {
            screen: None,
            enterprise,
            state: PoolState::Unscreened,
            level: None,
            verdict: None,
            value: None,
            distance: None,
            observed: None,
            withheld: false,
            moving: None,
            crossing: None,
            gaps: Vec::new(),
            missing: Vec::new(),
            reasons: Vec::new(),
            until: None,
            kept: None,
        }
    }
}
