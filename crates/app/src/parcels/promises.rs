//! Promises of the land contract (标准地承诺) and how far they are kept.
//!
//! A promise is judged by what was promised: output by output, never by revenue; and only from the day it is due.

use assess::commitment::Bound;
use jiff::civil::Date;
use model::definition::{LandPart, LandRole};
use model::id::EntryId;
use rust_decimal::Decimal;

use super::ground::Shelf;
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
    let op = shelf.meaning(promise, LandPart::Op).unwrap_or_else(|| "at_least".to_owned());
    let value = shelf.number(promise, LandPart::Value);
    let due = shelf.date(promise, LandPart::Due).or_else(|| shelf.date(promise, LandPart::From));
    let actual = reached(measured, shelf, promise, (parcel, row), on);
    let state = state((value, actual), &op, due, on);
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
        words: say::promise(state, due),
        state: state.to_owned(),
        op,
        document: ground.shown(shelf, promise, LandPart::Document),
    }
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

/// The bound of the content's word; none for a word that names no side.
fn bound(op: &str) -> Option<Bound> {
    match op {
        "at_least" => Some(Bound::AtLeast),
        "more_than" => Some(Bound::Above),
        "at_most" => Some(Bound::AtMost),
        "less_than" => Some(Bound::Below),
        _ => None,
    }
}

/// How a promise stands: not due, kept, broken, or not known.
fn state(
    (value, actual): (Option<Decimal>, Option<Decimal>),
    op: &str,
    due: Option<Date>,
    on: Date,
) -> &'static str {
    if due.is_some_and(|due| on < due) {
        return "not_due";
    }
    let (Some(value), Some(actual)) = (value, actual) else { return "unknown" };
    let kept = bound(op).map_or(actual == value, |bound| bound.holds(actual, value));
    if kept { "kept" } else { "broken" }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_promise_is_judged_from_the_day_it_is_due() {
        let number = |n: i64| Some(Decimal::from(n));
        let on = date(2023, 12, 31);
        let check = |value, actual, op, due, expected| {
            assert_eq!(state((value, actual), op, due, on), expected, "{value:?} {actual:?} {op}");
        };
        check(number(400), number(389), "at_least", Some(date(2022, 1, 1)), "broken");
        check(number(400), number(400), "at_least", None, "kept");
        check(number(400), number(400), "more_than", None, "broken");
        check(number(400), number(1), "at_least", Some(date(2024, 6, 30)), "not_due");
        check(number(400), None, "at_least", None, "unknown");
        check(number(20), number(18), "at_most", None, "kept");
    }
}
