//! Promises of the land contract (标准地承诺) and how far they are kept.
//!
//! What was contracted is read here and judged by [`assess::commitment`]: by what was promised and by nothing else, from the day it is
//! due.

use assess::commitment::{Bound, Commitment, Fulfilment, Judged, judge};
use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use model::id::EntryId;
use rust_decimal::Decimal;

use super::ground::{Ground, Shelf};
use super::measured::{Measured, percent};
use super::shapes::CommitmentView;
use super::view::floor_area_ratio;
use crate::messages::parcels as say;

/// The meaning of a promise about the floor-area ratio.
const FAR: &str = "far";
/// The meaning of a promise about the building density.
const DENSITY: &str = "density";

/// The promises of a parcel on a day, with what was reached in the year.
pub(super) fn commitments(measured: &Measured<'_>, row: u32, on: Date) -> Vec<CommitmentView> {
    let ground = measured.ground;
    let Some(shelf) = ground.shelf(LandRole::Commitment) else { return Vec::new() };
    let parcel = ground.parcels().id(row);
    let rows = shelf.rows_of(LandPart::Parcel, parcel).into_iter();
    rows.map(|promise| view(measured, shelf, promise, (parcel, row), on)).collect()
}

fn view(
    measured: &Measured<'_>,
    shelf: Shelf<'_>,
    promise: u32,
    (parcel, row): (EntryId, u32),
    on: Date,
) -> CommitmentView {
    let ground = measured.ground;
    let actual = reached(measured, shelf, promise, (parcel, row), on);
    let producing = ground.parcels().date(row, LandPart::Produced);
    let judged = contracted(ground, shelf, promise, row)
        .map(|commitment| (judge(&commitment, producing, on, |_| actual), commitment));
    let due = judged.as_ref().and_then(|(judged, _)| judged.due);
    let (state, overdue) =
        judged.as_ref().map_or(("unknown", None), |(judged, _)| (word(judged), judged.overdue));
    let value = shelf.number(promise, LandPart::Value);
    CommitmentView {
        entry: shelf.id(promise).0,
        title: ground.shown(shelf, promise, LandPart::Item).unwrap_or_default(),
        value,
        unit: ground
            .shown(shelf, promise, LandPart::ValueUnit)
            .unwrap_or_else(|| shelf.unit(LandPart::Value)),
        due,
        actual,
        fulfilment: actual.zip(value).and_then(|(actual, value)| actual.checked_div(value)).map(percent),
        words: say::promise(state, due, overdue),
        state: state.to_owned(),
        op: op(shelf, promise),
        document: ground.shown(shelf, promise, LandPart::Document),
    }
}

fn op(shelf: Shelf<'_>, promise: u32) -> String {
    shelf.meaning(promise, LandPart::Op).unwrap_or_else(|| "at_least".to_owned())
}

/// A promise as it was contracted: with its months from production and its latest day, which is that of the parcel's full
/// production where the promise itself names none. None without a value.
pub(super) fn contracted(
    ground: &Ground<'_>,
    shelf: Shelf<'_>,
    promise: u32,
    row: u32,
) -> Option<Commitment> {
    let parcels = ground.parcels();
    let latest = shelf.date(promise, LandPart::Due).or_else(|| shelf.date(promise, LandPart::From));
    let months = shelf.number(promise, LandPart::Months);
    Some(Commitment {
        item: shelf.meaning(promise, LandPart::Item).unwrap_or_default().into(),
        bound: bound(&op(shelf, promise)),
        value: shelf.number(promise, LandPart::Value)?,
        months: months.and_then(|months| i32::try_from(months.trunc().mantissa()).ok()),
        produce_by: parcels.date(row, LandPart::ProductionDue),
        due_by: latest.or_else(|| parcels.date(row, LandPart::FullDue)),
    })
}

/// What was reached of what was promised; nothing when nothing measures it, or this reader may not see it.
fn reached(
    measured: &Measured<'_>,
    shelf: Shelf<'_>,
    promise: u32,
    (parcel, row): (EntryId, u32),
    on: Date,
) -> Option<Decimal> {
    let ground = measured.ground;
    let text = shelf.text(promise, LandPart::Item)?;
    match shelf.land.meaning(LandPart::Item, &text)? {
        FAR => floor_area_ratio(ground, row, on),
        DENSITY => ground.parcels().number(row, LandPart::Density),
        id => {
            let measure = ground.content.measures.get(id)?;
            let area = ground.legal_area(row).map(|(area, _)| area);
            measured.cell(measure, parcel, area).per_mu
        }
    }
}

/// The bound of the content's word.
fn bound(op: &str) -> Bound {
    match op {
        "more_than" => Bound::Above,
        "at_most" => Bound::AtMost,
        "less_than" => Bound::Below,
        "equal" => Bound::Exactly,
        _ => Bound::AtLeast,
    }
}

/// How a promise stands, for programs.
fn word(judged: &Judged) -> &'static str {
    match judged.fulfilment {
        Fulfilment::NotDue { .. } => "not_due",
        Fulfilment::Unknown => "unknown",
        Fulfilment::Kept { .. } => "kept",
        Fulfilment::Broken { .. } => "broken",
    }
}

#[cfg(test)]
mod tests {
    use model::definition::COMMITMENT_OPS;

    use super::*;

    #[test]
    fn every_word_of_the_content_is_a_bound() {
        let bounds: Vec<Bound> = COMMITMENT_OPS.iter().map(|op| bound(op)).collect();
        let all = [Bound::AtLeast, Bound::Above, Bound::AtMost, Bound::Below, Bound::Exactly];
        assert_eq!(bounds, all);
    }
}
