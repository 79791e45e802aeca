//! The plan made with an enterprise (一企一策): where it stands on every path, what is missing for the next rung, windows and lead times,
//! the steps agreed with it – what the committee does and what it asks of the enterprise – and what falls due.

use figures::Table;
use jiff::civil::Date;
use model::definition::{Book, FileSection, MoneyFlow, Outcome, PlanBook, Standing};
use model::id::{EntryId, FieldId, LadderId, RungId};

use super::case_shapes::{PlanCase, PlanMoney, PlanRisk};
use super::cases::{Plans, rung_named};
use super::file::{Part, day, may_record};
use super::shapes::{
    EnterprisePlan, FileMoment, HeldRung, NextRung, PlanPath, PlanReminder, PlanReminders, PlanStep,
};
use super::{Register, Result};
use crate::access::Actor;
use crate::clock::days_between;
use crate::ladders::shapes::RungView;
use crate::ladders::{calendar, holds, of_enterprise, standing_word};
use crate::messages::enterprises as say;
use crate::park::Park;
use crate::policies::PoliciesFault;
use crate::policies::shapes::Due;
use crate::projects::LinkedEntry;

/// Days ahead that a plan reminds of.
const AHEAD: i64 = 90;
/// Days ahead within which the end of a title is a risk.
const YEAR: i64 = 365;

/// The plan of an enterprise on a day.
///
/// # Errors
/// [`super::EnterprisesFault`] when the enterprise is not there for this person, or the ledger cannot be read.
pub fn plan(park: &Park, actor: &Actor, enterprise: EntryId, on: Option<Date>) -> Result<EnterprisePlan> {
    planned(park, actor, &Register::new(park, actor)?, enterprise, on)
}

/// The same, of a register that was opened before.
pub(super) fn planned(
    park: &Park,
    actor: &Actor,
    register: &Register<'_>,
    enterprise: EntryId,
    on: Option<Date>,
) -> Result<EnterprisePlan> {
    register.row(enterprise)?;
    let on = on.unwrap_or_else(|| park.today());
    let stands = of_enterprise(park, actor, enterprise, Some(on))?;
    let (steps, plans) = (Steps::of(register), Plans::of(register));
    let who = register.link(enterprise);
    let mut agreed = steps.as_ref().map_or_else(Vec::new, |steps| steps.of_enterprise(enterprise, on));
    for step in &mut agreed {
        let (verdict, title) = reached(&stands.rungs, step.rung.as_deref());
        (step.verdict, step.rung) = (verdict, title);
    }
    let made = plans.as_ref().map(|plans| plans.of_enterprise(enterprise, &stands.rungs, on));
    let made = made.unwrap_or_default();
    let paths = paths(park, stands.rungs, on);
    let mut reminders: Vec<PlanReminder> =
        agreed.iter().filter_map(|step| remind_step(&who, step, on)).collect();
    reminders.extend(plans.iter().flat_map(|plans| remind_plans(plans, &who, &made, on)));
    reminders.extend(paths.iter().flat_map(|path| remind_path(&who, path, on)));
    reminders.sort_by_key(|reminder| reminder.on);
    Ok(EnterprisePlan {
        risks: risks(register, enterprise, &paths, on),
        enterprise: who,
        on,
        paths,
        plans: made,
        last_visit: last_visit(register, enterprise, on),
        money: money(park, actor, enterprise, on)?,
        steps: agreed,
        reminders,
        may_record: steps.as_ref().is_some_and(|steps| may_record(actor, steps.book)),
        may_plan: plans.as_ref().is_some_and(Plans::may_record),
        by: steps.as_ref().map(|steps| steps.of.by.clone()),
        book: steps.map(|steps| steps.book.id.clone()),
        revision: stands.revision,
    })
}

/// What falls due in the plans of all enterprises: steps and actions late or due soon, plans to look at.
///
/// # Errors
/// [`super::EnterprisesFault`] when the register is not for this person, or the ledger cannot be read.
pub fn due(park: &Park, actor: &Actor, on: Option<Date>) -> Result<PlanReminders> {
    let register = Register::new(park, actor)?;
    let on = on.unwrap_or_else(|| park.today());
    let (steps, plans) = (Steps::of(&register), Plans::of(&register));
    let table = register.sight.table(register.book);
    let (mut items, mut without_plan) = (Vec::new(), 0);
    for row in table.rows().filter(|row| register.sight.sees_row(register.book, table, *row)) {
        let enterprise = table.ids()[row as usize];
        let agreed = steps.as_ref().map_or_else(Vec::new, |steps| steps.of_enterprise(enterprise, on));
        let made = plans.as_ref().map_or_else(Vec::new, |plans| plans.of_enterprise(enterprise, &[], on));
        if agreed.is_empty() && made.is_empty() {
            without_plan += 1;
            continue;
        }
        let who = register.link(enterprise);
        items.extend(agreed.iter().filter_map(|step| remind_step(&who, step, on)));
        items.extend(plans.iter().flat_map(|plans| remind_plans(plans, &who, &made, on)));
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
    let found = name.and_then(|name| rung_named(rungs, name));
    found.map_or((None, None), |view| {
        let verdict = if holds(view.row.standing) { Outcome::Met } else { view.row.verdict };
        (Some(verdict), Some(view.title.clone()))
    })
}

/// The rungs by ladder: those held, and the next above them.
fn paths(park: &Park, rungs: Vec<RungView>, on: Date) -> Vec<PlanPath> {
    let mut paths: Vec<PlanPath> = Vec::new();
    for view in rungs {
        if paths.last().is_none_or(|path| path.ladder != view.ladder_id) {
            let (ladder, title) = (view.ladder_id.clone(), view.ladder.clone());
            paths.push(PlanPath { ladder, title, holds: Vec::new(), lost: Vec::new(), next: None });
        }
        let Some(path) = paths.last_mut() else { continue };
        let held = || HeldRung {
            rung: view.row.rung.clone(),
            title: view.title.clone(),
            standing: view.row.standing,
            until: view.row.until,
        };
        if matches!(view.row.standing, Some(Standing::Expired | Standing::Revoked)) {
            path.lost.push(held());
        }
        if holds(view.row.standing) {
            // What lies below a rung that is held is not asked for again.
            path.next = None;
            path.holds.push(held());
        } else if path.next.is_none() {
            let (ladder, rung) =
                (LadderId::from(view.ladder_id.as_str()), RungId::from(view.row.rung.as_str()));
            let (window, lead) = calendar(&park.library().content, &ladder, &rung, on);
            path.next = Some(NextRung { view, window, lead });
        }
    }
    paths
}

fn remind_step(who: &LinkedEntry, step: &PlanStep, on: Date) -> Option<PlanReminder> {
    let due = step.due.filter(|due| step.done.is_none() && days_between(on, *due) <= AHEAD)?;
    Some(remind(who, "step", due, on, say::step(&step.step)))
}

/// Plans to look at, and what is to be done for them.
fn remind_plans(plans: &Plans<'_>, who: &LinkedEntry, made: &[PlanCase], on: Date) -> Vec<PlanReminder> {
    let near = |date: Option<Date>| date.filter(|date| days_between(on, *date) <= AHEAD);
    let mut found = Vec::new();
    for plan in made.iter().filter(|plan| !plan.stage.ended()) {
        if let Some(date) = near(plan.review_on) {
            found.push(remind(who, "review", date, on, say::review(&plan.target)));
        }
        for action in plan.actions.iter().filter(|action| action.open) {
            let Some(date) = near(action.due) else { continue };
            let side = action.side.and_then(|side| plans.side(side)).unwrap_or_default();
            found.push(remind(who, "action", date, on, say::action(&plan.target, side, &action.text)));
        }
    }
    found
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

/// The day an enterprise was visited last, up to a day.
fn last_visit(register: &Register<'_>, enterprise: EntryId, on: Date) -> Option<FileMoment> {
    let visits = &register.sight.content.visits.as_ref()?.visit.book;
    let section = register.page.sections.iter().find(|section| section.book == *visits)?;
    let book = register.sight.book(visits).ok()?;
    let part = Part { register, section, book };
    let row = part.rows(enterprise, on).into_iter().next()?;
    part.moments(row, on).into_iter().next()
}

/// What may be claimed, and what is on the way; nothing for who may not see it.
fn money(park: &Park, actor: &Actor, enterprise: EntryId, on: Date) -> Result<Vec<PlanMoney>> {
    let year = (on != park.today()).then(|| on.year() - 1);
    let found = match crate::policies::enterprise::of_enterprise(park, actor, enterprise, year) {
        Ok(found) => found,
        Err(PoliciesFault::Ledger(fault)) => return Err(fault.into()),
        Err(_) => return Ok(Vec::new()),
    };
    let may = found.due.into_iter().filter(|one| one.payable && one.candidate.state == Due::Due);
    let may = may.filter(|one| one.flow == MoneyFlow::Grant && one.candidate.case.is_none());
    let may = may.map(|one| PlanMoney {
        title: one.title,
        title_en: one.title_en,
        amount: one.candidate.amount,
        state: None,
        entry: None,
    });
    let open = found.open.into_iter().map(|line| PlanMoney {
        title_en: line.policy_title.clone(),
        title: line.policy_title,
        amount: line.amount,
        state: Some(line.state),
        entry: Some(line.entry),
    });
    Ok(may.chain(open).collect())
}

/// Titles lost or ending within a year, and open cases of the parts that are risks.
fn risks(register: &Register<'_>, enterprise: EntryId, paths: &[PlanPath], on: Date) -> Vec<PlanRisk> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(path.lost.iter().map(|lost| PlanRisk {
            text: say::lost(&lost.title, standing_word(lost.standing)),
            on: lost.until,
            entry: None,
        }));
        let ends = |held: &&HeldRung| held.until.is_some_and(|until| days_between(on, until) <= YEAR);
        found.extend(path.holds.iter().filter(ends).map(|held| PlanRisk {
            text: say::expires(&held.title),
            on: held.until,
            entry: None,
        }));
    }
    let risky = |section: &&FileSection| register.page.risks.contains(&section.id);
    for section in register.page.sections.iter().filter(risky) {
        let Ok(book) = register.sight.book(&section.book) else { continue };
        let Some(rule) = &book.case else { continue };
        let table = register.sight.table(book);
        for row in (Part { register, section, book }).rows(enterprise, on) {
            let state = table.value(row, &rule.state).map(|state| state.to_string()).unwrap_or_default();
            if rule.closed.contains(&state) {
                continue;
            }
            let title = register.sight.row_title(book, table, row);
            found.push(PlanRisk {
                text: say::open_case(&section.title, &title, &state),
                on: rule.deadline.as_ref().and_then(|field| day(&table.value(row, field)?)),
                entry: Some(table.ids()[row as usize].0),
            });
        }
    }
    found
}
