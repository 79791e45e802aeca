//! Facts as a dense array: indicator × month × subject. Growth, pull and rank of every subject in every month of a year, and
//! the headline of one month, in one pass each.
//!
//! Deliberately absent: definitions and provenance; the array is made from columns of a snapshot and thrown away.

use std::ops::Range;

use model::id::FieldId;
use rust_decimal::Decimal;

use crate::column::{Column, Digits, NONE, index};
use crate::compare::{self, Growth};
use crate::exact::{Sum, rescale};
use crate::request::BlankReason;
use crate::table::Table;

/// No number.
const MISSING: i64 = i64::MIN;
/// Growth and pull are whole billionths.
const BILLION: i64 = 1_000_000_000;
/// The largest fact: sums of a subject's year stay within 64 bits.
const LARGEST: u64 = 1 << 58;

/// Numbers by indicator, month and subject.
#[derive(Clone, Debug)]
pub struct Facts {
    indicators: usize,
    subjects: usize,
    first: i32,
    months: usize,
    scale: u32,
    steps: Vec<i64>,
    present: Vec<u8>,
}

/// One subject, indicator and month of a cohort.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CohortRow {
    /// Which subject.
    pub subject: u32,
    /// Which indicator.
    pub indicator: u32,
    /// The month, 1–12.
    pub month: u32,
    /// Its place among all subjects by `cumulative`, largest first, ties sharing the better rank.
    pub rank: u32,
    /// January to the month, in steps of the facts' scale.
    pub cumulative: i64,
    prior: i64,
    growth: i64,
    pull: i64,
}

impl CohortRow {
    /// The same months a year before; `None` when the subject has no fact for that month.
    pub fn prior(&self) -> Option<i64> {
        (self.prior != MISSING).then_some(self.prior)
    }

    /// Growth in billionths; `None` without a positive base.
    pub fn growth(&self) -> Option<i64> {
        (self.growth != MISSING).then_some(self.growth)
    }

    /// Its change in billionths of the base of all comparable subjects.
    pub fn pull(&self) -> Option<i64> {
        (self.pull != MISSING).then_some(self.pull)
    }
}

/// All rows of a year.
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    parts: Vec<Vec<CohortRow>>,
}

impl Cohort {
    /// The rows, by indicator, then month.
    pub fn rows(&self) -> impl Iterator<Item = &CohortRow> {
        self.parts.iter().flatten()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One indicator's cumulative months in one month, in steps of the facts' scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Headline {
    /// Which indicator.
    pub indicator: u32,
    /// All subjects now.
    pub current: i128,
    /// All subjects a year before.
    pub prior: i128,
    /// The subjects with facts in both years, now.
    pub comparable: i128,
    /// The same a year before.
    pub comparable_prior: i128,
    /// Without the largest of the year before, now.
    pub without_top: i128,
    /// The same a year before.
    pub without_top_prior: i128,
}

impl Headline {
    /// Growth of two of its numbers.
    pub fn growth(base: i128, current: i128) -> Result<Growth, BlankReason> {
        let number = |n| Decimal::try_from_i128_with_scale(n, 0).map_err(|_| BlankReason::TooLarge);
        compare::growth(Some(number(base)?), Some(number(current)?))
    }
}

impl Facts {
    /// Facts from equally long columns: subject and indicator numbers from 0, months as [`model::period::Month::ordinal`],
    /// values in steps of `10^-scale`. Facts of one cell add up. `None` when the columns differ in length or a cell exceeds
    /// 2⁵⁸ steps.
    pub fn from_columns(
        subject: &[u32],
        indicator: &[u32],
        month: &[i32],
        value: &[i64],
        scale: u32,
    ) -> Option<Self> {
        if [indicator.len(), month.len(), value.len()].iter().any(|n| *n != subject.len()) {
            return None;
        }
        let size = |codes: &[u32]| codes.iter().max().map_or(0, |m| *m as usize + 1);
        let (subjects, indicators) = (size(subject), size(indicator));
        let first = month.iter().min().copied().unwrap_or(0);
        let months = month.iter().max().map_or(0, |last| usize::try_from(last - first).map_or(0, |n| n + 1));
        let cells = indicators.checked_mul(months)?.checked_mul(subjects)?;
        let (mut steps, mut present) = (vec![0_i64; cells], vec![0_u8; cells]);
        for i in 0..subject.len() {
            let place = usize::try_from(month[i] - first).ok()?;
            let cell = (indicator[i] as usize * months + place) * subjects + subject[i] as usize;
            let sum = steps[cell].checked_add(value[i]).filter(|n| n.unsigned_abs() <= LARGEST)?;
            steps[cell] = sum;
            present[cell] = 1;
        }
        Some(Self { indicators, subjects, first, months, scale, steps, present })
    }

    /// Facts from number columns of a series: the codes of `subject` are the subjects, the fields are the indicators in
    /// order. `None` when a field is not a number or a number does not fit.
    pub fn from_table(table: &Table, subject: &FieldId, fields: &[FieldId]) -> Option<Self> {
        let codes = match table.column(subject)? {
            Column::Entry(coded) => coded.codes(),
            Column::Text(coded) => coded.codes(),
            _ => return None,
        };
        let numbers = |field| match table.column(field) {
            Some(Column::Number(numbers)) => Some(numbers),
            _ => None,
        };
        let columns: Vec<_> = fields.iter().map(numbers).collect::<Option<_>>()?;
        let scale = columns.iter().map(|c| c.scale()).max().unwrap_or(0);
        let (mut subjects, mut indicators, mut months, mut values) = (vec![], vec![], vec![], vec![]);
        for (i, column) in columns.iter().enumerate() {
            let Digits::Small(data) = column.digits() else { return None };
            let factor = i64::try_from(rescale(1, scale - column.scale())?).ok()?;
            for (row, steps) in
                data.iter().enumerate().filter(|(row, _)| column.has(*row) && codes[*row] != NONE)
            {
                subjects.push(codes[row]);
                indicators.push(index(i));
                months.push(table.month_of_row(index(row)));
                values.push(steps.checked_mul(factor)?);
            }
        }
        Self::from_columns(&subjects, &indicators, &months, &values, scale)
    }

    /// Decimal places of a step.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// Steps as a number.
    pub fn number(&self, steps: i128) -> Option<Decimal> {
        Sum::Steps { steps, scale: self.scale }.decimal()
    }

    /// For every fact of a year: cumulative value, base, growth, pull and rank.
    pub fn cohort_growth(&self, year: i16) -> Cohort {
        Cohort { parts: self.halves(|indicators| self.cohort_of(year, indicators)) }
    }

    /// For every indicator, January to a month (1–12) of a year: all subjects, comparable subjects, and all but the `top`
    /// largest of the year before (a subject without base counts as zero, equal ones in the order of their numbers).
    pub fn headline(&self, year: i16, month: u32, top: usize) -> Vec<Headline> {
        self.halves(|indicators| indicators.map(|i| self.headline_of(i, year, month, top)).collect()).concat()
    }

    /// Runs over the indicators on two threads.
    fn halves<T: Send>(&self, part: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<Vec<T>> {
        let half = self.indicators / 2;
        std::thread::scope(|scope| {
            let right = scope.spawn(|| part(half..self.indicators));
            let left = part(0..half);
            vec![left, right.join().expect("adding up does not panic")]
        })
    }

    /// One month of one indicator: steps (0 where missing) and presence by subject.
    fn slice(&self, indicator: usize, month: i32) -> Option<(&[i64], &[u8])> {
        let place = usize::try_from(month - self.first).ok().filter(|m| *m < self.months)?;
        let start = (indicator * self.months + place) * self.subjects;
        let range = start..start + self.subjects;
        Some((&self.steps[range.clone()], &self.present[range]))
    }

    fn cohort_of(&self, year: i16, indicators: Range<usize>) -> Vec<CohortRow> {
        let january = i32::from(year) * 12;
        let mut rows = Vec::with_capacity(indicators.len() * 12 * self.subjects);
        let mut sorted: Vec<(i64, u32)> = Vec::with_capacity(self.subjects);
        let mut ranks = vec![0_u32; self.subjects];
        let nothing = vec![0_u8; self.subjects];
        for indicator in indicators {
            let (mut now, mut before) = (vec![0_i64; self.subjects], vec![0_i64; self.subjects]);
            for month in 0..12 {
                let reported_before = match self.slice(indicator, january + month - 12) {
                    Some((steps, present)) => {
                        before.iter_mut().zip(steps).for_each(|(sum, n)| *sum += n);
                        present
                    }
                    None => &nothing,
                };
                let Some((steps, present)) = self.slice(indicator, january + month) else { continue };
                now.iter_mut().zip(steps).for_each(|(sum, n)| *sum += n);
                rank_present(&now, present, &mut sorted, &mut ranks);
                let both = || (0..self.subjects).filter(|s| present[*s] & reported_before[*s] == 1);
                let base: i128 = both().map(|s| i128::from(before[s])).sum();
                let base = i64::try_from(base).unwrap_or(MISSING);
                for subject in (0..self.subjects).filter(|s| present[*s] == 1) {
                    let prior = if reported_before[subject] == 1 { before[subject] } else { MISSING };
                    let current = now[subject];
                    rows.push(CohortRow {
                        subject: index(subject),
                        indicator: index(indicator),
                        month: month.unsigned_abs() + 1,
                        rank: ranks[subject],
                        cumulative: current,
                        prior,
                        growth: if current < 0 { MISSING } else { billionths(current, prior, prior) },
                        pull: billionths(current, prior, base),
                    });
                }
            }
        }
        rows
    }

    fn headline_of(&self, indicator: usize, year: i16, month: u32, top: usize) -> Headline {
        let last = i32::from(year) * 12 + i32::try_from(month).unwrap_or(12) - 1;
        let (now, reported) = self.cumulated(indicator, last, month);
        let (before, reported_before) = self.cumulated(indicator, last - 12, month);
        let sum = |data: &[i64], keep: &dyn Fn(usize) -> bool| -> i128 {
            data.iter().enumerate().filter(|(s, _)| keep(*s)).map(|(_, n)| i128::from(*n)).sum()
        };
        let both = |s: usize| reported[s] & reported_before[s] == 1;
        let mut largest: Vec<usize> =
            (0..self.subjects).filter(|s| reported[*s] | reported_before[*s] == 1).collect();
        let by_base = |a: &usize, b: &usize| before[*b].cmp(&before[*a]).then(a.cmp(b));
        if top > 0 && top < largest.len() {
            largest.select_nth_unstable_by(top - 1, by_base);
        }
        largest.truncate(top);
        let taken = |data: &[i64]| -> i128 { largest.iter().map(|s| i128::from(data[*s])).sum() };
        let (current, prior) = (sum(&now, &|_| true), sum(&before, &|_| true));
        Headline {
            indicator: index(indicator),
            current,
            prior,
            comparable: sum(&now, &both),
            comparable_prior: sum(&before, &both),
            without_top: current - taken(&now),
            without_top_prior: prior - taken(&before),
        }
    }

    /// The sum of `count` months up to `last`, and whether any of them has a fact, by subject.
    fn cumulated(&self, indicator: usize, last: i32, count: u32) -> (Vec<i64>, Vec<u8>) {
        let (mut sums, mut any) = (vec![0_i64; self.subjects], vec![0_u8; self.subjects]);
        for back in 0..i32::try_from(count).unwrap_or(0) {
            if let Some((steps, present)) = self.slice(indicator, last - back) {
                sums.iter_mut().zip(steps).for_each(|(sum, n)| *sum += n);
                any.iter_mut().zip(present).for_each(|(any, p)| *any |= p);
            }
        }
        (sums, any)
    }
}

/// The rank of each present subject.
fn rank_present(values: &[i64], present: &[u8], sorted: &mut Vec<(i64, u32)>, ranks: &mut [u32]) {
    sorted.clear();
    sorted.extend((0..).zip(values).filter(|(s, _)| present[*s as usize] == 1).map(|(s, n)| (*n, s)));
    sorted.sort_unstable_by_key(|(value, _)| std::cmp::Reverse(*value));
    let mut rank = 1;
    for (i, (value, subject)) in sorted.iter().enumerate() {
        if i > 0 && sorted[i - 1].0 != *value {
            rank = index(i) + 1;
        }
        ranks[*subject as usize] = rank;
    }
}

/// `(current − prior) / base` in billionths, rounded half away from zero.
fn billionths(current: i64, prior: i64, base: i64) -> i64 {
    if prior == MISSING || base <= 0 {
        return MISSING;
    }
    let change = current - prior;
    if let Some(scaled) = change.checked_mul(BILLION) {
        let half = if change < 0 { -(base / 2) } else { base / 2 };
        if let Some(rounded) = scaled.checked_add(half) {
            return rounded / base;
        }
    }
    let (change, base) = (i128::from(change), i128::from(base));
    let half = if change < 0 { -(base / 2) } else { base / 2 };
    i64::try_from((change * i128::from(BILLION) + half) / base).unwrap_or(MISSING)
}
