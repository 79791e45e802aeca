//! What is usual for whom: the amounts of each subject in the ledger and in the file, and values far from their median.
//!
//! Deliberately absent: which fields are looked at, and what is said about what is far (`checks.rs`).

use model::entry::Entry;
use model::id::{EntryId, FieldId};
use model::value::{Payload, Value};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::Change;
use super::stage::Work;

/// Values of its own history a subject must have before it can be far from them.
const HISTORY: usize = 3;
/// Powers of ten by which figures slip when units are mixed up.
const SLIPS: [u32; 3] = [4, 3, 2];

/// Whom heads and drafts are about: subjects numbered in the order in which they first come.
pub(super) struct Subjects {
    count: usize,
    /// By head; none for those the file states anew.
    of_head: Vec<Option<usize>>,
    /// By place among the book's drafts.
    of_draft: Vec<Option<usize>>,
}

impl Subjects {
    pub fn new(work: &Work<'_>, heads: &[Entry], drafts: &[usize], subject: &FieldId) -> Self {
        let drafts = || drafts.iter().map(|d| &work.staged.drafts[*d]);
        let staged = if heads.is_empty() { Vec::new() } else { drafts().map(|d| d.entry).collect() };
        let staged: FxHashSet<EntryId> = staged.into_iter().collect();
        let mut known: FxHashMap<&Value, usize> = FxHashMap::default();
        let mut numbers = Vec::with_capacity(heads.len());
        let old = heads.iter().map(|e| e.payload.get(subject).filter(|_| !staged.contains(&e.id)));
        for value in old.chain(drafts().map(|d| d.payload.get(subject))) {
            let next = known.len();
            numbers.push(value.map(|value| *known.entry(value).or_insert(next)));
        }
        let of_draft = numbers.split_off(heads.len());
        Self { count: known.len(), of_head: numbers, of_draft }
    }
}

/// The amounts of one field by subject, without their signs: what is usual for whom.
pub(super) struct History {
    /// Where each subject's amounts begin in `sorted`; the last is the end.
    starts: Vec<usize>,
    /// Ascending within a subject.
    sorted: Vec<Decimal>,
    /// By place among the book's drafts.
    of_draft: Vec<Option<Decimal>>,
}

impl History {
    pub fn new(
        work: &Work<'_>,
        heads: &[Entry],
        drafts: &[usize],
        subjects: &Subjects,
        field: &FieldId,
    ) -> Self {
        let amount = |payload: &Payload| {
            payload.get(field).and_then(Value::as_number).filter(|n| !n.is_zero()).map(|n| n.abs())
        };
        let of_draft: Vec<Option<Decimal>> =
            drafts.iter().map(|d| amount(&work.staged.drafts[*d].payload)).collect();
        let old = subjects.of_head.iter().zip(heads.iter().map(|e| amount(&e.payload)));
        let all: Vec<(usize, Decimal)> = old
            .chain(subjects.of_draft.iter().zip(of_draft.iter().copied()))
            .filter_map(|(subject, amount)| (*subject).zip(amount))
            .collect();
        let mut starts = vec![0; subjects.count + 1];
        for (subject, _) in &all {
            starts[subject + 1] += 1;
        }
        for subject in 0..subjects.count {
            starts[subject + 1] += starts[subject];
        }
        let (mut sorted, mut next) = (vec![Decimal::ZERO; all.len()], starts.clone());
        for (subject, amount) in all {
            sorted[next[subject]] = amount;
            next[subject] += 1;
        }
        // What is too short to have a median need not be sorted.
        for ends in starts.windows(2).filter(|ends| ends[1] - ends[0] > HISTORY) {
            sorted[ends[0]..ends[1]].sort_unstable();
        }
        Self { starts, sorted, of_draft }
    }

    /// A subject's amounts.
    fn of(&self, subject: usize) -> &[Decimal] {
        &self.sorted[self.starts[subject]..self.starts[subject + 1]]
    }
}

/// Drafts whose value is far from the median of its subject's other values, and that median.
pub(super) fn far(
    work: &Work<'_>,
    drafts: &[usize],
    subjects: &Subjects,
    history: &History,
    is_far: &dyn Fn(Decimal, Decimal) -> bool,
) -> Vec<(usize, Decimal)> {
    let mut found = Vec::new();
    for (at, index) in drafts.iter().enumerate() {
        let Some((subject, amount)) = subjects.of_draft[at].zip(history.of_draft[at]) else { continue };
        let Some(median) = median_without(history.of(subject), amount) else { continue };
        if is_far(amount, median) && work.staged.drafts[*index].change != Change::Unchanged {
            found.push((*index, median));
        }
    }
    found
}

/// The median of sorted values without one of them; `None` when too few are left.
fn median_without(sorted: &[Decimal], one: Decimal) -> Option<Decimal> {
    let left = sorted.len().checked_sub(1).filter(|n| *n >= HISTORY)?;
    let skip = sorted.partition_point(|v| *v < one);
    let at = left / 2;
    Some(sorted[if at >= skip { at + 1 } else { at }])
}

/// Whether a value is a power of ten away from what it should be, give or take a factor of 2.5.
pub(super) fn slip(value: Decimal, median: Decimal) -> bool {
    let (large, small) = if value >= median { (value, median) } else { (median, value) };
    // Most values are nowhere near: the smallest slip is × 100, less a factor of 2.5.
    if small.checked_mul(Decimal::from(40)).is_some_and(|least| large < least) {
        return false;
    }
    SLIPS.iter().any(|power| {
        let times = Decimal::from(10_u64.pow(*power));
        let expected = small.checked_mul(times);
        let near = |a: Decimal, b: Decimal| a.checked_mul(Decimal::new(25, 1)).is_some_and(|most| b <= most);
        expected.is_some_and(|e| near(e, large) && near(large, e))
    })
}

pub(super) fn outlier(value: Decimal, median: Decimal, times: Decimal) -> bool {
    let above = median.checked_mul(times).is_some_and(|m| value > m);
    let below = value.checked_mul(times).is_some_and(|v| v < median);
    above || below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn slips_are_powers_of_ten() {
        for (value, median, expect) in [
            ("120000000", "12000", true), // 元 instead of 万元
            ("1.2", "12000", true),       // 亿元 instead of 万元
            ("12000000", "12000", true),  // × 1,000
            ("9000", "12000", false),     // a bad month
            ("120000", "12000", false),   // × 10 is growth or an outlier, not a unit
            ("1500000", "12000", true),   // × 125: 百元
        ] {
            assert_eq!(slip(number(value), number(median)), expect, "{value} against {median}");
        }
    }

    #[test]
    fn the_median_leaves_the_value_itself_out() {
        let sorted: Vec<Decimal> = [1, 2, 3, 4, 100].into_iter().map(Decimal::from).collect();
        // Without 100: 1 2 3 4, the upper middle is 3.
        assert_eq!(median_without(&sorted, Decimal::from(100)), Some(Decimal::from(3)));
        // Without 1: 2 3 4 100, the upper middle is 4.
        assert_eq!(median_without(&sorted, Decimal::from(1)), Some(Decimal::from(4)));
        assert_eq!(median_without(&sorted[..3], Decimal::from(1)), None);
    }
}
