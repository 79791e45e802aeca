//! Runs of codes: repeated ones and packed ones, as Parquet mixes them.

use std::ops::Range;

use super::PADDING;
use super::block::Block;
use super::words::Words;
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

/// Looks the wanted codes of a page up in the dictionary, which learns the words they ask for.
pub(super) fn look_up<const SIZE: usize>(
    page: &[u8],
    wanted: Range<usize>,
    words: &mut Words<'_>,
    number: impl Fn([u8; SIZE]) -> i64 + Copy,
    block: &mut Block<impl FnMut(&[i64])>,
) -> Result<(), Fault> {
    let (width, packed) = page.split_first().ok_or("an empty page")?;
    for run in of(packed, *width, wanted) {
        match run? {
            Run::Same { code, count } => block.repeat(number(words.word(code)?), count),
            Run::Packed { bits, wanted } => look_up_packed(bits, *width, wanted, words, number, block)?,
        }
    }
    Ok(())
}

/// Eight codes end where a byte ends: those are looked up together, what is left before and after them one by one.
fn look_up_packed<const SIZE: usize>(
    bits: &[u8],
    width: u8,
    mut wanted: Range<usize>,
    words: &mut Words<'_>,
    number: impl Fn([u8; SIZE]) -> i64 + Copy,
    block: &mut Block<impl FnMut(&[i64])>,
) -> Result<(), Fault> {
    while !wanted.is_empty() {
        let eights = if wanted.start.is_multiple_of(8) { wanted.len() / 8 } else { 0 };
        if eights == 0 {
            let code = code(bits, width, wanted.start).ok_or("a code beyond its page")?;
            block.repeat(number(words.word(code)?), 1);
            wanted.start += 1;
            continue;
        }
        let bits = bits.get(wanted.start / 8 * usize::from(width)..).ok_or("codes beyond their page")?;
        let places = block.eights(eights);
        let wished = places.len();
        let done = unpack(bits, width, words.known(), number, places).ok_or("codes beyond their page")?;
        block.filled(done * 8);
        wanted.start += done * 8;
        if done < wished {
            words.more()?;
        }
    }
    Ok(())
}

/// A single code of up to 24 bits.
fn code(bits: &[u8], width: u8, i: usize) -> Option<usize> {
    let width = usize::from(width);
    let word = u32::from_le_bytes(*bits.get(i * width / 8..)?.first_chunk()?);
    usize::try_from(word >> (i * width % 8) & ((1 << width) - 1)).ok().filter(|_| width <= 24)
}

/// Looks codes up, eight by eight, until one is not among the words; how many eights that were.
fn unpack<const SIZE: usize>(
    bits: &[u8],
    width: u8,
    words: &[[u8; SIZE]],
    number: impl Fn([u8; SIZE]) -> i64 + Copy,
    places: &mut [[i64; 8]],
) -> Option<usize> {
    macro_rules! widths {
        ($($width:literal)*) => {
            match width {
                $($width => unpack_as::<$width, SIZE>(bits, words, number, places),)*
                _ => None,
            }
        };
    }
    widths!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24)
}

/// Eight codes take `WIDTH` bytes.
fn unpack_as<const WIDTH: usize, const SIZE: usize>(
    bits: &[u8],
    words: &[[u8; SIZE]],
    number: impl Fn([u8; SIZE]) -> i64 + Copy,
    places: &mut [[i64; 8]],
) -> Option<usize> {
    let mut bits = bits.get(..places.len() * WIDTH + PADDING)?;
    for (done, places) in places.iter_mut().enumerate() {
        let codes: [usize; 8] = std::array::from_fn(|i| {
            let word = u64::from_le_bytes(*bits[i * WIDTH / 8..].first_chunk().expect("padded"));
            usize::try_from(word >> (i * WIDTH % 8) & ((1 << WIDTH) - 1)).expect("24 bits")
        });
        let mut found = [[0; SIZE]; 8];
        for (found, code) in found.iter_mut().zip(codes) {
            let Some(word) = words.get(code) else { return Some(done) };
            *found = *word;
        }
        places.iter_mut().zip(found).for_each(|(place, word)| *place = number(word));
        bits = &bits[WIDTH..];
    }
    Some(places.len())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::pages::block::BLOCK;
    use crate::pages::header::{Header, Kind};
    use crate::pages::words::Buffers;

    fn padded(bytes: &[u8]) -> Vec<u8> {
        [bytes, &[0; PADDING]].concat()
    }

    /// The numbers of some rows of a page, and how many words of the dictionary were read for them.
    fn numbers(page: &[u8], words: &[i64], wanted: Range<usize>) -> (Vec<i64>, usize) {
        let mut file = tempfile::tempfile().expect("a file");
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        file.write_all(&bytes).expect("written");
        let header =
            Header { kind: Kind::Dictionary, values: words.len(), stored: bytes.len(), plain: bytes.len() };
        let mut buffers = Buffers::new().expect("buffers");
        let mut words = Words::none(&file, &mut buffers);
        words.begin(false, &header, 0).expect("begun");
        let (mut all, mut buffer) = (vec![], vec![0; BLOCK]);
        let mut block = Block::new(&mut buffer, |numbers: &[i64]| all.extend_from_slice(numbers));
        look_up(page, wanted, &mut words, i64::from_le_bytes, &mut block).expect("in the dictionary");
        block.done();
        (all, words.known::<8>().len())
    }

    /// After the format's own example: 0 to 7 in three bits are 88 c6 fa.
    #[test]
    fn packed_and_repeated_codes_mix() {
        let page = padded(&[3, 0x03, 0x88, 0xc6, 0xfa, 0x0a, 0x05, 0x03, 0x88, 0xc6, 0xfa]);
        let words: Vec<i64> = (0..8).map(|n| n * 100).collect();
        let all: Vec<i64> = (0..8).chain([5; 5]).chain(0..8).map(|n| n * 100).collect();
        for start in 0..=21 {
            for end in start..=21 {
                assert_eq!(numbers(&page, &words, start..end).0, all[start..end]);
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
            // 512 eights, packed: 512 × 2 + 1 as a variable-length number.
            let page = padded(&[&[width, 0x81, 0x08], &packed[..]].concat());
            let words: Vec<i64> = (0..=most.cast_signed()).collect();
            let (all, _) = numbers(&page, &words, 3..4093);
            assert!(
                all.iter().zip(&codes[3..4093]).all(|(a, b)| a.cast_unsigned() == *b) && all.len() == 4090
            );
        }
    }

    #[test]
    fn a_dictionary_is_read_as_far_as_codes_ask() {
        let words: Vec<i64> = (0..100_000).collect();
        // Eight times 7 in 17 bits, then eight times 70,000.
        let page = padded(&[17, 0x10, 7, 0, 0, 0x10, 0x70, 0x11, 0x01]);
        assert_eq!(numbers(&page, &words, 0..8), (vec![7; 8], 8192));
        assert_eq!(numbers(&page, &words, 0..9), ([vec![7; 8], vec![70_000]].concat(), 73_728));
    }

    #[test]
    fn missing_values_are_refused() {
        // 11 values in one run, all there; then 8 of which the third is not.
        assert_eq!(without_levels(&[2, 0, 0, 0, 0x16, 1, 7, 7], 11).expect("all there"), [7, 7]);
        assert!(without_levels(&[2, 0, 0, 0, 0x03, 0xfb, 7, 7], 8).is_err());
        assert!(without_levels(&[2, 0, 0, 0, 0x16, 0, 7, 7], 11).is_err());
    }
}
