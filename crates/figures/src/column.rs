//! Columns: one field of one book over all rows of a snapshot.
//!
//! Numbers are whole multiples of a power of ten that the column chooses (`i64`, else `i128`, else free decimals), so sums are
//! exact and nothing ever wraps. Texts and references are coded by a dictionary, dates and periods are day and month numbers.
//! A missing value is marked beside the data and is never zero.
//!
//! Deliberately absent: units (the field has one), expressions (`engine`), grouping (`bulk`).
//! To add a kind of column: a variant here with `push`, `set`, `insert`, `remove`, `take`, `get`.

use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use model::definition::FieldKind;
use model::id::EntryId;
use model::period::{Month, Period, Window};
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::exact::{rescale, scaled};

/// The code of a missing value in a coded column.
pub const NONE: u32 = u32::MAX;
/// A missing day or period.
pub const MISSING: i32 = i32::MIN;

/// One field over all rows.
#[derive(Clone, Debug)]
pub enum Column {
    /// Integers, decimals, amounts.
    Number(Numbers),
    /// Texts, choices, codes, names.
    Text(Coded<Arc<str>>),
    /// References.
    Entry(Coded<EntryId>),
    /// Lists of references.
    Entries(Vec<Option<Arc<[EntryId]>>>),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
    /// Months, quarters, halves, years: month ordinal × 8 + window, which sorts as periods do.
    Period(Vec<i32>),
    /// 0 no, 1 yes, 2 missing.
    Flag(Vec<u8>),
}

/// Numbers with one scale.
#[derive(Clone, Debug)]
pub struct Numbers {
    scale: u32,
    digits: Digits,
    /// Empty while every row has a value.
    present: Vec<bool>,
}

/// The digits of a number column.
#[derive(Clone, Debug)]
pub enum Digits {
    /// The usual case; a missing value is stored as 0 and marked.
    Small(Vec<i64>),
    /// Numbers beyond 9.2 × 10¹⁸ steps.
    Wide(Vec<i128>),
    /// Numbers whose sizes have no common scale.
    Free(Vec<Decimal>),
}

/// Values coded by a dictionary.
#[derive(Clone, Debug)]
pub struct Coded<T> {
    words: Vec<T>,
    known: FxHashMap<T, u32>,
    codes: Vec<u32>,
    /// Made when somebody first sorts by this column, gone with the next new word.
    ranks: OnceLock<Arc<[u32]>>,
}

impl<T: Clone + Eq + Hash> Coded<T> {
    fn new() -> Self {
        Self { words: Vec::new(), known: FxHashMap::default(), codes: Vec::new(), ranks: OnceLock::new() }
    }

    fn code(&mut self, word: Option<T>) -> u32 {
        let Some(word) = word else { return NONE };
        if let Some(code) = self.known.get(&word) {
            return *code;
        }
        let code = index(self.words.len());
        self.words.push(word.clone());
        self.known.insert(word, code);
        self.ranks = OnceLock::new();
        code
    }

    /// The place of each code in the order of its words, as `rank` says it the first time; kept until there is a new word.
    pub fn ranks(&self, rank: impl FnOnce(&[T]) -> Arc<[u32]>) -> Arc<[u32]> {
        Arc::clone(self.ranks.get_or_init(|| rank(&self.words)))
    }

    /// The code of each row; [`NONE`] where the value is missing.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The value of each code.
    pub fn words(&self) -> &[T] {
        &self.words
    }

    /// The code of a word, if any row ever had it.
    pub fn known(&self, word: &T) -> Option<u32> {
        self.known.get(word).copied()
    }

    /// The value of a row.
    pub fn at(&self, row: u32) -> Option<&T> {
        self.words.get(*self.codes.get(row as usize)? as usize)
    }

    fn push(&mut self, word: Option<T>) {
        let code = self.code(word);
        self.codes.push(code);
    }

    fn take(&self, rows: &[u32]) -> Self {
        let codes = rows.iter().map(|r| self.codes[*r as usize]).collect();
        Self { words: self.words.clone(), known: self.known.clone(), codes, ranks: self.ranks.clone() }
    }
}

/// A row or code number.
pub(crate) fn index(n: usize) -> u32 {
    u32::try_from(n).expect("a book has fewer than 4 billion rows")
}

/// The day number of a date.
pub fn day_number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// The date of a day number.
pub fn day_of(number: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(number))
}

/// The sortable number of a period.
pub fn period_number(period: Period) -> i32 {
    let window = Window::ALL.iter().position(|(w, _)| *w == period.window).unwrap_or(0);
    period.end.ordinal() * 8 + i32::try_from(window).unwrap_or(0)
}

/// The period of such a number.
pub fn period_of(number: i32) -> Option<Period> {
    let (ordinal, window) = (number.div_euclid(8), number.rem_euclid(8));
    let end = Month::of_ordinal(ordinal)?;
    let window = Window::ALL.get(usize::try_from(window).ok()?)?.0;
    Some(Period { end, window })
}

impl Numbers {
    /// Numbers of one scale: the smallest that holds all of them exactly.
    pub fn from_decimals(values: &[Option<Decimal>]) -> Self {
        let present = if values.iter().all(Option::is_some) {
            Vec::new()
        } else {
            values.iter().map(Option::is_some).collect()
        };
        let scale = values.iter().flatten().map(Decimal::scale).max().unwrap_or(0);
        let at = |scale| -> Option<Vec<i128>> {
            values.iter().map(|v| v.map_or(Some(0), |d| scaled(d, scale))).collect()
        };
        let wide = at(scale).map(|w| (scale, w)).or_else(|| {
            let least = values.iter().flatten().map(|d| d.normalize().scale()).max().unwrap_or(0);
            at(least).map(|w| (least, w))
        });
        let Some((scale, wide)) = wide else {
            let free = values.iter().map(|v| v.unwrap_or_default()).collect();
            return Self { scale: 0, digits: Digits::Free(free), present };
        };
        let small: Option<Vec<i64>> = wide.iter().map(|n| i64::try_from(*n).ok()).collect();
        let digits = small.map_or(Digits::Wide(wide), Digits::Small);
        Self { scale, digits, present }
    }

    /// Numbers of a known scale, missing ones marked `false` in `present` (empty: none is missing) and stored as 0.
    pub fn from_small(scale: u32, data: Vec<i64>, present: Vec<bool>) -> Self {
        Self { scale, digits: Digits::Small(data), present }
    }

    /// Decimal places of one step (not of free decimals, which each have their own).
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// The digits.
    pub fn digits(&self) -> &Digits {
        &self.digits
    }

    /// Which rows have a value; empty when all do.
    pub fn presence(&self) -> &[bool] {
        &self.present
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        match &self.digits {
            Digits::Small(d) => d.len(),
            Digits::Wide(d) => d.len(),
            Digits::Free(d) => d.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the row has a value.
    pub fn has(&self, row: usize) -> bool {
        self.present.is_empty() || self.present[row]
    }

    /// How many rows have a value.
    pub fn count(&self) -> usize {
        if self.present.is_empty() { self.len() } else { self.present.iter().filter(|p| **p).count() }
    }

    /// The number of a row, exact.
    pub fn at(&self, row: usize) -> Option<Decimal> {
        if !self.has(row) {
            return None;
        }
        Some(match &self.digits {
            Digits::Small(d) => Decimal::from_i128_with_scale(i128::from(d[row]), self.scale),
            Digits::Wide(d) => Decimal::try_from_i128_with_scale(d[row], self.scale).ok()?,
            Digits::Free(d) => d[row],
        })
    }

    /// The rows of `rows` only, in that order.
    #[must_use]
    pub fn take(&self, rows: &[u32]) -> Self {
        fn pick<T: Copy>(data: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().map(|r| data[*r as usize]).collect()
        }
        let digits = match &self.digits {
            Digits::Small(d) => Digits::Small(pick(d, rows)),
            Digits::Wide(d) => Digits::Wide(pick(d, rows)),
            Digits::Free(d) => Digits::Free(pick(d, rows)),
        };
        let mut present = if self.present.is_empty() { Vec::new() } else { pick(&self.present, rows) };
        if present.iter().all(|p| *p) {
            present.clear();
        }
        Self { scale: self.scale, digits, present }
    }

    fn set(&mut self, row: usize, value: Option<Decimal>) {
        if value.is_none() && self.present.is_empty() {
            self.present = vec![true; self.len()];
        }
        if let Some(p) = self.present.get_mut(row) {
            *p = value.is_some();
        }
        let number = value.unwrap_or_default();
        if let Digits::Free(data) = &mut self.digits {
            data[row] = number;
            return;
        }
        let finer = number.normalize().scale();
        if finer > self.scale && !self.refine(finer) {
            self.rebuild(row, value);
            return;
        }
        let stored = scaled(number, self.scale).is_some_and(|n| match &mut self.digits {
            Digits::Small(data) => i64::try_from(n).is_ok_and(|n| {
                data[row] = n;
                true
            }),
            Digits::Wide(data) => {
                data[row] = n;
                true
            }
            Digits::Free(_) => false,
        });
        if !stored {
            self.rebuild(row, value);
        }
    }

    /// Multiplies all digits to a finer scale; `false` (and unchanged) when they do not fit.
    fn refine(&mut self, scale: u32) -> bool {
        let Some(factor) = rescale(1, scale - self.scale) else { return false };
        let done = match &mut self.digits {
            Digits::Small(data) => i64::try_from(factor).ok().and_then(|f| {
                let finer: Option<Vec<i64>> = data.iter().map(|n| n.checked_mul(f)).collect();
                finer.map(|d| *data = d)
            }),
            Digits::Wide(data) => {
                let finer: Option<Vec<i128>> = data.iter().map(|n| n.checked_mul(factor)).collect();
                finer.map(|d| *data = d)
            }
            Digits::Free(_) => Some(()),
        };
        if done.is_some() {
            self.scale = scale;
        }
        done.is_some()
    }

    fn rebuild(&mut self, row: usize, value: Option<Decimal>) {
        let mut all: Vec<Option<Decimal>> = (0..self.len()).map(|r| self.at(r)).collect();
        all[row] = value;
        *self = Self::from_decimals(&all);
    }

    fn insert(&mut self, row: usize, value: Option<Decimal>) {
        match &mut self.digits {
            Digits::Small(d) => d.insert(row, 0),
            Digits::Wide(d) => d.insert(row, 0),
            Digits::Free(d) => d.insert(row, Decimal::ZERO),
        }
        if !self.present.is_empty() {
            self.present.insert(row, true);
        }
        self.set(row, value);
    }

    fn remove(&mut self, row: usize) {
        match &mut self.digits {
            Digits::Small(d) => drop(d.remove(row)),
            Digits::Wide(d) => drop(d.remove(row)),
            Digits::Free(d) => drop(d.remove(row)),
        }
        if !self.present.is_empty() {
            self.present.remove(row);
        }
    }
}

/// A column being filled.
#[derive(Debug)]
pub(crate) enum Filling {
    Number(Vec<Option<Decimal>>),
    Other(Column),
}

impl Filling {
    pub(crate) fn new(kind: &FieldKind, rows: usize) -> Self {
        Self::Other(match kind {
            k if k.is_number() => return Self::Number(Vec::with_capacity(rows)),
            FieldKind::Date => Column::Date(Vec::with_capacity(rows)),
            FieldKind::Month | FieldKind::Period | FieldKind::Year => {
                Column::Period(Vec::with_capacity(rows))
            }
            FieldKind::Boolean => Column::Flag(Vec::with_capacity(rows)),
            FieldKind::Reference { .. } => Column::Entry(Coded::new()),
            FieldKind::References { .. } => Column::Entries(Vec::with_capacity(rows)),
            _ => Column::Text(Coded::new()),
        })
    }

    pub(crate) fn push(&mut self, value: Option<&Value>) {
        match self {
            Self::Number(all) => all.push(value.and_then(Value::as_number)),
            Self::Other(column) => column.push(value),
        }
    }

    pub(crate) fn done(self) -> Column {
        match self {
            Self::Number(all) => Column::Number(Numbers::from_decimals(&all)),
            Self::Other(column) => column,
        }
    }
}

fn as_text(value: Option<&Value>) -> Option<Arc<str>> {
    match value? {
        Value::Text(text) => Some(text.clone()),
        other => Some(Arc::from(other.to_string())),
    }
}

fn as_entries(value: Option<&Value>) -> Option<Arc<[EntryId]>> {
    match value? {
        Value::Entries(all) => Some(Arc::from(all.as_slice())),
        Value::Entry(one) => Some(Arc::from([*one].as_slice())),
        _ => None,
    }
}

fn as_day(value: Option<&Value>) -> i32 {
    value.and_then(Value::as_date).map_or(MISSING, day_number)
}

fn as_period(value: Option<&Value>) -> i32 {
    match value {
        Some(Value::Period(p)) => period_number(*p),
        Some(Value::Date(d)) => period_number(Period::month(Month::of(*d))),
        _ => MISSING,
    }
}

fn as_flag(value: Option<&Value>) -> u8 {
    match value {
        Some(Value::Flag(flag)) => u8::from(*flag),
        _ => 2,
    }
}

impl Column {
    /// The value of a row as the ledger holds it.
    pub fn at(&self, row: u32) -> Option<Value> {
        let r = row as usize;
        match self {
            Self::Number(n) => n.at(r).map(Value::Number),
            Self::Text(c) => c.at(row).cloned().map(Value::Text),
            Self::Entry(c) => c.at(row).copied().map(Value::Entry),
            Self::Entries(all) => all[r].as_ref().map(|e| Value::Entries(e.to_vec())),
            Self::Date(d) => (d[r] != MISSING).then(|| Value::Date(day_of(d[r]))),
            Self::Period(p) => (p[r] != MISSING).then(|| period_of(p[r]).map(Value::Period)).flatten(),
            Self::Flag(f) => (f[r] < 2).then(|| Value::Flag(f[r] == 1)),
        }
    }

    fn push(&mut self, value: Option<&Value>) {
        match self {
            Self::Number(n) => n.insert(n.len(), value.and_then(Value::as_number)),
            Self::Text(c) => c.push(as_text(value)),
            Self::Entry(c) => c.push(value.and_then(Value::as_entry)),
            Self::Entries(all) => all.push(as_entries(value)),
            Self::Date(d) => d.push(as_day(value)),
            Self::Period(p) => p.push(as_period(value)),
            Self::Flag(f) => f.push(as_flag(value)),
        }
    }

    /// Whether the row holds exactly this value already.
    pub(crate) fn holds(&self, row: u32, value: Option<&Value>) -> bool {
        let r = row as usize;
        match self {
            Self::Number(n) => n.at(r) == value.and_then(Value::as_number),
            Self::Text(c) => match (c.at(row), value) {
                (Some(a), Some(Value::Text(b))) => a == b,
                (None, None) => true,
                _ => false,
            },
            Self::Entry(c) => c.at(row).copied() == value.and_then(Value::as_entry),
            Self::Entries(all) => all[r] == as_entries(value),
            Self::Date(d) => d[r] == as_day(value),
            Self::Period(p) => p[r] == as_period(value),
            Self::Flag(f) => f[r] == as_flag(value),
        }
    }

    pub(crate) fn set(&mut self, row: u32, value: Option<&Value>) {
        let r = row as usize;
        match self {
            Self::Number(n) => n.set(r, value.and_then(Value::as_number)),
            Self::Text(c) => c.codes[r] = c.code(as_text(value)),
            Self::Entry(c) => c.codes[r] = c.code(value.and_then(Value::as_entry)),
            Self::Entries(all) => all[r] = as_entries(value),
            Self::Date(d) => d[r] = as_day(value),
            Self::Period(p) => p[r] = as_period(value),
            Self::Flag(f) => f[r] = as_flag(value),
        }
    }

    pub(crate) fn insert(&mut self, row: u32, value: Option<&Value>) {
        let r = row as usize;
        match self {
            Self::Number(n) => n.insert(r, value.and_then(Value::as_number)),
            Self::Text(c) => {
                let code = c.code(as_text(value));
                c.codes.insert(r, code);
            }
            Self::Entry(c) => {
                let code = c.code(value.and_then(Value::as_entry));
                c.codes.insert(r, code);
            }
            Self::Entries(all) => all.insert(r, as_entries(value)),
            Self::Date(d) => d.insert(r, as_day(value)),
            Self::Period(p) => p.insert(r, as_period(value)),
            Self::Flag(f) => f.insert(r, as_flag(value)),
        }
    }

    pub(crate) fn remove(&mut self, row: u32) {
        let r = row as usize;
        match self {
            Self::Number(n) => n.remove(r),
            Self::Text(c) => drop(c.codes.remove(r)),
            Self::Entry(c) => drop(c.codes.remove(r)),
            Self::Entries(all) => drop(all.remove(r)),
            Self::Date(d) | Self::Period(d) => drop(d.remove(r)),
            Self::Flag(f) => drop(f.remove(r)),
        }
    }

    /// The rows of `rows` only, in that order.
    pub(crate) fn take(&self, rows: &[u32]) -> Self {
        fn pick<T: Clone>(data: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().map(|r| data[*r as usize].clone()).collect()
        }
        match self {
            Self::Number(n) => Self::Number(n.take(rows)),
            Self::Text(c) => Self::Text(c.take(rows)),
            Self::Entry(c) => Self::Entry(c.take(rows)),
            Self::Entries(all) => Self::Entries(pick(all, rows)),
            Self::Date(d) => Self::Date(pick(d, rows)),
            Self::Period(p) => Self::Period(pick(p, rows)),
            Self::Flag(f) => Self::Flag(pick(f, rows)),
        }
    }
}
