//! Growth, pull and rank of every enterprise (q1) and the headline of one month (q2) over 1.6 million facts in memory.
//!
//! `facts FILE.parquet REPEATS q1|q2`. As with the peers of `peers/facts.py`, laying out the facts is not timed, and q1
//! ends in sums over all its rows.

use std::path::Path;

use figures::bulk::{Facts, Headline};
use parkledger_benches::columns::Columns;
use parkledger_benches::{Fault, arguments, print, repeated};
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

const BILLION: f64 = 1e9;

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [path, repeats, question] = arguments.as_slice() else {
        return Err("facts FILE REPEATS q1|q2".into());
    };
    let facts = facts(Path::new(path))?;
    let (rows, ms) = match question.as_str() {
        "q1" => repeated(repeats.parse()?, || vec![q1(&facts)]),
        _ => repeated(repeats.parse()?, || q2(&facts)),
    };
    print("parkledger", &ms, &json!({ "rows": rows }));
    Ok(())
}

fn facts(path: &Path) -> Result<Facts, Fault> {
    let file = Columns::open(path)?;
    let columns = file.read(&["ent", "ind", "year", "month", "value"], &file.groups())?;
    let [ent, ind, year, month, value] =
        <[_; 5]>::try_from(columns).map_err(|_| "five columns were asked for")?;
    let codes = |data: &[i32]| data.iter().map(|n| u32::try_from(*n)).collect::<Result<Vec<u32>, _>>();
    let months: Vec<i32> = year.ints().iter().zip(month.ints()).map(|(y, m)| y * 12 + m - 1).collect();
    let (ent, ind, value) = (codes(ent.ints())?, codes(ind.ints())?, value.into_cents());
    Facts::from_columns(&ent, &ind, &months, &value, 2).ok_or_else(|| "the facts do not fit".into())
}

/// Rows, values, growth, pull and ranks, each summed up exactly.
fn q1(facts: &Facts) -> Vec<f64> {
    let cohort = facts.cohort_growth(2025);
    let (mut cumulative, mut growth, mut pull, mut rank) = (0_i128, 0_i128, 0_i128, 0_u64);
    for row in cohort.rows() {
        cumulative += i128::from(row.cumulative);
        growth += i128::from(row.growth().unwrap_or(0));
        pull += i128::from(row.pull().unwrap_or(0));
        rank += u64::from(row.rank);
    }
    vec![
        float(cohort.len() as i128),
        float(cumulative) / 100.0,
        float(growth) / BILLION,
        float(pull) / BILLION,
        float(i128::from(rank)),
    ]
}

/// By indicator: value, growth, growth of the comparable, growth without the three largest.
fn q2(facts: &Facts) -> Vec<Vec<f64>> {
    let growth = |base: i128, now: i128| match Headline::growth(base, now) {
        Ok(figures::Growth::Percent(percent)) => percent.to_f64().unwrap_or(f64::NAN) / 100.0,
        _ => f64::NAN,
    };
    let row = |h: &Headline| {
        vec![
            f64::from(h.indicator),
            float(h.current) / 100.0,
            growth(h.prior, h.current),
            growth(h.comparable_prior, h.comparable),
            growth(h.without_top_prior, h.without_top),
        ]
    };
    facts.headline(2025, 10, 3).iter().map(row).collect()
}

fn float(n: i128) -> f64 {
    n as f64
}
