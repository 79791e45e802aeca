//! What is kept of an evaluation, and reading it again.

use std::sync::{Arc, OnceLock};

use assess::facts::{Facts, Mark, Reading, Subject};
use assess::run::{self, Means, Options};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::definition::Judged;
use model::id::{EntryId, GroupId, IndicatorId, MeasureId};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use store::{EvaluationRecord, StageRecord};

use super::super::coverage::status_word;
use super::super::fault::{ParcelsFault, Result};
use super::super::shapes::RunSummary;
use super::schemes::judged_word;
use crate::lru::Lru;
use crate::park::Park;

/// Evaluations that are kept in memory.
const KEPT: usize = 12;

/// Everything frozen of an evaluation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The version of this form.
    pub form: u32,
    /// What was found.
    pub frozen: run::Frozen,
    /// What each row is called besides, in the order of the rows.
    pub subjects: Vec<KeptSubject>,
    /// What was judged.
    pub facts: KeptFacts,
    /// Group means of the year before, where a benchmark needed them.
    pub previous: Vec<(GroupId, IndicatorId, Decimal)>,
    /// Where each subject stands; worked out when somebody first asks.
    #[serde(skip)]
    pub positions: Positions,
}

/// The row of each subject.
#[derive(Clone, Debug, Default)]
pub struct Positions(OnceLock<FxHashMap<EntryId, usize>>);

impl PartialEq for Positions {
    /// They follow from the rows.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A subject besides its row.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptSubject {
    /// Its code.
    pub code: String,
    /// Its legal area in ㎡.
    pub area: Option<Decimal>,
    /// The contracted date it has passed without producing.
    pub overdue: Option<Date>,
    /// Measures of confidential books whose value would show what one enterprise gave.
    pub guarded: Vec<MeasureId>,
    /// The grade is that of the version before, since its values did not change.
    #[serde(default)]
    pub held: bool,
}

/// Facts as they are written.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptFacts {
    /// The subjects.
    pub subjects: Vec<Subject>,
    /// Their measures.
    pub measures: IndexMap<MeasureId, Vec<Reading>>,
    /// Their marks.
    pub marks: Vec<Mark>,
}

/// What lists show of an evaluation.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Head {
    /// The scheme's title.
    pub scheme_title: String,
    /// `parcel` or `enterprise`.
    pub subject: String,
    /// What was said of it.
    pub note: String,
    /// How many were considered.
    pub subjects: usize,
    /// How many got a grade.
    pub graded: usize,
}

impl KeptFacts {
    /// As written of facts.
    pub fn of(facts: &Facts) -> Self {
        let Facts { subjects, measures, marks, .. } = facts.clone();
        Self { subjects, measures, marks }
    }
}

impl Kept {
    /// What lists show.
    pub fn head(&self, note: &str) -> Head {
        Head {
            scheme_title: self.frozen.scheme.title.clone(),
            subject: judged_word(self.frozen.scheme.judges).to_owned(),
            note: note.to_owned(),
            subjects: self.frozen.rows.len(),
            graded: self.frozen.rows.iter().filter(|row| row.grade.is_some()).count(),
        }
    }

    /// What parcels or enterprises were judged.
    pub fn judges(&self) -> Judged {
        self.frozen.scheme.judges
    }

    /// The number of a subject.
    pub fn position(&self, entry: EntryId) -> Option<usize> {
        let rows = || self.frozen.rows.iter().enumerate().map(|(at, row)| (row.key, at)).collect();
        self.positions.0.get_or_init(rows).get(&entry).copied()
    }

    /// How it is run again: to the same rows.
    pub fn options(&self) -> Options {
        let previous = self.previous.iter().map(|(g, i, mean)| ((g.clone(), i.clone()), *mean));
        Options { previous: previous.collect::<Means>(), any_year: true, ..Options::default() }
    }
}

/// Evaluations in memory, by the digest of what is frozen.
pub(crate) type KnownRuns = Lru<String, Kept>;

/// An empty store of evaluations.
pub(crate) fn known_runs() -> KnownRuns {
    KnownRuns::new(KEPT, 256 << 20)
}

/// What is frozen of an evaluation.
pub(super) fn read(park: &Park, record: &EvaluationRecord) -> Result<Arc<Kept>> {
    if let Some(known) = park.runs().get(&record.frozen) {
        return Ok(known);
    }
    let bytes = park.store().original(&record.frozen)?;
    let kept: Kept =
        serde_json::from_slice(&bytes).map_err(|_| ParcelsFault::Form { evaluation: record.id })?;
    Ok(park.runs().put(record.frozen.clone(), kept, bytes.len(), |_| false))
}

/// An evaluation by its number.
pub(in crate::parcels) fn load(park: &Park, id: u64) -> Result<(EvaluationRecord, Arc<Kept>)> {
    let record = park.store().evaluation(id)?;
    let kept = read(park, &record)?;
    Ok((record, kept))
}

/// An evaluation as lists show it.
pub(in crate::parcels) fn summary(record: &EvaluationRecord, stages: &[StageRecord]) -> RunSummary {
    let head: Head = serde_json::from_str(&record.head).unwrap_or_default();
    let newest = stages.iter().filter(|stage| stage.evaluation == record.id).map(|stage| stage.stage).max();
    RunSummary {
        id: record.id,
        scheme: record.scheme.clone(),
        scheme_title: head.scheme_title,
        subject: head.subject,
        year: record.year,
        version: record.version,
        replaces: record.replaces,
        at: record.at,
        who: record.who.clone(),
        note: head.note,
        revision: record.revision.0,
        scheme_digest: record.rules.clone(),
        digest: record.frozen.clone(),
        subjects: head.subjects,
        graded: head.graded,
        stage: newest.map_or("draft", store::EvaluationStage::word).to_owned(),
    }
}

/// The grade and score of a parcel in an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Graded {
    /// How it stands.
    pub status: String,
    /// The grade.
    pub grade: Option<String>,
    /// The score.
    pub score: Option<Decimal>,
}

/// Grades of an evaluation by entry.
///
/// # Errors
/// [`ParcelsFault`] when there is none of that number.
pub(crate) fn grades_of(park: &Park, run: u64) -> Result<FxHashMap<u64, Graded>> {
    let (_, kept) = load(park, run)?;
    Ok(kept.frozen.rows.iter().map(|row| (row.key.0, graded_row(row))).collect())
}

/// The scheme of an evaluation, and how high each entry stands in its order of grades, the best highest.
///
/// # Errors
/// [`ParcelsFault`] when there is no evaluation of that number.
pub(crate) fn ranks_of(park: &Park, run: u64) -> Result<(String, FxHashMap<u64, Decimal>)> {
    let (record, kept) = load(park, run)?;
    let lines = &kept.frozen.scheme.grades.lines;
    let rank = |row: &run::Row| {
        let at = lines.iter().rev().position(|line| Some(&line.grade) == row.grade.as_ref())?;
        Some((row.key.0, Decimal::from(at)))
    };
    Ok((record.scheme, kept.frozen.rows.iter().filter_map(rank).collect()))
}

fn graded_row(row: &run::Row) -> Graded {
    let status = status_word(&row.status);
    Graded { status: status.to_owned(), grade: row.grade.as_ref().map(ToString::to_string), score: row.score }
}

/// The evaluations an entry was part of, newest first, each with what became of it.
///
/// # Errors
/// [`ParcelsFault`] when the ledger cannot be read.
pub(crate) fn graded(park: &Park, entry: EntryId) -> Result<Vec<(RunSummary, Graded)>> {
    let stages = park.store().evaluation_stages()?;
    let mut found = Vec::new();
    for record in park.store().evaluations()?.iter().rev() {
        let kept = read(park, record)?;
        if let Some(at) = kept.position(entry) {
            let graded = graded_row(&kept.frozen.rows[at]);
            found.push((summary(record, &stages), graded));
        }
    }
    Ok(found)
}
