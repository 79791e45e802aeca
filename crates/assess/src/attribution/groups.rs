//! Things by the number of what they belong to, and work on ranges of numbers by several threads.

use std::ops::Range;

/// A list grouped by number: the things of number `n` are `order[start[n]..start[n + 1]]`, in the order of the list.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub start: Vec<u32>,
    pub order: Vec<u32>,
}

impl Groups {
    /// Groups things `0..` by their numbers, each below `n`; what has none is left out.
    pub fn by_some(n: usize, keys: impl Iterator<Item = Option<u32>> + Clone) -> Self {
        let mut start = vec![0_u32; n + 1];
        let mut count = 0;
        for key in keys.clone().flatten() {
            start[key as usize + 1] += 1;
            count += 1;
        }
        for at in 1..=n {
            start[at] += start[at - 1];
        }
        let mut next = start.clone();
        let mut order = vec![0; count];
        for (index, key) in (0_u32..).zip(keys) {
            if let Some(key) = key {
                let slot = &mut next[key as usize];
                order[*slot as usize] = index;
                *slot += 1;
            }
        }
        Self { start, order }
    }

    /// Groups all things.
    pub fn by(n: usize, keys: impl Iterator<Item = u32> + Clone) -> Self {
        Self::by_some(n, keys.map(Some))
    }

    /// Those of one number.
    pub fn of(&self, n: usize) -> &[u32] {
        &self.order[self.start[n] as usize..self.start[n + 1] as usize]
    }

    /// The place of each thing in `order`, when none was left out.
    pub fn inverse(&self) -> Vec<u32> {
        let mut places = vec![0; self.order.len()];
        for (place, index) in (0_u32..).zip(&self.order) {
            places[*index as usize] = place;
        }
        places
    }
}

/// Below this there is nothing to gain from a second thread.
const WORTH_A_THREAD: usize = 4_096;

/// `0..n` in at most so many ranges of about the same weight; `weight_before` counts what comes before a number.
pub(super) fn ranges(n: usize, parts: usize, weight_before: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let before = |at: usize| weight_before(at) + at;
    let total = before(n);
    let parts = if total < WORTH_A_THREAD { 1 } else { parts.max(1) };
    let mut found = Vec::with_capacity(parts);
    let mut from = 0;
    for part in 1..=parts {
        let goal = total / parts * part;
        let (mut low, mut high) = (from, n);
        while low < high {
            let middle = usize::midpoint(low, high);
            if before(middle) < goal { low = middle + 1 } else { high = middle }
        }
        let to = if part == parts { n } else { low };
        found.push(from..to);
        from = to;
    }
    found
}

/// Does the work of each range on a thread of its own; results in order.
pub(super) fn each<I: Send, T: Send>(work: Vec<I>, run: impl Fn(I) -> T + Sync) -> Vec<T> {
    let mut work = work;
    let Some(last) = work.pop() else { return Vec::new() };
    std::thread::scope(|scope| {
        let run = &run;
        let others: Vec<_> = work.into_iter().map(|item| scope.spawn(move || run(item))).collect();
        let mine = run(last);
        let mut all: Vec<T> = others
            .into_iter()
            .map(|t| t.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        all.push(mine);
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_the_order_of_the_list() {
        let groups = Groups::by_some(3, [Some(2), Some(0), None, Some(2)].into_iter());
        assert_eq!(groups.of(0), [1]);
        assert_eq!(groups.of(1), [] as [u32; 0]);
        assert_eq!(groups.of(2), [0, 3]);
        assert_eq!(Groups::by(2, [1, 0].into_iter()).inverse(), [1, 0]);
    }

    #[test]
    fn ranges_cover_everything_once() {
        let found = ranges(10_000, 3, |at| at * 2);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].start, found[2].end), (0, 10_000));
        assert!(found.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(ranges(10, 2, |at| at).first(), Some(&(0..10)));
        assert_eq!(each(found, |range| range.len()).iter().sum::<usize>(), 10_000);
    }
}
