//! Where values come from: each row's values with the table of cells they stand in.
//!
//! The tables of origins are made once per table of the file; a row whose values stand elsewhere – in another column, in a
//! joined cell above – gets a variant of its table. Deliberately absent: what becomes of rows of one key (`assemble.rs`).

use model::entry::{CellPlace, OriginTable, OriginTableId, Origins};
use model::id::FieldId;
use model::value::{Payload, Value};
use office::sheet::column_letters;
use rustc_hash::FxHashMap;

use super::rows::From;
use super::stage::Work;

/// Adds the place of one field, beside others of the same row.
pub(super) fn add_place(
    places: &mut Vec<(OriginTableId, u32, Vec<FieldId>)>,
    table: OriginTableId,
    row: u32,
    field: FieldId,
) {
    match places.iter_mut().find(|(t, r, fields)| *t == table && *r == row && !fields.is_empty()) {
        Some((_, _, fields)) => {
            fields.push(field);
            fields.sort();
        }
        None => places.push((table, row, vec![field])),
    }
}

/// Where each row's values stand: the tables made up front, and variants of them for rows that differ.
pub(super) struct OriginVariants {
    /// First origin table of each plan.
    base: Vec<u64>,
    variants: FxHashMap<(u64, Vec<(u16, From)>), u64>,
    shapes: Shapes,
}

/// Payloads by which slots of a plan they fill, without their values: most rows of a table fill the same ones, and to
/// copy a payload is far cheaper than to sort its fields again.
#[derive(Default)]
struct Shapes(FxHashMap<(usize, u64), Payload>);

impl Shapes {
    /// Shapes worth keeping; tables have a few.
    const MOST: usize = 256;

    /// The payload of a row; `slots` are sorted.
    fn payload(&mut self, plan: usize, slots: &[FieldId], values: &[Option<Value>]) -> Payload {
        let fields = || slots.iter().zip(values).filter(|(_, v)| v.is_some()).map(|(f, _)| f.clone());
        let filled = values.iter().flatten();
        let shape = (plan, values.iter().fold(0, |bits, v| (bits << 1) | u64::from(v.is_some())));
        if slots.len() > 64 || (self.0.len() >= Self::MOST && !self.0.contains_key(&shape)) {
            return fields().zip(filled.cloned()).collect();
        }
        let empty = || fields().map(|field| (field, Value::Flag(false))).collect();
        let mut payload = self.0.entry(shape).or_insert_with(empty).clone();
        for (place, value) in payload.values_mut().zip(filled) {
            place.clone_from(value);
        }
        payload
    }
}

impl OriginVariants {
    pub fn new(work: &Work<'_>) -> Self {
        let mut base = Vec::new();
        let mut next = 0;
        for plan in &work.plans {
            base.push(next);
            next += plan.months.len().max(1) as u64;
        }
        Self { base, variants: FxHashMap::default(), shapes: Shapes::default() }
    }

    /// A row's values and their origins; the row is used up.
    pub fn take(&mut self, work: &mut Work<'_>, plan: usize, row: usize) -> (Payload, Origins) {
        let planned = &work.plans[plan];
        let read = &mut work.rows[plan][row];
        let month = read.month.and_then(|m| planned.months.iter().position(|c| c.column == m)).unwrap_or(0);
        let base = self.base[plan] + month as u64;
        let number = read.row + 1;
        let payload = self.shapes.payload(plan, &planned.slots, &read.values);
        let raw =
            read.raw.drain(..).map(|(slot, text)| (planned.slots[usize::from(slot)].clone(), text)).collect();
        let mut places = Vec::with_capacity(1);
        if read.from.is_empty() {
            places.push((OriginTableId(base), number, Vec::new()));
        } else {
            let from = std::mem::take(&mut read.from);
            let moved: Vec<(u16, From)> =
                from.iter().copied().filter(|(_, f)| !matches!(f, From::Above(_))).collect();
            let table = if moved.is_empty() { base } else { self.variant(work, plan, base, moved) };
            places.push((OriginTableId(table), number, Vec::new()));
            for (slot, place) in from {
                if let From::Above(row) = place {
                    add_place(
                        &mut places,
                        OriginTableId(table),
                        row + 1,
                        work.plans[plan].slots[usize::from(slot)].clone(),
                    );
                }
            }
        }
        (payload, Origins { places, raw })
    }

    fn variant(&mut self, work: &mut Work<'_>, plan: usize, base: u64, mut moved: Vec<(u16, From)>) -> u64 {
        moved.sort_by_key(|(slot, _)| *slot);
        moved.dedup_by_key(|(slot, _)| *slot);
        if let Some(table) = self.variants.get(&(base, moved.clone())) {
            return *table;
        }
        let planned = &work.plans[plan];
        let mut table: OriginTable = work.staged.tables[usize::try_from(base).unwrap_or(0)].clone();
        for (slot, from) in &moved {
            let place = match from {
                From::Column(index) => {
                    Some(CellPlace::Column(column_letters(planned.columns[usize::from(*index)].col)))
                }
                From::Shared => planned.period.as_ref().map(|p| p.place.clone()),
                From::Above(_) => None,
            };
            if let Some(place) = place {
                table.fields.insert(planned.slots[usize::from(*slot)].clone(), place);
            }
        }
        let number = work.staged.tables.len() as u64;
        work.staged.tables.push(table);
        self.variants.insert((base, moved), number);
        number
    }
}
