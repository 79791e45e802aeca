//! `policies.toml`: the books of cases, budgets and payments.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{At, Loading, Text, YUAN};
use crate::definition::{Book, PolicyBooks, PolicyBudgets, PolicyGrades, PolicyPayments, PolicyStage};
use crate::id::FieldId;
use crate::wording::{diagnostic as say, policy as say_policy};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BooksFile {
    cases: RawCases,
    budgets: Option<RawBudgets>,
    payments: Option<RawPayments>,
    grades: Option<RawGrades>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGrades {
    book: Text,
    year: Text,
    grade: Text,
    price: Text,
    document: Text,
    policy: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPayments {
    book: Text,
    clause: Text,
    case: Text,
    amount: Text,
    dated: PolicyStage,
    year: Option<Text>,
    document: Option<Text>,
    returned: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCases {
    book: Text,
    number: Text,
    policy: Text,
    title: Text,
    year: Text,
    item: Text,
    amount: Text,
    basis: Text,
    remark: Text,
    decision: Option<Text>,
    confirm_within: Option<u16>,
    stages: IndexMap<Text, PolicyStage>,
    days: IndexMap<PolicyStage, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBudgets {
    book: Text,
    policy: Text,
    year: Text,
    amount: Text,
}

impl Loading {
    pub(super) fn policy_books(&mut self, at: At<'_>, raw: &BooksFile) -> Option<PolicyBooks> {
        let (of, budgets) = (&raw.cases, &raw.budgets);
        let book = self.about_enterprises(at, &of.book)?;
        let Some(case) = book.case.clone() else {
            self.report(at, of.book.span(), say_policy::no_cases(&book.title));
            return None;
        };
        for word in of.stages.keys() {
            if !case.states.contains(word.get_ref()) {
                let known: Vec<&str> = case.states.iter().map(String::as_str).collect();
                self.report(at, word.span(), say::unknown_word(word.get_ref(), &known));
            }
        }
        let needed =
            [PolicyStage::Proposed, PolicyStage::Applied, PolicyStage::Paid, PolicyStage::ClawedBack];
        for stage in needed {
            if !of.stages.values().any(|found| *found == stage) {
                self.report(at, of.book.span(), say_policy::stage_without_word());
            }
        }
        let mut days = IndexMap::new();
        for (stage, field) in &of.days {
            days.insert(*stage, self.day_field(at, &book, Some(field))?);
        }
        let budgets = match budgets {
            Some(raw) => Some(self.policy_budgets(at, raw)?),
            None => None,
        };
        let payments = match &raw.payments {
            Some(raw) => Some(self.policy_payments(at, &book, &days, raw)?),
            None => None,
        };
        let grades = match &raw.grades {
            Some(raw) => Some(self.policy_grades(at, raw)?),
            None => None,
        };
        let decision = match &of.decision {
            Some(name) => Some(self.field_name(at, &book, name)?),
            None => None,
        };
        Some(PolicyBooks {
            decision,
            payments,
            grades,
            confirm_within: of.confirm_within,
            number: self.field_name(at, &book, &of.number)?,
            policy: self.field_name(at, &book, &of.policy)?,
            title: self.field_name(at, &book, &of.title)?,
            year: self.field_name(at, &book, &of.year)?,
            item: self.field_name(at, &book, &of.item)?,
            amount: self.policy_money(at, &book, &of.amount)?,
            basis: self.field_name(at, &book, &of.basis)?,
            remark: self.field_name(at, &book, &of.remark)?,
            stages: of.stages.iter().map(|(word, stage)| (word.get_ref().clone(), *stage)).collect(),
            days,
            cases: book.id,
            budgets,
        })
    }

    fn policy_budgets(&mut self, at: At<'_>, raw: &RawBudgets) -> Option<PolicyBudgets> {
        let Some(book) = self.content.books.get(raw.book.get_ref().as_str()).cloned() else {
            let said = say::unknown_book(raw.book.get_ref(), &self.content.books);
            self.report(at, raw.book.span(), said);
            return None;
        };
        Some(PolicyBudgets {
            policy: self.field_name(at, &book, &raw.policy)?,
            year: self.field_name(at, &book, &raw.year)?,
            amount: self.policy_money(at, &book, &raw.amount)?,
            book: book.id,
        })
    }

    fn policy_grades(&mut self, at: At<'_>, raw: &RawGrades) -> Option<PolicyGrades> {
        let book = self.about_enterprises(at, &raw.book)?;
        Some(PolicyGrades {
            year: self.field_name(at, &book, &raw.year)?,
            grade: self.field_name(at, &book, &raw.grade)?,
            price: self.field_name(at, &book, &raw.price)?,
            document: self.field_name(at, &book, &raw.document)?,
            policy: raw.policy.clone(),
            book: book.id,
        })
    }

    /// The book of payments: dated by a day the cases have, referring to the case and to a register of clauses.
    fn policy_payments(
        &mut self,
        at: At<'_>,
        cases: &Book,
        days: &IndexMap<PolicyStage, FieldId>,
        raw: &RawPayments,
    ) -> Option<PolicyPayments> {
        let book = self.about_enterprises(at, &raw.book)?;
        if !days.contains_key(&raw.dated) || book.time.is_none() {
            self.report(at, raw.book.span(), say_policy::payment_without_day());
            return None;
        }
        let (clause, clauses) = self.policy_reference(at, &book, &raw.clause)?;
        let (case, refers_to) = self.policy_reference(at, &book, &raw.case)?;
        if refers_to != cases.id {
            let title = book.fields[&case].title.clone();
            self.report(at, raw.case.span(), say_policy::does_not_fit(&title));
            return None;
        }
        let amount = self.field_name(at, &book, &raw.amount)?;
        let factor = self.policy_factor(at, &book, &raw.amount, &amount, YUAN)?;
        let mut perhaps = |name: &Option<Text>| match name {
            Some(name) => self.field_name(at, &book, name).map(Some),
            None => Some(None),
        };
        Some(PolicyPayments {
            year: perhaps(&raw.year)?,
            document: perhaps(&raw.document)?,
            returned: perhaps(&raw.returned)?,
            factor: Decimal::ONE.checked_div(factor)?,
            dated: raw.dated,
            book: book.id.clone(),
            clause,
            clauses,
            case,
            amount,
        })
    }

    /// A field of money in 元, so that the cent has a place.
    fn policy_money(&mut self, at: At<'_>, book: &Book, name: &Text) -> Option<FieldId> {
        let id = self.field_name(at, book, name)?;
        if book.fields[&id].kind.unit().is_none_or(|unit| unit.as_str() != YUAN) {
            self.report(at, name.span(), say_policy::not_in_yuan(&book.fields[&id].title));
            return None;
        }
        Some(id)
    }
}
