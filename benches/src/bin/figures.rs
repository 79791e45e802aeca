//! 140 figures for January to September, each with the same months a year before, over 6 million monthly returns.
//!
//! `figures parquet|memory FILE.parquet REPEATS`. From Parquet: row groups chosen by their statistics, columns read on two
//! threads, then the product's kernels. From memory: the columns are there, ordered by month as in a snapshot. The peer is
//! `peers/figures.py`, whose definitions these are.

use std::path::Path;

use figures::Sum;
use figures::bulk::{FusedSums, GroupKey};
use figures::column::Numbers;
use parkledger_benches::columns::{Columns, Data};
use parkledger_benches::{Fault, arguments, print, repeated};
use serde_json::json;

const MEASURES: [&str; 8] = ["output", "revenue", "value_added", "rd", "tax", "energy", "staff", "profit"];
const COUNT: usize = 140;
/// January to September 2023 as year × 12 + month − 1.
const FIRST: i32 = 2023 * 12;
const LAST: i32 = 2023 * 12 + 8;

/// Returns in columns, ordered by month.
struct Returns {
    months: Vec<i32>,
    industry: Vec<u8>,
    hi_tech: Vec<u8>,
    above_scale: Vec<u8>,
    numbers: Vec<Numbers>,
}

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [from, path, repeats] = arguments.as_slice() else {
        return Err("figures parquet|memory FILE REPEATS".into());
    };
    let (path, repeats) = (Path::new(path), repeats.parse()?);
    let (sums, ms) = if from == "parquet" {
        let (sums, ms) = repeated(repeats, || returns(path, Some(2023)).and_then(|r| all(&r)));
        (sums?, ms)
    } else {
        let returns = returns(path, None)?;
        let (sums, ms) = repeated(repeats, || all(&returns));
        (sums?, ms)
    };
    print(&format!("parkledger-{from}"), &ms, &json!({ "sums": sums }));
    Ok(())
}

/// All returns, or the row groups that may hold a year.
fn returns(path: &Path, year: Option<i32>) -> Result<Returns, Fault> {
    let file = Columns::open(path)?;
    let groups = match year {
        Some(year) => {
            let of_year = file.groups_between("year", year, year)?;
            let of_months = file.groups_between("month", 1, 9)?;
            of_year.into_iter().filter(|g| of_months.contains(g)).collect()
        }
        None => file.groups(),
    };
    let prior: Vec<String> = MEASURES.iter().map(|m| format!("{m}_prior")).collect();
    let mut names = vec!["year", "month", "industry", "hi_tech", "above_scale"];
    for (measure, prior) in MEASURES.iter().zip(&prior) {
        names.extend([*measure, prior]);
    }
    let mut columns = file.read(&names, &groups)?;
    let numbers = columns.split_off(5).into_iter().map(Data::into_cents);
    let numbers = numbers.map(|cents| Numbers::from_small(2, cents, vec![])).collect();
    let months = columns[0].ints().iter().zip(columns[1].ints()).map(|(y, m)| y * 12 + m - 1).collect();
    let industry = columns[2].ints().iter().map(|i| u8::try_from(*i)).collect::<Result<_, _>>()?;
    let flags = |i: usize| columns[i].flags().to_vec();
    Ok(Returns { months, industry, hi_tech: flags(3), above_scale: flags(4), numbers })
}

/// Value and base of every figure.
fn all(returns: &Returns) -> Result<Vec<String>, Fault> {
    let rows = returns.months.partition_point(|m| *m < FIRST)..returns.months.partition_point(|m| *m <= LAST);
    let keys = [&returns.industry, &returns.hi_tech, &returns.above_scale].map(|k| GroupKey::Bytes(k));
    let columns: Vec<&Numbers> = returns.numbers.iter().collect();
    let sums = FusedSums::new(&keys, &columns, rows).ok_or("too many groups")?;
    let mut printed = Vec::with_capacity(COUNT * 2);
    for filter in 0..COUNT.div_ceil(MEASURES.len()) {
        let kept = sums.keep(|row| keeps(returns, row, filter));
        for measure in (0..MEASURES.len()).filter(|m| filter * MEASURES.len() + m < COUNT) {
            for column in [measure * 2, measure * 2 + 1] {
                printed.push(text(sums.sum(column, &kept).sum)?);
            }
        }
    }
    Ok(printed)
}

fn keeps(returns: &Returns, row: usize, filter: usize) -> bool {
    let (above_scale, hi_tech) = (returns.above_scale[row] == 1, returns.hi_tech[row] == 1);
    match filter {
        0 => above_scale,
        1 => hi_tech,
        2 => above_scale && hi_tech,
        _ => above_scale && usize::from(returns.industry[row]) == 13 + filter,
    }
}

fn text(sum: Sum) -> Result<String, Fault> {
    Ok(sum.decimal().ok_or("a sum is too large")?.to_string())
}
