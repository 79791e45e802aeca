//! Documents to download, and publications: made once, kept as they were.

use model::id::{BookId, ReportId};
use model::period::{Month, Period};
use serde::Serialize;
use store::{Publication, PublishedRecord};
use utoipa::ToSchema;

use super::composed::settings_of;
use super::kept::KeptSlot;
use super::{PdfTool, Publishing, PublishingFault, may_read};
use crate::access::{Actor, Refusal, Right};
use crate::asof::AsOf;
use crate::library::Library;
use crate::park::Park;
use crate::report::{self, About, Settings};
use crate::reporting::Asked;

/// The reports there are.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReportItems {
    /// In the order of the content.
    pub items: Vec<ReportItem>,
}

/// A report in the list.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ReportItem {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// How often it was published.
    pub publications: usize,
    /// The last time.
    pub last: Option<LastPublication>,
}

/// The last publication of a report.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LastPublication {
    /// Its month.
    pub period: String,
    /// When.
    #[schema(value_type = String)]
    pub at: jiff::Timestamp,
    /// Who.
    pub who: String,
}

/// Publications of a report.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PublicationList {
    /// Newest first.
    pub items: Vec<PublicationView>,
}

/// A publication.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Publication)]
pub struct PublicationView {
    /// Its number.
    pub id: u64,
    /// The report.
    pub report: String,
    /// What its parameters were set to.
    pub settings: Settings,
    /// The same for people.
    pub about: Vec<About>,
    /// Its month.
    pub period: String,
    /// The revision it was made from.
    pub revision: u64,
    /// When.
    #[schema(value_type = String)]
    pub at: jiff::Timestamp,
    /// Who.
    pub who: String,
    /// SHA-256 of the document.
    pub digest: String,
    /// The digest of the content it was made with.
    pub content_digest: String,
    /// What the publisher wanted to say of it.
    pub note: Option<String>,
    /// The one digest over document, evidence, printed values with their basis, content, revision, period, who and when; the
    /// audit's chain holds it.
    pub seal: String,
}

/// What a report can be downloaded as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// The Word document.
    Docx,
    /// The evidence workbook.
    Evidence,
    /// The document as PDF.
    Pdf,
}

/// A file to save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileOfReport {
    /// Its name without ending.
    pub stem: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Format {
    /// The format of that word.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "docx" => Self::Docx,
            "evidence" => Self::Evidence,
            "pdf" => Self::Pdf,
            _ => return None,
        })
    }
}

impl Publishing {
    /// The reports there are, with how often they were published.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or the ledger cannot be read.
    pub fn reports(&self, park: &Park, actor: &Actor) -> Result<ReportItems, PublishingFault> {
        committee(actor)?;
        let published = park.store.published()?;
        let item = |report: &model::definition::Report| {
            let own: Vec<&PublishedRecord> =
                published.iter().filter(|record| record.report == report.id).collect();
            ReportItem {
                id: report.id.to_string(),
                title: report.title.clone(),
                title_en: report.title_en.clone(),
                publications: own.len(),
                last: own.last().map(|record| LastPublication {
                    period: record.period.to_string(),
                    at: record.at,
                    who: record.who.clone(),
                }),
            }
        };
        let reports = park.library.content.reports.values().filter(|report| report.about.is_none());
        Ok(ReportItems { items: reports.map(item).collect() })
    }

    /// A report as it reads now, as a file.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, it cannot be made, or there is no way to make a PDF.
    pub fn document(
        &self,
        park: &Park,
        actor: &Actor,
        at: (&ReportId, Month),
        format: Format,
        pdf: &PdfTool,
    ) -> Result<FileOfReport, PublishingFault> {
        self.document_as_of(park, actor, at.into(), (format, pdf), None)
    }

    /// A report as it would have read then, as a file.
    ///
    /// # Errors
    /// As [`Publishing::document`]; also when nothing was known then.
    pub fn document_as_of(
        &self,
        park: &Park,
        actor: &Actor,
        asked: Asked<'_>,
        (format, pdf): (Format, &PdfTool),
        as_of: Option<AsOf>,
    ) -> Result<FileOfReport, PublishingFault> {
        may_read(park, actor, asked.report)?;
        let snapshot = park.snapshot_as_of(as_of)?;
        let bytes = match format {
            // It shows single respondents: those the actor may see.
            Format::Evidence => {
                let visible = |id: &BookId| may_read_book(park, actor, id);
                park.report_on(&snapshot, asked, actor.reader(), &visible)?.evidence
            }
            Format::Docx | Format::Pdf => {
                let document = park.document_on(&snapshot, asked, actor.reader())?.document;
                if format == Format::Pdf { pdf.convert(&document)? } else { document }
            }
        };
        let stem = stem(park, asked.report, asked.settings, Period::month(asked.period));
        Ok(FileOfReport { stem, bytes })
    }

    /// Publishes a report as it reads now: document, evidence and every printed value are kept.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, it cannot be made, or the ledger cannot be written.
    pub fn publish(
        &self,
        park: &mut Park,
        actor: &Actor,
        asked: Asked<'_>,
        note: &str,
    ) -> Result<PublicationView, PublishingFault> {
        may_read(park, actor, asked.report)?;
        actor.need_anywhere(Right::Publish)?;
        // The proof is kept whole; who may have it is asked when somebody asks for it.
        let finished = park.report_on(&*park.snapshot()?, asked, actor.reader(), &|_| true)?;
        let slots: Vec<KeptSlot> = finished.built.slots.iter().map(KeptSlot::of).collect();
        let publication = Publication {
            report: asked.report.clone(),
            period: Period::month(asked.period),
            settings: finished.built.settings.clone(),
            content: finished.built.provenance.content.clone(),
            revision: finished.built.provenance.revision,
            bytes: finished.built.document,
            evidence: Some(finished.evidence),
            slots: Some(serde_json::to_vec(&slots).expect("slots are plain text and numbers, always JSON")),
            definitions: Some(park.library.packed()),
            note: note.trim().to_owned(),
        };
        let id = park.store.publish(park.clock.now(), &actor.name, &publication)?;
        let record = record(park, id)?;
        Ok(view(&park.library, &record))
    }

    /// The publications of a report, newest first.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or the ledger cannot be read.
    pub fn publications(
        &self,
        park: &Park,
        actor: &Actor,
        report: &ReportId,
    ) -> Result<PublicationList, PublishingFault> {
        may_read(park, actor, report)?;
        let all = park.store.published()?;
        let own = all.iter().rev().filter(|record| record.report == *report);
        Ok(PublicationList { items: own.map(|one| view(&park.library, one)).collect() })
    }

    /// All publications, newest first.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or the ledger cannot be read.
    pub fn all_publications(&self, park: &Park, actor: &Actor) -> Result<PublicationList, PublishingFault> {
        committee(actor)?;
        let all = park.store.published()?;
        Ok(PublicationList { items: all.iter().rev().map(|one| view(&park.library, one)).collect() })
    }

    /// A publication's document or evidence, as it was published.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or it is not there.
    pub fn published_document(
        &self,
        park: &Park,
        actor: &Actor,
        id: u64,
        format: Format,
        pdf: &PdfTool,
    ) -> Result<FileOfReport, PublishingFault> {
        committee(actor)?;
        let record = record(park, id)?;
        let bytes = match format {
            Format::Docx => park.store.original(&record.bytes)?,
            Format::Pdf => pdf.convert(&park.store.original(&record.bytes)?)?,
            Format::Evidence => {
                // It was kept whole, so it is for those who may read everything.
                let mut books = park.library.content.books.keys();
                if !books.all(|id| may_read_book(park, actor, id)) {
                    return Err(Refusal::NotAllowed { right: Right::Read, book: None }.into());
                }
                park.store.original(record.evidence.as_deref().ok_or(Refusal::NotFound)?)?
            }
        };
        let stem = stem(park, &record.report, &settings_of(&record), record.period);
        Ok(FileOfReport { stem, bytes })
    }
}

/// The name of a report's file: what it is, about what, when.
fn stem(park: &Park, report: &ReportId, settings: &Settings, period: Period) -> String {
    let known = park.library.content.reports.get(report);
    let title = known.map_or(report.as_str(), |report| report.title.as_str());
    let about = report::about(park.library(), report, settings);
    let about = about.iter().map(|one| format!(" {}", one.text.replace(['/', '\\'], "-")));
    format!("{title}{} {period}", about.collect::<String>())
}

fn may_read_book(park: &Park, actor: &Actor, id: &BookId) -> bool {
    park.library.content.books.get(id).is_some_and(|book| actor.may(Right::Read, book))
}

pub(super) fn committee(actor: &Actor) -> Result<(), Refusal> {
    if actor.is_enterprise() { Err(Refusal::CommitteeOnly) } else { actor.need_anywhere(Right::Read) }
}

pub(super) fn record(park: &Park, id: u64) -> Result<PublishedRecord, PublishingFault> {
    let found = park.store.published()?.into_iter().find(|record| record.id == id);
    found.ok_or_else(|| Refusal::NotFound.into())
}

pub(super) fn view(library: &Library, record: &PublishedRecord) -> PublicationView {
    PublicationView {
        id: record.id,
        report: record.report.to_string(),
        settings: settings_of(record),
        about: report::about(library, &record.report, &settings_of(record)),
        period: record.period.to_string(),
        revision: record.revision.0,
        at: record.at,
        who: record.who.clone(),
        digest: record.bytes.clone(),
        content_digest: record.content.clone(),
        note: Some(record.note.clone()).filter(|note| !note.is_empty()),
        seal: record.seal(),
    }
}
