//! Vintages: one figure for several periods as it was known at several times – rows are periods, columns what was known.
//!
//! Without being told, columns are the revisions of publications and the newest; where nothing was published, the last
//! revision of each day on which something was written. (FRED's ALFRED calls such a table real-time data.)
//!
//! Deliberately absent: definitions of then – all columns are computed by the content in force, so that they compare.

use model::definition::Figure;
use model::id::Revision;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asking, Question, Result, Val, asked, over_time};
use crate::access::{Actor, Refusal};
use crate::asof::AsOf;
use crate::clock;
use crate::park::Park;

/// Columns at most.
pub const MOST_VINTAGES: usize = 12;

/// A figure as it was known at several times.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Vintages {
    /// The figure.
    pub figure: String,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// The unit of all numbers.
    pub unit: String,
    /// Places they are printed with.
    pub decimals: u32,
    /// What was known, oldest first.
    pub columns: Vec<Vintage>,
    /// The periods, oldest first.
    pub rows: Vec<VintageRow>,
}

/// One state of the ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Vintage {
    /// The revision.
    pub revision: u64,
    /// When it was written.
    #[schema(value_type = String)]
    pub at: jiff::Timestamp,
    /// The publications made from it.
    pub publications: Vec<u64>,
}

/// A period.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct VintageRow {
    /// In its own form.
    pub period: String,
    /// In Chinese.
    pub text: String,
    /// In English.
    pub text_en: String,
    /// Its value in each column.
    pub cells: Vec<VintageCell>,
}

/// A value as it was known.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct VintageCell {
    /// The value, or why there was none.
    pub value: Val,
    /// Whether it differs from the column before.
    pub changed: bool,
}

/// A figure over the periods up to one, as known at each of `at` (days or revisions; the usual ones when empty).
///
/// # Errors
/// [`super::ExploreFault`] when the question is none or not for this person, or nothing was known then.
pub fn vintages(
    park: &Park,
    actor: &Actor,
    question: &Question,
    months: usize,
    at: &[String],
) -> Result<Vintages> {
    let (request, raw) = asked(park, actor, question)?;
    let figure: &Figure = park.library().content.figures.get(&request.figure).ok_or(Refusal::NotFound)?;
    let columns = columns(park, at)?;
    let mut rows: Vec<VintageRow> = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let asking = Asking::of(park, actor, Some(AsOf::Revision(Revision(column.revision))))?;
        let items = over_time(&asking, &request, raw, months);
        if i == 0 {
            let row = |item: &super::SeriesItem| VintageRow {
                period: item.period.clone(),
                text: item.text.clone(),
                text_en: item.text_en.clone(),
                cells: Vec::with_capacity(columns.len()),
            };
            rows = items.iter().map(row).collect();
        }
        for (row, item) in rows.iter_mut().zip(items) {
            let before = row.cells.last().map(|cell| &cell.value);
            let changed = before.is_some_and(|before| *before != item.value);
            row.cells.push(VintageCell { value: item.value, changed });
        }
    }
    Ok(Vintages {
        figure: figure.id.to_string(),
        title: figure.title.clone(),
        title_en: figure.title_en.clone(),
        unit: figure.unit.as_ref().map_or_else(String::new, ToString::to_string),
        decimals: figure.decimals,
        columns,
        rows,
    })
}

fn columns(park: &Park, at: &[String]) -> Result<Vec<Vintage>> {
    let published = park.store().published()?;
    let records = park.store().revisions()?;
    let mut wanted: Vec<u64> = Vec::new();
    for text in at {
        wanted.push(park.known_on(text.parse()?)?.revision);
    }
    if at.is_empty() {
        wanted.extend(published.iter().map(|record| record.revision.0));
        if wanted.is_empty() {
            let day = |i: usize| records.get(i).map(|record| clock::local(record.at).date());
            let lasts = (0..records.len()).filter(|i| day(*i) != day(i + 1));
            wanted.extend(lasts.map(|i| records[i].revision.0));
        }
        wanted.extend(records.last().map(|record| record.revision.0));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let first = wanted.len().saturating_sub(MOST_VINTAGES);
    let column = |revision: &u64| {
        let record = records.iter().find(|record| record.revision.0 == *revision)?;
        let own = published.iter().filter(|p| p.revision == record.revision).map(|p| p.id);
        Some(Vintage { revision: *revision, at: record.at, publications: own.collect() })
    };
    Ok(wanted[first..].iter().filter_map(column).collect())
}
