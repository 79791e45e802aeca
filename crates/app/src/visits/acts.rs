//! Recording a visit with the demands raised at it, as one revision; and what is done with a demand afterwards, step by step.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::definition::Right;
use model::definition::visits::{DemandBook, DemandPart as P, DemandState, DemandStep};
use model::id::{BookId, EntryId, FieldId};
use serde_json::{Value as Json, json};

use super::demands::Shelf;
use super::duties::Reckoning;
use super::lights::coloured;
use super::shapes::{
    Act, Demand, DemandAct, KnownFields, NewVisit, PastVisit, VisitForm, VisitForms, VisitMade,
};
use super::{Eyes, Result, VisitsFault};
use crate::access::{Actor, Refusal};
use crate::books::{self, Edit, Together, Values};
use crate::messages::visits as say;
use crate::park::Park;

/// Digits of a demand's number within its year.
const DIGITS: usize = 3;

/// The forms for a visit to an enterprise, with what is known of visits and demands there were.
///
/// # Errors
/// [`VisitsFault`] when the enterprise is not there for this person.
pub fn visit_forms(park: &Park, actor: &Actor, enterprise: EntryId) -> Result<VisitForms> {
    let eyes = Eyes::new(park, actor, None)?;
    let table = eyes.sight.table(eyes.register);
    table.row(enterprise).ok_or(Refusal::NotFound)?;
    let reckoning = Reckoning::new(&eyes);
    let duties = reckoning.duties();
    let colours = coloured(&eyes, &duties);
    let light = colours.get(&enterprise).map_or(model::definition::visits::LightColour::Green, |of| of.0);
    let contacts = eyes.contacts();
    let contact = contacts.get(&enterprise);
    let shelf = Shelf::new(&eyes);
    let subject = |shelf: &Shelf<'_, '_>, row: u32| {
        super::entry_at(shelf.table, row, shelf.book.subject.as_ref()) == Some(enterprise)
    };
    let open = shelf.iter().flat_map(|shelf| {
        let rows = shelf.rows().filter(|row| subject(shelf, *row));
        rows.map(|row| shelf.view(row)).filter(|demand| !demand.acts.is_empty()).collect::<Vec<_>>()
    });
    let visits = reckoning.visits.get(&enterprise).into_iter().flatten().rev();
    let rules = &eyes.rules.visit;
    let past = visits.filter_map(|visit| {
        let (book, table) = eyes.shelf(&rules.book)?;
        let officer = eyes.text(book, table, visit.row, rules.officer.as_ref());
        Some(PastVisit { entry: reckoning.entry(*visit)?, on: visit.on, officer })
    });
    let form = |id: &BookId, fields: &[FieldId], more: &[FieldId]| {
        let book = eyes.sight.content.books.get(id).filter(|book| actor.may(Right::Record, book))?;
        Some(VisitForm { book: book.id.clone(), fields: fields.to_vec(), more: more.to_vec() })
    };
    let may_record =
        |id: &BookId| eyes.sight.content.books.get(id).is_some_and(|book| actor.may(Right::Record, book));
    let due = duties.iter().filter(|duty| duty.enterprise == enterprise);
    Ok(VisitForms {
        visit: form(&rules.book, &rules.form, &rules.themes).ok_or(Refusal::NotFound)?,
        demand: eyes.rules.demand.as_ref().and_then(|demand| form(&demand.book, &demand.form, &[])),
        known: KnownFields {
            day: eyes.sight.content.books[&rules.book].time.clone(),
            officer: rules.officer.clone(),
            department: rules.department.clone(),
        },
        enterprise: eyes.link(enterprise),
        officer: contact.and_then(|contact| contact.officer.clone()),
        department: contact.and_then(|contact| contact.department.clone()),
        photos: eyes.rules.photo.as_ref().filter(|rules| may_record(&rules.book)).map(super::photos::limits),
        visits: past.collect(),
        demands: open.collect(),
        due: due.map(|duty| reckoning.view(duty, contact, light)).collect(),
        light,
        today: park.today(),
    })
}

/// Records a visit and the demands raised at it: all of it, or nothing. `key` names the request.
///
/// # Errors
/// [`VisitsFault`] when something may not or cannot be written.
pub fn record_visit(park: &mut Park, actor: &Actor, new: &NewVisit, key: Option<&str>) -> Result<VisitMade> {
    let together = prepared(park, actor, new)?;
    let made = books::write_together(park, actor, &together, say::VISIT, key.map(|key| (key, new)))?;
    let mut entries = made.entries.into_iter().map(|entry| entry.0);
    let visit = entries.next().ok_or(Refusal::NotFound)?;
    Ok(VisitMade { visit, demands: entries.collect(), revision: made.revision.0 })
}

/// The visit and its demands as entries to be written.
fn prepared(park: &Park, actor: &Actor, new: &NewVisit) -> Result<Vec<Together>> {
    let eyes = Eyes::new(park, actor, None)?;
    let rules = &eyes.rules.visit;
    let book = &eyes.sight.content.books[&rules.book];
    let mut values = new.values.clone();
    let put = |values: &mut Values, field: Option<&FieldId>, value: Json| {
        if let Some(field) = field {
            values.insert(field.to_string(), value);
        }
    };
    put(&mut values, book.subject.as_ref(), json!(new.enterprise));
    if !new.demands.is_empty() {
        put(&mut values, rules.demands.as_ref(), json!(new.demands.len()));
    }
    let time = book.time.as_ref();
    let when = time.and_then(|time| values.get(time.as_str())).cloned();
    let day = when.unwrap_or_else(|| json!(eyes.on.to_string()));
    put(&mut values, time, day.clone());
    let mut together = vec![Together { book: book.id.clone(), changes: None, values, refers: None }];
    if new.demands.is_empty() {
        return Ok(together);
    }
    let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
    let year = day.as_str().and_then(|text| text.parse::<Date>().ok()).unwrap_or(eyes.on).year();
    let mut numbers = Numbers::new(&shelf, year);
    for demand in &new.demands {
        let mut values = demand.clone();
        put(&mut values, shelf.rules.field(P::Number), json!(numbers.next()));
        put(&mut values, shelf.book.subject.as_ref(), json!(new.enterprise));
        put(&mut values, shelf.book.time.as_ref(), day.clone());
        let case = shelf.book.case.as_ref();
        let received = shelf.rules.word(DemandState::Received).map(Json::from);
        put(&mut values, case.map(|case| &case.state), received.unwrap_or_default());
        for (field, value) in &shelf.rules.at_visit {
            put(&mut values, Some(field), json!(value));
        }
        let refers = shelf.rules.field(P::Visit).map(|field| (field.clone(), 0));
        together.push(Together { book: shelf.book.id.clone(), changes: None, values, refers });
    }
    Ok(together)
}

/// Numbers of demands, one after the other.
pub(super) struct Numbers<'s> {
    pattern: &'s DemandBook,
    year: i16,
    last: usize,
}

impl<'s> Numbers<'s> {
    /// After the highest that the book has of a year.
    pub fn new(shelf: &Shelf<'s, '_>, year: i16) -> Self {
        let pattern = shelf.rules.number.replace("{year}", &year.to_string());
        let (before, after) = pattern.split_once("{number}").unwrap_or((&pattern, ""));
        let field = shelf.rules.field(P::Number);
        let taken = shelf.table.rows().filter_map(|row| {
            let value = shelf.table.value(row, field?)?;
            value.as_text()?.strip_prefix(before)?.strip_suffix(after)?.parse::<usize>().ok()
        });
        let last = taken.max().unwrap_or(0);
        Self { pattern: shelf.rules, year, last }
    }

    pub fn next(&mut self) -> String {
        self.last += 1;
        let number = format!("{:0DIGITS$}", self.last);
        self.pattern.number.replace("{year}", &self.year.to_string()).replace("{number}", &number)
    }
}

/// Does something with a demand, if it is at a point where that can be done.
///
/// # Errors
/// [`VisitsFault`] when it is not, or the book refuses the change.
pub fn act(
    park: &mut Park,
    actor: &Actor,
    entry: EntryId,
    what: &DemandAct,
    key: Option<&str>,
) -> Result<Demand> {
    let (values, why) = {
        let eyes = Eyes::new(park, actor, None)?;
        let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
        actor.need(Right::Record, shelf.book)?;
        let row = shelf.table.row(entry).filter(|row| shelf.sees(*row)).ok_or(Refusal::NotFound)?;
        let state = shelf.reckon(row).state;
        if !shelf.acts(state).contains(&what.act) {
            return Err(VisitsFault::NotNow(what.act, shelf.view(row).head.state_words));
        }
        let mut step = Step { shelf: &shelf, row, what, values: BTreeMap::new() };
        step.fill()?;
        (step.values, say::why(what.act, what.text.as_deref()))
    };
    books::edit(park, actor, entry, what.version, &Edit { values, why }, key)?;
    let eyes = Eyes::new(park, actor, None)?;
    let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
    let row = shelf.table.row(entry).ok_or(Refusal::NotFound)?;
    Ok(shelf.view(row))
}

/// What an act changes.
pub(super) struct Step<'s, 'a, 'e> {
    pub shelf: &'s Shelf<'a, 'e>,
    pub row: u32,
    pub what: &'s DemandAct,
    pub values: Values,
}

impl Step<'_, '_, '_> {
    fn put(&mut self, part: P, value: Json) {
        if let Some(field) = self.shelf.rules.field(part) {
            self.values.insert(field.to_string(), value);
        }
    }

    fn today(&self) -> Json {
        json!(self.shelf.eyes.on.to_string())
    }

    fn state(&mut self, state: DemandState) {
        let field = self.shelf.book.case.as_ref().map(|case| case.state.to_string());
        if let (Some(field), Some(word)) = (field, self.shelf.rules.word(state)) {
            self.values.insert(field, json!(word));
        }
    }

    pub fn fill(&mut self) -> Result<()> {
        let what = self.what;
        let text = words(what.text.as_deref());
        match what.act {
            Act::Accept => {
                self.put(P::Accepted, self.today());
                self.state(DemandState::Accepted);
            }
            Act::Dispatch => self.dispatch()?,
            Act::Suspend => {
                let waits_for = text.ok_or_else(|| wrong("text", say::waits_for_missing()))?;
                self.put(P::WaitsFor, json!(waits_for));
                self.put(P::Suspended, self.today());
                self.state(DemandState::Suspended);
            }
            Act::Resume => {
                self.resume();
                self.state(DemandState::Dispatched);
            }
            Act::Answer => self.answer(text)?,
            Act::Rate => {
                let rating = what.rating.ok_or_else(|| wrong("rating", say::rating_missing()))?;
                self.put(P::Rating, json!(rating.to_string()));
                self.put(P::Rated, self.today());
                self.state(DemandState::Rated);
            }
            Act::Reopen => self.reopen(),
            Act::Close => {
                if let Some(changed) = words(what.policy_change.as_deref()) {
                    self.put(P::PolicyChange, json!(changed));
                }
                self.put(P::Closed, self.today());
                self.state(DemandState::Closed);
            }
            Act::Escalate => {
                let of = self.shelf.reckon(self.row);
                let whom = what.whom.clone().filter(|whom| !whom.trim().is_empty());
                let whom = whom.or_else(|| self.shelf.goes_up_to(&of));
                let whom = whom.ok_or_else(|| wrong("whom", say::whom_missing()))?;
                self.put(P::Escalated, json!(whom));
                self.put(P::EscalatedOn, self.today());
            }
            Act::Return => {
                let reason = text.ok_or_else(|| wrong("text", say::reason_missing()))?;
                self.put(P::Reason, json!(reason));
                self.put(P::Closed, self.today());
                self.state(DemandState::Returned);
            }
        }
        Ok(())
    }

    /// The answer, and what it rests on; one that solves nothing says why. Days of waiting end with it.
    fn answer(&mut self, text: Option<&str>) -> Result<()> {
        let what = self.what;
        let text = text.ok_or_else(|| wrong("text", say::answer_missing()))?;
        let (outcome, reason) = (words(what.outcome.as_deref()), words(what.reason.as_deref()));
        let unsolved =
            outcome.is_some_and(|outcome| self.shelf.rules.unsolved.iter().any(|one| one == outcome));
        if unsolved && reason.is_none() {
            return Err(wrong("reason", say::unsolved_reason_missing()));
        }
        if self.shelf.reckon(self.row).state == DemandState::Suspended {
            self.resume();
        }
        self.put(P::Answer, json!(text));
        self.put(P::Outcome, outcome.map_or(Json::Null, Json::from));
        self.put(P::Reason, reason.map_or(Json::Null, Json::from));
        self.put(P::Evidence, words(what.evidence.as_deref()).map_or(Json::Null, Json::from));
        self.put(P::Answered, self.today());
        self.state(DemandState::Answered);
        Ok(())
    }

    /// The working days it was suspended go on top of its day, and are added up.
    fn resume(&mut self) {
        let (eyes, row) = (self.shelf.eyes, self.row);
        let calendar = &eyes.sight.content.calendar;
        let since = self.shelf.date(row, P::Suspended).unwrap_or(eyes.on);
        let days = u16::try_from(calendar.between(since, eyes.on)).unwrap_or(0);
        let deadline = self.shelf.book.case.as_ref().and_then(|case| case.deadline.clone());
        if let (Some(field), Some((_, due))) = (deadline, self.shelf.answer_due(row)) {
            self.values.insert(field.to_string(), json!(calendar.after(due, days).to_string()));
        }
        let all = self.shelf.count(row, P::SuspendedDays) + u32::from(days);
        self.put(P::SuspendedDays, json!(all.to_string()));
        self.put(P::Suspended, Json::Null);
        self.put(P::WaitsFor, Json::Null);
    }

    /// The answer's last day is by the limit; a demand with a promised day says which, and not later.
    fn dispatch(&mut self) -> Result<()> {
        let department = words(self.what.department.as_deref());
        let department = department.ok_or_else(|| wrong("department", say::department_missing()))?;
        let today = self.shelf.eyes.on;
        let calendar = &self.shelf.eyes.sight.content.calendar;
        if let Some(limit) = self.shelf.limit(Some(self.row), DemandStep::Answer, today) {
            let last = calendar.after(today, limit.days);
            if limit.promised && self.what.due.is_none() {
                return Err(wrong("due", say::promise_missing(last)));
            }
            let due = self.what.due.unwrap_or(last);
            if due > last || due < today {
                return Err(wrong("due", say::due_beyond(last)));
            }
            let field = self.shelf.book.case.as_ref().and_then(|case| case.deadline.clone());
            if let Some(field) = field {
                self.values.insert(field.to_string(), json!(due.to_string()));
            }
        }
        let before = self.shelf.text(self.row, P::Department).filter(|before| before != department);
        let dispatched = self.shelf.reckon(self.row).state == DemandState::Dispatched;
        if let Some(before) = before.filter(|_| dispatched) {
            let times = self.shelf.count(self.row, P::Transfers) + 1;
            self.put(P::Transfers, json!(times.to_string()));
            self.put(P::TransferredFrom, json!(before));
        }
        if self.shelf.date(self.row, P::Accepted).is_none() {
            self.put(P::Accepted, self.today());
        }
        self.put(P::Department, json!(department));
        if let Some(handler) = words(self.what.handler.as_deref()) {
            self.put(P::Handler, json!(handler));
        }
        self.put(P::Dispatched, self.today());
        self.state(DemandState::Dispatched);
        Ok(())
    }

    /// Back to its department, with the limit counted anew; the answer and rating there were stay in the history.
    fn reopen(&mut self) {
        let times = self.shelf.count(self.row, P::Reopened) + 1;
        self.put(P::Reopened, json!(times.to_string()));
        for part in [P::Answered, P::Rated, P::Rating] {
            self.put(part, Json::Null);
        }
        self.put(P::Dispatched, self.today());
        let today = self.shelf.eyes.on;
        let limit = self.shelf.limit(Some(self.row), DemandStep::Answer, today);
        let last = limit.map(|limit| self.shelf.eyes.sight.content.calendar.after(today, limit.days));
        let field = self.shelf.book.case.as_ref().and_then(|case| case.deadline.clone());
        if let (Some(field), Some(last)) = (field, last) {
            self.values.insert(field.to_string(), json!(last.to_string()));
        }
        self.state(DemandState::Dispatched);
    }
}

/// What was written, if anything was.
fn words(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn wrong(field: &'static str, message: String) -> VisitsFault {
    VisitsFault::Wrong { field, message }
}
