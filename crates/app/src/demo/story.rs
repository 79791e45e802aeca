//! What the generated park must tell: sums, ratios and counts of the clean data within bounds.
//!
//! Deliberately absent: the figures of the product. A story is checked on the truth alone, so it
//! can show that the product computes the same from the workbooks.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::evaluate::{Scope, round};
use super::formula::Formula;
use super::generate::World;
use super::spec::{ExpectSpec, Source};
use super::value::Value;
use super::{DemoFault, Told};

/// Computes every expectation of a specification.
pub(super) fn tell(world: &World, expectations: &[ExpectSpec]) -> Result<Vec<Told>, DemoFault> {
    expectations
        .iter()
        .map(|expect| {
            let value = value(world, expect).map_err(|message| DemoFault::Population {
                population: expect.of.clone(),
                column: expect.title.clone(),
                message,
            })?;
            let holds =
                expect.min.is_none_or(|min| min <= value) && expect.max.is_none_or(|max| value <= max);
            Ok(Told { title: expect.title.clone(), value, holds })
        })
        .collect()
}

fn value(world: &World, expect: &ExpectSpec) -> Result<Decimal, String> {
    let population = world.position(&expect.of)?;
    let rows = world.matching(population, expect.filter.as_ref())?;
    if let Some(distinct) = &expect.distinct {
        let formula = Formula::parse(&distinct.0)?;
        let mut seen = FxHashSet::default();
        for row in rows {
            seen.insert(world.text(&Scope { world, population, row }.value(&formula)?));
        }
        return Ok(Decimal::from(seen.len()));
    }
    let Some(sum) = &expect.sum else { return Ok(Decimal::from(rows.len())) };
    let value = total(world, population, &rows, sum)?;
    let Some(over) = &expect.over else { return Ok(value) };
    let over_rows = match &expect.over_where {
        Some(filter) => world.matching(population, Some(filter))?,
        None => rows,
    };
    let base = total(world, population, &over_rows, over)?;
    let ratio = value.checked_div(base).ok_or("the sum divided by is zero")?;
    Ok(round((ratio - if expect.growth { Decimal::ONE } else { Decimal::ZERO }) * Decimal::ONE_HUNDRED, 2))
}

fn total(world: &World, population: usize, rows: &[usize], source: &Source) -> Result<Decimal, String> {
    let formula = Formula::parse(&source.0)?;
    let mut sum = Decimal::ZERO;
    for &row in rows {
        if let Value::Number(number) = (Scope { world, population, row }).value(&formula)? {
            sum += number;
        }
    }
    Ok(sum)
}
