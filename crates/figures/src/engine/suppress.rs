//! Suppression: what would reveal a single respondent of a statistics-confidential book to a reader without the right.
//!
//! A cell of fewer than three subjects, or one of which a single subject makes more than 85 %, is withheld. If only one line
//! of a breakdown is withheld, the next smallest is too, or the total would give it away. A value “without X” gives X away
//! by the difference to the total, and so counts as a cell of X.

use std::rc::Rc;

use model::definition::Figure;
use model::period::Period;
use rust_decimal::Decimal;

use super::answer::{Answer, GroupAnswer, Sides, by_key};
use super::keys::Keys;
use super::plan::{Side, Taken, What};
use super::{Engine, Scope, add_note};
use crate::column::NONE;
use crate::request::{BlankReason, FieldPath, Note, Outcome};

/// Fewer subjects than this are withheld.
const FEWEST: usize = 3;
/// A subject with more than this share, in percent, is revealed by its cell.
const LARGEST_SHARE: i64 = 85;

impl<'a> Engine<'a> {
    pub(super) fn suppress(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
        by: Option<&FieldPath>,
        sides: &Sides<'a>,
        answer: &mut Answer,
    ) {
        let Ok(measure) = self.measure(figure) else { return };
        if self.reader.may_see_confidential || !measure.book.statistics_confidential {
            return;
        }
        let Some(subjects) = self.subjects(measure.table) else { return };
        let compared = sides.compared.as_deref();
        let whole = self.reveals(figure, &subjects, &sides.current, None)
            || compared.is_some_and(|c| self.reveals(figure, &subjects, &sides.current, Some(c)))
            || self.difference_reveals(figure, period, scope, &subjects);
        if whole {
            *answer =
                Answer { books: std::mem::take(&mut answer.books), ..Answer::blank(BlankReason::Withheld) };
            return;
        }
        let Some(keys) = by.and_then(|by| self.keys(measure.table, by)) else { return };
        let places = by_key(&keys, &sides.current, None);
        let hidden: Vec<(String, Option<model::id::EntryId>)> = places
            .iter()
            .filter(|(_, places)| self.reveals(figure, &subjects, &sides.current, Some(places)))
            .map(|(code, _)| (self.key_name(&keys, *code), keys.entry(*code)))
            .collect();
        withhold_groups(&mut answer.groups, &hidden);
        let count = answer.groups.iter().filter(|g| g.value.blank() == Some(BlankReason::Withheld)).count();
        add_note(&mut answer.notes, Note::WithheldGroups(count));
    }

    /// Whether what is left out of a wider, visible value is itself a cell that reveals.
    fn difference_reveals(&self, figure: &'a Figure, period: Period, scope: &Scope, subjects: &Keys) -> bool {
        if scope.without.is_empty() {
            return false;
        }
        let wider = Rc::new(Scope { only: scope.only.clone(), without: vec![] });
        let Ok(all) = self.taken(figure, period, Side::Current, &wider) else { return false };
        let left_out = |row: u32| {
            let entry = subjects.entry(subjects.codes[row as usize]);
            entry.is_some_and(|e| scope.without.iter().any(|(_, out)| *out == e))
        };
        let positions: Vec<u32> =
            (0u32..).zip(all.rows.iter()).filter(|(_, row)| left_out(**row)).map(|(i, _)| i).collect();
        !positions.is_empty() && self.reveals(figure, subjects, &all, Some(&positions))
    }

    /// Whether a cell has too few subjects or one that dominates it.
    fn reveals(
        &self,
        figure: &Figure,
        subjects: &Keys,
        taken: &Taken<'a>,
        positions: Option<&[u32]>,
    ) -> bool {
        let by = by_key(subjects, taken, positions);
        let count = by.keys().filter(|code| **code != NONE).count();
        if count == 0 {
            return false;
        }
        if count < FEWEST {
            return true;
        }
        if matches!(taken.what, What::Sum { counts: true, .. } | What::Aggregate(_)) {
            return false;
        }
        let sizes: Vec<Decimal> = by
            .values()
            .filter_map(|places| self.fold_some(figure, taken, Some(places)).number())
            .map(|n| n.abs())
            .collect();
        let largest = sizes.iter().max().copied().unwrap_or_default();
        let total: Decimal = sizes.iter().sum();
        largest * Decimal::ONE_HUNDRED > total * Decimal::from(LARGEST_SHARE)
    }
}

fn withhold_groups(groups: &mut [GroupAnswer], hidden: &[(String, Option<model::id::EntryId>)]) {
    let is_hidden = |g: &GroupAnswer| hidden.iter().any(|(name, entry)| *name == g.name && *entry == g.entry);
    let mut out: Vec<usize> = (0..groups.len()).filter(|i| is_hidden(&groups[*i])).collect();
    if out.len() == 1 {
        let size = |i: &usize| groups[*i].value.number().map(|n| n.abs());
        let next = (0..groups.len()).filter(|i| !out.contains(i) && size(i).is_some()).min_by_key(size);
        out.extend(next);
    }
    for i in out {
        let blank = Outcome::Blank(BlankReason::Withheld);
        let group = &mut groups[i];
        (group.value, group.comparable, group.prior) = (blank.clone(), blank.clone(), blank);
    }
}
