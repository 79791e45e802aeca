//! Who is kept in a pool, since when and by whom, and who came and left month by month.

use std::collections::BTreeMap;

use figures::Snapshot;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Pool, PoolBook};
use model::id::{EntryId, FieldId};
use model::period::Month;
use model::value::Value;

use super::shapes::{Kept, PoolMonth};

/// The rows of one line.
pub(super) struct KeptRows {
    rows: Vec<KeptRow>,
}

struct KeptRow {
    enterprise: EntryId,
    left: Option<Date>,
    kept: Kept,
}

impl KeptRow {
    /// Whether it is in the pool at the end of a day. Without a day of entry it always was.
    fn on(&self, day: Date) -> bool {
        self.kept.entered.is_none_or(|entered| entered <= day) && self.left.is_none_or(|left| left > day)
    }
}

impl KeptRows {
    pub fn of(content: &Content, snapshot: &Snapshot, of: &PoolBook, pool: &Pool) -> Self {
        let rows = content.books.get(&of.book).and_then(|book| {
            let (table, subject) = (snapshot.table(&book.id)?, book.subject.as_ref()?);
            let text = |row, field: &FieldId| match table.value(row, field)? {
                Value::Text(text) => Some(text.to_string()),
                _ => None,
            };
            let date = |row, field: &FieldId| match table.value(row, field)? {
                Value::Date(date) => Some(date),
                _ => None,
            };
            let rows = table.rows().filter(|row| text(*row, &of.line).as_ref() == Some(&pool.title));
            let rows = rows.filter_map(|row| {
                let kept = Kept {
                    entry: table.ids()[row as usize],
                    entered: date(row, &of.entered),
                    owner: text(row, &of.owner),
                    goal: of.goal.as_ref().and_then(|goal| text(row, goal)),
                    next: text(row, &of.next),
                };
                let enterprise = table.value(row, subject)?.as_entry()?;
                Some(KeptRow { enterprise, left: date(row, &of.left), kept })
            });
            Some(rows.collect())
        });
        Self { rows: rows.unwrap_or_default() }
    }

    /// Who is in the pool on a day.
    pub fn on(&self, day: Date) -> BTreeMap<EntryId, &Kept> {
        self.rows.iter().filter(|row| row.on(day)).map(|row| (row.enterprise, &row.kept)).collect()
    }

    /// Some months up to a day; the last one as far as it has gone.
    pub fn months(&self, day: Date, months: &[Month]) -> Vec<PoolMonth> {
        let within =
            |month: Month, of: Option<Date>| of.is_some_and(|of| Month::of(of) == month && of <= day);
        let told = months.iter().copied().map(|month| PoolMonth {
            month: month.to_string(),
            entered: self.rows.iter().filter(|row| within(month, row.kept.entered)).count(),
            left: self.rows.iter().filter(|row| within(month, row.left)).count(),
            kept: self.rows.iter().filter(|row| row.on(month.last_day().min(day))).count(),
            found: None,
            newly: None,
            gone: None,
        });
        told.collect()
    }
}
