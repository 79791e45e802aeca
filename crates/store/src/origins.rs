//! Where values came from: the origins of many entries in one query, and the tables they name.
//!
//! A table, once written, never changes and never goes, so those read are kept for as long as the ledger is open.
//! Deliberately absent: the files themselves (`originals`), and what a place means to a reader. To add a fact about
//! origins: a column to [`ORIGINS`] or [`TABLES`] and a field where its row is read.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use model::entry::{CellPlace, OriginTable, OriginTableId, Origins};
use model::id::{EntryId, FieldId, Revision};
use rusqlite::{OptionalExtension as _, Row};

use crate::Store;
use crate::error::{Result, StoreError};
use crate::heads::{listed, text};
use crate::originals::timestamp;
use crate::revision::{last_row, latest};
use crate::rows::records;

/// With more tables than this the next reading starts anew, so that a long-lived ledger does not grow.
const KEPT: usize = 8192;

const ORIGINS: &str = "SELECT j.key, r.origins FROM json_each(?1) j
     CROSS JOIN entry e ON e.id = j.value CROSS JOIN entry_revision r ON r.seq = e.head";
const ORIGINS_AS_OF: &str = "SELECT j.key, r.origins FROM json_each(?1) j
     CROSS JOIN entry_revision r ON r.seq =
         (SELECT x.seq FROM entry_revision x WHERE x.entry = j.value AND x.seq <= ?2 ORDER BY x.version DESC LIMIT 1)";
const TABLES: &str = "SELECT t.id, t.source, t.file, t.sheet, t.fields FROM json_each(?1) j
     CROSS JOIN origin_table t ON t.id = j.value";

/// The tables read so far.
pub(crate) type Tables = HashMap<OriginTableId, Arc<OriginTable>>;

impl Store {
    /// The origin tables of one source file.
    pub fn tables_of_source(&self, digest: &str) -> Result<Vec<OriginTable>> {
        records(
            &self.connection,
            "SELECT id, source, file, sheet, fields FROM origin_table WHERE source = ?1 ORDER BY id",
            [digest],
            table_from,
        )
    }

    /// Where the values of these entries came from as they were at a revision, each in its number's place.
    pub fn origins(&self, ids: &[EntryId], at: Revision) -> Result<Vec<Option<Origins>>> {
        let tx = self.connection.unchecked_transaction()?;
        let wanted = listed(ids.iter().map(|id| id.0));
        let mut found: Vec<Option<Origins>> = vec![None; ids.len()];
        let newest = at == latest(&tx)?;
        let mut statement = tx.prepare_cached(if newest { ORIGINS } else { ORIGINS_AS_OF })?;
        let mut rows = if newest {
            statement.query([wanted])?
        } else {
            statement.query((wanted, last_row(&tx, at)?))?
        };
        while let Some(row) = rows.next()? {
            let place: usize = row.get(0)?;
            let origins = serde_json::from_str(text(row, 1)?).map_err(|_| {
                StoreError::Corrupt(format!("the origins of entry #{} are not readable", ids[place]))
            })?;
            found[place] = Some(origins);
        }
        Ok(found)
    }

    /// The origin tables of these numbers, each in its number's place.
    pub fn origin_tables(&self, ids: &[OriginTableId]) -> Result<Vec<Arc<OriginTable>>> {
        let mut kept = self.tables.borrow_mut();
        if kept.len() > KEPT {
            kept.clear();
        }
        let unread: Vec<u64> = ids.iter().filter(|id| !kept.contains_key(id)).map(|id| id.0).collect();
        if !unread.is_empty() {
            let mut statement = self.connection.prepare_cached(TABLES)?;
            let mut rows = statement.query([listed(unread.into_iter())])?;
            while let Some(row) = rows.next()? {
                kept.insert(OriginTableId(row.get(0)?), Arc::new(table_from(row)?));
            }
        }
        let missing = |id: &OriginTableId| StoreError::Corrupt(format!("origin table {} is missing", id.0));
        ids.iter().map(|id| kept.get(id).cloned().ok_or_else(|| missing(id))).collect()
    }

    /// When each of these entries was first written, by number; entries that do not exist are left out.
    pub fn first_written(&self, ids: &[EntryId]) -> Result<HashMap<EntryId, Timestamp>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT e.entry, r.at FROM entry_revision e JOIN revision r ON r.seq = e.revision
             WHERE e.version = 1 AND e.entry IN (SELECT value FROM json_each(?1))",
        )?;
        let mut rows = statement.query([listed(ids.iter().map(|id| id.0))])?;
        let mut first = HashMap::new();
        while let Some(row) = rows.next()? {
            first.insert(EntryId(row.get(0)?), timestamp(text(row, 1)?)?);
        }
        Ok(first)
    }

    /// The revision that brought an origin table: when what was typed into a form was typed.
    pub fn origin_revision(&self, table: OriginTableId) -> Result<Revision> {
        let mut statement =
            self.connection.prepare_cached("SELECT revision FROM origin_table WHERE id = ?1")?;
        let found = statement.query_row([table.0], |row| row.get(0)).optional()?;
        let missing = || StoreError::Corrupt(format!("origin table {} is missing", table.0));
        found.map(Revision).ok_or_else(missing)
    }
}

fn table_from(row: &Row<'_>) -> Result<OriginTable> {
    let fields: std::collections::BTreeMap<FieldId, CellPlace> = serde_json::from_str(text(row, 4)?)
        .map_err(|_| StoreError::Corrupt("the fields of an origin table are not readable".to_owned()))?;
    Ok(OriginTable { source: row.get(1)?, file: row.get(2)?, sheet: row.get(3)?, fields })
}
