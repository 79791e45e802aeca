//! Picking: the rows of a table that a time, a filter and a scope leave.

use std::rc::Rc;

use jiff::civil::Date;
use model::expr::Expr;
use model::id::{BookId, FieldId};
use model::period::{Month, Period};
use model::value::Value;
use rustc_hash::FxHashSet;

use super::scan::Scan;
use super::{Engine, Scope};
use crate::column::{Column, day_of, index, period_number, period_of};
use crate::describe;
use crate::request::BlankReason;
use crate::table::Table;

/// Which time an entry must have.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Span {
    /// Any.
    All,
    /// The book's own time lies within the period.
    Within(Period),
    /// The book's own period is exactly this one.
    Exactly(Period),
    /// Another date field lies within the period.
    Dated(FieldId, Period),
    /// It counts on this day: begun, and not ended.
    AsOf { from: Option<FieldId>, to: Option<FieldId>, day: Date },
}

pub(super) type PickKey = (BookId, Option<u32>, Span, Period, Rc<Scope>);

/// The rows that are left.
#[derive(Debug, Default)]
pub(super) struct Picked {
    pub rows: Rc<Vec<u32>>,
    /// Rows left out because the date that places them is missing.
    pub undated: usize,
}

impl<'a> Engine<'a> {
    /// The rows that time, filter and scope leave, in table order.
    pub(super) fn pick(
        &self,
        table: &'a Table,
        filter: Option<&'a Expr>,
        span: &Span,
        period: Period,
        scope: &Rc<Scope>,
    ) -> Result<Rc<Picked>, BlankReason> {
        let key =
            (table.book().clone(), filter.map(|f| self.condition(f)), span.clone(), period, scope.clone());
        if let Some(picked) = self.cache.picked.borrow().get(&key) {
            return picked.clone();
        }
        let picked = self.make_pick(table, filter, span, period, scope).map(Rc::new);
        self.cache.picked.borrow_mut().insert(key, picked.clone());
        picked
    }

    fn make_pick(
        &self,
        table: &'a Table,
        filter: Option<&'a Expr>,
        span: &Span,
        period: Period,
        scope: &Scope,
    ) -> Result<Picked, BlankReason> {
        let (mut rows, undated) = in_span(table, span);
        if let Some(filter) = filter {
            Scan { engine: self, table, period }.keep(filter, &mut rows);
        }
        if !scope.is_empty() {
            self.keep_scope(table, scope, &mut rows)?;
        }
        Ok(Picked { rows: Rc::new(rows), undated })
    }

    /// The number of a condition; equal conditions share it.
    pub(super) fn condition(&self, expr: &'a Expr) -> u32 {
        if let Some(id) = self.cache.conditions.borrow().get(&std::ptr::from_ref(expr)) {
            return *id;
        }
        let mut texts = self.cache.condition_texts.borrow_mut();
        let next = index(texts.len());
        let id = *texts.entry(describe::expression(expr)).or_insert(next);
        self.cache.conditions.borrow_mut().insert(std::ptr::from_ref(expr), id);
        id
    }

    fn keep_scope(&self, table: &'a Table, scope: &Scope, rows: &mut Vec<u32>) -> Result<(), BlankReason> {
        for (path, text) in &scope.only {
            let keys = self.keys(table, path).ok_or(BlankReason::NotApplicable)?;
            let below = format!("{text}/");
            let allowed: Vec<bool> = (0..index(keys.words.len()))
                .map(|code| self.key_name(&keys, code))
                .map(|name| name == *text || name.starts_with(&below))
                .collect();
            rows.retain(|r| allowed.get(keys.codes[*r as usize] as usize).copied().unwrap_or(false));
        }
        let mut books: Vec<&BookId> = scope.without.iter().map(|(book, _)| book).collect();
        books.dedup();
        for book in books {
            let own = self.book(table.book()).ok_or(BlankReason::Unknown)?;
            let path = self.path_to(own, book).ok_or(BlankReason::NotApplicable)?;
            let keys = self.keys(table, &path).ok_or(BlankReason::NotApplicable)?;
            let out: FxHashSet<_> =
                scope.without.iter().filter(|(b, _)| b == book).map(|(_, e)| *e).collect();
            rows.retain(|r| keys.entry(keys.codes[*r as usize]).is_none_or(|e| !out.contains(&e)));
        }
        Ok(())
    }
}

/// The rows whose time fits, and how many have none.
fn in_span(table: &Table, span: &Span) -> (Vec<u32>, usize) {
    match span {
        Span::All => (table.rows().collect(), 0),
        Span::Within(period) => {
            let rows = table.between(period.start(), period.end);
            match table.time_periods() {
                Some(own) => (rows.filter(|r| begins_within(own[*r as usize], *period)).collect(), 0),
                None => (rows.collect(), 0),
            }
        }
        Span::Exactly(period) => {
            let (rows, wanted) = (table.between(period.end, period.end), period_number(*period));
            match table.time_periods() {
                Some(own) => (rows.filter(|r| own[*r as usize] == wanted).collect(), 0),
                None => (rows.collect(), 0),
            }
        }
        Span::Dated(field, period) => dated(table, field, *period),
        Span::AsOf { from, to, day } => as_of(table, from.as_ref(), to.as_ref(), *day),
    }
}

/// Whether a period that ends within `period` also begins there; single months always do.
fn begins_within(own: i32, period: Period) -> bool {
    own % 8 == 0 || period_of(own).is_some_and(|own| own.start() >= period.start())
}

fn dated(table: &Table, field: &FieldId, period: Period) -> (Vec<u32>, usize) {
    let mut undated = 0;
    let mut rows = Vec::new();
    for row in table.rows() {
        match table.value(row, field) {
            Some(Value::Date(date)) if period.contains(Month::of(date)) => rows.push(row),
            Some(Value::Period(own)) if own.start() >= period.start() && own.end <= period.end => {
                rows.push(row);
            }
            Some(_) => {}
            None => undated += 1,
        }
    }
    (rows, undated)
}

/// The first and last day a cell speaks of.
pub(super) fn days(column: &Column, row: u32) -> Option<(Date, Date)> {
    let r = row as usize;
    match column {
        Column::Date(days) if days[r] != i32::MIN => Some((day_of(days[r]), day_of(days[r]))),
        Column::Period(periods) if periods[r] != i32::MIN => {
            period_of(periods[r]).map(|p| (p.first_day(), p.last_day()))
        }
        _ => None,
    }
}

fn as_of(table: &Table, from: Option<&FieldId>, to: Option<&FieldId>, day: Date) -> (Vec<u32>, usize) {
    let from = from.and_then(|f| table.column(f));
    let to = to.and_then(|f| table.column(f));
    let mut undated = 0;
    let mut rows = Vec::new();
    for row in table.rows() {
        let begun = match from {
            None => true,
            Some(column) => {
                let begins = days(column, row);
                undated += usize::from(begins.is_none());
                begins.is_some_and(|(first, _)| first <= day)
            }
        };
        let ended = to.and_then(|column| days(column, row)).is_some_and(|(_, last)| last < day);
        if begun && !ended {
            rows.push(row);
        }
    }
    (rows, undated)
}
