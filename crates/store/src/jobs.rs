//! Long work: what was asked for, how far it is, how it ended. Rows survive a restart; what was running then did not.
//!
//! Deliberately absent: running. Progress, request, result and problem are the caller's own JSON, and what a job does is in
//! the audit by itself, so rows are not sealed.

use jiff::Timestamp;
use rusqlite::Row;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::people::PersonId;
use crate::rows::records;

/// The number of a job; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct JobId(pub u64);

/// How a job stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobState {
    /// It has not begun.
    Waiting,
    /// It is under way.
    Running,
    /// It did what was asked.
    Done,
    /// It could not.
    Failed,
    /// Somebody stopped it.
    Cancelled,
    /// The program ended while it was waiting or running.
    Interrupted,
}

impl JobState {
    const ALL: [Self; 6] =
        [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled, Self::Interrupted];

    /// Its name in the database and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether nothing more will happen.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }
}

/// A job to add.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJob {
    /// What kind of work.
    pub kind: String,
    /// What people read.
    pub title: String,
    /// Who asked: the account's name.
    pub who: String,
    /// Who asked, if signed in.
    pub person: Option<PersonId>,
    /// What was asked for, as JSON.
    pub request: Option<String>,
}

/// A job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobRecord {
    /// Its number.
    pub id: JobId,
    /// What was asked for.
    pub job: NewJob,
    /// How it stands.
    pub state: JobState,
    /// How far it is, as JSON.
    pub progress: String,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// What came out, as JSON.
    pub result: Option<String>,
    /// What went wrong, as JSON.
    pub problem: Option<String>,
}

const COLUMNS: &str =
    "SELECT id, kind, title, who, person, request, state, progress, created, started, ended, result,
     problem FROM job";

impl Store {
    /// Adds a waiting job.
    pub fn add_job(&mut self, at: Timestamp, job: &NewJob) -> Result<JobId> {
        self.transact(|ledger| {
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO job (kind, title, state, progress, created, who, person, request)
                     VALUES (?1, ?2, 'waiting', '{}', ?3, ?4, ?5, ?6)",
                )?
                .execute((
                    &job.kind,
                    &job.title,
                    at.to_string(),
                    &job.who,
                    job.person.map(|p| p.0),
                    &job.request,
                ))?;
            Ok(JobId(ledger.tx.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))?))
        })
    }

    /// A waiting job begins.
    pub fn start_job(&mut self, id: JobId, at: Timestamp) -> Result<()> {
        let sql = "UPDATE job SET state = 'running', started = ?2 WHERE id = ?1 AND state = 'waiting'";
        self.transact(|ledger| found(id, ledger.tx.prepare_cached(sql)?.execute((id.0, at.to_string()))?))
    }

    /// A running job is this far.
    pub fn advance_job(&mut self, id: JobId, progress: &str) -> Result<()> {
        let sql = "UPDATE job SET progress = ?2 WHERE id = ?1 AND state = 'running'";
        self.transact(|ledger| found(id, ledger.tx.prepare_cached(sql)?.execute((id.0, progress))?))
    }

    /// A job that waits or runs ends, with what came out or went wrong.
    pub fn end_job(
        &mut self,
        id: JobId,
        at: Timestamp,
        state: JobState,
        result: Option<&str>,
        problem: Option<&str>,
    ) -> Result<()> {
        let sql = "UPDATE job SET state = ?3, ended = ?2, result = ?4, problem = ?5
             WHERE id = ?1 AND state IN ('waiting', 'running')";
        self.transact(|ledger| {
            let mut statement = ledger.tx.prepare_cached(sql)?;
            found(id, statement.execute((id.0, at.to_string(), state.word(), result, problem))?)
        })
    }

    /// After a restart: whatever waited or ran was interrupted. Returns how many.
    pub fn interrupt_jobs(&mut self, at: Timestamp) -> Result<usize> {
        let sql = "UPDATE job SET state = 'interrupted', ended = ?1 WHERE state IN ('waiting', 'running')";
        self.transact(|ledger| Ok(ledger.tx.prepare_cached(sql)?.execute([at.to_string()])?))
    }

    /// The job of that number.
    pub fn job(&self, id: JobId) -> Result<Option<JobRecord>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
        statement.query([id.0])?.next()?.map(record_from).transpose()
    }

    /// The newest jobs, newest first.
    pub fn jobs(&self, limit: usize) -> Result<Vec<JobRecord>> {
        let sql = format!("{COLUMNS} ORDER BY id DESC LIMIT ?1");
        records(&self.connection, &sql, [i64::try_from(limit).unwrap_or(i64::MAX)], record_from)
    }
}

fn found(id: JobId, changed: usize) -> Result<()> {
    if changed == 0 { Err(StoreError::UnknownJob(id.0)) } else { Ok(()) }
}

fn record_from(row: &Row<'_>) -> Result<JobRecord> {
    let time = |text: Option<String>| text.map(|t| timestamp(&t)).transpose();
    let word: String = row.get(6)?;
    let state = JobState::ALL.into_iter().find(|s| s.word() == word);
    Ok(JobRecord {
        id: JobId(row.get(0)?),
        job: NewJob {
            kind: row.get(1)?,
            title: row.get(2)?,
            who: row.get(3)?,
            person: row.get::<_, Option<u64>>(4)?.map(PersonId),
            request: row.get(5)?,
        },
        state: state.ok_or_else(|| StoreError::Corrupt(format!("{word:?} is no state of a job")))?,
        progress: row.get(7)?,
        created: timestamp(&row.get::<_, String>(8)?)?,
        started: time(row.get(9)?)?,
        ended: time(row.get(10)?)?,
        result: row.get(11)?,
        problem: row.get(12)?,
    })
}
