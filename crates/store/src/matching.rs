//! Identity: candidate pairs that wait for a person, and what persons decided, remembered.
//!
//! Deliberately absent: scoring and deciding. A near match is never merged here; a decision is applied by the caller the
//! next time the same text is written.

use jiff::Timestamp;
use model::finding::Place;
use model::id::{BookId, EntryId};
use rusqlite::{OptionalExtension as _, Row};
use serde_json::json;

use crate::audit::{self, AuditEvent};
use crate::chain::{Fields, Hash};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::rows::records;
use crate::{Ledger, Store};

/// An entry that may be what a text means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MatchCandidate {
    /// The book the text refers to.
    pub book: BookId,
    /// The text as it was written.
    pub written: String,
    /// The entry it may mean.
    pub candidate: EntryId,
    /// How alike they are, in thousandths.
    pub permille: u16,
    /// Why, in the user's language.
    pub reason: String,
    /// Where the text was found.
    pub place: Place,
}

/// What a person decided about a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// It means this entry.
    Same(EntryId),
    /// It means none of the entries there were: it is something of its own.
    Different,
}

/// A remembered decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MatchDecision {
    /// The book the text refers to.
    pub book: BookId,
    /// The text as it was written.
    pub written: String,
    /// What was decided.
    pub verdict: Verdict,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
}

impl Store {
    /// The pairs that wait for a person, in the order they came.
    pub fn match_queue(&self) -> Result<Vec<MatchCandidate>> {
        records(
            &self.connection,
            "SELECT book, written, candidate, permille, reason, place FROM match_queue ORDER BY id",
            [],
            candidate_from,
        )
    }

    /// Adds pairs to the queue (a pair already waiting is left as it is).
    pub fn queue_matches(&mut self, at: Timestamp, who: &str, candidates: &[MatchCandidate]) -> Result<()> {
        self.transact(|ledger| {
            enqueue(ledger, candidates)?;
            let mut event = AuditEvent::new(at, who, "match.queue", "");
            event.detail = json!({ "pairs": candidates.len() });
            audit::append(ledger, &event)
        })
    }

    /// Remembers a decision, in place of an earlier one on the same text, and takes the text's pairs off the queue.
    pub fn decide_match(&mut self, decision: &MatchDecision) -> Result<()> {
        self.transact(|ledger| decide(ledger, decision))
    }

    /// Forgets a decision, so that the text is asked about again. Returns whether there was one.
    pub fn forget_match(&mut self, at: Timestamp, who: &str, book: &BookId, written: &str) -> Result<bool> {
        self.transact(|ledger| {
            let removed = ledger
                .tx
                .prepare_cached("DELETE FROM match_decision WHERE book = ?1 AND written = ?2")?
                .execute((book.as_str(), written))?;
            if removed > 0 {
                let event = AuditEvent::new(at, who, "match.forget", &subject(book.as_str(), written));
                audit::append_removed(ledger, &event)?;
            }
            Ok(removed > 0)
        })
    }

    /// The decision on a text, if there is one.
    pub fn match_decision(&self, book: &BookId, written: &str) -> Result<Option<MatchDecision>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT book, written, decision, entry, at, who, reason FROM match_decision
             WHERE book = ?1 AND written = ?2",
        )?;
        statement.query_row((book.as_str(), written), |row| Ok(decision_from(row))).optional()?.transpose()
    }

    /// All decisions, by book and text.
    pub fn match_decisions(&self) -> Result<Vec<MatchDecision>> {
        records(
            &self.connection,
            "SELECT book, written, decision, entry, at, who, reason FROM match_decision ORDER BY book, written",
            [],
            decision_from,
        )
    }
}

/// Adds pairs to the queue within a write.
pub(crate) fn enqueue(ledger: &Ledger<'_>, candidates: &[MatchCandidate]) -> Result<()> {
    let mut known = ledger.tx.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?;
    let mut insert = ledger.tx.prepare_cached(
        "INSERT INTO match_queue (book, written, candidate, permille, reason, place)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (book, written, candidate) DO NOTHING",
    )?;
    for pair in candidates {
        if !known.exists([pair.candidate.0])? {
            return Err(StoreError::UnknownEntry(pair.candidate));
        }
        let place = serde_json::to_string(&pair.place).expect("a place is plain text and ids, always JSON");
        insert.execute((
            pair.book.as_str(),
            &pair.written,
            pair.candidate.0,
            pair.permille,
            &pair.reason,
            place,
        ))?;
    }
    Ok(())
}

fn decide(ledger: &Ledger<'_>, decision: &MatchDecision) -> Result<()> {
    let (book, written) = (decision.book.as_str(), decision.written.as_str());
    let entry = match decision.verdict {
        Verdict::Same(entry) => Some(entry),
        Verdict::Different => None,
    };
    if let Some(entry) = entry {
        let mut known = ledger.tx.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?;
        if !known.exists([entry.0])? {
            return Err(StoreError::UnknownEntry(entry));
        }
    }
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO match_decision (book, written, decision, entry, at, who, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (book, written) DO UPDATE SET decision = ?3, entry = ?4, at = ?5, who = ?6, reason = ?7",
        )?
        .execute((
            book,
            written,
            word(decision.verdict),
            entry.map(|e| e.0),
            decision.at.to_string(),
            &decision.who,
            &decision.reason,
        ))?;
    ledger
        .tx
        .prepare_cached("DELETE FROM match_queue WHERE book = ?1 AND written = ?2")?
        .execute((book, written))?;
    let mut event = AuditEvent::new(decision.at, &decision.who, "match.decide", &subject(book, written));
    event.detail =
        json!({ "decision": word(decision.verdict), "entry": entry.map(|e| e.0), "reason": decision.reason });
    audit::append_sealed(ledger, &event, &sealed(decision))
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same(_) => "same",
        Verdict::Different => "different",
    }
}

/// How the audit names a decision.
pub(crate) fn subject(book: &str, written: &str) -> String {
    format!("match:{book}:{written}")
}

fn candidate_from(row: &Row<'_>) -> Result<MatchCandidate> {
    let place: String = row.get(5)?;
    let place = serde_json::from_str(&place)
        .map_err(|_| StoreError::Corrupt("the place of a waiting match is not readable".to_owned()))?;
    Ok(MatchCandidate {
        book: BookId::from(row.get::<_, String>(0)?),
        written: row.get(1)?,
        candidate: EntryId(row.get(2)?),
        permille: row.get(3)?,
        reason: row.get(4)?,
        place,
    })
}

pub(crate) fn decision_from(row: &Row<'_>) -> Result<MatchDecision> {
    let (decision, entry): (String, Option<u64>) = (row.get(2)?, row.get(3)?);
    let verdict = match (decision.as_str(), entry) {
        ("same", Some(entry)) => Verdict::Same(EntryId(entry)),
        ("different", None) => Verdict::Different,
        _ => return Err(StoreError::Corrupt("a match decision is neither same nor different".to_owned())),
    };
    Ok(MatchDecision {
        book: BookId::from(row.get::<_, String>(0)?),
        written: row.get(1)?,
        verdict,
        at: timestamp(&row.get::<_, String>(4)?)?,
        who: row.get(5)?,
        reason: row.get(6)?,
    })
}

/// The digest of a `match_decision` row.
pub(crate) fn sealed(decision: &MatchDecision) -> Hash {
    let entry = match decision.verdict {
        Verdict::Same(entry) => entry.0,
        Verdict::Different => 0,
    };
    Fields::of("match")
        .text(decision.book.as_str())
        .text(&decision.written)
        .text(word(decision.verdict))
        .number(entry)
        .text(&decision.at.to_string())
        .text(&decision.who)
        .text(&decision.reason)
        .digest()
}
