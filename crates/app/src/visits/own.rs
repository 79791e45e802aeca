//! The demands of one's own enterprise: raising one, following it, rating the answer.
//!
//! An enterprise sees how far its demand is and what was answered – not the lights, whom it went up to, or who is late.

use std::collections::BTreeMap;

use model::definition::Right;
use model::definition::visits::{DemandPart as P, DemandState, DemandStep};
use model::id::EntryId;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::acts::{Numbers, Step};
use super::demands::Shelf;
use super::shapes::{Act, DemandAct, NewDemand, OwnDemand, OwnDemands, Rating, VisitForm};
use super::{Eyes, Result, VisitsFault, entry_at};
use crate::access::{Actor, Refusal};
use crate::books::{self, Edit, NewEntry, Values};
use crate::messages::visits as say;
use crate::park::Park;

/// The demands of one's own enterprise, those that go on first.
///
/// # Errors
/// [`VisitsFault`] for whoever is of no enterprise, or where the content says nothing about demands.
pub fn own_demands(park: &Park, actor: &Actor) -> Result<OwnDemands> {
    let enterprise = actor.own().ok_or(Refusal::NotFound)?;
    let eyes = Eyes::of(park, actor, None)?;
    let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
    let mine = |row: &u32| of_own(&shelf, *row, enterprise);
    let mut items: Vec<OwnDemand> = shelf.rows().filter(mine).map(|row| view(&shelf, row)).collect();
    items.sort_by_key(|item| (!item.open, std::cmp::Reverse(item.head.received), item.head.entry));
    let form = VisitForm { book: shelf.book.id.clone(), fields: shelf.rules.form.clone(), more: Vec::new() };
    Ok(OwnDemands { items, form: actor.may(Right::Record, shelf.book).then_some(form) })
}

fn of_own(shelf: &Shelf<'_, '_>, row: u32, enterprise: EntryId) -> bool {
    entry_at(shelf.table, row, shelf.book.subject.as_ref()) == Some(enterprise)
}

fn view(shelf: &Shelf<'_, '_>, row: u32) -> OwnDemand {
    let of = shelf.view(row);
    let owed = of.step.is_some_and(|step| step != DemandStep::Rate);
    OwnDemand {
        due: of.due.filter(|_| owed),
        to_rate: of.head.state == DemandState::Answered,
        open: !of.acts.is_empty(),
        head: of.head,
    }
}

/// Raises a demand of one's own enterprise: received today, numbered like all others.
///
/// # Errors
/// [`VisitsFault`] when it may not or cannot be written.
pub fn raise(park: &mut Park, actor: &Actor, new: &NewDemand, key: Option<&str>) -> Result<OwnDemand> {
    let enterprise = actor.own().ok_or(Refusal::NotFound)?;
    let (book, values) = {
        let eyes = Eyes::of(park, actor, None)?;
        let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
        actor.need(Right::Record, shelf.book)?;
        let asked = |field: &&model::id::FieldId| new.values.contains_key(field.as_str());
        let mut values: Values = shelf
            .rules
            .form
            .iter()
            .filter(asked)
            .map(|field| (field.to_string(), new.values[field.as_str()].clone()))
            .collect();
        let text = shelf.rules.field(P::Text);
        let said = |field: &model::id::FieldId| {
            values.get(field.as_str()).and_then(Json::as_str).is_some_and(|text| !text.trim().is_empty())
        };
        if text.is_some_and(|text| !said(text)) {
            return Err(VisitsFault::Wrong { field: "text", message: say::demand_missing() });
        }
        let mut put = |field: Option<&model::id::FieldId>, value: Json| {
            values.extend(field.map(|field| (field.to_string(), value)));
        };
        put(shelf.rules.field(P::Number), json!(Numbers::new(&shelf, eyes.on.year()).next()));
        put(shelf.book.subject.as_ref(), json!(enterprise.0));
        put(shelf.book.time.as_ref(), json!(eyes.on.to_string()));
        let received = shelf.rules.word(DemandState::Received).map(Json::from);
        put(shelf.book.case.as_ref().map(|case| &case.state), received.unwrap_or_default());
        for (field, value) in &shelf.rules.by_enterprise {
            put(Some(field), json!(value));
        }
        (shelf.book.id.clone(), values)
    };
    let new = NewEntry { values, why: say::RAISED.to_owned() };
    let made = books::create(park, actor, &book, &new, key)?;
    found(park, actor, EntryId(made.id), enterprise)
}

/// Rates the answer to a demand of one's own enterprise.
///
/// # Errors
/// [`VisitsFault`] when it does not wait for that, or was changed since it was read.
pub fn rate(
    park: &mut Park,
    actor: &Actor,
    entry: EntryId,
    asked: &Rating,
    key: Option<&str>,
) -> Result<OwnDemand> {
    let enterprise = actor.own().ok_or(Refusal::NotFound)?;
    let values = {
        let eyes = Eyes::of(park, actor, None)?;
        let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
        actor.need(Right::Record, shelf.book)?;
        let row = shelf.table.row(entry).filter(|row| of_own(&shelf, *row, enterprise));
        let row = row.ok_or(Refusal::NotFound)?;
        if shelf.reckon(row).state != DemandState::Answered {
            return Err(VisitsFault::NotNow(Act::Rate, shelf.view(row).head.state_words));
        }
        let what = DemandAct {
            rating: Some(Decimal::from(asked.rating)),
            ..DemandAct::of(Act::Rate, asked.version)
        };
        let mut step = Step { shelf: &shelf, row, what: &what, values: BTreeMap::new() };
        step.fill()?;
        step.values
    };
    let edit = Edit { values, why: say::why(Act::Rate, None) };
    books::edit_by_step(park, actor, entry, asked.version, &edit, key)?;
    found(park, actor, entry, enterprise)
}

fn found(park: &Park, actor: &Actor, entry: EntryId, enterprise: EntryId) -> Result<OwnDemand> {
    let eyes = Eyes::of(park, actor, None)?;
    let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
    let row = shelf.table.row(entry).filter(|row| of_own(&shelf, *row, enterprise));
    Ok(view(&shelf, row.ok_or(Refusal::NotFound)?))
}
