//! Reminders: whom somebody reminded to send which return, when.
//!
//! Deliberately absent: sending. The text is shown to a person, who sends it.

use jiff::Timestamp;
use model::id::{BookId, EntryId};
use model::period::Period;
use serde_json::json;

use crate::Store;
use crate::audit::{self, By};
use crate::error::Result;
use crate::originals::timestamp;

/// The newest reminder of one subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reminder {
    /// Who was to report.
    pub entry: EntryId,
    /// When they were reminded.
    pub at: Timestamp,
    /// Who reminded them.
    pub who: String,
}

impl Store {
    /// Records that these were reminded of a period of a book.
    pub fn add_reminders(
        &mut self,
        by: By<'_>,
        book: &BookId,
        period: Period,
        entries: &[EntryId],
    ) -> Result<()> {
        self.transact(|ledger| {
            let mut statement = ledger.tx.prepare_cached(
                "INSERT INTO reminder (book, period, entry, at, who) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for entry in entries {
                statement.execute((book.as_str(), period.to_string(), entry.0, by.at.to_string(), by.who))?;
            }
            let detail = json!({ "period": period.to_string(), "entries": entries });
            audit::append(ledger, &by.event("reminder.add", &format!("book:{book}"), detail))
        })
    }

    /// The newest reminder of each subject for a period of a book, by entry.
    pub fn reminders(&self, book: &BookId, period: Period) -> Result<Vec<Reminder>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT entry, at, who, max(id) FROM reminder WHERE book = ?1 AND period = ?2 GROUP BY entry ORDER BY entry",
        )?;
        let mut rows = statement.query((book.as_str(), period.to_string()))?;
        let mut reminders = Vec::new();
        while let Some(row) = rows.next()? {
            let at = timestamp(&row.get::<_, String>(1)?)?;
            reminders.push(Reminder { entry: EntryId(row.get(0)?), at, who: row.get(2)? });
        }
        Ok(reminders)
    }
}
