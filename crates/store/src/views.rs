//! One SQL view per book, so that any SQLite tool can read the ledger.
//!
//! `SELECT * FROM book_<id>`: the active entries of a book with `_entry`, `_key`, `_version`, `_revision` and one column
//! per field. Numbers are exact decimals as text; references are entry numbers. Deliberately absent: writing through a
//! view, and field classes – whoever can open the file can read all of it.

use model::id::{BookId, FieldId};

use crate::Store;
use crate::error::{Result, StoreError};

/// All views of books begin so.
const PREFIX: &str = "book_";

impl Store {
    /// Replaces the views of books by these.
    pub fn create_views(&mut self, books: &[(BookId, Vec<FieldId>)]) -> Result<()> {
        let wanted = books
            .iter()
            .map(|(book, fields)| Ok((view_name(book)?, view(book, fields)?)))
            .collect::<Result<Vec<_>>>()?;
        self.transact(|ledger| {
            let mut statement = ledger.tx.prepare_cached(
                "SELECT name FROM sqlite_schema WHERE type = 'view' AND substr(name, 1, 5) = 'book_' ORDER BY name",
            )?;
            let old = statement.query_map([], |row| row.get::<_, String>(0))?;
            for name in old.collect::<rusqlite::Result<Vec<_>>>()? {
                ledger.tx.execute_batch(&format!("DROP VIEW {}", identifier(&name)?))?;
            }
            for (name, body) in &wanted {
                ledger.tx.execute_batch(&format!("CREATE VIEW {name} AS {body}"))?;
            }
            Ok(())
        })
    }
}

fn view_name(book: &BookId) -> Result<String> {
    identifier(&format!("{PREFIX}{book}"))
}

fn view(book: &BookId, fields: &[FieldId]) -> Result<String> {
    let mut columns = String::new();
    for field in fields {
        columns.push_str(", ");
        columns.push_str(&column(field)?);
    }
    let book = literal(checked(book.as_str())?);
    Ok(format!(
        "SELECT e.id AS _entry, e.key AS _key, e.version AS _version, e.revision AS _revision{columns}
         FROM book b JOIN entry e ON e.book = b.number JOIN entry_revision r ON r.seq = e.head
         WHERE b.id = {book} AND e.state = 'active'"
    ))
}

/// A value is stored as `{"<tag>": …}`; exactly one of the tags is there, so the first that answers is it.
fn column(field: &FieldId) -> Result<String> {
    let name = checked(field.as_str())?;
    let of_tag = |tag: &str| format!("r.payload ->> {}", literal(&format!("$.\"{name}\".{tag}")));
    let values: Vec<String> = ["t", "n", "d", "p", "b", "r", "rs"].into_iter().map(of_tag).collect();
    Ok(format!("coalesce({}) AS {}", values.join(", "), identifier(name)?))
}

/// Names go into the text of a view, where nothing can be bound, so only harmless ones pass.
fn checked(name: &str) -> Result<&str> {
    let harmless = |c: char| c == '_' || c == '-' || c.is_alphanumeric();
    if !name.is_empty() && name.chars().all(harmless) {
        Ok(name)
    } else {
        Err(StoreError::BadName(name.to_owned()))
    }
}

fn identifier(name: &str) -> Result<String> {
    Ok(format!("\"{}\"", checked(name)?))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
