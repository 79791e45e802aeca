//! The list of parcels on a day.

use std::sync::Arc;

use assess::facts::State;
use jiff::civil::Date;
use model::definition::LandPart;
use model::id::EntryId;
use model::identity::parcel;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::evaluate::{Graded, grades_of};
use super::fault::Result;
use super::gather::{Gathered, gather};
use super::ground::{Ground, MU};
use super::measured::{Measured, head, percent};
use super::shapes::{ParcelFlag, ParcelPage, ParcelRow, ParcelTotals, StatusTotal};
use super::{coverage, select};
use crate::access::Actor;
use crate::books::{Page, Query};
use crate::messages::parcels as say;
use crate::park::Park;

/// What is asked of the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListQuestion {
    /// The day; today when absent.
    pub on: Option<Date>,
    /// The year of the values; that of the day when absent.
    pub year: Option<i16>,
    /// The frozen evaluation of grades.
    pub run: Option<u64>,
    /// Measures to show.
    pub measures: Vec<String>,
    /// Conditions, words, order; fields are those of [`ParcelRow`] and ids of measures.
    pub query: Query,
    /// Which part of the list.
    pub page: Page,
}

/// Parcels in force on a day.
///
/// # Errors
/// [`super::ParcelsFault`] when they are not for this person, or the question cannot be asked.
pub fn parcels(park: &Park, actor: &Actor, asked: &ListQuestion) -> Result<ParcelPage> {
    let ground = Ground::new(park, actor)?;
    let on = asked.on.unwrap_or_else(|| park.today());
    let year = super::year_or_newest(park, asked.year)?;
    let measured = Measured { ground: &ground, gathered: gather(park, year)? };
    let measures = measured.named(&asked.measures)?;
    let judged = judged(&ground, &measured.gathered);
    let grades = asked.run.map(|run| grades_of(park, run)).transpose()?.unwrap_or_default();
    let rows = ground.parcels().rows().filter(|row| ground.in_force(*row, on));
    let rows = rows.map(|row| {
        let mut of = row_of(&ground, row);
        if let Some((status, coverage)) = judged.get(&of.entry) {
            of.status = Some(status.clone());
            of.coverage = *coverage;
        }
        put_grade(&mut of, &grades);
        let parcel = EntryId(of.entry);
        of.values = measures.iter().map(|measure| measured.cell(measure, parcel, of.area)).collect();
        of
    });
    let rows = select::select(rows.collect(), &asked.query)?;
    let (total, totals) = (rows.len(), totals(&rows));
    let items = rows.into_iter().skip(asked.page.offset).take(asked.page.limit).collect();
    Ok(ParcelPage {
        on,
        year,
        run: asked.run,
        measures: measures.iter().map(|measure| head(measure)).collect(),
        total,
        offset: asked.page.offset,
        items,
        totals,
        revision: ground.revision(),
    })
}

/// What an evaluation says of a parcel.
pub(super) fn put_grade(of: &mut ParcelRow, grades: &FxHashMap<u64, Graded>) {
    if let Some(graded) = grades.get(&of.entry) {
        of.status = Some(graded.status.clone());
        of.grade.clone_from(&graded.grade);
        of.score = graded.score;
    }
}

/// How each subject stands with the evaluation, and how much of its data is known, in percent of the domains.
pub(super) fn judged(
    ground: &Ground<'_>,
    gathered: &Arc<Gathered>,
) -> FxHashMap<u64, (String, Option<Decimal>)> {
    let counted = coverage::counted(ground, gathered);
    let subjects = gathered.parcel.facts.subjects.iter().zip(&gathered.parcel.overdue).enumerate();
    let of = subjects.map(|(at, (subject, overdue))| {
        let known = counted.cells.iter().filter(|cells| cells[at].state != State::Missing).count();
        let share = Decimal::from(known).checked_div(Decimal::from(counted.cells.len()));
        let (status, _) = coverage::status(&subject.status, *overdue);
        (subject.key.0, (status.to_owned(), share.map(percent)))
    });
    of.collect()
}

/// One parcel as it stands in the book.
pub(super) fn row_of(ground: &Ground<'_>, row: u32) -> ParcelRow {
    let parcels = ground.parcels();
    let (area, area_source) = ground.legal_area(row).unzip();
    let text = |part| ground.shown(parcels, row, part);
    ParcelRow {
        entry: parcels.id(row).0,
        code: text(LandPart::Code).unwrap_or_default(),
        name: text(LandPart::Name)
            .unwrap_or_else(|| ground.sight.row_title(parcels.book, parcels.table, row)),
        holder: ground.linked(parcels, row, LandPart::Holder),
        area,
        area_source: area_source.unwrap_or_default().to_owned(),
        mu: area.and_then(mu),
        land_use: text(LandPart::LandUse),
        location: text(LandPart::Location),
        layer: ground.layer(row).to_owned(),
        state: text(LandPart::State),
        status: None,
        grade: None,
        score: None,
        values: Vec::new(),
        coverage: None,
        flags: flags(ground, row),
        drawn: parcels.value(row, LandPart::Boundary).is_some(),
        since: ground.span(row).0,
    }
}

/// 亩 of ㎡.
pub(super) fn mu(area: Decimal) -> Option<Decimal> {
    area.checked_mul(MU).map(|mu| mu.normalize())
}

fn flags(ground: &Ground<'_>, row: u32) -> Vec<ParcelFlag> {
    let parcels = ground.parcels();
    let mut flags = Vec::new();
    let mut flag = |code: &str, text: &str| {
        flags.push(ParcelFlag { code: code.to_owned(), text: text.to_owned() });
    };
    let code = parcels.text(row, LandPart::Code);
    if code.as_deref().is_none_or(|code| parcel::parse(code).is_none()) {
        flag("code", say::NO_CODE);
    }
    if ground.legal_area(row).is_none() {
        flag("no_area", say::NO_AREA);
    }
    if parcels.land.field(LandPart::Boundary).is_some() && parcels.value(row, LandPart::Boundary).is_none() {
        flag("no_boundary", say::NO_BOUNDARY);
    }
    if parcels.land.field(LandPart::Certificate).is_some()
        && parcels.value(row, LandPart::Certificate).is_none()
    {
        flag("unregistered", say::UNREGISTERED);
    }
    flags
}

/// Sums over rows: areas of surface parcels only, since those above and below share their ground.
fn totals(rows: &[ParcelRow]) -> ParcelTotals {
    let mut totals = ParcelTotals { count: rows.len(), ..ParcelTotals::default() };
    for row in rows {
        totals.without_area += usize::from(row.area.is_none());
        let area = row.area.filter(|_| row.layer == "surface").unwrap_or_default();
        totals.area += area;
        let status = row.status.as_ref().or(row.state.as_ref()).cloned().unwrap_or_default();
        match totals.by_status.iter_mut().find(|of| of.status == status) {
            Some(of) => {
                of.count += 1;
                of.area += area;
            }
            None => totals.by_status.push(StatusTotal { status, count: 1, area }),
        }
    }
    totals.mu = mu(totals.area).unwrap_or_default();
    totals.by_status.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.status.cmp(&b.status)));
    totals
}
