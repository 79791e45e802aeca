//! Verdicts of a block of enterprises as two bits each: met, failed, or neither – unknown.
//!
//! All and any of three-valued logic are single operations on 64 enterprises here. Deliberately absent: what is compared with what.

use model::definition::{Op, Outcome};

use super::columns::MISSING;

/// Enterprises of a block: the columns of a rule stay in the cache from criterion to criterion.
pub(super) const BLOCK: usize = 1_024;
/// Enterprises in a word.
const WORD: usize = 64;

/// One bit per enterprise of a block.
pub(super) type Bits = [u64; BLOCK / WORD];

/// Every enterprise.
pub(super) const EVERY: Bits = [u64::MAX; BLOCK / WORD];

/// What comes of a criterion or a tree for a block.
#[derive(Clone, Copy)]
pub(super) struct Planes {
    pub met: Bits,
    pub failed: Bits,
}

/// `of` word by word.
pub(super) fn zip(a: &Bits, b: &Bits, of: impl Fn(u64, u64) -> u64) -> Bits {
    let mut out = *a;
    for (out, b) in out.iter_mut().zip(b) {
        *out = of(*out, *b);
    }
    out
}

impl Planes {
    pub const UNKNOWN: Self = Self { met: [0; BLOCK / WORD], failed: [0; BLOCK / WORD] };
    pub const MET: Self = Self { met: EVERY, failed: [0; BLOCK / WORD] };
    pub const FAILED: Self = Self { met: [0; BLOCK / WORD], failed: EVERY };

    /// Of those that are known: met, or failed.
    pub fn of(known: &Bits, met: &Bits) -> Self {
        Self {
            met: zip(known, met, |known, met| known & met),
            failed: zip(known, met, |known, met| known & !met),
        }
    }

    /// Both: one that fails decides.
    pub fn and(&self, other: &Self) -> Self {
        Self {
            met: zip(&self.met, &other.met, |a, b| a & b),
            failed: zip(&self.failed, &other.failed, |a, b| a | b),
        }
    }

    /// Either: one that is met decides.
    pub fn or(&self, other: &Self) -> Self {
        Self {
            met: zip(&self.met, &other.met, |a, b| a | b),
            failed: zip(&self.failed, &other.failed, |a, b| a & b),
        }
    }

    /// Of one where it is known, otherwise of the other.
    pub fn merged(&self, other: &Self) -> Self {
        Self {
            met: zip(&self.met, &other.met, |a, b| a | b),
            failed: zip(&self.failed, &other.failed, |a, b| a | b),
        }
    }

    /// Where `only` has no bit: unknown.
    pub fn within(&self, only: &Bits) -> Self {
        Self { met: zip(&self.met, only, |a, b| a & b), failed: zip(&self.failed, only, |a, b| a & b) }
    }

    /// Some from verdicts one by one, the others unknown.
    pub fn each(only: &Bits, rows: usize, outcome: impl Fn(usize) -> Outcome) -> Self {
        let mut planes = Self::UNKNOWN;
        each_of(only, rows, |i| {
            let (word, bit) = (i / WORD, 1 << (i % WORD));
            match outcome(i) {
                Outcome::Met => planes.met[word] |= bit,
                Outcome::NotMet => planes.failed[word] |= bit,
                Outcome::Unknown => {}
            }
        });
        planes
    }

    /// Writes verdicts one by one.
    pub fn write(&self, out: &mut [Outcome]) {
        let words = self.met.iter().zip(&self.failed);
        for (out, (met, failed)) in out.chunks_mut(WORD).zip(words) {
            for (bit, out) in out.iter_mut().enumerate() {
                *out = match (met >> bit & 1, failed >> bit & 1) {
                    (1, _) => Outcome::Met,
                    (_, 1) => Outcome::NotMet,
                    _ => Outcome::Unknown,
                };
            }
        }
    }
}

/// The bits of a column for which something holds.
pub(super) fn bits<T: Copy>(column: &[T], holds: impl Fn(T) -> bool) -> Bits {
    let mut out = [0; BLOCK / WORD];
    for (word, part) in out.iter_mut().zip(column.chunks(WORD)) {
        let mut flags = [0_u8; WORD];
        for (flag, of) in flags.iter_mut().zip(part) {
            *flag = u8::from(holds(*of));
        }
        *word = packed(&flags);
    }
    out
}

/// The bits of two columns for which something holds.
pub(super) fn bits_of_two<A: Copy, B: Copy>(a: &[A], b: &[B], holds: impl Fn(A, B) -> bool) -> Bits {
    let mut out = [0; BLOCK / WORD];
    for (word, (a, b)) in out.iter_mut().zip(a.chunks(WORD).zip(b.chunks(WORD))) {
        let mut flags = [0_u8; WORD];
        for (flag, (a, b)) in flags.iter_mut().zip(a.iter().zip(b)) {
            *flag = u8::from(holds(*a, *b));
        }
        *word = packed(&flags);
    }
    out
}

/// 64 noughts and ones as bits, the first the lowest.
fn packed(flags: &[u8; WORD]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        // Eight bytes of 0 or 1 meet in the highest byte: each is shifted by the place of its own.
        bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// Calls `then` with the place of every bit that is set.
pub(super) fn each_of(bits: &Bits, rows: usize, mut then: impl FnMut(usize)) {
    for (n, word) in bits.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            let i = n * WORD + usize::try_from(left.trailing_zeros()).unwrap_or(0);
            left &= left - 1;
            if i < rows {
                then(i);
            }
        }
    }
}

/// How many bits are set.
pub(super) fn many(bits: &Bits) -> usize {
    usize::try_from(bits.iter().map(|word| word.count_ones()).sum::<u32>()).unwrap_or(0)
}

/// Those with a number.
pub(super) fn present(column: &[i64]) -> Bits {
    bits(column, |n| n != MISSING)
}

/// Those whose number compares with one for all as the side of a limit wants.
pub(super) fn compared_with(op: Op, num: &[i64], threshold: i64) -> Bits {
    match op {
        Op::AtLeast => bits(num, |n| n >= threshold),
        Op::Above => bits(num, |n| n > threshold),
        Op::AtMost => bits(num, |n| n <= threshold),
        Op::Below => bits(num, |n| n < threshold),
    }
}

/// Those whose two numbers, scaled, compare as the side of a limit wants.
pub(super) fn compared<A: Copy, T: Ord>(op: Op, a: &[A], b: &[A], scaled: impl Fn(A, A) -> (T, T)) -> Bits {
    match op {
        Op::AtLeast => two(a, b, &scaled, |a, b| a >= b),
        Op::Above => two(a, b, &scaled, |a, b| a > b),
        Op::AtMost => two(a, b, &scaled, |a, b| a <= b),
        Op::Below => two(a, b, &scaled, |a, b| a < b),
    }
}

fn two<A: Copy, T>(a: &[A], b: &[A], scaled: impl Fn(A, A) -> (T, T), holds: impl Fn(T, T) -> bool) -> Bits {
    bits_of_two(a, b, |a, b| {
        let (a, b) = scaled(a, b);
        holds(a, b)
    })
}

/// Changes a column where bits are set.
pub(super) fn select<T: Copy>(bits: &Bits, column: &mut [T], then: impl Fn(T) -> T) {
    for (word, part) in bits.iter().zip(column.chunks_mut(WORD)) {
        if *word == 0 {
            continue;
        }
        for (bit, of) in part.iter_mut().enumerate() {
            *of = if word >> bit & 1 == 1 { then(*of) } else { *of };
        }
    }
}
