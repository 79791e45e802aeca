//! Saved views of a book: a name for a question, kept for oneself or for all.
//!
//! Deliberately absent: what the question says (the client's own JSON) and the audit – nothing of the ledger changes.

use jiff::Timestamp;
use model::id::BookId;
use rusqlite::Row;

use crate::Store;
use crate::error::{Result, StoreError};

/// The number of a saved view; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ViewId(pub u64);

/// A saved view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedView {
    /// Its number; given when it is saved.
    pub id: ViewId,
    /// The book.
    pub book: BookId,
    /// Its name: one per owner and book.
    pub name: String,
    /// The question, as JSON.
    pub query: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// The account's name.
    pub owner: String,
}

impl Store {
    /// Saves a view; one of the same owner, book and name is replaced.
    pub fn save_view(&mut self, at: Timestamp, view: &SavedView) -> Result<ViewId> {
        self.transact(|ledger| {
            let mut statement = ledger.tx.prepare_cached(
                "INSERT INTO view (book, name, query, shared, owner, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (book, owner, name) DO UPDATE SET query = ?3, shared = ?4, at = ?6 RETURNING id",
            )?;
            let values =
                (view.book.as_str(), &view.name, &view.query, view.shared, &view.owner, at.to_string());
            Ok(ViewId(statement.query_row(values, |row| row.get(0))?))
        })
    }

    /// The views somebody sees, by name: their own and shared ones; of one book, or of all.
    pub fn saved_views(&self, owner: &str, book: Option<&BookId>) -> Result<Vec<SavedView>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, book, name, query, shared, owner FROM view
             WHERE (owner = ?1 OR shared) AND (?2 IS NULL OR book = ?2) ORDER BY name, id",
        )?;
        let rows = statement.query_map((owner, book.map(BookId::as_str)), view_from)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The view of that number.
    pub fn saved_view(&self, id: ViewId) -> Result<Option<SavedView>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, book, name, query, shared, owner FROM view WHERE id = ?1")?;
        let mut rows = statement.query_map([id.0], view_from)?;
        Ok(rows.next().transpose()?)
    }

    /// Forgets a view.
    pub fn drop_view(&mut self, id: ViewId) -> Result<()> {
        self.transact(|ledger| {
            match ledger.tx.prepare_cached("DELETE FROM view WHERE id = ?1")?.execute([id.0])? {
                0 => Err(StoreError::UnknownView(id.0)),
                _ => Ok(()),
            }
        })
    }
}

fn view_from(row: &Row<'_>) -> rusqlite::Result<SavedView> {
    Ok(SavedView {
        id: ViewId(row.get(0)?),
        book: BookId::from(row.get::<_, String>(1)?),
        name: row.get(2)?,
        query: row.get(3)?,
        shared: row.get(4)?,
        owner: row.get(5)?,
    })
}
