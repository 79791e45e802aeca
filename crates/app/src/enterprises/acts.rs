//! Making a plan with its actions as one revision, and moving it on: agreed, running, applied, public, recognised or not, taken up again.

use jiff::civil::Date;
use model::definition::{ActionPart, PlanPart, PlanStage, Right};
use model::id::{EntryId, FieldId, LadderId};
use serde_json::{Value as Json, json};

use super::case_shapes::{ActionDone, NewPlan, PlanKept, PlanMove};
use super::cases::Plans;
use super::{EnterprisesFault, Register, Result};
use crate::access::{Actor, Refusal};
use crate::books::{self, Edit, Together, Values};
use crate::messages::enterprises as say;
use crate::park::Park;

/// Makes a plan for a rung, a draft, with its actions: all of it, or nothing. `key` names the request.
///
/// # Errors
/// [`EnterprisesFault`] when the rung is not there, another plan for it is open, or something may not be written.
pub fn make_plan(
    park: &mut Park,
    actor: &Actor,
    enterprise: EntryId,
    new: &NewPlan,
    key: Option<&str>,
) -> Result<PlanKept> {
    let together = {
        let register = Register::new(park, actor)?;
        register.row(enterprise)?;
        let plans = Plans::of(&register).ok_or(Refusal::NotFound)?;
        actor.need(Right::Record, plans.book)?;
        drafted(&plans, enterprise, new, park.today())?
    };
    let asked = (enterprise.0, new);
    let made = books::write_together(park, actor, &together, say::MADE, key.map(|key| (key, &asked)))?;
    let plan = made.entries.first().copied().ok_or(Refusal::NotFound)?;
    Ok(PlanKept { plan, revision: made.revision.0 })
}

/// The plan and its actions as entries to be written.
fn drafted(plans: &Plans<'_>, enterprise: EntryId, new: &NewPlan, today: Date) -> Result<Vec<Together>> {
    let content = plans.register.sight.content;
    let rung = new.rung.split_once('.').and_then(|(ladder, rung)| {
        let ladder = content.ladders.get(&LadderId::from(ladder))?;
        ladder.rungs.iter().find(|of| of.id.as_str() == rung)
    });
    let rung = rung.ok_or_else(|| wrong("rung", say::no_rung(&new.rung)))?;
    let before = plans.of_enterprise(enterprise, &[], today);
    if let Some(open) = before.iter().find(|plan| plan.rung == new.rung && !plan.stage.ended()) {
        return Err(wrong("rung", say::has_plan(&open.number)));
    }
    if let Some(action) = new.actions.iter().find(|action| action.text.trim().is_empty()) {
        return Err(wrong("actions", say::no_text(&action.owner)));
    }
    let mut values = Values::new();
    let mut put = |field: Option<&FieldId>, value: Json| {
        if let Some(field) = field {
            values.insert(field.to_string(), value);
        }
    };
    let part = |part: PlanPart| plans.of.fields.get(&part);
    let number = format!("{}-{enterprise}-{}", rung.id, before.len() + 1);
    put(part(PlanPart::Number), json!(number));
    put(part(PlanPart::Target), json!(rung.title));
    put(part(PlanPart::Rung), json!(new.rung));
    put(part(PlanPart::Year), new.goal_year.map_or(Json::Null, |year| json!(year.to_string())));
    put(part(PlanPart::Batch), text(&new.batch));
    put(part(PlanPart::Reason), text(&new.reason));
    put(plans.book.subject.as_ref(), json!(enterprise.0));
    put(plans.book.time.as_ref(), json!(today.to_string()));
    put(Some(&plans.rule.state), json!(plans.of.word(PlanStage::Draft)));
    put(plans.rule.handler.as_ref(), text(&new.handler));
    put(plans.rule.deadline.as_ref(), day(new.review_on));
    let book = plans.book.id.clone();
    let mut together = vec![Together { book, changes: None, values, refers: None }];
    for (place, action) in new.actions.iter().enumerate() {
        together.push(planned(plans, enterprise, action, format!("{number}-{}", place + 1))?);
    }
    Ok(together)
}

/// One action of a new plan.
fn planned(
    plans: &Plans<'_>,
    enterprise: EntryId,
    action: &super::case_shapes::NewAction,
    number: String,
) -> Result<Together> {
    let of = &plans.of.actions;
    let book = plans.register.sight.book(&of.book)?;
    let rule = book.case.as_ref().ok_or(Refusal::NotFound)?;
    let mut values = Values::new();
    let mut put = |field: Option<&FieldId>, value: Json| {
        if let Some(field) = field {
            values.insert(field.to_string(), value);
        }
    };
    let part = |part: ActionPart| of.fields.get(&part);
    put(part(ActionPart::Number), json!(number));
    put(part(ActionPart::Text), text(&action.text));
    put(part(ActionPart::Criterion), text(&action.criterion));
    put(part(ActionPart::Side), json!(plans.side(action.side)));
    put(book.subject.as_ref(), json!(enterprise.0));
    put(Some(&rule.state), json!(of.open));
    put(rule.handler.as_ref(), text(&action.owner));
    put(rule.deadline.as_ref(), day(action.due));
    let refers = part(ActionPart::Plan).map(|field| (field.clone(), 0));
    Ok(Together { book: book.id.clone(), changes: None, values, refers })
}

/// Moves a plan on. To agree needs who signs for the enterprise and what it agrees to; to fail, why.
///
/// # Errors
/// [`EnterprisesFault`] when it may not go there from where it is, something needed is not said, or the book refuses the change.
pub fn move_plan(
    park: &mut Park,
    actor: &Actor,
    plan: EntryId,
    asked: &PlanMove,
    key: Option<&str>,
) -> Result<PlanKept> {
    let (values, why) = {
        let register = Register::new(park, actor)?;
        let plans = Plans::of(&register).ok_or(Refusal::NotFound)?;
        actor.need(Right::Record, plans.book)?;
        moved(&plans, plan, asked, park.today())?
    };
    let view = books::edit(park, actor, plan, asked.version, &Edit { values, why }, key)?;
    Ok(PlanKept { plan, revision: view.revision })
}

/// What changes of a plan, and why.
fn moved(plans: &Plans<'_>, plan: EntryId, asked: &PlanMove, today: Date) -> Result<(Values, String)> {
    let table = plans.register.sight.table(plans.book);
    let row = table.row(plan).ok_or(Refusal::NotFound)?;
    if !plans.register.sight.sees_row(plans.book, table, row) {
        return Err(Refusal::NotFound.into());
    }
    let state = table.value(row, &plans.rule.state).map(|value| value.to_string()).unwrap_or_default();
    let from = *plans.of.stages.get(&state).ok_or(Refusal::NotFound)?;
    let to = plans.of.word(asked.stage).ok_or(Refusal::NotFound)?;
    if !from.next().contains(&asked.stage) {
        return Err(EnterprisesFault::NotNow(say::no_way(&state, to)));
    }
    if asked.stage == PlanStage::Agreed {
        if asked.signatory.trim().is_empty() {
            return Err(wrong("signatory", say::no_signatory()));
        }
        if asked.commitment.trim().is_empty() {
            return Err(wrong("commitment", say::no_commitment()));
        }
    }
    if asked.stage == PlanStage::Failed && asked.outcome.trim().is_empty() {
        return Err(wrong("outcome", say::no_reason()));
    }
    let on = asked.on.unwrap_or(today);
    if on > today {
        return Err(wrong("on", say::not_yet(on)));
    }
    let mut values = Values::new();
    let mut put = |field: Option<&FieldId>, value: Json| {
        if let Some(field) = field.filter(|_| !value.is_null()) {
            values.insert(field.to_string(), value);
        }
    };
    put(Some(&plans.rule.state), json!(to));
    put(plans.of.days.get(&asked.stage), json!(on.to_string()));
    put(plans.of.fields.get(&PlanPart::Commitment), text(&asked.commitment));
    put(plans.of.fields.get(&PlanPart::Signatory), text(&asked.signatory));
    put(plans.of.fields.get(&PlanPart::Outcome), text(&asked.outcome));
    put(plans.rule.deadline.as_ref(), day(asked.review_on));
    if asked.stage == PlanStage::Renewed {
        // What the round before agreed to and came to stands in the plan's history.
        use PlanPart as P;
        let days =
            plans.of.days.iter().filter(|(of, _)| !matches!(of, PlanStage::Draft | PlanStage::Renewed));
        let words = [P::Commitment, P::Signatory, P::Outcome].map(|part| plans.of.fields.get(&part));
        for field in days.map(|(_, field)| field).chain(words.into_iter().flatten()) {
            values.insert(field.to_string(), Json::Null);
        }
    }
    Ok((values, say::moved(to, asked.outcome.trim())))
}

/// Says that an action was done.
///
/// # Errors
/// [`EnterprisesFault`] when it is not open, lies ahead, or the book refuses the change.
pub fn finish_action(
    park: &mut Park,
    actor: &Actor,
    action: EntryId,
    asked: &ActionDone,
    key: Option<&str>,
) -> Result<PlanKept> {
    let values = {
        let register = Register::new(park, actor)?;
        let plans = Plans::of(&register).ok_or(Refusal::NotFound)?;
        let of = &plans.of.actions;
        let book = register.sight.book(&of.book)?;
        actor.need(Right::Record, book)?;
        let rule = book.case.as_ref().ok_or(Refusal::NotFound)?;
        let table = register.sight.table(book);
        let row = table.row(action).ok_or(Refusal::NotFound)?;
        let state = table.value(row, &rule.state).map(|value| value.to_string()).unwrap_or_default();
        if !register.sight.sees_row(book, table, row) || rule.closed.contains(&state) {
            return Err(EnterprisesFault::NotNow(say::no_way(&state, &of.done)));
        }
        let on = asked.on.unwrap_or_else(|| park.today());
        if on > park.today() {
            return Err(wrong("on", say::not_yet(on)));
        }
        let mut values = Values::new();
        values.insert(rule.state.to_string(), json!(of.done));
        if let Some(field) = of.fields.get(&ActionPart::DoneOn) {
            values.insert(field.to_string(), json!(on.to_string()));
        }
        values
    };
    let change = Edit { values, why: say::DONE.to_owned() };
    let view = books::edit(park, actor, action, asked.version, &change, key)?;
    Ok(PlanKept { plan: action, revision: view.revision })
}

fn text(text: &str) -> Json {
    let text = text.trim();
    if text.is_empty() { Json::Null } else { json!(text) }
}

fn day(day: Option<Date>) -> Json {
    day.map_or(Json::Null, |day| json!(day.to_string()))
}

fn wrong(field: &'static str, message: String) -> EnterprisesFault {
    EnterprisesFault::Wrong { field, message }
}
