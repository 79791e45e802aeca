//! Sessions: who is signed in, since when, from where. Known by the hash of a secret only the browser holds.
//!
//! Deliberately absent: how long a session may last (`app` decides), and sealing – a row that is lost means signing in
//! again, and beginnings and ends are in the audit.

use jiff::Timestamp;
use rusqlite::Row;
use serde_json::json;

use crate::audit::{self, AuditEvent, By};
use crate::chain::Hash;
use crate::credential::{self, Attempts};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::people::PersonId;
use crate::rows::records;
use crate::{Ledger, Store};

/// The number of a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SessionId(pub u64);

/// A session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRecord {
    /// Its number.
    pub id: SessionId,
    /// SHA-256 of its secret.
    pub hash: Hash,
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends whatever happens.
    pub expires: Timestamp,
    /// From where it was begun.
    pub address: String,
    /// The browser, as it calls itself.
    pub agent: String,
    /// The OpenID provider that vouched for the person.
    pub provider: Option<String>,
}

const COLUMNS: &str =
    "SELECT id, hash, person, created, seen, expires, address, agent, provider FROM session";

impl Store {
    /// Begins a session (its number is given here) with what signing in leaves counted. `replaced`: the session the same
    /// browser had before.
    pub fn begin_session(
        &mut self,
        event: &AuditEvent,
        session: &SessionRecord,
        attempts: &Attempts,
        replaced: Option<&Hash>,
    ) -> Result<SessionId> {
        self.transact(|ledger| {
            if let Some(hash) = replaced {
                ledger.tx.prepare_cached("DELETE FROM session WHERE hash = ?1")?.execute([hash])?;
            }
            credential::count(ledger, session.person, attempts)?;
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO session (hash, person, created, seen, expires, address, agent, provider)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute((
                    session.hash,
                    session.person.0,
                    session.created.to_string(),
                    session.seen.to_string(),
                    session.expires.to_string(),
                    &session.address,
                    &session.agent,
                    &session.provider,
                ))?;
            let id = ledger.tx.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))?;
            audit::append(ledger, event)?;
            Ok(SessionId(id))
        })
    }

    /// The session with that secret's hash.
    pub fn session(&self, hash: &Hash) -> Result<Option<SessionRecord>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} WHERE hash = ?1"))?;
        statement.query([hash])?.next()?.map(record_from).transpose()
    }

    /// All sessions, newest first.
    pub fn sessions(&self) -> Result<Vec<SessionRecord>> {
        records(&self.connection, &format!("{COLUMNS} ORDER BY id DESC"), [], record_from)
    }

    /// How many sessions there are.
    pub fn session_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT count(*) FROM session", [], |row| row.get(0))?)
    }

    /// Notes that a session is in use.
    pub fn touch_session(&mut self, id: SessionId, at: Timestamp) -> Result<()> {
        self.transact(|ledger| {
            let mut statement =
                ledger.tx.prepare_cached("UPDATE session SET seen = ?2 WHERE id = ?1 AND seen < ?2")?;
            statement.execute((id.0, at.to_string()))?;
            Ok(())
        })
    }

    /// Ends a session.
    pub fn end_session(&mut self, by: By<'_>, id: SessionId) -> Result<()> {
        self.transact(|ledger| {
            let mut statement =
                ledger.tx.prepare_cached("DELETE FROM session WHERE id = ?1 RETURNING person")?;
            let person: u64 = match statement.query_row([id.0], |row| row.get(0)) {
                Err(rusqlite::Error::QueryReturnedNoRows) => return Err(StoreError::UnknownSession(id.0)),
                other => other?,
            };
            let detail = json!({ "person": person });
            audit::append(ledger, &by.event("session.end", &format!("session:{}", id.0), detail))
        })
    }

    /// Ends all sessions of a person.
    pub fn end_sessions_of(&mut self, by: By<'_>, person: PersonId) -> Result<()> {
        self.transact(|ledger| end_all_of(ledger, by, person))
    }

    /// Forgets sessions that ended by time: begun too long ago, or last used before `idle`.
    pub fn sweep_sessions(&mut self, now: Timestamp, idle: Timestamp) -> Result<usize> {
        self.transact(|ledger| {
            let mut statement =
                ledger.tx.prepare_cached("DELETE FROM session WHERE expires <= ?1 OR seen <= ?2")?;
            Ok(statement.execute((now.to_string(), idle.to_string()))?)
        })
    }
}

/// Ends all sessions of a person, within a write.
pub(crate) fn end_all_of(ledger: &Ledger<'_>, by: By<'_>, person: PersonId) -> Result<()> {
    let ended = ledger.tx.prepare_cached("DELETE FROM session WHERE person = ?1")?.execute([person.0])?;
    if ended == 0 {
        return Ok(());
    }
    let detail = json!({ "ended": ended });
    audit::append(ledger, &by.event("session.end_all", &format!("person:{}", person.0), detail))
}

fn record_from(row: &Row<'_>) -> Result<SessionRecord> {
    let time = |i| -> Result<Timestamp> { timestamp(&row.get::<_, String>(i)?) };
    Ok(SessionRecord {
        id: SessionId(row.get(0)?),
        hash: row.get(1)?,
        person: PersonId(row.get(2)?),
        created: time(3)?,
        seen: time(4)?,
        expires: time(5)?,
        address: row.get(6)?,
        agent: row.get(7)?,
        provider: row.get(8)?,
    })
}
