//! Ranks within a published table: highest first, equal values share the better rank (1-1-3), over unrounded values.

use std::rc::Rc;

use model::definition::{Figure, FigureRule, FigureTime};
use model::period::Period;
use rust_decimal::Decimal;

use super::answer::Answer;
use super::pick::Span;
use super::scan::Scan;
use super::{Engine, Scope};
use crate::column::index;
use crate::compare;
use crate::request::{BlankReason, Outcome};

/// The table a rank is read from.
pub(super) struct Standing {
    /// The rows that take part, with their values.
    pub rows: Vec<(u32, Decimal)>,
    /// Our position among them.
    pub own: usize,
}

impl<'a> Engine<'a> {
    pub(super) fn rank_answer(&self, figure: &'a Figure, period: Period, scope: &Rc<Scope>) -> Answer {
        let now = self.standing(figure, period, scope);
        let before = self.standing(figure, period.year_before(), scope);
        let rank = |standing: &Result<Standing, BlankReason>| match standing {
            Ok(standing) => Outcome::Number(Decimal::from(standing.rank())),
            Err(reason) => Outcome::Blank(*reason),
        };
        let value = rank(&now);
        let books = match &figure.rule {
            FigureRule::Rank { book, .. } => vec![book.clone()],
            _ => vec![],
        };
        Answer {
            comparable: value.clone(),
            value,
            prior: rank(&before),
            of: now.as_ref().ok().map(|s| index(s.rows.len())),
            entries: now.as_ref().map_or(0, |s| s.rows.len()),
            books,
            ..Answer::blank(BlankReason::NotApplicable)
        }
    }

    /// The table of a rank figure published for exactly this period.
    pub(super) fn standing(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
    ) -> Result<Standing, BlankReason> {
        let FigureRule::Rank { book, value, own, filter, time } = &figure.rule else {
            return Err(BlankReason::NotApplicable);
        };
        let (table, definition) = self.table(book).ok_or(BlankReason::Unknown)?;
        let span = match time {
            FigureTime::Always => Span::All,
            FigureTime::Stock { from, to } => {
                let from = from.clone().or_else(|| definition.time.clone());
                Span::AsOf { from, to: to.clone(), day: period.last_day() }
            }
            FigureTime::Flow { date: Some(date) } if Some(date) != definition.time.as_ref() => {
                Span::Dated(date.clone(), period)
            }
            FigureTime::Flow { .. } => Span::Exactly(period),
        };
        let picked = self.pick(table, filter.as_ref(), &span, period, scope)?;
        let scan = Scan { engine: self, table, period };
        let numbers = scan.numbers(value, &picked.rows);
        let owns = scan.truth(own, &picked.rows);
        let mut ours = (0..picked.rows.len()).filter(|i| owns[*i] == 1);
        let own = ours.next().ok_or(BlankReason::NoEntries)?;
        if ours.next().is_some() {
            return Err(BlankReason::Ambiguous);
        }
        numbers.at(own).ok_or(BlankReason::NotFilled)?;
        let rows: Vec<(u32, Decimal)> =
            (0..picked.rows.len()).filter_map(|i| Some((picked.rows[i], numbers.at(i)?))).collect();
        let own = rows.iter().position(|(row, _)| *row == picked.rows[own]).ok_or(BlankReason::NotFilled)?;
        Ok(Standing { rows, own })
    }
}

impl Standing {
    /// Our rank, from 1.
    pub(super) fn rank(&self) -> u32 {
        let values: Vec<Decimal> = self.rows.iter().map(|(_, value)| *value).collect();
        compare::ranks(&values)[self.own]
    }
}
