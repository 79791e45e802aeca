//! The generator's only source of chance: SplitMix64, one stream per column.
//!
//! Deliberately absent: floats, the operating system, the clock. Every draw is integer
//! arithmetic, so the same seed gives the same park on every machine. A stream is named by the
//! seed and a text (population and column), so a new column never moves the draws of another.

use rust_decimal::Decimal;

/// Draws in one million steps are fine enough for every distribution used here.
const STEPS: u64 = 1_000_000;

/// A SplitMix64 generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// The stream called `name` under `seed`; FNV-1a mixes the name in.
    pub(super) fn stream(seed: u64, name: &str) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let mut random = Self { state: seed ^ hash };
        random.next();
        random
    }

    /// The next 64 random bits.
    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..bound`; 0 when `bound` is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(bound);
        u64::try_from(wide >> 64).expect("a product of two u64 shifted by 64 bits is a u64")
    }

    /// An index into a slice of `length` elements.
    pub(super) fn index(&mut self, length: usize) -> usize {
        let bound = u64::try_from(length).expect("a slice is not longer than u64 counts");
        usize::try_from(self.below(bound)).expect("smaller than a usize")
    }

    /// A decimal in `[0, 1)` with six places.
    pub(super) fn unit(&mut self) -> Decimal {
        Decimal::from(self.below(STEPS)) / Decimal::from(STEPS)
    }

    /// A decimal in `[-1, 1)`, denser around 0 (the difference of two uniform draws).
    pub(super) fn around_zero(&mut self) -> Decimal {
        self.unit() - self.unit()
    }

    /// Puts `items` into random order (Fisher–Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_draws_are_the_published_ones() {
        // SplitMix64 reference vector for seed 1234567 (Vigna's splitmix64.c).
        let mut random = Random { state: 1_234_567 };
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_stay_below_their_bound() {
        let mut random = Random::stream(1, "t");
        assert!((0..1000).all(|_| random.below(7) < 7));
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..50).collect();
        Random::stream(9, "s").shuffle(&mut items);
        let shuffled = items.clone();
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
        assert_ne!(shuffled, items);
    }
}
