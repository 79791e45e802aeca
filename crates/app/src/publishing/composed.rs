//! What a report prints at a revision by some content, remembered: for the state of publications, for what changed since, and
//! for the proof that the same revision, content and period still give the same bytes.
//!
//! Deliberately absent: documents (`publications`), the entries behind a change (`changes`).

use std::sync::Arc;

use figures::{Reader, Request, Snapshot};
use model::id::{ReportId, Revision};
use model::period::Month;
use serde::Serialize;
use store::PublishedRecord;
use utoipa::ToSchema;

use super::changes::paired;
use super::kept::KeptSlot;
use super::preview::{kind, request_of};
use super::publications::{committee, record};
use super::{PreviewKey, Publishing, PublishingFault};
use crate::access::{Actor, Refusal};
use crate::library::Library;
use crate::park::Park;
use crate::report::{self, Settings, SlotRecord};
use crate::reporting::Asked;

/// How a publication stands against the ledger as it is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PublicationState {
    /// Printed values.
    pub values: usize,
    /// Those that would read otherwise now.
    pub changed: usize,
    /// Those that moved by less than is printed.
    pub unseen: usize,
    /// The newest revision.
    pub revision_now: u64,
}

impl Publishing {
    /// How a publication stands now: how many of its values would read otherwise.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, it is not there, or the report cannot be made any more.
    pub fn state(&self, park: &Park, actor: &Actor, id: u64) -> Result<PublicationState, PublishingFault> {
        committee(actor)?;
        let published = record(park, id)?;
        let kept = kept_of(park, &published)?;
        let snapshot = park.snapshot()?;
        let settings = settings_of(&published);
        let asked = (&published.report, published.period.end, &settings).into();
        let now = self.printed(park, &park.library, asked, &snapshot, actor.reader())?;
        let (changed, unseen) = counted(&kept, &now);
        Ok(PublicationState { values: kept.len(), changed, unseen, revision_now: snapshot.revision().0 })
    }

    /// Whether revision, content and period of a publication still give the very bytes that were published; none for
    /// publications that did not keep their content.
    ///
    /// # Errors
    /// As [`Publishing::state`].
    pub fn reproduces(&self, park: &Park, actor: &Actor, id: u64) -> Result<Option<bool>, PublishingFault> {
        committee(actor)?;
        let published = record(park, id)?;
        let Some(library) = self.content_of(park, &published)? else { return Ok(None) };
        let snapshot = self.snapshot_by(park, &library, published.revision)?;
        let settings = settings_of(&published);
        let asked = (&published.report, published.period.end, &settings).into();
        let input = park.report_input_by(&library, asked, &snapshot, Reader::COMMITTEE)?;
        Ok(Some(report::build(&input)?.digest == published.bytes))
    }

    /// What a report prints at a snapshot, for somebody.
    pub(crate) fn reads(
        &self,
        park: &Park,
        actor: &Actor,
        at: (&ReportId, Month),
        snapshot: &Snapshot,
    ) -> Result<Arc<Vec<SlotRecord>>, PublishingFault> {
        self.printed(park, &park.library, at.into(), snapshot, actor.reader())
    }

    /// What the values of a publication asked, each with its title, text and sentence; those that still can be asked.
    pub(crate) fn asked_of(
        park: &Park,
        published: &PublishedRecord,
    ) -> Result<Vec<(Request, String, String, String)>, PublishingFault> {
        if published.slots.is_none() {
            return Ok(Vec::new());
        }
        let asked = |slot: KeptSlot| {
            // A month in a sentence comes from no entry.
            if kind(&slot.piece) == "period" {
                return None;
            }
            let request = request_of(park, slot.figure.as_deref()?, slot.question.as_deref()?)?;
            Some((request, slot.title, slot.text, slot.sentence))
        };
        Ok(kept_of(park, published)?.into_iter().filter_map(asked).collect())
    }

    /// What a report prints.
    pub(super) fn printed(
        &self,
        park: &Park,
        library: &Arc<Library>,
        asked: Asked<'_>,
        snapshot: &Snapshot,
        reader: Reader,
    ) -> Result<Arc<Vec<SlotRecord>>, PublishingFault> {
        let key = PreviewKey::of(asked, snapshot.revision(), library, reader);
        if let Some(known) = self.printed.get(&key) {
            return Ok(known);
        }
        let composed = report::compose(&park.report_input_by(library, asked, snapshot, reader)?)?;
        Ok(self.printed.put(key, composed.slots, 1, |_| false))
    }

    /// The content a publication was made with, if it was kept.
    pub(super) fn content_of(
        &self,
        park: &Park,
        published: &PublishedRecord,
    ) -> Result<Option<Arc<Library>>, PublishingFault> {
        if published.content == park.library.digest {
            return Ok(Some(Arc::clone(&park.library)));
        }
        let Some(digest) = &published.definitions else { return Ok(None) };
        if let Some(known) = self.libraries.get(digest) {
            return Ok(Some(known));
        }
        let bytes = park.store.original(digest)?;
        Ok(Library::unpacked(&bytes).map(|library| self.libraries.put(digest.clone(), library, 1, |_| false)))
    }

    /// All books at a revision as some content defines them.
    pub(super) fn snapshot_by(
        &self,
        park: &Park,
        library: &Library,
        revision: Revision,
    ) -> Result<Arc<Snapshot>, PublishingFault> {
        if library.digest == park.library.digest {
            return Ok(park.snapshot_of(revision)?);
        }
        let key = (revision, library.digest.clone());
        if let Some(known) = self.snapshots.get(&key) {
            return Ok(known);
        }
        Ok(self.snapshots.put(key, park.snapshot_by(library, revision)?, 1, |_| false))
    }
}

/// What the parameters of a publication were set to.
pub(super) fn settings_of(published: &PublishedRecord) -> Settings {
    serde_json::from_str(&published.settings).unwrap_or_default()
}

/// What a publication printed.
pub(super) fn kept_of(park: &Park, published: &PublishedRecord) -> Result<Vec<KeptSlot>, PublishingFault> {
    let digest = published.slots.as_deref().ok_or(Refusal::NotFound)?;
    Ok(serde_json::from_slice(&park.store.original(digest)?).unwrap_or_default())
}

/// How many values would read otherwise, and how many moved by less than is printed.
pub(super) fn counted(kept: &[KeptSlot], now: &[SlotRecord]) -> (usize, usize) {
    let pairs = paired(kept, now);
    let unseen = |(old, new): &(Option<&KeptSlot>, Option<&SlotRecord>)| {
        let both = old.zip(*new);
        both.is_some_and(|(old, new)| old.text == new.text && old.value != new.value)
    };
    let changed = |(old, new): &(Option<&KeptSlot>, Option<&SlotRecord>)| {
        old.map(|old| old.text.as_str()) != new.map(|new| new.text.as_str())
    };
    (pairs.iter().filter(|p| changed(p)).count(), pairs.iter().filter(|p| unseen(p)).count())
}
