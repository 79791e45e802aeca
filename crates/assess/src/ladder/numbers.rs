//! Amounts of a block of enterprises, compared with a threshold all at once.
//!
//! Sums and quotients of one year or several are two columns of whole millionths; where both sides of the comparison fit 64 bits they
//! are multiplied there, otherwise in 128. Everything else – growth, roots – is reckoned enterprise by enterprise with the
//! very arithmetic of a single verdict (`amount.rs`). Deliberately absent: rounding; no side is ever divided.

use std::ops::Range;

use model::definition::{Edges, Op, Outcome};

use super::amount::{Amount, Line, Quotient, Year, meets};
use super::columns::{MISSING, STEPS};
use super::judge::of;
use super::planes::{Bits, EVERY, Planes, bits, compared, compared_with, each_of, zip};

/// The amounts of a block.
pub(super) struct Numbers<'a> {
    /// Of whom there is one.
    pub known: Bits,
    of: Of<'a>,
    /// How often the numerator counts, in millionths.
    times: i128,
    /// The largest numerator and denominator there can be.
    widest: (i64, i64),
}

enum Of<'a> {
    /// Of one year, or of every year by itself: numerator and denominator.
    Years(Vec<Year<'a>>),
    /// Of several years: numerators and denominators that no factor below [`FACTOR`] makes overflow.
    Wide(Vec<i128>, Vec<i128>),
    /// One by one.
    Each(Vec<Option<Quotient>>),
}

/// Hundred in millionths, and every threshold of growth below 17,179 %, is less than this.
const FACTOR: i128 = 1 << 34;

impl<'a> Numbers<'a> {
    /// The amounts of some rows; of every year by itself, the worst for a limit of that side.
    pub fn of(amount: &Amount<'a>, rows: &Range<usize>, op: Op) -> Self {
        let times = amount.times * i128::from(STEPS);
        if let Some((num, den)) = amount.growth(rows, i128::MAX / FACTOR) {
            let known = bits(&den, |den| den > 0);
            return Self { known, of: Of::Wide(num, den), times, widest: (0, 0) };
        }
        let Some((years, widest)) = amount.years(rows) else { return Self::each(amount, rows, op) };
        Self { known: amount.known(rows, &years), of: Of::Years(years), times, widest }
    }

    fn each(amount: &Amount<'a>, rows: &Range<usize>, op: Op) -> Self {
        let each: Vec<Option<Quotient>> = rows.clone().map(|i| amount.of(i, op).ok()).collect();
        let known = bits(&each, |of| of.is_some());
        Self { known, of: Of::Each(each), times: 0, widest: (0, 0) }
    }

    /// How they compare with a threshold in millionths.
    pub fn against(&self, op: Op, threshold: i64) -> Planes {
        let met = match &self.of {
            Of::Each(each) => {
                return Planes::each(&self.known, each.len(), |i| {
                    let order = each[i].and_then(|of| of.against(threshold));
                    order.map_or(Outcome::Unknown, |order| of(meets(op, order)))
                });
            }
            Of::Wide(num, den) if i128::from(threshold).abs() >= FACTOR => {
                let times = self.times / i128::from(STEPS);
                return Planes::each(&self.known, num.len(), |i| {
                    let order = Quotient { num: num[i] * times, den: den[i] }.against(threshold);
                    order.map_or(Outcome::Unknown, |order| of(meets(op, order)))
                });
            }
            Of::Wide(num, den) => {
                let (times, threshold) = self.reduced(threshold);
                compared(op, num, den, |num, den| (num.wrapping_mul(times), den.wrapping_mul(threshold)))
            }
            Of::Years(years) => years.iter().fold(EVERY, |met, (num, den)| {
                let own = match den {
                    None => compared_with(op, num, threshold),
                    Some(den) => self.quotients(op, num, den, threshold),
                };
                zip(&met, &own, |a, b| a & b)
            }),
        };
        Planes::of(&self.known, &met)
    }

    /// num × times against threshold × den, both sides divided by what they share.
    fn reduced(&self, threshold: i64) -> (i128, i128) {
        let shared = gcd(self.times.unsigned_abs(), u128::from(threshold.unsigned_abs()));
        let shared = i128::try_from(shared).unwrap_or(1);
        (self.times / shared, i128::from(threshold) / shared)
    }

    fn quotients(&self, op: Op, num: &[i64], den: &[i64], threshold: i64) -> Bits {
        let (times, threshold) = self.reduced(threshold);
        match (narrow(times, self.widest.0), narrow(threshold, self.widest.1)) {
            // Missing numbers wrap around; they are not among the known.
            (Some(times), Some(threshold)) => {
                compared(op, num, den, |num, den| (num.wrapping_mul(times), den.wrapping_mul(threshold)))
            }
            // Products of 64 with 27 and of 63 with 63 bits.
            _ => compared(op, num, den, |num, den| {
                (i128::from(num).wrapping_mul(times), i128::from(den).wrapping_mul(threshold))
            }),
        }
    }

    /// Tells of each of the rows how many of these thresholds, the highest first, it reaches; one more than there are where
    /// nothing is known.
    pub fn reached(&self, op: Op, thresholds: &[i64], rows: usize, mut tell: impl FnMut(usize, usize)) {
        // Loops over as many thresholds as tables have are unrolled.
        let counted = match thresholds.len() {
            1 => self.counted::<1>(op, thresholds, &mut tell),
            2 => self.counted::<2>(op, thresholds, &mut tell),
            3 => self.counted::<3>(op, thresholds, &mut tell),
            4 => self.counted::<4>(op, thresholds, &mut tell),
            5 => self.counted::<5>(op, thresholds, &mut tell),
            6 => self.counted::<6>(op, thresholds, &mut tell),
            _ => None,
        };
        if counted == Some(rows) {
            return;
        }
        let mut counts = vec![thresholds.len() + 1; rows];
        each_of(&self.known, rows, |i| counts[i] = 0);
        for threshold in thresholds {
            each_of(&self.against(op, *threshold).met, rows, |i| counts[i] += 1);
        }
        counts.into_iter().enumerate().for_each(|(i, count)| tell(i, count));
    }

    /// The same where it is one number a row, or one quotient within 64 bits; of how many rows.
    fn counted<const N: usize>(
        &self,
        op: Op,
        thresholds: &[i64],
        tell: &mut impl FnMut(usize, usize),
    ) -> Option<usize> {
        let Of::Years(years) = &self.of else { return None };
        let [(num, den)] = years.as_slice() else { return None };
        // Of whole numbers, more than a bound is no less than the next.
        let strict = i64::from(op == Op::Above);
        let thresholds: [i64; N] = thresholds.try_into().ok()?;
        let count =
            |reached: [bool; N]| reached.iter().fold(0, |n: usize, of| n.wrapping_add(usize::from(*of)));
        let Some(den) = den else {
            for (i, n) in num.iter().enumerate() {
                let reached = count(thresholds.map(|from| n.wrapping_sub(strict) >= from));
                tell(i, if *n == MISSING { N + 1 } else { reached });
            }
            return Some(num.len());
        };
        let shared = thresholds
            .iter()
            .fold(self.times.unsigned_abs(), |shared, of| gcd(shared, u128::from(of.unsigned_abs())));
        let shared = i128::try_from(shared).ok()?;
        let times = narrow(self.times / shared, self.widest.0)?;
        let mut factors = [0; N];
        for (factor, of) in factors.iter_mut().zip(thresholds) {
            *factor = narrow(i128::from(of) / shared, self.widest.1)?;
        }
        for (i, (num, den)) in num.iter().zip(den.iter()).enumerate() {
            let scaled = num.wrapping_mul(times).wrapping_sub(strict);
            let reached = count(factors.map(|factor| scaled >= den.wrapping_mul(factor)));
            tell(i, if *num == MISSING || *den <= 0 { N + 1 } else { reached });
        }
        Some(num.len().min(den.len()))
    }
}

/// A factor that times the largest number there can be stays within 63 bits and one.
fn narrow(factor: i128, widest: i64) -> Option<i64> {
    let factor = i64::try_from(factor).ok()?;
    factor.checked_mul(widest)?.checked_abs()?.checked_add(1).map(|_| factor)
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The verdicts of a limit on amounts.
pub(super) fn limited(amount: &Amount<'_>, line: &Line<'_>, rows: &Range<usize>) -> Planes {
    let mut out = Planes::UNKNOWN;
    let numbers = Numbers::of(amount, rows, line.op);
    for (threshold, inside) in thresholds(line, rows) {
        if let Some(threshold) = threshold {
            out = out.merged(&numbers.against(line.op, threshold).within(&inside));
        }
    }
    out
}

/// The thresholds of a limit, and whose they are; none: to be supplied. Whose band is not known is nobody's.
pub(super) fn thresholds(line: &Line<'_>, rows: &Range<usize>) -> Vec<(Option<i64>, Bits)> {
    let Some(by) = &line.by else { return vec![(line.steps[0].1, EVERY)] };
    let numbers =
        if by.many_years() { Numbers::each(by, rows, line.op) } else { Numbers::of(by, rows, line.op) };
    let side = if line.edges == Edges::RightClosed { Op::AtMost } else { Op::Below };
    let mut open = numbers.known;
    let each = line.steps.iter().map(|(upto, is)| {
        let Some(upto) = upto else { return (*is, open) };
        let below = numbers.against(side, *upto);
        let inside = zip(&below.met, &open, |a, b| a & b);
        open = zip(&below.failed, &open, |a, b| a & b);
        (*is, inside)
    });
    each.collect()
}
