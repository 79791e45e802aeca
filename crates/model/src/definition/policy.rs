//! Policies (政策条款): who may have money, how much, with the document that says so, where its data stand, and worked checks.
//!
//! What a document says without our having it is [`Setting::ToBeSupplied`]: then the amount is unknown, never a guess.
//!
//! Deliberately absent: the arithmetic (that is `assess::policy`), and cases of single enterprises (those are a book).
//!
//! To add a formula: a variant of [`Formula`], its effect in `assess::policy`, a line in `content/README.md`.

mod books;
mod terms;

use std::ops::Range;

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

pub use self::books::{PolicyBooks, PolicyBudgets, PolicyGrades, PolicyPayments, PolicyStage};
pub use self::terms::PolicyTerms;
use super::Setting;
use crate::expr::Expr;
use crate::id::{BookId, FieldId, PolicyId, QualificationId};

/// How money comes to an enterprise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyMode {
    /// Without an application (免申即享): proposed from data, confirmed by a person.
    Proposed,
    /// On application (申报审核).
    Applied,
}

/// Which way the money of a policy goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyFlow {
    /// To the enterprise.
    Grant,
    /// From the enterprise: a surcharge.
    Charge,
    /// From a pool, for a loan that was lost.
    Loss,
}

/// One policy.
#[derive(Clone, PartialEq, Debug)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// Document number (文号), or [`Setting::TO_BE_SUPPLIED`].
    pub document: String,
    /// Who issued it.
    pub authority: String,
    /// Where it holds; empty: everywhere.
    pub region: String,
    /// What is known of the document and from where.
    pub source: String,
    /// The first day it is in force; none while that is to be supplied.
    pub valid_from: Option<Date>,
    /// The last day it is in force.
    pub valid_to: Option<Date>,
    /// Not issued yet: it can be reckoned, not paid.
    pub draft: bool,
    /// How money comes to an enterprise.
    pub mode: PolicyMode,
    /// Days a list of receivers is public (公示期); none where the document asks for none.
    pub public_days: Option<u16>,
    /// Papers to be handed in.
    pub papers: Vec<String>,
    /// What else the document says, in its words.
    pub terms: PolicyTerms,
    /// Its row in the register of clauses, by that row's key: what a payment is booked under.
    pub clause: Option<String>,
    /// Who handles its cases: an office or a person.
    pub handler: Option<String>,
    /// How much.
    pub formula: Formula,
    /// What one enterprise may have.
    pub limits: Limits,
    /// Policies an enterprise may not have in the same year.
    pub not_with: Vec<PolicyId>,
    /// Where its data stand; none for a rule kept for its arithmetic alone.
    pub data: Option<PolicyData>,
    /// Where entries and losses of its pool stand.
    pub pool: Option<PolicyPool>,
    /// Who may have it: all of these.
    pub who: Vec<Condition>,
    /// Worked checks.
    pub checks: Vec<PolicyCheck>,
}

impl Policy {
    /// Which way its money goes.
    pub const fn flow(&self) -> MoneyFlow {
        match self.formula {
            Formula::Price { .. } => MoneyFlow::Charge,
            Formula::Pool { .. } => MoneyFlow::Loss,
            _ => MoneyFlow::Grant,
        }
    }

    /// Whether it is in force on some day of a year; a draft is in force never, nor is what has no first day yet.
    pub fn in_force(&self, year: i16) -> bool {
        let begun = self.valid_from.is_some_and(|from| from.year() <= year);
        !self.draft && begun && self.valid_to.is_none_or(|to| year <= to.year())
    }
}

/// What one enterprise may have in a year.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// At most so much, 元.
    #[serde(deserialize_with = "optional")]
    pub cap: Option<Setting>,
    /// Once, not every year.
    pub once: bool,
}

/// How much.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Formula {
    /// A part of the interest of loans (贷款贴息).
    Interest(InterestRule),
    /// A sum per title or grade (定额奖励), less what was had for a lower one where `top_up` (补差).
    Fixed {
        /// Word to 元.
        amounts: IndexMap<String, Number>,
        /// Less what was had before.
        #[serde(default)]
        top_up: bool,
    },
    /// A sum when a level is first passed (首次突破，累计), less what was had for lower ones.
    Steps {
        /// From the lowest: the level, and 元 in all for having passed it.
        steps: Vec<MoneyStep>,
    },
    /// So much per full unit of increment (按增量每单位奖励).
    PerUnit {
        /// The size of a unit; a part of it is not counted.
        #[serde(deserialize_with = "required")]
        unit: Setting,
        /// 元 per unit.
        #[serde(deserialize_with = "required")]
        each: Setting,
        /// The least growth, per cent.
        #[serde(default, deserialize_with = "optional")]
        growth: Option<Setting>,
        /// The mean growth of two years must be positive too (两年平均增长为正): more than two years before.
        #[serde(default)]
        two_years: bool,
    },
    /// A share of the increment (按增量比例奖励), times a factor by grade.
    Share {
        /// The share, per cent.
        #[serde(deserialize_with = "required")]
        share: Setting,
        /// The least growth, per cent.
        #[serde(default, deserialize_with = "optional")]
        growth: Option<Setting>,
        /// Grade to factor; empty: no grades.
        #[serde(default)]
        factors: IndexMap<String, Number>,
    },
    /// What each party bears of a loss (风险池代偿分担).
    Pool {
        /// Party to per cent; together 100.
        parties: IndexMap<String, Number>,
        /// The pool's money, 元.
        #[serde(deserialize_with = "required")]
        capital: Setting,
        /// Credit is at most so many times the money.
        #[serde(deserialize_with = "required")]
        leverage: Setting,
    },
    /// A surcharge by grade or class (差别化价格).
    Price {
        /// The unit that is priced; what the books say is turned into it.
        unit: Option<String>,
        /// Grade to 元 per unit; what a row of the books says itself goes before it.
        #[serde(default)]
        surcharges: IndexMap<String, Number>,
    },
}

/// A level and the money in all for having passed it.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyStep {
    /// The level.
    pub at: Number,
    /// 元 in all.
    pub sum: Number,
}

/// The rate that is subsidised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateOf {
    /// A share of the loan's rate.
    Loan,
    /// A share of the loan prime rate of the day of the loan (LPR).
    Lpr,
    /// A share of what is above the LPR.
    AboveLpr,
    /// A share of what is above the base rate (基准利率).
    AboveBase,
    /// Percentage points of the principal.
    Points,
    /// A share of the interest paid, by its slips.
    Paid,
}

/// How many days a year has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Default)]
pub enum DayCount {
    /// Actual days over 365.
    #[default]
    #[serde(rename = "365")]
    Actual365,
    /// Actual days over 360.
    #[serde(rename = "360")]
    Actual360,
}

impl DayCount {
    /// Days of a year.
    pub const fn days(self) -> u32 {
        match self {
            Self::Actual365 => 365,
            Self::Actual360 => 360,
        }
    }
}

/// Which way a fraction of a cent goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum CentRule {
    /// Half a cent up.
    #[default]
    HalfUp,
    /// Dropped.
    Down,
}

/// A part of the interest of loans.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterestRule {
    /// Of what.
    pub of: RateOf,
    /// The share, per cent; of [`RateOf::Points`] the points.
    #[serde(deserialize_with = "required")]
    pub share: Setting,
    /// At most this rate, per cent a year.
    #[serde(default, deserialize_with = "optional")]
    pub rate_cap: Option<Setting>,
    /// Days of a year.
    #[serde(default)]
    pub basis: DayCount,
    /// Loans made from this day.
    pub made_from: Option<Date>,
    /// Loans made to this day.
    pub made_to: Option<Date>,
    /// Interest counts from this day; of [`RateOf::Paid`] the slips do.
    pub interest_from: Option<Date>,
    /// Interest counts to this day.
    pub interest_to: Option<Date>,
    /// A loan counts for so many months.
    pub months: Option<u16>,
    /// Loans of more months are out.
    pub term_at_most: Option<u16>,
    /// Loans of fewer months are out.
    pub term_at_least: Option<u16>,
    /// Loans of more are out, 元.
    #[serde(default, deserialize_with = "optional")]
    pub principal_at_most: Option<Setting>,
    /// One loan has at most so much, 元.
    #[serde(default, deserialize_with = "optional")]
    pub loan_cap: Option<Setting>,
    /// Less interest of an enterprise than this has nothing, 元.
    #[serde(default, deserialize_with = "optional")]
    pub interest_at_least: Option<Setting>,
    /// Never more than the interest paid less other subsidies.
    #[serde(default)]
    pub within_interest: bool,
    /// A loan with another subsidy has nothing.
    #[serde(default)]
    pub no_other: bool,
    /// Only loans repaid in full.
    #[serde(default)]
    pub repaid: bool,
    /// Only loans repaid from this day.
    pub repaid_from: Option<Date>,
    /// Only loans repaid to this day.
    pub repaid_to: Option<Date>,
    /// The money must have reached the supplier by this day.
    pub used_to: Option<Date>,
    /// Which way a fraction of a cent goes, loan by loan.
    #[serde(default)]
    pub rounding: CentRule,
}

/// A number of content: an integer, or a decimal as text, or to be supplied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Number(pub Setting);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        required(from).map(Self)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Whole(i64),
    Text(String),
}

fn required<'de, D: Deserializer<'de>>(from: D) -> Result<Setting, D::Error> {
    let text = match Written::deserialize(from)? {
        Written::Whole(number) => return Ok(Setting::Is(Decimal::from(number))),
        Written::Text(text) => text,
    };
    if text == Setting::TO_BE_SUPPLIED {
        return Ok(Setting::ToBeSupplied);
    }
    text.parse().map(Setting::Is).map_err(|_| D::Error::custom(crate::wording::policy::no_number(&text)))
}

fn optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Setting>, D::Error> {
    required(from).map(Some)
}

/// Where the data of a policy stand.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyData {
    /// A book about enterprises; each row is a loan, or counts to the values of its enterprise and year.
    pub book: BookId,
    /// Rows that count.
    pub keep: Option<Expr>,
    /// The field of each input, with the number that turns its unit into that of the input.
    pub fields: IndexMap<Input, (FieldId, Decimal)>,
    /// Inputs that another book adds up to.
    pub sums: IndexMap<Input, PolicySum>,
    /// Repayments in parts.
    pub repayments: Option<PolicyRepayments>,
}

impl PolicyData {
    /// Whether amounts hang on the rows of a book.
    pub fn reads(&self, book: &BookId) -> bool {
        let repaid = self.repayments.as_ref().is_some_and(|of| of.book == *book);
        self.book == *book || repaid || self.sums.values().any(|sum| sum.book == *book)
    }
}

/// An input that the rows of another book about the enterprise add up to: those of the year, or of a later one.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicySum {
    /// The book; one with a row a month counts only when no month is missing.
    pub book: BookId,
    /// The field that is added up.
    pub field: FieldId,
    /// What turns its unit into that of the input.
    pub factor: Decimal,
    /// So many years after the year of the row.
    pub later: i16,
}

/// Where a risk pool is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyPool {
    /// Enterprises entered (入库); the time of the book is the day.
    pub entries: BookId,
    /// What was lent.
    pub drawn: (FieldId, Decimal),
    /// The day an enterprise left.
    pub left: Option<FieldId>,
    /// Whether a loan is overdue.
    pub overdue: Option<FieldId>,
    /// Losses made good (代偿); the time of the book is the day.
    pub losses: BookId,
    /// How much was lost.
    pub loss: (FieldId, Decimal),
    /// How much of it came back (追偿).
    pub recovered: Option<(FieldId, Decimal)>,
}

/// Where repayments in parts stand: a book whose rows refer to those of the loans.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyRepayments {
    /// The book.
    pub book: BookId,
    /// Its reference to the loan.
    pub loan: FieldId,
    /// The day of a repayment.
    pub day: FieldId,
    /// Its amount.
    pub amount: FieldId,
    /// What turns the amount into 元.
    pub factor: Decimal,
}

/// What a formula asks of a row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Money lent, 元.
    Principal,
    /// The loan's rate, per cent a year.
    Rate,
    /// LPR of the day of the loan, per cent.
    Lpr,
    /// The base rate, per cent.
    Base,
    /// The day the loan was made.
    Made,
    /// The day money counts from: drawn, or paid to the supplier.
    From,
    /// The day it is due.
    Due,
    /// The day it was repaid.
    Repaid,
    /// Interest paid, 元.
    Interest,
    /// Other subsidies of the same loan, 元.
    Other,
    /// The number that is rewarded or priced.
    Value,
    /// The same of the year before; read from that year's rows where no field says it.
    Before,
    /// The same of two years before; read from that year's rows where no field says it.
    Earlier,
    /// Had before, 元.
    Received,
    /// 元 per unit, as the books say it.
    Price,
    /// Repayments in parts; never a field of its own.
    Repayments,
    /// Title, grade or class.
    Word,
}

impl Input {
    /// Whether it is a sum of money.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Principal | Self::Interest | Self::Other | Self::Received)
    }

    /// Whether it is a rate.
    pub const fn is_rate(self) -> bool {
        matches!(self, Self::Rate | Self::Lpr | Self::Base)
    }

    /// Whether it is a day.
    pub const fn is_day(self) -> bool {
        matches!(self, Self::Made | Self::From | Self::Due | Self::Repaid)
    }
}

/// A condition of a policy: its rule holds of the row, or the enterprise holds one of the qualifications.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// What it asks.
    pub title: String,
    /// Where the document says it.
    pub cites: String,
    /// Over a row of the policy's book.
    pub rule: Option<Expr>,
    /// Any of these held on the last day of the year.
    pub holds: Vec<QualificationId>,
}

/// What a check, or a row, gives a formula.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Given {
    /// Numbers: money in 元, rates in per cent.
    pub numbers: IndexMap<Input, Decimal>,
    /// Days.
    pub days: IndexMap<Input, Date>,
    /// The title, grade or class.
    pub word: Option<String>,
    /// Repayments in parts, by day.
    pub repayments: Vec<Repayment>,
}

/// A part of a loan that was repaid before the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Repayment {
    /// The day: interest of this part is not counted from it on.
    pub on: Date,
    /// How much, 元.
    pub amount: Decimal,
}

/// A worked check: what is given and the amount to the cent, or that there is none and why.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyCheck {
    /// What it shows.
    pub title: String,
    /// One enterprise: its loans, or its values.
    pub given: Vec<Given>,
    /// Interest is reckoned to this day.
    pub to: Option<Date>,
    /// The amount, 元; none with `unknown`.
    pub amount: Option<Decimal>,
    /// The amount cannot be known.
    pub unknown: bool,
    /// Where it stands in the file.
    pub at: Range<usize>,
}
