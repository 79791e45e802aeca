//! Floor area that may still be built, ranked by efficiency × need.
//!
//! Efficiency is the score in an evaluation of parcels, need what the holder and those who use the parcel look for. Deliberately
//! absent: the arithmetic (`assess::potential`).

use assess::potential::{self as judge, Lacking, Plot};
use jiff::civil::Date;
use model::definition::{Judged, LandPart, LandRole};
use model::id::EntryId;
use rust_decimal::Decimal;

use super::evaluate::grades_of;
use super::fault::Result;
use super::gather::gather;
use super::ground::Ground;
use super::shapes::{LowMissing, PotentialPage, PotentialRow, PotentialUnknown};
use super::view::sum_of;
use crate::access::Actor;
use crate::messages::land_policy as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Room to build on the parcels of a day; scores are of the evaluation asked for, or of the newest one of parcels.
///
/// # Errors
/// [`super::ParcelsFault`] when parcels are not for this person, or there is no such evaluation.
pub fn potential(
    park: &Park,
    actor: &Actor,
    (on, year, run): (Option<Date>, Option<i16>, Option<u64>),
) -> Result<PotentialPage> {
    let ground = Ground::new(park, actor)?;
    let year = super::year_or_newest(park, year.or_else(|| on.map(Date::year)))?;
    let gathered = gather(park, &ground, year);
    let on = on.unwrap_or(gathered.on);
    let run = match run {
        Some(run) => Some(run),
        None => newest(park)?,
    };
    let grades = run.map(|run| grades_of(park, run)).transpose()?.unwrap_or_default();
    let parcels = ground.parcels();
    let (mut rows, mut plots, mut needs) = (Vec::new(), Vec::new(), Vec::new());
    for row in parcels.rows().filter(|row| ground.in_force(*row, on)) {
        let parcel = parcels.id(row);
        // Those above and below share the ground of the one at the surface.
        if gathered.counts(row) && ground.layer(row) == "surface" {
            let looked_for = looked_for(&ground, row, on);
            let score = grades.get(&parcel.0).and_then(|graded| graded.score);
            rows.push(row);
            plots.push(plot(&ground, row, on, (score, looked_for.iter().map(|(_, floor)| *floor).sum())));
            needs.push(looked_for);
        }
    }
    let grade = |at: usize| grades.get(&parcels.id(rows[at]).0).and_then(|graded| graded.grade.clone());
    let ranked = judge::ranked(&plots);
    let items: Vec<PotentialRow> = ranked
        .iter()
        .filter_map(|of| {
            row_view(&ground, of, (rows[of.plot], &plots[of.plot]), (&needs[of.plot], grade(of.plot)))
        })
        .collect();
    let unknown = plots.iter().zip(&rows).filter_map(|(plot, row)| {
        let lacking = judge::addable(plot).err()?;
        Some(PotentialUnknown {
            parcel: ground.link(parcels.id(*row), Some(&parcels.book.id)),
            code: ground.shown(parcels, *row, LandPart::Code).unwrap_or_default(),
            missing: lacking.into_iter().map(|lacking| missing(&ground, lacking)).collect(),
        })
    });
    Ok(PotentialPage {
        on,
        run,
        addable: items.iter().map(|of| of.addable).sum(),
        wanted: items.iter().map(|of| of.wanted).sum(),
        unknown: unknown.collect(),
        items,
        revision: ground.revision(),
    })
}

/// The newest evaluation of parcels.
fn newest(park: &Park) -> Result<Option<u64>> {
    let schemes = &park.library().content.schemes;
    let of_parcels = |id: &str| schemes.get(id).is_none_or(|scheme| scheme.judges == Judged::Parcel);
    Ok(park.store().evaluations()?.iter().rev().find(|run| of_parcels(&run.scheme)).map(|run| run.id))
}

fn plot(ground: &Ground<'_>, row: u32, on: Date, (score, wanted): (Option<Decimal>, Decimal)) -> Plot {
    let parcels = ground.parcels();
    let parcel = parcels.id(row);
    let counted = sum_of(ground, parcel, LandPart::CountedArea, on)
        .or_else(|| sum_of(ground, parcel, LandPart::FloorArea, on));
    // Nothing stands where nothing was built; elsewhere no building on record is a gap.
    let bare = parcels.meaning(row, LandPart::State).as_deref() == Some("unbuilt");
    Plot {
        area: ground.legal_area(row).map(|(area, _)| area),
        far_max: parcels.number(row, LandPart::FarMax),
        counted: counted.or_else(|| bare.then_some(Decimal::ZERO)),
        score,
        wanted,
    }
}

/// Open needs of the holder and of those who use a parcel on a day, with their floor area.
fn looked_for(ground: &Ground<'_>, row: u32, on: Date) -> Vec<(LinkedEntry, Decimal)> {
    let Some(needs) = ground.shelf(LandRole::SpaceNeed) else { return Vec::new() };
    let parcels = ground.parcels();
    let mut there: Vec<EntryId> = parcels.entry(row, LandPart::Holder).into_iter().collect();
    if let Some(shelf) = ground.shelf(LandRole::Occupancy) {
        let present = |row: &u32| {
            shelf.date(*row, LandPart::From).is_none_or(|from| from <= on)
                && shelf.date(*row, LandPart::To).is_none_or(|to| on <= to)
        };
        let rows = shelf.rows_of(LandPart::Parcel, parcels.id(row)).into_iter().filter(present);
        there.extend(rows.filter_map(|row| shelf.entry(row, LandPart::Tenant)));
    }
    let of = |need: u32| {
        let open = needs.meaning(need, LandPart::State).is_none_or(|state| state == "open");
        let who = needs.entry(need, LandPart::Enterprise)?;
        let floor = ground.area(needs, need, LandPart::FloorArea)?;
        (open && there.contains(&who)).then(|| (ground.link(needs.id(need), Some(&needs.book.id)), floor))
    };
    needs.rows().filter_map(of).collect()
}

fn row_view(
    ground: &Ground<'_>,
    of: &judge::Potential,
    (row, plot): (u32, &Plot),
    (needs, grade): (&[(LinkedEntry, Decimal)], Option<String>),
) -> Option<PotentialRow> {
    let parcels = ground.parcels();
    let short = |share: Decimal| share.round_dp(4).normalize();
    Some(PotentialRow {
        parcel: ground.link(parcels.id(row), Some(&parcels.book.id)),
        code: ground.shown(parcels, row, LandPart::Code).unwrap_or_default(),
        area: plot.area?,
        far_max: plot.far_max?,
        counted: plot.counted?,
        addable: of.addable.normalize(),
        excess: of.excess.normalize(),
        grade,
        score: plot.score,
        wanted: plot.wanted,
        needs: needs.iter().map(|(need, _)| need.clone()).collect(),
        efficiency: of.efficiency.map(short),
        need: short(of.need),
        priority: of.priority.map(short),
        words: say::potential(of, plot.wanted),
    })
}

fn missing(ground: &Ground<'_>, lacking: Lacking) -> LowMissing {
    let (role, part) = match lacking {
        Lacking::Area => (LandRole::Parcel, LandPart::AreaCertificate),
        Lacking::Ceiling => (LandRole::Parcel, LandPart::FarMax),
        Lacking::Counted => (LandRole::Building, LandPart::CountedArea),
    };
    let (title, department) = ground
        .shelf(role)
        .map_or_else(Default::default, |shelf| (shelf.title(part).to_owned(), shelf.book.department.clone()));
    LowMissing { title, department }
}
