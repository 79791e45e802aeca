//! The audit: who did what, when – appended in the same transaction as the deed, chained under the ledger's key.
//!
//! Deliberately absent: changing and deleting. An action that changes an updatable row is appended *sealed*: with the
//! digest of the row it left, so that a row changed behind the store's back shows.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};
use serde_json::Value;

use crate::chain::{self, AuditParts, Hash};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::rows::records;
use crate::{Ledger, Store};

/// Something that was done, for the audit.
#[derive(Clone, PartialEq, Debug)]
pub struct AuditEvent {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub who: String,
    /// What was done, such as `report.build`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Anything else worth keeping; never a secret.
    pub detail: Value,
}

/// Who acts, when, from where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct By<'a> {
    /// When.
    pub at: Timestamp,
    /// The account's name.
    pub who: &'a str,
    /// An address, or `local`.
    pub from: &'a str,
}

impl By<'_> {
    /// An event whose detail says from where, and what else the object `detail` holds.
    pub fn event(&self, action: &str, subject: &str, detail: Value) -> AuditEvent {
        let mut event = AuditEvent::new(self.at, self.who, action, subject);
        let mut members = match detail {
            Value::Object(members) => members,
            _ => serde_json::Map::new(),
        };
        members.insert("from".to_owned(), Value::from(self.from));
        event.detail = Value::Object(members);
        event
    }
}

/// One record of the audit.
#[derive(Clone, PartialEq, Debug)]
pub struct AuditRecord {
    /// Its number, counting up from 1 without gaps; it, not the time, gives the order.
    pub seq: u64,
    /// What was done.
    pub event: AuditEvent,
}

impl AuditEvent {
    /// An event without detail.
    pub fn new(at: Timestamp, who: &str, action: &str, subject: &str) -> Self {
        Self {
            at,
            who: who.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: Value::Null,
        }
    }
}

impl Store {
    /// Appends an event to the audit.
    pub fn audit(&mut self, event: &AuditEvent) -> Result<()> {
        self.transact(|ledger| append(ledger, event))
    }

    /// At most `limit` records after number `after` (0: from the beginning), oldest first.
    pub fn audit_records(&self, after: u64, limit: usize) -> Result<Vec<AuditRecord>> {
        records(
            &self.connection,
            "SELECT seq, at, who, action, subject, detail FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            (after, i64::try_from(limit).unwrap_or(i64::MAX)),
            record_from,
        )
    }
}

/// Which records of the audit; an empty text or none asks for all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditQuestion {
    /// A text anywhere in action, subject or detail.
    pub text: String,
    /// The name of who did it.
    pub who: String,
    /// How the action begins, such as `session.`.
    pub action: String,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

impl Store {
    /// How many records answer the question, and at most `limit` of them after the first `offset`, newest first.
    pub fn audit_search(
        &self,
        question: &AuditQuestion,
        offset: u64,
        limit: u64,
    ) -> Result<(u64, Vec<AuditRecord>)> {
        let from = question.from.map_or_else(String::new, |at| at.to_string());
        // Compared as text: `~` comes after every digit.
        let to = question.to.map_or_else(|| "~".to_owned(), |at| at.to_string());
        let condition =
            "at >= ?1 AND at < ?2 AND (?3 = '' OR who = ?3) AND substr(action, 1, length(?4)) = ?4
             AND (?5 = '' OR instr(action, ?5) OR instr(subject, ?5) OR instr(detail, ?5))";
        let asked = (&from, &to, &question.who, &question.action, &question.text);
        let total = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM audit WHERE {condition}"))?
            .query_row(asked, |row| row.get(0))?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT seq, at, who, action, subject, detail FROM audit WHERE {condition}
             ORDER BY seq DESC LIMIT ?6 OFFSET ?7"
        ))?;
        let mut rows = statement.query((asked.0, asked.1, asked.2, asked.3, asked.4, limit, offset))?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record_from(row)?);
        }
        Ok((total, records))
    }
}

fn record_from(row: &Row<'_>) -> Result<AuditRecord> {
    let detail: String = row.get(5)?;
    let detail = serde_json::from_str(&detail)
        .map_err(|_| StoreError::Corrupt("the detail of an audit record is not JSON".to_owned()))?;
    let at = timestamp(&row.get::<_, String>(1)?)?;
    let (who, action, subject) = (row.get(2)?, row.get(3)?, row.get(4)?);
    Ok(AuditRecord { seq: row.get(0)?, event: AuditEvent { at, who, action, subject, detail } })
}

/// Appends an event and renews the seal.
pub(crate) fn append(ledger: &Ledger<'_>, event: &AuditEvent) -> Result<()> {
    append_row(ledger, event, None)
}

/// Appends an event that left a row with this digest.
pub(crate) fn append_sealed(ledger: &Ledger<'_>, event: &AuditEvent, row: &Hash) -> Result<()> {
    append_row(ledger, event, Some(row))
}

/// Appends an event that removed a row.
pub(crate) fn append_removed(ledger: &Ledger<'_>, event: &AuditEvent) -> Result<()> {
    append_row(ledger, event, Some(&[]))
}

fn append_row(ledger: &Ledger<'_>, event: &AuditEvent, sealed: Option<&[u8]>) -> Result<()> {
    let last = ledger
        .tx
        .prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (last, prev): (u64, Vec<u8>) = last.unwrap_or_default();
    let (seq, at, detail) = (last + 1, event.at.to_string(), event.detail.to_string());
    let AuditEvent { who, action, subject, .. } = event;
    let hash =
        AuditParts { seq, at: &at, who, action, subject, detail: &detail, sealed }.hash(ledger.key, &prev);
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO audit (seq, at, who, action, subject, detail, sealed, prev_hash, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((seq, &at, who, action, subject, &detail, sealed, &prev, hash))?;
    renew_seal(ledger, seq, &hash)
}

fn renew_seal(ledger: &Ledger<'_>, audit: u64, audit_hash: &Hash) -> Result<()> {
    let last = ledger
        .tx
        .prepare_cached("SELECT seq, hash FROM revision ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (revision, revision_hash): (u64, Vec<u8>) = last.unwrap_or_default();
    let mac = chain::seal(ledger.key, revision, &revision_hash, audit, audit_hash);
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO seal (one, revision, revision_hash, audit, audit_hash, mac) VALUES (1, ?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (one) DO UPDATE SET revision = ?1, revision_hash = ?2, audit = ?3, audit_hash = ?4, mac = ?5",
        )?
        .execute((revision, &revision_hash, audit, audit_hash, mac))?;
    Ok(())
}
