//! Screening (可疑值): numbers of a year that look like a slip of units, for a person to look at. They are said beside the parcel and
//! count as contradicted in coverage, so that they are asked for; nothing is mended and no value is left out.

use std::collections::BTreeMap;

use assess::screen::{self, AreaSlip};
use model::definition::Split;
use model::id::MeasureId;
use rust_decimal::Decimal;

use super::Judged;
use crate::parcels::ground::{AREAS, Ground};

/// What looks wrong about a parcel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Doubted {
    /// Its legal area beside another area of the book.
    Area(AreaSlip),
    /// A value per ㎡ that is many times what parcels usually have.
    FarAbove(MeasureId),
}

/// What looks wrong, by subject.
pub(super) fn screened(ground: &Ground<'_>, judged: &Judged) -> BTreeMap<usize, Vec<Doubted>> {
    let mut found: BTreeMap<usize, Vec<Doubted>> = BTreeMap::new();
    for (at, row) in judged.rows.iter().enumerate() {
        if let Some(slip) = area(ground, *row) {
            found.entry(at).or_default().push(Doubted::Area(slip));
        }
    }
    let divided = ground.content.measures.values().filter(|measure| measure.split == Split::Additive);
    for measure in divided {
        let Some(readings) = judged.facts.measures.get(&measure.id) else { continue };
        let subjects = judged.facts.subjects.iter().zip(readings);
        let per: Vec<Option<Decimal>> =
            subjects.map(|(subject, reading)| reading.value?.checked_div(subject.land?)).collect();
        for at in screen::far_above_median(&per, screen::TIMES) {
            found.entry(at).or_default().push(Doubted::FarAbove(measure.id.clone()));
        }
    }
    found
}

/// What the legal area looks like beside the other areas the book has of a parcel.
fn area(ground: &Ground<'_>, row: u32) -> Option<AreaSlip> {
    let (legal, from) = ground.legal_area(row)?;
    let parcels = ground.parcels();
    let others = AREAS.iter().filter(|(_, word)| *word != from);
    let mut others = others.filter_map(|(part, _)| ground.area(parcels, row, *part));
    others.find_map(|other| screen::area_slip(legal, other))
}
