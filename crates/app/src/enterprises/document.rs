//! What is known of the plan of an enterprise for its sheet to sign (一企一策); its text is content (`content/reports`).

use jiff::civil::Date;
use model::definition::{Outcome, PlanSide, PlanStage, Topic};
use model::id::EntryId;
use model::period::{Month, Period};

use super::case_shapes::PlanCase;
use super::cases::Plans;
use super::plan::planned;
use super::shapes::{EnterprisePlan, PlanPath, PlanStep};
use super::{Register, Result};
use crate::access::Actor;
use crate::ladders::standing_word;
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
    let register = Register::new(park, actor)?;
    let made = planned(park, actor, &register, enterprise, on)?;
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
    let lost = made.paths.iter().flat_map(|path| &path.lost);
    let lost = lost.map(|lost| say::lost(&lost.title, standing_word(lost.standing)));
    matter.put("lost", Fact::text(lost.collect::<Vec<_>>().join("、")));
    let visited = made.last_visit.as_ref().map(|visit| {
        let fact = Fact::text(format!("{}　{}", visit.on, visit.text));
        match &park.library().content.visits {
            Some(rules) => fact.read(&rules.visit.book, EntryId(visit.entry), None),
            None => fact,
        }
    });
    matter.put("visited", visited.unwrap_or_else(|| Fact::text("")));
    if let Some(plans) = Plans::of(&register) {
        for one in &made.plans {
            plan(&plans, one, &mut matter);
        }
    }
    for one in &made.money {
        let state = one.state.as_deref().unwrap_or(say::MAY_CLAIM);
        let amount = Fact::number_or(one.amount, say::YUAN, "");
        let facts = vec![("title", Fact::text(&one.title)), ("amount", amount), ("state", Fact::text(state))];
        matter.line("money", &one.title, facts);
    }
    for one in &made.risks {
        let facts = vec![("on", date(one.on)), ("text", Fact::text(&one.text))];
        matter.line("risks", &one.text, facts);
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

fn date(date: Option<Date>) -> Fact {
    Fact::text(date.map_or_else(String::new, |date| date.to_string()))
}

/// A plan for one rung: its lines, what is in the way, what is asked of the enterprise, what the others do.
fn plan(plans: &Plans<'_>, of: &PlanCase, matter: &mut Matter) {
    let read = |fact: Fact| fact.read(&plans.book.id, EntryId(of.entry), None);
    let text = |text: &Option<String>| read(Fact::text(text.as_deref().unwrap_or_default()));
    let words = |parts: [&Option<String>; 2]| {
        read(Fact::text(say::whose(parts.map(|part| part.as_deref().unwrap_or_default()))))
    };
    let days: Vec<String> = of.days.iter().map(|day| format!("{}{}", day.title, day.on)).collect();
    let agreed = plans.of.word(PlanStage::Agreed);
    let agreed = of.days.iter().find(|day| Some(day.title.as_str()) == agreed).map(|day| day.on.to_string());
    let facts = vec![
        ("target", text(&Some(of.target.clone()))),
        ("when", words([&of.goal_year, &of.batch])),
        ("reason", text(&of.reason)),
        ("state", text(&Some(of.state.clone()))),
        ("days", read(Fact::text(days.join("，")))),
        ("commitment", text(&of.commitment)),
        ("signed", words([&of.signatory, &agreed])),
        ("progress", Fact::text(say::progress(of.done, of.actions.len()))),
        ("handler", text(&of.handler)),
        ("review", read(date(of.review_on))),
    ];
    matter.line("plans", &of.target, facts);
    for gap in &of.gaps {
        let (criterion, side) = (&gap.criterion, gap.side.and_then(|side| plans.side(side)));
        let unit = criterion.unit.as_deref().unwrap_or_default();
        let actual =
            criterion.value.map_or_else(String::new, |value| format!("{}{unit}", say::amount(value)));
        let required = criterion.threshold.map(|of| say::limit(criterion.side.as_deref(), of, unit));
        let whose = say::whose([side.unwrap_or_default(), gap.owner.as_deref().unwrap_or_default()]);
        let facts = vec![
            ("target", Fact::text(&of.target)),
            ("condition", Fact::text(&criterion.title)),
            ("required", Fact::text(required.unwrap_or_default())),
            ("actual", Fact::text(actual)),
            ("gap", Fact::text(criterion.gap.as_deref().unwrap_or_default())),
            ("missing", Fact::text(criterion.missing.join("；"))),
            ("whose", Fact::text(whose)),
            ("due", date(gap.due)),
        ];
        matter.line("gaps", &criterion.title, facts);
    }
    for action in &of.actions {
        let read = |fact: Fact| fact.read(&plans.of.actions.book, EntryId(action.entry), None);
        let own = action.side == Some(PlanSide::Enterprise);
        let side = action.side.filter(|_| !own).and_then(|side| plans.side(side)).unwrap_or_default();
        let owner = say::whose([side, action.owner.as_deref().unwrap_or_default()]);
        let facts = vec![
            ("target", Fact::text(&of.target)),
            ("text", read(Fact::text(&action.text))),
            ("owner", read(Fact::text(owner))),
            ("due", read(date(action.due))),
            ("state", read(Fact::text(&action.state))),
        ];
        matter.line(if own { "asked" } else { "offered" }, &action.text, facts);
    }
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
