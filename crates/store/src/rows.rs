//! The answer of a query as records, and what several tables ask of a row before it is written.
//!
//! Deliberately absent: the columns; each table's module says them beside the function that takes them.

use model::id::Revision;
use rusqlite::{Connection, Params, Row, Transaction};

use crate::error::{Result, StoreError};

/// Every row of an answer, read by `read`.
pub(crate) fn records<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(read(row)?);
    }
    Ok(records)
}

/// A row that speaks of a revision needs it to be there.
///
/// # Errors
/// [`StoreError::UnknownRevision`] when it is not.
pub(crate) fn need_revision(tx: &Transaction<'_>, revision: Revision) -> Result<()> {
    let there = tx.prepare_cached("SELECT 1 FROM revision WHERE seq = ?1")?.exists([revision.0])?;
    if there { Ok(()) } else { Err(StoreError::UnknownRevision(revision)) }
}
