//! Reports for people: a preview with every number leading to its trace, documents to download, publications that stay as
//! they were, and what changed since.
//!
//! A preview is made by the same steps as the document and shows the same words. A publication freezes the document, its
//! evidence, every printed value with its basis, the revision and the content it was made from under one digest; what changed
//! since – the revision table – is the difference between those values and what the same report says now, with the entries
//! that moved each.
//!
//! Deliberately absent: templates and figures (`report`, `figures`). To show something else of a report: a field of
//! [`Preview`] filled in `preview.rs`.

mod audits;
mod changes;
mod choices;
mod composed;
mod fault;
mod kept;
mod pdf;
mod preview;
mod publications;
mod refreshing;
mod workbook;
mod workshop;

use std::sync::Arc;

use figures::{Reader, Snapshot};
use model::id::{ReportId, Revision};
use model::period::Month;

use crate::access::{Actor, Refusal, Right};
use crate::library::Library;
use crate::lru::Lru;
use crate::park::Park;
use crate::report::{Settings, SlotRecord};
use crate::reporting::Asked;

pub use changes::{Cause, ChangeOfSlot, ChangedEntry, PublicationChanges};
pub use choices::ChoiceList;
pub use composed::PublicationState;
pub use fault::PublishingFault;
pub(crate) use kept::sentence;
pub use pdf::{PdfFault, PdfTool};
pub use preview::{
    BlockView, CellOfTable, ChartOfReport, ClaimOfReport, Preview, RowOfTable, RunView, SeriesOfReport,
    SlotView,
};
pub(crate) use preview::{kind, query, question, request_of};
pub use publications::{
    FileOfReport, Format, LastPublication, PublicationList, PublicationView, ReportItem, ReportItems,
};
pub use workshop::{Draft, Insertion, KeptReport, TemplateParagraph, TriedTemplate};

/// Previews kept in memory.
const PREVIEWS: usize = 24;
/// Old snapshots kept in memory.
const SNAPSHOTS: usize = 2;

/// What publishing remembers between two looks at the same report. One per park, shared by all callers.
pub struct Publishing {
    previews: Lru<PreviewKey, Preview>,
    snapshots: Lru<(Revision, String), Snapshot>,
    /// What reports print, by the same key as previews.
    printed: Lru<PreviewKey, Vec<SlotRecord>>,
    /// Content publications were made with.
    libraries: Lru<String, Library>,
}

/// What a preview depends on.
#[derive(Clone, PartialEq, Eq, Debug)]
struct PreviewKey {
    report: ReportId,
    period: Month,
    settings: Settings,
    revision: Revision,
    content: String,
    confidential: bool,
}

impl PreviewKey {
    fn of(asked: Asked<'_>, revision: Revision, library: &Library, reader: Reader) -> Self {
        Self {
            report: asked.report.clone(),
            period: asked.period,
            settings: asked.settings.clone(),
            revision,
            content: library.digest.clone(),
            confidential: reader.may_see_confidential,
        }
    }
}

impl Default for Publishing {
    fn default() -> Self {
        Self {
            previews: Lru::new(PREVIEWS, usize::MAX),
            snapshots: Lru::new(SNAPSHOTS, usize::MAX),
            printed: Lru::new(PREVIEWS, usize::MAX),
            libraries: Lru::new(SNAPSHOTS, usize::MAX),
        }
    }
}

impl Publishing {
    /// Nothing remembered yet.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }
}

/// Reports are for the committee, and for those who may read anything.
fn may_read(park: &Park, actor: &Actor, report: &ReportId) -> Result<(), Refusal> {
    if actor.is_enterprise() {
        return Err(Refusal::CommitteeOnly);
    }
    actor.need_anywhere(Right::Read)?;
    // Sheets are made where their one thing is; its evaluation is what is made public.
    let known = park.library.content.reports.get(report);
    if known.is_some_and(|report| report.about.is_none()) { Ok(()) } else { Err(Refusal::NotFound) }
}
