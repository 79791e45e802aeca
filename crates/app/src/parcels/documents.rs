//! What is known of one parcel and of one enterprise for their sheets: 一地一表 and 一企一单.
//!
//! The sheets are reports (`content/reports`, `about`): text and layout are content, numbers are slots that lead to their
//! cells. Deliberately absent: making and refreshing documents (`sheets`, `report`).

use assess::facts::State;
use model::definition::{Denominator, LandPart, LandRole, Topic};
use model::id::{EntryId, FigureId};
use model::period::{Month, Period, Window};
use rust_decimal::Decimal;

use super::evaluate::{explain, graded};
use super::fault::{ParcelsFault, Result};
use super::gather::{Gathered, gather, question, year_of};
use super::ground::{AREAS, Ground};
use super::list::mu;
use super::measured::{Measured, state_word};
use super::shapes::{
    AttributionView, CommitmentView, ExplainedIndicator, OccupancyView, ParcelExplanation, ParcelView,
};
use super::view::parcel;
use crate::access::{Actor, Refusal};
use crate::messages::parcels as say;
use crate::messages::sheets::{MU, NO_NUMBER, SQUARE_METRES, UNREGISTERED};
use crate::park::Park;
use crate::report::{Fact, Matter};
use crate::sheets::{self, Document, Sheet};

/// The sheet of a parcel (一地一表), in a frozen evaluation or as things are.
///
/// # Errors
/// [`super::ParcelsFault`] when the parcel or the evaluation is not there, or the template is wrong.
pub fn parcel_sheet(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<Document> {
    let (matter, code) = of_parcel(park, actor, entry, (run, year))?;
    let name = format!("{}-{code}-{}.docx", say::PARCEL_SHEET, matter.period.end.year());
    let sheet = Sheet { evaluation: run, ..Sheet::about(entry) };
    Ok(sheets::build(park, actor, &sheet, matter, name)?)
}

/// The confirmation of an enterprise (一企一单).
///
/// # Errors
/// [`super::ParcelsFault`] when the enterprise is not there, or the template is wrong.
pub fn confirmation(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<Document> {
    let (matter, code) = of_enterprise(park, actor, entry, (run, year))?;
    let name = format!("{}-{code}-{}.docx", say::CONFIRMATION, matter.period.end.year());
    let sheet = Sheet { evaluation: run, ..Sheet::about(entry) };
    Ok(sheets::build(park, actor, &sheet, matter, name)?)
}

fn text(text: Option<&String>, without: &str) -> Fact {
    Fact::text(text.map_or(without, String::as_str))
}

/// The year a sheet is of.
fn whole(year: i16) -> Result<Period> {
    let end = Month::new(year, 12);
    let wrong = || ParcelsFault::Value { field: "year", value: year.to_string() };
    end.map(|end| Period::containing(end, Window::Year)).ok_or_else(wrong)
}

/// What is known of a parcel in a year, and its code.
pub(crate) fn of_parcel(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<(Matter, String)> {
    let explained = explain(park, actor, entry, (run, year))?;
    let view = parcel(park, actor, entry, (None, Some(explained.year)))?;
    let ground = Ground::new(park, actor)?;
    let mut matter = Matter::new(Topic::Parcel, whole(explained.year)?);
    registered(&ground, entry, &view, &mut matter);
    matter.put("year", Fact::text(explained.year.to_string()));
    matter.put("scheme", Fact::text(&explained.scheme_title));
    matter.put("status", Fact::text(say::standing(&explained.status)));
    matter.put("words", Fact::text(&explained.words));
    matter.put("score", Fact::number_or(explained.score, "", NO_NUMBER));
    matter.put("grade", text(explained.grade.as_ref(), NO_NUMBER));
    matter.put("next", text(explained.next.as_ref().map(|next| &next.words), ""));
    for one in &explained.indicators {
        indicator(park, &ground, (entry, &explained), &view.attribution, one, &mut matter);
    }
    for measure in &view.attribution {
        let asked = || asked(park, measure);
        let value = Fact::number_or(measure.value, &measure.unit, say::without_value(&measure.state));
        matter.line(
            "measures",
            &measure.title,
            vec![
                ("title", Fact::text(&measure.title)),
                ("value", value.asked(asked())),
                ("unit", Fact::text(&measure.unit)),
                ("per_mu", Fact::number_or(measure.per_mu, "", NO_NUMBER).asked(asked())),
                ("state", Fact::text(say::data_state(&measure.state))),
            ],
        );
    }
    occupancies(&ground, &view.occupancies, &mut matter);
    promises(&ground, &view.commitments, &mut matter);
    matter.put("revision", Fact::text(format!("r{}", view.revision)));
    matter.put("made", Fact::text(park.today().to_string()));
    Ok((matter, view.row.code))
}

/// What the register of parcels says.
fn registered(ground: &Ground<'_>, entry: EntryId, view: &ParcelView, matter: &mut Matter) {
    let (row, parcels) = (&view.row, ground.parcels());
    let own = |fact: Fact, part| fact.read(&parcels.book.id, entry, parcels.land.field(part));
    let or = |value: Option<&String>, part| own(text(value, UNREGISTERED), part);
    let source =
        AREAS.iter().find(|(_, word)| *word == row.area_source).map_or(LandPart::Area, |(part, _)| *part);
    let area = |value, unit| own(Fact::number_or(value, unit, UNREGISTERED), source);
    matter.put("row.code", own(Fact::text(&row.code), LandPart::Code));
    matter.put("row.name", Fact::text(&row.name));
    matter.put("row.holder", or(row.holder.as_ref().map(|holder| &holder.title), LandPart::Holder));
    matter.put("row.location", or(row.location.as_ref(), LandPart::Location));
    matter.put("row.land_use", or(row.land_use.as_ref(), LandPart::LandUse));
    matter.put("row.state", or(row.state.as_ref(), LandPart::State));
    matter.put("row.area", area(row.area, SQUARE_METRES));
    matter.put("row.mu", area(row.mu, MU));
    let buildings = |fact: Fact| match ground.shelf(LandRole::Building) {
        Some(shelf) => shelf.rows_of(LandPart::Parcel, entry).into_iter().fold(fact, |fact, row| {
            fact.read(&shelf.book.id, shelf.id(row), shelf.land.field(LandPart::FloorArea))
        }),
        None => fact,
    };
    matter.put("floor_area", buildings(Fact::number_or(view.floor_area, SQUARE_METRES, UNREGISTERED)));
    matter.put("far", own(buildings(Fact::number_or(view.far, "", UNREGISTERED)), source));
}

/// The questions behind a measure of a parcel: one of each enterprise on it.
fn asked(park: &Park, measure: &AttributionView) -> Vec<figures::Request> {
    let questions = measure.parts.iter().filter_map(|part| part.question.as_deref());
    questions.filter_map(|question| crate::publishing::request_of(park, &measure.figure, question)).collect()
}

fn indicator(
    park: &Park,
    ground: &Ground<'_>,
    (entry, explained): (EntryId, &ParcelExplanation),
    attribution: &[AttributionView],
    one: &ExplainedIndicator,
    matter: &mut Matter,
) {
    let scheme = park.library().content.schemes.get(explained.scheme.as_str());
    let group = scheme.and_then(|scheme| scheme.group(&explained.group));
    let rule = group.and_then(|group| group.indicators.iter().find(|known| known.id.as_str() == one.id));
    let below = rule.and_then(|rule| match &rule.denominator {
        Denominator::Measure(measure) => Some(measure),
        Denominator::Land | Denominator::One => None,
    });
    let measures = rule.map(|rule| &rule.numerator).into_iter().chain(below);
    let of = |id: &model::id::MeasureId| attribution.iter().find(|known| known.measure == id.as_str());
    let requests: Vec<_> = measures.filter_map(of).flat_map(|measure| asked(park, measure)).collect();
    let traced = |fact: Fact| {
        let fact = fact.asked(requests.clone());
        let land = rule.is_some_and(|rule| rule.denominator == Denominator::Land);
        let parcels = ground.parcels();
        let area = AREAS.iter().find_map(|(part, _)| parcels.land.field(*part));
        if land { fact.read(&parcels.book.id, entry, area) } else { fact }
    };
    let why = if one.withheld { "withheld" } else { "missing" };
    let reason = if one.withheld { say::WITHHELD } else { &one.reason };
    matter.line(
        "indicators",
        &one.title,
        vec![
            ("title", Fact::text(&one.title)),
            ("value", traced(Fact::number_or(one.value, &one.unit, say::without_value(why)))),
            ("unit", Fact::text(&one.unit)),
            ("benchmark", Fact::number_or(one.benchmark, &one.unit, NO_NUMBER)),
            ("points", traced(Fact::number_or(one.points, "", NO_NUMBER))),
            ("reason", Fact::text(reason)),
        ],
    );
}

/// Uses in force, subleases after the lease they hang on.
fn occupancies(ground: &Ground<'_>, all: &[OccupancyView], matter: &mut Matter) {
    let Some(shelf) = ground.shelf(LandRole::Occupancy) else { return };
    for one in all.iter().filter(|one| one.present) {
        let named = one.tenant_name.as_ref().map(|cell| cell.text.clone());
        let tenant = one.tenant.as_ref().map(|t| t.title.clone()).or(named);
        let tenant = tenant.or(one.landlord.as_ref().map(|l| l.title.clone())).unwrap_or_default();
        let read = |fact: Fact, part| fact.read(&shelf.book.id, EntryId(one.entry), shelf.land.field(part));
        let area = Fact::number_or(one.floor_area, SQUARE_METRES, NO_NUMBER);
        matter.line(
            "occupancies",
            &tenant,
            vec![
                ("tenant", read(Fact::text(&tenant), LandPart::Tenant)),
                ("kind", Fact::text(say::occupancy(&one.kind))),
                ("floor_area", read(area, LandPart::FloorArea)),
                ("span", Fact::text(say::span(one.from, one.to))),
            ],
        );
        occupancies(ground, &one.within, matter);
    }
}

fn promises(ground: &Ground<'_>, all: &[CommitmentView], matter: &mut Matter) {
    let Some(shelf) = ground.shelf(LandRole::Commitment) else { return };
    for one in all {
        let read = |fact: Fact, part| fact.read(&shelf.book.id, EntryId(one.entry), shelf.land.field(part));
        matter.line(
            "promises",
            &one.title,
            vec![
                ("title", read(Fact::text(&one.title), LandPart::Item)),
                ("op", Fact::text(say::op(&one.op))),
                ("value", read(Fact::number_or(one.value, &one.unit, NO_NUMBER), LandPart::Value)),
                ("unit", Fact::text(&one.unit)),
                ("actual", Fact::number_or(one.actual, &one.unit, say::without_value("missing"))),
                ("fulfilment", Fact::number_or(one.fulfilment, "%", NO_NUMBER)),
                ("words", Fact::text(&one.words)),
            ],
        );
    }
}

/// What is known of an enterprise in a year, and its code.
pub(crate) fn of_enterprise(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<(Matter, String)> {
    let ground = Ground::new(park, actor)?;
    let shelf = ground.shelf(LandRole::Enterprise).ok_or(Refusal::NotFound)?;
    let row = shelf.table.row(entry).ok_or(Refusal::NotFound)?;
    let frozen = run.map(|id| park.store().evaluation(id)).transpose()?;
    let year = super::year_or_newest(park, frozen.map(|record| record.year).or(year))?;
    let mut matter = Matter::new(Topic::Enterprise, whole(year)?);
    let code = ground.shown(shelf, row, LandPart::Code).unwrap_or_default();
    let title = ground.sight.row_title(shelf.book, shelf.table, row);
    let own = |fact: Fact| fact.read(&shelf.book.id, entry, shelf.land.field(LandPart::Code));
    matter.put("enterprise.code", own(Fact::text(&code)));
    matter.put("enterprise.name", Fact::text(&title));
    matter.put("year", Fact::text(year.to_string()));
    delivered(park, &ground, (entry, &title, year), &mut matter)?;
    let all = graded(park, entry)?;
    let known = all.into_iter().find(|(of, _)| run.map_or(of.year == year, |run| of.id == run));
    if let Some((of, result)) = known {
        matter.put("scheme", Fact::text(of.scheme_title));
        matter.put("score", Fact::number_or(result.score, "", ""));
        matter.put("grade", text(result.grade.as_ref(), ""));
    }
    matter.put("revision", Fact::text(format!("r{}", ground.revision())));
    Ok((matter, code))
}

/// The land and the measures of an enterprise.
fn delivered(
    park: &Park,
    ground: &Ground<'_>,
    (entry, title, year): (EntryId, &str, i16),
    matter: &mut Matter,
) -> Result<()> {
    let measured = Measured { ground, gathered: gather(park, ground, year) };
    let gathered = &*measured.gathered;
    let number = gathered.enterprises.of(entry).ok_or(Refusal::NotFound)?;
    let land = lots(ground, gathered, number, matter);
    matter.put("land", Fact::number(land, SQUARE_METRES));
    matter.put("mu", Fact::number_or(mu(land), MU, NO_NUMBER));
    for measure in ground.content.measures.values().filter(|measure| measure.figure.is_some()) {
        let reading = gathered.gauges.get(&measure.id).map(|gauge| year_of(&gauge.column, number));
        let secret = measured.secret(measure);
        let state = reading.map_or(State::Missing, |reading| reading.state);
        let word = if secret { "withheld" } else { state_word(state) };
        let value = reading.and_then(|reading| reading.value).filter(|_| !secret);
        let requests =
            measure.figure.as_ref().filter(|_| !secret).map(|figure| request(park, figure, (year, title)));
        let unit = measure.unit.to_string();
        let value = Fact::number_or(value, &unit, say::without_value(word));
        matter.line(
            "measures",
            &measure.title,
            vec![
                ("title", Fact::text(&measure.title)),
                ("value", value.asked(requests.flatten().into_iter().collect())),
                ("unit", Fact::text(unit)),
                ("department", Fact::text(&measure.department)),
                ("state", Fact::text(say::data_state(word))),
            ],
        );
    }
    Ok(())
}

/// The question of one enterprise's value of a year.
fn request(park: &Park, figure: &FigureId, (year, title): (i16, &str)) -> Option<figures::Request> {
    let asked = question(&park.library().content, figure, year, title)?;
    crate::publishing::request_of(park, figure.as_str(), &asked)
}

/// The parcels an enterprise has land on; their sum in ㎡.
fn lots(ground: &Ground<'_>, gathered: &Gathered, number: u32, matter: &mut Matter) -> Decimal {
    let parcels = ground.parcels();
    let mut land = Decimal::ZERO;
    for (at, parcel) in gathered.parcels.entries.iter().enumerate() {
        for stake in gathered.plan.stakes(at).iter().filter(|stake| stake.enterprise == Some(number)) {
            let row = parcels.table.row(*parcel);
            let code = row.and_then(|row| ground.shown(parcels, row, LandPart::Code));
            let name = ground.sight.title(*parcel, Some(&parcels.book.id));
            let field = AREAS.iter().find_map(|(part, _)| parcels.land.field(*part));
            land += stake.land();
            let area = |area| Fact::number(area, SQUARE_METRES).read(&parcels.book.id, *parcel, field);
            let facts = vec![
                ("code", text(code.as_ref(), "")),
                ("name", Fact::text(&name)),
                ("land", area(stake.land())),
                ("used", area(stake.land_used())),
            ];
            matter.line("parcels", code.as_ref().unwrap_or(&name), facts);
        }
    }
    land
}
