//! A pool as a workbook to take away: what the page lists, to the same reader.

use office::write::CellSpec;

use super::pool;
use super::shapes::{PoolRow, PoolView};
use crate::access::Actor;
use crate::ladders::{Result, When};
use crate::messages::pools as say;
use crate::park::Park;
use crate::table_file::{TableFile, day_cell, number_cell, table_file};

/// A pool as a workbook.
///
/// # Errors
/// As [`pool()`], or when it does not fit a workbook.
pub fn pool_file(park: &Park, actor: &Actor, line: &str, when: impl Into<When>) -> Result<TableFile> {
    let view = pool(park, actor, line, when)?;
    let rows = view.items.iter().map(|item| row(&view, item)).collect();
    Ok(table_file(say::file(&view.pool.title, view.on), &say::HEADINGS, rows)?)
}

fn row(view: &PoolView, item: &PoolRow) -> Vec<CellSpec> {
    let screen = view.screens.iter().find(|of| Some(&of.id) == item.screen.as_ref());
    let text = |text: Option<&String>| text.map_or_else(CellSpec::blank, |text| CellSpec::text(text.clone()));
    let amount = |number| if item.withheld { CellSpec::text(say::WITHHELD) } else { number_cell(number) };
    let kept = item.kept.as_ref();
    vec![
        text(screen.map(|of| &of.title)),
        CellSpec::text(item.enterprise.title.clone()),
        CellSpec::text(say::state(item.state)),
        text(item.level.as_ref()),
        amount(item.value),
        text(screen.and_then(|of| of.unit.as_ref())),
        number_cell(screen.and_then(|of| of.threshold)),
        amount(item.distance),
        day_cell(item.observed),
        amount(item.moving),
        item.crossing.map_or_else(CellSpec::blank, |day| CellSpec::text(say::estimate(day))),
        CellSpec::text(item.gaps.join("；")),
        CellSpec::text(item.missing.join("；")),
        CellSpec::text(item.reasons.join("；")),
        day_cell(item.until),
        text(kept.and_then(|kept| kept.owner.as_ref())),
        text(kept.and_then(|kept| kept.goal.as_ref())),
        text(kept.and_then(|kept| kept.next.as_ref())),
        day_cell(kept.and_then(|kept| kept.entered)),
    ]
}
