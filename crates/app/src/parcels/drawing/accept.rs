//! Accepting a file of boundaries as one revision: each boundary a new version of its parcel, its origin the file and the
//! number of the feature.

use std::collections::BTreeMap;

use model::definition::{LandPart, Right};
use model::entry::{CellPlace, EntryState, EntryWrite, OriginTable, OriginTableId, Origins};
use model::finding::Severity;
use model::id::{FieldId, Revision};
use model::value::Value;
use store::{NewSource, RevisionKind, WriteRequest};

use super::placed::{PlacedFeature, placed};
use super::stage::{reading, waiting};
use crate::access::Actor;
use crate::desk::AcceptedView;
use crate::parcels::fault::{ParcelsFault, Result};
use crate::parcels::ground::Ground;
use crate::park::Park;
use crate::progress::Watch;

/// What a feature is called in the place of a value: `#12`; where it stands in a row of a sheet, its first cell: `A12`.
const FEATURE: &str = "#";
/// The first column of a sheet.
const SHEET: &str = "A";

/// Accepts a staged file of boundaries.
///
/// # Errors
/// [`ParcelsFault`] when it is not for this person, its coordinate system is open, or the ledger cannot be written.
pub fn accept_drawing(
    park: &mut Park,
    actor: &Actor,
    id: u64,
    why: &str,
    watch: &Watch<'_>,
) -> Result<AcceptedView> {
    let (record, note) = waiting(park, actor, id)?;
    let gone = || ParcelsFault::BytesGone { file: record.name.clone() };
    let bytes = park.store.staged_bytes(record.id)?.ok_or_else(gone)?;
    let read = reading(park, &record.digest, &record.name, bytes.clone(), watch)?;
    let reading =
        read.as_ref().as_ref().map_err(|finding| ParcelsFault::Drawing(Box::new(finding.clone())))?;
    let why = if why.trim().is_empty() { record.name.clone() } else { why.trim().to_owned() };
    let mut request = WriteRequest::new(park.clock.now(), &actor.name, &why, RevisionKind::Import);
    {
        let ground = Ground::new(park, actor)?;
        actor.need(Right::Accept, ground.parcels().book)?;
        let placed = placed(&ground, reading, &note, park.today(), &record.name);
        placed.frame.ok_or(ParcelsFault::SystemOpen)?;
        let parcels = ground.parcels();
        let missing = || ParcelsFault::Missing(LandPart::Boundary.word().to_owned());
        let field = parcels.land.field(LandPart::Boundary).ok_or_else(missing)?.clone();
        let changed: Vec<&PlacedFeature> =
            placed.features.iter().filter(|f| matches!(f.kind, "new" | "changed")).collect();
        let layers = layers(&changed);
        let column = if changed.iter().any(|f| f.row.is_some()) { SHEET } else { FEATURE };
        request.origin_tables = layers
            .iter()
            .map(|layer| OriginTable {
                source: record.digest.clone(),
                file: record.name.clone(),
                sheet: layer.clone(),
                fields: BTreeMap::from([(field.clone(), CellPlace::Column(column.to_owned()))]),
            })
            .collect();
        for feature in &changed {
            request.writes.push(written(park, &ground, feature, &field, &layers)?);
        }
        request.findings = placed.findings.into_iter().filter(|f| f.severity != Severity::Note).collect();
    }
    if request.writes.is_empty() {
        park.store.drop_staged(request.at, &actor.name, record.id)?;
        return Ok(AcceptedView { revision: None, entries: 0, queue: 0 });
    }
    request.source = Some(NewSource { digest: record.digest, name: record.name, bytes });
    request.staged = Some(record.id);
    let done = park.store.write(&request)?;
    Ok(AcceptedView { revision: Some(done.revision.0), entries: done.entries.len(), queue: 0 })
}

fn layers(features: &[&PlacedFeature]) -> Vec<String> {
    let mut layers: Vec<String> = features.iter().map(|feature| feature.layer.clone()).collect();
    layers.sort();
    layers.dedup();
    layers
}

/// The next version of a parcel, with the feature's boundary.
fn written(
    park: &Park,
    ground: &Ground<'_>,
    feature: &PlacedFeature,
    field: &FieldId,
    layers: &[String],
) -> Result<EntryWrite> {
    let (id, row) = feature.parcel.expect("a feature that changes a parcel has one");
    let parcels = ground.parcels();
    let at = Revision(ground.revision());
    let entry = park.store.entries_at(&[id], at)?.pop();
    let entry = entry.ok_or(crate::access::Refusal::NotFound)?;
    let mut origins: Origins = park.store.origins(&[id], at)?.pop().flatten().unwrap_or_default();
    // A place that spoke for this field alone is gone; one that speaks for all by default stays.
    origins.places.retain(|(_, _, fields)| fields.as_slice() != std::slice::from_ref(field));
    origins.places.iter_mut().for_each(|(_, _, fields)| fields.retain(|of| of != field));
    let layer = layers.iter().position(|layer| *layer == feature.layer).unwrap_or(0);
    let number = feature.row.unwrap_or_else(|| u32::try_from(feature.number).unwrap_or(u32::MAX));
    origins.places.push((OriginTableId(layer as u64), number, vec![field.clone()]));
    origins.raw.remove(field);
    let mut payload = entry.payload.clone();
    payload.insert(field.clone(), Value::text(&feature.text));
    Ok(EntryWrite {
        book: parcels.book.id.clone(),
        key: entry.key,
        entry: Some(id),
        based_on: parcels.table.versions()[row as usize],
        state: EntryState::Active,
        payload,
        origins,
    })
}
