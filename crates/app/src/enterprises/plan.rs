//! The plan made with an enterprise (一企一策): where it stands on every path, what is missing for the next rung, windows and lead times,
//! the steps agreed with it – what the committee does and what it asks of the enterprise – and what falls due.

use figures::Table;
use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::{Book, Outcome, PlanBook};
use model::id::{EntryId, FieldId, LadderId, RungId};

use super::file::{day, may_record};
use super::shapes::{
    EnterprisePlan, HeldRung, NextRung, PlanLead, PlanPath, PlanReminder, PlanReminders, PlanStep,
    PlanWindow, link,
};
use super::{Register, Result};
use crate::access::Actor;
use crate::clock::days_between;
use crate::ladders::shapes::RungView;
use crate::ladders::{holds, of_enterprise};
use crate::messages::enterprises as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Days ahead that a plan reminds of.
const AHEAD: i64 = 90;

/// The plan of an enterprise on a day.
///
/// # Errors
/// [`super::EnterprisesFault`] when the enterprise is not there for this person, or the ledger cannot be read.
pub fn plan(park: &Park, actor: &Actor, enterprise: EntryId, on: Option<Date>) -> Result<EnterprisePlan> {
    let register = Register::new(park, actor)?;
    let row = register.row(enterprise)?;
    let on = on.unwrap_or_else(|| park.today());
    let title = register.sight.row_title(register.book, register.sight.table(register.book), row);
    let stands = of_enterprise(park, actor, enterprise, Some(on))?;
    let steps = Steps::of(&register);
    let who = link(enterprise, title);
    let mut agreed = steps.as_ref().map_or_else(Vec::new, |steps| steps.of_enterprise(enterprise, on));
    for step in &mut agreed {
        let (verdict, title) = reached(&stands.rungs, step.rung.as_deref());
        (step.verdict, step.rung) = (verdict, title);
    }
    let paths = paths(park, stands.rungs, on);
    let mut reminders: Vec<PlanReminder> =
        agreed.iter().filter_map(|step| remind_step(&who, step, on)).collect();
    reminders.extend(paths.iter().flat_map(|path| remind_path(&who, path, on)));
    reminders.sort_by_key(|reminder| reminder.on);
    Ok(EnterprisePlan {
        enterprise: who,
        on,
        paths,
        steps: agreed,
        reminders,
        may_record: steps.as_ref().is_some_and(|steps| may_record(actor, steps.book)),
        by: steps.as_ref().map(|steps| steps.of.by.clone()),
        book: steps.map(|steps| steps.book.id.clone()),
        revision: stands.revision,
    })
}

/// What falls due in the plans of all enterprises: steps late or due soon.
///
/// # Errors
/// [`super::EnterprisesFault`] when the register is not for this person, or the ledger cannot be read.
pub fn due(park: &Park, actor: &Actor, on: Option<Date>) -> Result<PlanReminders> {
    let register = Register::new(park, actor)?;
    let on = on.unwrap_or_else(|| park.today());
    let steps = Steps::of(&register);
    let table = register.sight.table(register.book);
    let (mut items, mut without_plan) = (Vec::new(), 0);
    for row in table.rows().filter(|row| register.sight.sees_row(register.book, table, *row)) {
        let enterprise = table.ids()[row as usize];
        let agreed = steps.as_ref().map_or_else(Vec::new, |steps| steps.of_enterprise(enterprise, on));
        if agreed.is_empty() {
            without_plan += 1;
            continue;
        }
        let who = link(enterprise, register.sight.row_title(register.book, table, row));
        items.extend(agreed.iter().filter_map(|step| remind_step(&who, step, on)));
    }
    items.sort_by_key(|reminder| (reminder.on, reminder.enterprise.entry));
    Ok(PlanReminders { on, items, without_plan, revision: register.sight.snapshot.revision().0 })
}

/// The book of steps through the eyes of one person.
struct Steps<'r> {
    register: &'r Register<'r>,
    of: &'r PlanBook,
    book: &'r Book,
}

impl<'r> Steps<'r> {
    fn of(register: &'r Register<'r>) -> Option<Self> {
        let of = register.page.plan.as_ref()?;
        let book = register.sight.book(&of.book).ok()?;
        Some(Self { register, of, book })
    }

    /// Steps agreed with an enterprise: open ones first, by the day they are due.
    fn of_enterprise(&self, enterprise: EntryId, on: Date) -> Vec<PlanStep> {
        let sight = &self.register.sight;
        let table = sight.table(self.book);
        let rows = table.naming(&self.of.by, enterprise);
        let rows = rows.into_iter().filter(|row| sight.sees_row(self.book, table, *row));
        let mut steps: Vec<PlanStep> = rows.map(|row| self.step(table, row, on)).collect();
        steps.sort_by(|a, b| {
            let key = |step: &PlanStep| (step.done.is_some(), step.due.is_none(), step.due, step.entry);
            key(a).cmp(&key(b))
        });
        steps
    }

    fn step(&self, table: &Table, row: u32, on: Date) -> PlanStep {
        let text = |field: Option<&FieldId>| {
            let field = self.book.field(field?)?;
            Some(self.register.sight.text(field, &table.value(row, &field.id)?))
        };
        let date = |field: Option<&FieldId>| day(&table.value(row, field?)?);
        let (due, done) = (date(self.of.due.as_ref()), date(self.of.done.as_ref()));
        let step = text(Some(&self.of.step)).unwrap_or_default();
        PlanStep {
            entry: table.ids()[row as usize].0,
            rung: self.of.rungs.get(&step).cloned(),
            step,
            goal_year: text(self.of.goal_year.as_ref()),
            due,
            done,
            late_days: due.filter(|due| done.is_none() && *due < on).map(|due| days_between(due, on)),
            asked: text(self.of.asked.as_ref()),
            offered: text(self.of.offered.as_ref()),
            owner: text(self.of.owner.as_ref()),
            verdict: None,
        }
    }
}

/// Whether the rung that `LADDER.RUNG` names is reached, and what it is called.
fn reached(rungs: &[RungView], name: Option<&str>) -> (Option<Outcome>, Option<String>) {
    let found = name.and_then(|name| name.split_once('.')).and_then(|(ladder, rung)| {
        rungs.iter().find(|view| view.ladder_id == ladder && view.row.rung == rung)
    });
    found.map_or((None, None), |view| {
        let verdict = if holds(view.row.standing) { Outcome::Met } else { view.row.verdict };
        (Some(verdict), Some(view.title.clone()))
    })
}

/// The rungs by ladder: those held, and the next above them.
fn paths(park: &Park, rungs: Vec<RungView>, on: Date) -> Vec<PlanPath> {
    let calendar = &park.library().content.windows;
    let mut paths: Vec<PlanPath> = Vec::new();
    for view in rungs {
        if paths.last().is_none_or(|path| path.ladder != view.ladder_id) {
            let (ladder, title) = (view.ladder_id.clone(), view.ladder.clone());
            paths.push(PlanPath { ladder, title, holds: Vec::new(), next: None });
        }
        let Some(path) = paths.last_mut() else { continue };
        if holds(view.row.standing) {
            // What lies below a rung that is held is not asked for again.
            path.next = None;
            path.holds.push(HeldRung {
                rung: view.row.rung,
                title: view.title,
                standing: view.row.standing,
                until: view.row.until,
            });
        } else if path.next.is_none() {
            let (ladder, rung) =
                (LadderId::from(view.ladder_id.as_str()), RungId::from(view.row.rung.as_str()));
            let window = calendar.next(&ladder, &rung, on).map(|next| PlanWindow {
                title: next.of.title.clone(),
                title_en: next.of.title_en.clone(),
                opens: next.opens,
                closes: next.closes,
                expected: next.expected,
                document: next.of.document.clone(),
            });
            let lead = calendar.lead(&ladder, &rung).map(|lead| PlanLead {
                least: lead.least,
                most: lead.most,
                source: lead.source.clone(),
                begin_by: window
                    .as_ref()
                    .and_then(|window| window.closes.checked_sub(i32::from(lead.most).months()).ok()),
            });
            path.next = Some(NextRung { view, window, lead });
        }
    }
    paths
}

fn remind_step(who: &LinkedEntry, step: &PlanStep, on: Date) -> Option<PlanReminder> {
    let due = step.due.filter(|due| step.done.is_none() && days_between(on, *due) <= AHEAD)?;
    Some(remind(who, "step", due, on, say::step(&step.step)))
}

fn remind_path(who: &LinkedEntry, path: &PlanPath, on: Date) -> Vec<PlanReminder> {
    let soon = |date: &Date| (0..=AHEAD).contains(&days_between(on, *date));
    let mut found = Vec::new();
    for held in &path.holds {
        if let Some(until) = held.until.filter(soon) {
            found.push(remind(who, "expiry", until, on, say::expires(&held.title)));
        }
    }
    // A window is worth telling to who can use it: the rule is met, or only data are missing.
    let Some(next) = path.next.as_ref().filter(|next| next.view.row.verdict != Outcome::NotMet) else {
        return found;
    };
    if let Some(window) = &next.window {
        let told = say::window(&next.view.title, &window.title, window.expected);
        if let Some(opens) = window.opens.filter(soon) {
            found.push(remind(who, "opens", opens, on, told));
        } else if soon(&window.closes) {
            found.push(remind(who, "closes", window.closes, on, told));
        }
    }
    found
}

fn remind(who: &LinkedEntry, kind: &'static str, date: Date, on: Date, text: String) -> PlanReminder {
    PlanReminder { kind, enterprise: who.clone(), on: date, days: days_between(on, date), text }
}
