//! Verdicts on many enterprises at once: criterion by criterion over the rows that are still open, block by block.
//!
//! What a criterion says of one row is said in `judge.rs`; here stand only the loops over columns that need no more than a comparison.
//! A row that is decided is asked nothing more, as with a single verdict. Deliberately absent: explaining.

use std::cmp::Ordering;

use model::definition::{Op, Outcome};

use super::amount::{Amount, Line, meets};
use super::columns::{MISSING, STEPS};
use super::judge::{Bind, Bound, Node};

/// Rows of a block: their columns stay in the cache from criterion to criterion.
pub(super) const BLOCK: usize = 4_096;

/// The verdicts of a tree on some rows, in their order.
pub(super) fn decide_many(tree: &Node, bound: &Bound<'_>, rows: &[usize]) -> Vec<Outcome> {
    let search = |parts: &[Node], decisive: Outcome, otherwise: Outcome| {
        let mut out = vec![otherwise; rows.len()];
        let mut open: Vec<usize> = (0..rows.len()).collect();
        let mut asked: Vec<usize> = Vec::with_capacity(rows.len());
        for part in parts {
            asked.clear();
            asked.extend(open.iter().map(|place| rows[*place]));
            let found = decide_many(part, bound, &asked);
            let mut of = found.iter();
            open.retain(|place| match of.next() {
                Some(found) if *found == decisive => {
                    out[*place] = decisive;
                    false
                }
                Some(Outcome::Unknown) => {
                    out[*place] = Outcome::Unknown;
                    true
                }
                _ => true,
            });
        }
        out
    };
    match tree {
        Node::Criterion(place) => outcomes(bound, *place, rows),
        Node::All(parts) => search(parts, Outcome::NotMet, Outcome::Met),
        Node::Any(parts) => search(parts, Outcome::Met, Outcome::NotMet),
    }
}

fn outcomes(bound: &Bound<'_>, place: usize, rows: &[usize]) -> Vec<Outcome> {
    let quick = match bound.test(place) {
        Bind::Amount(amount, line) => compared(amount, line, rows),
        Bind::Says(_, column, codes) => Some(each(rows, |i| match column.get(i) {
            None | Some(&MISSING) => Outcome::Unknown,
            Some(code) if codes.contains(code) => Outcome::Met,
            Some(_) => Outcome::NotMet,
        })),
        Bind::Holds(..) | Bind::Score(..) => None,
    };
    quick.unwrap_or_else(|| each(rows, |i| bound.outcome(place, i)))
}

fn each(rows: &[usize], outcome: impl Fn(usize) -> Outcome) -> Vec<Outcome> {
    rows.iter().map(|i| outcome(*i)).collect()
}

/// One year's datum, or one year's quotient of two, against one threshold for all; none where it takes more than that.
fn compared(amount: &Amount<'_>, line: &Line<'_>, rows: &[usize]) -> Option<Vec<Outcome>> {
    let threshold = line.constant()?;
    let (of, per) = amount.single()?;
    let Some(per) = per else {
        return Some(match line.op {
            Op::AtLeast => against(of, rows, |n| n >= threshold),
            Op::Above => against(of, rows, |n| n > threshold),
            Op::AtMost => against(of, rows, |n| n <= threshold),
            Op::Below => against(of, rows, |n| n < threshold),
        });
    };
    // num × times × steps against threshold × den: both fit 128 bits, being products of 64, 7 and 20 bits.
    let (times, threshold) = (amount.times * i128::from(STEPS), i128::from(threshold));
    let order =
        |num: i64, den: i64| -> Ordering { (i128::from(num) * times).cmp(&(threshold * i128::from(den))) };
    Some(each(rows, |i| match (of.get(i), per.get(i)) {
        (Some(num), Some(den)) if *num != MISSING && *den != MISSING && *den > 0 => {
            if meets(line.op, order(*num, *den)) { Outcome::Met } else { Outcome::NotMet }
        }
        _ => Outcome::Unknown,
    }))
}

fn against(column: &[i64], rows: &[usize], met: impl Fn(i64) -> bool) -> Vec<Outcome> {
    each(rows, |i| match column.get(i) {
        None | Some(&MISSING) => Outcome::Unknown,
        Some(n) if met(*n) => Outcome::Met,
        Some(_) => Outcome::NotMet,
    })
}
