//! Two versions of an evaluation side by side: who moved, and by what.

use assess::run::{Cell, Row};
use rust_decimal::Decimal;

use super::super::coverage::status;
use super::super::fault::Result;
use super::super::ground::Ground;
use super::super::shapes::{ComparedResult, ComparedSide, MovedBenchmark, RunComparison};
use super::kept::{Kept, load, summary};
use super::results::{benchmarks, frozen_cell};
use crate::access::Actor;
use crate::messages::parcels as say;
use crate::park::Park;

/// What changed from one evaluation to another.
///
/// # Errors
/// [`super::super::ParcelsFault`] when one of them is not there.
pub fn compare(park: &Park, actor: &Actor, before: u64, after: u64) -> Result<RunComparison> {
    let ground = Ground::new(park, actor)?;
    let stages = park.store().evaluation_stages()?;
    let ((one, old), (other, new)) = (load(park, before)?, load(park, after)?);
    let mut items = Vec::new();
    let mut unchanged = 0;
    for (at, row) in new.frozen.rows.iter().enumerate() {
        let was = old.position(row.key);
        let changes = changes(&ground, (&old, was), (&new, Some(at)));
        if changes.is_empty() {
            unchanged += 1;
            continue;
        }
        items.push(compared(row, &new.subjects[at].code, (&old, was), (&new, Some(at)), changes));
    }
    for (at, row) in old.frozen.rows.iter().enumerate().filter(|(_, row)| new.position(row.key).is_none()) {
        let changes = vec![say::GONE.to_owned()];
        items.push(compared(row, &old.subjects[at].code, (&old, Some(at)), (&new, None), changes));
    }
    items.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(RunComparison {
        before: summary(&one, &stages),
        after: summary(&other, &stages),
        benchmarks: moved(&old, &new),
        items,
        unchanged,
    })
}

fn compared(
    row: &Row,
    code: &str,
    (old, was): (&Kept, Option<usize>),
    (new, is): (&Kept, Option<usize>),
    changes: Vec<String>,
) -> ComparedResult {
    let side = |kept: &Kept, at: usize| {
        let row = &kept.frozen.rows[at];
        ComparedSide {
            status: status(&row.status, kept.subjects[at].overdue).0.to_owned(),
            grade: row.grade.as_ref().map(ToString::to_string),
            score: row.score,
        }
    };
    ComparedResult {
        entry: row.key.0,
        code: code.to_owned(),
        name: row.name.to_string(),
        before: was.map(|at| side(old, at)),
        after: is.map(|at| side(new, at)),
        changes,
    }
}

/// What changed for one subject, a sentence each.
fn changes(
    ground: &Ground<'_>,
    (old, was): (&Kept, Option<usize>),
    (new, is): (&Kept, Option<usize>),
) -> Vec<String> {
    let Some(is) = is else { return vec![say::GONE.to_owned()] };
    let Some(was) = was else { return vec![say::ADDED.to_owned()] };
    let (one, other) = (&old.frozen.rows[was], &new.frozen.rows[is]);
    let mut found = Vec::new();
    let text = |grade: &Option<model::id::GradeId>| {
        grade.as_ref().map_or("—", model::id::GradeId::as_str).to_owned()
    };
    if text(&one.grade) != text(&other.grade) {
        found.push(say::changed(say::GRADE, &text(&one.grade), &text(&other.grade)));
    }
    if one.score != other.score {
        found.push(say::changed(say::SCORE, &score(one.score), &score(other.score)));
    }
    if one.land != other.land {
        found.push(say::changed(say::LAND, &number(one.land, "㎡"), &number(other.land, "㎡")));
    }
    let words = |row: &Row, kept: &Kept, at: usize| status(&row.status, kept.subjects[at].overdue).1;
    if one.status != other.status {
        found.push(say::changed(say::STATUS, &words(one, old, was), &words(other, new, is)));
    }
    for cell in &other.cells {
        let before = one.cells.iter().find(|c| c.indicator == cell.indicator);
        found.extend(cell_changes(ground, ((old, was), before), ((new, is), cell)));
    }
    if one.moves != other.moves {
        found.push(say::MARKS.to_owned());
    }
    found
}

fn cell_changes(
    ground: &Ground<'_>,
    ((old, was), before): ((&Kept, usize), Option<&Cell>),
    ((new, is), after): ((&Kept, usize), &Cell),
) -> Vec<String> {
    let Some(before) = before else { return Vec::new() };
    let group = |kept: &Kept, at: usize| {
        kept.frozen.rows[at].group.as_ref().map_or_else(String::new, ToString::to_string)
    };
    let shown = frozen_cell(ground, new, is, &group(new, is), after);
    let hidden = shown.withheld || frozen_cell(ground, old, was, &group(old, was), before).withheld;
    let definition = new.frozen.scheme.group(&group(new, is));
    let definition = definition.and_then(|g| g.indicators.iter().find(|i| i.id == after.indicator));
    let title = definition.map_or_else(|| after.indicator.to_string(), |i| i.title.clone());
    let unit = |of: Option<&model::id::UnitId>| of.map_or_else(String::new, ToString::to_string);
    let above = unit(definition.map(|i| &i.numerator_unit));
    let below = unit(definition.and_then(|i| i.denominator_unit.as_ref()));
    let pairs = [
        (say::NUMERATOR, before.numerator.value, after.numerator.value, above),
        (
            say::DENOMINATOR,
            before.denominator.as_ref().and_then(|d| d.value),
            after.denominator.as_ref().and_then(|d| d.value),
            below,
        ),
    ];
    let differs = pairs.into_iter().filter(|(_, one, other, _)| one != other);
    differs
        .map(|(what, one, other, unit)| {
            let what = format!("{title}{what}");
            if hidden {
                say::changed_hidden(&what)
            } else {
                say::changed(&what, &number(one, &unit), &number(other, &unit))
            }
        })
        .collect()
}

/// A score with the places it is kept with.
fn score(value: Option<Decimal>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| value.to_string())
}

fn number(value: Option<Decimal>, unit: &str) -> String {
    value.map_or_else(|| "—".to_owned(), |value| say::quantity(value, unit))
}

fn moved(old: &Kept, new: &Kept) -> Vec<MovedBenchmark> {
    let before = benchmarks(&old.frozen);
    let moved = benchmarks(&new.frozen).into_iter().filter_map(|after| {
        let same = |of: &&super::super::shapes::RunBenchmark| {
            of.group == after.group && of.indicator == after.indicator
        };
        let was = before.iter().find(same).and_then(|of| of.value);
        (was != after.value).then_some(MovedBenchmark {
            group: after.group,
            indicator: after.indicator,
            title: after.title,
            before: was,
            after: after.value,
        })
    });
    moved.collect()
}
