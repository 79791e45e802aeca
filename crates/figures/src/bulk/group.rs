//! Many filtered sums over one range of rows at once.
//!
//! Rows are put into groups once, by the few values of the columns that the filters read; each column is then added up by
//! group in one pass, and a filtered sum is the sum of the groups its filter keeps. 140 sums under 18 filters so cost one
//! pass over each column instead of 140.

use std::ops::Range;

use crate::column::{Digits, NONE, Numbers, index};
use crate::exact::Sum;

/// More groups than this are no longer few: the accumulators would leave the cache.
pub const MOST_GROUPS: usize = 1 << 16;
/// Rows a thread takes at least; below, starting it costs more than it saves.
const ROWS_PER_THREAD: usize = 1 << 16;

/// Rows summed between two looks at how large they are.
const BLOCK: usize = 8192;

/// A column whose values rows are grouped by.
#[derive(Clone, Copy, Debug)]
pub enum GroupKey<'a> {
    /// Small numbers: flags and truths.
    Bytes(&'a [u8]),
    /// Codes of a dictionary; [`NONE`] is a group of its own.
    Codes(&'a [u32]),
}

impl GroupKey<'_> {
    /// One more than the largest value in a range, and whether values are missing.
    fn width(&self, rows: &Range<usize>) -> u32 {
        match self {
            Self::Bytes(data) => data[rows.clone()].iter().max().map_or(1, |m| u32::from(*m) + 1),
            Self::Codes(data) => {
                data[rows.clone()].iter().filter(|c| **c != NONE).max().map_or(1, |m| m.saturating_add(2))
            }
        }
    }
}

/// Which group each row of a range is in.
#[derive(Clone, Debug)]
pub struct Grouping {
    rows: Range<usize>,
    ids: Vec<u32>,
    first: Vec<u32>,
}

impl Grouping {
    /// Groups a range of rows by some columns; `None` when they have too many different values together.
    pub fn by(keys: &[GroupKey<'_>], rows: Range<usize>) -> Option<Self> {
        let widths: Vec<u32> = keys.iter().map(|k| k.width(&rows)).collect();
        let cells = widths.iter().try_fold(1_usize, |cells, width| {
            cells.checked_mul(*width as usize).filter(|cells| *cells <= MOST_GROUPS * 16)
        })?;
        let mut ids = vec![0_u32; rows.len()];
        for (key, width) in keys.iter().zip(&widths) {
            spread(key, *width, &rows, &mut ids);
        }
        let mut dense = vec![NONE; cells];
        let mut first = Vec::new();
        for (i, id) in ids.iter_mut().enumerate() {
            let seen = &mut dense[*id as usize];
            if *seen == NONE {
                *seen = index(first.len());
                first.push(index(rows.start + i));
            }
            *id = *seen;
        }
        (first.len() <= MOST_GROUPS).then_some(Self { rows, ids, first })
    }

    /// How many groups.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Whether there are no rows at all.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The first row of each group: what its key columns hold there, they hold in all its rows.
    pub fn first_rows(&self) -> &[u32] {
        &self.first
    }

    /// The group of each row of the range.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The sum and count of each column in each group, on two threads when it is worth it.
    pub fn sums(&self, columns: &[&Numbers]) -> Vec<Vec<FusedSum>> {
        let sizes = self.sizes();
        let half = columns.len() / 2;
        if half == 0 || self.ids.len() < ROWS_PER_THREAD {
            return columns.iter().map(|c| self.column_sums(c, &sizes)).collect();
        }
        let (left, right) = columns.split_at(half);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| right.iter().map(|c| self.column_sums(c, &sizes)).collect::<Vec<_>>());
            let mut sums: Vec<Vec<FusedSum>> = left.iter().map(|c| self.column_sums(c, &sizes)).collect();
            sums.extend(other.join().expect("adding up does not panic"));
            sums
        })
    }

    /// How many rows each group has.
    pub fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0_u64; self.len()];
        self.ids.iter().for_each(|id| sizes[*id as usize] += 1);
        sizes
    }

    fn column_sums(&self, column: &Numbers, sizes: &[u64]) -> Vec<FusedSum> {
        let counts = if column.presence().is_empty() {
            sizes.to_vec()
        } else {
            let mut counts = vec![0_u64; self.len()];
            let present = &column.presence()[self.rows.clone()];
            self.ids.iter().zip(present).for_each(|(id, p)| counts[*id as usize] += u64::from(*p));
            counts
        };
        let scale = column.scale();
        let steps = |all: Vec<i128>| all.into_iter().map(|steps| Sum::Steps { steps, scale }).collect();
        let sums: Vec<Sum> = match column.digits() {
            Digits::Small(data) => steps(self.small_sums(&data[self.rows.clone()])),
            Digits::Wide(data) => {
                self.other_sums(&data[self.rows.clone()], |n| Sum::Steps { steps: n, scale })
            }
            Digits::Free(data) => self.other_sums(&data[self.rows.clone()], Sum::from),
        };
        sums.into_iter().zip(counts).map(|(sum, count)| FusedSum { sum, count }).collect()
    }

    /// 64-bit accumulators, emptied into 128-bit ones before they could overflow.
    fn small_sums(&self, data: &[i64]) -> Vec<i128> {
        let mut wide = vec![0_i128; self.len()];
        let mut narrow = vec![0_i64; self.len()];
        let mut bound = 0_u64;
        for (ids, numbers) in self.ids.chunks(BLOCK).zip(data.chunks(BLOCK)) {
            let largest = numbers.iter().fold(0, |most, n| n.unsigned_abs().max(most));
            let added = largest.saturating_mul(numbers.len() as u64);
            if added > i64::MAX.unsigned_abs() {
                ids.iter().zip(numbers).for_each(|(id, n)| wide[*id as usize] += i128::from(*n));
                continue;
            }
            if bound.saturating_add(added) > i64::MAX.unsigned_abs() {
                empty_into(&mut narrow, &mut wide);
                bound = 0;
            }
            bound += added;
            ids.iter().zip(numbers).for_each(|(id, n)| narrow[*id as usize] += n);
        }
        empty_into(&mut narrow, &mut wide);
        wide
    }

    fn other_sums<T: Copy>(&self, data: &[T], sum: impl Fn(T) -> Sum) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.len()];
        for (id, n) in self.ids.iter().zip(data) {
            let so_far = &mut sums[*id as usize];
            *so_far = so_far.plus(sum(*n));
        }
        sums
    }
}

fn empty_into(narrow: &mut [i64], wide: &mut [i128]) {
    for (sum, part) in wide.iter_mut().zip(narrow) {
        *sum += i128::from(std::mem::take(part));
    }
}

/// Adds one key to the mixed-radix number of each row.
fn spread(key: &GroupKey<'_>, width: u32, rows: &Range<usize>, ids: &mut [u32]) {
    match key {
        GroupKey::Bytes(data) => {
            for (id, value) in ids.iter_mut().zip(&data[rows.clone()]) {
                *id = *id * width + u32::from(*value);
            }
        }
        GroupKey::Codes(data) => {
            for (id, code) in ids.iter_mut().zip(&data[rows.clone()]) {
                *id = *id * width + if *code == NONE { width - 1 } else { *code };
            }
        }
    }
}

/// A sum and how many numbers were present.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FusedSum {
    /// The sum.
    pub sum: Sum,
    /// How many numbers.
    pub count: u64,
}

impl FusedSum {
    fn plus(self, other: Self) -> Self {
        Self { sum: self.sum.plus(other.sum), count: self.count + other.count }
    }
}

/// Filtered sums over one range of rows: rows grouped once, columns added up once.
#[derive(Clone, Debug)]
pub struct FusedSums {
    grouping: Grouping,
    sums: Vec<Vec<FusedSum>>,
}

impl FusedSums {
    /// Groups `rows` by `keys` and adds up `columns` by group; `None` when the keys have too many different values.
    pub fn new(keys: &[GroupKey<'_>], columns: &[&Numbers], rows: Range<usize>) -> Option<Self> {
        let grouping = Grouping::by(keys, rows)?;
        let sums = grouping.sums(columns);
        Some(Self { grouping, sums })
    }

    /// The groups that a filter keeps; it is asked once per group, with a row of it, and may read the key columns only.
    pub fn keep(&self, mut filter: impl FnMut(usize) -> bool) -> Vec<bool> {
        self.grouping.first_rows().iter().map(|row| filter(*row as usize)).collect()
    }

    /// The sum of a column (by its position in `columns`) over the kept groups.
    pub fn sum(&self, column: usize, kept: &[bool]) -> FusedSum {
        let groups = self.sums[column].iter().zip(kept).filter(|(_, kept)| **kept);
        groups.fold(FusedSum::default(), |sum, (group, _)| sum.plus(*group))
    }

    /// The groups.
    pub fn grouping(&self) -> &Grouping {
        &self.grouping
    }
}
