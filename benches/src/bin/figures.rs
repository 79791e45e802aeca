//! 140 figures for January to September, each with the same months a year before, over 6 million monthly keys.
//!
//! `figures parquet|plain|memory FILE.parquet REPEATS`. From Parquet: row groups chosen by their statistics, pages by the
//! period's rows, dictionaries as far as codes ask, decoded on two threads straight into the product's kernels. From memory:
//! the columns are there, ordered by month as in a snapshot. The peer is `peers/figures.py`, whose definitions these are.

use std::fs::File;
use std::ops::Range;
use std::path::Path;

use figures::Sum;
use figures::bulk::{FusedSum, FusedSums, GroupKey, Grouping};
use figures::column::Numbers;
use parkledger_benches::columns::Columns;
use parkledger_benches::pages::{Scratch, each};
use parkledger_benches::{Fault, arguments, print, repeated};
use serde_json::json;

const MEASURES: [&str; 8] = ["output", "revenue", "value_added", "rd", "tax", "energy", "staff", "profit"];
const COUNT: usize = 140;
/// January to September 2023 as year × 12 + month − 1.
const FIRST: i32 = 2023 * 12;
const LAST: i32 = 2023 * 12 + 8;

/// What the filters of all figures read, ordered by month.
struct Keys {
    months: Vec<i32>,
    industry: Vec<u8>,
    hi_tech: Vec<u8>,
    above_scale: Vec<u8>,
}

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [from, path, repeats] = arguments.as_slice() else {
        return Err("figures parquet|plain|memory FILE REPEATS".into());
    };
    let (path, repeats) = (Path::new(path), repeats.parse()?);
    let (sums, ms) = if from != "memory" {
        let mut scratches = [Scratch::new()?, Scratch::new()?];
        repeated(repeats, || from_parquet(path, &mut scratches))
    } else {
        let file = Columns::open(path)?;
        let keys = keys(&file, &file.groups())?;
        let columns = file.read(&names().each_ref().map(String::as_str), &file.groups())?;
        let numbers: Vec<Numbers> =
            columns.into_iter().map(|c| Numbers::from_small(2, c.into_cents(), vec![])).collect();
        repeated(repeats, || from_memory(&keys, &numbers))
    };
    print(&format!("parkledger-{from}"), &ms, &json!({ "sums": sums? }));
    Ok(())
}

/// Each measure and its prior-year column.
fn names() -> [String; 16] {
    std::array::from_fn(|i| format!("{}{}", MEASURES[i / 2], if i % 2 == 0 { "" } else { "_prior" }))
}

fn keys(file: &Columns, groups: &[usize]) -> Result<Keys, Fault> {
    let columns = file.read(&["year", "month", "industry", "hi_tech", "above_scale"], groups)?;
    let months = columns[0].ints().iter().zip(columns[1].ints()).map(|(y, m)| y * 12 + m - 1).collect();
    let industry = columns[2].ints().iter().map(|i| u8::try_from(*i)).collect::<Result<_, _>>()?;
    let flags = |i: usize| columns[i].flags().to_vec();
    Ok(Keys { months, industry, hi_tech: flags(3), above_scale: flags(4) })
}

impl Keys {
    fn rows(&self) -> Range<usize> {
        self.months.partition_point(|m| *m < FIRST)..self.months.partition_point(|m| *m <= LAST)
    }

    fn columns(&self) -> [GroupKey<'_>; 3] {
        [&self.industry, &self.hi_tech, &self.above_scale].map(|k| GroupKey::Bytes(k))
    }
}

fn from_memory(keys: &Keys, numbers: &[Numbers]) -> Result<Vec<String>, Fault> {
    let columns: Vec<&Numbers> = numbers.iter().collect();
    let sums = FusedSums::new(&keys.columns(), &columns, keys.rows()).ok_or("too many groups")?;
    all(keys, &sums)
}

/// The rows of one row group that lie in the period.
struct Part {
    group: usize,
    rows: Range<usize>,
    /// How many rows of the period come before.
    before: usize,
}

/// Row groups chosen by their statistics, pages by the period's rows; numbers added up as they are decoded, never laid out.
fn from_parquet(path: &Path, scratches: &mut [Scratch; 2]) -> Result<Vec<String>, Fault> {
    let (file, bytes) = (Columns::open(path)?, File::open(path)?);
    let parts = parts(&file, &bytes, scratches)?;
    let keys = keys_of(&file, &bytes, scratches, &parts)?;
    let grouping = Grouping::by(&keys.columns(), 0..keys.industry.len()).ok_or("too many groups")?;
    let names = names();
    let pieces: Vec<(usize, &Part)> =
        (0..names.len()).flat_map(|column| parts.iter().map(move |part| (column, part))).collect();
    let added = each(scratches, &pieces, |scratch, (column, part)| {
        let mut adding = grouping.adding_from(part.before);
        let chunk = file.chunk(&names[*column], part.group)?;
        scratch.visit(&bytes, &chunk, &part.rows, |block| adding.add(block))?;
        Ok(adding.done())
    })?;
    let sizes = grouping.sizes();
    let mut sums = vec![vec![0; grouping.len()]; names.len()];
    for ((column, _), added) in pieces.iter().zip(added) {
        sums[*column].iter_mut().zip(added).for_each(|(sum, more)| *sum += more);
    }
    let sum = |(steps, count): (i128, &u64)| FusedSum { sum: Sum::Steps { steps, scale: 2 }, count: *count };
    let sums = sums.into_iter().map(|steps| steps.into_iter().zip(&sizes).map(sum).collect()).collect();
    all(&keys, &FusedSums::of(grouping, sums))
}

/// Where the period's rows are; the file is ordered by month.
fn parts(file: &Columns, bytes: &File, scratches: &mut [Scratch; 2]) -> Result<Vec<Part>, Fault> {
    let mut groups = file.groups_between("year", FIRST.div_euclid(12), LAST.div_euclid(12))?;
    let of_months = file.groups_between("month", FIRST % 12 + 1, LAST % 12 + 1)?;
    groups.retain(|g| of_months.contains(g));
    let within = each(scratches, &groups, |scratch, group| {
        let rows = file.rows(*group)?;
        if surely_within(file, *group)? {
            return Ok(0..rows);
        }
        let (mut months, mut at) = (vec![0_i16; rows], 0);
        for (name, times, plus) in [("year", 12, -1), ("month", 1, 0)] {
            at = 0;
            scratch.visit(bytes, &file.chunk(name, *group)?, &(0..rows), |block| {
                // Months are below 12 × 2,700.
                let plus = |n: i64| i16::try_from(n * times + plus).unwrap_or(i16::MAX);
                months[at..].iter_mut().zip(block).for_each(|(month, n)| *month += plus(*n));
                at += block.len();
            })?;
        }
        if !months.is_sorted() {
            return Err("rows are not ordered by month".into());
        }
        let place = |month: i32| months[..at].partition_point(|m| i32::from(*m) < month);
        Ok(place(FIRST)..place(LAST + 1))
    })?;
    let mut parts: Vec<Part> = vec![];
    for (group, rows) in groups.into_iter().zip(within) {
        let before = parts.last().map_or(0, |p| p.before + p.rows.len());
        parts.push(Part { group, rows, before });
    }
    Ok(parts)
}

/// Whether all rows of a row group lie in the period, by the file's own statistics: months of a single year do or do not.
fn surely_within(file: &Columns, group: usize) -> Result<bool, Fault> {
    let (Some(years), Some(months)) = (file.bounds("year", group)?, file.bounds("month", group)?) else {
        return Ok(false);
    };
    let month = |month: &i32| years.start() * 12 + month - 1;
    let within = FIRST <= month(months.start()) && month(months.end()) <= LAST;
    Ok(years.start() == years.end() && within)
}

/// What the filters read, of the period's rows.
fn keys_of(
    file: &Columns,
    bytes: &File,
    scratches: &mut [Scratch; 2],
    parts: &[Part],
) -> Result<Keys, Fault> {
    let pieces: Vec<(&str, &Part)> = ["industry", "hi_tech", "above_scale"]
        .into_iter()
        .flat_map(|name| parts.iter().map(move |part| (name, part)))
        .collect();
    let read = each(scratches, &pieces, |scratch, (name, part)| {
        let (mut key, mut fits) = (Vec::with_capacity(part.rows.len()), true);
        scratch.visit(bytes, &file.chunk(name, part.group)?, &part.rows, |block| {
            fits &= block.iter().all(|n| (0..256).contains(n));
            key.extend(block.iter().map(|n| n.to_le_bytes()[0]));
        })?;
        if fits { Ok(key) } else { Err("a key does not fit into a byte".into()) }
    })?;
    let key = |i: usize| read[i * parts.len()..(i + 1) * parts.len()].concat();
    Ok(Keys { months: vec![], industry: key(0), hi_tech: key(1), above_scale: key(2) })
}

/// Value and base of every figure.
fn all(keys: &Keys, sums: &FusedSums) -> Result<Vec<String>, Fault> {
    let mut printed = Vec::with_capacity(COUNT * 2);
    for filter in 0..COUNT.div_ceil(MEASURES.len()) {
        let kept = sums.keep(|row| keeps(keys, row, filter));
        for measure in (0..MEASURES.len()).filter(|m| filter * MEASURES.len() + m < COUNT) {
            for column in [measure * 2, measure * 2 + 1] {
                printed.push(text(sums.sum(column, &kept).sum)?);
            }
        }
    }
    Ok(printed)
}

fn keeps(keys: &Keys, row: usize, filter: usize) -> bool {
    let (above_scale, hi_tech) = (keys.above_scale[row] == 1, keys.hi_tech[row] == 1);
    match filter {
        0 => above_scale,
        1 => hi_tech,
        2 => above_scale && hi_tech,
        _ => above_scale && usize::from(keys.industry[row]) == 13 + filter,
    }
}

fn text(sum: Sum) -> Result<String, Fault> {
    Ok(sum.decimal().ok_or("a sum is too large")?.to_string())
}
