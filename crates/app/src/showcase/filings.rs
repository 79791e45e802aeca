//! Returns that an enterprise of the demo fills in, each taken as far as the content says: through the same doors as the pages.

use std::collections::BTreeMap;

use model::id::{BookId, FieldId};
use model::period::Period;
use serde::Deserialize;

use super::{Show, ShowAccount, ShowcaseFault, first_enterprise};
use crate::access::{Actor, Grants, PersonId};
use crate::filings::shapes::{ReturnAnswer, ReturnDraft, ReturnVersion};
use crate::filings::{approve, save, send_back, submit};
use crate::park::Park;

/// One return.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShowFiling {
    book: BookId,
    period: String,
    values: BTreeMap<String, String>,
    #[serde(default)]
    reasons: BTreeMap<FieldId, String>,
    /// It is handed in.
    #[serde(default)]
    submit: bool,
    /// It is sent back with this word, and these for fields.
    back: Option<String>,
    #[serde(default)]
    fields: BTreeMap<FieldId, String>,
    /// It is accepted with this word.
    accept: Option<String>,
    /// The account that sends it back or accepts it.
    answered_by: Option<String>,
}

/// Files the demo's returns.
pub(super) fn play(park: &mut Park, show: &Show) -> Result<(), ShowcaseFault> {
    let actors = actors(park, show)?;
    for one in &show.filing {
        let wrong = || ShowcaseFault::Show(format!("filing {} {}", one.book, one.period));
        let period: Period = one.period.parse().map_err(|_| wrong())?;
        let filer = actors.iter().find(|actor| actor.own().is_some()).ok_or_else(wrong)?;
        let judge = actors.iter().find(|actor| one.answered_by.as_ref() == Some(&actor.name));
        let values = one.values.iter().map(|(field, text)| (field.clone(), serde_json::json!(text)));
        let draft = ReturnDraft { version: 0, values: values.collect(), reasons: one.reasons.clone() };
        let which = (&one.book, period);
        let mut form = save(park, filer, which, &draft)?;
        if one.submit {
            form = submit(park, filer, which, ReturnVersion { version: form.version })?;
        }
        let id = form.head.id.ok_or_else(wrong)?;
        let answer = |note: &str, fields: &BTreeMap<FieldId, String>| ReturnAnswer {
            version: form.version,
            note: note.to_owned(),
            fields: fields.clone(),
        };
        if let Some(note) = &one.back {
            send_back(park, judge.ok_or_else(wrong)?, id, &answer(note, &one.fields))?;
        } else if let Some(note) = &one.accept {
            approve(park, judge.ok_or_else(wrong)?, id, &answer(note, &BTreeMap::new()))?;
        }
    }
    Ok(())
}

/// The demo's people as somebody who acts.
fn actors(park: &Park, show: &Show) -> Result<Vec<Actor>, ShowcaseFault> {
    let first = first_enterprise(park)?;
    let content = &park.library().content;
    let actor = |one: &ShowAccount| {
        let roles = std::slice::from_ref(&one.role);
        let grants = Grants::resolve(content, roles, &one.department, first.filter(|_| one.of_enterprise));
        Actor::person(PersonId(0), &one.name, &one.display, "local", grants.into())
    };
    Ok(show.account.iter().map(actor).collect())
}
