//! What the API says about policies.

use jiff::civil::Date;
use model::definition::{PolicyMode, PolicyStage};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::projects::LinkedEntry;

/// All policies with what a year cost.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PolicyList {
    /// The year.
    pub year: i16,
    /// The policies.
    pub items: Vec<PolicyCard>,
    /// The ledger revision.
    pub revision: u64,
}

/// A policy in the list.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PolicyCard {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Document number (文号), or `to be supplied`.
    pub document: String,
    /// Who issued it.
    pub authority: String,
    /// Where it holds; empty: everywhere.
    pub region: String,
    /// `proposed` (免申即享) or `applied`.
    #[schema(value_type = String)]
    pub mode: PolicyMode,
    /// Whether it is in force in the year.
    pub in_force: bool,
    /// Whether the park's books feed it.
    pub fed: bool,
    /// Money set aside, 元.
    #[schema(value_type = Option<String>)]
    pub budget: Option<Decimal>,
    /// Bound by cases that are open or paid, 元.
    #[schema(value_type = String)]
    pub bound: Decimal,
    /// Paid, 元.
    #[schema(value_type = String)]
    pub paid: Decimal,
    /// Cases of the year.
    pub cases: usize,
}

/// One policy in a year: who is due what, and how far the cases have come.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PolicyView {
    /// In short.
    pub card: PolicyCard,
    /// The year.
    pub year: i16,
    /// What is known of the document and from where.
    pub source: String,
    /// Papers to be handed in.
    pub papers: Vec<String>,
    /// Days a list of receivers is public.
    pub public_days: Option<u16>,
    /// Who may have it, in words.
    pub conditions: Vec<String>,
    /// Enterprises, those with the most money first.
    pub items: Vec<Candidate>,
    /// How many are due money.
    pub due: usize,
    /// Of how many it is not known.
    pub unknown: usize,
    /// What those that are due have together, 元.
    #[schema(value_type = String)]
    pub total: Decimal,
    /// The cases.
    pub cases: Vec<CaseLine>,
    /// The ledger revision.
    pub revision: u64,
}

/// How an enterprise stands to a policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// It is due money.
    Due,
    /// Something is not known.
    Unknown,
    /// It may have it, and the sum is nothing.
    Nothing,
    /// A condition is not met.
    LeftOut,
}

/// One enterprise.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Candidate {
    /// Who.
    pub enterprise: LinkedEntry,
    /// How it stands.
    pub state: Due,
    /// 元; none while something is not known.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// Why it is left out, has nothing, or is not known.
    pub reasons: Vec<String>,
    /// What forbids money although it is due: another policy, the same loan, once only.
    pub conflicts: Vec<String>,
    /// How the amount comes about.
    pub steps: Vec<MoneyLine>,
    /// What held the sum down, in words.
    pub held: Vec<String>,
    /// Its case of this policy and year.
    pub case: Option<u64>,
}

/// One step of a reckoning.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MoneyLine {
    /// The entry it was read from.
    pub entry: LinkedEntry,
    /// The reckoning in words: “8000000 元 × 1.2075% × 146 天 ÷ 365”.
    pub words: String,
    /// 元, after the caps of the line.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// Why it has nothing, or what held it down.
    pub remarks: Vec<String>,
}

/// A case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseLine {
    /// Its entry.
    pub entry: u64,
    /// Its number.
    pub number: String,
    /// Who.
    pub enterprise: LinkedEntry,
    /// How far it has come.
    #[schema(value_type = String)]
    pub stage: PolicyStage,
    /// The same in the book's word.
    pub state: String,
    /// 元.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// What it is for.
    pub item: String,
    /// The day of publicity.
    #[schema(value_type = Option<String>)]
    pub public_from: Option<Date>,
    /// The day it was paid.
    #[schema(value_type = Option<String>)]
    pub paid_on: Option<Date>,
    /// Where it may go from here.
    pub next: Vec<NextStage>,
}

/// Where a case may go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct NextStage {
    /// The stage.
    #[schema(value_type = String)]
    pub stage: PolicyStage,
    /// The book's word.
    pub word: String,
}

/// A person confirms what was proposed, or takes an application.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, ToSchema)]
pub struct Confirmation {
    /// The year.
    pub year: i16,
    /// The enterprise.
    pub enterprise: u64,
    /// The amount the person saw, 元: it must still be so.
    #[schema(value_type = String)]
    pub amount: Decimal,
}

/// A person moves a case on.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, ToSchema)]
pub struct Advance {
    /// To where.
    #[schema(value_type = String)]
    pub stage: PolicyStage,
    /// The day; today where none is given.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub on: Option<Date>,
    /// Opinion, document, voucher, or why.
    #[serde(default)]
    pub remark: String,
}
