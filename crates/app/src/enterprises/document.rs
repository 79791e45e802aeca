//! What is known of the plan of an enterprise for its sheet to sign (一企一策); its text is content (`content/reports`).

use jiff::civil::Date;
use model::definition::{Outcome, Topic};
use model::id::EntryId;
use model::period::{Month, Period};

use super::shapes::{EnterprisePlan, PlanPath, PlanStep};
use super::{Register, Result, plan};
use crate::access::Actor;
use crate::messages::enterprises as say;
use crate::park::Park;
use crate::report::{Fact, Matter};
use crate::sheets::{self, Document, Sheet};

/// The plan of an enterprise on a day, to save.
///
/// # Errors
/// [`super::EnterprisesFault`] when the enterprise is not there for this person, or the manuscript is wrong.
pub fn plan_document(park: &Park, actor: &Actor, enterprise: EntryId, on: Option<Date>) -> Result<Document> {
    let (matter, made) = of_plan(park, actor, enterprise, on)?;
    let name = format!("{}-{}-{}.docx", say::PLAN, made.enterprise.title, made.on);
    let sheet = Sheet { on: Some(made.on), ..Sheet::about(enterprise) };
    Ok(sheets::build(park, actor, &sheet, matter, name)?)
}

/// What is known of a plan on a day, and the plan.
pub(crate) fn of_plan(
    park: &Park,
    actor: &Actor,
    enterprise: EntryId,
    on: Option<Date>,
) -> Result<(Matter, EnterprisePlan)> {
    let made = plan(park, actor, enterprise, on)?;
    let register = Register::new(park, actor)?;
    let row = register.row(enterprise)?;
    let table = register.sight.table(register.book);
    let field = register.page.codes.first();
    let code =
        field.and_then(|field| table.value(row, field)).map_or_else(String::new, |code| code.to_string());
    let mut matter = Matter::new(Topic::Plan, Period::month(Month::of(made.on)));
    let own = |fact: Fact| fact.read(&register.book.id, enterprise, field);
    matter.put("enterprise.name", Fact::text(&made.enterprise.title));
    matter.put("enterprise.code", own(Fact::text(code)));
    matter.put("on", Fact::text(made.on.to_string()));
    for one in &made.paths {
        path(one, &mut matter);
    }
    for one in &made.steps {
        step(one, &made, &mut matter);
    }
    for one in &made.reminders {
        let facts = vec![("on", Fact::text(one.on.to_string())), ("text", Fact::text(&one.text))];
        matter.line("reminders", &one.text, facts);
    }
    matter.put("revision", Fact::text(format!("r{}", made.revision)));
    Ok((matter, made))
}

fn step(step: &PlanStep, made: &EnterprisePlan, matter: &mut Matter) {
    let read = |fact: Fact| match &made.book {
        Some(book) => fact.read(book, EntryId(step.entry), None),
        None => fact,
    };
    let day = |date: Option<Date>| read(Fact::text(date.map_or_else(String::new, |date| date.to_string())));
    let text = |text: &Option<String>| read(Fact::text(text.as_deref().unwrap_or_default()));
    matter.line(
        "steps",
        &step.step,
        vec![
            ("step", read(Fact::text(&step.step))),
            ("due", day(step.due)),
            ("done", day(step.done)),
            ("asked", text(&step.asked)),
            ("offered", text(&step.offered)),
            ("owner", text(&step.owner)),
        ],
    );
}

fn path(path: &PlanPath, matter: &mut Matter) {
    let holds: Vec<&str> = path.holds.iter().map(|held| held.title.as_str()).collect();
    let next = path.next.as_ref();
    let row = next.map(|next| &next.view.row);
    let window = next.and_then(|next| next.window.as_ref());
    let rung = next
        .map(|next| say::rung(&next.view.title, next.view.row.verdict == Outcome::Met))
        .unwrap_or_default();
    let window = window.map(|window| say::days(window.opens, window.closes, window.expected));
    matter.line(
        "paths",
        &path.title,
        vec![
            ("title", Fact::text(&path.title)),
            ("holds", Fact::text(holds.join("、"))),
            ("next", Fact::text(rung)),
            ("gaps", Fact::text(row.map_or_else(String::new, |row| row.gaps.join("；")))),
            ("missing", Fact::text(row.map_or_else(String::new, |row| row.missing.join("；")))),
            ("window", Fact::text(window.unwrap_or_default())),
        ],
    );
}
