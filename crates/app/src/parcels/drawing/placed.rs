//! Features of a file in the park: which parcel each is, its boundary mended, what is wrong with it, what it would change.

use std::collections::{HashMap, HashSet};

use land::check::{
    Flaw, Ground as Laid, Layer, PaperVerdict, Relation, Tolerances, against_paper, overlaps, repair,
};
use land::crs::detect::{Detection, Neighbourhood, detect, frame_for};
use land::crs::place;
use land::read::Reading;
use land::{Extent, Feature, Frame, Shape, Trouble, Weight, area, write};
use model::definition::LandPart;
use model::finding::{Finding, Place, Severity};
use model::id::EntryId;
use model::identity::parcel;

use super::DrawingNote;
use super::stage::named;
use crate::messages::drawing as say;
use crate::parcels::boundary;
use crate::parcels::ground::Ground;
use crate::parcels::register::layer_of;

/// A file's features as they would come to lie.
pub(super) struct Placed {
    /// Which system was found or asked.
    pub detection: Detection,
    /// The system taken; none while it is open.
    pub frame: Option<Frame>,
    /// The features that have a place.
    pub features: Vec<PlacedFeature>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

/// A feature in longitude and latitude.
pub(super) struct PlacedFeature {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The layer of the file.
    pub layer: String,
    /// The row of the sheet where it begins, for lists of points.
    pub row: Option<u32>,
    /// The code as the file says it.
    pub code: String,
    /// The parcel of the ledger.
    pub parcel: Option<(EntryId, u32)>,
    /// Its boundary, mended.
    pub shape: Shape,
    /// The text that would be kept.
    pub text: String,
    /// ㎡.
    pub area: Option<rust_decimal::Decimal>,
    /// What it would change: `new`, `changed`, `unchanged`, `unknown`, `held`.
    pub kind: &'static str,
}

/// Parcels of the ledger by what identifies them.
struct Known {
    rows: HashMap<String, (EntryId, u32)>,
    neighbourhood: Neighbourhood,
    shapes: HashMap<EntryId, Shape>,
}

impl Known {
    fn new(ground: &Ground<'_>) -> Self {
        let parcels = ground.parcels();
        let (mut rows, mut shapes) = (HashMap::new(), HashMap::new());
        let mut neighbourhood = Neighbourhood::default();
        for row in parcels.rows() {
            let id = parcels.id(row);
            let names = [LandPart::Code, LandPart::Number, LandPart::Name];
            let names: Vec<String> = names.iter().filter_map(|part| parcels.text(row, *part)).collect();
            for name in &names {
                rows.entry(key(name)).or_insert((id, row));
            }
            let Some(shape) = parcels.text(row, LandPart::Boundary).and_then(|t| boundary::shape(&t)) else {
                continue;
            };
            if let Some(extent) = Extent::of([&shape]) {
                for name in names {
                    neighbourhood.parcels.entry(name).or_insert(extent.center());
                }
            }
            shapes.insert(id, shape);
        }
        neighbourhood.extent = Extent::of(shapes.values());
        Self { rows, neighbourhood, shapes }
    }
}

/// How names and codes are compared: a unit code (28 characters) names its parcel (19).
fn key(text: &str) -> String {
    parcel::parse(text).map_or_else(|| model::text::squeeze(text), |code| code.parcel)
}

/// Places the features of a file.
pub(super) fn placed(ground: &Ground<'_>, reading: &Reading, note: &DrawingNote, file: &str) -> Placed {
    let known = Known::new(ground);
    let detection = detect(reading, &known.neighbourhood);
    let frame = named(note).map(|crs| frame_for(crs, &reading.features)).or(detection.chosen);
    let frame =
        frame.map(|frame| Frame { north_first: note.north_first.unwrap_or(frame.north_first), ..frame });
    let mut findings: Vec<Finding> = reading.troubles.iter().map(|trouble| told(trouble, file)).collect();
    let Some(frame) = frame else {
        return Placed { detection, frame: None, features: Vec::new(), findings };
    };
    let column = column(&reading.features, &known);
    let (features, troubles) = place(reading.features.clone(), frame);
    findings.extend(troubles.iter().map(|trouble| told(trouble, file)));
    let mut taken = HashSet::new();
    let mut placed: Vec<PlacedFeature> = (1..)
        .zip(features)
        .map(|(at, feature)| {
            let number = feature.place.feature.and_then(|n| usize::try_from(n).ok()).unwrap_or(at);
            one(ground, &known, (number, &feature, column.as_deref()), file, (&mut taken, &mut findings))
        })
        .collect();
    overlapping(ground, &known, &mut placed, file, &mut findings);
    Placed { detection, frame: Some(frame), features: placed, findings }
}

/// The attribute that says which parcel a feature is: the one most of whose values are codes or names of the ledger, or
/// have the form of a parcel code.
fn column(features: &[Feature], known: &Known) -> Option<String> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for attribute in features.iter().flat_map(|feature| &feature.attributes) {
        let Some(text) = attribute.value.text() else { continue };
        let of = counts.entry(&attribute.name).or_default();
        of.0 += usize::from(known.rows.contains_key(&key(text)));
        of.1 += usize::from(parcel::parse(text).is_some());
    }
    let best = counts.into_iter().filter(|(_, (rows, codes))| rows + codes > 0);
    best.max_by_key(|(name, (rows, codes))| (rows + codes, *rows, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.to_owned())
}

fn one(
    ground: &Ground<'_>,
    known: &Known,
    (number, feature, column): (usize, &Feature, Option<&str>),
    file: &str,
    (taken, findings): (&mut HashSet<EntryId>, &mut Vec<Finding>),
) -> PlacedFeature {
    let code = column.and_then(|name| feature.attribute(name)).unwrap_or_default().to_owned();
    let found = known.rows.get(&key(&code)).copied().filter(|_| !code.is_empty());
    let row = feature.place.row.filter(|_| feature.place.feature.is_none());
    let cell = say::feature(number, row);
    let at = At { file, layer: &feature.place.layer, cell, entry: found.map(|(id, _)| id) };
    let repaired = repair(&feature.shape, &Tolerances::default());
    for mend in &repaired.mends {
        findings.push(at.finding(mend.code(), Severity::Note, say::mend(mend)));
    }
    for flaw in &repaired.flaws {
        let usable = matches!(flaw, Flaw::Thin { .. });
        let severity = if usable { Severity::Warning } else { Severity::Error };
        findings.push(at.finding(flaw.code(), severity, say::flaw(flaw)));
    }
    let square_metres = area::square_metres(&repaired.shape);
    let mut held = !repaired.usable();
    match found {
        None => findings.push(at.finding("unknown-parcel", Severity::Warning, say::unknown(&code))),
        Some((id, row)) => {
            if !taken.insert(id) {
                findings.push(at.finding("parcel-twice", Severity::Error, say::twice(&code)));
                held = true;
            }
            if let Some((legal, _)) = ground.legal_area(row) {
                let verdict = against_paper(square_metres, legal, &Tolerances::default());
                if !matches!(verdict, PaperVerdict::Agrees { .. }) {
                    let drawn = area::decimal(square_metres);
                    findings.push(at.finding(
                        "area-differs",
                        Severity::Warning,
                        say::paper(&verdict, drawn, legal),
                    ));
                }
            }
        }
    }
    let text = write::geometry(&repaired.shape);
    let stored = found.and_then(|(_, row)| ground.parcels().text(row, LandPart::Boundary));
    let same = || stored.as_deref().and_then(boundary::shape).map(|shape| write::geometry(&shape));
    let kind = match (held, found, &stored) {
        (true, ..) => "held",
        (_, None, _) => "unknown",
        (_, Some(_), None) => "new",
        (_, Some(_), Some(_)) if same().as_deref() == Some(&text) => "unchanged",
        _ => "changed",
    };
    PlacedFeature {
        number,
        layer: feature.place.layer.to_string(),
        row,
        code,
        parcel: found,
        area: area::decimal(square_metres).map(|area| area.normalize()),
        shape: repaired.shape,
        text,
        kind,
    }
}

/// Parcels that would claim the same ground: those of the file, and those of the ledger that the file leaves as they are.
fn overlapping(
    ground: &Ground<'_>,
    known: &Known,
    placed: &mut [PlacedFeature],
    file: &str,
    findings: &mut Vec<Finding>,
) {
    let parcels = ground.parcels();
    let changed: HashSet<EntryId> = placed.iter().filter_map(|f| f.parcel).map(|(id, _)| id).collect();
    let others = parcels.rows().filter(|row| !changed.contains(&parcels.id(*row)));
    let others: Vec<(String, &Shape)> = others
        .filter(|row| parcels.date(*row, LandPart::Retired).is_none())
        .filter_map(|row| {
            let code = parcels.text(row, LandPart::Code).unwrap_or_default();
            Some((code, known.shapes.get(&parcels.id(row))?))
        })
        .collect();
    let lying: Vec<Laid<'_>> = placed
        .iter()
        .map(|f| Laid { layer: layer(&f.code), shape: &f.shape })
        .chain(others.iter().map(|(code, shape)| Laid { layer: layer(code), shape }))
        .collect();
    let name = |at: usize| match placed.get(at) {
        Some(feature) => feature.code.clone(),
        None => others[at - placed.len()].0.clone(),
    };
    let found = overlaps(&lying, &Tolerances::default());
    // What lies in the ledger already is not this file's.
    for overlap in found.into_iter().filter(|o| o.first < placed.len() && o.relation != Relation::Stacked) {
        let feature = &placed[overlap.first];
        let entry = feature.parcel.map(|(id, _)| id);
        let at = At { file, layer: &feature.layer, cell: say::feature(feature.number, feature.row), entry };
        let duplicate = overlap.relation == Relation::Duplicate;
        let code = if duplicate { "same-boundary" } else { "overlap" };
        let said = say::overlap(&name(overlap.second), area::decimal(overlap.square_metres), duplicate);
        findings.push(at.finding(code, Severity::Warning, said));
    }
}

fn layer(code: &str) -> Layer {
    match layer_of(code) {
        "above" => Layer::Above,
        "below" => Layer::Below,
        _ => Layer::Surface,
    }
}

/// A feature's place in findings.
struct At<'a> {
    file: &'a str,
    layer: &'a str,
    cell: String,
    entry: Option<EntryId>,
}

impl At<'_> {
    fn finding(&self, code: &str, severity: Severity, (message, hint): (String, String)) -> Finding {
        let place = Place {
            file: self.file.to_owned(),
            sheet: self.layer.to_owned(),
            cell: self.cell.clone(),
            entry: self.entry,
            ..Place::default()
        };
        Finding { code: format!("boundary-{code}"), severity, place, message, hint }
    }
}

/// A trouble of reading or placing as a finding.
pub(crate) fn told(trouble: &Trouble, file: &str) -> Finding {
    let severity = match trouble.weight {
        Weight::Note => Severity::Note,
        Weight::Doubt => Severity::Warning,
        Weight::Refused => Severity::Error,
    };
    let (message, hint) = say::trouble(&trouble.what);
    let place = Place {
        file: file.to_owned(),
        sheet: trouble.place.layer.to_string(),
        cell: say::place(&trouble.place),
        ..Place::default()
    };
    Finding { code: format!("boundary-{}", trouble.what.code()), severity, place, message, hint }
}
