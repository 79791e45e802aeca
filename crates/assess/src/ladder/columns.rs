//! What is known about enterprises, one column per datum and year.
//!
//! Numbers are whole millionths (an amount in 万元 to the cent and beyond) in 64 bits; [`MISSING`] is no number. Dates are days
//! since 1970-01-01 in millionths, choices places among the choices, yes 1 and no 0, in millionths as well.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use model::definition::Standing;
use model::id::{DatumId, QualificationId};
use rust_decimal::{Decimal, RoundingStrategy};

/// Nothing is known.
pub const MISSING: i64 = i64::MIN;
/// Millionths in one.
pub const STEPS: i64 = 1_000_000;

/// Enterprises `0..len` as of one day.
#[derive(Clone, Debug)]
pub struct Enterprises {
    /// How many there are.
    pub len: usize,
    /// The day asked about.
    pub on: Date,
    data: HashMap<DatumId, Vec<Vec<i64>>>,
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
            years.resize(back + 1, Vec::new());
        }
        years[back] = column;
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
        self.data.get(datum).and_then(|years| years.get(back)).map_or(&[], Vec::as_slice)
    }

    /// A qualification's column; empty where nobody delivered it.
    pub(super) fn standing(&self, qualification: &QualificationId) -> &[Option<Standing>] {
        self.held.get(qualification).map_or(&[], Vec::as_slice)
    }
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
