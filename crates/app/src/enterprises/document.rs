//! The plan of an enterprise as a Word file to sign; its text is content (`documents/enterprise_plan.txt`).

use jiff::civil::Date;
use model::definition::Outcome;
use model::id::EntryId;
use serde_json::{Value, json};

use super::shapes::{EnterprisePlan, PlanPath};
use super::{Register, Result, plan};
use crate::access::Actor;
use crate::messages::enterprises as say;
use crate::parcels::Document;
use crate::park::Park;

/// The manuscript.
const PLAN: &str = "enterprise_plan";

/// The plan of an enterprise on a day, to save.
///
/// # Errors
/// [`super::EnterprisesFault`] when the enterprise is not there for this person, or the manuscript is wrong.
pub fn plan_document(park: &Park, actor: &Actor, enterprise: EntryId, on: Option<Date>) -> Result<Document> {
    let made = plan(park, actor, enterprise, on)?;
    let register = Register::new(park, actor)?;
    let row = register.row(enterprise)?;
    let table = register.sight.table(register.book);
    let code = register.page.codes.first().and_then(|field| table.value(row, field));
    let context = context(&made, &code.map_or_else(String::new, |code| code.to_string()));
    let name = format!("{}-{}-{}.docx", say::PLAN, made.enterprise.title, made.on);
    let bytes = crate::parcels::document(park, PLAN, &name, context, (enterprise, made.revision, None))?;
    Ok(Document { name, bytes })
}

fn context(made: &EnterprisePlan, code: &str) -> Value {
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    json!({
        "enterprise": { "name": made.enterprise.title, "code": code },
        "on": made.on.to_string(),
        "paths": made.paths.iter().map(path).collect::<Vec<_>>(),
        "steps": made.steps.iter().map(|step| json!({
            "step": step.step,
            "due": day(step.due),
            "done": day(step.done),
            "asked": text(&step.asked),
            "offered": text(&step.offered),
            "owner": text(&step.owner),
        })).collect::<Vec<_>>(),
        "reminders": made.reminders.iter().map(|one| json!({
            "on": one.on.to_string(),
            "text": one.text,
        })).collect::<Vec<_>>(),
        "revision": format!("r{}", made.revision),
    })
}

fn path(path: &PlanPath) -> Value {
    let holds: Vec<&str> = path.holds.iter().map(|held| held.title.as_str()).collect();
    let next = path.next.as_ref();
    let row = next.map(|next| &next.view.row);
    let window = next.and_then(|next| next.window.as_ref());
    json!({
        "title": path.title,
        "holds": holds.join("、"),
        "next": next.map_or_else(String::new, |next| say::rung(&next.view.title, next.view.row.verdict == Outcome::Met)),
        "gaps": row.map_or_else(String::new, |row| row.gaps.join("；")),
        "missing": row.map_or_else(String::new, |row| row.missing.join("；")),
        "window": window.map_or_else(String::new, |window| say::days(window.opens, window.closes, window.expected)),
    })
}
