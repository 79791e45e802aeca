//! Runs of codes: repeated ones and packed ones, as Parquet mixes them.

use std::ops::Range;

use super::PADDING;
use super::block::Block;
use crate::Fault;

/// Neighbouring codes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Run<'a> {
    /// One code, several times.
    Same { code: usize, count: usize },
    /// Codes of a few bits each, some of which are wanted. [`PADDING`] bytes follow.
    Packed { bits: &'a [u8], wanted: Range<usize> },
}

/// The runs that hold the wanted values, cut to those; [`PADDING`] bytes follow the packed ones.
pub(super) fn of(
    packed: &[u8],
    width: u8,
    wanted: Range<usize>,
) -> impl Iterator<Item = Result<Run<'_>, Fault>> {
    let (mut at, mut row) = (0, 0);
    std::iter::from_fn(move || {
        while row < wanted.end {
            let next = next(packed, &mut at, usize::from(width));
            let (run, count) = match next {
                Ok(next) => next,
                Err(fault) => return Some(Err(fault)),
            };
            let within = |end: usize| end.clamp(row, row + count) - row;
            let part = within(wanted.start)..within(wanted.end);
            row += count;
            if !part.is_empty() {
                return Some(Ok(match run {
                    Run::Same { code, .. } => Run::Same { code, count: part.len() },
                    Run::Packed { bits, .. } => Run::Packed { bits, wanted: part },
                }));
            }
        }
        None
    })
}

/// The run at `at`, and how many values it has.
fn next<'a>(packed: &'a [u8], at: &mut usize, width: usize) -> Result<(Run<'a>, usize), Fault> {
    let mut head = 0;
    for shift in (0..35).step_by(7) {
        let byte = *packed.get(*at).ok_or("a run beyond its page")?;
        *at += 1;
        head |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    let count = head / 2;
    if head % 2 == 0 {
        let bytes = packed.get(*at..*at + width.div_ceil(8)).ok_or("a run beyond its page")?;
        *at += bytes.len();
        let code = bytes.iter().rev().fold(0, |code, byte| code << 8 | usize::from(*byte));
        return Ok((Run::Same { code, count }, count));
    }
    // The last run of a page may be cut short; what is missing is padding and not wanted.
    let end = (*at + count * width + PADDING).min(packed.len());
    let bits = packed.get(*at..end).ok_or("a run beyond its page")?;
    *at += count * width;
    Ok((Run::Packed { bits, wanted: 0..count * 8 }, count * 8))
}

/// A page without what says which values are there; all of them must be.
pub(super) fn without_levels(page: &[u8], values: usize) -> Result<&[u8], Fault> {
    let (length, rest) = page.split_first_chunk::<4>().ok_or("an empty page")?;
    let length = usize::try_from(u32::from_le_bytes(*length))?;
    let (levels, rest) = rest.split_at_checked(length).ok_or("levels beyond their page")?;
    for run in of(levels, 1, 0..values) {
        let all = match run? {
            Run::Same { code, .. } => code == 1,
            Run::Packed { bits, mut wanted } => wanted.all(|i| bits[i / 8] >> (i % 8) & 1 == 1),
        };
        if !all {
            return Err("a value is missing".into());
        }
    }
    Ok(rest)
}

/// Looks packed codes up in the dictionary.
pub(super) fn unpack(
    bits: &[u8],
    width: u8,
    wanted: Range<usize>,
    words: &[i64],
    block: &mut Block<impl FnMut(&[i64])>,
) -> Result<(), Fault> {
    macro_rules! widths {
        ($($width:literal)*) => {
            match width {
                0 => words.first().map(|word| block.repeat(*word, wanted.len())),
                $($width => unpack_as::<$width>(bits, wanted, words, block),)*
                _ => None,
            }
        };
    }
    widths!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24)
        .ok_or_else(|| "codes beyond the dictionary or their page".into())
}

/// Eight codes take `WIDTH` bytes.
fn unpack_as<const WIDTH: usize>(
    bits: &[u8],
    wanted: Range<usize>,
    words: &[i64],
    block: &mut Block<impl FnMut(&[i64])>,
) -> Option<()> {
    for group in wanted.start / 8..wanted.end.div_ceil(8) {
        let bytes = bits.get(group * WIDTH..group * WIDTH + WIDTH + PADDING)?;
        let codes: [usize; 8] = std::array::from_fn(|i| {
            let word = u64::from_le_bytes(*bytes[i * WIDTH / 8..].first_chunk().expect("padded"));
            usize::try_from(word >> (i * WIDTH % 8) & ((1 << WIDTH) - 1)).expect("24 bits")
        });
        let first = group * 8;
        let place = block.eight();
        if wanted.start <= first && first + 8 <= wanted.end {
            for (number, code) in place.iter_mut().zip(codes) {
                *number = *words.get(code)?;
            }
            block.filled(8);
        } else {
            // Codes of rows that are not wanted may be anything.
            let kept = (first..).zip(codes).filter(|(row, _)| wanted.contains(row));
            let mut count = 0;
            for (number, (_, code)) in place.iter_mut().zip(kept) {
                *number = *words.get(code)?;
                count += 1;
            }
            block.filled(count);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::block::BLOCK;

    fn padded(bytes: &[u8]) -> Vec<u8> {
        [bytes, &[0; PADDING]].concat()
    }

    /// After the format's own example: 0 to 7 in three bits are 88 c6 fa.
    #[test]
    fn packed_and_repeated_codes_mix() {
        let page = padded(&[0x03, 0x88, 0xc6, 0xfa, 0x0a, 0x05, 0x03, 0x88, 0xc6, 0xfa]);
        let words: Vec<i64> = (0..8).map(|n| n * 100).collect();
        let read = |wanted: Range<usize>| {
            let (mut all, mut buffer) = (vec![], vec![0; BLOCK]);
            let mut block = Block::new(&mut buffer, |numbers: &[i64]| all.extend_from_slice(numbers));
            for run in of(&page, 3, wanted) {
                match run.expect("whole") {
                    Run::Same { code, count } => block.repeat(words[code], count),
                    Run::Packed { bits, wanted } => {
                        unpack(bits, 3, wanted, &words, &mut block).expect("in the dictionary");
                    }
                }
            }
            block.done();
            all
        };
        let all: Vec<i64> = (0..8).chain([5; 5]).chain(0..8).map(|n| n * 100).collect();
        for start in 0..=21 {
            for end in start..=21 {
                assert_eq!(read(start..end), all[start..end]);
            }
        }
    }

    #[test]
    fn every_width_is_unpacked() {
        for width in 1..=18_u8 {
            let most = (1_u64 << width) - 1;
            let codes: Vec<u64> = (0..4096).map(|n: u64| n.wrapping_mul(0x9e37_79b9) >> 7 & most).collect();
            let mut packed = vec![0_u8; codes.len() / 8 * usize::from(width)];
            for (i, code) in codes.iter().enumerate() {
                for bit in 0..usize::from(width) {
                    let at = i * usize::from(width) + bit;
                    packed[at / 8] |= u8::from(code >> bit & 1 == 1) << (at % 8);
                }
            }
            let words: Vec<i64> = (0..=i64::try_from(most).expect("small")).collect();
            let (mut all, mut buffer) = (vec![], vec![0; BLOCK]);
            let mut block = Block::new(&mut buffer, |numbers: &[i64]| all.extend_from_slice(numbers));
            unpack(&padded(&packed), width, 3..4093, &words, &mut block).expect("in the dictionary");
            block.done();
            assert!(
                all.iter().zip(&codes[3..4093]).all(|(a, b)| a.unsigned_abs() == *b) && all.len() == 4090
            );
        }
    }

    #[test]
    fn missing_values_are_refused() {
        // 11 values in one run, all there; then 8 of which the third is not.
        assert_eq!(without_levels(&[2, 0, 0, 0, 0x16, 1, 7, 7], 11).expect("all there"), [7, 7]);
        assert!(without_levels(&[2, 0, 0, 0, 0x03, 0xfb, 7, 7], 8).is_err());
        assert!(without_levels(&[2, 0, 0, 0, 0x16, 0, 7, 7], 11).is_err());
    }
}
