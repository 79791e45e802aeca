//! Documents of one parcel and of one enterprise: 一地一表 and 一企一单, as Word files whose numbers are content controls.
//!
//! The text is content: `content/documents/ID.txt` is a manuscript, `content/documents/ID.docx` a template of Word or WPS
//! that takes its place. Deliberately absent: figures of reports and their grammar (`report`); a slot here is a name of what
//! is known of the one thing the document is about.

use std::collections::BTreeMap;

use assess::facts::State;
use jiff::civil::Date;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use model::definition::{LandPart, LandRole};
use model::id::EntryId;
use office::docx::{Fill, Properties, compose, parse_manuscript, token};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::evaluate::{explain, graded};
use super::fault::{ParcelsFault, Result};
use super::gather::{gather, year_of};
use super::ground::Ground;
use super::list::mu;
use super::measured::{Measured, state_word};
use super::shapes::{OccupancyView, ParcelExplanation, ParcelView};
use super::view::parcel;
use crate::access::{Actor, Refusal};
use crate::messages::parcels as say;
use crate::park::Park;
use crate::worker::Assembly;

/// The document of a parcel.
const PARCEL: &str = "parcel_sheet";
/// The document of an enterprise.
const ENTERPRISE: &str = "enterprise_confirmation";
/// Characters a control's tag and title may have.
const LONGEST: usize = 64;

/// A document to save.
pub struct Document {
    /// Its file name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The sheet of a parcel (一地一表), in a frozen evaluation or as things are.
///
/// # Errors
/// [`ParcelsFault`] when the parcel or the evaluation is not there, or the template is wrong.
pub fn parcel_sheet(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<Document> {
    let explained = explain(park, actor, entry, (run, year))?;
    let view = parcel(park, actor, entry, (None, Some(explained.year)))?;
    let context = of_parcel(&view, &explained, park.today());
    let name = format!("{}-{}-{}.docx", say::PARCEL_SHEET, view.row.code, explained.year);
    let basis = (entry, view.revision, run);
    Ok(Document { bytes: document(park, PARCEL, &name, context, basis)?, name })
}

/// The confirmation of an enterprise (一企一单).
///
/// # Errors
/// [`ParcelsFault`] when the enterprise is not there, or the template is wrong.
pub fn confirmation(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<Document> {
    let ground = Ground::new(park, actor)?;
    let shelf = ground.shelf(LandRole::Enterprise).ok_or(Refusal::NotFound)?;
    let row = shelf.table.row(entry).ok_or(Refusal::NotFound)?;
    let frozen = run.map(|id| park.store().evaluation(id)).transpose()?;
    let year = super::year_or_newest(park, frozen.map(|record| record.year).or(year))?;
    let mut context = of_enterprise(park, &ground, entry, year)?;
    let code = ground.shown(shelf, row, LandPart::Code).unwrap_or_default();
    context["enterprise"] =
        json!({ "code": code, "name": ground.sight.row_title(shelf.book, shelf.table, row) });
    let all = graded(park, entry)?;
    let known = all.into_iter().find(|(of, _)| run.map_or(of.year == year, |run| of.id == run));
    if let Some((of, result)) = known {
        context["scheme"] = json!(of.scheme_title);
        context["score"] = json!(text(result.score));
        context["grade"] = json!(result.grade);
    }
    let name = format!("{}-{code}-{year}.docx", say::CONFIRMATION);
    let basis = (entry, ground.revision(), run);
    Ok(Document { bytes: document(park, ENTERPRISE, &name, context, basis)?, name })
}

fn text(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, |value| value.normalize().to_string())
}

/// A number to two places, as sheets print it; the ledger holds all of them.
fn rounded(value: Option<Decimal>) -> String {
    text(value.map(|value| value.round_dp(2)))
}

/// A number, or why there is none.
fn said(value: Option<Decimal>, state: &str) -> String {
    value.map_or_else(|| say::without_value(state).to_owned(), |value| rounded(Some(value)))
}

fn of_parcel(view: &ParcelView, explained: &ParcelExplanation, made: Date) -> Value {
    let row = &view.row;
    let or_dash = |value: Option<&String>| value.cloned().unwrap_or_else(|| "—".to_owned());
    json!({
        "row": {
            "code": row.code, "name": row.name, "area": rounded(row.area), "mu": rounded(row.mu),
            "holder": row.holder.as_ref().map(|h| h.title.clone()),
            "location": row.location, "land_use": row.land_use, "state": row.state,
        },
        "floor_area": rounded(view.floor_area),
        "far": rounded(view.far),
        "year": explained.year.to_string(),
        "scheme": explained.scheme_title,
        "status": say::standing(&explained.status),
        "words": explained.words,
        "score": explained.score.map_or_else(|| "—".to_owned(), |score| text(Some(score))),
        "grade": or_dash(explained.grade.as_ref()),
        "next": explained.next.as_ref().map(|next| next.words.clone()),
        "indicators": explained.indicators.iter().map(|i| json!({
            "title": i.title, "unit": i.unit, "reason": if i.withheld { say::WITHHELD } else { &i.reason },
            "value": said(i.value, if i.withheld { "withheld" } else { "missing" }),
            "benchmark": rounded(i.benchmark), "points": rounded(i.points),
        })).collect::<Vec<_>>(),
        "measures": view.attribution.iter().map(|m| json!({
            "title": m.title, "unit": m.unit, "value": said(m.value, &m.state), "per_mu": rounded(m.per_mu),
            "state": say::data_state(&m.state),
        })).collect::<Vec<_>>(),
        "occupancies": occupancies(&view.occupancies),
        "promises": view.commitments.iter().map(|c| json!({
            "title": c.title, "op": say::op(&c.op), "value": rounded(c.value), "unit": c.unit, "actual": said(c.actual, "missing"),
            "fulfilment": c.fulfilment.map(|share| format!("{share}%")), "words": c.words,
        })).collect::<Vec<_>>(),
        "revision": format!("r{}", view.revision),
        "made": made.to_string(),
    })
}

/// Uses in force, subleases after the lease they hang on.
fn occupancies(all: &[OccupancyView]) -> Vec<Value> {
    let mut lines = Vec::new();
    for one in all.iter().filter(|one| one.present) {
        let named = one.tenant_name.as_ref().map(|cell| cell.text.clone());
        let tenant = one.tenant.as_ref().map(|t| t.title.clone()).or(named);
        let landlord = one.landlord.as_ref().map(|l| l.title.clone());
        lines.push(json!({
            "tenant": tenant.or(landlord),
            "kind": say::occupancy(&one.kind),
            "floor_area": rounded(one.floor_area),
            "span": say::span(one.from, one.to),
        }));
        lines.extend(occupancies(&one.within));
    }
    lines
}

fn of_enterprise(park: &Park, ground: &Ground<'_>, entry: EntryId, year: i16) -> Result<Value> {
    let measured = Measured { ground, gathered: gather(park, ground, year) };
    let gathered = &*measured.gathered;
    let number = gathered.enterprises.of(entry).ok_or(Refusal::NotFound)?;
    let parcels = ground.parcels();
    let mut land = Decimal::ZERO;
    let mut lots = Vec::new();
    for (at, parcel) in gathered.parcels.entries.iter().enumerate() {
        for stake in gathered.plan.stakes(at).iter().filter(|stake| stake.enterprise == Some(number)) {
            let row = parcels.table.row(*parcel);
            land += stake.land();
            lots.push(json!({
                "code": row.and_then(|row| ground.shown(parcels, row, LandPart::Code)),
                "name": ground.sight.title(*parcel, Some(&parcels.book.id)),
                "land": text(Some(stake.land().round_dp(2))),
                "used": text(Some(stake.land_used().round_dp(2))),
            }));
        }
    }
    let measures =
        ground.content.measures.values().filter(|measure| measure.figure.is_some()).map(|measure| {
            let reading = gathered.gauges.get(&measure.id).map(|gauge| year_of(&gauge.column, number));
            let secret = measured.secret(measure);
            let state = reading.map_or(State::Missing, |reading| reading.state);
            let word = if secret { "withheld" } else { state_word(state) };
            json!({
                "title": measure.title,
                "unit": measure.unit.to_string(),
                "department": measure.department,
                "value": said(reading.and_then(|reading| reading.value).filter(|_| !secret), word),
                "state": say::data_state(word),
            })
        });
    Ok(json!({
        "year": year.to_string(),
        "parcels": lots,
        "land": text(Some(land.round_dp(2))),
        "mu": text(mu(land).map(|mu| mu.round_dp(2))),
        "measures": measures.collect::<Vec<_>>(),
        "revision": format!("r{}", ground.revision()),
    }))
}

/// The template of a document: the Word file if there is one, else its manuscript composed.
fn template(park: &Park, id: &str) -> Result<Vec<u8>> {
    let library = park.library();
    if let Some(bytes) = library.file(&format!("documents/{id}.docx")) {
        return Ok(bytes.to_vec());
    }
    let path = format!("documents/{id}.txt");
    let text = library.file(&path).ok_or_else(|| ParcelsFault::Missing(path.clone()))?;
    Ok(compose(&parse_manuscript(&String::from_utf8_lossy(text))))
}

/// Fills a template: every printed value becomes a content control named after what it is.
///
/// # Errors
/// [`ParcelsFault`] when there is no such template, or it is wrong.
pub(crate) fn document(
    park: &Park,
    id: &str,
    name: &str,
    context: Value,
    (entry, revision, run): (EntryId, u64, Option<u64>),
) -> Result<Vec<u8>> {
    let wrong = |what: String| ParcelsFault::Template { id: id.to_owned(), what };
    let bytes = template(park, id)?;
    let read = park.worker.template(bytes.clone())?.map_err(|fault| wrong(fault.to_string()))?;
    let mut fills = Vec::new();
    let context = controlled("", context, &mut fills);
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    let mut rendered = Vec::new();
    for part in &read.parts {
        let text =
            environment.render_str(&part.source, &context).map_err(|fault| wrong(fault.to_string()))?;
        rendered.push((part.name.clone(), text));
    }
    let run = run.map_or_else(String::new, |run| format!(" evaluation=\"{run}\""));
    let basis = format!("<basis entry=\"{entry}\" revision=\"{revision}\"{run}/>");
    let created = park.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let properties =
        Properties { title: name.trim_end_matches(".docx").to_owned(), created, ..Properties::default() };
    let assembly = Assembly { template: bytes, rendered, fills, charts: Vec::new(), basis, properties };
    park.worker.assemble(assembly)?.map_err(|fault| wrong(fault.to_string()))
}

/// The context with a token for every text: what is printed becomes a control named by its path.
fn controlled(path: &str, value: Value, fills: &mut Vec<Fill>) -> minijinja::Value {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| {
                let inner = controlled(&under(&key), value, fills);
                (key, inner)
            });
            minijinja::Value::from(members.collect::<BTreeMap<String, minijinja::Value>>())
        }
        Value::Array(items) => {
            let items = items.into_iter().enumerate();
            let items = items.map(|(at, item)| controlled(&under(&at.to_string()), item, fills));
            minijinja::Value::from(items.collect::<Vec<_>>())
        }
        Value::String(text) if !text.is_empty() => {
            let named: String = path.chars().take(LONGEST).collect();
            fills.push(Fill { tag: named.clone(), alias: named, text, highlight: false });
            minijinja::Value::from(token(fills.len() - 1))
        }
        Value::Bool(flag) => minijinja::Value::from(flag),
        // Numbers come as texts, so that nothing is printed that is no control.
        Value::String(_) | Value::Null | Value::Number(_) => minijinja::Value::from(""),
    }
}
