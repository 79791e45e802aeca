//! Auditing a finished document for a person.
//!
//! Deliberately absent: keeping what was sent in; the caller sends the file again for its annotated copy.

use model::period::Month;

use super::PublishingFault;
use crate::access::{Actor, Refusal, Right};
use crate::definitions::sees;
use crate::park::Park;
use crate::report::audit::Audited;

impl Park {
    /// Audits a Word file or a text somebody sent in; without a month, for the one it speaks of.
    ///
    /// # Errors
    /// [`PublishingFault::Document`] when the file cannot be audited, [`PublishingFault`] otherwise.
    pub fn audit_for(
        &self,
        actor: &Actor,
        bytes: &[u8],
        period: Option<Month>,
    ) -> Result<Audited, PublishingFault> {
        if actor.is_enterprise() {
            return Err(Refusal::CommitteeOnly.into());
        }
        actor.need_anywhere(Right::Read)?;
        let document = self.read_document(bytes).map_err(PublishingFault::of_document)?;
        let content = &self.library().content;
        Ok(self.audit_seen(&document, period, actor, &|figure| sees(content, actor, figure))?)
    }

    /// A copy of a Word file with what an audit found beside its paragraphs.
    ///
    /// # Errors
    /// As [`Park::audit_for`].
    pub fn annotated_for(
        &self,
        actor: &Actor,
        bytes: &[u8],
        period: Option<Month>,
    ) -> Result<Vec<u8>, PublishingFault> {
        let audited = self.audit_for(actor, bytes, period)?;
        self.annotated(bytes, &audited).map_err(PublishingFault::of_document)
    }
}
