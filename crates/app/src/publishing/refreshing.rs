//! Refreshing and rehearsing documents for a person.
//!
//! Deliberately absent: keeping what was sent in; the caller sends the file again for its refreshed copy.

use model::id::ReportId;
use model::period::Month;

use super::{PublishingFault, may_read};
use crate::access::Actor;
use crate::park::Park;
use crate::report::Settings;
use crate::report::refresh::{RefreshFault, RefreshRequest, Refreshed};
use crate::report::rehearse::Rehearsal;

impl Park {
    /// Puts today's numbers into a document somebody sent in.
    ///
    /// # Errors
    /// [`PublishingFault::NothingOfOurs`] when nothing in it was made here, [`PublishingFault`] otherwise.
    pub fn refresh_for(
        &self,
        actor: &Actor,
        bytes: &[u8],
        request: &RefreshRequest,
    ) -> Result<Refreshed, PublishingFault> {
        super::publications::committee(actor)?;
        self.refresh(bytes, request, actor).map_err(|fault| match fault {
            RefreshFault::NothingOfOurs => PublishingFault::NothingOfOurs,
            RefreshFault::Reporting(fault) => fault.into(),
        })
    }

    /// Builds a report again and scores it against a document somebody sent in.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, the file is refused or the report cannot be made.
    pub fn rehearse_for(
        &self,
        actor: &Actor,
        bytes: &[u8],
        report: Option<&ReportId>,
        (period, settings): (Month, &Settings),
    ) -> Result<Rehearsal, PublishingFault> {
        match report {
            Some(report) => may_read(self, actor, report)?,
            None => super::publications::committee(actor)?,
        }
        let document = self.read_document(bytes).map_err(PublishingFault::of_document)?;
        Ok(self.rehearse(&document, report, (period, settings), actor)?)
    }
}
