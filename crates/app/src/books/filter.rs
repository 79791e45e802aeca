//! Which rows a query selects: each condition becomes a test of one typed column – codes of a dictionary, ranges of whole
//! numbers – and walks it once.

use std::sync::Arc;

use figures::Table;
use figures::column::{Coded, Column, Digits, MISSING, NONE, Numbers, day_number, period_number};
use jiff::civil::Date;
use model::definition::{Book, Field, FieldKind};
use model::id::{BookId, EntryId};
use model::period::{Month, Period, Window};
use model::text;
use rust_decimal::Decimal;

use super::query::{Condition, Op, Query, QueryFault};
use super::sight::{Sight, names};
use crate::access::Scope;

/// A range of whole numbers, both ends included.
type Range = (i128, i128);

/// A condition as a test of one column.
enum Test<'t> {
    /// A dictionary: which codes pass, and whether a missing value does.
    Codes { codes: &'t [u32], pass: Vec<bool>, missing: bool },
    /// Whole multiples of the column's step.
    Digits { numbers: &'t Numbers, digits: &'t [i64], ranges: Vec<(i64, i64)>, outside: bool, missing: bool },
    /// Days or periods.
    Whole { numbers: &'t [i32], ranges: Vec<(i32, i32)>, outside: bool, missing: bool },
    /// Anything else, row by row.
    Each(Box<dyn Fn(u32) -> bool + 't>),
}

/// The rows of a book a person sees and a query selects, in the order of the table.
pub(super) fn select(sight: &Sight<'_>, book: &Book, query: &Query) -> Result<Vec<u32>, QueryFault> {
    let table = sight.table(book);
    let mut rows = Rows::All(table.len());
    let seen = seen(sight, book, table);
    rows = rows.kept(seen.as_ref());
    for condition in &query.conditions {
        let test = test(sight, book, table, condition)?;
        rows = rows.kept(test.as_ref());
    }
    for word in query.search.split_whitespace() {
        rows = search(sight, book, table, word, rows);
    }
    Ok(rows.listed())
}

/// Rows on their way through tests.
enum Rows {
    All(usize),
    Some(Vec<u32>),
}

impl Rows {
    fn kept(self, test: Option<&Test<'_>>) -> Self {
        match test {
            None => self,
            Some(Test::Codes { codes, pass, missing }) => self.by(|r| {
                let code = codes[r as usize];
                if code == NONE { *missing } else { pass[code as usize] }
            }),
            Some(Test::Digits { numbers, digits, ranges, outside, missing }) => {
                let within =
                    |n: i64| ranges.iter().any(|(low, high)| (*low..=*high).contains(&n)) != *outside;
                self.by(|r| if numbers.has(r as usize) { within(digits[r as usize]) } else { *missing })
            }
            Some(Test::Whole { numbers, ranges, outside, missing }) => {
                let within =
                    |n: i32| ranges.iter().any(|(low, high)| (*low..=*high).contains(&n)) != *outside;
                self.by(|r| match numbers[r as usize] {
                    MISSING => *missing,
                    number => within(number),
                })
            }
            Some(Test::Each(passes)) => self.by(passes),
        }
    }

    fn by(self, passes: impl Fn(u32) -> bool) -> Self {
        Self::Some(match self {
            Self::All(count) => (0..row_number(count)).filter(|r| passes(*r)).collect(),
            Self::Some(mut rows) => {
                rows.retain(|r| passes(*r));
                rows
            }
        })
    }

    fn listed(self) -> Vec<u32> {
        match self {
            Self::All(count) => (0..row_number(count)).collect(),
            Self::Some(rows) => rows,
        }
    }
}

fn row_number(count: usize) -> u32 {
    u32::try_from(count).expect("a table has fewer than 4 billion rows")
}

/// The rows a person sees; `None` for all.
fn seen<'t>(sight: &Sight<'_>, book: &Book, table: &'t Table) -> Option<Test<'t>> {
    match sight.actor.scope(book) {
        Scope::All => None,
        Scope::Nothing => Some(Test::Each(Box::new(|_| false))),
        Scope::Entry(entry) => Some(Test::Each(Box::new(move |r| table.ids()[r as usize] == entry))),
        scope @ Scope::Unguarded { .. } => {
            Some(Test::Each(Box::new(move |r| scope.past_guard(|field| table.value(r, field)))))
        }
        Scope::Naming { fields, entry } => {
            Some(Test::Each(Box::new(move |r| fields.iter().any(|f| names(table, f, r, entry)))))
        }
    }
}

fn test<'t>(
    sight: &Sight<'_>,
    book: &Book,
    table: &'t Table,
    condition: &Condition,
) -> Result<Option<Test<'t>>, QueryFault> {
    let unknown = || QueryFault::UnknownField(condition.field.to_string());
    let field = book.field(&condition.field).ok_or_else(unknown)?;
    let column = table.column(&condition.field).ok_or_else(unknown)?;
    if matches!(condition.op, Op::Empty | Op::Filled) {
        let empty = condition.op == Op::Empty;
        return Ok(Some(Test::Each(Box::new(move |r| column.at(r).is_none() == empty))));
    }
    if sight.actor.masks(field) {
        return Err(QueryFault::Masked(field.title.clone()));
    }
    let asked = Asked { sight, field, condition };
    match column {
        Column::Text(coded) => asked.texts(coded).map(Some),
        Column::Entry(coded) => asked.references(coded).map(Some),
        Column::Entries(all) => asked.lists(all).map(Some),
        Column::Number(numbers) => asked.numbers(numbers).map(Some),
        Column::Date(days) => asked.whole(days, span_of_days).map(Some),
        Column::Period(periods) => asked.whole(periods, span_of_periods).map(Some),
        Column::Flag(flags) => asked.flags(flags).map(Some),
    }
}

/// One condition about to become a test.
struct Asked<'q> {
    sight: &'q Sight<'q>,
    field: &'q Field,
    condition: &'q Condition,
}

impl Asked<'_> {
    fn op(&self) -> Op {
        self.condition.op
    }

    fn not_for_kind(&self) -> QueryFault {
        QueryFault::NotForKind { field: self.field.title.clone(), op: self.op() }
    }

    fn bad(&self, value: &str) -> QueryFault {
        QueryFault::BadValue { field: self.field.title.clone(), value: value.to_owned() }
    }

    fn value(&self) -> &str {
        self.condition.values.first().map_or("", String::as_str)
    }

    /// Whether a text passes, for the operations texts have.
    fn text_passes(&self, text: &str) -> Option<bool> {
        Some(match self.op() {
            Op::Eq => text == self.value(),
            Op::Ne => text != self.value(),
            Op::In => self.condition.values.iter().any(|v| v == text),
            Op::Contains => contains(text, self.value()),
            Op::Starts => text.starts_with(self.value()),
            _ => return None,
        })
    }

    fn texts<'t>(&self, coded: &'t Coded<Arc<str>>) -> Result<Test<'t>, QueryFault> {
        let pass: Option<Vec<bool>> = coded.words().iter().map(|w| self.text_passes(w)).collect();
        let pass = pass.ok_or_else(|| self.not_for_kind())?;
        Ok(Test::Codes { codes: coded.codes(), pass, missing: self.op() == Op::Ne })
    }

    /// Whether an entry passes: by its number or by its title.
    fn entry_passes(&self, entry: EntryId, target: Option<&BookId>) -> Option<bool> {
        let number = entry.to_string();
        let is = |v: &String| *v == number || *v == self.sight.title(entry, target);
        Some(match self.op() {
            Op::Eq | Op::In => self.condition.values.iter().any(is),
            Op::Ne => !self.condition.values.iter().any(is),
            Op::Contains | Op::Starts => self.text_passes(&self.sight.title(entry, target))?,
            _ => return None,
        })
    }

    fn references<'t>(&self, coded: &'t Coded<EntryId>) -> Result<Test<'t>, QueryFault> {
        let target = self.field.kind.book();
        let pass: Option<Vec<bool>> = coded.words().iter().map(|e| self.entry_passes(*e, target)).collect();
        let pass = pass.ok_or_else(|| self.not_for_kind())?;
        Ok(Test::Codes { codes: coded.codes(), pass, missing: self.op() == Op::Ne })
    }

    fn lists<'t>(&self, all: &'t [Option<Arc<[EntryId]>>]) -> Result<Test<'t>, QueryFault> {
        let target = self.field.kind.book();
        let mut passing: rustc_hash::FxHashMap<EntryId, bool> = rustc_hash::FxHashMap::default();
        let negative = self.op() == Op::Ne;
        for entry in all.iter().flatten().flat_map(|e| e.iter()) {
            if !passing.contains_key(entry) {
                let passes = self.entry_passes(*entry, target).ok_or_else(|| self.not_for_kind())?;
                passing.insert(*entry, passes);
            }
        }
        Ok(Test::Each(Box::new(move |r| match &all[r as usize] {
            None => negative,
            Some(named) if negative => named.iter().all(|e| passing[e]),
            Some(named) => named.iter().any(|e| passing[e]),
        })))
    }

    fn flags<'t>(&self, flags: &'t [u8]) -> Result<Test<'t>, QueryFault> {
        let intake = &self.sight.content.intake;
        let flag = |text: &String| {
            let word = text::squeeze(text);
            match word.as_str() {
                "true" => Ok(1),
                "false" => Ok(0),
                _ if intake.yes.contains(&word) => Ok(1),
                _ if intake.no.contains(&word) => Ok(0),
                _ => Err(self.bad(text)),
            }
        };
        let wanted: Vec<u8> = self.condition.values.iter().map(flag).collect::<Result<_, _>>()?;
        match self.op() {
            Op::Eq | Op::In => Ok(Test::Each(Box::new(move |r| wanted.contains(&flags[r as usize])))),
            Op::Ne => Ok(Test::Each(Box::new(move |r| !wanted.contains(&flags[r as usize])))),
            _ => Err(self.not_for_kind()),
        }
    }

    /// Days and periods: every value stands for a span of numbers.
    fn whole<'t>(
        &self,
        numbers: &'t [i32],
        span: impl Fn(&str) -> Option<(i32, i32)>,
    ) -> Result<Test<'t>, QueryFault> {
        let spans: Vec<(i32, i32)> = self
            .condition
            .values
            .iter()
            .map(|v| span(v).ok_or_else(|| self.bad(v)))
            .collect::<Result<_, _>>()?;
        let spans: Vec<Range> = spans.into_iter().map(|(low, high)| (low.into(), high.into())).collect();
        let (ranges, outside) = self.ranges(&spans)?;
        let narrow =
            |n: i128| i32::try_from(n.clamp(i128::from(MISSING) + 1, i32::MAX.into())).unwrap_or(MISSING + 1);
        let ranges = ranges.into_iter().filter(|(low, high)| low <= high);
        let ranges = ranges.map(|(low, high)| (narrow(low), narrow(high))).collect();
        Ok(Test::Whole { numbers, ranges, outside, missing: outside })
    }

    /// The ranges a value must lie in – or, for the second answer, outside of.
    fn ranges(&self, spans: &[Range]) -> Result<(Vec<Range>, bool), QueryFault> {
        let first = spans.first().copied().ok_or_else(|| self.bad(""))?;
        Ok(match self.op() {
            Op::Eq | Op::In => (spans.to_vec(), false),
            Op::Ne => (spans.to_vec(), true),
            Op::Gt => (vec![(first.1 + 1, i128::MAX)], false),
            Op::Ge => (vec![(first.0, i128::MAX)], false),
            Op::Lt => (vec![(i128::MIN, first.0 - 1)], false),
            Op::Le => (vec![(i128::MIN, first.1)], false),
            Op::Between => (vec![(first.0, spans.get(1).copied().unwrap_or(first).1)], false),
            _ => return Err(self.not_for_kind()),
        })
    }

    fn numbers<'t>(&self, numbers: &'t Numbers) -> Result<Test<'t>, QueryFault> {
        let read = |v: &String| {
            let plain: String = v.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
            plain.parse::<Decimal>().map_err(|_| self.bad(v))
        };
        let bounds: Vec<Decimal> = self.condition.values.iter().map(read).collect::<Result<_, _>>()?;
        let Digits::Small(digits) = numbers.digits() else { return self.decimals(numbers, bounds) };
        // Between two steps of the column the span is empty: from the next step to the one before.
        let span = |bound: &Decimal| steps(*bound, numbers.scale());
        let spans: Vec<Range> = bounds.iter().map(span).collect();
        let (ranges, outside) = self.ranges(&spans)?;
        let narrow = |n: i128| i64::try_from(n.clamp(i64::MIN.into(), i64::MAX.into())).unwrap_or(i64::MAX);
        let ranges = ranges.into_iter().filter(|(low, high)| low <= high);
        let ranges = ranges.map(|(low, high)| (narrow(low), narrow(high))).collect();
        Ok(Test::Digits { numbers, digits, ranges, outside, missing: outside })
    }

    /// Numbers too large or too uneven for one scale.
    fn decimals<'t>(&self, numbers: &'t Numbers, bounds: Vec<Decimal>) -> Result<Test<'t>, QueryFault> {
        let op = self.op();
        if matches!(op, Op::Contains | Op::Starts) || bounds.is_empty() {
            return Err(self.not_for_kind());
        }
        Ok(Test::Each(Box::new(move |r| {
            let Some(number) = numbers.at(r as usize) else { return op == Op::Ne };
            match op {
                Op::Eq | Op::In => bounds.contains(&number),
                Op::Ne => number != bounds[0],
                Op::Gt => number > bounds[0],
                Op::Ge => number >= bounds[0],
                Op::Lt => number < bounds[0],
                Op::Le => number <= bounds[0],
                _ => (bounds[0]..=*bounds.last().unwrap_or(&bounds[0])).contains(&number),
            }
        })))
    }
}

/// The steps of a scale that equal a number: one, or none when it lies between two (then the first is the greater).
fn steps(number: Decimal, scale: u32) -> Range {
    let whole = number.trunc();
    let factor = 10_i128.checked_pow(scale).unwrap_or(i128::MAX);
    let fraction = (number - whole).normalize();
    let fine = fraction
        .mantissa()
        .saturating_mul(10_i128.checked_pow(scale.saturating_sub(fraction.scale())).unwrap_or(1));
    let exact = fraction.scale() <= scale;
    let base = whole.mantissa().saturating_mul(factor);
    if exact {
        let at = base.saturating_add(fine);
        return (at, at);
    }
    let finer = 10_i128.checked_pow(fraction.scale() - scale).unwrap_or(i128::MAX);
    let below = base.saturating_add(fraction.mantissa().div_euclid(finer));
    (below + 1, below)
}

/// The days a text stands for: one day, or those of a month, quarter or year.
fn span_of_days(text: &str) -> Option<(i32, i32)> {
    let one = |day: Date| (day_number(day), day_number(day));
    let period = |p: Period| (day_number(p.start().first_day()), day_number(p.last_day()));
    text.parse::<Date>().ok().map(one).or_else(|| text.parse::<Period>().ok().map(period)).or_else(|| {
        let loose = text::parse_date(text).map(one);
        loose.or_else(|| text::parse_period(text).map(period))
    })
}

/// The periods a text stands for: those that end in the month, in the months of the year, or the very quarter.
fn span_of_periods(text: &str) -> Option<(i32, i32)> {
    let period: Period = text.parse().ok().or_else(|| text::parse_period(text)).or_else(|| {
        let date: Option<Date> = text.parse().ok().or_else(|| text::parse_date(text));
        date.map(|d| Period::month(Month::of(d)))
    })?;
    let all_of = |month: Month| {
        (period_number(Period::month(month)), period_number(Period { end: month, window: Window::Moment }))
    };
    Some(match period.window {
        Window::Month => all_of(period.end),
        Window::Year => (all_of(period.start()).0, all_of(period.end).1),
        _ => (period_number(period), period_number(period)),
    })
}

/// Whether a text contains another, Latin letters without regard to case.
pub(crate) fn contains(text: &str, wanted: &str) -> bool {
    if text.contains(wanted) {
        return true;
    }
    wanted.bytes().any(|b| b.is_ascii_alphabetic())
        && text.to_ascii_lowercase().contains(&wanted.to_ascii_lowercase())
}

/// The rows that have a word in one of their texts or in the title of an entry they name.
fn search(sight: &Sight<'_>, book: &Book, table: &Table, word: &str, rows: Rows) -> Rows {
    let mut tests: Vec<(&[u32], Vec<bool>)> = Vec::new();
    for field in book.fields.values().filter(|f| !sight.actor.masks(f)) {
        let (codes, found): (&[u32], Vec<bool>) = match table.column(&field.id) {
            Some(Column::Text(coded)) if field.kind != FieldKind::Geometry => {
                (coded.codes(), coded.words().iter().map(|w| contains(w, word)).collect())
            }
            Some(Column::Entry(coded)) => {
                let titled = |e: &EntryId| contains(&sight.title(*e, field.kind.book()), word);
                (coded.codes(), coded.words().iter().map(titled).collect())
            }
            _ => continue,
        };
        if found.contains(&true) {
            tests.push((codes, found));
        }
    }
    rows.by(|r| {
        tests.iter().any(|(codes, found)| found.get(codes[r as usize] as usize).copied().unwrap_or(false))
    })
}
