//! Features of a file in the park: which parcel each is, its boundary mended, what is wrong with it, what it would change.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use land::check::{Flaw, PaperVerdict, Tolerances, against_paper, repair};
use land::crs::detect::{Detection, Neighbourhood, Question, detect, frame_for};
use land::crs::place;
use land::read::Reading;
use land::{Extent, Feature, Frame, Shape, Trouble, Weight, area, write};
use model::definition::LandPart;
use model::finding::{Finding, Place, Severity};
use model::id::EntryId;
use model::text::squeeze;
use rust_decimal::Decimal;

use super::DrawingNote;
use super::beside;
use super::columns::{Columns, key};
use super::stage::named;
use crate::messages::drawing as say;
use crate::parcels::boundary;
use crate::parcels::ground::{Ground, MU};

/// A file's features as they would come to lie.
pub(super) struct Placed {
    /// Which system was found or asked.
    pub detection: Detection,
    /// The system taken; none while it is open.
    pub frame: Option<Frame>,
    /// Which attribute says what.
    pub columns: Columns,
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
    pub area: Option<Decimal>,
    /// What it would change: `new`, `changed`, `unchanged`, `unknown`, `held`.
    pub kind: &'static str,
}

/// Parcels of the ledger by what identifies them.
pub(super) struct Known {
    rows: HashMap<String, (EntryId, u32)>,
    neighbourhood: Neighbourhood,
    /// Their boundaries.
    pub shapes: HashMap<EntryId, Shape>,
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

/// Places the features of a file.
pub(super) fn placed(
    ground: &Ground<'_>,
    reading: &Reading,
    note: &DrawingNote,
    on: Date,
    file: &str,
) -> Placed {
    let mut known = Known::new(ground);
    let words = &ground.page.drawing;
    let known_as = |text: &str| known.rows.get(&key(text)).map(|(id, _)| *id);
    let columns = Columns::find(&reading.features, words, note.column.as_deref(), &known_as);
    // Where attributes name different parcels, a known one may confirm the system and not contradict it.
    let told_apart = columns.candidates.len() < 2;
    known.neighbourhood.named_by = columns.code.clone().filter(|_| told_apart);
    let mut detection = detect(reading, &known.neighbourhood);
    if !told_apart && matches!(detection.question, Some(Question::ParcelsMoved { .. })) {
        known.neighbourhood.parcels.clear();
        detection = detect(reading, &known.neighbourhood);
    }
    let frame = named(note, reading).map(|crs| frame_for(crs, &reading.features)).or(detection.chosen);
    let frame =
        frame.map(|frame| Frame { north_first: note.north_first.unwrap_or(frame.north_first), ..frame });
    let mut findings: Vec<Finding> = reading.troubles.iter().map(|trouble| told(trouble, file)).collect();
    if columns.open() {
        let names: Vec<&str> = columns.candidates.iter().map(|of| of.name.as_str()).collect();
        let at = At { file, layer: "", cell: String::new(), entry: None };
        let said = (say::which_column(&names), say::NAME_COLUMN.to_owned());
        findings.push(at.finding("which-column", Severity::Error, said));
    }
    let Some(frame) = frame else {
        return Placed { detection, frame: None, columns, features: Vec::new(), findings };
    };
    let (features, troubles) = place(reading.features.clone(), frame);
    findings.extend(troubles.iter().map(|trouble| told(trouble, file)));
    let mut taken = HashSet::new();
    let placed: Vec<PlacedFeature> = (1..)
        .zip(features)
        .map(|(at, feature)| {
            let number = feature.place.feature.and_then(|n| usize::try_from(n).ok()).unwrap_or(at);
            one(ground, &known, (number, &feature, &columns), file, (&mut taken, &mut findings))
        })
        .collect();
    findings.extend(beside::findings(ground, &known, &placed, on, file));
    Placed { detection, frame: Some(frame), columns, features: placed, findings }
}

fn one(
    ground: &Ground<'_>,
    known: &Known,
    (number, feature, columns): (usize, &Feature, &Columns),
    file: &str,
    (taken, findings): (&mut HashSet<EntryId>, &mut Vec<Finding>),
) -> PlacedFeature {
    let code =
        columns.code.as_deref().and_then(|name| feature.attribute(name)).unwrap_or_default().to_owned();
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
        None if columns.open() => {}
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
            findings.extend(
                said_otherwise(ground, row, feature, columns)
                    .map(|(code, said)| at.finding(code, Severity::Warning, said)),
            );
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

/// What the file says beside the boundary and the ledger says otherwise: the area by paper, the holder. Nothing of it is
/// written.
fn said_otherwise(
    ground: &Ground<'_>,
    row: u32,
    feature: &Feature,
    columns: &Columns,
) -> impl Iterator<Item = (&'static str, (String, String))> + use<> {
    let parcels = ground.parcels();
    let area = || {
        let name = columns.area.as_deref()?;
        let text = feature.attribute(name)?;
        let number: Decimal = text.trim().parse().ok()?;
        let said = if name.contains('亩') { number.checked_div(MU)? } else { number };
        let (legal, _) = ground.legal_area(row)?;
        // Offices round to whole ㎡.
        let differs = (said - legal).abs() > HALF;
        differs.then(|| ("area-said", say::area_said(&said.round_dp(2), &legal)))
    };
    let holder = || {
        let said = feature.attribute(columns.holder.as_deref()?)?;
        let known = ground.linked(parcels, row, LandPart::Holder).map(|link| link.title);
        let known = known.or_else(|| ground.shown(parcels, row, LandPart::Holder))?;
        let (one, other) = (squeeze(said), squeeze(&known));
        let same = one.is_empty() || one.contains(&other) || other.contains(&one);
        (!same).then(|| ("holder-said", say::holder_said(said.trim(), &known)))
    };
    [area(), holder()].into_iter().flatten()
}

/// What the area by paper may differ by, ㎡.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// A feature's place in findings.
pub(super) struct At<'a> {
    /// The file.
    pub file: &'a str,
    /// The layer of the file.
    pub layer: &'a str,
    /// The feature's number or first cell.
    pub cell: String,
    /// The parcel.
    pub entry: Option<EntryId>,
}

impl At<'_> {
    /// A finding at this place.
    pub fn finding(&self, code: &str, severity: Severity, (message, hint): (String, String)) -> Finding {
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
