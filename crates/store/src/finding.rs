//! Findings kept with the revision that brought them, until a person resolves them.
//!
//! Deliberately absent: making findings, and findings of files not yet accepted (they live in the staged plan).

use jiff::Timestamp;
use model::finding::Finding;
use model::id::Revision;
use rusqlite::Row;
use serde_json::json;

use crate::audit::{self, AuditEvent};
use crate::chain::{Fields, Hash};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::rows::records;
use crate::{Ledger, Store};

/// The number of a stored finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FindingId(pub u64);

/// Whether a finding still waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FindingState {
    /// It waits for somebody.
    Open,
    /// Somebody dealt with it.
    Resolved {
        /// When.
        at: Timestamp,
        /// Who.
        by: String,
        /// How, in their words.
        why: String,
    },
}

/// A stored finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FindingRecord {
    /// Its number.
    pub id: FindingId,
    /// The revision that brought it.
    pub revision: Revision,
    /// The finding.
    pub finding: Finding,
    /// Whether it still waits.
    pub state: FindingState,
}

const COLUMNS: &str = "SELECT id, revision, body, state, resolved_at, resolved_by, resolved_why FROM finding";

impl Store {
    /// The findings that wait, oldest first.
    pub fn open_findings(&self) -> Result<Vec<FindingRecord>> {
        self.findings_where("state = 'open'")
    }

    /// All findings, oldest first.
    pub fn findings(&self) -> Result<Vec<FindingRecord>> {
        self.findings_where("TRUE")
    }

    /// Marks an open finding as dealt with.
    pub fn resolve_finding(&mut self, at: Timestamp, who: &str, why: &str, id: FindingId) -> Result<()> {
        self.transact(|ledger| resolve(ledger, at, who, why, id))
    }

    fn findings_where(&self, fixed_condition: &'static str) -> Result<Vec<FindingRecord>> {
        let sql = format!("{COLUMNS} WHERE {fixed_condition} ORDER BY id");
        records(&self.connection, &sql, [], record_from)
    }
}

/// Marks as dealt with, within a write.
pub(crate) fn resolve(ledger: &Ledger<'_>, at: Timestamp, who: &str, why: &str, id: FindingId) -> Result<()> {
    let changed = ledger
        .tx
        .prepare_cached(
            "UPDATE finding SET state = 'resolved', resolved_at = ?2, resolved_by = ?3, resolved_why = ?4
             WHERE id = ?1 AND state = 'open'",
        )?
        .execute((id.0, at.to_string(), who, why))?;
    if changed == 0 {
        return Err(StoreError::UnknownFinding(id.0));
    }
    let mut event = AuditEvent::new(at, who, "finding.resolve", &format!("finding:{}", id.0));
    event.detail = json!({ "why": why });
    let state = FindingState::Resolved { at, by: who.to_owned(), why: why.to_owned() };
    audit::append_sealed(ledger, &event, &sealed(id, &state))
}

pub(crate) fn record_from(row: &Row<'_>) -> Result<FindingRecord> {
    let (id, body, state): (u64, String, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
    let finding = serde_json::from_str(&body)
        .map_err(|_| StoreError::Corrupt(format!("finding {id} is not readable")))?;
    let state = if state == "open" {
        FindingState::Open
    } else {
        FindingState::Resolved {
            at: timestamp(&row.get::<_, String>(4)?)?,
            by: row.get(5)?,
            why: row.get(6)?,
        }
    };
    Ok(FindingRecord { id: FindingId(id), revision: Revision(row.get(1)?), finding, state })
}

/// The digest of the resolution of a finding.
pub(crate) fn sealed(id: FindingId, state: &FindingState) -> Hash {
    let fields = Fields::of("resolution").number(id.0);
    match state {
        FindingState::Open => fields.digest(),
        FindingState::Resolved { at, by, why } => fields.text(&at.to_string()).text(by).text(why).digest(),
    }
}
