//! The numbers of a column of a Parquet file, page by page, as far as a sum needs them.
//!
//! A page is read and unpacked only when some of its rows are wanted. Buffers and the unpacker are kept from page to page,
//! codes of a dictionary become numbers on the way, and nothing is laid out: numbers come in blocks that stay in the
//! processor's cache. Doubles become whole hundredths, truths 0 and 1.
//!
//! Deliberately absent: missing values (they are refused), nested columns, encodings and codecs other than those the
//! benches' files have (see `columns` for those). To add an encoding: an arm in [`Scratch::numbers`].

mod block;
mod header;
mod runs;

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicUsize, Ordering};

use zstd::bulk::Decompressor;

use crate::Fault;
use block::{BLOCK, Block};
use header::{Header, Kind};
use runs::Run;

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
    /// The numbers of the dictionary.
    words: Vec<i64>,
    block: Vec<i64>,
    unpacker: Decompressor<'static>,
}

impl Scratch {
    /// Empty buffers.
    pub fn new() -> Result<Self, Fault> {
        Ok(Self {
            head: [0; LONGEST_HEADER],
            body: Vec::new(),
            plain: Vec::new(),
            words: Vec::new(),
            block: vec![0; BLOCK],
            unpacker: Decompressor::new()?,
        })
    }

    /// Visits the numbers of these rows of a chunk in blocks, in order.
    pub fn visit(
        &mut self,
        file: &File,
        chunk: &Chunk,
        rows: &Range<usize>,
        mut visit: impl FnMut(&[i64]),
    ) -> Result<(), Fault> {
        let (mut at, mut row) = (chunk.bytes.start, 0);
        while row < rows.end {
            let longest = usize::try_from(chunk.bytes.end - at)?.min(LONGEST_HEADER);
            let head = &mut self.head[..longest];
            file.read_exact_at(head, at)?;
            let (header, length) = Header::parse(head)?;
            let body = at + length as u64;
            at = body + header.stored as u64;
            match header.kind {
                Kind::Dictionary => {
                    self.fetch(file, chunk, &header, body)?;
                    self.words.clear();
                    let words = &self.plain[..header.plain];
                    match chunk.stored {
                        Stored::Cents => self.words.extend(cents(words)),
                        _ => self.words.extend(ints(words)),
                    }
                }
                Kind::Data { encoding } => {
                    let within = |end: usize| end.clamp(row, row + header.values) - row;
                    let wanted = within(rows.start)..within(rows.end);
                    row += header.values;
                    if !wanted.is_empty() {
                        self.fetch(file, chunk, &header, body)?;
                        self.numbers(chunk, &header, encoding, wanted, &mut visit)?;
                    }
                }
                Kind::Other => return Err("a page of another kind".into()),
            }
        }
        Ok(())
    }

    /// Reads a page and unpacks it into `plain`.
    fn fetch(&mut self, file: &File, chunk: &Chunk, header: &Header, at: u64) -> Result<(), Fault> {
        let into = if chunk.packed { &mut self.body } else { &mut self.plain };
        into.resize(header.stored.max(into.len()), 0);
        file.read_exact_at(&mut into[..header.stored], at)?;
        if chunk.packed {
            self.plain.clear();
            self.plain.reserve(header.plain + PADDING);
            self.unpacker.decompress_to_buffer(&self.body[..header.stored], &mut self.plain)?;
        }
        self.plain.resize(self.plain.len().max(header.plain + PADDING), 0);
        Ok(())
    }

    /// The wanted values of the page in `plain`.
    fn numbers(
        &mut self,
        chunk: &Chunk,
        header: &Header,
        encoding: usize,
        wanted: Range<usize>,
        visit: &mut impl FnMut(&[i64]),
    ) -> Result<(), Fault> {
        let Self { plain, words, block, .. } = self;
        let page = &plain[..header.plain + PADDING];
        let page = if chunk.optional { runs::without_levels(page, header.values)? } else { page };
        let mut block = Block::new(block, visit);
        match (encoding, chunk.stored) {
            (0, Stored::Flag) => block.extend(wanted.map(|row| i64::from(page[row / 8] >> (row % 8) & 1))),
            (0, Stored::Int) => block.extend(ints(&page[wanted.start * 4..wanted.end * 4])),
            (0, Stored::Cents) => block.extend(cents(&page[wanted.start * 8..wanted.end * 8])),
            (2 | 8, _) => {
                let (width, packed) = page.split_first().ok_or("an empty page")?;
                for run in runs::of(packed, *width, wanted) {
                    match run? {
                        Run::Same { code, count } => {
                            block.repeat(*words.get(code).ok_or("a code beyond the dictionary")?, count);
                        }
                        Run::Packed { bits, wanted } => {
                            runs::unpack(bits, *width, wanted, words, &mut block)?;
                        }
                    }
                }
            }
            _ => return Err(format!("encoding {encoding}").into()),
        }
        block.done();
        Ok(())
    }
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
    bytes.as_chunks().0.iter().map(|b| i64::from(i32::from_le_bytes(*b)))
}

/// Doubles as they lie in the file.
fn cents(bytes: &[u8]) -> impl ExactSizeIterator<Item = i64> {
    bytes.as_chunks().0.iter().map(|b| hundredths(f64::from_le_bytes(*b)))
}

/// The files hold numbers of two decimals as the nearest double. Adding 1.5 × 2⁵² leaves their whole hundredths, to the
/// nearest, in the low bits; the generators stay far below the 2⁵¹ up to which that holds.
pub(crate) fn hundredths(value: f64) -> i64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let shifted = value * 100.0 + SHIFT;
    shifted.to_bits().cast_signed().wrapping_sub(SHIFT.to_bits().cast_signed())
}

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
