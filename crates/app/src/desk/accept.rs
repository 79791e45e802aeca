//! Accepting a staged file: only what was shown is ever written.

use serde::Serialize;
use store::{StagedId, StoreError};
use utoipa::ToSchema;

use super::note::{Difference, Note};
use super::pending::{Plan, note_of, on_all};
use super::{Desk, DeskFault, Moved};
use crate::access::{Actor, Right};
use crate::import::{self, Acceptance};
use crate::park::Park;
use crate::progress::Watch;

/// What accepting gave. A file of which nothing can be written yet goes on waiting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct AcceptedView {
    /// The revision; none when the file changed nothing.
    pub revision: Option<u64>,
    /// How many entries were written.
    pub entries: usize,
    /// How many names now wait for a person.
    pub queue: usize,
}

impl Desk {
    /// Accepts a staged file as one revision. It is compared with the ledger once more: when that gives anything else
    /// than was shown – named by `seen`, or else what was shown when it was staged – nothing is written, the difference is
    /// the answer, and what would be written now counts as shown.
    ///
    /// # Errors
    /// [`DeskFault::Moved`] with the difference; [`DeskFault`] when the actor may not, or the ledger cannot be written.
    pub fn accept(
        &self,
        park: &mut Park,
        actor: &Actor,
        id: StagedId,
        why: &str,
        seen: Option<&str>,
        watch: &Watch<'_>,
    ) -> Result<AcceptedView, DeskFault> {
        let (record, mut note) = note_of(park, actor, id)?;
        let plan = self.plan_of(park, &record, &note)?;
        may_accept(park, actor, &plan)?;
        if plan.fingerprint != seen.unwrap_or(&note.plan) {
            return moved(park, id, &mut note, &plan);
        }
        super::pending::go_on(watch, "write")?;
        let queue = plan.staged.queue.len();
        if !plan.staged.changes_anything() {
            // Nothing to write. A file that says what the ledger says is done with; one whose rows wait for a person waits.
            if queue == 0 && plan.staged.held.is_empty() {
                park.store.drop_staged(park.clock.now(), &actor.name, id)?;
            }
            return Ok(AcceptedView { revision: None, entries: 0, queue });
        }
        let gone = || DeskFault::BytesGone { file: record.name.clone() };
        let acceptance = Acceptance {
            at: park.clock.now(),
            who: actor.name.clone(),
            why: if why.trim().is_empty() { record.name.clone() } else { why.trim().to_owned() },
            bytes: park.store.staged_bytes(id)?.ok_or_else(gone)?,
            staged: Some(id),
        };
        let request = import::accept(plan.staged.clone(), acceptance).expect("it changes something");
        match park.store.write(&request) {
            Ok(done) => {
                Ok(AcceptedView { revision: Some(done.revision.0), entries: done.entries.len(), queue })
            }
            // Another program wrote between the comparison and this: compare again.
            Err(StoreError::Stale { .. } | StoreError::NumberTaken(_) | StoreError::KeyTaken { .. }) => {
                let plan = self.plan_of(park, &record, &note)?;
                moved(park, id, &mut note, &plan)
            }
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Refuses with what is different, and notes what would be written now as shown.
fn moved<T>(park: &mut Park, id: StagedId, note: &mut Note, plan: &Plan) -> Result<T, DeskFault> {
    let moved = Moved {
        file: plan.staged.file.clone(),
        since: note.revision,
        now: plan.revision,
        new: Difference::between(&note.findings, &plan.staged.findings).new,
        other: note.others(plan),
    };
    note.show(plan);
    park.store.note_staged(id, &note.write())?;
    Err(DeskFault::Moved(Box::new(moved)))
}

/// Refuses unless every book the file writes is in the content in force and the actor may accept for it.
fn may_accept(park: &Park, actor: &Actor, plan: &Plan) -> Result<(), DeskFault> {
    let books = plan.books();
    if let Some(unknown) = books.iter().find(|id| !park.library.content.books.contains_key(*id)) {
        return Err(DeskFault::UnknownBook(unknown.clone()));
    }
    Ok(on_all(&park.library.content, &books, actor, Right::Accept)?)
}
