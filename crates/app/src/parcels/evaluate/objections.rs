//! Objections (异议) to a published evaluation: entries of the book of that role, with evidence and what was decided.
//!
//! What is upheld changes the data by an ordinary correction; the evaluation is then made again as a new version.

use model::definition::{FieldKind, LandPart, LandRole, Right};
use model::id::EntryId;
use serde_json::{Value as Json, json};

use super::super::fault::{ParcelsFault, Result};
use super::super::ground::{Ground, Shelf};
use super::super::shapes::{NewObjection, Objection, ObjectionAnswer, ObjectionList};
use super::kept::load;
use crate::access::{Actor, Refusal};
use crate::books::{self, Edit, NewEntry, Values};
use crate::messages::parcels as say;
use crate::park::Park;

/// Objections to an evaluation, newest first.
///
/// # Errors
/// [`ParcelsFault`] when there is none of that number, or no book of objections is for this person.
pub fn objections(park: &Park, actor: &Actor, id: u64) -> Result<ObjectionList> {
    let ground = Ground::new(park, actor)?;
    load(park, id)?;
    let shelf = ground.shelf(LandRole::Objection).ok_or(Refusal::NotFound)?;
    let until = last_day(park, id)?;
    let mut items: Vec<Objection> =
        rows_of(shelf, id).into_iter().map(|row| view(&ground, shelf, row, until)).collect();
    items.sort_by_key(|item| std::cmp::Reverse((item.on, item.entry)));
    Ok(ObjectionList { items, kinds: choices(shelf, LandPart::Kind), until })
}

/// How many objections to an evaluation are not decided.
pub(super) fn open(ground: &Ground<'_>, id: u64) -> usize {
    let Some(shelf) = ground.shelf(LandRole::Objection) else { return 0 };
    rows_of(shelf, id).into_iter().filter(|row| state(shelf, *row) == "received").count()
}

/// Brings an objection.
///
/// # Errors
/// [`ParcelsFault`] when the book is not for this person or refuses the values.
pub fn object(park: &mut Park, actor: &Actor, id: u64, new: &NewObjection) -> Result<ObjectionList> {
    let (book, values) = {
        let ground = Ground::new(park, actor)?;
        let (record, _) = load(park, id)?;
        let shelf = ground.shelf(LandRole::Objection).ok_or(Refusal::NotFound)?;
        let parcels = ground.parcels();
        let parcel = new.parcel.map(EntryId);
        let row = parcel.and_then(|parcel| parcels.table.row(parcel));
        let holder = row.and_then(|row| parcels.entry(row, LandPart::Holder)).map(|holder| holder.0);
        let number = format!("{}-{id}-{}", record.year, rows_of(shelf, id).len() + 1);
        let mut values = Filling { shelf, values: Values::new() };
        values.put(LandPart::Number, json!(number));
        values.put(LandPart::Run, json!(id.to_string()));
        values.put(LandPart::Year, json!(record.year.to_string()));
        values.put(LandPart::Kind, json!(new.kind));
        values.put(LandPart::Text, json!(new.text));
        values.put(LandPart::On, json!(park.today().to_string()));
        values.maybe(LandPart::Evidence, Some(&new.evidence).filter(|e| !e.is_empty()).map(|e| json!(e)));
        values.maybe(LandPart::Parcel, new.parcel.map(Json::from));
        values.maybe(LandPart::Enterprise, new.enterprise.or(holder).map(Json::from));
        values.maybe(LandPart::State, word_for(shelf, "received").map(Json::from));
        values.maybe(LandPart::Due, last_day(park, id)?.map(|day| json!(day.to_string())));
        (shelf.book.id.clone(), values.values)
    };
    let entry = NewEntry { values, why: say::OBJECTION.to_owned() };
    books::create(park, actor, &book, &entry, None)?;
    objections(park, actor, id)
}

/// Decides on an objection.
///
/// # Errors
/// [`ParcelsFault`] when it is none of this evaluation, or the book refuses the values.
pub fn decide(
    park: &mut Park,
    actor: &Actor,
    (id, entry): (u64, EntryId),
    answer: &ObjectionAnswer,
) -> Result<ObjectionList> {
    let (version, values) = {
        let ground = Ground::new(park, actor)?;
        actor.need(Right::Accept, ground.parcels().book)?;
        let shelf = ground.shelf(LandRole::Objection).ok_or(Refusal::NotFound)?;
        let row = shelf.table.row(entry).filter(|row| rows_of(shelf, id).contains(row));
        let row = row.ok_or(Refusal::NotFound)?;
        let state = word_for(shelf, &answer.state)
            .ok_or_else(|| ParcelsFault::Value { field: "state", value: answer.state.clone() })?;
        let mut values = Filling { shelf, values: Values::new() };
        values.put(LandPart::State, json!(state));
        values.put(LandPart::Decision, json!(answer.decision));
        values.put(LandPart::Decided, json!(park.today().to_string()));
        (shelf.table.versions()[row as usize], values.values)
    };
    let why = answer.decision.clone();
    books::edit(park, actor, entry, version, &Edit { values, why }, None)?;
    objections(park, actor, id)
}

/// Values by what they say.
struct Filling<'a> {
    shelf: Shelf<'a>,
    values: Values,
}

impl Filling<'_> {
    fn put(&mut self, part: LandPart, value: Json) {
        if let Some(field) = self.shelf.land.field(part) {
            self.values.insert(field.to_string(), value);
        }
    }

    fn maybe(&mut self, part: LandPart, value: Option<Json>) {
        if let Some(value) = value {
            self.put(part, value);
        }
    }
}

/// The rows about an evaluation.
fn rows_of(shelf: Shelf<'_>, id: u64) -> Vec<u32> {
    let id = id.to_string();
    shelf.rows().filter(|row| shelf.text(*row, LandPart::Run).as_deref() == Some(&id)).collect()
}

fn choices(shelf: Shelf<'_>, part: LandPart) -> Vec<String> {
    match shelf.land.field(part).and_then(|f| shelf.book.field(f)).map(|f| &f.kind) {
        Some(FieldKind::Choice { choices }) => choices.clone(),
        _ => Vec::new(),
    }
}

/// The first choice of a state that means a word.
fn word_for(shelf: Shelf<'_>, meaning: &str) -> Option<String> {
    let means = |text: &String| shelf.land.meaning(LandPart::State, text) == Some(meaning);
    choices(shelf, LandPart::State).into_iter().find(means)
}

fn state(shelf: Shelf<'_>, row: u32) -> String {
    shelf.meaning(row, LandPart::State).unwrap_or_else(|| "received".to_owned())
}

fn last_day(park: &Park, id: u64) -> Result<Option<jiff::civil::Date>> {
    let stages = park.store().evaluation_stages()?;
    Ok(stages.iter().filter(|stage| stage.evaluation == id).filter_map(|stage| stage.until).max())
}

fn view(ground: &Ground<'_>, shelf: Shelf<'_>, row: u32, until: Option<jiff::civil::Date>) -> Objection {
    let on = shelf.date(row, LandPart::On);
    Objection {
        entry: shelf.id(row).0,
        version: shelf.table.versions()[row as usize],
        parcel: ground.linked(shelf, row, LandPart::Parcel),
        enterprise: ground.linked(shelf, row, LandPart::Enterprise),
        kind: ground.shown(shelf, row, LandPart::Kind),
        text: ground.shown(shelf, row, LandPart::Text),
        evidence: ground.shown(shelf, row, LandPart::Evidence),
        on,
        late: on.zip(until).is_some_and(|(on, until)| on > until),
        state: state(shelf, row),
        state_words: ground.shown(shelf, row, LandPart::State).unwrap_or_default(),
        decided: shelf.date(row, LandPart::Decided),
        decision: ground.shown(shelf, row, LandPart::Decision),
    }
}
