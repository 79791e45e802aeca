//! Settings of one ledger: a name and a text each, replaced in place, every change in the audit.
//!
//! Deliberately absent: what the settings mean; the caller names them.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;
use serde_json::json;

use crate::Store;
use crate::audit::{self, AuditEvent};
use crate::chain::{Fields, Hash};
use crate::error::Result;

impl Store {
    /// The setting's value, if it was ever set.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// All settings by name.
    pub fn settings(&self) -> Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare_cached("SELECT key, value FROM setting ORDER BY key")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Sets it. The value goes into the audit too: never a secret.
    pub fn set_setting(&mut self, at: Timestamp, who: &str, key: &str, value: &str) -> Result<()> {
        self.transact(|ledger| {
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO setting (key, value) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = ?2",
                )?
                .execute((key, value))?;
            let mut event = AuditEvent::new(at, who, "setting.set", &format!("setting:{key}"));
            event.detail = json!({ "value": value });
            audit::append_sealed(ledger, &event, &sealed(key, value))
        })
    }
}

/// The digest of a `setting` row.
pub(crate) fn sealed(key: &str, value: &str) -> Hash {
    Fields::of("setting").text(key).text(value).digest()
}
