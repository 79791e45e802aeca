//! Saving a draft, handing it in, taking it back; accepting a return and sending it back.

use std::sync::Arc;

use model::finding::Severity;
use model::id::BookId;
use model::period::Period;
use model::wording::number::say_period_of_year;
use store::{AcceptedFiling, By, FilingAct, FilingId, FilingRecord, FilingState};

use super::form::{form, submitted};
use super::review::{of_record, review};
use super::shapes::{ReturnAnswer, ReturnDraft, ReturnForm, ReturnState, ReturnVersion};
use super::{Answer, Body, FilingsFault, Result, Return, display};
use crate::access::{Actor, Refusal, Right};
use crate::books::{BooksFault, FiledSource, accept_return};
use crate::messages::filings as say;
use crate::park::Park;

/// Saves the draft of a return of one's own enterprise.
///
/// # Errors
/// [`FilingsFault`] when it is handed in, in the ledger already, or was changed by somebody else.
pub fn save(
    park: &mut Park,
    actor: &Actor,
    (book, period): (&BookId, Period),
    draft: &ReturnDraft,
) -> Result<ReturnForm> {
    let (key, body) = {
        let found = Return::own(park, actor, book, period)?;
        let state = found.state(found.record(park)?.as_ref());
        if !state.is_open() {
            return Err(FilingsFault::NotNow(state));
        }
        (found.key.clone(), found.body(draft))
    };
    let (at, text) = (park.clock.now(), body.text());
    let record = park.store.save_filing(at, &actor.name, &key, draft.version, &text)?;
    form(park, &Return::own(park, actor, book, period)?, Some(&record), body)
}

/// Hands a return in as its draft stands: nothing of it is in the ledger yet.
///
/// # Errors
/// [`FilingsFault`] when an error keeps it back, a big change has no reason, or it is not where that can be done.
pub fn submit(
    park: &mut Park,
    actor: &Actor,
    (book, period): (&BookId, Period),
    asked: ReturnVersion,
) -> Result<ReturnForm> {
    let record = own_record(park, actor, book, period, &[FilingState::Draft, FilingState::SentBack])?;
    {
        let found = Return::own(park, actor, book, period)?;
        let body = Body::of(&record.body)?;
        if body.values.is_empty() {
            return Err(FilingsFault::Empty);
        }
        let findings = form(park, &found, Some(&record), body)?.findings;
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(BooksFault::Invalid(findings).into());
        }
    }
    moved(park, actor, (record.id, asked.version), FilingAct::Submit, "")?;
    super::return_form(park, actor, book, period)
}

/// Takes a return back that nobody has answered yet.
///
/// # Errors
/// [`FilingsFault`] when it is not where that can be done.
pub fn withdraw(
    park: &mut Park,
    actor: &Actor,
    (book, period): (&BookId, Period),
    asked: ReturnVersion,
) -> Result<ReturnForm> {
    let record = own_record(park, actor, book, period, &[FilingState::Submitted])?;
    moved(park, actor, (record.id, asked.version), FilingAct::Withdraw, "")?;
    super::return_form(park, actor, book, period)
}

fn own_record(
    park: &Park,
    actor: &Actor,
    book: &BookId,
    period: Period,
    states: &[FilingState],
) -> Result<FilingRecord> {
    let found = Return::own(park, actor, book, period)?;
    let record = found.record(park)?;
    let state = found.state(record.as_ref());
    record.filter(|record| states.contains(&record.state)).ok_or(FilingsFault::NotNow(state))
}

fn moved(
    park: &mut Park,
    actor: &Actor,
    which: (FilingId, u32),
    act: FilingAct,
    body: &str,
) -> Result<FilingRecord> {
    let by = By { at: park.clock.now(), who: &actor.name, from: &actor.from };
    Ok(park.store.move_filing(by, which, act, body)?)
}

/// Sends a return back to its enterprise, with reasons.
///
/// # Errors
/// [`FilingsFault`] without the right to accept for its book, without a reason, or when it is not where that can be done.
pub fn send_back(park: &mut Park, actor: &Actor, id: u64, asked: &ReturnAnswer) -> Result<ReturnForm> {
    {
        let (found, record) = of_record(park, actor, id)?;
        actor.need(Right::Accept, found.book)?;
        // One whose revision was taken back may go back too; the store knows.
        if !matches!(record.state, FilingState::Submitted | FilingState::Accepted) {
            return Err(FilingsFault::NotNow(record.state.into()));
        }
        let strange = asked.fields.keys().find(|field| !found.filing.fields.contains(*field));
        if let Some(field) = strange {
            return Err(BooksFault::Query(crate::books::QueryFault::UnknownField(field.to_string())).into());
        }
    }
    let fields = asked.fields.iter().map(|(field, reason)| (field.clone(), reason.trim().to_owned()));
    let answer = Answer {
        note: asked.note.trim().to_owned(),
        fields: fields.filter(|(_, reason)| !reason.is_empty()).collect(),
    };
    if answer.note.is_empty() && answer.fields.is_empty() {
        return Err(FilingsFault::NoReason);
    }
    moved(park, actor, (FilingId(id), asked.version), FilingAct::SendBack, &answer.text())?;
    review(park, actor, id)
}

/// Accepts a return: its values become an entry of its book, as one revision that names the return.
///
/// # Errors
/// [`FilingsFault`] without the right to accept for its book, for one's own return, or when it cannot be written as things are now.
pub fn approve(park: &mut Park, actor: &Actor, id: u64, asked: &ReturnAnswer) -> Result<ReturnForm> {
    let library = Arc::clone(&park.library);
    let (book, values, source) = {
        let (found, record) = of_record(park, actor, id)?;
        actor.need(Right::Accept, found.book)?;
        if record.state != FilingState::Submitted {
            return Err(FilingsFault::NotNow(ReturnState::from(record.state)));
        }
        let (body, step) = submitted(park, &record)?.ok_or(Refusal::NotFound)?;
        if step.who == actor.name {
            return Err(FilingsFault::Own);
        }
        let period = say_period_of_year(found.key.period);
        let source = FiledSource {
            name: say::source(id, &found.book.title, &period),
            people: say::people(&found.title(), &display(park, &step.who)?, &actor.display),
            why: say::accepted(id, asked.note.trim()),
        };
        (found.book.id.clone(), found.values(&body), source)
    };
    let answer = Answer { note: asked.note.trim().to_owned(), ..Answer::default() };
    let accepts = AcceptedFiling {
        id: FilingId(id),
        version: asked.version,
        body: answer.text(),
        from: actor.from.clone(),
    };
    let book = library.content.books.get(&book).ok_or(Refusal::NotFound)?;
    accept_return(park, actor, book, &values, (source, accepts))?;
    review(park, actor, id)
}
