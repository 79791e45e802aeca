//! A staged file of boundaries as people look at it.

use land::{Extent, Frame};
use model::finding::Finding;
use serde_json::{Value, json};

use super::DrawingNote;
use super::columns::Columns;
use super::placed::{Placed, PlacedFeature, placed};
use super::stage::{number_of, reading, waiting};
use crate::access::Actor;
use crate::messages::drawing as say;
use crate::parcels::boundary;
use crate::parcels::fault::{ParcelsFault, Result};
use crate::parcels::ground::Ground;
use crate::parcels::shapes::{
    ColumnCandidate, ColumnQuestion, CrsCandidate, CrsQuestion, GeometryChange, GeometryChanges,
    GeometryStage,
};
use crate::park::Park;
use crate::progress::unwatched;
use store::StagedRecord;

/// Candidates that are shown.
const CANDIDATES: usize = 6;

/// A staged file compared with the ledger as it is now.
///
/// # Errors
/// [`ParcelsFault`] when there is no such file for this person, or it cannot be read any more.
pub fn drawing(park: &Park, actor: &Actor, id: u64) -> Result<GeometryStage> {
    let (record, note) = waiting(park, actor, id)?;
    let gone = || ParcelsFault::BytesGone { file: record.name.clone() };
    let bytes = park.store.staged_bytes(record.id)?.ok_or_else(gone)?;
    let read = reading(park, &record.digest, &record.name, bytes, &unwatched)?;
    let reading = match &*read {
        Ok(reading) => reading,
        Err(finding) => return Ok(unreadable(record, finding.clone())),
    };
    let ground = Ground::new(park, actor)?;
    let placed = placed(&ground, reading, &note, park.today(), &record.name);
    let changes = changes(&ground, &placed);
    Ok(GeometryStage {
        id,
        format: say::format(reading.format).to_owned(),
        features: reading.features.len(),
        crs: question(&placed, &note, &reading.features),
        columns: columns(&placed.columns),
        extent: Extent::of(placed.features.iter().map(|f| &f.shape))
            .map(|e| [e.west, e.south, e.east, e.north]),
        preview: placed.frame.map(|_| preview(&placed)),
        ready: changes.new + changes.changed > 0,
        changes,
        findings: placed.findings,
        file: record.name,
        digest: record.digest,
        who: record.who,
    })
}

/// A file from which nothing can be read: the finding says why.
fn unreadable(record: StagedRecord, finding: Finding) -> GeometryStage {
    GeometryStage {
        id: record.id.0,
        format: say::UNREADABLE.to_owned(),
        features: 0,
        crs: CrsQuestion::default(),
        columns: ColumnQuestion::default(),
        extent: None,
        preview: None,
        ready: false,
        changes: GeometryChanges::default(),
        findings: vec![finding],
        file: record.name,
        digest: record.digest,
        who: record.who,
    }
}

fn question(placed: &Placed, note: &DrawingNote, features: &[land::Feature]) -> CrsQuestion {
    let candidates = placed.detection.candidates.iter().take(CANDIDATES).filter_map(|candidate| {
        Some(CrsCandidate {
            epsg: number_of(candidate.frame.crs)?,
            title: say::system(candidate.frame.crs),
            swap_axes: candidate.frame.north_first,
            why: candidate.why.iter().map(say::reason).collect::<Vec<_>>().join("；"),
            sample: sample(candidate.frame, features),
        })
    });
    let chosen = placed.frame.and_then(|frame| number_of(frame.crs));
    let asked = placed.detection.question.as_ref().filter(|_| placed.frame.is_none());
    let first = placed.detection.candidates.first();
    let why = match (&note.crs, first) {
        (Some(_), _) => say::BY_PERSON.to_owned(),
        (None, Some(first)) if chosen.is_some() => {
            first.why.iter().map(say::reason).collect::<Vec<_>>().join("；")
        }
        _ => String::new(),
    };
    CrsQuestion {
        chosen,
        swapped: placed.frame.is_some_and(|frame| frame.north_first),
        candidates: candidates.collect(),
        question: asked.map(say::question),
        why,
    }
}

fn columns(found: &Columns) -> ColumnQuestion {
    let candidates = found.candidates.iter().map(|of| ColumnCandidate {
        name: of.name.clone(),
        known: of.known,
        filled: of.filled,
        sample: of.sample.clone(),
    });
    let names: Vec<&str> = found.candidates.iter().map(|of| of.name.as_str()).collect();
    ColumnQuestion {
        code: found.code.clone(),
        area: found.area.clone(),
        holder: found.holder.clone(),
        candidates: candidates.collect(),
        question: found.open().then(|| say::which_column(&names)),
    }
}

/// The first feature in a frame, to be shown on the map.
fn sample(frame: Frame, features: &[land::Feature]) -> Option<Value> {
    let (placed, _) = land::crs::place(features.iter().take(1).cloned().collect(), frame);
    boundary::geometry(&land::write::geometry(&placed.first()?.shape))
}

fn preview(placed: &Placed) -> Value {
    let features = placed.features.iter().filter_map(|feature| {
        let findings = placed
            .findings
            .iter()
            .filter(|f| f.place.cell == say::feature(feature.number, feature.row))
            .count();
        Some(json!({
            "type": "Feature",
            "id": feature.number,
            "geometry": boundary::geometry(&feature.text)?,
            "properties": {
                "number": feature.number,
                "code": feature.code,
                "entry": feature.parcel.map(|(id, _)| id.0),
                "change": feature.kind,
                "findings": findings,
            },
        }))
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
}

fn changes(ground: &Ground<'_>, placed: &Placed) -> GeometryChanges {
    let mut all = GeometryChanges::default();
    for feature in &placed.features {
        *match feature.kind {
            "new" => &mut all.new,
            "changed" => &mut all.changed,
            "unchanged" => &mut all.unchanged,
            "held" => &mut all.held,
            _ => &mut all.unknown,
        } += 1;
        all.items.push(change(ground, feature));
    }
    all
}

fn change(ground: &Ground<'_>, feature: &PlacedFeature) -> GeometryChange {
    let parcels = ground.parcels();
    let row = feature.parcel.map(|(_, row)| row);
    GeometryChange {
        number: feature.number,
        entry: feature.parcel.map(|(id, _)| id.0),
        code: feature.code.clone(),
        name: row.map_or_else(String::new, |row| ground.sight.row_title(parcels.book, parcels.table, row)),
        kind: feature.kind.to_owned(),
        area: feature.area.map(|area| area.to_string()),
        legal_area: row.and_then(|row| ground.legal_area(row)).map(|(area, _)| area.to_string()),
    }
}
