//! Where the data of a policy stand: inputs, sums over other books, repayments, pools – checked as to kinds, units and the law.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{At, Loading, PER_CENT, Text, YUAN};
use crate::definition::{
    Book, FieldKind, Formula, Input, PolicyData, PolicyPool, PolicyRepayments, PolicySum,
};
use crate::id::{BookId, FieldId};
use crate::wording::{diagnostic as say, policy as say_policy};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawData {
    pub book: Text,
    keep: Option<Text>,
    fields: IndexMap<Input, Text>,
    #[serde(default)]
    sums: IndexMap<Input, RawSum>,
    repayments: Option<RawRepayments>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSum {
    book: Text,
    field: Text,
    #[serde(default)]
    later: i16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRepayments {
    book: Text,
    loan: Text,
    day: Text,
    amount: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPool {
    entries: Text,
    drawn: Text,
    left: Option<Text>,
    overdue: Option<Text>,
    losses: Text,
    loss: Text,
    recovered: Option<Text>,
}

impl Loading {
    pub(super) fn policy_data(
        &mut self,
        at: At<'_>,
        book: &Book,
        raw: &RawData,
        formula: &Formula,
    ) -> Option<PolicyData> {
        self.policy_lawful(at, book, &raw.book)?;
        let keep = match &raw.keep {
            Some(text) => Some(self.condition(at, &book.id, text, false)?),
            None => None,
        };
        let mut fields = IndexMap::new();
        for (input, name) in &raw.fields {
            let id = self.field_name(at, book, name)?;
            let factor = self.policy_input(at, book, name, *input, formula)?;
            fields.insert(*input, (id, factor));
        }
        let mut sums = IndexMap::new();
        for (input, sum) in &raw.sums {
            let of = self.about_enterprises(at, &sum.book)?;
            self.policy_lawful(at, &of, &sum.book)?;
            let field = self.field_name(at, &of, &sum.field)?;
            let factor = self.policy_input(at, &of, &sum.field, *input, formula)?;
            if of.time.is_none() || !of.fields[&field].kind.is_number() {
                self.report(at, sum.field.span(), say_policy::does_not_fit(&of.fields[&field].title));
                return None;
            }
            sums.insert(*input, PolicySum { book: of.id, field, factor, later: sum.later });
        }
        let repayments = match &raw.repayments {
            Some(raw) => Some(self.policy_repayments(at, book, raw)?),
            None => None,
        };
        Some(PolicyData { book: book.id.clone(), keep, fields, sums, repayments })
    }

    /// Statistics law: returns of the statistics system decide about nobody's money.
    fn policy_lawful(&mut self, at: At<'_>, book: &Book, name: &Text) -> Option<()> {
        if book.statistics_confidential {
            self.report(at, name.span(), say_policy::confidential(&book.title));
            return None;
        }
        Some(())
    }

    /// What turns a field into an input, where it can say it at all.
    fn policy_input(
        &mut self,
        at: At<'_>,
        book: &Book,
        name: &Text,
        input: Input,
        formula: &Formula,
    ) -> Option<Decimal> {
        let id = self.field_name(at, book, name)?;
        let field = &book.fields[&id];
        let priced = match formula {
            Formula::Price { unit, .. } => unit.as_deref(),
            _ => None,
        };
        let per = priced.map(|unit| format!("{YUAN}/{unit}"));
        let wanted = match input {
            _ if input.is_money() => Some(YUAN),
            _ if input.is_rate() => Some(PER_CENT),
            Input::Value => priced,
            Input::Price => per.as_deref(),
            _ => None,
        };
        let fits = match input {
            Input::Word => !field.kind.is_number() && field.kind != FieldKind::Date,
            Input::Repayments => false,
            _ if input.is_day() => field.kind == FieldKind::Date,
            _ => field.kind.is_number(),
        };
        if !fits || (input == Input::Price && wanted.is_none()) {
            self.report(at, name.span(), say_policy::does_not_fit(&field.title));
            return None;
        }
        match wanted {
            Some(wanted) => self.policy_factor(at, book, name, &id, wanted),
            None => Some(Decimal::ONE),
        }
    }

    /// Repayments refer to the loans.
    fn policy_repayments(
        &mut self,
        at: At<'_>,
        loans: &Book,
        raw: &RawRepayments,
    ) -> Option<PolicyRepayments> {
        let Some(book) = self.content.books.get(raw.book.get_ref().as_str()).cloned() else {
            let said = say::unknown_book(raw.book.get_ref(), &self.content.books);
            self.report(at, raw.book.span(), said);
            return None;
        };
        let (loan, to) = self.policy_reference(at, &book, &raw.loan)?;
        if to != loans.id {
            self.report(at, raw.loan.span(), say_policy::does_not_fit(&book.fields[&loan].title));
            return None;
        }
        let amount = self.field_name(at, &book, &raw.amount)?;
        let factor = self.policy_factor(at, &book, &raw.amount, &amount, YUAN)?;
        let day = self.day_field(at, &book, Some(&raw.day))?;
        Some(PolicyRepayments { book: book.id.clone(), loan, day, amount, factor })
    }

    /// A field that refers to entries of a book, and the book.
    pub(super) fn policy_reference(
        &mut self,
        at: At<'_>,
        book: &Book,
        name: &Text,
    ) -> Option<(FieldId, BookId)> {
        let id = self.field_name(at, book, name)?;
        if let FieldKind::Reference { book: to } = &book.fields[&id].kind {
            return Some((id, to.clone()));
        }
        let title = book.fields[&id].title.clone();
        self.report(at, name.span(), say_policy::does_not_fit(&title));
        None
    }

    /// What turns the unit of a field into another.
    pub(super) fn policy_factor(
        &mut self,
        at: At<'_>,
        book: &Book,
        name: &Text,
        field: &FieldId,
        wanted: &str,
    ) -> Option<Decimal> {
        let field = &book.fields[field];
        let from = field.kind.unit().and_then(|unit| self.content.units.get(unit.as_str()));
        let both = from.zip(self.content.units.get(wanted)).filter(|(a, b)| a.dimension == b.dimension);
        let Some((from, to)) = both.filter(|_| field.kind.is_number()) else {
            self.report(at, name.span(), say_policy::does_not_fit(&field.title));
            return None;
        };
        Some((from.factor / to.factor).normalize())
    }

    /// The books of a pool's entries and losses, both about enterprises and dated.
    pub(super) fn policy_pool(&mut self, at: At<'_>, raw: &RawPool) -> Option<PolicyPool> {
        let (entries, losses) =
            (self.about_enterprises(at, &raw.entries)?, self.about_enterprises(at, &raw.losses)?);
        for (book, name) in [(&entries, &raw.entries), (&losses, &raw.losses)] {
            if book.time.is_none() {
                self.report(at, name.span(), say::missing_key("time"));
                return None;
            }
        }
        let drawn = self.policy_sum_of_money(at, &entries, &raw.drawn)?;
        let loss = self.policy_sum_of_money(at, &losses, &raw.loss)?;
        let recovered = match &raw.recovered {
            Some(name) => Some(self.policy_sum_of_money(at, &losses, name)?),
            None => None,
        };
        let overdue = match &raw.overdue {
            Some(name) => Some(self.field_name(at, &entries, name)?),
            None => None,
        };
        let left = self.day_field(at, &entries, raw.left.as_ref());
        Some(PolicyPool { entries: entries.id, drawn, left, overdue, losses: losses.id, loss, recovered })
    }

    /// A field of money, with what turns it into 元.
    fn policy_sum_of_money(&mut self, at: At<'_>, book: &Book, name: &Text) -> Option<(FieldId, Decimal)> {
        let id = self.field_name(at, book, name)?;
        let factor = self.policy_factor(at, book, name, &id, YUAN)?;
        Some((id, factor))
    }
}
