//! What is done with a result: idle and low-efficiency land, room to build, what grades cost.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::projects::LinkedEntry;

/// Land that is idle or used poorly by the rules in force on a day, and what is done about it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LowPage {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The last full year, whose values are compared.
    pub year: i16,
    /// The rules in force.
    pub rules: Vec<LowRule>,
    /// Parcels for which a rule applies, is excused or cannot be told, and those with a disposal that is open.
    pub items: Vec<LowParcel>,
    /// How many parcels were looked at.
    pub parcels: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// A rule of idle or low-efficiency land.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LowRule {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The document, or `to be supplied`.
    pub document: String,
    /// `idle` or `low`.
    pub class: String,
    /// For how many parcels it applies.
    pub met: usize,
    /// For how many it cannot be told.
    pub unknown: usize,
}

/// A parcel under the rules.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LowParcel {
    /// The parcel.
    pub parcel: LinkedEntry,
    /// Its code.
    pub code: String,
    /// Its legal area, ㎡.
    #[schema(value_type = Option<String>)]
    pub area: Option<Decimal>,
    /// When it was last visited.
    #[schema(value_type = Option<String>)]
    pub surveyed: Option<Date>,
    /// What each rule says.
    pub verdicts: Vec<LowVerdict>,
    /// What is done about it, newest first.
    pub disposals: Vec<LowDisposal>,
    /// A rule applies, and nothing open is done about it.
    pub undisposed: bool,
}

/// What a rule says of a parcel.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LowVerdict {
    /// The rule.
    pub rule: String,
    /// `met`, `not_met` or `unknown`.
    pub held: String,
    /// Why it is not met though a ground is: `excused` by a delay that is the government's, `behind` a rule that comes first.
    pub because: Option<String>,
    /// In words.
    pub words: String,
    /// Its grounds.
    pub grounds: Vec<LowGround>,
    /// What is missing to tell, and who has it.
    pub missing: Vec<LowMissing>,
}

/// A ground of a rule.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LowGround {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// `met`, `not_met` or `unknown`.
    pub held: String,
    /// Since when it is counted.
    #[schema(value_type = Option<String>)]
    pub since: Option<Date>,
    /// Its tests.
    pub criteria: Vec<LowCriterion>,
    /// What follows, and what follows next.
    pub steps: Vec<LowStep>,
}

/// A test of a ground.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LowCriterion {
    /// What is tested.
    pub title: String,
    /// `met`, `not_met` or `unknown`.
    pub held: String,
    /// What was found, in words; empty when nothing was, or the reader may not see it.
    pub value: String,
    /// The threshold, in words.
    pub limit: String,
    /// What is missing to tell, and who has it.
    pub missing: Vec<LowMissing>,
}

/// A datum that is missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LowMissing {
    /// What it is.
    pub title: String,
    /// The department that has it.
    pub department: String,
}

/// What follows of a ground.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LowStep {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Whether its time has come.
    pub due: bool,
    /// When it comes.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// The fee, in `fee_unit`; absent when there is none, or the price of the land is not known.
    #[schema(value_type = Option<String>)]
    pub fee: Option<Decimal>,
    /// The unit of the fee.
    pub fee_unit: String,
    /// In words.
    pub words: String,
}

/// What is done about a parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LowDisposal {
    /// The entry.
    pub entry: u64,
    /// Why it was listed.
    pub kind: Option<String>,
    /// How it is dealt with.
    pub way: Option<String>,
    /// How it stands.
    pub state: Option<String>,
    /// When it was listed.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// When it shall be finished.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// When it was finished.
    #[schema(value_type = Option<String>)]
    pub done: Option<Date>,
    /// Whether it is still open.
    pub open: bool,
    /// Days it is late.
    pub late: Option<i32>,
    /// How much of its time has passed, percent.
    pub passed: Option<i32>,
    /// Who deals with it.
    pub by: Option<String>,
    /// How far it is, in words.
    pub text: Option<String>,
}

/// Floor area that may still be built, the most worthwhile first.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PotentialPage {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The evaluation of the scores; none when there is none of parcels.
    pub run: Option<u64>,
    /// Floor area that may be added in all, ㎡.
    #[schema(value_type = String)]
    pub addable: Decimal,
    /// Floor area that is looked for on these parcels, ㎡.
    #[schema(value_type = String)]
    pub wanted: Decimal,
    /// The parcels.
    pub items: Vec<PotentialRow>,
    /// Parcels of which it cannot be told.
    pub unknown: Vec<PotentialUnknown>,
    /// The ledger revision.
    pub revision: u64,
}

/// What may be added to a parcel.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PotentialRow {
    /// The parcel.
    pub parcel: LinkedEntry,
    /// Its code.
    pub code: String,
    /// Its legal area, ㎡.
    #[schema(value_type = String)]
    pub area: Decimal,
    /// The largest floor-area ratio allowed.
    #[schema(value_type = String)]
    pub far_max: Decimal,
    /// Floor area counted for the ratio, ㎡.
    #[schema(value_type = String)]
    pub counted: Decimal,
    /// Floor area that may be added, ㎡.
    #[schema(value_type = String)]
    pub addable: Decimal,
    /// Floor area by which it exceeds what is allowed, ㎡.
    #[schema(value_type = String)]
    pub excess: Decimal,
    /// The grade.
    pub grade: Option<String>,
    /// The score.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
    /// Floor area its holder and occupants look for, ㎡.
    #[schema(value_type = String)]
    pub wanted: Decimal,
    /// What they look for.
    pub needs: Vec<LinkedEntry>,
    /// Score over the best score.
    #[schema(value_type = Option<String>)]
    pub efficiency: Option<Decimal>,
    /// Wanted over addable, one at most.
    #[schema(value_type = String)]
    pub need: Decimal,
    /// Efficiency × need.
    #[schema(value_type = Option<String>)]
    pub priority: Option<Decimal>,
    /// Why it stands here.
    pub words: String,
}

/// A parcel of which no potential can be told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PotentialUnknown {
    /// The parcel.
    pub parcel: LinkedEntry,
    /// Its code.
    pub code: String,
    /// What is missing, and who has it.
    pub missing: Vec<LowMissing>,
}

/// What grades of an evaluation cost and save.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EffectPage {
    /// The evaluation.
    pub run: u64,
    /// Its year.
    pub year: i16,
    /// `parcel` or `enterprise`.
    pub subject: String,
    /// The day whose rates are used.
    #[schema(value_type = String)]
    pub on: Date,
    /// The grades of its scheme, the best first, special classes last.
    pub grades: Vec<String>,
    /// The policies.
    pub policies: Vec<EffectPolicy>,
    /// Who is concerned, with an effect for each policy, in their order.
    pub items: Vec<EffectRow>,
    /// The ledger revision.
    pub revision: u64,
}

/// A policy that prices by grades.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PricedPolicy {
    /// What it is called.
    pub title: String,
    /// The measure it counts by; none when nobody measures that.
    pub measure: Option<String>,
    /// The measure's title.
    pub measure_title: String,
    /// The unit of quantities.
    pub unit: String,
    /// The unit a rate may be tried in; none when none can.
    pub rate_unit: Option<String>,
    /// The rates in force, and those tried in their place.
    pub rates: Vec<EffectRate>,
}

/// A policy with its rates and what it makes in all.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EffectPolicy {
    /// The policy.
    #[serde(flatten)]
    pub rule: PricedPolicy,
    /// In all.
    pub total: EffectTotal,
}

/// A rate of a grade.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EffectRate {
    /// The grade.
    pub grade: String,
    /// The rate.
    #[schema(value_type = String)]
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
    /// Since when.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
    /// Until when.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
    /// The document.
    pub document: Option<String>,
    /// It was tried, not read from the books.
    pub tried: bool,
}

/// Effects together; what is not known is counted, not taken as zero.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EffectTotal {
    /// 元 a year; positive costs, negative saves; absent when nothing is known.
    #[schema(value_type = Option<String>)]
    pub money: Option<Decimal>,
    /// How many it is of.
    pub known: usize,
    /// How many wait for a rate to be supplied.
    pub no_rate: usize,
    /// How many wait for a quantity.
    pub no_quantity: usize,
    /// How many have no grade.
    pub no_grade: usize,
    /// How many this reader may not see; they are not in the money.
    pub withheld: usize,
    /// In words.
    pub words: String,
}

/// Who is concerned.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EffectRow {
    /// The parcel or enterprise.
    pub entry: u64,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Its grade.
    pub grade: Option<String>,
    /// An effect for each policy.
    pub effects: Vec<EffectCell>,
}

/// One effect.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EffectCell {
    /// The quantity, in the unit of the policy.
    #[schema(value_type = Option<String>)]
    pub quantity: Option<Decimal>,
    /// 元 a year; positive costs, negative saves.
    #[schema(value_type = Option<String>)]
    pub money: Option<Decimal>,
    /// `known`, `no_rate`, `no_quantity`, `no_grade` or `withheld`.
    pub state: String,
    /// In words.
    pub words: String,
}
