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
            Self::Bytes(data) => u32::from(data[rows.clone()].iter().fold(0, |most, n| most.max(*n))) + 1,
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
    ids: Ids,
    first: Vec<u32>,
}

/// The group of each row. A byte where it suffices: every column is added up along this list.
#[derive(Clone, Debug)]
enum Ids {
    Few(Vec<u8>),
    Many(Vec<u32>),
}

/// The groups a byte can tell apart.
const FEW: usize = 256;

impl Grouping {
    /// Groups a range of rows by some columns; `None` when they have too many different values together.
    pub fn by(keys: &[GroupKey<'_>], rows: Range<usize>) -> Option<Self> {
        let parts = parts(&rows);
        let widths =
            on_threads(parts.clone(), |part| keys.iter().map(|k| k.width(&part)).collect::<Vec<_>>());
        let widest = |a: Vec<u32>, b: Vec<u32>| a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect();
        let widths = widths.into_iter().reduce(widest).unwrap_or_default();
        let cells = widths.iter().try_fold(1_usize, |cells, width| {
            cells.checked_mul(*width as usize).filter(|cells| *cells <= MOST_GROUPS * 16)
        })?;
        let placed = on_threads(parts, |part| placed(keys, &widths, cells, &part));
        let mut numbers = vec![NONE; cells];
        let mut first = Vec::new();
        for (cell, row) in placed.iter().flat_map(|(_, met)| met) {
            let number = &mut numbers[*cell as usize];
            if *number == NONE {
                *number = index(first.len());
                first.push(*row);
            }
        }
        if first.len() > MOST_GROUPS {
            return None;
        }
        let few: Option<Vec<u8>> =
            (first.len() <= FEW).then(|| numbers.iter().map(|n| u8::try_from(*n).unwrap_or(0)).collect());
        let ids = match few {
            Some(few) => Ids::Few(renumbered(placed, &few)),
            None => Ids::Many(renumbered(placed, &numbers)),
        };
        Some(Self { rows, ids, first })
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

    /// The sum and count of each column in each group, on two threads when it is worth it.
    pub fn sums(&self, columns: &[&Numbers]) -> Vec<Vec<FusedSum>> {
        let sizes = self.sizes();
        let add_up = |columns: &[&Numbers]| -> Vec<Vec<FusedSum>> {
            columns.iter().map(|c| self.column_sums(c, &sizes)).collect()
        };
        if columns.len() < 2 || self.rows.len() < ROWS_PER_THREAD {
            return add_up(columns);
        }
        let (left, right) = columns.split_at(columns.len() / 2);
        on_threads(vec![left, right], add_up).concat()
    }

    /// Starts to add up a column whose numbers come in blocks, such as one read from a file.
    pub fn adding(&self) -> Adding<'_> {
        self.adding_from(0)
    }

    /// The same from a later row of the range, so that parts of a column can be added up apart.
    pub fn adding_from(&self, row: usize) -> Adding<'_> {
        let groups = self.len();
        let (narrow, wide) = (vec![0; groups.max(FEW)], vec![0; groups]);
        Adding { ids: &self.ids, done: row, narrow, bound: 0, wide }
    }

    /// How many rows each group has.
    pub fn sizes(&self) -> Vec<u64> {
        match &self.ids {
            Ids::Few(ids) => sizes(ids, self.len()),
            Ids::Many(ids) => sizes(ids, self.len()),
        }
    }

    /// How many rows of each group are present.
    fn counts(&self, present: &[bool]) -> Vec<u64> {
        match &self.ids {
            Ids::Few(ids) => counts(ids, present, self.len()),
            Ids::Many(ids) => counts(ids, present, self.len()),
        }
    }

    fn column_sums(&self, column: &Numbers, sizes: &[u64]) -> Vec<FusedSum> {
        let counts = if column.presence().is_empty() {
            sizes.to_vec()
        } else {
            self.counts(&column.presence()[self.rows.clone()])
        };
        let scale = column.scale();
        let steps = |all: Vec<i128>| all.into_iter().map(|steps| Sum::Steps { steps, scale }).collect();
        let sums: Vec<Sum> = match column.digits() {
            Digits::Small(data) => {
                let mut adding = self.adding();
                adding.add(&data[self.rows.clone()]);
                steps(adding.done())
            }
            Digits::Wide(data) => {
                self.other_sums(&data[self.rows.clone()], |n| Sum::Steps { steps: n, scale })
            }
            Digits::Free(data) => self.other_sums(&data[self.rows.clone()], Sum::from),
        };
        sums.into_iter().zip(counts).map(|(sum, count)| FusedSum { sum, count }).collect()
    }

    fn other_sums<T: Copy>(&self, data: &[T], sum: impl Fn(T) -> Sum) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.len()];
        let mut add = |id: usize, n: T| sums[id] = sums[id].plus(sum(n));
        match &self.ids {
            Ids::Few(ids) => ids.iter().zip(data).for_each(|(id, n)| add(usize::from(*id), *n)),
            Ids::Many(ids) => ids.iter().zip(data).for_each(|(id, n)| add(*id as usize, *n)),
        }
        sums
    }
}

/// The two halves of many rows, or few rows as they are.
fn parts(rows: &Range<usize>) -> Vec<Range<usize>> {
    let middle = rows.start + rows.len() / 2;
    if rows.len() < ROWS_PER_THREAD { vec![rows.clone()] } else { vec![rows.start..middle, middle..rows.end] }
}

/// Does each part of a work on a thread of its own, the last one on this.
fn on_threads<P: Send, T: Send>(mut parts: Vec<P>, work: impl Fn(P) -> T + Sync) -> Vec<T> {
    let last = parts.pop();
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| work(part))).collect();
        let last = last.map(&work);
        let others = others.into_iter().map(|o| o.join().expect("adding up does not panic"));
        others.chain(last).collect()
    })
}

/// Rows by cell, and the cells in the order they are met, each with its first row.
type Placed = (Vec<u32>, Vec<(u32, u32)>);

/// Finds the cell of each row: the mixed-radix number of its keys.
fn placed(keys: &[GroupKey<'_>], widths: &[u32], cells: usize, rows: &Range<usize>) -> Placed {
    let mut places = vec![0_u32; rows.len()];
    for (key, width) in keys.iter().zip(widths) {
        spread(key, *width, rows, &mut places);
    }
    let mut seen = vec![false; cells];
    let mut met = Vec::new();
    for (row, cell) in (rows.start..).zip(&places) {
        let seen = &mut seen[*cell as usize];
        if !*seen {
            *seen = true;
            met.push((*cell, index(row)));
        }
    }
    (places, met)
}

/// The group of each row, from the group of each cell.
fn renumbered<T: Copy + Send + Sync>(placed: Vec<Placed>, numbers: &[T]) -> Vec<T> {
    let group = |(places, _): Placed| places.iter().map(|cell| numbers[*cell as usize]).collect::<Vec<T>>();
    on_threads(placed, group).concat()
}

fn sizes<T: Copy + Into<u32>>(ids: &[T], groups: usize) -> Vec<u64> {
    let mut sizes = vec![0_u64; groups];
    ids.iter().for_each(|id| sizes[(*id).into() as usize] += 1);
    sizes
}

fn counts<T: Copy + Into<u32>>(ids: &[T], present: &[bool], groups: usize) -> Vec<u64> {
    let mut counts = vec![0_u64; groups];
    ids.iter().zip(present).for_each(|(id, p)| counts[(*id).into() as usize] += u64::from(*p));
    counts
}

/// Steps added up by group as they come, in the order of the rows: 64-bit accumulators, emptied into 128-bit ones before they
/// could overflow.
#[derive(Clone, Debug)]
pub struct Adding<'g> {
    ids: &'g Ids,
    /// Rows added so far.
    done: usize,
    /// At least as many as a byte can tell apart.
    narrow: Vec<i64>,
    /// No accumulator is larger.
    bound: u64,
    wide: Vec<i128>,
}

impl Adding<'_> {
    /// Adds the next rows, one number each.
    pub fn add(&mut self, numbers: &[i64]) {
        for numbers in numbers.chunks(BLOCK) {
            let rows = self.done..self.done + numbers.len();
            self.done = rows.end;
            // All bits of any size in this block: at most twice the largest size, and found quicker.
            let bits = numbers.iter().fold(0, |bits, n| bits | (n ^ (n >> 63)));
            let added = bits.unsigned_abs().saturating_add(1).saturating_mul(numbers.len() as u64);
            if self.bound.saturating_add(added) > i64::MAX.unsigned_abs() {
                self.empty();
            }
            let fits = added <= i64::MAX.unsigned_abs();
            self.bound += if fits { added } else { 0 };
            match self.ids {
                Ids::Few(ids) if fits => add_few(&ids[rows], numbers, &mut self.narrow),
                Ids::Many(ids) if fits => add_many(&ids[rows], numbers, &mut self.narrow),
                Ids::Few(ids) => add_wide(&ids[rows], numbers, &mut self.wide),
                Ids::Many(ids) => add_wide(&ids[rows], numbers, &mut self.wide),
            }
        }
    }

    /// The sums by group.
    pub fn done(mut self) -> Vec<i128> {
        self.empty();
        self.wide
    }

    fn empty(&mut self) {
        self.bound = 0;
        for (sum, part) in self.wide.iter_mut().zip(&mut self.narrow) {
            *sum += i128::from(std::mem::take(part));
        }
    }
}

fn add_few(ids: &[u8], numbers: &[i64], narrow: &mut [i64]) {
    let narrow = narrow.first_chunk_mut::<FEW>().expect("there is an accumulator for every byte");
    for (id, n) in ids.iter().zip(numbers) {
        // The bound says that nothing wraps.
        narrow[usize::from(*id)] = narrow[usize::from(*id)].wrapping_add(*n);
    }
}

fn add_many(ids: &[u32], numbers: &[i64], narrow: &mut [i64]) {
    ids.iter().zip(numbers).for_each(|(id, n)| narrow[*id as usize] += n);
}

fn add_wide<T: Copy + Into<u32>>(ids: &[T], numbers: &[i64], wide: &mut [i128]) {
    ids.iter().zip(numbers).for_each(|(id, n)| wide[(*id).into() as usize] += i128::from(*n));
}

/// Adds one key to the mixed-radix number of each row, which is below the number of cells.
fn spread(key: &GroupKey<'_>, width: u32, rows: &Range<usize>, places: &mut [u32]) {
    match key {
        GroupKey::Bytes(data) => {
            for (place, value) in places.iter_mut().zip(&data[rows.clone()]) {
                *place = place.wrapping_mul(width).wrapping_add(u32::from(*value));
            }
        }
        GroupKey::Codes(data) => {
            for (place, code) in places.iter_mut().zip(&data[rows.clone()]) {
                let code = if *code == NONE { width - 1 } else { *code };
                *place = place.wrapping_mul(width).wrapping_add(code);
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

    /// Sums that were added up elsewhere: of each column, each group's.
    pub fn of(grouping: Grouping, sums: Vec<Vec<FusedSum>>) -> Self {
        Self { grouping, sums }
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
