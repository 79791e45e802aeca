//! Findings that say the same in row after row, told once with their rows.
//!
//! Nothing is lost: findings are put together only where one sentence and a short list of rows say what all of them said.
//! Deliberately absent: trouble with cells, which is counted while cells are read (`troubles.rs`), and the books' checks,
//! whose sentences differ from row to row (`checks.rs`).

use model::finding::Severity;
use model::id::{BookId, FieldId};
use office::sheet::a1;
use rustc_hash::FxHashMap;

use super::draft::Spot;
use super::stage::Work;
use crate::messages::import as say;

/// So many findings of one sentence are told one by one.
const APART: usize = 10;
/// So many runs of rows can still be read in a sentence.
const RUNS: usize = 20;

/// A row that says nothing but what an earlier one says: plan and row (from 0) of both.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Repeat {
    pub plan: usize,
    pub row: u32,
    pub of: (usize, u32),
}

impl Repeat {
    /// Whether it is the row below another, and what it repeats the row below what that repeats.
    fn follows(&self, above: &Self) -> bool {
        let next = (above.plan, above.row + 1, above.of.0, above.of.1 + 1);
        (self.plan, self.row, self.of.0, self.of.1) == next
    }
}

/// Tells which rows repeat others; a part of a table that stands twice is one finding.
pub(super) fn tell_repeats(work: &mut Work<'_>, mut repeats: Vec<Repeat>) {
    repeats.sort_unstable();
    // In a wide table every month of the row says so.
    repeats.dedup();
    for run in repeats.chunk_by(|above, below| below.follows(above)) {
        let size = if run.len() > APART { run.len() } else { 1 };
        for part in run.chunks(size) {
            let spot = repeated(work, part);
            work.tell(part[0].plan, spot);
        }
    }
}

fn repeated(work: &Work<'_>, part: &[Repeat]) -> Spot {
    let (first, last) = (part[0], part[part.len() - 1]);
    let (here, there) = (&work.plans[first.plan], &work.plans[first.of.0]);
    let rows = |left: u16, top: u32, bottom: u32| {
        if part.len() == 1 { a1(top, left) } else { format!("{}:{}", a1(top, left), a1(bottom, left)) }
    };
    let mut place = rows(there.table.left, first.of.1, last.of.1);
    if there.sheet != here.sheet {
        place = format!("{}!{place}", work.workbook.sheets[there.sheet].name);
    }
    let said =
        if part.len() == 1 { say::row_repeated(&place) } else { say::rows_repeated(&place, part.len()) };
    let mut spot = Spot::cell(first.row, here.table.left, "row-repeated", Severity::Note, said);
    spot.cell = rows(here.table.left, first.row, last.row);
    spot.about(&here.known.book.id, None)
}

/// What findings must share to be one: all but the row.
type Sentence<'s> = (&'s str, Severity, &'s say::Said, Option<&'s BookId>, Option<&'s FieldId>, u16);

/// Puts findings of one sheet together; they are and stay sorted by cell.
pub(super) fn put_together(spots: &mut Vec<Spot>) {
    if spots.len() <= APART {
        return;
    }
    let mut by_sentence: FxHashMap<Sentence<'_>, Vec<usize>> = FxHashMap::default();
    for (index, spot) in spots.iter().enumerate().filter(|(_, s)| s.cell == a1(s.at.0, s.at.1)) {
        let (book, field) = (spot.book.as_ref(), spot.field.as_ref());
        let sentence = (spot.code.as_str(), spot.severity, &spot.said, book, field, spot.at.1);
        by_sentence.entry(sentence).or_default().push(index);
    }
    let alike: Vec<Vec<usize>> = by_sentence.into_values().filter(|same| same.len() > APART).collect();
    let mut gone = vec![false; spots.len()];
    for same in alike {
        let rows: Vec<u32> = same.iter().map(|i| spots[*i].at.0 + 1).collect();
        let runs = runs(&rows);
        if runs.len() > RUNS {
            continue;
        }
        same[1..].iter().for_each(|i| gone[*i] = true);
        let last = same[same.len() - 1];
        let cell = format!("{}:{}", spots[same[0]].cell, spots[last].cell);
        let first = &mut spots[same[0]];
        first.cell = cell;
        first.said.0.push_str(&say::in_these_rows(rows.len(), &runs));
    }
    let mut index = 0;
    spots.retain(|_| {
        index += 1;
        !gone[index - 1]
    });
}

/// Ascending rows as runs, first and last of each.
fn runs(rows: &[u32]) -> Vec<(u32, u32)> {
    rows.chunk_by(|a, b| b - a <= 1).map(|run| (run[0], run[run.len() - 1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(rows: &[u32], code: &str) -> Vec<Spot> {
        let said = || ("缺".to_owned(), String::new());
        rows.iter().map(|row| Spot::cell(row - 1, 1, code, Severity::Error, said())).collect()
    }

    fn shown(spots: &[Spot]) -> Vec<String> {
        spots.iter().map(|s| format!("{} {}", s.cell, s.said.0)).collect()
    }

    #[test]
    fn the_same_in_many_rows_is_one_finding() {
        let mut all = spots(&[3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 21], "a");
        put_together(&mut all);
        assert_eq!(shown(&all), ["B3:B21 缺（共 11 行：第 3—10、12、20—21 行）"]);
    }

    #[test]
    fn few_or_different_or_scattered_findings_stay_apart() {
        let mut few = spots(&(1..=10).collect::<Vec<_>>(), "a");
        put_together(&mut few);
        assert_eq!(few.len(), 10);
        // Six of one kind and six of another.
        let mut two = [spots(&[1, 2, 3, 4, 5, 6], "a"), spots(&[1, 2, 3, 4, 5, 6], "b")].concat();
        put_together(&mut two);
        assert_eq!(two.len(), 12);
        // Every other row: 21 runs are too many for a sentence, and no row may be lost.
        let mut scattered = spots(&(0..21).map(|n| 1 + 2 * n).collect::<Vec<_>>(), "a");
        put_together(&mut scattered);
        assert_eq!(scattered.len(), 21);
        let mut few_runs = spots(&(0..20).map(|n| 1 + 2 * n).collect::<Vec<_>>(), "a");
        put_together(&mut few_runs);
        assert_eq!(few_runs.len(), 1);
    }
}
