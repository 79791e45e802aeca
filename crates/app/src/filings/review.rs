//! The committee's side: returns that were handed in, and one of them with its changes, findings and rounds.

use model::definition::Right;
use store::{FilingId, FilingRecord, FilingState};

use super::due::head;
use super::form::{form, submitted};
use super::shapes::{ReturnForm, ReturnList, ReturnState};
use super::{Result, Return};
use crate::access::{Actor, Refusal};
use crate::park::Park;

/// Returns listed at most.
const MOST: usize = 1_000;

/// Returns of the books this person may accept for, once handed in; of one state where one is named.
///
/// # Errors
/// [`super::FilingsFault`] when the ledger cannot be read.
pub fn handed_in(park: &Park, actor: &Actor, only: Option<ReturnState>) -> Result<ReturnList> {
    let books = &park.library().content.books;
    let (mut items, mut waiting) = (Vec::new(), 0);
    for record in park.store().filings(None)? {
        let mine = books.get(&record.key.book).is_some_and(|book| {
            book.filing.is_some() && actor.may(Right::Accept, book) && !actor.is_enterprise()
        });
        // A draft is the enterprise's own business.
        if !mine || record.state == FilingState::Draft {
            continue;
        }
        waiting += usize::from(record.state == FilingState::Submitted);
        if only.is_some_and(|only| only != record.state.into()) {
            continue;
        }
        let key = &record.key;
        let Ok(found) = Return::of(park, actor, &key.book, key.enterprise, key.period) else { continue };
        items.push(head(park, &found, Some(&record))?);
    }
    items.sort_by(|a, b| {
        let waits = |state: ReturnState| state == ReturnState::Submitted;
        let by_time = if waits(a.state) { a.at.cmp(&b.at) } else { b.at.cmp(&a.at) };
        waits(b.state).cmp(&waits(a.state)).then(by_time)
    });
    items.truncate(MOST);
    Ok(ReturnList { items, waiting })
}

/// A return of a number, for whoever may accept for its book; drafts are not theirs to see.
pub(super) fn of_record<'a>(park: &'a Park, actor: &'a Actor, id: u64) -> Result<(Return<'a>, FilingRecord)> {
    let record = park.store().filing(FilingId(id)).map_err(|_| Refusal::NotFound)?;
    let key = &record.key;
    let found = Return::of(park, actor, &key.book, key.enterprise, key.period)?;
    if actor.is_enterprise() || !actor.may(Right::Accept, found.book) || record.state == FilingState::Draft {
        return Err(Refusal::NotFound.into());
    }
    Ok((found, record))
}

/// One return: what was handed in against the period before and the time before, with every round.
///
/// # Errors
/// [`super::FilingsFault`] when it is not there for this person.
pub fn review(park: &Park, actor: &Actor, id: u64) -> Result<ReturnForm> {
    let (found, record) = of_record(park, actor, id)?;
    // Of one that was sent back, what was handed in last, not what the enterprise is correcting.
    let body = submitted(park, &record)?.map(|(body, _)| body).unwrap_or_default();
    form(park, &found, Some(&record), body)
}
