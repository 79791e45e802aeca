//! A block of numbers being filled: full ones are shown and emptied.

/// Numbers in a block.
pub(super) const BLOCK: usize = 2048;

/// Numbers on their way to a visitor.
pub(super) struct Block<'b, V: FnMut(&[i64])> {
    numbers: &'b mut [i64],
    count: usize,
    visit: V,
}

impl<'b, V: FnMut(&[i64])> Block<'b, V> {
    /// An empty block over a buffer of [`BLOCK`] numbers.
    pub(super) fn new(numbers: &'b mut [i64], visit: V) -> Self {
        Self { numbers, count: 0, visit }
    }

    /// The next places by eights, at most so many, at least one.
    pub(super) fn eights(&mut self, most: usize) -> &mut [[i64; 8]] {
        if self.count + 8 > self.numbers.len() {
            self.done();
        }
        let room = self.numbers[self.count..].as_chunks_mut().0;
        let most = most.min(room.len());
        &mut room[..most]
    }

    /// So many of these places are filled.
    #[inline]
    pub(super) fn filled(&mut self, count: usize) {
        self.count += count;
    }

    /// One number several times.
    pub(super) fn repeat(&mut self, number: i64, mut times: usize) {
        while times > 0 {
            if self.count == self.numbers.len() {
                self.done();
            }
            let fit = times.min(self.numbers.len() - self.count);
            self.numbers[self.count..self.count + fit].fill(number);
            self.count += fit;
            times -= fit;
        }
    }

    /// Numbers from an iterator.
    pub(super) fn extend(&mut self, mut numbers: impl ExactSizeIterator<Item = i64>) {
        while numbers.len() > 0 {
            if self.count == self.numbers.len() {
                self.done();
            }
            let fit = numbers.len().min(self.numbers.len() - self.count);
            let places = &mut self.numbers[self.count..self.count + fit];
            places.iter_mut().zip(&mut numbers).for_each(|(place, number)| *place = number);
            self.count += fit;
        }
    }

    /// Shows what is left.
    pub(super) fn done(&mut self) {
        if self.count > 0 {
            (self.visit)(&self.numbers[..self.count]);
            self.count = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_shown_once_in_order() {
        let (mut shown, mut buffer) = (vec![], vec![0; 16]);
        let mut block = Block::new(&mut buffer, |numbers: &[i64]| shown.extend_from_slice(numbers));
        block.extend([10; 20].into_iter());
        block.repeat(7, 3);
        assert_eq!(block.eights(9).len(), 1);
        block.eights(1)[0] = [1, 2, 3, 4, 5, 6, 7, 8];
        block.filled(2);
        block.repeat(9, 30);
        block.extend([40].into_iter());
        block.done();
        let expected: Vec<i64> =
            [10; 20].into_iter().chain([7; 3]).chain([1, 2]).chain([9; 30]).chain([40]).collect();
        assert_eq!(shown, expected);
    }
}
