//! What the API says about policies.

use jiff::civil::Date;
use model::definition::{MoneyFlow, PolicyMode, PolicyStage};
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
    /// What the program matched and nobody has looked at yet, of all years, the most urgent first.
    pub waiting: Vec<CaseLine>,
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
    /// `grant`, `charge` (a surcharge the enterprise pays) or `loss` (a pool pays).
    #[schema(value_type = String)]
    pub flow: MoneyFlow,
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
    /// What else the document says, for people to check.
    pub terms: Vec<PolicyTerm>,
    /// The numbers of the document, each of which a what-if may change.
    pub numbers: Vec<PolicyNumber>,
    /// What it comes to by the document's own numbers, where others are tried.
    pub by_document: Option<PolicyCost>,
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
    /// How its pool stands, where it is the rule of one.
    pub pool: Option<PoolStanding>,
    /// The ledger revision.
    pub revision: u64,
}

/// What a document says of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PolicyTerm {
    /// `who`, `uses`, `period`, `money`, `excluded`, `overlap`, `procedure`.
    pub kind: String,
    /// What it says.
    pub lines: Vec<String>,
}

/// A number of a document.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PolicyNumber {
    /// Its path in the policy's file: `limits.cap`, `formula.share`.
    pub path: String,
    /// What it is.
    pub title: String,
    /// What the document says; none while it is to be supplied.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// What is tried instead.
    #[schema(value_type = Option<String>)]
    pub tried: Option<Decimal>,
}

/// What a policy comes to in a year.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PolicyCost {
    /// How many are due money.
    pub due: usize,
    /// Of how many it is not known.
    pub unknown: usize,
    /// What those that are due have together, 元.
    #[schema(value_type = String)]
    pub total: Decimal,
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
    /// The case the program opened for it, waiting for a person.
    pub matched: Option<u64>,
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
    /// The policy.
    pub policy: String,
    /// Its title.
    pub policy_title: String,
    /// The year the money is for.
    pub year: i16,
    /// Who handles it.
    pub handler: Option<String>,
    /// By when a person should have looked at what was matched.
    #[schema(value_type = Option<String>)]
    pub confirm_by: Option<Date>,
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

/// How a risk pool stands on a day: its money, the credit it stands for, its losses and who bore them.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PoolStanding {
    /// The day: the year's last, or today.
    #[schema(value_type = String)]
    pub on: Date,
    /// The money paid in, 元; none while it is to be supplied.
    #[schema(value_type = Option<String>)]
    pub capital: Option<Decimal>,
    /// Paid out for losses, 元.
    #[schema(value_type = String)]
    pub lost: Decimal,
    /// Of it come back, 元.
    #[schema(value_type = String)]
    pub recovered: Decimal,
    /// What is left, 元: paid in, less lost, and what came back.
    #[schema(value_type = Option<String>)]
    pub balance: Option<Decimal>,
    /// The most credit the pool may stand for, 元: what is left times the leverage.
    #[schema(value_type = Option<String>)]
    pub most_credit: Option<Decimal>,
    /// Credit drawn by enterprises that are in, 元.
    #[schema(value_type = String)]
    pub drawn: Decimal,
    /// Enterprises that are in.
    pub enterprises: usize,
    /// Of them with a loan overdue.
    pub overdue: usize,
    /// Enterprises that entered in the year.
    pub entered: usize,
    /// What each party paid in and bore.
    pub parties: Vec<PartyStanding>,
    /// The losses, the newest first.
    pub losses: Vec<LossLine>,
}

/// A party of a pool.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PartyStanding {
    /// Which.
    pub party: String,
    /// Its share, per cent; none while it is to be supplied.
    #[schema(value_type = Option<String>)]
    pub share: Option<Decimal>,
    /// What it bore, less what came back, 元.
    #[schema(value_type = Option<String>)]
    pub borne: Option<Decimal>,
}

/// A loss a pool made good.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LossLine {
    /// Its entry.
    pub entry: LinkedEntry,
    /// Whose loan.
    pub enterprise: Option<LinkedEntry>,
    /// When it was made good.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// How much, 元.
    #[schema(value_type = String)]
    pub loss: Decimal,
    /// Of it come back, 元.
    #[schema(value_type = String)]
    pub recovered: Decimal,
    /// What each party bore of what did not come back, in their order.
    #[schema(value_type = Vec<String>)]
    pub shares: Vec<Decimal>,
}

/// The policies of one enterprise (政策): had, on the way, due.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EnterprisePolicies {
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// The year what is due is reckoned for.
    pub year: i16,
    /// Money received, of all years, the newest first.
    pub received: Vec<ReceivedLine>,
    /// Received and not taken back, 元.
    #[schema(value_type = String)]
    pub received_total: Decimal,
    /// Cases on the way – matched, proposed, applied for, reviewed, public, decided.
    pub open: Vec<CaseLine>,
    /// What it may have and nobody has begun with, and what hangs on data that are missing.
    pub due: Vec<DuePolicy>,
    /// Of it known, 元.
    #[schema(value_type = String)]
    pub due_total: Decimal,
    /// The ledger revision.
    pub revision: u64,
}

/// Money an enterprise received.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReceivedLine {
    /// The entry that says so.
    pub entry: u64,
    /// The clause or the policy.
    pub title: String,
    /// When.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// 元.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// The document.
    pub document: Option<String>,
    /// Whether it was taken back.
    pub returned: bool,
    /// The case it came from.
    pub case: Option<u64>,
}

/// A policy an enterprise stands to.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct DuePolicy {
    /// The policy.
    pub policy: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The document.
    pub document: String,
    /// `grant`, `charge` or `loss`.
    #[schema(value_type = String)]
    pub flow: MoneyFlow,
    /// `proposed` (免申即享) or `applied`.
    #[schema(value_type = String)]
    pub mode: PolicyMode,
    /// Whether money can be paid by it in the year.
    pub payable: bool,
    /// How the enterprise stands.
    pub candidate: Candidate,
    /// Papers to be handed in.
    pub papers: Vec<String>,
}

/// What a matching did.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MatchedPolicies {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// Cases opened for a person to look at.
    pub new: usize,
    /// Cases whose amount is another one now.
    pub changed: usize,
    /// Cases nobody had looked at and nothing is due by any more.
    pub gone: usize,
    /// What waits for a person now.
    pub waiting: Vec<CaseLine>,
    /// The ledger revision.
    pub revision: u64,
}

/// What taking grades into the books did.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct GradesTaken {
    /// The evaluation.
    pub run: u64,
    /// The year.
    pub year: i16,
    /// Enterprises with a grade.
    pub graded: usize,
    /// New rows.
    pub new: usize,
    /// Rows that changed.
    pub changed: usize,
    /// Of grades with a price: how many have no rate on record.
    pub without_rate: usize,
    /// How many have a grade the book does not know, and no row.
    pub unlisted: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// Which evaluation's grades are taken.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, ToSchema)]
pub struct TakeGrades {
    /// The evaluation.
    pub run: u64,
}
