//! The order of rows: each column to sort by becomes a whole number of few bits, these and the row number become one
//! number, and numbers are sorted. Only as much of the order is made as somebody looks at.

use std::sync::Arc;

use figures::Table;
use figures::column::{Column, Digits, MISSING, NONE, Numbers};
use model::definition::{Book, BookKind, FieldKind};
use rust_decimal::Decimal;

use super::collate;
use super::query::{Order, QueryFault};
use super::sight::Sight;

/// One column to sort by: the place of each row, the bits it needs, and how it is read.
struct Key<'t> {
    places: Places<'t>,
    /// The greatest place of a value; a missing one is after it.
    most: u64,
    descending: bool,
}

enum Places<'t> {
    /// Whole numbers, less the least.
    Digits(&'t Numbers, &'t [i64], i64),
    /// Days or periods, less the least.
    Whole(&'t [i32], i32),
    /// Codes of a dictionary, each with its rank.
    Codes(&'t [u32], Arc<[u32]>),
    /// No and yes.
    Flags(&'t [u8]),
    /// Worked out beforehand.
    Ranked(Vec<u32>),
}

/// A number that several keys and a row number fit into.
trait Packed: Copy + Ord {
    fn zero() -> Self;
    fn with(self, bits: u32, more: u64) -> Self;
    fn row(self, bits: u32) -> u32;
}

macro_rules! packed {
    ($($kind:ty),*) => {$(
        impl Packed for $kind {
            fn zero() -> Self { 0 }
            fn with(self, bits: u32, more: u64) -> Self { (self << bits) | Self::from(more) }
            fn row(self, bits: u32) -> u32 {
                u32::try_from(self & ((1 << bits) - 1)).expect("as many bits as a row number has")
            }
        }
    )*};
}
packed!(u64, u128);

/// Rows in a query's order: all of them, or the first `most`.
pub(super) fn sorted(
    sight: &Sight<'_>,
    book: &Book,
    rows: &[u32],
    orders: &[Order],
    most: Option<usize>,
) -> Result<Vec<u32>, QueryFault> {
    let table = sight.table(book);
    let mut keys = Vec::new();
    for order in orders {
        keys.push(key(sight, book, table, order)?);
    }
    let row_bits = bits(table.len() as u64);
    let total = |keys: &[Key<'_>]| keys.iter().map(|k| bits(k.most + 1)).sum::<u32>() + row_bits;
    if total(&keys) > u128::BITS {
        keys.iter_mut().filter(|k| bits(k.most + 1) > 32).for_each(|k| k.rank(table.len()));
    }
    if total(&keys) <= u64::BITS {
        Ok(by::<u64>(&keys, rows, row_bits, most))
    } else {
        Ok(by::<u128>(&keys, rows, row_bits, most))
    }
}

/// Whether a query's fields can be sorted by.
pub(super) fn check(sight: &Sight<'_>, book: &Book, orders: &[Order]) -> Result<(), QueryFault> {
    for order in orders {
        let field =
            book.field(&order.field).ok_or_else(|| QueryFault::UnknownField(order.field.to_string()))?;
        if sight.actor.masks(field) {
            return Err(QueryFault::Masked(field.title.clone()));
        }
    }
    Ok(())
}

/// How many bits hold numbers up to `most`.
fn bits(most: u64) -> u32 {
    u64::BITS - most.leading_zeros()
}

fn by<P: Packed>(keys: &[Key<'_>], rows: &[u32], row_bits: u32, most: Option<usize>) -> Vec<u32> {
    let mut packed: Vec<P> = vec![P::zero(); rows.len()];
    for key in keys {
        key.add(&mut packed, rows);
    }
    for (number, row) in packed.iter_mut().zip(rows) {
        *number = number.with(row_bits, u64::from(*row));
    }
    if let Some(most) = most.filter(|m| *m > 0 && *m < packed.len()) {
        packed.select_nth_unstable(most - 1);
        packed.truncate(most);
    }
    packed.sort_unstable();
    packed.into_iter().map(|p| p.row(row_bits)).collect()
}

fn key<'t>(sight: &Sight<'_>, book: &Book, table: &'t Table, order: &Order) -> Result<Key<'t>, QueryFault> {
    let unknown = || QueryFault::UnknownField(order.field.to_string());
    let field = book.field(&order.field).ok_or_else(unknown)?;
    let (places, most) = match table.column(&order.field).ok_or_else(unknown)? {
        Column::Number(numbers) => number_places(numbers),
        Column::Date(all) | Column::Period(all) => {
            let known = || all.iter().filter(|n| **n != MISSING);
            let (least, most) = (known().min().copied().unwrap_or(0), known().max().copied().unwrap_or(0));
            (Places::Whole(all, least), u64::from(most.abs_diff(least)))
        }
        Column::Flag(flags) => (Places::Flags(flags), 1),
        Column::Text(coded) => {
            let ranks = coded.ranks(|words| match &field.kind {
                FieldKind::Choice { choices } => by_choice(words, choices),
                _ => collate::ranks(words),
            });
            (Places::Codes(coded.codes(), ranks), coded.words().len() as u64)
        }
        Column::Entry(coded) => {
            let titles = coded.words().iter().map(|e| sight.title(*e, field.kind.book()));
            let titles: Vec<String> = titles.collect();
            (Places::Codes(coded.codes(), collate::ranks(&titles)), titles.len() as u64)
        }
        Column::Entries(all) => {
            let title = |e: &model::id::EntryId| sight.title(*e, field.kind.book());
            let titles = all
                .iter()
                .map(|named| named.as_ref().map(|n| collate::key(&n.iter().map(title).collect::<String>())));
            let titles: Vec<Option<Vec<u32>>> = titles.collect();
            let ranked = distinct(&titles);
            (Places::Ranked(ranked), all.len() as u64)
        }
    };
    Ok(Key { places, most, descending: order.descending })
}

fn number_places(numbers: &Numbers) -> (Places<'_>, u64) {
    if let Digits::Small(digits) = numbers.digits() {
        let known = || digits.iter().enumerate().filter(|(i, _)| numbers.has(*i)).map(|(_, n)| *n);
        let (least, most) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
        let span = most.abs_diff(least);
        if span < 1 << 62 {
            return (Places::Digits(numbers, digits, least), span);
        }
    }
    let all: Vec<Option<Decimal>> = (0..numbers.len()).map(|r| numbers.at(r)).collect();
    (Places::Ranked(distinct(&all)), all.len() as u64)
}

/// Choices in the order the book lists them; what is not listed any more after them.
fn by_choice(words: &[Arc<str>], choices: &[String]) -> Arc<[u32]> {
    let mut order: Vec<(usize, &Arc<str>, u32)> = (0u32..)
        .zip(words)
        .map(|(i, w)| (choices.iter().position(|c| **c == **w).unwrap_or(usize::MAX), w, i))
        .collect();
    order.sort_unstable();
    let mut ranks = vec![0; words.len()];
    for (rank, (_, _, index)) in (0u32..).zip(&order) {
        ranks[*index as usize] = rank;
    }
    Arc::from(ranks)
}

/// The rank of each value among the distinct ones; [`NONE`] for a missing one.
fn distinct<T: Ord>(values: &[Option<T>]) -> Vec<u32> {
    let mut known: Vec<&T> = values.iter().flatten().collect();
    known.sort_unstable();
    known.dedup();
    let rank = |v: &T| u32::try_from(known.partition_point(|k| *k < v)).unwrap_or(NONE - 1);
    values.iter().map(|v| v.as_ref().map_or(NONE, rank)).collect()
}

impl Key<'_> {
    fn add<P: Packed>(&self, packed: &mut [P], rows: &[u32]) {
        match &self.places {
            Places::Digits(numbers, digits, least) => {
                self.each(packed, rows, |r| numbers.has(r).then(|| digits[r].abs_diff(*least)));
            }
            Places::Whole(all, least) => {
                self.each(packed, rows, |r| (all[r] != MISSING).then(|| u64::from(all[r].abs_diff(*least))));
            }
            Places::Codes(codes, ranks) => {
                self.each(packed, rows, |r| ranks.get(codes[r] as usize).map(|rank| u64::from(*rank)));
            }
            Places::Flags(flags) => {
                self.each(packed, rows, |r| (flags[r] < 2).then(|| u64::from(flags[r])));
            }
            Places::Ranked(ranks) => {
                self.each(packed, rows, |r| (ranks[r] != NONE).then(|| u64::from(ranks[r])));
            }
        }
    }

    fn each<P: Packed>(&self, packed: &mut [P], rows: &[u32], place: impl Fn(usize) -> Option<u64>) {
        let (bits, missing) = (bits(self.most + 1), self.most + 1);
        for (number, row) in packed.iter_mut().zip(rows) {
            let place = match place(*row as usize) {
                None => missing,
                Some(place) if self.descending => self.most - place,
                Some(place) => place,
            };
            *number = number.with(bits, place);
        }
    }

    /// Replaces wide numbers by their ranks.
    fn rank(&mut self, rows: usize) {
        let place = |r: usize| match &self.places {
            Places::Digits(numbers, digits, least) => numbers.has(r).then(|| digits[r].abs_diff(*least)),
            _ => None,
        };
        let all: Vec<Option<u64>> = (0..rows).map(place).collect();
        self.most = rows as u64;
        self.places = Places::Ranked(distinct(&all));
    }
}

/// Rows without an order of their own: as the book lies, newest month first where its entries have a time.
pub(super) fn natural(book: &Book, table: &Table, rows: &[u32]) -> Vec<u32> {
    if book.kind == BookKind::Register || book.time.is_none() {
        return rows.to_vec();
    }
    let months = table.months();
    let mut sorted = Vec::with_capacity(rows.len());
    let mut end = rows.len();
    while end > 0 {
        let month = months[rows[end - 1] as usize];
        let start = rows[..end].partition_point(|r| months[*r as usize] < month);
        sorted.extend_from_slice(&rows[start..end]);
        end = start;
    }
    sorted
}
