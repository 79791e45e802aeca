//! Published reports: what was stated when, from which revision, and the very bytes – the document, its evidence workbook,
//! the list of what was printed and the content all of it was made with.
//!
//! Deliberately absent: building reports. Publishing the same report for the same period again adds a record.

use jiff::Timestamp;
use model::id::{ReportId, Revision};
use model::period::Period;
use rusqlite::Row;
use serde_json::json;

use crate::Store;
use crate::audit::{self, AuditEvent};
use crate::chain::{Fields, Hash, digest_hex};
use crate::error::{Result, StoreError};
use crate::originals::{self, timestamp};
use crate::rows::{need_revision, records};

/// A report to publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Publication {
    /// The report.
    pub report: ReportId,
    /// The period it speaks of.
    pub period: Period,
    /// The digest of the content (definitions and template) it was built with.
    pub content: String,
    /// The revision it was built from.
    pub revision: Revision,
    /// The finished file.
    pub bytes: Vec<u8>,
    /// Its evidence workbook.
    pub evidence: Option<Vec<u8>>,
    /// What was printed, as the caller's own JSON.
    pub slots: Option<Vec<u8>>,
    /// The content it was built with – definitions and templates –, as the caller's own bytes.
    pub definitions: Option<Vec<u8>>,
    /// What the publisher wanted to say of it; empty for nothing.
    pub note: String,
    /// What its parameters were set to, as the caller's own text; empty for nothing.
    pub settings: String,
}

/// A published report as the ledger knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedRecord {
    /// Its number.
    pub id: u64,
    /// The report.
    pub report: ReportId,
    /// The period it speaks of.
    pub period: Period,
    /// The digest of the content it was built with.
    pub content: String,
    /// The revision it was built from.
    pub revision: Revision,
    /// SHA-256 of the finished file, to be had by [`Store::original`].
    pub bytes: String,
    /// When it was published.
    pub at: Timestamp,
    /// Who published it.
    pub who: String,
    /// SHA-256 of its evidence workbook, to be had by [`Store::original`].
    pub evidence: Option<String>,
    /// SHA-256 of the list of what was printed, to be had by [`Store::original`].
    pub slots: Option<String>,
    /// What the publisher wanted to say of it; empty for nothing.
    pub note: String,
    /// SHA-256 of the content it was built with, to be had by [`Store::original`].
    pub definitions: Option<String>,
    /// What its parameters were set to, as the caller's own text; empty for nothing.
    pub settings: String,
}

impl PublishedRecord {
    /// The one digest of the publication, lower-case hex: over the digests of document, evidence, printed values and content,
    /// the parameters, the revision, the period and who published when. The audit's chain holds it, so [`Store::verify`] proves it.
    pub fn seal(&self) -> String {
        crate::chain::hex(&sealed(self))
    }
}

/// The columns in the order [`record_from`] takes them.
macro_rules! columns {
    () => {
        "SELECT id, report, period, content, revision, bytes, at, who, evidence, slots, note, definitions,
            settings FROM published"
    };
}
pub(crate) const COLUMNS: &str = columns!();

impl Store {
    /// Keeps the finished file and the record of its publication. Returns the record's number.
    pub fn publish(&mut self, at: Timestamp, who: &str, publication: &Publication) -> Result<u64> {
        let bytes = digest_hex(&publication.bytes);
        self.transact(|ledger| {
            originals::keep(ledger.dir, &bytes, &publication.bytes)?;
            let keep_part = |part: &Option<Vec<u8>>| -> Result<Option<String>> {
                let Some(part) = part else { return Ok(None) };
                let digest = digest_hex(part);
                originals::keep(ledger.dir, &digest, part)?;
                Ok(Some(digest))
            };
            let id: u64 =
                ledger
                    .tx
                    .query_row("SELECT coalesce(max(id), 0) + 1 FROM published", [], |row| row.get(0))?;
            let record = PublishedRecord {
                id,
                report: publication.report.clone(),
                period: publication.period,
                content: publication.content.clone(),
                revision: publication.revision,
                bytes: bytes.clone(),
                at,
                who: who.to_owned(),
                evidence: keep_part(&publication.evidence)?,
                slots: keep_part(&publication.slots)?,
                note: publication.note.clone(),
                definitions: keep_part(&publication.definitions)?,
                settings: publication.settings.clone(),
            };
            insert(ledger.tx, &record)?;
            let mut event = AuditEvent::new(at, who, "report.publish", &format!("published:{id}"));
            event.detail = json!({ "report": record.report.as_str(), "period": record.period.to_string() });
            audit::append_sealed(ledger, &event, &sealed(&record))?;
            Ok(id)
        })
    }

    /// All publications, oldest first.
    pub fn published(&self) -> Result<Vec<PublishedRecord>> {
        records(&self.connection, concat!(columns!(), " ORDER BY id"), [], record_from)
    }
}

fn insert(tx: &rusqlite::Transaction<'_>, record: &PublishedRecord) -> Result<()> {
    need_revision(tx, record.revision)?;
    tx.prepare_cached(
        "INSERT INTO published (id, report, period, content, revision, bytes, at, who, evidence, slots, note,
             definitions, settings)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute((
        record.id,
        record.report.as_str(),
        record.period.to_string(),
        &record.content,
        record.revision.0,
        &record.bytes,
        record.at.to_string(),
        &record.who,
        &record.evidence,
        &record.slots,
        Some(&record.note).filter(|note| !note.is_empty()),
        &record.definitions,
        Some(&record.settings).filter(|settings| !settings.is_empty()),
    ))?;
    Ok(())
}

pub(crate) fn record_from(row: &Row<'_>) -> Result<PublishedRecord> {
    let period: String = row.get(2)?;
    Ok(PublishedRecord {
        id: row.get(0)?,
        report: ReportId::from(row.get::<_, String>(1)?),
        period: period.parse().map_err(|_| StoreError::Corrupt(format!("{period:?} is not a period")))?,
        content: row.get(3)?,
        revision: Revision(row.get(4)?),
        bytes: row.get(5)?,
        at: timestamp(&row.get::<_, String>(6)?)?,
        who: row.get(7)?,
        evidence: row.get(8)?,
        slots: row.get(9)?,
        note: row.get::<_, Option<String>>(10)?.unwrap_or_default(),
        definitions: row.get(11)?,
        settings: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
    })
}

/// The digest of a `published` row.
pub(crate) fn sealed(record: &PublishedRecord) -> Hash {
    let fields = Fields::of("published")
        .number(record.id)
        .text(record.report.as_str())
        .text(&record.period.to_string())
        .text(&record.content)
        .number(record.revision.0)
        .text(&record.bytes)
        .text(&record.at.to_string())
        .text(&record.who);
    // Records of version 1 had no more than that, those of versions 2 and 3 no definitions.
    let more = [record.evidence.as_deref(), record.slots.as_deref(), Some(record.note.as_str())];
    if record.definitions.is_none()
        && record.settings.is_empty()
        && more.iter().flatten().all(|part| part.is_empty())
    {
        return fields.digest();
    }
    let fields = more.into_iter().fold(fields, Fields::maybe);
    // Reports without parameters are sealed as they were before there were any.
    let last =
        [record.definitions.as_deref(), Some(record.settings.as_str()).filter(|text| !text.is_empty())];
    let kept = last.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    last.into_iter().take(kept).fold(fields, Fields::maybe).digest()
}
