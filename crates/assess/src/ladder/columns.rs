//! What is known about enterprises, one column per datum and year.
//!
//! Numbers are whole millionths (an amount in 万元 to the cent and beyond) in 64 bits; [`MISSING`] is no number. Dates are days
//! since 1970-01-01 in millionths, choices places among the choices, yes 1 and no 0, in millionths as well.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::{Date, date};
use model::definition::Standing;
use model::id::{DatumId, QualificationId};
use rust_decimal::{Decimal, RoundingStrategy};

/// Nothing is known.
pub const MISSING: i64 = i64::MIN;
/// Millionths in one.
pub const STEPS: i64 = 1_000_000;

/// A datum of one year.
#[derive(Clone, Default, Debug)]
struct Column {
    numbers: Vec<i64>,
    /// No number in it is farther from zero.
    widest: u64,
    /// One bit per enterprise: there is a number; it is above zero.
    marks: [Vec<u64>; 2],
}

/// Enterprises `0..len` as of one day.
#[derive(Clone, Debug)]
pub struct Enterprises {
    /// How many there are.
    pub len: usize,
    /// The day asked about.
    pub on: Date,
    data: HashMap<DatumId, Vec<Column>>,
    held: HashMap<QualificationId, Vec<Option<Standing>>>,
}

impl Enterprises {
    /// Enterprises of whom nothing is known yet.
    pub fn new(len: usize, on: Date) -> Self {
        Self { len, on, data: HashMap::new(), held: HashMap::new() }
    }

    /// Sets a datum for the year `back` (0: the last complete year, or the day itself).
    ///
    /// # Panics
    /// When the column is not as long as there are enterprises.
    pub fn set(&mut self, datum: DatumId, back: usize, column: Vec<i64>) {
        assert_eq!(column.len(), self.len, "a column has a place for every enterprise");
        let years = self.data.entry(datum).or_default();
        if years.len() <= back {
            years.resize(back + 1, Column::default());
        }
        let known = column.iter().filter(|n| **n != MISSING);
        let widest = known.map(|n| n.unsigned_abs()).max().unwrap_or(0);
        let mark = |holds: fn(i64) -> bool| {
            let word = |part: &[i64]| part.iter().rev().fold(0, |bits, n| bits << 1 | u64::from(holds(*n)));
            column.chunks(64).map(word).collect::<Vec<u64>>()
        };
        let marks = [mark(|n| n != MISSING), mark(|n| n > 0)];
        years[back] = Column { numbers: column, widest, marks };
    }

    /// Fills in what is not known of a datum of some enterprises; a datum that nobody delivered stays away.
    pub fn fill(&mut self, datum: &DatumId, back: usize, places: &[usize], number: i64) {
        let column = self.column(datum, back);
        let missing = |i: &&usize| column.get(**i) == Some(&MISSING);
        if !places.iter().any(|i| missing(&i)) {
            return;
        }
        let mut column = column.to_vec();
        for i in places {
            if column[*i] == MISSING {
                column[*i] = number;
            }
        }
        self.set(datum.clone(), back, column);
    }

    /// Sets how enterprises stand to a qualification; none: not known.
    ///
    /// # Panics
    /// When the column is not as long as there are enterprises.
    pub fn hold(&mut self, qualification: QualificationId, column: Vec<Option<Standing>>) {
        assert_eq!(column.len(), self.len, "a column has a place for every enterprise");
        self.held.insert(qualification, column);
    }

    /// What is known of a datum for enterprise `i`.
    pub fn value(&self, datum: &DatumId, back: usize, i: usize) -> Option<i64> {
        self.column(datum, back).get(i).copied().filter(|n| *n != MISSING)
    }

    /// A datum's column; empty where nobody delivered it.
    pub(super) fn column(&self, datum: &DatumId, back: usize) -> &[i64] {
        self.data.get(datum).and_then(|years| years.get(back)).map_or(&[], |column| &column.numbers)
    }

    /// Of whom a datum is known, or known to be above zero: one bit per enterprise, the first the lowest of the first word.
    pub(super) fn marks(&self, datum: &DatumId, back: usize, positive: bool) -> &[u64] {
        let found = self.data.get(datum).and_then(|years| years.get(back));
        found.map_or(&[], |column| &column.marks[usize::from(positive)])
    }

    /// How far from zero a datum's numbers are at most.
    pub(super) fn widest(&self, datum: &DatumId, back: usize) -> u64 {
        self.data.get(datum).and_then(|years| years.get(back)).map_or(0, |column| column.widest)
    }

    /// A qualification's column; empty where nobody delivered it.
    pub(super) fn standing(&self, qualification: &QualificationId) -> &[Option<Standing>] {
        self.held.get(qualification).map_or(&[], Vec::as_slice)
    }
}

/// Some rows of a column; none of one that nobody delivered.
pub(super) fn cut<'a, T>(column: &'a [T], rows: &Range<usize>) -> &'a [T] {
    column.get(rows.clone()).unwrap_or(&[])
}

/// A number in millionths, rounded half-up; none beyond 64 bits.
pub fn millionths(number: Decimal) -> Option<i64> {
    let scaled = number.checked_mul(Decimal::from(STEPS))?;
    let whole = scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(whole).ok().filter(|n| *n != MISSING)
}

/// A day in millionths.
pub fn day(on: Date) -> i64 {
    let days = on.since(date(1970, 1, 1)).map_or(0, |span| span.get_days());
    i64::from(days) * STEPS
}
