//! Fused requests: plain sums over the same rows of one book are added up together, before any of them is answered.
//!
//! Only the common shape is fused – a sum of one column of a monthly series with the returns' own prior column, every cell
//! filled, a filter over few values. Every other request, and any with an empty cell, takes the ordinary path, which gives
//! the same value; fusing never changes an answer.

use std::ops::Range;
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use model::definition::{BookKind, Comparison, Every, Figure, FigureTime};
use model::expr::eval;
use model::expr::{Expr, Node};
use model::id::{BookId, FieldId, FigureId};
use model::period::{Month, Period, Window};

use super::answer::Answer;
use super::keys::Keys;
use super::plan::{Measure, summed};
use super::scan::Scan;
use super::{Engine, Scope};
use crate::bulk::{FusedSum, FusedSums, GroupKey};
use crate::column::{Column, Numbers};
use crate::request::{BlankReason, ComparisonUsed, FieldPath, Outcome, Request};
use crate::table::Table;

/// A key column with more values than this is not worth grouping by.
const MOST_WORDS: usize = 4096;

pub(super) type TotalKey = (FigureId, Period);

/// The sums of one figure in one period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    rows: u64,
    current: FusedSum,
    prior: Option<FusedSum>,
}

/// A request that can be fused.
struct Candidate<'a> {
    figure: &'a Figure,
    period: Period,
    table: &'a Table,
    rows: Range<u32>,
    filter: Option<&'a Expr>,
    current: (&'a FieldId, &'a Numbers),
    prior: Option<(&'a FieldId, &'a Numbers)>,
    keys: Vec<FieldPath>,
}

impl<'a> Engine<'a> {
    /// Adds up what many requests have in common.
    pub(super) fn add_up(&self, requests: &[Request]) {
        let mut buckets: IndexMap<(BookId, Range<u32>), Vec<Candidate<'a>>> = IndexMap::new();
        for request in requests {
            if let Some(candidate) = self.candidate(request) {
                let key = (candidate.table.book().clone(), candidate.rows.clone());
                buckets.entry(key).or_default().push(candidate);
            }
        }
        for bucket in buckets.values().filter(|b| b.len() > 1) {
            self.add_up_bucket(bucket);
        }
    }

    fn add_up_bucket(&self, bucket: &[Candidate<'a>]) {
        let table = bucket[0].table;
        let rows = bucket[0].rows.start as usize..bucket[0].rows.end as usize;
        let paths: IndexSet<&FieldPath> = bucket.iter().flat_map(|c| &c.keys).collect();
        let mut columns: IndexMap<&FieldId, &Numbers> = IndexMap::new();
        for candidate in bucket {
            columns.extend([candidate.current].into_iter().chain(candidate.prior));
        }
        let keys: Vec<Rc<Keys>> = paths.iter().filter_map(|p| self.keys(table, p)).collect();
        let grouped: Vec<GroupKey<'_>> = keys.iter().map(|k| GroupKey::Codes(&k.codes)).collect();
        let numbers: Vec<&Numbers> = columns.values().copied().collect();
        let Some(sums) = FusedSums::new(&grouped, &numbers, rows) else { return };
        let sizes = sums.grouping().sizes();
        for candidate in bucket {
            let scan = Scan { engine: self, table, period: candidate.period };
            let kept = sums.keep(|row| {
                candidate
                    .filter
                    .is_none_or(|f| eval::truth(f, &scan.row(crate::column::index(row))) == Some(true))
            });
            let sum = |field: &FieldId| sums.sum(columns.get_index_of(field).unwrap_or(0), &kept);
            let total = Total {
                rows: sizes.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(n, _)| n).sum(),
                current: sum(candidate.current.0),
                prior: candidate.prior.map(|(field, _)| sum(field)),
            };
            self.cache.totals.borrow_mut().insert((candidate.figure.id.clone(), candidate.period), total);
        }
    }

    fn candidate(&self, request: &Request) -> Option<Candidate<'a>> {
        if request.by.is_some() || !request.only.is_empty() || !request.exclude.is_empty() {
            return None;
        }
        let figure = self.content.figures.get(&request.figure)?;
        let measure = self.measure(figure).ok()?;
        let fits = measure.book.kind == BookKind::Series
            && measure.book.every == Some(Every::Month)
            && matches!(measure.time, FigureTime::Flow { date: None })
            && (self.reader.may_see_confidential || !measure.book.statistics_confidential);
        if !fits {
            return None;
        }
        let period = self.period_of(figure, request);
        let rows = fused_rows(&measure, period)?;
        let (now, before) = measure.at(period)?;
        let numbers = |expr: &'a Expr| match &summed(expr)?.node {
            Node::Field(field) => match measure.table.column(field)? {
                Column::Number(numbers) => Some((field, numbers)),
                _ => None,
            },
            _ => None,
        };
        let prior = match figure.compare {
            Comparison::None => None,
            Comparison::Comparable => Some(numbers(before?)?),
            Comparison::All => return None,
        };
        let keys = measure.filter.map_or(Some(vec![]), |f| self.few_keys(measure.table, f))?;
        let (table, filter) = (measure.table, measure.filter);
        Some(Candidate { figure, period, table, rows, filter, current: numbers(now)?, prior, keys })
    }

    /// The fields a filter reads, if each has few values.
    fn few_keys(&self, table: &'a Table, filter: &Expr) -> Option<Vec<FieldPath>> {
        let mut paths: Vec<FieldPath> = Vec::new();
        let mut few = true;
        filter.walk(&mut |e| {
            let path = match &e.node {
                Node::Field(field) => FieldPath { field: field.clone(), of: None, level: None },
                Node::Through { reference, field, .. } => {
                    FieldPath { field: reference.clone(), of: Some(field.clone()), level: None }
                }
                Node::Previous(_) | Node::Claim(_) | Node::Aggregate(..) => {
                    few = false;
                    return;
                }
                _ => return,
            };
            few &= !matches!(
                table.column(&path.field),
                Some(Column::Number(_) | Column::Date(_) | Column::Entries(_)) | None
            );
            paths.push(path);
        });
        let small = |path: &FieldPath| self.keys(table, path).is_some_and(|k| k.words.len() <= MOST_WORDS);
        (few && paths.iter().all(small)).then_some(paths)
    }

    /// The answer of a fused request, if it was fused and every cell was filled.
    pub(super) fn fused_answer(&self, figure: &'a Figure, period: Period, scope: &Scope) -> Option<Answer> {
        if !scope.is_empty() {
            return None;
        }
        let total = *self.cache.totals.borrow().get(&(figure.id.clone(), period))?;
        let filled = |sum: FusedSum| sum.count == total.rows && total.rows > 0;
        if !filled(total.current) || !total.prior.is_none_or(filled) {
            return None;
        }
        let measure = self.measure(figure).ok()?;
        let (now, before) = measure.at(period)?;
        let outcome = |expr: &Expr, sum: FusedSum| {
            sum.sum
                .decimal()
                .map_or(Outcome::Blank(BlankReason::TooLarge), |n| self.in_unit(figure, &expr.kind, n))
        };
        let value = outcome(now, total.current);
        let prior = total.prior.zip(before).map(|(sum, expr)| outcome(expr, sum));
        Some(Answer {
            comparable: value.clone(),
            value,
            used: if prior.is_some() { ComparisonUsed::OwnPrior } else { ComparisonUsed::None },
            prior: prior.unwrap_or(Outcome::Blank(BlankReason::NotComparable)),
            entries: usize::try_from(total.rows).unwrap_or(usize::MAX),
            books: vec![measure.book.id.clone()],
            ..Answer::blank(BlankReason::NotComparable)
        })
    }
}

/// The rows a window reads, when they are one range of single months that has been reported.
fn fused_rows(measure: &Measure<'_>, period: Period) -> Option<Range<u32>> {
    let skips = &measure.book.skips;
    let month = period.end.month();
    if skips.contains(&month) || (period.window == Window::Month && skips.contains(&1) && month <= 2) {
        return None;
    }
    let first = if measure.reads_end_only(period)? { period.end } else { period.start() };
    let rows = measure.table.between(first, period.end);
    let single = |row: u32| measure.table.time_periods().is_none_or(|own| own[row as usize] % 8 == 0);
    let collected = |month: &Month| !skips.contains(&month.month());
    let mut months = period.months().filter(|m| *m >= first).filter(collected);
    let whole = months.all(|m| !measure.table.between(m, m).is_empty());
    (whole && rows.clone().all(single)).then_some(rows)
}
