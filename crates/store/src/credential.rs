//! What proves who somebody is: passwords (as hashes), second factors (encrypted), identities at OpenID providers,
//! one-time links (as hashes); and what signing in counts.
//!
//! Deliberately absent: hashing, encrypting and judging – texts and bytes come and go as `app` made them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::json;

use crate::audit::{self, AuditEvent, By};
use crate::chain::{Fields, Hash, Key, hex};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::people::{self, PersonId, PersonRecord};
use crate::{Ledger, Store, sessions};

/// What proves who a person is.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The password's hash in PHC form; none before one was set.
    pub password: Option<String>,
    /// When the password last changed.
    pub changed: Timestamp,
    /// The secret of the second factor, encrypted.
    pub totp: Option<Vec<u8>>,
    /// Since when the second factor counts; none while it is not confirmed.
    pub enrolled: Option<Timestamp>,
}

/// What signing in counts for one person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attempts {
    /// Wrong tries since the last right one or lock.
    pub failed: u32,
    /// Locked until.
    pub until: Option<Timestamp>,
    /// How many locks in a row.
    pub rounds: u32,
    /// The last time step a second factor was used for.
    pub step: u64,
    /// When they last signed in.
    pub seen: Option<Timestamp>,
}

/// A one-time link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRecord {
    /// SHA-256 of its secret.
    pub hash: Hash,
    /// For whom; none for the first administrator.
    pub person: Option<PersonId>,
    /// When it was made.
    pub created: Timestamp,
    /// Until when it holds.
    pub expires: Timestamp,
}

impl Store {
    /// What proves who the person is, if anything was set.
    pub fn credential(&self, person: PersonId) -> Result<Option<Credential>> {
        find(&self.connection, person)
    }

    /// Sets a password; all sessions of the person end. With a link, the link is used up.
    pub fn set_password(
        &mut self,
        by: By<'_>,
        person: PersonId,
        password: &str,
        link: Option<&Hash>,
    ) -> Result<()> {
        self.transact(|ledger| {
            if let Some(link) = link {
                use_link(ledger, by, link)?;
            }
            set_password(ledger, by, person, password)
        })
    }

    /// Adds a person who has just chosen a password by a link that names nobody: the first administrator.
    pub fn add_first_person(
        &mut self,
        by: By<'_>,
        person: &PersonRecord,
        password: &str,
        link: &Hash,
    ) -> Result<PersonId> {
        self.transact(|ledger| {
            use_link(ledger, by, link)?;
            let id = people::insert(ledger, by, person)?;
            set_password(ledger, by, id, password)?;
            Ok(id)
        })
    }

    /// Sets or takes away the secret of the second factor. It counts from the moment it is confirmed.
    pub fn set_totp(&mut self, by: By<'_>, person: PersonId, totp: Option<&[u8]>) -> Result<()> {
        let action = if totp.is_some() { "totp.begin" } else { "totp.remove" };
        self.change_totp(by, person, action, |credential| {
            credential.totp = totp.map(<[u8]>::to_vec);
            credential.enrolled = None;
        })
    }

    /// From now on the second factor counts.
    pub fn confirm_totp(&mut self, by: By<'_>, person: PersonId) -> Result<()> {
        self.change_totp(by, person, "totp.confirm", |credential| credential.enrolled = Some(by.at))
    }

    fn change_totp(
        &mut self,
        by: By<'_>,
        person: PersonId,
        action: &str,
        change: impl FnOnce(&mut Credential),
    ) -> Result<()> {
        self.transact(|ledger| {
            let mut credential = find(ledger.tx, person)?.unwrap_or_else(|| Credential::new(by.at));
            change(&mut credential);
            replace(ledger, person, &credential)?;
            let event = by.event(action, &subject(person), json!({}));
            audit::append_sealed(ledger, &event, &sealed(person, &credential))
        })
    }

    /// What signing in counted so far.
    pub fn attempts(&self, person: PersonId) -> Result<Attempts> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT failed, until, rounds, step, seen FROM attempt WHERE person = ?1")?;
        let mut rows = statement.query([person.0])?;
        rows.next()?.map_or_else(|| Ok(Attempts::default()), attempts_from)
    }

    /// Records a try to sign in, with what it leaves counted.
    pub fn record_attempt(
        &mut self,
        event: &AuditEvent,
        counted: Option<(PersonId, &Attempts)>,
    ) -> Result<()> {
        self.transact(|ledger| {
            if let Some((person, attempts)) = counted {
                count(ledger, person, attempts)?;
            }
            audit::append(ledger, event)
        })
    }

    /// Makes a one-time link; earlier ones for the same person hold no longer.
    pub fn add_link(&mut self, by: By<'_>, link: &LinkRecord) -> Result<()> {
        self.transact(|ledger| {
            for old in links(ledger.tx)?.into_iter().filter(|old| old.person == link.person) {
                remove_link(ledger, by, "link.replace", &old)?;
            }
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO link (hash, person, created, expires, who) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((
                    link.hash,
                    link.person.map(|p| p.0),
                    link.created.to_string(),
                    link.expires.to_string(),
                    by.who,
                ))?;
            let detail = json!({ "person": link.person.map(|p| p.0), "expires": link.expires.to_string() });
            let event = by.event("link.add", &link_subject(&link.hash), detail);
            audit::append_sealed(ledger, &event, &link_sealed(link, by.who))
        })
    }

    /// The link with that secret's hash.
    pub fn link(&self, hash: &Hash) -> Result<Option<LinkRecord>> {
        find_link(&self.connection, hash)
    }

    /// Which person an OpenID provider means by a subject.
    pub fn identified(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>> {
        people::identified(&self.connection, issuer, subject)
    }

    /// Remembers whom an OpenID provider means by a subject.
    pub fn add_identity(&mut self, by: By<'_>, issuer: &str, subject: &str, person: PersonId) -> Result<()> {
        self.transact(|ledger| {
            let since = by.at.to_string();
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO identity (issuer, subject, person, since) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((issuer, subject, person.0, &since))?;
            let detail = json!({ "person": person.0 });
            let event = by.event("identity.add", &identity_subject(issuer, subject), detail);
            audit::append_sealed(ledger, &event, &identity_sealed(issuer, subject, person, &since))
        })
    }

    /// A key for one purpose, derived from the ledger's, so that what it protects is worth nothing without the data folder.
    pub fn derived_key(&self, purpose: &str) -> Hash {
        self.key.derive(purpose)
    }
}

impl Credential {
    fn new(at: Timestamp) -> Self {
        Self { password: None, changed: at, totp: None, enrolled: None }
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential").field("enrolled", &self.enrolled).finish_non_exhaustive()
    }
}

impl Key {
    fn derive(&self, purpose: &str) -> Hash {
        self.sign(&Fields::of("derive").text(purpose))
    }
}

fn set_password(ledger: &Ledger<'_>, by: By<'_>, person: PersonId, password: &str) -> Result<()> {
    let mut credential = find(ledger.tx, person)?.unwrap_or_else(|| Credential::new(by.at));
    credential.password = Some(password.to_owned());
    credential.changed = by.at;
    replace(ledger, person, &credential)?;
    let step = ledger
        .tx
        .prepare_cached("SELECT step FROM attempt WHERE person = ?1")?
        .query_row([person.0], |row| row.get(0))
        .optional()?;
    let clean = Attempts { step: step.unwrap_or(0), ..Attempts::default() };
    count(ledger, person, &clean)?;
    let event = by.event("password.set", &subject(person), json!({}));
    audit::append_sealed(ledger, &event, &sealed(person, &credential))?;
    sessions::end_all_of(ledger, by, person)
}

fn replace(ledger: &Ledger<'_>, person: PersonId, credential: &Credential) -> Result<()> {
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO credential (person, password, changed, totp, enrolled) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (person) DO UPDATE SET password = ?2, changed = ?3, totp = ?4, enrolled = ?5",
        )?
        .execute((
            person.0,
            &credential.password,
            credential.changed.to_string(),
            &credential.totp,
            credential.enrolled.map(|at| at.to_string()),
        ))?;
    Ok(())
}

/// Keeps what signing in counted, within a write.
pub(crate) fn count(ledger: &Ledger<'_>, person: PersonId, attempts: &Attempts) -> Result<()> {
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO attempt (person, failed, until, rounds, step, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (person) DO UPDATE SET failed = ?2, until = ?3, rounds = ?4, step = ?5, seen = ?6",
        )?
        .execute((
            person.0,
            attempts.failed,
            attempts.until.map(|at| at.to_string()),
            attempts.rounds,
            attempts.step,
            attempts.seen.map(|at| at.to_string()),
        ))?;
    Ok(())
}

fn attempts_from(row: &Row<'_>) -> Result<Attempts> {
    let time = |text: Option<String>| text.map(|t| timestamp(&t)).transpose();
    Ok(Attempts {
        failed: row.get(0)?,
        until: time(row.get(1)?)?,
        rounds: row.get(2)?,
        step: row.get(3)?,
        seen: time(row.get(4)?)?,
    })
}

fn use_link(ledger: &Ledger<'_>, by: By<'_>, hash: &Hash) -> Result<()> {
    let link =
        find_link(ledger.tx, hash)?.filter(|link| by.at < link.expires).ok_or(StoreError::UnknownLink)?;
    remove_link(ledger, by, "link.use", &link)
}

fn remove_link(ledger: &Ledger<'_>, by: By<'_>, action: &str, link: &LinkRecord) -> Result<()> {
    ledger.tx.prepare_cached("DELETE FROM link WHERE hash = ?1")?.execute([link.hash])?;
    let detail = json!({ "person": link.person.map(|p| p.0) });
    audit::append_removed(ledger, &by.event(action, &link_subject(&link.hash), detail))
}

fn find(connection: &Connection, person: PersonId) -> Result<Option<Credential>> {
    let mut statement = connection.prepare_cached(
        "SELECT person, password, changed, totp, enrolled FROM credential WHERE person = ?1",
    )?;
    let mut rows = statement.query([person.0])?;
    Ok(rows.next()?.map(credential_from).transpose()?.map(|(_, credential)| credential))
}

fn credential_from(row: &Row<'_>) -> Result<(PersonId, Credential)> {
    let enrolled: Option<String> = row.get(4)?;
    let credential = Credential {
        password: row.get(1)?,
        changed: timestamp(&row.get::<_, String>(2)?)?,
        totp: row.get(3)?,
        enrolled: enrolled.map(|t| timestamp(&t)).transpose()?,
    };
    Ok((PersonId(row.get(0)?), credential))
}

fn find_link(connection: &Connection, hash: &Hash) -> Result<Option<LinkRecord>> {
    let mut statement =
        connection.prepare_cached("SELECT hash, person, created, expires, who FROM link WHERE hash = ?1")?;
    let mut rows = statement.query([hash])?;
    Ok(rows.next()?.map(link_from).transpose()?.map(|(link, _)| link))
}

fn links(connection: &Connection) -> Result<Vec<LinkRecord>> {
    let mut statement = connection.prepare_cached("SELECT hash, person, created, expires, who FROM link")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(link_from(row)?.0);
    }
    Ok(found)
}

fn link_from(row: &Row<'_>) -> Result<(LinkRecord, String)> {
    let link = LinkRecord {
        hash: row.get(0)?,
        person: row.get::<_, Option<u64>>(1)?.map(PersonId),
        created: timestamp(&row.get::<_, String>(2)?)?,
        expires: timestamp(&row.get::<_, String>(3)?)?,
    };
    Ok((link, row.get(4)?))
}

fn subject(person: PersonId) -> String {
    format!("credential:{}", person.0)
}

fn link_subject(hash: &Hash) -> String {
    // Enough to tell links apart; the hash of a secret is no secret, but need not be whole either.
    format!("link:{}", &hex(hash)[..16])
}

fn identity_subject(issuer: &str, subject: &str) -> String {
    format!("identity:{issuer} {subject}")
}

fn sealed(person: PersonId, credential: &Credential) -> Hash {
    Fields::of("credential")
        .number(person.0)
        .maybe(credential.password.as_deref())
        .text(&credential.changed.to_string())
        .bytes(credential.totp.as_deref().unwrap_or_default())
        .maybe(credential.enrolled.map(|at| at.to_string()).as_deref())
        .digest()
}

fn link_sealed(link: &LinkRecord, who: &str) -> Hash {
    Fields::of("link")
        .bytes(&link.hash)
        .number(link.person.map_or(0, |p| p.0))
        .text(&link.created.to_string())
        .text(&link.expires.to_string())
        .text(who)
        .digest()
}

fn identity_sealed(issuer: &str, subject: &str, person: PersonId, since: &str) -> Hash {
    Fields::of("identity").text(issuer).text(subject).number(person.0).text(since).digest()
}

/// Every credential, identity and link as the audit names them, with the digest of the row.
pub(crate) fn sealed_rows(connection: &Connection) -> Result<Vec<(String, Hash)>> {
    let mut found = Vec::new();
    let mut statement =
        connection.prepare("SELECT person, password, changed, totp, enrolled FROM credential")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (person, credential) = credential_from(row)?;
        found.push((subject(person), sealed(person, &credential)));
    }
    let mut statement = connection.prepare("SELECT issuer, subject, person, since FROM identity")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (issuer, name, since): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let hash = identity_sealed(&issuer, &name, PersonId(row.get(2)?), &since);
        found.push((identity_subject(&issuer, &name), hash));
    }
    let mut statement = connection.prepare("SELECT hash, person, created, expires, who FROM link")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (link, who) = link_from(row)?;
        found.push((link_subject(&link.hash), link_sealed(&link, &who)));
    }
    Ok(found)
}
