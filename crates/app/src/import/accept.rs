//! Accepting: what was staged becomes one write of the store.
//!
//! Deliberately absent: the clock and the file system – both come from the caller.

use jiff::Timestamp;
use model::entry::{EntryState, EntryWrite};
use model::id::FieldId;
use store::{NewSource, RevisionKind, StagedId, WriteRequest};

use super::draft::{Change, Staged};

/// Who accepts a staged file, when and why.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Why, in their words.
    pub why: String,
    /// The file's bytes, kept with the ledger.
    pub bytes: Vec<u8>,
    /// The plan in the store's staging area that this settles, if it was put there.
    pub staged: Option<StagedId>,
}

/// The write that accepts a staged file; `None` when it would change nothing and asks nobody
/// anything.
///
/// The entry numbers of new entries were reserved when the file was staged: if another writer was faster, the store
/// refuses the write and the file is to be staged again.
pub fn accept(staged: Staged, acceptance: Acceptance) -> Option<WriteRequest> {
    if !staged.changes_anything() && staged.queue.is_empty() {
        return None;
    }
    let Acceptance { at, who, why, bytes, staged: settled } = acceptance;
    let mut request = WriteRequest::new(at, &who, &why, RevisionKind::Import);
    let drafts = staged.drafts.into_iter().filter(|d| d.change != Change::Unchanged);
    request.writes = drafts
        .map(|draft| {
            let mut origins = draft.origins;
            // A field whose reference was taken out has no origin to name either.
            origins.raw.retain(|field: &FieldId, _| draft.payload.contains_key(field));
            EntryWrite {
                book: draft.book,
                key: draft.key,
                entry: Some(draft.entry),
                based_on: draft.based_on,
                state: EntryState::Active,
                payload: draft.payload,
                origins,
            }
        })
        .collect();
    request.source = Some(NewSource { digest: staged.digest, name: staged.file, bytes });
    request.origin_tables = staged.tables;
    request.findings = staged.findings;
    request.matches = staged.queue;
    request.staged = settled;
    Some(request)
}
