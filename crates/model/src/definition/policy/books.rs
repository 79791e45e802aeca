//! Where cases of policies are kept, how far they have come, and the books beside them: budgets, payments, grades.
//!
//! Deliberately absent: what moves a case on (`app::policies`).

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::{BookId, FieldId};

/// How far a case of a policy has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyStage {
    /// Found by the program and not yet seen by anybody (匹配): binds no money.
    Matched,
    /// Proposed from data and confirmed by a person (拟兑现).
    Proposed,
    /// Applied for (申报).
    Applied,
    /// Reviewed (审核通过).
    Reviewed,
    /// Public (公示).
    Publicised,
    /// Decided (下达).
    Approved,
    /// Paid (兑付).
    Paid,
    /// Refused (不予兑现).
    Rejected,
    /// Withdrawn by the enterprise (撤回).
    Withdrawn,
    /// Taken back (追回).
    ClawedBack,
}

impl PolicyStage {
    /// Whether money is bound or paid.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Matched | Self::Rejected | Self::Withdrawn | Self::ClawedBack)
    }

    /// Where a case may go from here, in the order of the work.
    pub const fn next(self) -> &'static [Self] {
        match self {
            // Confirming it is more than moving it on: the amount must still be so.
            Self::Matched => &[Self::Rejected],
            Self::Proposed | Self::Applied => &[Self::Reviewed, Self::Rejected, Self::Withdrawn],
            Self::Reviewed => &[Self::Publicised, Self::Rejected, Self::Withdrawn],
            Self::Publicised => &[Self::Approved, Self::Rejected, Self::Withdrawn],
            Self::Approved => &[Self::Paid, Self::Rejected],
            Self::Paid => &[Self::ClawedBack],
            Self::Rejected | Self::Withdrawn | Self::ClawedBack => &[],
        }
    }
}

/// The case book of policies, and the book of payments.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyBooks {
    /// The case book; its subject is the enterprise.
    pub cases: BookId,
    /// The number of a case.
    pub number: FieldId,
    /// The policy's id.
    pub policy: FieldId,
    /// The policy's title, for people.
    pub title: FieldId,
    /// The year it is for.
    pub year: FieldId,
    /// What it is for beside the year: the loan.
    pub item: FieldId,
    /// The amount.
    pub amount: FieldId,
    /// How it was reckoned, in words.
    pub basis: FieldId,
    /// The words of the stages.
    pub stages: IndexMap<String, PolicyStage>,
    /// The day each stage was reached.
    pub days: IndexMap<PolicyStage, FieldId>,
    /// Why refused, withdrawn, taken back; account and voucher of a payment.
    pub remark: FieldId,
    /// The document by which it was decided.
    pub decision: Option<FieldId>,
    /// Money set aside.
    pub budgets: Option<PolicyBudgets>,
    /// Money paid.
    pub payments: Option<PolicyPayments>,
    /// Grades of evaluations with what they cost.
    pub grades: Option<PolicyGrades>,
    /// Working days a person has to look at what was matched.
    pub confirm_within: Option<u16>,
}

/// The book of grades and prices by enterprise and year, filled from published evaluations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyGrades {
    /// The book; its subject is the enterprise.
    pub book: BookId,
    /// The year of the evaluation.
    pub year: FieldId,
    /// The grade.
    pub grade: FieldId,
    /// 元 per unit.
    pub price: FieldId,
    /// The document of the price.
    pub document: FieldId,
    /// The policy in the book of rates whose rates are taken.
    pub policy: String,
}

/// The book of payments: a case that is paid writes its row there in the same revision, and refers to itself.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyPayments {
    /// The book; its subject is the enterprise.
    pub book: BookId,
    /// The clause it is booked under: a reference.
    pub clause: FieldId,
    /// The register of clauses.
    pub clauses: BookId,
    /// The case: a reference.
    pub case: FieldId,
    /// The amount.
    pub amount: FieldId,
    /// What turns 元 into its unit.
    pub factor: Decimal,
    /// The day of a case that is its day.
    pub dated: PolicyStage,
    /// The year the money is for.
    pub year: Option<FieldId>,
    /// The document.
    pub document: Option<FieldId>,
    /// Whether it was taken back.
    pub returned: Option<FieldId>,
}

/// The book of money set aside by policy and year.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyBudgets {
    /// The book.
    pub book: BookId,
    /// The policy's id.
    pub policy: FieldId,
    /// The year.
    pub year: FieldId,
    /// The money.
    pub amount: FieldId,
}
