//! Native charts of an edited document: today's points in them, unless a person typed over one in the chart's own sheet.
//!
//! Deliberately absent: the file (`office::docx::live`). A chart a person drew is none of ours and stays as it is.

use std::collections::HashMap;

use model::wording::number::{Rounding, round};
use office::docx::{self, Change, HeldChart};
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::basis::Basis;

/// What became of a chart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartState {
    /// It shows what it showed.
    Same,
    /// It shows today's points.
    Updated,
    /// A person changed its data; it stays as it is.
    Edited,
}

/// A native chart of the document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct RefreshedChart {
    /// Its name in the report's definition.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub state: ChartState,
    /// How many points read otherwise now.
    pub moved: usize,
}

/// What becomes of the charts, and the changes that make it so. `now` are those of the report today.
pub(super) fn renew(
    held: &[HeldChart],
    basis: &Basis,
    now: &[docx::Chart],
) -> (Vec<RefreshedChart>, Vec<Change>) {
    let mut turns: HashMap<&str, usize> = HashMap::new();
    let (mut told, mut changes) = (Vec::new(), Vec::new());
    for (at, old) in held.iter().enumerate() {
        let turn = turns.entry(old.name.as_str()).or_default();
        let nth = *turn;
        *turn += 1;
        let new = now.iter().filter(|chart| chart.name == old.name).nth(nth);
        let Some(new) = new else { continue };
        let shown: Vec<Option<&str>> =
            old.series.iter().flat_map(|one| one.points.iter().map(Option::as_deref)).collect();
        let fresh: Vec<Option<&str>> =
            new.series.iter().flat_map(|one| one.points.iter().map(Option::as_deref)).collect();
        let edited =
            basis.points(&old.name, nth, shown.len()).is_some_and(|printed| !alike(&shown, &printed));
        let moved = fresh.len().abs_diff(shown.len())
            + shown.iter().zip(&fresh).filter(|(old, new)| !same(**old, **new)).count();
        let state = match (edited, moved) {
            (true, _) => ChartState::Edited,
            (false, 0) => ChartState::Same,
            (false, _) => ChartState::Updated,
        };
        // Categories move with the month even where no number does.
        if state != ChartState::Edited {
            changes.push(Change::Chart { chart: at, data: new.clone() });
        }
        told.push(RefreshedChart { name: new.name.clone(), title: new.title.clone(), state, moved });
    }
    (told, changes)
}

fn alike(shown: &[Option<&str>], printed: &[Option<String>]) -> bool {
    shown.len() == printed.len() && shown.iter().zip(printed).all(|(a, b)| same(*a, b.as_deref()))
}

/// Whether two points are the same number, to the places of the second: programs write 10.21 as 10.210000000000001.
fn same(shown: Option<&str>, printed: Option<&str>) -> bool {
    let (Some(shown), Some(printed)) = (shown, printed) else { return shown == printed };
    let number = |text: &str| text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text)).ok();
    match (number(shown), number(printed)) {
        (Some(a), Some(b)) => round(a, b.scale(), Rounding::HalfUp) == b,
        _ => shown == printed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_other_programs_are_the_same_numbers() {
        assert!(same(Some("10.210000000000001"), Some("10.21")) && same(Some("1E2"), Some("100")));
        assert!(!same(Some("10.3"), Some("10.21")) && !same(None, Some("0")) && same(None, None));
    }
}
