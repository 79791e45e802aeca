//! The years of one subject. A score compares only with scores of its own run, so each year states its own mean beside it.

use model::id::{EntryId, GradeId, IndicatorId, SchemeId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::run::{Frozen, Outside};

/// One run of one year about one subject.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Year {
    /// The evaluated year.
    pub year: i16,
    /// The scheme it was judged by.
    pub scheme: SchemeId,
    /// Why it was in no group.
    pub outside: Option<Outside>,
    /// Its score.
    pub score: Option<Decimal>,
    /// Its rank among those graded.
    pub rank: Option<usize>,
    /// Of how many.
    pub of: Option<usize>,
    /// Its grade in the end.
    pub grade: Option<GradeId>,
    /// Its quotients.
    pub indicators: Vec<YearIndicator>,
}

/// A quotient of one year.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct YearIndicator {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The subject's quotient.
    pub x: Option<Decimal>,
    /// The group's mean of that year.
    pub mean: Option<Decimal>,
    /// What it was measured against.
    pub benchmark: Option<Decimal>,
}

/// One subject through several runs, oldest first; runs that do not know it are left out.
pub fn years<'r>(runs: impl IntoIterator<Item = &'r Frozen>, key: EntryId) -> Vec<Year> {
    let mut years: Vec<Year> = runs.into_iter().filter_map(|run| year(run, key)).collect();
    years.sort_by_key(|one| one.year);
    years
}

fn year(run: &Frozen, key: EntryId) -> Option<Year> {
    let row = run.rows.iter().find(|row| row.key == key)?;
    let group = run.groups.iter().find(|g| Some(&g.group) == row.group.as_ref());
    let mean = |indicator: &IndicatorId| {
        group.and_then(|g| g.indicators.iter().find(|i| i.indicator == *indicator)).and_then(|i| i.mean)
    };
    Some(Year {
        year: run.year,
        scheme: run.scheme.id.clone(),
        outside: row.outside,
        score: row.score,
        rank: row.rank,
        of: group.map(|g| g.graded),
        grade: row.grade.clone(),
        indicators: row
            .cells
            .iter()
            .map(|cell| YearIndicator {
                indicator: cell.indicator.clone(),
                x: cell.x,
                mean: mean(&cell.indicator),
                benchmark: cell.benchmark,
            })
            .collect(),
    })
}
