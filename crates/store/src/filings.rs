//! Returns that enterprises file themselves: the draft, and every step from handing in to accepting.
//!
//! A draft is working paper: saved over and over, by version, and not in the audit. A step is evidence: appended, audited, sealed –
//! what was handed in stands in it, so that a later draft cannot change it. Accepting is the step of a write
//! ([`crate::WriteRequest::accepts`]): the revision and the step are both there, or neither.
//!
//! Deliberately absent: what a return says – bodies are the caller's own JSON – and who may do what.

use std::str::FromStr as _;

use jiff::Timestamp;
use model::id::{BookId, EntryId, Revision};
use model::period::Period;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};
use serde_json::json;

use crate::audit::{self, By};
use crate::chain::{Fields, Hash};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::{Ledger, Store};

/// The number of a return; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FilingId(pub u64);

/// How far a return is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FilingState {
    /// Begun.
    Draft,
    /// Handed in.
    Submitted,
    /// Sent back to the enterprise.
    SentBack,
    /// In the ledger.
    Accepted,
}

/// A step of a return.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FilingAct {
    /// The enterprise hands it in.
    Submit,
    /// The enterprise takes it back.
    Withdraw,
    /// The committee sends it back.
    SendBack,
    /// The committee accepts it.
    Accept,
}

impl FilingAct {
    const ALL: [Self; 4] = [Self::Submit, Self::Withdraw, Self::SendBack, Self::Accept];

    /// Its word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Withdraw => "withdraw",
            Self::SendBack => "send_back",
            Self::Accept => "accept",
        }
    }

    fn named(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|act| act.word() == word);
        found.ok_or_else(|| StoreError::Corrupt(format!("{word} is no step of a return")))
    }

    /// Where a return stands after it.
    fn leads_to(self) -> FilingState {
        match self {
            Self::Submit => FilingState::Submitted,
            Self::Withdraw => FilingState::Draft,
            Self::SendBack => FilingState::SentBack,
            Self::Accept => FilingState::Accepted,
        }
    }

    /// Whether it may be done with a return that stands there.
    fn is_open(self, state: FilingState) -> bool {
        match self {
            Self::Submit => matches!(state, FilingState::Draft | FilingState::SentBack),
            Self::Withdraw | Self::SendBack | Self::Accept => state == FilingState::Submitted,
        }
    }
}

/// Which return: one book, one enterprise, one period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilingKey {
    /// The book.
    pub book: BookId,
    /// The enterprise.
    pub enterprise: EntryId,
    /// The period.
    pub period: Period,
}

/// A return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilingRecord {
    /// Its number.
    pub id: FilingId,
    /// Which it is.
    pub key: FilingKey,
    /// How far it is.
    pub state: FilingState,
    /// What the next change must be based on.
    pub version: u32,
    /// The draft, as the caller's own JSON.
    pub body: String,
    /// When it was changed last.
    pub at: Timestamp,
    /// Who changed it last.
    pub who: String,
}

/// A step that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilingStep {
    /// Its number.
    pub id: u64,
    /// The return.
    pub filing: FilingId,
    /// What was done.
    pub act: FilingAct,
    /// What was handed in, or why it was sent back, as the caller's own JSON.
    pub body: String,
    /// What accepting wrote.
    pub revision: Option<Revision>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
}

/// A return that a write accepts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AcceptedFiling {
    /// Which.
    pub id: FilingId,
    /// The version that was looked at.
    pub version: u32,
    /// What was said, as the caller's own JSON.
    pub body: String,
    /// From where, for the audit.
    pub from: String,
}

/// The columns in the order [`record_from`] takes them: the newest step says how far a return is.
macro_rules! columns {
    () => {
        "SELECT id, book, enterprise, period, version, body, at, who,
         (SELECT act FROM filing_step WHERE filing = filing.id ORDER BY filing_step.id DESC LIMIT 1) FROM filing"
    };
}
/// The columns in the order [`step_from`] takes them.
macro_rules! step_columns {
    () => {
        "SELECT id, filing, act, body, revision, at, who FROM filing_step"
    };
}

impl Store {
    /// Saves a draft that is based on a version; 0 begins the return.
    ///
    /// # Errors
    /// [`StoreError::StaleFiling`] when it was changed since, or is in hands that it may not be changed in.
    pub fn save_filing(
        &mut self,
        at: Timestamp,
        who: &str,
        key: &FilingKey,
        based_on: u32,
        body: &str,
    ) -> Result<FilingRecord> {
        self.transact(|ledger| {
            let known = of_key(ledger.tx, key)?;
            let editable = known.as_ref().is_none_or(|known| FilingAct::Submit.is_open(known.state));
            let found = known.as_ref().map_or(0, |known| known.version);
            if found != based_on || !editable {
                return Err(StoreError::StaleFiling { found, based_on });
            }
            let period = key.period.to_string();
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO filing (book, enterprise, period, version, body, at, who)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (book, enterprise, period) DO UPDATE SET version = ?4, body = ?5, at = ?6, who = ?7",
                )?
                .execute((
                    key.book.as_str(),
                    key.enterprise.0,
                    period,
                    based_on + 1,
                    body,
                    at.to_string(),
                    who,
                ))?;
            of_key(ledger.tx, key)?.ok_or_else(|| StoreError::Corrupt("a saved return is not there".to_owned()))
        })
    }

    /// Hands a return in, takes it back or sends it back. `body` is what is said of it; of what is handed in, the draft itself.
    ///
    /// # Errors
    /// [`StoreError::UnknownFiling`]; [`StoreError::StaleFiling`] when it was changed since or is not where that can be done;
    /// [`StoreError::Misuse`] for accepting, which is a write.
    pub fn move_filing(
        &mut self,
        by: By<'_>,
        (id, based_on): (FilingId, u32),
        act: FilingAct,
        body: &str,
    ) -> Result<FilingRecord> {
        if act == FilingAct::Accept {
            return Err(StoreError::Misuse("a return is accepted by a write"));
        }
        self.transact(|ledger| {
            step(ledger, by, (id, based_on), (act, body), None)?;
            of_id(ledger.tx, id)
        })
    }

    /// The return of that number.
    ///
    /// # Errors
    /// [`StoreError::UnknownFiling`] when there is none.
    pub fn filing(&self, id: FilingId) -> Result<FilingRecord> {
        of_id(&self.connection, id)
    }

    /// The return of a book, an enterprise and a period, if one was begun.
    pub fn filing_of(&self, key: &FilingKey) -> Result<Option<FilingRecord>> {
        of_key(&self.connection, key)
    }

    /// All returns, or those of one enterprise; the one changed last comes first.
    pub fn filings(&self, enterprise: Option<EntryId>) -> Result<Vec<FilingRecord>> {
        let sql = concat!(columns!(), " WHERE ?1 IS NULL OR enterprise = ?1 ORDER BY at DESC, id DESC");
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([enterprise.map(|entry| entry.0)])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(record_from(row)?);
        }
        Ok(records)
    }

    /// The steps of a return, oldest first.
    pub fn filing_steps(&self, id: FilingId) -> Result<Vec<FilingStep>> {
        let mut statement =
            self.connection.prepare_cached(concat!(step_columns!(), " WHERE filing = ?1 ORDER BY id"))?;
        let mut rows = statement.query([id.0])?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            steps.push(step_from(row)?);
        }
        Ok(steps)
    }

    /// The return whose accepting wrote a revision.
    pub fn filing_behind(&self, revision: Revision) -> Result<Option<FilingId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT filing FROM filing_step WHERE revision = ?1")?;
        Ok(statement.query_row([revision.0], |row| Ok(FilingId(row.get(0)?))).optional()?)
    }
}

/// Accepts a return within the write it becomes.
pub(crate) fn accept(
    ledger: &Ledger<'_>,
    (at, who): (Timestamp, &str),
    accepted: &AcceptedFiling,
    revision: Revision,
) -> Result<()> {
    let by = By { at, who, from: &accepted.from };
    let said = (FilingAct::Accept, accepted.body.as_str());
    step(ledger, by, (accepted.id, accepted.version), said, Some(revision))
}

fn step(
    ledger: &Ledger<'_>,
    by: By<'_>,
    (id, based_on): (FilingId, u32),
    (act, body): (FilingAct, &str),
    revision: Option<Revision>,
) -> Result<()> {
    let record = of_id(ledger.tx, id)?;
    let undone = || taken_back(ledger.tx, &record);
    let open = act.is_open(record.state) || (act == FilingAct::SendBack && undone()?);
    if record.version != based_on || !open {
        return Err(StoreError::StaleFiling { found: record.version, based_on });
    }
    ledger
        .tx
        .prepare_cached("UPDATE filing SET version = ?2, at = ?3, who = ?4 WHERE id = ?1")?
        .execute((id.0, based_on + 1, by.at.to_string(), by.who))?;
    let number: u64 =
        ledger.tx.query_row("SELECT coalesce(max(id), 0) + 1 FROM filing_step", [], |row| row.get(0))?;
    let body = if act == FilingAct::Submit { record.body } else { body.to_owned() };
    let done = FilingStep { id: number, filing: id, act, body, revision, at: by.at, who: by.who.to_owned() };
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO filing_step (id, filing, act, body, revision, at, who) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            done.id,
            id.0,
            act.word(),
            &done.body,
            revision.map(|revision| revision.0),
            by.at.to_string(),
            by.who,
        ))?;
    let key = record.key;
    let detail = json!({ "filing": id.0, "book": key.book, "enterprise": key.enterprise, "period": key.period.to_string(),
        "state": format!("{:?}", act.leads_to()) });
    let event = by.event(&format!("filing.{}", act.word()), &format!("filing_step:{number}"), detail);
    audit::append_sealed(ledger, &event, &sealed(&done))
}

/// Whether what accepting a return wrote was undone since: it may then go back to the enterprise.
fn taken_back(tx: &Transaction<'_>, record: &FilingRecord) -> Result<bool> {
    if record.state != FilingState::Accepted {
        return Ok(false);
    }
    let sql = "SELECT 1 FROM revision WHERE undoes =
        (SELECT revision FROM filing_step WHERE filing = ?1 AND act = 'accept' ORDER BY id DESC LIMIT 1)";
    Ok(tx.prepare_cached(sql)?.exists([record.id.0])?)
}

fn of_key(connection: &Connection, key: &FilingKey) -> Result<Option<FilingRecord>> {
    let mut statement = connection
        .prepare_cached(concat!(columns!(), " WHERE book = ?1 AND enterprise = ?2 AND period = ?3"))?;
    let mut rows = statement.query((key.book.as_str(), key.enterprise.0, key.period.to_string()))?;
    rows.next()?.map(record_from).transpose()
}

fn of_id(connection: &Connection, id: FilingId) -> Result<FilingRecord> {
    let mut statement = connection.prepare_cached(concat!(columns!(), " WHERE id = ?1"))?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map(record_from).transpose()?.ok_or(StoreError::UnknownFiling(id.0))
}

fn record_from(row: &Row<'_>) -> Result<FilingRecord> {
    let period: String = row.get(3)?;
    let period = Period::from_str(&period)
        .map_err(|_| StoreError::Corrupt(format!("{period} is no period of a return")))?;
    let act: Option<String> = row.get(8)?;
    let act = act.map(|word| FilingAct::named(&word)).transpose()?;
    Ok(FilingRecord {
        id: FilingId(row.get(0)?),
        key: FilingKey {
            book: BookId::from(row.get::<_, String>(1)?),
            enterprise: EntryId(row.get(2)?),
            period,
        },
        state: act.map_or(FilingState::Draft, FilingAct::leads_to),
        version: row.get(4)?,
        body: row.get(5)?,
        at: timestamp(&row.get::<_, String>(6)?)?,
        who: row.get(7)?,
    })
}

fn step_from(row: &Row<'_>) -> Result<FilingStep> {
    Ok(FilingStep {
        id: row.get(0)?,
        filing: FilingId(row.get(1)?),
        act: FilingAct::named(&row.get::<_, String>(2)?)?,
        body: row.get(3)?,
        revision: row.get::<_, Option<u64>>(4)?.map(Revision),
        at: timestamp(&row.get::<_, String>(5)?)?,
        who: row.get(6)?,
    })
}

/// Every step, as the audit names it, with its digest.
pub(crate) fn sealed_rows(connection: &Connection) -> Result<Vec<(String, Hash)>> {
    let mut sealed_steps = Vec::new();
    let mut statement = connection.prepare(step_columns!())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let step = step_from(row)?;
        sealed_steps.push((format!("filing_step:{}", step.id), sealed(&step)));
    }
    Ok(sealed_steps)
}

/// The digest of a `filing_step` row.
fn sealed(step: &FilingStep) -> Hash {
    Fields::of("filing_step")
        .number(step.id)
        .number(step.filing.0)
        .text(step.act.word())
        .text(&step.body)
        .number(step.revision.map_or(0, |revision| revision.0))
        .text(&step.at.to_string())
        .text(&step.who)
        .digest()
}
