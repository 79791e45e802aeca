//! A return as it is filled in and as it is looked at: each field with what the period before and the year before say, how far it
//! jumps, what the book's checks find, and what was done with it so far.

use model::definition::{Field, Right};
use model::finding::{Finding, Place, Severity};
use model::id::{BookId, FieldId};
use model::period::Period;
use model::value::Value;
use model::wording::number::say_period_of_year;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use store::{FilingAct, FilingRecord, FilingStep};

use super::due::{head, last_answer};
use super::shapes::{ReturnDraft, ReturnField, ReturnForm, ReturnRound, ReturnState, RoundField};
use super::{Answer, Body, Result, Return, display};
use crate::access::Actor;
use crate::books::{Cell, understood};
use crate::messages::filings as say;
use crate::park::Park;

/// The code of a finding that asks why a number jumps.
const JUMP: &str = "jump";

/// The return of one's own enterprise for a period, with the draft there is.
///
/// # Errors
/// [`super::FilingsFault`] when there is no such return for this person.
pub fn return_form(park: &Park, actor: &Actor, book: &BookId, period: Period) -> Result<ReturnForm> {
    let found = Return::own(park, actor, book, period)?;
    let record = found.record(park)?;
    let body = record.as_ref().map(|record| Body::of(&record.body)).transpose()?.unwrap_or_default();
    form(park, &found, record.as_ref(), body)
}

impl Return<'_> {
    /// What a draft says of the form's own fields; anything else is left out.
    pub(super) fn body(&self, draft: &ReturnDraft) -> Body {
        let ours = |field: &FieldId| self.filing.fields.contains(field);
        let values = draft.values.iter().filter(|(field, value)| {
            ours(&FieldId::from(field.as_str())) && !value.is_null() && value.as_str() != Some("")
        });
        let reasons = draft.reasons.iter().map(|(field, reason)| (field.clone(), reason.trim().to_owned()));
        Body {
            values: values.map(|(field, value)| (field.clone(), value.clone())).collect(),
            reasons: reasons.filter(|(field, reason)| ours(field) && !reason.is_empty()).collect(),
        }
    }

    fn cell(&self, field: &Field, value: Option<&Value>) -> Option<Cell> {
        value.map(|value| self.sight.cell(field, value))
    }
}

/// A number against the one before.
struct Change {
    percent: Decimal,
    before: Value,
    against_year: bool,
}

/// How far a number is from the period before, or from the year before where that says nothing. None against zero.
fn change(found: &Return<'_>, field: &FieldId, value: Option<&Value>) -> Option<Change> {
    let now = value?.as_number()?;
    let sides = [(found.before(), false), (found.year_before(), true)];
    let (before, against_year) =
        sides.into_iter().find_map(|(period, year)| Some((found.value(period, field)?, year)))?;
    let base = before.as_number().filter(|base| !base.is_zero())?;
    let percent = ((now - base).checked_div(base.abs())? * Decimal::ONE_HUNDRED).round_dp(1);
    Some(Change { percent, before, against_year })
}

/// Builds a return with what a body says.
pub(super) fn form(
    park: &Park,
    found: &Return<'_>,
    record: Option<&FilingRecord>,
    body: Body,
) -> Result<ReturnForm> {
    let state = found.state(record);
    let read = understood(park, &found.sight, found.book, &found.values(&body))?;
    // Nothing was said yet: what is missing is no mistake before somebody begins.
    let mut findings = if body.values.is_empty() { Vec::new() } else { read.findings };
    let steps = record.map(|record| park.store().filing_steps(record.id)).transpose()?.unwrap_or_default();
    let last_time = handed_in_before(&steps, state)?;
    let last_time = match &last_time {
        Some(body) => understood(park, &found.sight, found.book, &found.values(body))?.payload,
        None => model::value::Payload::default(),
    };
    let back = match record.filter(|_| state == ReturnState::SentBack) {
        Some(record) => last_answer(park, record)?.unwrap_or_default(),
        None => Answer::default(),
    };
    let recorded = state == ReturnState::Recorded;
    let mut fields = Vec::with_capacity(found.filing.fields.len());
    for id in &found.filing.fields {
        let Some(field) = found.book.field(id) else { continue };
        let stored = if recorded { found.value(Some(found.key.period), id) } else { None };
        let value = stored.as_ref().or_else(|| read.payload.get(id));
        let moved = change(found, id, value);
        let far =
            moved.as_ref().filter(|_| !recorded).filter(|moved| found.filing.is_jump(id, moved.percent));
        let reason = body.reasons.get(id).cloned().unwrap_or_default();
        findings.extend(far.map(|moved| jump(found, field, moved, !reason.is_empty())));
        let (before, year) = (found.value(found.before(), id), found.value(found.year_before(), id));
        fields.push(ReturnField {
            field: id.clone(),
            value: body
                .values
                .get(id.as_str())
                .filter(|_| !found.sight.actor.masks(field) || found.is_own())
                .cloned()
                .unwrap_or(Json::Null),
            cell: found.cell(field, value),
            before: found.cell(field, before.as_ref()),
            year_before: found.cell(field, year.as_ref()),
            change: moved.as_ref().map(|moved| moved.percent.normalize().to_string()),
            jump: far.is_some(),
            reason,
            last_time: last_time
                .get(id)
                .filter(|last| Some(*last) != value)
                .map(|last| found.sight.cell(field, last)),
            sent_back: back.fields.get(id).cloned(),
        });
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let words = |period: Option<Period>| period.map(say_period_of_year);
    Ok(ReturnForm {
        head: head(park, found, record)?,
        version: record.map_or(0, |record| record.version),
        about: found.filing.note.clone(),
        open: found.is_own() && state.is_open(),
        before: words(found.before()),
        year_before: words(found.year_before()),
        fields,
        findings,
        rounds: rounds(park, found, &steps)?,
        entry: found.row(found.key.period).map(|row| found.table().ids()[row as usize].0),
        may_answer: state == ReturnState::Submitted && found.sight.actor.may(Right::Accept, found.book),
    })
}

impl Return<'_> {
    /// Whether it is looked at by its own enterprise.
    pub(super) fn is_own(&self) -> bool {
        self.sight.actor.own() == Some(self.key.enterprise)
    }
}

/// A number that is far from the one before: an error until somebody says why.
fn jump(found: &Return<'_>, field: &Field, moved: &Change, told: bool) -> Finding {
    let unit = field.kind.unit().map_or("", |unit| unit.as_str());
    let before = format!("{}{unit}", found.sight.text(field, &moved.before));
    let (message, hint) = say::jump(moved.percent, &before, moved.against_year);
    Finding {
        code: JUMP.to_owned(),
        severity: if told { Severity::Note } else { Severity::Error },
        place: Place { book: Some(found.book.id.clone()), field: Some(field.id.clone()), ..Place::default() },
        message,
        hint: if told { String::new() } else { hint },
    }
}

/// What was handed in the time before: while it lies with the committee, the one before that.
fn handed_in_before(steps: &[FilingStep], state: ReturnState) -> Result<Option<Body>> {
    let skip = usize::from(!matches!(state, ReturnState::SentBack | ReturnState::Draft));
    let mut handed = steps.iter().rev().filter(|step| step.act == FilingAct::Submit).skip(skip);
    handed.next().map(|step| Body::of(&step.body)).transpose()
}

fn rounds(park: &Park, found: &Return<'_>, steps: &[FilingStep]) -> Result<Vec<ReturnRound>> {
    let mut rounds = Vec::with_capacity(steps.len());
    for step in steps {
        let (note, fields) = match step.act {
            FilingAct::Submit => (String::new(), handed_in(park, found, &Body::of(&step.body)?)?),
            FilingAct::Withdraw => (String::new(), Vec::new()),
            FilingAct::SendBack | FilingAct::Accept => {
                let answer = Answer::of(&step.body)?;
                let field = |(field, reason)| RoundField { field, cell: None, reason: Some(reason) };
                (answer.note, answer.fields.into_iter().map(field).collect())
            }
        };
        rounds.push(ReturnRound {
            act: step.act.into(),
            at: step.at,
            who: display(park, &step.who)?,
            note,
            fields,
            revision: step.revision.map(|revision| revision.0),
        });
    }
    Ok(rounds)
}

fn handed_in(park: &Park, found: &Return<'_>, body: &Body) -> Result<Vec<RoundField>> {
    let read = understood(park, &found.sight, found.book, &found.values(body))?;
    let field = |id: &FieldId| {
        let field = found.book.field(id)?;
        let cell = body
            .values
            .get(id.as_str())
            .and(read.payload.get(id))
            .map(|value| found.sight.cell(field, value));
        let reason = body.reasons.get(id).cloned();
        (cell.is_some() || reason.is_some()).then(|| RoundField { field: id.clone(), cell, reason })
    };
    Ok(found.filing.fields.iter().filter_map(field).collect())
}

/// The newest of what was handed in.
pub(super) fn submitted(park: &Park, record: &FilingRecord) -> Result<Option<(Body, FilingStep)>> {
    let steps = park.store().filing_steps(record.id)?;
    let last = steps.into_iter().rev().find(|step| step.act == FilingAct::Submit);
    last.map(|step| Ok((Body::of(&step.body)?, step))).transpose()
}
