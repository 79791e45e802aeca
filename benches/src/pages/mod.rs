//! The numbers of a column of a Parquet file, page by page, as far as a sum needs them.
//!
//! A page is read and unpacked only when some of its rows are wanted, a dictionary only as far as codes ask for it. Buffers
//! and unpackers are kept from page to page, codes of a dictionary become numbers on the way, and nothing is laid out:
//! numbers come in blocks that stay in the processor's cache. Doubles become whole hundredths, truths 0 and 1. What that
//! gains, and what zstd leaves to gain, is in `docs/decisions/0029-parquet-by-pages.md`.
//!
//! Deliberately absent: missing values (they are refused), nested columns, encodings and codecs other than those the
//! benches' files have (see `columns` for those). To add an encoding: an arm in `numbers`.

mod block;
mod header;
mod runs;
mod words;

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicUsize, Ordering};

use zstd::zstd_safe::{DCtx, get_error_name};

use crate::Fault;
use block::{BLOCK, Block};
use header::{Header, Kind};
use words::{Buffers, Words};

/// No header of a page of numbers is longer.
const LONGEST_HEADER: usize = 512;
/// Read beyond the packed bits, so that the last of them can be taken out of a whole word.
const PADDING: usize = 8;

/// One column in one row group.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Where it lies in the file.
    pub bytes: Range<u64>,
    /// Whether pages are packed by zstd.
    pub packed: bool,
    /// Whether values may be missing, so that pages say which are there.
    pub optional: bool,
    /// What the numbers are.
    pub stored: Stored,
}

/// How numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stored {
    /// 32-bit integers.
    Int,
    /// Truths.
    Flag,
    /// Doubles of two decimals.
    Cents,
}

/// What one thread needs to read pages; kept from column to column.
pub struct Scratch {
    head: [u8; LONGEST_HEADER],
    /// A page as it lies in the file.
    body: Vec<u8>,
    /// The same unpacked.
    plain: Vec<u8>,
    words: Buffers,
    block: Vec<i64>,
    unpacker: DCtx<'static>,
}

impl Scratch {
    /// Empty buffers.
    pub fn new() -> Result<Self, Fault> {
        Ok(Self {
            head: [0; LONGEST_HEADER],
            body: vec![],
            plain: vec![],
            words: Buffers::new()?,
            block: vec![0; BLOCK],
            unpacker: DCtx::create(),
        })
    }

    /// Visits the numbers of these rows of a chunk in blocks, in order.
    pub fn visit(
        &mut self,
        file: &File,
        chunk: &Chunk,
        rows: &Range<usize>,
        visit: impl FnMut(&[i64]),
    ) -> Result<(), Fault> {
        let Self { head, body, plain, words, block, unpacker } = self;
        let (mut words, mut block) = (Words::none(file, words), Block::new(block, visit));
        let (mut at, mut row) = (chunk.bytes.start, 0);
        while row < rows.end {
            let longest = usize::try_from(chunk.bytes.end - at)?.min(LONGEST_HEADER);
            let head = &mut head[..longest];
            file.read_exact_at(head, at)?;
            let (header, length) = Header::parse(head)?;
            let start = at + length as u64;
            at = start + header.stored as u64;
            match header.kind {
                Kind::Dictionary => words.begin(chunk.packed, &header, start)?,
                Kind::Data { encoding } => {
                    let within = |end: usize| end.clamp(row, row + header.values) - row;
                    let wanted = within(rows.start)..within(rows.end);
                    row += header.values;
                    if wanted.is_empty() {
                        continue;
                    }
                    plain.resize(plain.len().max(header.plain + PADDING), 0);
                    let into = &mut plain[..header.plain];
                    if chunk.packed {
                        body.resize(header.stored.max(body.len()), 0);
                        file.read_exact_at(&mut body[..header.stored], start)?;
                        if unpacker.decompress(into, &body[..header.stored]).map_err(told)? < into.len() {
                            return Err("a page shorter than it says".into());
                        }
                    } else {
                        file.read_exact_at(into, start)?;
                    }
                    let page = &plain[..header.plain + PADDING];
                    let page = if chunk.optional { runs::without_levels(page, header.values)? } else { page };
                    numbers(chunk.stored, encoding, page, wanted, &mut words, &mut block)?;
                }
                Kind::Other => return Err("a page of another kind".into()),
            }
        }
        block.done();
        Ok(())
    }
}

/// The wanted numbers of a page.
fn numbers(
    stored: Stored,
    encoding: usize,
    page: &[u8],
    rows: Range<usize>,
    words: &mut Words<'_>,
    block: &mut Block<impl FnMut(&[i64])>,
) -> Result<(), Fault> {
    match (encoding, stored) {
        (0, Stored::Flag) => flags(page, rows, block),
        (0, Stored::Int) => block.extend(ints(&page[rows.start * 4..rows.end * 4])),
        (0, Stored::Cents) => block.extend(cents(&page[rows.start * 8..rows.end * 8])),
        (2 | 8, Stored::Int) => runs::look_up(page, rows, words, int, block)?,
        (2 | 8, Stored::Cents) => runs::look_up(page, rows, words, cent, block)?,
        (encoding, _) => return Err(format!("encoding {encoding}").into()),
    }
    Ok(())
}

/// Truths are single bits: eight from a whole byte, what is left before and after one by one.
fn flags(page: &[u8], mut rows: Range<usize>, block: &mut Block<impl FnMut(&[i64])>) {
    while !rows.is_empty() {
        let bytes = if rows.start.is_multiple_of(8) { rows.len() / 8 } else { 0 };
        if bytes == 0 {
            block.repeat(i64::from(page[rows.start / 8] >> (rows.start % 8) & 1), 1);
            rows.start += 1;
            continue;
        }
        let places = block.eights(bytes);
        for (places, byte) in places.iter_mut().zip(&page[rows.start / 8..]) {
            let bits = i64::from(*byte);
            places.iter_mut().zip(0..).for_each(|(place, bit)| *place = bits >> bit & 1);
        }
        let filled = places.len() * 8;
        block.filled(filled);
        rows.start += filled;
    }
}

/// What zstd says of a failure.
fn told(code: usize) -> Fault {
    get_error_name(code).into()
}

/// Does every piece of a work on two threads, each with buffers of its own.
pub fn each<P: Sync, T: Send>(
    scratches: &mut [Scratch; 2],
    pieces: &[P],
    work: impl Fn(&mut Scratch, &P) -> Result<T, Fault> + Sync,
) -> Result<Vec<T>, Fault> {
    let next = AtomicUsize::new(0);
    let part = |scratch: &mut Scratch| -> Result<Vec<(usize, T)>, Fault> {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(i) else { return Ok(done) };
            done.push((i, work(scratch, piece)?));
        }
    };
    let [one, two] = scratches;
    let (mine, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| part(two));
        (part(one), other.join().expect("reading does not panic"))
    });
    let mut all: Vec<(usize, T)> = mine?.into_iter().chain(other?).collect();
    all.sort_by_key(|(i, _)| *i);
    Ok(all.into_iter().map(|(_, made)| made).collect())
}

/// Integers as they lie in the file.
fn ints(bytes: &[u8]) -> impl ExactSizeIterator<Item = i64> {
    bytes.as_chunks().0.iter().map(|b| int(*b))
}

/// Doubles as they lie in the file.
fn cents(bytes: &[u8]) -> impl ExactSizeIterator<Item = i64> {
    bytes.as_chunks().0.iter().map(|b| cent(*b))
}

fn int(bytes: [u8; 4]) -> i64 {
    i64::from(i32::from_le_bytes(bytes))
}

fn cent(bytes: [u8; 8]) -> i64 {
    hundredths(f64::from_le_bytes(bytes))
}

/// The files hold numbers of two decimals as the nearest double. Adding 1.5 × 2⁵² leaves their whole hundredths, to the
/// nearest, in the low bits; the generators stay far below the 2⁵¹ up to which that holds.
pub(crate) fn hundredths(value: f64) -> i64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let shifted = value * 100.0 + SHIFT;
    shifted.to_bits().cast_signed().wrapping_sub(SHIFT.to_bits().cast_signed())
}

#[cfg(test)]
mod files;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    pub(crate) fn hundredths_are_those_of_the_nearest_decimal() {
        for (value, cents) in
            [(0.0, 0), (0.01, 1), (-0.01, -1), (1.15, 115), (-4.35, -435), (63_523.29, 6_352_329)]
        {
            assert_eq!(hundredths(value), cents);
        }
        for cents in (-3_000_000..3_000_000).chain(1_000_000_000_000..1_000_000_100_000) {
            assert_eq!(hundredths(cents as f64 / 100.0), cents);
        }
    }
}
