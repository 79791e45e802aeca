//! People: who may sign in, with which roles. Every change is a sealed audit record.
//!
//! Deliberately absent: what a role may do (content), what proves who somebody is (`credential`), and deleting – a person
//! who left is locked, so that the ledger's *who* keeps a meaning.

use jiff::Timestamp;
use model::id::EntryId;
use rusqlite::{OptionalExtension as _, Row};
use serde_json::json;

use crate::audit::{self, By};
use crate::chain::{Fields, Hash};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::rows::records;
use crate::{Ledger, Store};

/// A person's number; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub u64);

/// A person as the ledger knows them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRecord {
    /// The number.
    pub id: PersonId,
    /// What they sign in with and the ledger records as *who*; unique, never changed.
    pub name: String,
    /// The name people read.
    pub display: String,
    /// Their department, empty for none.
    pub department: String,
    /// The ids of their roles.
    pub roles: Vec<String>,
    /// The enterprise they belong to.
    pub enterprise: Option<EntryId>,
    /// The language they read, such as `zh-CN`.
    pub language: String,
    /// An administrator keeps them out.
    pub locked: bool,
    /// An administrator requires a second factor.
    pub second_factor: bool,
    /// Since when they are known.
    pub created: Timestamp,
}

const COLUMNS: &str =
    "SELECT id, name, display, department, roles, enterprise, language, locked, second_factor, created
     FROM person";

impl Store {
    /// Adds a person; `id` and `created` are given here.
    pub fn add_person(&mut self, by: By<'_>, person: &PersonRecord) -> Result<PersonId> {
        self.transact(|ledger| insert(ledger, by, person))
    }

    /// Replaces what is known of a person, but for name and creation.
    pub fn change_person(&mut self, by: By<'_>, person: &PersonRecord) -> Result<()> {
        self.transact(|ledger| {
            let before = find(ledger.tx, person.id)?.ok_or(StoreError::UnknownPerson(person.id.0))?;
            let after =
                PersonRecord { name: before.name.clone(), created: before.created, ..person.clone() };
            ledger
                .tx
                .prepare_cached(
                    "UPDATE person SET display = ?2, department = ?3, roles = ?4, enterprise = ?5, language = ?6,
                     locked = ?7, second_factor = ?8 WHERE id = ?1",
                )?
                .execute((
                    after.id.0,
                    &after.display,
                    &after.department,
                    roles_text(&after.roles),
                    after.enterprise.map(|e| e.0),
                    &after.language,
                    after.locked,
                    after.second_factor,
                ))?;
            let detail = json!({ "name": after.name, "before": facts(&before), "after": facts(&after) });
            let event = by.event("person.change", &subject(after.id), detail);
            audit::append_sealed(ledger, &event, &sealed(&after))
        })
    }

    /// The person of that number.
    pub fn person(&self, id: PersonId) -> Result<Option<PersonRecord>> {
        find(&self.connection, id)
    }

    /// The person of that name.
    pub fn person_named(&self, name: &str) -> Result<Option<PersonRecord>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} WHERE name = ?1"))?;
        statement.query([name])?.next()?.map(record_from).transpose()
    }

    /// Everybody, by number.
    pub fn people(&self) -> Result<Vec<PersonRecord>> {
        records(&self.connection, &format!("{COLUMNS} ORDER BY id"), [], record_from)
    }
}

/// Adds a person within a write.
pub(crate) fn insert(ledger: &Ledger<'_>, by: By<'_>, person: &PersonRecord) -> Result<PersonId> {
    let taken = ledger.tx.prepare_cached("SELECT 1 FROM person WHERE name = ?1")?.exists([&person.name])?;
    if taken {
        return Err(StoreError::NameTaken(person.name.clone()));
    }
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO person (name, display, department, roles, enterprise, language, locked, second_factor, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            &person.name,
            &person.display,
            &person.department,
            roles_text(&person.roles),
            person.enterprise.map(|e| e.0),
            &person.language,
            person.locked,
            person.second_factor,
            by.at.to_string(),
        ))?;
    let id = PersonId(ledger.tx.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))?);
    let added = PersonRecord { id, created: by.at, ..person.clone() };
    let detail = json!({ "name": added.name, "after": facts(&added) });
    audit::append_sealed(ledger, &by.event("person.add", &subject(id), detail), &sealed(&added))?;
    Ok(id)
}

/// How the audit names a person.
pub(crate) fn subject(id: PersonId) -> String {
    format!("person:{}", id.0)
}

pub(crate) fn find(connection: &rusqlite::Connection, id: PersonId) -> Result<Option<PersonRecord>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    statement.query([id.0])?.next()?.map(record_from).transpose()
}

/// What of a person may matter later, for the audit.
fn facts(person: &PersonRecord) -> serde_json::Value {
    json!({
        "display": person.display,
        "department": person.department,
        "roles": person.roles,
        "enterprise": person.enterprise,
        "language": person.language,
        "locked": person.locked,
        "second_factor": person.second_factor,
    })
}

fn roles_text(roles: &[String]) -> String {
    serde_json::to_string(roles).expect("a list of texts is always JSON")
}

fn record_from(row: &Row<'_>) -> Result<PersonRecord> {
    let roles: String = row.get(4)?;
    let roles = serde_json::from_str(&roles)
        .map_err(|_| StoreError::Corrupt("the roles of a person are not a list".to_owned()))?;
    Ok(PersonRecord {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        display: row.get(2)?,
        department: row.get(3)?,
        roles,
        enterprise: row.get::<_, Option<u64>>(5)?.map(EntryId),
        language: row.get(6)?,
        locked: row.get(7)?,
        second_factor: row.get(8)?,
        created: timestamp(&row.get::<_, String>(9)?)?,
    })
}

/// Every person as the audit names them, with the digest of the row.
pub(crate) fn sealed_rows(connection: &rusqlite::Connection) -> Result<Vec<(String, Hash)>> {
    records(connection, COLUMNS, [], |row| {
        let person = record_from(row)?;
        Ok((subject(person.id), sealed(&person)))
    })
}

fn sealed(person: &PersonRecord) -> Hash {
    Fields::of("person")
        .number(person.id.0)
        .text(&person.name)
        .text(&person.display)
        .text(&person.department)
        .text(&roles_text(&person.roles))
        .number(person.enterprise.map_or(0, |e| e.0))
        .text(&person.language)
        .number(u64::from(person.locked))
        .number(u64::from(person.second_factor))
        .text(&person.created.to_string())
        .digest()
}

/// The person an OpenID provider means by a subject, if it was ever linked.
pub(crate) fn identified(
    connection: &rusqlite::Connection,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>> {
    let mut statement =
        connection.prepare_cached("SELECT person FROM identity WHERE issuer = ?1 AND subject = ?2")?;
    Ok(statement.query_row((issuer, subject), |row| row.get(0)).optional()?.map(PersonId))
}
