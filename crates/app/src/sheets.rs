//! Sheets (单页): reports about one parcel, one enterprise or what one is due by a policy, made where that one is looked at.
//!
//! A sheet is a report of the content whose `about` names its topic: template, slots, tags and basis are those of reports,
//! and so are refresh, audit and the way from a number to its cells. What is known of the one thing – a [`Matter`] – is
//! gathered here, for a new sheet and again for one that is refreshed or audited. Deliberately absent: publishing; what is
//! made public of parcels is an evaluation.

use std::sync::Arc;

use jiff::civil::Date;
use model::definition::{ENTRY, EVALUATION, ON, POLICY, Report, Topic};
use model::id::{EntryId, PolicyId};
use model::period::Month;

use crate::access::Actor;
use crate::enterprises::{self, EnterprisesFault};
use crate::ledger::StoreError;
use crate::parcels::{self, ParcelsFault};
use crate::park::Park;
use crate::policies::{self, PoliciesFault};
use crate::report::{self, Matter, ReportFault, ReportInput, Settings, SlotRecord};
use crate::reporting::{Asked, ReportingFault};

/// A document to save.
pub struct Document {
    /// Its file name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Which one thing, as of what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sheet {
    /// The entry it is about.
    pub entry: EntryId,
    /// The frozen evaluation it tells.
    pub evaluation: Option<u64>,
    /// The day.
    pub on: Option<Date>,
    /// The policy.
    pub policy: Option<PolicyId>,
}

/// Why a sheet cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    /// The content has no report about this topic.
    #[error("the content has no sheet about {0:?}")]
    Missing(Topic),
    /// The report cannot be made.
    #[error(transparent)]
    Report(#[from] ReportingFault),
}

impl Sheet {
    /// About an entry.
    pub fn about(entry: EntryId) -> Self {
        Self { entry, evaluation: None, on: None, policy: None }
    }

    fn settings(&self) -> Settings {
        let evaluation = self.evaluation.map(|id| (EVALUATION.to_owned(), id.to_string()));
        let on = self.on.map(|on| (ON.to_owned(), on.to_string()));
        let policy = self.policy.as_ref().map(|id| (POLICY.to_owned(), id.to_string()));
        let entry = (ENTRY.to_owned(), self.entry.to_string());
        std::iter::once(entry).chain(evaluation).chain(on).chain(policy).collect()
    }

    fn of(settings: &Settings) -> Option<Self> {
        let set = |name: &str| settings.get(name).map(String::as_str);
        Some(Self {
            entry: EntryId(set(ENTRY)?.parse().ok()?),
            evaluation: set(EVALUATION).and_then(|id| id.parse().ok()),
            on: set(ON).and_then(|on| on.parse().ok()),
            policy: set(POLICY).map(PolicyId::from),
        })
    }
}

/// Makes a sheet.
pub(crate) fn build(
    park: &Park,
    actor: &Actor,
    sheet: &Sheet,
    matter: Matter,
    name: String,
) -> Result<Document, SheetFault> {
    let report = about(park, matter.topic).next().ok_or(SheetFault::Missing(matter.topic))?;
    make(park, actor, (report, sheet), matter, name)
}

/// Makes the sheet that a report of its topic is; of certificates there are several.
pub(crate) fn make(
    park: &Park,
    actor: &Actor,
    (report, sheet): (&Report, &Sheet),
    matter: Matter,
    name: String,
) -> Result<Document, SheetFault> {
    let period = matter.period.end;
    let (snapshot, settings) = (park.snapshot().map_err(ReportingFault::from)?, sheet.settings());
    let asked = (&report.id, period, &settings).into();
    let input = park.report_input(asked, &snapshot, actor.reader()).map_err(ReportingFault::from)?;
    let matter = Arc::new(matter);
    let built =
        report::build(&ReportInput { matter: Some(&matter), ..input }).map_err(ReportingFault::from)?;
    Ok(Document { name, bytes: built.document })
}

/// The reports about a topic.
pub(crate) fn about(park: &Park, topic: Topic) -> impl Iterator<Item = &Report> {
    park.library().content.reports.values().filter(move |report| report.about == Some(topic))
}

/// What is known, now, of what a report is about; none for a report about no one thing.
///
/// # Errors
/// [`ReportingFault`] when it is not there, or not for this person.
pub(crate) fn matter(
    park: &Park,
    actor: &Actor,
    asked: Asked<'_>,
) -> Result<Option<Arc<Matter>>, ReportingFault> {
    let Some(report) = park.library().content.reports.get(asked.report) else { return Ok(None) };
    let Some(topic) = report.about else { return Ok(None) };
    let gone = || ReportFault::NoSubject(report.title.clone());
    let sheet = Sheet::of(asked.settings).ok_or_else(gone)?;
    let found = match topic {
        Topic::Parcel | Topic::Enterprise => {
            // An evaluation speaks of its own year alone.
            let of_year = |id: &u64| {
                park.store().evaluation(*id).is_ok_and(|record| record.year == asked.period.year())
            };
            let at = (sheet.evaluation.filter(of_year), Some(asked.period.year()));
            let gather = if topic == Topic::Parcel { parcels::of_parcel } else { parcels::of_enterprise };
            gather(park, actor, sheet.entry, at).map(|(matter, _)| matter).map_err(EnterprisesFault::from)
        }
        Topic::Plan | Topic::Certificate => {
            let on = sheet.on.filter(|on| Month::of(*on) == asked.period);
            let on = on.unwrap_or_else(|| asked.period.last_day());
            if topic == Topic::Plan {
                enterprises::of_plan(park, actor, sheet.entry, Some(on)).map(|(matter, _)| matter)
            } else {
                enterprises::of_certificate(park, actor, report, sheet.entry, on)
            }
        }
        Topic::Payment => {
            let policy = sheet.policy.as_ref().ok_or_else(gone)?;
            let of = (sheet.entry, Some(asked.period.year()));
            return match policies::document::of_payment(park, actor, policy.as_str(), of) {
                Ok((matter, _)) => Ok(Some(Arc::new(matter))),
                Err(PoliciesFault::Ledger(fault)) => Err(fault.into()),
                Err(_) => Err(gone().into()),
            };
        }
    };
    match found {
        Ok(matter) => Ok(Some(Arc::new(matter))),
        Err(EnterprisesFault::Ledger(fault) | EnterprisesFault::Land(ParcelsFault::Ledger(fault))) => {
            Err(fault.into())
        }
        Err(_) => Err(gone().into()),
    }
}

/// What a sheet prints, now; none when it cannot be made for this person.
///
/// # Errors
/// [`StoreError`] when the ledger cannot be read.
pub(crate) fn printed(
    park: &Park,
    actor: &Actor,
    report: &Report,
    (sheet, period): (&Sheet, Month),
) -> Result<Option<Vec<SlotRecord>>, StoreError> {
    let settings = sheet.settings();
    let asked: Asked<'_> = (&report.id, period, &settings).into();
    let matter = match matter(park, actor, asked) {
        Ok(matter) => matter,
        Err(ReportingFault::Ledger(fault)) => return Err(fault),
        Err(ReportingFault::Report(_)) => return Ok(None),
    };
    let snapshot = park.snapshot()?;
    let input = park.report_input(asked, &snapshot, actor.reader())?;
    let composed = report::compose(&ReportInput { matter: matter.as_ref(), ..input });
    Ok(composed.ok().map(|composed| composed.slots))
}
