//! Combining: month and cumulative cells of a return, unit by unit – the one that is asked for where it is filled, else from
//! the other, and counted.
//!
//! A single month is the month's cell, else the cumulative less the one before. Months from January are the cumulative cell,
//! else the sum of all months. Other windows are the sum of all months, else the difference of two cumulatives. Where January
//! is not collected, February's month cell may hold one month or two, so months from January never add up.

use std::rc::Rc;

use model::definition::Book;
use model::expr::{Expr, Type};
use model::id::FieldId;
use model::period::{Month, Period, Window};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::pick::Span;
use super::plan::{Measure, Pair, Taken, What, summed};
use super::scan::Scan;
use super::{Engine, Scope, add_note};
use crate::column::{Numbers, index};
use crate::exact::Sum;
use crate::request::{BlankReason, FieldPath, Note};
use crate::table::Table;

/// A cell that a combined value was taken from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub row: u32,
    pub expr: &'a Expr,
    pub number: Decimal,
}

/// The cells of many combined values, one after another.
#[derive(Default)]
pub(super) struct Sources<'a> {
    all: Vec<Source<'a>>,
    ends: Vec<usize>,
}

impl<'a> Sources<'a> {
    /// The cells of one value.
    pub fn of(&self, i: usize) -> &[Source<'a>] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.all[start..self.ends[i]]
    }
}

impl<'a> Engine<'a> {
    pub(super) fn combine(
        &self,
        measure: &Measure<'a>,
        pair: Pair<'a>,
        period: Period,
        scope: &Rc<Scope>,
        mut notes: Vec<Note>,
    ) -> Result<Taken<'a>, BlankReason> {
        let expr = pair.month.or(pair.cumulative).ok_or(BlankReason::NoBase)?;
        let rule = Rule::new(measure.book, period);
        let span = if rule.before.is_some() {
            Span::Within(Period { window: Window::Ytd, ..period })
        } else {
            Span::Within(period)
        };
        let picked = self.pick(measure.table, measure.filter, &span, period, scope)?;
        let rows: Vec<u32> =
            picked.rows.iter().copied().filter(|r| rule.needs(measure.table.month_of_row(*r))).collect();
        let scan = Scan { engine: self, table: measure.table, period };
        let cells = Cells::read(&scan, pair, &rows);
        let found = rule.all(&cells, &self.units(measure.book, measure.table, &rows));
        add_note(&mut notes, Note::FromCumulative(found.differences));
        add_note(&mut notes, Note::FromMonths(found.months));
        add_note(&mut notes, Note::Empty(found.numbers.iter().filter(|n| n.is_none()).count()));
        let numbers = Rc::new(Numbers::from_decimals(&found.numbers));
        Ok(Taken {
            table: measure.table,
            period,
            rows: Rc::new(found.rows),
            what: What::Sum { numbers, expr, counts: false },
            sources: Some(found.sources),
            order: measure.order,
            notes,
        })
    }

    /// What each entry of a series continues: its key without the period, as a number.
    fn units(&self, book: &Book, table: &'a Table, rows: &[u32]) -> Vec<u32> {
        let own = |field: &FieldId| FieldPath { field: field.clone(), of: None, level: None };
        let fields = book.key.iter().filter(|k| Some(*k) != book.time.as_ref());
        let keys: Vec<_> = fields.filter_map(|f| self.keys(table, &own(f))).collect();
        if let [one] = keys.as_slice() {
            return rows.iter().map(|row| one.codes[*row as usize]).collect();
        }
        let mut known: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
        let mut unit = |row: &u32| {
            let key: Vec<u32> = keys.iter().map(|k| k.codes[*row as usize]).collect();
            let next = index(known.len());
            *known.entry(key).or_insert(next)
        };
        rows.iter().map(&mut unit).collect()
    }
}

/// The month and cumulative cells of some rows, in one unit.
struct Cells<'a> {
    pair: Pair<'a>,
    rows: Vec<u32>,
    months: Vec<i32>,
    month: Option<Numbers>,
    cumulative: Option<Numbers>,
}

impl<'a> Cells<'a> {
    fn read(scan: &Scan<'_, 'a>, pair: Pair<'a>, rows: &[u32]) -> Self {
        let read =
            |expr: Option<&'a Expr>| expr.and_then(summed).map(|argument| scan.numbers(argument, rows));
        let months = rows.iter().map(|r| scan.table.month_of_row(*r)).collect();
        let cumulative = read(pair.cumulative).map(|numbers| in_unit_of(pair, numbers));
        Self { pair, rows: rows.to_vec(), months, month: read(pair.month), cumulative }
    }

    /// The month's cell of a unit's places.
    fn month(&self, unit: &[Place], month: i32) -> Option<Source<'a>> {
        let i = place_of(unit, month)?;
        Some(Source { row: self.rows[i], expr: self.pair.month?, number: self.month.as_ref()?.at(i)? })
    }

    /// The cumulative cell of a unit's places.
    fn cumulative(&self, unit: &[Place], month: i32) -> Option<Source<'a>> {
        let i = place_of(unit, month)?;
        Some(Source {
            row: self.rows[i],
            expr: self.pair.cumulative?,
            number: self.cumulative.as_ref()?.at(i)?,
        })
    }
}

/// A unit, a month and the position of their row.
type Place = (u32, i32, usize);

fn place_of(unit: &[Place], month: i32) -> Option<usize> {
    unit.iter().find(|(_, m, _)| *m == month).map(|(_, _, i)| *i)
}

/// Cumulative numbers in the unit of the month's, should the two columns differ.
fn in_unit_of(pair: Pair<'_>, numbers: Numbers) -> Numbers {
    let factor = |expr: Option<&Expr>| match expr.map(|e| &e.kind) {
        Some(Type::Number { factor, literal: false, .. }) => Some(*factor),
        _ => None,
    };
    match (factor(pair.month), factor(pair.cumulative)) {
        (Some(month), Some(cumulative)) if month != cumulative => {
            let convert = |n: Decimal| n.checked_mul(cumulative)?.checked_div(month);
            Numbers::from_decimals(&(0..numbers.len()).map(|i| convert(numbers.at(i)?)).collect::<Vec<_>>())
        }
        _ => numbers,
    }
}

/// Which cells a window needs.
struct Rule {
    window: Window,
    /// The months of the window that are collected.
    due: Vec<i32>,
    /// The last collected month of the year before the window.
    before: Option<i32>,
    end: i32,
    months_add_up: bool,
}

/// What was found for all units, in the order of their rows.
#[derive(Default)]
struct Found<'a> {
    rows: Vec<u32>,
    numbers: Vec<Option<Decimal>>,
    sources: Sources<'a>,
    differences: usize,
    months: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Months,
    Cumulative,
    Difference,
    Missing,
}

impl Rule {
    fn new(book: &Book, period: Period) -> Self {
        let skips = &book.skips;
        let earlier_this_year = Period { end: period.start(), window: Window::Ytd }.months().rev().skip(1);
        let collected = |m: &Month| !skips.contains(&m.month());
        Self {
            window: period.window,
            due: period.months().filter(collected).map(Month::ordinal).collect(),
            before: earlier_this_year.into_iter().find(collected).map(Month::ordinal),
            end: period.end.ordinal(),
            months_add_up: !(period.start().month() == 1 && skips.contains(&1)),
        }
    }

    fn needs(&self, month: i32) -> bool {
        self.due.contains(&month) || self.before == Some(month)
    }

    /// Every unit that has reported the window's last month.
    fn all<'a>(&self, cells: &Cells<'a>, units: &[u32]) -> Found<'a> {
        let mut places: Vec<Place> = units
            .iter()
            .zip(&cells.months)
            .enumerate()
            .map(|(i, (unit, month))| (*unit, *month, i))
            .collect();
        places.sort_unstable();
        let mut by_row: Vec<(u32, &[Place])> = places
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|unit| Some((cells.rows[place_of(unit, self.end)?], unit)))
            .collect();
        by_row.sort_unstable_by_key(|(row, _)| *row);
        let mut found = Found::default();
        for (row, unit) in by_row {
            let how = self.one(cells, unit, &mut found.sources.all);
            let start = found.sources.ends.last().copied().unwrap_or(0);
            let own = &found.sources.all[start..];
            let sum = own.iter().fold(Sum::default(), |sum, s| sum.plus(Sum::from(s.number)));
            found.numbers.push(if how == How::Missing { None } else { sum.decimal() });
            found.sources.ends.push(found.sources.all.len());
            found.rows.push(row);
            found.differences += usize::from(how == How::Difference && self.window == Window::Month);
            found.months += usize::from(how == How::Months && self.starts_the_year());
        }
        found
    }

    fn starts_the_year(&self) -> bool {
        self.before.is_none() && self.window != Window::Month
    }

    fn one<'a>(&self, cells: &Cells<'a>, unit: &[Place], out: &mut Vec<Source<'a>>) -> How {
        let mut ways = [Self::by_months, Self::by_cumulative];
        if self.starts_the_year() {
            ways.reverse();
        }
        ways.iter().find_map(|way| way(self, cells, unit, out)).unwrap_or(How::Missing)
    }

    fn by_months<'a>(&self, cells: &Cells<'a>, unit: &[Place], out: &mut Vec<Source<'a>>) -> Option<How> {
        if !self.months_add_up || self.due.iter().any(|m| cells.month(unit, *m).is_none()) {
            return None;
        }
        out.extend(self.due.iter().filter_map(|m| cells.month(unit, *m)));
        Some(How::Months)
    }

    fn by_cumulative<'a>(&self, cells: &Cells<'a>, unit: &[Place], out: &mut Vec<Source<'a>>) -> Option<How> {
        let end = cells.cumulative(unit, self.end)?;
        let Some(before) = self.before else {
            out.push(end);
            return Some(How::Cumulative);
        };
        let before = cells.cumulative(unit, before)?;
        out.extend([end, Source { number: -before.number, ..before }]);
        Some(How::Difference)
    }
}
