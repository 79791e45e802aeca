//! Taking a file in, saying what its coordinate system is, dropping it.

use std::str::FromStr as _;
use std::sync::Arc;

use land::Crs;
use land::crs::Stated;
use land::read::Reading;
use model::definition::Right;
use model::finding::{Finding, Place, Severity};
use store::{NewStaged, StagedId, StagedRecord, digest_hex};

use super::DrawingNote;
use super::placed::told;
use crate::access::{Actor, Refusal};
use crate::lru::Lru;
use crate::messages::file::worker_killed;
use crate::parcels::fault::{ParcelsFault, Result};
use crate::parcels::ground::Ground;
use crate::parcels::shapes::{CrsAnswer, GeometryStage, GeometryStages, WaitingStage};
use crate::park::Park;
use crate::progress::Watch;
use crate::worker::WorkerFault;

/// Files whose reading is kept in memory.
const KEPT: usize = 8;

/// What stands in a file, or the finding why nothing can be read.
pub(crate) type FileReading = std::result::Result<Reading, Finding>;

/// Files that were read already, by digest and name.
pub(crate) type KnownReadings = Lru<String, FileReading>;

/// An empty store of readings.
pub(crate) fn known_readings() -> KnownReadings {
    KnownReadings::new(KEPT, 128 << 20)
}

/// A file that was read and waits to be kept.
pub struct Arrived(NewStaged);

/// Reads a file of boundaries. Nothing is kept before [`keep_drawing`]; a file from which nothing can be read is kept too, with
/// the finding why.
///
/// # Errors
/// [`ParcelsFault`] when it is not for this person, or no worker can be started.
pub fn stage_drawing(
    park: &Park,
    actor: &Actor,
    name: &str,
    bytes: Vec<u8>,
    watch: &Watch<'_>,
) -> Result<Arrived> {
    let ground = Ground::new(park, actor)?;
    actor.need(Right::Record, ground.parcels().book)?;
    let digest = digest_hex(&bytes);
    reading(park, &digest, name, bytes.clone(), watch)?;
    let body = DrawingNote::default().write();
    Ok(Arrived(NewStaged { digest, name: name.to_owned(), body, bytes }))
}

/// Files of boundaries that wait, newest first.
///
/// # Errors
/// [`ParcelsFault`] when they are not for this person.
pub fn drawings(park: &Park, actor: &Actor) -> Result<GeometryStages> {
    let ground = Ground::new(park, actor)?;
    actor.need(Right::Record, ground.parcels().book)?;
    let mut items = Vec::new();
    for record in park.store.staged()?.into_iter().rev() {
        // Workbooks wait in the same place.
        let Some(note) = DrawingNote::read(&park.store.staged_body(record.id)?) else { continue };
        let crs = note.crs.as_deref().and_then(|text| Crs::from_str(text).ok()).and_then(number_of);
        items.push(WaitingStage {
            id: record.id.0,
            file: record.name,
            who: record.who,
            created: record.created,
            crs,
        });
    }
    Ok(GeometryStages { items })
}

/// Keeps a file until it is accepted or dropped.
///
/// # Errors
/// [`ParcelsFault`] when the ledger cannot be written.
pub fn keep_drawing(park: &mut Park, actor: &Actor, arrived: &Arrived) -> Result<GeometryStage> {
    let at = park.clock.now();
    let id = park.store.stage(at, &actor.name, &arrived.0)?;
    super::drawing(park, actor, id.0)
}

/// Says which coordinate system a file is in.
///
/// # Errors
/// [`ParcelsFault`] when there is no such file for this person, or no such system.
pub fn answer_drawing(park: &mut Park, actor: &Actor, id: u64, answer: &CrsAnswer) -> Result<GeometryStage> {
    let (record, mut note) = waiting(park, actor, id)?;
    if let Some(code) = answer.crs {
        let unknown = || ParcelsFault::Value { field: "crs", value: code.to_string() };
        note.crs = Some(match code {
            OWN => OWN_NOTE.to_owned(),
            code => crs_of(code).ok_or_else(unknown)?.to_string(),
        });
    }
    if answer.column.is_none() || answer.swap_axes.is_some() {
        note.north_first = answer.swap_axes;
    }
    if let Some(column) = &answer.column {
        note.column = Some(column.clone());
    }
    park.store.note_staged(record.id, &note.write())?;
    super::drawing(park, actor, id)
}

/// Drops a file.
///
/// # Errors
/// [`ParcelsFault`] when there is no such file for this person.
pub fn drop_drawing(park: &mut Park, actor: &Actor, id: u64) -> Result<()> {
    let (record, _) = waiting(park, actor, id)?;
    Ok(park.store.drop_staged(park.clock.now(), &actor.name, record.id)?)
}

/// The system of a number: EPSG, or the numbers that stand for the two web maps' shifts, which have none.
pub(super) fn crs_of(code: u32) -> Option<Crs> {
    match code {
        GCJ02 => Some(Crs::Gcj02),
        BD09 => Some(Crs::Bd09),
        code => Crs::from_epsg(code),
    }
}

/// The number of a system.
pub(super) fn number_of(crs: Crs) -> Option<u32> {
    match crs {
        Crs::Gcj02 => Some(GCJ02),
        Crs::Bd09 => Some(BD09),
        Crs::Local(_) => Some(OWN),
        crs => crs.epsg(),
    }
}

/// Stands for the projection that the file describes itself and that has no number.
const OWN: u32 = 100_000;
/// The same in a note.
const OWN_NOTE: &str = "own";
/// Stands for GCJ-02.
const GCJ02: u32 = 100_002;
/// Stands for BD-09.
const BD09: u32 = 100_009;

/// The system a person named.
pub(super) fn named(note: &DrawingNote, reading: &Reading) -> Option<Crs> {
    match note.crs.as_deref()? {
        OWN_NOTE => match reading.stated.as_ref()? {
            Stated::Known { crs } => Some(*crs),
            Stated::Old { alike, .. } => *alike,
            Stated::Unknown { .. } => None,
        },
        text => Crs::from_str(text).ok(),
    }
}

/// A staged file of boundaries with its note, for those who may record parcels.
pub(super) fn waiting(park: &Park, actor: &Actor, id: u64) -> Result<(StagedRecord, DrawingNote)> {
    let ground = Ground::new(park, actor)?;
    actor.need(Right::Record, ground.parcels().book)?;
    let record = match park.store.staged_record(StagedId(id)) {
        Err(store::StoreError::UnknownStaged(_)) => return Err(Refusal::NotFound.into()),
        other => other?,
    };
    let note = DrawingNote::read(&park.store.staged_body(record.id)?).ok_or(Refusal::NotFound)?;
    Ok((record, note))
}

/// What stands in a file; read once by a worker under limits. A worker that is killed is a finding too.
pub(super) fn reading(
    park: &Park,
    digest: &str,
    name: &str,
    bytes: Vec<u8>,
    watch: &Watch<'_>,
) -> Result<Arc<FileReading>> {
    let key = format!("{digest} {name}");
    if let Some(known) = park.readings().get(&key) {
        return Ok(known);
    }
    let reading = match park.worker.map(name, bytes, watch) {
        Ok(read) => read.map_err(|trouble| told(&trouble, name)),
        Err(WorkerFault::Killed { .. } | WorkerFault::Answer) => {
            let (message, hint) = worker_killed();
            let place = Place { file: name.to_owned(), ..Place::default() };
            Err(Finding { code: "file-killed".to_owned(), severity: Severity::Error, place, message, hint })
        }
        Err(fault) => return Err(fault.into()),
    };
    let weight = reading.as_ref().map_or(1, |reading| reading.features.len()).saturating_mul(1024);
    Ok(park.readings().put(key, reading, weight, |_| false))
}
