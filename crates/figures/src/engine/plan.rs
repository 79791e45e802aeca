//! Plans: which rows and which expression give a figure's value in a period, and the numbers they hold.
//!
//! Series are read as the returns are kept: the cumulative column at the end of the window, the month's own column, or –
//! flagged – one from the other, unit by unit. January and February are one period where January is not collected.

use std::rc::Rc;

use model::definition::{Book, BookKind, Every, Figure, FigureRule, FigureTime};
use model::expr::{Aggregate, Expr, Node};
use model::id::FieldId;
use model::period::{Month, Period, Window};

use super::combine::Sources;
use super::pick::{Picked, Span};
use super::scan::Scan;
use super::{Engine, Scope, add_note};
use crate::column::Numbers;
use crate::request::{BlankReason, Note};
use crate::table::Table;

/// Which columns of a return are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Side {
    /// This period's.
    Current,
    /// The return's own columns for last year.
    OwnPrior,
}

/// The rows a value comes from.
pub(super) struct Taken<'a> {
    pub table: &'a Table,
    pub period: Period,
    /// The rows, one per entry or, where cells were combined, one per unit.
    pub rows: Rc<Vec<u32>>,
    pub what: What<'a>,
    /// Where cells were combined: for each row, the cells and their signs.
    pub sources: Option<Sources<'a>>,
    pub order: Option<&'a FieldId>,
    pub notes: Vec<Note>,
}

impl Taken<'_> {
    /// Whether every row has its number.
    pub fn is_filled(&self) -> bool {
        match &self.what {
            What::Sum { numbers, .. } => numbers.presence().is_empty(),
            What::Aggregate(_) => true,
        }
    }
}

/// Of the rows that count on a day, those that began last: the value in force.
fn latest(table: &Table, from: &FieldId, picked: &Picked) -> Picked {
    let begins = |row: &u32| table.column(from).and_then(|column| super::pick::days(column, *row));
    let last = picked.rows.iter().filter_map(begins).max();
    let rows = picked.rows.iter().copied().filter(|row| begins(row) == last).collect();
    Picked { rows: Rc::new(rows), undated: picked.undated }
}

/// What is done with the rows.
pub(super) enum What<'a> {
    /// Their numbers add up; `expr` says in which unit.
    Sum { numbers: Rc<Numbers>, expr: &'a Expr, counts: bool },
    /// Any other aggregate.
    Aggregate(&'a Expr),
}

/// The expressions of one side.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub month: Option<&'a Expr>,
    pub cumulative: Option<&'a Expr>,
}

enum Plan<'a> {
    Rows { span: Span, expr: &'a Expr },
    Combine { pair: Pair<'a> },
}

/// The argument of a plain sum.
pub(super) fn summed(expr: &Expr) -> Option<&Expr> {
    match &expr.node {
        Node::Aggregate(Aggregate::Sum, Some(argument)) => Some(argument),
        _ => None,
    }
}

/// The parts of a measure rule.
#[derive(Clone, Copy)]
pub(super) struct Measure<'a> {
    pub table: &'a Table,
    pub book: &'a Book,
    pub filter: Option<&'a Expr>,
    pub time: &'a FigureTime,
    pub order: Option<&'a FieldId>,
    current: Pair<'a>,
    prior: Pair<'a>,
}

impl<'a> Measure<'a> {
    /// Whether the returns carry their own column for last year.
    pub fn has_own_prior(&self) -> bool {
        self.prior.month.is_some() || self.prior.cumulative.is_some()
    }

    /// Whether the same subjects report period after period.
    pub fn is_series_of_subjects(&self) -> bool {
        self.book.kind == BookKind::Series && self.book.subject.is_some()
    }

    /// Whether a monthly window is read from its last month alone; `None` when cells must be combined.
    pub fn reads_end_only(&self, period: Period) -> Option<bool> {
        match (period.window, self.current.cumulative) {
            (Window::Month, _) => Some(true),
            (_, Some(_)) if period.start().month() == 1 => Some(true),
            (_, Some(_)) => None,
            (_, None) => Some(false),
        }
    }

    /// The expressions of a monthly window, now and for last year, where every cell is filled.
    pub fn at(&self, period: Period) -> Option<(&'a Expr, Option<&'a Expr>)> {
        let cumulative = self.reads_end_only(period)? && period.window != Window::Month;
        let of = |pair: Pair<'a>| if cumulative { pair.cumulative } else { pair.month };
        Some((of(self.current)?, of(self.prior)))
    }
}

impl<'a> Engine<'a> {
    pub(super) fn measure(&self, figure: &'a Figure) -> Result<Measure<'a>, BlankReason> {
        let FigureRule::Measure { book, measure, cumulative, prior, prior_cumulative, filter, time, order } =
            &figure.rule
        else {
            return Err(BlankReason::NotApplicable);
        };
        let (table, book) = self.table(book).ok_or(BlankReason::Unknown)?;
        Ok(Measure {
            table,
            book,
            filter: filter.as_ref(),
            time,
            order: order.as_ref(),
            current: Pair { month: Some(measure), cumulative: cumulative.as_ref() },
            prior: Pair { month: prior.as_ref(), cumulative: prior_cumulative.as_ref() },
        })
    }

    /// The rows and numbers of a measure in a period.
    pub(super) fn taken(
        &self,
        figure: &'a Figure,
        period: Period,
        side: Side,
        scope: &Rc<Scope>,
    ) -> Result<Rc<Taken<'a>>, BlankReason> {
        let key = (figure.id.clone(), period, side, scope.clone());
        if let Some(taken) = self.cache.taken.borrow().get(&key) {
            return taken.clone();
        }
        let taken = self.take(figure, period, side, scope).map(Rc::new);
        self.cache.taken.borrow_mut().insert(key, taken.clone());
        taken
    }

    fn take(
        &self,
        figure: &'a Figure,
        period: Period,
        side: Side,
        scope: &Rc<Scope>,
    ) -> Result<Taken<'a>, BlankReason> {
        let measure = self.measure(figure)?;
        if measure.table.is_empty() {
            return Err(BlankReason::NoEntries);
        }
        let mut notes = Vec::new();
        let plan = self.plan(&measure, period, side, scope, &mut notes)?;
        match plan {
            Plan::Combine { pair } => self.combine(&measure, pair, period, scope, notes),
            Plan::Rows { span, expr } => {
                let mut picked = self.pick(measure.table, measure.filter, &span, period, scope)?;
                add_note(&mut notes, Note::Undated(picked.undated));
                if let (Node::Aggregate(Aggregate::Only, _), Span::AsOf { from: Some(from), .. }) =
                    (&expr.node, &span)
                {
                    picked = Rc::new(latest(measure.table, from, &picked));
                }
                Ok(self.rows_taken(&measure, &picked, expr, period, notes))
            }
        }
    }

    fn rows_taken(
        &self,
        measure: &Measure<'a>,
        picked: &Picked,
        expr: &'a Expr,
        period: Period,
        mut notes: Vec<Note>,
    ) -> Taken<'a> {
        let scan = Scan { engine: self, table: measure.table, period };
        let rows = picked.rows.clone();
        let what = match &expr.node {
            Node::Aggregate(Aggregate::Sum, Some(argument)) => {
                let numbers = Rc::new(scan.numbers(argument, &rows));
                add_note(&mut notes, Note::Empty(rows.len() - numbers.count()));
                What::Sum { numbers, expr, counts: false }
            }
            Node::Aggregate(Aggregate::Count, None) => {
                let numbers = Rc::new(Numbers::from_small(0, vec![1; rows.len()], Vec::new()));
                What::Sum { numbers, expr, counts: true }
            }
            _ => What::Aggregate(expr),
        };
        Taken { table: measure.table, period, rows, what, sources: None, order: measure.order, notes }
    }

    fn plan(
        &self,
        measure: &Measure<'a>,
        period: Period,
        side: Side,
        scope: &Rc<Scope>,
        notes: &mut Vec<Note>,
    ) -> Result<Plan<'a>, BlankReason> {
        let pair = if side == Side::Current { measure.current } else { measure.prior };
        let own = pair.month.or(pair.cumulative).ok_or(BlankReason::NoBase)?;
        match (measure.time, measure.book.every) {
            (FigureTime::Always, _) => Ok(Plan::Rows { span: Span::All, expr: own }),
            (FigureTime::Stock { .. }, Some(every)) if measure.book.kind == BookKind::Series => {
                let found = self.stock_period(measure, every, period)?;
                if found.end != period.end {
                    add_note(notes, Note::TakenFrom(found));
                }
                Ok(Plan::Rows { span: Span::Exactly(found), expr: own })
            }
            (FigureTime::Stock { from, to }, _) => {
                let from = from.clone().or_else(|| measure.book.time.clone().filter(|_| to.is_none()));
                Ok(Plan::Rows {
                    span: Span::AsOf { from, to: to.clone(), day: period.last_day() },
                    expr: own,
                })
            }
            (FigureTime::Flow { date: None }, Some(every)) if measure.book.kind == BookKind::Series => {
                if every == Every::Month {
                    self.monthly(measure, pair, period, scope)
                } else {
                    self.longer(measure, pair, every, period)
                }
            }
            (FigureTime::Flow { date }, _) => {
                // What is known in advance (a plan for next year) counts as soon as it is entered.
                if measure.table.between(period.start(), period.end).is_empty() {
                    self.begun(period)?;
                }
                self.happened(measure, date.as_ref(), own, period, scope)
            }
        }
    }

    /// A window that lies wholly after today (or after the last reported month) is not due; its count is not zero.
    fn begun(&self, period: Period) -> Result<(), BlankReason> {
        let last = self.today.map(|d| Month::of(d).ordinal()).or(self.horizon);
        if last.is_some_and(|last| period.start().ordinal() > last) {
            Err(BlankReason::NotDue)
        } else {
            Ok(())
        }
    }

    fn happened(
        &self,
        measure: &Measure<'a>,
        date: Option<&FieldId>,
        own: &'a Expr,
        period: Period,
        scope: &Rc<Scope>,
    ) -> Result<Plan<'a>, BlankReason> {
        let span = match date {
            Some(field) if Some(field) != measure.book.time.as_ref() => Span::Dated(field.clone(), period),
            _ => {
                // A table of periods may hold the month and the cumulative months side by side; the same window wins.
                let exact = Span::Exactly(period);
                let periods = measure.table.time_periods().is_some();
                if periods
                    && !self.pick(measure.table, measure.filter, &exact, period, scope)?.rows.is_empty()
                {
                    exact
                } else {
                    Span::Within(period)
                }
            }
        };
        Ok(Plan::Rows { span, expr: own })
    }

    /// The last period of a series that has ended by the end of `period` and is collected.
    fn stock_period(
        &self,
        measure: &Measure<'a>,
        every: Every,
        period: Period,
    ) -> Result<Period, BlankReason> {
        let mut found = Period::containing(period.end, every.window());
        if found.end > period.end {
            found = found.previous().ok_or(BlankReason::NoEntries)?;
        }
        self.reported(measure, found)?;
        Ok(found)
    }

    /// Whether anybody has sent this period; if nobody has, why.
    fn reported(&self, measure: &Measure<'a>, period: Period) -> Result<(), BlankReason> {
        if !measure.table.between(period.end, period.end).is_empty() {
            return Ok(());
        }
        let due_day = measure.book.due_day.unwrap_or(28);
        let due =
            period.end.plus(1).first_day().saturating_add(jiff::Span::new().days(i32::from(due_day) - 1));
        let last = measure.table.span().map_or(i32::MIN, |(_, last)| last);
        let waiting = self.today.map_or(period.end.ordinal() > last, |today| today <= due);
        Err(if waiting { BlankReason::NotDue } else { BlankReason::NotSent })
    }

    fn monthly(
        &self,
        measure: &Measure<'a>,
        pair: Pair<'a>,
        period: Period,
        scope: &Rc<Scope>,
    ) -> Result<Plan<'a>, BlankReason> {
        let skips = &measure.book.skips;
        let month = period.end.month();
        let merged = skips.contains(&1) && month <= 2;
        if skips.contains(&month) || (period.window == Window::Month && merged) {
            return Err(BlankReason::NotCollected);
        }
        let end = Period::month(period.end);
        self.reported(measure, end)?;
        let from_january = period.start().month() == 1 && period.window != Window::Month;
        let sums = [pair.month, pair.cumulative].into_iter().flatten().all(|e| summed(e).is_some());
        match (pair.month, pair.cumulative) {
            (Some(expr), _) if period.window == Window::Month => {
                let whole = !sums
                    || pair.cumulative.is_none()
                    || self.is_filled(measure, expr, end, period, scope)?;
                Ok(if whole { Plan::Rows { span: Span::Exactly(end), expr } } else { Plan::Combine { pair } })
            }
            (_, Some(expr)) if from_january => {
                let whole = !sums || self.is_filled(measure, expr, end, period, scope)?;
                Ok(if whole { Plan::Rows { span: Span::Exactly(end), expr } } else { Plan::Combine { pair } })
            }
            (_, Some(_)) if sums => Ok(Plan::Combine { pair }),
            (Some(expr), _) => {
                // A month that nobody has sent would be missing from the sum.
                let collected = period.months().filter(|m| !skips.contains(&m.month()));
                collected.map(Period::month).try_for_each(|m| self.reported(measure, m))?;
                Ok(Plan::Rows { span: Span::Within(period), expr })
            }
            _ => Err(BlankReason::NoSuchWindow),
        }
    }

    /// Whether every picked row of a month has the summed cell.
    fn is_filled(
        &self,
        measure: &Measure<'a>,
        expr: &'a Expr,
        month: Period,
        period: Period,
        scope: &Rc<Scope>,
    ) -> Result<bool, BlankReason> {
        let Some(argument) = summed(expr) else { return Ok(true) };
        let picked = self.pick(measure.table, measure.filter, &Span::Exactly(month), period, scope)?;
        let scan = Scan { engine: self, table: measure.table, period };
        Ok(scan.numbers(argument, &picked.rows).presence().is_empty())
    }

    /// Quarterly, half-yearly and yearly returns.
    fn longer(
        &self,
        measure: &Measure<'a>,
        pair: Pair<'a>,
        every: Every,
        period: Period,
    ) -> Result<Plan<'a>, BlankReason> {
        let last = Period::containing(period.end, every.window());
        if last.end != period.end || last.start() < period.start() {
            return Err(BlankReason::NoSuchWindow);
        }
        self.reported(measure, last)?;
        let from_january = period.start().month() == 1 && last.start() != period.start();
        match (pair.month, pair.cumulative) {
            (_, Some(expr)) if from_january => Ok(Plan::Rows { span: Span::Exactly(last), expr }),
            (Some(expr), _) => {
                let earlier = std::iter::successors(Some(last), |p| p.previous());
                earlier
                    .take_while(|p| p.end >= period.start())
                    .try_for_each(|p| self.reported(measure, p))?;
                Ok(Plan::Rows { span: Span::Within(period), expr })
            }
            (None, Some(expr)) if last.start().month() == 1 => {
                Ok(Plan::Rows { span: Span::Exactly(last), expr })
            }
            _ => Err(BlankReason::NoSuchWindow),
        }
    }
}
