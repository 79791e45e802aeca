//! What the books say about each enterprise under a policy: rows that meet all conditions as input, with what other books add up to
//! and what was repaid in parts, and why others do not.
//!
//! Deliberately absent: arithmetic, cases.

use figures::Table;
use indexmap::IndexMap;
use jiff::civil::Date;
use model::definition::{
    Book, Condition, Every, Formula, Given, Input, Policy, PolicyData, PolicySum, Repayment, Standing,
};
use model::expr::eval;
use model::id::EntryId;
use model::value::Value;
use rust_decimal::Decimal;

use crate::books::{RowOf, Sight};
use crate::ladders::{Feed, feed};
use crate::messages::policies as say;

/// One row as a formula reads it.
pub(super) struct Row {
    pub entry: EntryId,
    pub given: Given,
    /// Where the repayments of `given` stand, in their order.
    pub repayments: Vec<EntryId>,
}

/// One enterprise with its rows.
pub(super) struct Gathered {
    pub enterprise: EntryId,
    /// Rows that meet all conditions.
    pub rows: Vec<Row>,
    /// Whether some row was left out for want of data.
    pub unknown: bool,
    /// Why rows were left out.
    pub reasons: Vec<String>,
}

/// All enterprises with a row in the policy's book that counts – or one of them.
pub(super) fn gather(
    sight: &Sight<'_>,
    policy: &Policy,
    data: &PolicyData,
    book: &Book,
    (year, on): (i16, Date),
    only: Option<EntryId>,
) -> Vec<Gathered> {
    let table = sight.table(book);
    let whom = |row: u32| match &book.subject {
        Some(field) => table.value(row, field)?.as_entry(),
        None => Some(table.ids()[row as usize]),
    };
    let yearly = !matches!(policy.formula, Formula::Interest(_));
    let kept: Vec<(u32, EntryId, i16)> = table
        .rows()
        .filter(|row| data.keep.as_ref().is_none_or(|rule| truth(sight, table, *row, rule) == Some(true)))
        .filter_map(|row| Some((row, whom(row)?, if yearly { year_of(book, table, row)? } else { year })))
        .filter(|(_, whom, _)| only.is_none_or(|only| only == *whom))
        .collect();
    let beside = Beside::new(sight, data);
    let mut who: Vec<EntryId> = kept.iter().map(|(_, enterprise, _)| *enterprise).collect();
    who.sort_unstable();
    who.dedup();
    let asks = policy.who.iter().any(|condition| !condition.holds.is_empty());
    let held = asks.then(|| feed(sight.content, &sight.snapshot, &who, on, false));
    let mut all: IndexMap<EntryId, Gathered> = IndexMap::new();
    for (row, enterprise, _) in kept.iter().filter(|(.., of)| *of == year) {
        let place = who.binary_search(enterprise).expect("everybody kept is listed");
        let of = all.entry(*enterprise).or_insert_with(|| Gathered {
            enterprise: *enterprise,
            rows: Vec::new(),
            unknown: false,
            reasons: Vec::new(),
        });
        let mut fits = true;
        for condition in &policy.who {
            let met = met(sight, table, *row, condition, held.as_ref(), place);
            if met != Some(true) {
                fits = false;
                of.unknown |= met.is_none();
                let said = say::condition(&condition.title, met.is_some());
                if !of.reasons.contains(&said) {
                    of.reasons.push(said);
                }
            }
        }
        if fits {
            let entry = table.ids()[*row as usize];
            let mut given = given(data, table, *row);
            let repayments = beside.fill(&mut given, entry, *enterprise, year);
            of.rows.push(Row { entry, given, repayments });
        }
    }
    if matches!(policy.formula, Formula::PerUnit { .. } | Formula::Share { .. } | Formula::Steps { .. }) {
        for of in all.values_mut() {
            let whom = of.enterprise;
            let sum = |ago: i16| {
                let rows = kept.iter().filter(|(_, who, when)| *who == whom && *when == year - ago);
                let values: Vec<Decimal> = rows
                    .filter_map(|(row, ..)| given(data, table, *row).numbers.get(&Input::Value).copied())
                    .collect();
                (!values.is_empty()).then(|| values.into_iter().sum())
            };
            together(&mut of.rows, &[(Input::Before, sum(1)), (Input::Earlier, sum(2))]);
        }
    }
    all.into_values().collect()
}

/// Adds up the rows of a year; the years before stand in the first row, where no field says them.
fn together(rows: &mut Vec<Row>, years: &[(Input, Option<Decimal>)]) {
    let values: Option<Vec<Decimal>> =
        rows.iter().map(|row| row.given.numbers.get(&Input::Value).copied()).collect();
    let Some(first) = rows.first_mut() else { return };
    match values {
        Some(values) => first.given.numbers.insert(Input::Value, values.into_iter().sum()),
        None => first.given.numbers.shift_remove(&Input::Value),
    };
    for (input, sum) in years {
        if let Some(sum) = sum {
            first.given.numbers.entry(*input).or_insert(*sum);
        }
    }
    rows.truncate(1);
}

fn truth(sight: &Sight<'_>, table: &Table, row: u32, rule: &model::expr::Expr) -> Option<bool> {
    eval::truth(rule, &RowOf { snapshot: &sight.snapshot, table, row })
}

/// Whether a condition is met; none where it is not known.
fn met(
    sight: &Sight<'_>,
    table: &Table,
    row: u32,
    condition: &Condition,
    held: Option<&Feed>,
    place: usize,
) -> Option<bool> {
    let by_rule = condition.rule.as_ref().map(|rule| truth(sight, table, row, rule));
    let by_title = condition.holds.iter().map(|id| {
        let standing = held.and_then(|feed| *feed.standing.get(id)?.get(place)?);
        standing.map(|standing| matches!(standing, Standing::Recognised | Standing::ReRecognised))
    });
    let all: Vec<Option<bool>> = by_rule.into_iter().chain(by_title).collect();
    if all.contains(&Some(true)) {
        Some(true)
    } else if all.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// The year a row counts to.
fn year_of(book: &Book, table: &Table, row: u32) -> Option<i16> {
    match table.value(row, book.time.as_ref()?)? {
        Value::Date(date) => Some(date.year()),
        Value::Period(period) => Some(period.end.last_day().year()),
        Value::Number(year) => i16::try_from(year.trunc().mantissa()).ok(),
        _ => None,
    }
}

/// The inputs of a row.
fn given(data: &PolicyData, table: &Table, row: u32) -> Given {
    let mut given = Given::default();
    for (input, (field, factor)) in &data.fields {
        match table.value(row, field) {
            Some(Value::Number(number)) => {
                let number = (number * factor).normalize();
                given.numbers.insert(*input, number);
            }
            Some(Value::Date(date)) => {
                given.days.insert(*input, date);
            }
            Some(Value::Text(text)) => given.word = Some(text.to_string()),
            _ => {}
        }
    }
    given
}

/// What other books say beside the rows of a policy.
pub(super) struct Beside<'a> {
    sight: &'a Sight<'a>,
    data: &'a PolicyData,
}

impl<'a> Beside<'a> {
    pub(super) fn new(sight: &'a Sight<'_>, data: &'a PolicyData) -> Self {
        Self { sight, data }
    }

    /// Adds sums and repayments to an input; gives where the repayments stand.
    fn fill(&self, given: &mut Given, row: EntryId, enterprise: EntryId, year: i16) -> Vec<EntryId> {
        for (input, sum) in &self.data.sums {
            if let Some(total) = self.total(sum, enterprise, year + sum.later) {
                given.numbers.insert(*input, total);
            }
        }
        let Some(rule) = &self.data.repayments else { return Vec::new() };
        let Some(book) = self.sight.content.books.get(&rule.book) else { return Vec::new() };
        let table = self.sight.table(book);
        let part = |at: u32| {
            let on = table.value(at, &rule.day)?.as_date()?;
            let amount = table.value(at, &rule.amount)?.as_number()? * rule.factor;
            Some((Repayment { on, amount: amount.normalize() }, table.ids()[at as usize]))
        };
        let mut parts: Vec<_> = table.naming(&rule.loan, row).into_iter().filter_map(part).collect();
        parts.sort_by_key(|(part, entry)| (part.on, *entry));
        given.repayments = parts.iter().map(|(part, _)| *part).collect();
        parts.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The rows a sum of a year is made of.
    pub(super) fn rows(&self, sum: &PolicySum, enterprise: EntryId, year: i16) -> Vec<EntryId> {
        let Some(book) = self.sight.content.books.get(&sum.book) else { return Vec::new() };
        let table = self.sight.table(book);
        let rows = book.subject.as_ref().map_or_else(Vec::new, |field| table.naming(field, enterprise));
        let rows = rows.into_iter().filter(|row| year_of(book, table, *row) == Some(year + sum.later));
        rows.map(|row| table.ids()[row as usize]).collect()
    }

    /// The sum of a year; none while a row has no number, or a month of a monthly book is missing.
    fn total(&self, sum: &PolicySum, enterprise: EntryId, year: i16) -> Option<Decimal> {
        let book = self.sight.content.books.get(&sum.book)?;
        let table = self.sight.table(book);
        let rows = table.naming(book.subject.as_ref()?, enterprise).into_iter();
        let rows: Vec<u32> = rows.filter(|row| year_of(book, table, *row) == Some(year)).collect();
        let numbers: Option<Vec<Decimal>> =
            rows.iter().map(|row| table.value(*row, &sum.field)?.as_number()).collect();
        let months = if book.every == Some(Every::Month) { months(book, table, &rows) } else { 12 };
        let total: Decimal = numbers.filter(|all| !all.is_empty() && months == 12)?.into_iter().sum();
        Some((total * sum.factor).normalize())
    }
}

/// How many months the rows of a year cover.
fn months(book: &Book, table: &Table, rows: &[u32]) -> usize {
    let time = book.time.as_ref();
    let of = |row: &u32| match table.value(*row, time?)? {
        Value::Period(period) => Some(period.months().collect::<Vec<_>>()),
        _ => None,
    };
    rows.iter().filter_map(of).flatten().collect::<std::collections::BTreeSet<_>>().len()
}
