//! Frozen evaluations: what was judged when, from which revision, by which rules, with the very rows; and what of it was made
//! public.
//!
//! Deliberately absent: judging, and what the frozen file holds. Nothing here is ever changed: judging again adds a version.

use jiff::Timestamp;
use jiff::civil::Date;
use model::id::Revision;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::json;

use crate::Store;
use crate::audit::{self, AuditEvent};
use crate::chain::{Fields, Hash, digest_hex};
use crate::error::{Result, StoreError};
use crate::originals::{self, timestamp};
use crate::rows::{need_revision, records};

/// An evaluation to keep.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvaluation {
    /// The scheme.
    pub scheme: String,
    /// The evaluated year.
    pub year: i16,
    /// The evaluation it is a new version of.
    pub replaces: Option<u64>,
    /// The revision its data are from.
    pub revision: Revision,
    /// The digest of the scheme's text.
    pub rules: String,
    /// Everything frozen, as the caller's own JSON.
    pub frozen: Vec<u8>,
    /// What lists show of it, as the caller's own JSON.
    pub head: String,
}

/// An evaluation as the ledger knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvaluationRecord {
    /// Its number.
    pub id: u64,
    /// The scheme.
    pub scheme: String,
    /// The evaluated year.
    pub year: i16,
    /// Its version within scheme and year, from 1.
    pub version: u32,
    /// The evaluation it is a new version of.
    pub replaces: Option<u64>,
    /// The revision its data are from.
    pub revision: Revision,
    /// The digest of the scheme's text.
    pub rules: String,
    /// SHA-256 of everything frozen, to be had by [`Store::original`].
    pub frozen: String,
    /// What lists show of it, as the caller's own JSON.
    pub head: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub who: String,
}

/// What of an evaluation is made public.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EvaluationStage {
    /// The areas, before any result.
    Area,
    /// The result.
    Result,
}

impl EvaluationStage {
    /// Its word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Result => "result",
        }
    }

    /// The stage of a word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Area, Self::Result].into_iter().find(|stage| stage.word() == word)
    }
}

/// What of an evaluation was made public when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageRecord {
    /// Its number.
    pub id: u64,
    /// The evaluation.
    pub evaluation: u64,
    /// What was made public.
    pub stage: EvaluationStage,
    /// The last day for objections.
    pub until: Option<Date>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What was said of it.
    pub note: String,
}

/// The columns in the order [`record_from`] takes them.
macro_rules! columns {
    () => {
        "SELECT id, scheme, year, version, replaces, revision, rules, frozen, head, at, who FROM evaluation"
    };
}
/// The columns in the order [`stage_from`] takes them.
macro_rules! stage_columns {
    () => {
        "SELECT id, evaluation, stage, until, at, who, note FROM evaluation_stage"
    };
}

impl Store {
    /// Keeps an evaluation as the next version of its scheme and year. Returns its record.
    ///
    /// # Errors
    /// [`StoreError::UnknownRevision`] for data of a revision that is not there; [`StoreError::UnknownEvaluation`] for a new
    /// version of one that is not there.
    pub fn keep_evaluation(
        &mut self,
        at: Timestamp,
        who: &str,
        new: &NewEvaluation,
    ) -> Result<EvaluationRecord> {
        let frozen = digest_hex(&new.frozen);
        self.transact(|ledger| {
            originals::keep(ledger.dir, &frozen, &new.frozen)?;
            if let Some(before) = new.replaces {
                known(ledger.tx, before)?;
            }
            let id = next(ledger.tx, "SELECT coalesce(max(id), 0) + 1 FROM evaluation")?;
            let version: u32 = ledger.tx.query_row(
                "SELECT coalesce(max(version), 0) + 1 FROM evaluation WHERE scheme = ?1 AND year = ?2",
                (&new.scheme, new.year),
                |row| row.get(0),
            )?;
            let record = EvaluationRecord {
                id,
                scheme: new.scheme.clone(),
                year: new.year,
                version,
                replaces: new.replaces,
                revision: new.revision,
                rules: new.rules.clone(),
                frozen: frozen.clone(),
                head: new.head.clone(),
                at,
                who: who.to_owned(),
            };
            insert(ledger.tx, &record)?;
            let mut event = AuditEvent::new(at, who, "evaluation.keep", &format!("evaluation:{id}"));
            event.detail = json!({ "scheme": record.scheme, "year": record.year, "version": version });
            audit::append_sealed(ledger, &event, &sealed(&record))?;
            Ok(record)
        })
    }

    /// All evaluations, oldest first.
    pub fn evaluations(&self) -> Result<Vec<EvaluationRecord>> {
        records(&self.connection, concat!(columns!(), " ORDER BY id"), [], record_from)
    }

    /// One evaluation.
    ///
    /// # Errors
    /// [`StoreError::UnknownEvaluation`] when there is none.
    pub fn evaluation(&self, id: u64) -> Result<EvaluationRecord> {
        let mut statement = self.connection.prepare_cached(concat!(columns!(), " WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(record_from).transpose()?.ok_or(StoreError::UnknownEvaluation(id))
    }

    /// Notes that a part of an evaluation was made public.
    ///
    /// # Errors
    /// [`StoreError::UnknownEvaluation`]; [`StoreError::Misuse`] when that part is public already, or the result would come
    /// before the areas.
    pub fn publish_evaluation(
        &mut self,
        at: Timestamp,
        who: &str,
        (evaluation, stage): (u64, EvaluationStage),
        (until, note): (Option<Date>, &str),
    ) -> Result<StageRecord> {
        self.transact(|ledger| {
            known(ledger.tx, evaluation)?;
            let there = |stage: EvaluationStage| -> Result<bool> {
                let sql = "SELECT 1 FROM evaluation_stage WHERE evaluation = ?1 AND stage = ?2";
                Ok(ledger.tx.prepare_cached(sql)?.exists((evaluation, stage.word()))?)
            };
            if there(stage)? {
                return Err(StoreError::Misuse("this part of the evaluation is public already"));
            }
            if stage == EvaluationStage::Result && !there(EvaluationStage::Area)? {
                return Err(StoreError::Misuse("areas are made public before results"));
            }
            let id = next(ledger.tx, "SELECT coalesce(max(id), 0) + 1 FROM evaluation_stage")?;
            let (who, note) = (who.to_owned(), note.to_owned());
            let record = StageRecord { id, evaluation, stage, until, at, who, note };
            insert_stage(ledger.tx, &record)?;
            let subject = format!("evaluation_stage:{id}");
            let mut event = AuditEvent::new(at, &record.who, "evaluation.publish", &subject);
            event.detail = json!({ "evaluation": evaluation, "stage": stage.word() });
            audit::append_sealed(ledger, &event, &sealed_stage(&record))?;
            Ok(record)
        })
    }

    /// What was made public of all evaluations, oldest first.
    pub fn evaluation_stages(&self) -> Result<Vec<StageRecord>> {
        records(&self.connection, concat!(stage_columns!(), " ORDER BY id"), [], stage_from)
    }
}

fn next(tx: &rusqlite::Transaction<'_>, sql: &str) -> Result<u64> {
    Ok(tx.query_row(sql, [], |row| row.get(0))?)
}

fn known(tx: &rusqlite::Transaction<'_>, evaluation: u64) -> Result<()> {
    let found: Option<i64> =
        tx.query_row("SELECT 1 FROM evaluation WHERE id = ?1", [evaluation], |row| row.get(0)).optional()?;
    found.map(drop).ok_or(StoreError::UnknownEvaluation(evaluation))
}

fn insert(tx: &rusqlite::Transaction<'_>, record: &EvaluationRecord) -> Result<()> {
    need_revision(tx, record.revision)?;
    tx.prepare_cached(
        "INSERT INTO evaluation (id, scheme, year, version, replaces, revision, rules, frozen, head, at, who)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute((
        record.id,
        &record.scheme,
        record.year,
        record.version,
        record.replaces,
        record.revision.0,
        &record.rules,
        &record.frozen,
        &record.head,
        record.at.to_string(),
        &record.who,
    ))?;
    Ok(())
}

fn insert_stage(tx: &rusqlite::Transaction<'_>, record: &StageRecord) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO evaluation_stage (id, evaluation, stage, until, at, who, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        record.id,
        record.evaluation,
        record.stage.word(),
        record.until.map(|day| day.to_string()),
        record.at.to_string(),
        &record.who,
        &record.note,
    ))?;
    Ok(())
}

fn record_from(row: &Row<'_>) -> Result<EvaluationRecord> {
    Ok(EvaluationRecord {
        id: row.get(0)?,
        scheme: row.get(1)?,
        year: row.get(2)?,
        version: row.get(3)?,
        replaces: row.get(4)?,
        revision: Revision(row.get(5)?),
        rules: row.get(6)?,
        frozen: row.get(7)?,
        head: row.get(8)?,
        at: timestamp(&row.get::<_, String>(9)?)?,
        who: row.get(10)?,
    })
}

fn stage_from(row: &Row<'_>) -> Result<StageRecord> {
    let stage: String = row.get(2)?;
    let until: Option<String> = row.get(3)?;
    let day = |text: String| text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} is no day")));
    Ok(StageRecord {
        id: row.get(0)?,
        evaluation: row.get(1)?,
        stage: EvaluationStage::named(&stage)
            .ok_or_else(|| StoreError::Corrupt(format!("{stage:?} is no stage")))?,
        until: until.map(day).transpose()?,
        at: timestamp(&row.get::<_, String>(4)?)?,
        who: row.get(5)?,
        note: row.get(6)?,
    })
}

/// Every row of both tables, as the audit names it, with its digest.
pub(crate) fn sealed_rows(connection: &Connection) -> Result<Vec<(String, Hash)>> {
    let kept = |record: EvaluationRecord| (format!("evaluation:{}", record.id), sealed(&record));
    let public = |record: StageRecord| (format!("evaluation_stage:{}", record.id), sealed_stage(&record));
    let mut rows = records(connection, columns!(), [], |row| Ok(kept(record_from(row)?)))?;
    rows.extend(records(connection, stage_columns!(), [], |row| Ok(public(stage_from(row)?)))?);
    Ok(rows)
}

/// The digest of an `evaluation` row.
fn sealed(record: &EvaluationRecord) -> Hash {
    Fields::of("evaluation")
        .number(record.id)
        .text(&record.scheme)
        .text(&record.year.to_string())
        .number(u64::from(record.version))
        .number(record.replaces.unwrap_or(0))
        .number(record.revision.0)
        .text(&record.rules)
        .text(&record.frozen)
        .text(&record.head)
        .text(&record.at.to_string())
        .text(&record.who)
        .digest()
}

/// The digest of an `evaluation_stage` row.
fn sealed_stage(record: &StageRecord) -> Hash {
    Fields::of("evaluation_stage")
        .number(record.id)
        .number(record.evaluation)
        .text(record.stage.word())
        .text(&record.until.map(|day| day.to_string()).unwrap_or_default())
        .text(&record.at.to_string())
        .text(&record.who)
        .text(&record.note)
        .digest()
}
