//! The board of a day (截至某日): what is known now, dated up to the day. Rows of a later date are left out; a project or lead that came to
//! its stage later stands at the last stage it had reached by then.
//!
//! Deliberately absent: what was known then (that is `asof`), and the days of stages nobody records – between two dated stages the
//! earlier one is told.

use std::sync::Arc;

use figures::Snapshot;
use jiff::civil::Date;
use model::definition::{FieldKind, Pipeline, PromotionPage};
use model::entry::Entry;
use model::id::EntryId;
use model::value::Value;

use crate::access::Actor;
use crate::explore::{self, Asking};
use crate::park::Park;

/// Questions over what is dated up to the day; the newest revision as it is where nothing is later.
pub(super) fn asking<'a>(
    park: &'a Park,
    actor: &Actor,
    page: &PromotionPage,
    on: Date,
) -> explore::Result<Asking<'a>> {
    let mut asking = Asking::new(park, actor)?;
    let mut until = asking.snapshot.until(on);
    let revision = until.revision();
    let mut changed = Vec::new();
    for pipeline in &page.pipelines {
        for entry in later(&until, pipeline, on) {
            let Some(mut entry) = park.store().entry(entry)? else { continue };
            rewind(park, &mut entry, pipeline, on);
            changed.push(entry);
        }
    }
    until.apply(revision, &changed);
    asking.snapshot = Arc::new(until);
    asking.until = Some(on);
    asking.today = asking.today.min(on);
    Ok(asking)
}

/// Rows that came to a stage after the day.
fn later(snapshot: &Snapshot, pipeline: &Pipeline, on: Date) -> Vec<EntryId> {
    let Some(table) = snapshot.table(&pipeline.book) else { return Vec::new() };
    let is_later = |row: u32| {
        pipeline
            .reached
            .values()
            .any(|field| matches!(table.value(row, field), Some(Value::Date(day)) if day > on))
    };
    table.rows().filter(|row| is_later(*row)).map(|row| table.ids()[row as usize]).collect()
}

/// Takes back the days after `on`, and the stage that was reached on one of them.
fn rewind(park: &Park, entry: &mut Entry, pipeline: &Pipeline, on: Date) {
    let day = |entry: &Entry, word: &str| match entry.payload.get(pipeline.reached.get(word)?) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    let stage = entry.payload.get(&pipeline.stage).and_then(Value::as_text).map(str::to_owned);
    if stage.is_some_and(|stage| day(entry, &stage).is_some_and(|day| day > on)) {
        let choices = match &park.library().content.books[&pipeline.book].fields[&pipeline.stage].kind {
            FieldKind::Choice { choices } => choices.as_slice(),
            _ => &[],
        };
        let had = choices.iter().filter(|word| day(entry, word).is_some_and(|day| day <= on));
        if let Some(word) = had.max_by_key(|word| day(entry, word)).or_else(|| choices.first()) {
            entry.payload.insert(pipeline.stage.clone(), Value::Text(word.as_str().into()));
        }
    }
    for field in pipeline.reached.values() {
        if matches!(entry.payload.get(field), Some(Value::Date(day)) if *day > on) {
            entry.payload.remove(field);
        }
    }
}
