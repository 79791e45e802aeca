//! The list of parcels on a day.

use std::borrow::Cow;

use jiff::civil::Date;
use model::definition::{LandPart, LandRole, Measure};
use model::id::EntryId;
use model::identity::parcel;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::evaluate::{Graded, grades_of};
use super::fault::Result;
use super::gather::{Doubted, Gathered, gather};
use super::ground::{Ground, MU};
use super::measured::{Measured, head, percent};
use super::select::Shown;
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
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, year) };
    let measures = measured.named(&asked.measures)?;
    let grades = asked.run.map(|run| grades_of(park, run)).transpose()?.unwrap_or_default();
    let listing = Listing { ground: &ground, measured: &measured, measures: &measures, grades: &grades };
    let register = ground.register();
    let rows = register.by_code.iter().copied().filter(|row| register.parcels[*row as usize].in_force(on));
    let rows = select::select(rows.collect(), &asked.query, |row, name| listing.shown(row, name))?;
    let page = rows.iter().skip(asked.page.offset).take(asked.page.limit);
    Ok(ParcelPage {
        on,
        year,
        run: asked.run,
        measures: measures.iter().map(|measure| head(measure)).collect(),
        total: rows.len(),
        offset: asked.page.offset,
        items: page.map(|row| listing.row(*row)).collect(),
        totals: listing.totals(&rows),
        revision: ground.revision(),
    })
}

/// What a list shows of each parcel; worked out for those rows, and of them those parts, that are asked for.
struct Listing<'a> {
    ground: &'a Ground<'a>,
    measured: &'a Measured<'a>,
    measures: &'a [&'a Measure],
    grades: &'a FxHashMap<u64, Graded>,
}

impl Listing<'_> {
    fn graded(&self, row: u32) -> Option<&Graded> {
        if self.grades.is_empty() { None } else { self.grades.get(&self.ground.parcels().id(row).0) }
    }

    /// How a parcel stands: as it was evaluated, else as it would be.
    fn status(&self, row: u32) -> Option<&str> {
        let graded = self.graded(row).map(|graded| graded.status.as_str());
        graded.or_else(|| self.measured.gathered.standing(row).map(coverage::status_word))
    }

    /// All of a row.
    fn row(&self, row: u32) -> ParcelRow {
        let mut of = row_of(self.ground, row);
        stand(self.ground, &mut of, &self.measured.gathered, row);
        put_grade(&mut of, self.grades);
        let parcel = EntryId(of.entry);
        of.values =
            self.measures.iter().map(|measure| self.measured.cell(measure, parcel, of.area)).collect();
        of
    }

    /// What a row has under a name; `None` for a name that rows do not have.
    fn shown(&self, row: u32, name: &str) -> Option<Shown> {
        let (ground, parcels) = (self.ground, self.ground.parcels());
        let text = |part| Shown::text(ground.shown(parcels, row, part));
        let area = || ground.legal_area(row).map(|(area, _)| area);
        Some(match name {
            "code" => text(LandPart::Code),
            "name" => Shown::text(Some(name_of(ground, row))),
            "holder" => Shown::text(ground.linked(parcels, row, LandPart::Holder).map(|holder| holder.title)),
            "land_use" => text(LandPart::LandUse),
            "location" => text(LandPart::Location),
            "layer" => Shown::text(Some(ground.layer(row).to_owned())),
            "state" => text(LandPart::State),
            "status" => Shown::text(self.status(row).map(str::to_owned)),
            "grade" => Shown::text(self.graded(row).and_then(|graded| graded.grade.clone())),
            "area" => Shown::number(area()),
            "mu" => Shown::number(area().and_then(mu)),
            "score" => Shown::number(self.graded(row).and_then(|graded| graded.score)),
            "coverage" => Shown::number(self.measured.gathered.known(row).map(percent)),
            "flags" => {
                let doubted = doubted(ground, &self.measured.gathered, row);
                let codes: Vec<String> =
                    flags(ground, row).into_iter().chain(doubted).map(|flag| flag.code).collect();
                Shown::text(Some(codes.join(" ")))
            }
            measure => {
                let measure = self.measures.iter().find(|of| of.id.as_str() == measure)?;
                Shown::number(self.measured.cell(measure, parcels.id(row), area()).value)
            }
        })
    }

    /// Sums over rows: areas of surface parcels only, since those above and below share their ground.
    fn totals(&self, rows: &[u32]) -> ParcelTotals {
        let parcels = self.ground.parcels();
        let mut totals = ParcelTotals { count: rows.len(), ..ParcelTotals::default() };
        for row in rows {
            let registered = &self.ground.register().parcels[*row as usize];
            totals.without_area += usize::from(registered.area.is_none());
            let area =
                registered.area.filter(|_| registered.layer == "surface").map_or(Decimal::ZERO, |of| of.0);
            totals.area += area;
            let of_book = || self.ground.shown(parcels, *row, LandPart::State).unwrap_or_default();
            let status = self.status(*row).map_or_else(|| Cow::Owned(of_book()), Cow::Borrowed);
            match totals.by_status.iter_mut().find(|of| of.status == *status) {
                Some(of) => {
                    of.count += 1;
                    of.area += area;
                }
                None => totals.by_status.push(StatusTotal { status: status.into_owned(), count: 1, area }),
            }
        }
        totals.mu = mu(totals.area).unwrap_or_default();
        totals.by_status.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.status.cmp(&b.status)));
        totals
    }
}

/// What an evaluation says of a parcel.
pub(super) fn put_grade(of: &mut ParcelRow, grades: &FxHashMap<u64, Graded>) {
    if let Some(graded) = grades.get(&of.entry) {
        of.status = Some(graded.status.clone());
        of.grade.clone_from(&graded.grade);
        of.score = graded.score;
    }
}

/// How a parcel would be evaluated in a year, and how much of its data is known, in percent of the domains.
pub(super) fn stand(ground: &Ground<'_>, of: &mut ParcelRow, gathered: &Gathered, row: u32) {
    of.flags.extend(doubted(ground, gathered, row));
    of.status = gathered.standing(row).map(|status| coverage::status_word(status).to_owned());
    of.coverage = gathered.known(row).map(percent);
}

/// What looks like a slip of units about a parcel.
fn doubted(ground: &Ground<'_>, gathered: &Gathered, row: u32) -> Vec<ParcelFlag> {
    let flag = |doubt: &Doubted| {
        let (code, text) = match doubt {
            Doubted::Area(slip) => ("area_slip".to_owned(), say::area_slip(*slip).to_owned()),
            Doubted::FarAbove(measure) => {
                let title = ground.content.measures.get(measure).map_or("", |measure| measure.title.as_str());
                (format!("far_above:{measure}"), say::far_above(title))
            }
        };
        ParcelFlag { code, text }
    };
    gathered.doubts(row).iter().map(flag).collect()
}

/// What a parcel is called.
fn name_of(ground: &Ground<'_>, row: u32) -> String {
    let parcels = ground.parcels();
    let name = ground.shown(parcels, row, LandPart::Name);
    name.unwrap_or_else(|| ground.sight.row_title(parcels.book, parcels.table, row))
}

/// One parcel as it stands in the book.
pub(super) fn row_of(ground: &Ground<'_>, row: u32) -> ParcelRow {
    let parcels = ground.parcels();
    let (area, area_source) = ground.legal_area(row).unzip();
    let text = |part| ground.shown(parcels, row, part);
    ParcelRow {
        entry: parcels.id(row).0,
        code: text(LandPart::Code).unwrap_or_default(),
        name: name_of(ground, row),
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
        drawn: ground.register().parcels[row as usize].drawn,
        since: ground.span(row).0.filter(|_| ground.shelf(LandRole::Lineage).is_some()),
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
    if parcels.land.field(LandPart::Boundary).is_some() && !ground.register().parcels[row as usize].drawn {
        flag("no_boundary", say::NO_BOUNDARY);
    }
    if parcels.land.field(LandPart::Certificate).is_some()
        && parcels.value(row, LandPart::Certificate).is_none()
    {
        flag("unregistered", say::UNREGISTERED);
    }
    flags
}
