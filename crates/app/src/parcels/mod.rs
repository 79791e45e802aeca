//! Land parcels (地块): the register with its map, what enterprises give on them, coverage, frozen evaluations with their
//! publication and objections, what-ifs, boundaries from files, documents and exports.
//!
//! Which books and fields speak of land is content (`pages/parcels.toml`): `ground` is the one place that reads them, by
//! role and part. Geometry is computed by `land`, judgements by `assess`; here they are fed, frozen and shown. Deliberately
//! absent: HTTP, formulas, coordinate systems, and every book or field by name.

mod boundary;
mod coverage;
mod documents;
pub(crate) mod drawing;
mod effects;
mod evaluate;
mod export;
mod fault;
pub(crate) mod gather;
mod ground;
mod list;
mod low;
mod map;
mod matching;
mod measured;
mod paint;
mod policies;
mod policy_files;
mod potential;
mod promises;
mod register;
mod request;
mod select;
pub mod shapes;
#[cfg(test)]
mod tests;
mod tiles;
mod view;

pub use coverage::{CoverageQuestion, coverage};
pub use documents::{confirmation, parcel_sheet};
pub(crate) use documents::{of_enterprise, of_parcel};
pub use drawing::{
    Arrived, accept_drawing, answer_drawing, drawing, drawings, drop_drawing, keep_drawing, stage_drawing,
};
pub use effects::effects;
pub(crate) use effects::{GradedEnterprise, graded_enterprises};
pub use evaluate::{
    Frozen, ResultQuestion, compare, decide, evaluate, evaluation, evaluations, explain, keep, object,
    objections, publish, reevaluate, results, scheme, schemes, simulate,
};
pub use export::{ExportFormat, ExportQuestion, ExportedFile, export};
pub use fault::{ParcelsFault, Result};
pub use list::{ListQuestion, parcels};
pub use low::low;
pub use map::{MapQuestion, map};
pub use matching::match_rooms;
pub use policy_files::{LowFilter, effects_file, low_file, potential_file};
pub use potential::potential;
pub use request::{DataRequest, request};
pub use tiles::{TileQuestion, tile};
pub use view::parcel;

pub(crate) use drawing::{KnownReadings, known_readings};
pub(crate) use evaluate::{KnownRuns, graded, known_runs};
pub(crate) use register::{KnownRegisters, known_registers};
pub(crate) use tiles::{KnownSheets, known_sheets};

use ground::Ground;
use model::definition::{LandPart, LandRole};
use model::id::EntryId;
use model::period::Month;

use crate::access::Actor;
use crate::matching::NameIndex;
use crate::park::Park;

/// The parcel or enterprise of a code or name.
///
/// # Errors
/// [`ParcelsFault`] when there is none that this person may see.
pub fn find(park: &Park, actor: &Actor, text: &str) -> Result<EntryId> {
    let ground = Ground::new(park, actor)?;
    for shelf in NAMED.into_iter().filter_map(|role| ground.shelf(role)) {
        let named = |part| shelf.table.row_of_text(shelf.land.field(part)?, text);
        if let Some(row) = NAMES.into_iter().find_map(named) {
            return Ok(shelf.id(row));
        }
    }
    Err(ParcelsFault::Unnamed { asked: text.to_owned(), near: near(&ground, text) })
}

/// What can be asked for by code or name.
const NAMED: [LandRole; 2] = [LandRole::Parcel, LandRole::Enterprise];
/// The fields that name it.
const NAMES: [LandPart; 3] = [LandPart::Code, LandPart::Name, LandPart::Number];
/// So many near names are told at most.
const NEAR: usize = 3;
/// Names less alike than this, in thousandths, are not told.
const ALIKE: u16 = 600;

/// Codes and names that are like a text.
fn near(ground: &Ground<'_>, text: &str) -> Vec<String> {
    let mut index = NameIndex::new();
    let mut names = Vec::new();
    for shelf in NAMED.into_iter().filter_map(|role| ground.shelf(role)) {
        for row in shelf.rows() {
            for name in NAMES.into_iter().filter_map(|part| shelf.said(row, part)) {
                index.push(&name);
                names.push(name);
            }
        }
    }
    index.near(text, NEAR, ALIKE).into_iter().map(|near| names[near.name].to_string()).collect()
}

/// Whether an entry is a parcel.
///
/// # Errors
/// [`ParcelsFault`] when parcels are not for this person.
pub fn is_parcel(park: &Park, actor: &Actor, entry: EntryId) -> Result<bool> {
    Ok(Ground::new(park, actor)?.parcels().table.row(entry).is_some())
}

/// The year asked for, or that of the newest return of the park.
///
/// # Errors
/// [`ParcelsFault`] when the ledger cannot be read.
pub fn year_or_newest(park: &Park, asked: Option<i16>) -> Result<i16> {
    if let Some(year) = asked {
        return Ok(year);
    }
    let snapshot = park.snapshot()?;
    let series = park.library().content.books.values().filter(|book| book.every.is_some());
    let newest = series.filter_map(|book| Some(snapshot.table(&book.id)?.span()?.1)).max();
    Ok(newest.and_then(Month::of_ordinal).map_or_else(|| park.today().year(), Month::year))
}
