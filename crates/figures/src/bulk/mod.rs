//! Kernels that add up: sums of columns, sums by group for many figures at once, and dense arrays of facts.
//!
//! Everything is exact: whole steps in 64 bits where the sizes allow it, else in 128; results are decimals only at the end.
//!
//! Deliberately absent: what is summed and why (`engine`), reading files.

mod facts;
mod group;

pub use facts::{Cohort, CohortRow, Facts, Headline};
pub use group::{Adding, FusedSum, FusedSums, GroupKey, Grouping};

use crate::column::{Digits, Numbers};
use crate::exact::Sum;

/// The sum of all numbers present, and how many there are.
pub fn total(numbers: &Numbers) -> (Sum, usize) {
    let scale = numbers.scale();
    let sum = match numbers.digits() {
        Digits::Small(data) => Sum::Steps { steps: sum_small(data), scale },
        Digits::Wide(data) => wide_sum(data.iter().copied(), scale),
        Digits::Free(data) => data.iter().fold(Sum::default(), |sum, d| sum.plus(Sum::from(*d))),
    };
    (sum, numbers.count())
}

/// The sum of the numbers present at some positions, and how many there are.
pub fn total_of(numbers: &Numbers, positions: &[u32]) -> (Sum, usize) {
    let present = if numbers.presence().is_empty() {
        positions.len()
    } else {
        positions.iter().filter(|p| numbers.has(**p as usize)).count()
    };
    let scale = numbers.scale();
    let sum = match numbers.digits() {
        Digits::Small(data) => {
            let steps = positions.iter().map(|p| i128::from(data[*p as usize])).sum();
            Sum::Steps { steps, scale }
        }
        Digits::Wide(data) => wide_sum(positions.iter().map(|p| data[*p as usize]), scale),
        Digits::Free(data) => {
            positions.iter().fold(Sum::default(), |sum, p| sum.plus(Sum::from(data[*p as usize])))
        }
    };
    (sum, present)
}

/// 64-bit steps never overflow 128 bits: a table has fewer than 2³² rows.
fn sum_small(data: &[i64]) -> i128 {
    data.iter().map(|n| i128::from(*n)).sum()
}

fn wide_sum(data: impl Iterator<Item = i128>, scale: u32) -> Sum {
    data.fold(Sum::default(), |sum, steps| sum.plus(Sum::Steps { steps, scale }))
}
