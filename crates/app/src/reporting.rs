//! Building reports from a park's own ledger.

use std::sync::Arc;

use figures::{Reader, Snapshot};
use jiff::Timestamp;
use model::entry::{Entry, OriginTable, OriginTableId};
use model::id::{BookId, EntryId, ReportId, Revision};
use model::period::Month;

use crate::ledger::{Result, Store, StoreError};
use crate::library::Library;
use crate::park::Park;
use crate::report::{
    self, Built, Composed, EvidenceSource, NOTHING_SET, ReportFault, ReportInput, Settings, SourceNote,
};

/// A report with its evidence.
pub struct Finished {
    /// The document and everything printed in it.
    pub built: Built,
    /// The evidence workbook.
    pub evidence: Vec<u8>,
}

/// Why a report could not be built.
#[derive(Debug, thiserror::Error)]
pub enum ReportingFault {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The report cannot be made.
    #[error(transparent)]
    Report(#[from] ReportFault),
}

/// Which report, for which month, about what.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The report.
    pub report: &'a ReportId,
    /// Its month.
    pub period: Month,
    /// What its parameters are set to.
    pub settings: &'a Settings,
}

impl<'a> From<(&'a ReportId, Month)> for Asked<'a> {
    fn from((report, period): (&'a ReportId, Month)) -> Self {
        Self { report, period, settings: &NOTHING_SET }
    }
}

impl<'a> From<(&'a ReportId, Month, &'a Settings)> for Asked<'a> {
    fn from((report, period, settings): (&'a ReportId, Month, &'a Settings)) -> Self {
        Self { report, period, settings }
    }
}

impl Park {
    /// Builds a report with its evidence workbook at the newest revision.
    ///
    /// # Errors
    /// [`ReportingFault`] when the ledger cannot be read or the document cannot be made; missing data is no error.
    pub fn report(&self, report: &ReportId, period: Month) -> std::result::Result<Finished, ReportingFault> {
        self.report_on(&*self.snapshot()?, (report, period).into(), Reader::COMMITTEE, &|_| true)
    }

    /// Builds a report with its evidence workbook on a snapshot, for a reader; the evidence shows single entries of visible
    /// books only.
    ///
    /// # Errors
    /// As [`Park::report`].
    pub fn report_on(
        &self,
        snapshot: &Snapshot,
        asked: Asked<'_>,
        reader: Reader,
        visible: &dyn Fn(&BookId) -> bool,
    ) -> std::result::Result<Finished, ReportingFault> {
        let input = self.report_input(asked, snapshot, reader)?;
        let built = report::build(&input)?;
        let evidence = report::evidence_within(&input, &built, &Origins(&self.store), visible)?;
        Ok(Finished { built, evidence })
    }

    /// Builds the document alone.
    ///
    /// # Errors
    /// As [`Park::report`].
    pub fn document(&self, report: &ReportId, period: Month) -> std::result::Result<Built, ReportingFault> {
        self.document_on(&*self.snapshot()?, (report, period).into(), Reader::COMMITTEE)
    }

    /// The document alone on a snapshot.
    ///
    /// # Errors
    /// As [`Park::report`].
    pub fn document_on(
        &self,
        snapshot: &Snapshot,
        asked: Asked<'_>,
        reader: Reader,
    ) -> std::result::Result<Built, ReportingFault> {
        Ok(report::build(&self.report_input(asked, snapshot, reader)?)?)
    }

    /// What each slot of a template says today, whether or not it belongs to a report; the report asked
    /// for lends its parameters and charts.
    ///
    /// # Errors
    /// As [`Park::report`]; faults of the template are findings with their paragraphs.
    pub fn try_template(
        &self,
        (bytes, name): (Vec<u8>, &str),
        asked: Asked<'_>,
        reader: Reader,
    ) -> std::result::Result<Composed, ReportingFault> {
        let snapshot = self.snapshot()?;
        Ok(report::try_template(&self.report_input(asked, &snapshot, reader)?, bytes, name)?)
    }

    /// What a report is built from, for a reader.
    pub(crate) fn report_input<'a>(
        &'a self,
        asked: Asked<'a>,
        snapshot: &'a Snapshot,
        reader: Reader,
    ) -> Result<ReportInput<'a>> {
        self.report_input_by(&self.library, asked, snapshot, reader)
    }

    /// What a report is built from by other content.
    pub(crate) fn report_input_by<'a>(
        &'a self,
        library: &'a Arc<Library>,
        asked: Asked<'a>,
        snapshot: &'a Snapshot,
        reader: Reader,
    ) -> Result<ReportInput<'a>> {
        let own = library.digest == self.library.digest;
        Ok(ReportInput {
            library,
            report: asked.report,
            period: asked.period,
            settings: Some(asked.settings),
            matter: None,
            snapshot,
            reader,
            created: self.time_of(snapshot.revision())?,
            rendering: &self.worker,
            templates: own.then(|| &*self.templates),
        })
    }

    /// When a revision was written; the epoch for an empty ledger.
    fn time_of(&self, revision: Revision) -> Result<Timestamp> {
        if revision == Revision::default() {
            return Ok(Timestamp::UNIX_EPOCH);
        }
        Ok(self.store.revision(revision)?.at)
    }
}

/// Where entries came from, as the store knows it.
struct Origins<'a>(&'a Store);

type Fault = Box<dyn std::error::Error + Send + Sync>;

impl EvidenceSource for Origins<'_> {
    fn entries(&self, ids: &[EntryId], at: Revision) -> std::result::Result<Vec<Entry>, Fault> {
        Ok(self.0.entries_at(ids, at)?)
    }

    fn tables(&self, ids: &[OriginTableId]) -> std::result::Result<Vec<(OriginTableId, OriginTable)>, Fault> {
        let tables = self.0.origin_tables(ids)?.into_iter().map(|table| (*table).clone());
        Ok(ids.iter().copied().zip(tables).collect())
    }

    fn sources(&self, digests: &[String]) -> std::result::Result<Vec<SourceNote>, Fault> {
        let sources = self.0.sources()?;
        let wanted = sources.into_iter().filter(|s| digests.contains(&s.digest));
        Ok(wanted
            .map(|s| SourceNote { digest: s.digest, name: s.name, received: s.received_at.to_string() })
            .collect())
    }
}
