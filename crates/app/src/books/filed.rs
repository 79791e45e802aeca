//! Returns of enterprises as entries of their book: what one would say, judged as every entry is; and the write it becomes.
//!
//! Deliberately absent: drafts, steps and who may take them (`crate::filings`).

use std::collections::BTreeMap;
use std::sync::Arc;

use model::definition::Book;
use model::entry::{CellPlace, EntryState, EntryWrite, OriginTable};
use model::finding::Finding;
use model::id::FieldId;
use model::value::Payload;
use store::{AcceptedFiling, RevisionKind, WriteOutcome, WriteRequest};

use super::form::{Filled, Keys, Values, fill_all};
use super::record::origins;
use super::{BooksFault, Result, Sight};
use crate::access::{Actor, Refusal, Right};
use crate::park::Park;

/// A return as it is understood.
pub(crate) struct Understood {
    /// All values of the entry it would make.
    pub payload: Payload,
    /// What is wrong or doubtful about it.
    pub findings: Vec<Finding>,
}

/// Reads and judges the values of a return, its enterprise and period among them; nothing is written.
pub(crate) fn understood(park: &Park, sight: &Sight<'_>, book: &Book, values: &Values) -> Result<Understood> {
    let Filled { draft, findings, .. } = one(park, sight, book, values)?;
    Ok(Understood { payload: draft.payload, findings })
}

fn one(park: &Park, sight: &Sight<'_>, book: &Book, values: &Values) -> Result<Filled> {
    let filled = fill_all(park, sight, book, vec![(None, values)], Keys::Find)?;
    filled.into_iter().next().ok_or_else(|| Refusal::NotFound.into())
}

/// The source of a return: what it is called, who filed and who accepted it.
pub(crate) struct FiledSource {
    pub name: String,
    pub people: String,
    pub why: String,
}

/// Writes a return into its book as one revision, and accepts it in the same transaction.
///
/// # Errors
/// [`BooksFault`] when the actor may not accept for the book, or the values cannot be written as things are now.
pub(crate) fn accept_return(
    park: &mut Park,
    actor: &Actor,
    book: &Book,
    values: &Values,
    (source, accepts): (FiledSource, AcceptedFiling),
) -> Result<WriteOutcome> {
    let library = Arc::clone(&park.library);
    let filled = {
        let sight = Sight::new(&library.content, park.snapshot()?, actor);
        actor.need(Right::Accept, book)?;
        one(park, &sight, book, values)?
    };
    if filled.has_errors() {
        return Err(BooksFault::Invalid(filled.findings));
    }
    let Filled { head, draft, raw, findings } = filled;
    let (origins, typed) = origins(head.as_ref(), &draft.change, &draft.payload, raw);
    let fields: BTreeMap<FieldId, CellPlace> =
        typed.into_iter().map(|field| (field, CellPlace::Reported)).collect();
    let mut request = WriteRequest::new(park.clock.now(), &actor.name, &source.why, RevisionKind::Record);
    request.findings = findings;
    request.accepts = Some(accepts);
    request.origin_tables =
        vec![OriginTable { source: String::new(), file: source.name, sheet: source.people, fields }];
    request.writes = vec![EntryWrite {
        book: draft.book,
        key: draft.key,
        entry: Some(draft.entry),
        based_on: draft.based_on,
        state: EntryState::Active,
        payload: draft.payload,
        origins,
    }];
    Ok(park.store.write(&request)?)
}
