//! The dictionary of a chunk, unpacked as far as codes ask for it.
//!
//! Writers enter a word when they first meet it, so the codes of few rows need the beginning of the dictionary only; and
//! words that are looked up right after they were unpacked are still in the processor's cache.

use std::fs::File;
use std::os::unix::fs::FileExt;

use zstd::zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer, ResetDirective};

use super::header::Header;
use super::told;
use crate::Fault;

/// What zstd reads first of a page; then it says itself how much it takes next.
const FIRST: usize = 5;
/// Bytes of an unpacked page that are read at a time.
const PIECE: usize = 1 << 16;

/// Buffers that are kept from dictionary to dictionary.
pub(super) struct Buffers {
    piece: Vec<u8>,
    words: Vec<u8>,
    unpacker: DCtx<'static>,
}

impl Buffers {
    /// Empty buffers.
    pub(super) fn new() -> Result<Self, Fault> {
        let mut unpacker = DCtx::create();
        // Words stay where they are while more are unpacked behind them, so they need not be copied.
        unpacker.set_parameter(DParameter::StableOutBuffer(true)).map_err(told)?;
        Ok(Self { piece: vec![], words: vec![], unpacker })
    }
}

/// The dictionary of one chunk.
pub(super) struct Words<'f> {
    file: &'f File,
    packed: bool,
    buffers: &'f mut Buffers,
    /// Where the next piece lies in the file, and how many bytes are left there.
    at: u64,
    left: usize,
    /// How much of that zstd takes next.
    next: usize,
    /// Bytes known, and bytes the whole dictionary has.
    known: usize,
    size: usize,
}

impl<'f> Words<'f> {
    /// A dictionary of no words.
    pub(super) fn none(file: &'f File, buffers: &'f mut Buffers) -> Self {
        Self { file, packed: false, buffers, at: 0, left: 0, next: 0, known: 0, size: 0 }
    }

    /// From its page, nothing of which is read yet.
    pub(super) fn begin(&mut self, packed: bool, header: &Header, at: u64) -> Result<(), Fault> {
        self.buffers.words.resize(header.plain.max(self.buffers.words.len()), 0);
        self.buffers.unpacker.reset(ResetDirective::SessionOnly).map_err(told)?;
        (self.packed, self.at, self.left) = (packed, at, header.stored);
        (self.next, self.known, self.size) = (FIRST, 0, header.plain);
        Ok(())
    }

    /// The words known so far.
    pub(super) fn known<const SIZE: usize>(&self) -> &[[u8; SIZE]] {
        self.buffers.words[..self.known].as_chunks().0
    }

    /// A single word.
    pub(super) fn word<const SIZE: usize>(&mut self, code: usize) -> Result<[u8; SIZE], Fault> {
        while code >= self.known::<SIZE>().len() {
            self.more()?;
        }
        Ok(self.known()[code])
    }

    /// Learns more words; an error when there are none.
    pub(super) fn more(&mut self) -> Result<(), Fault> {
        let before = self.known;
        while self.known == before {
            if self.left == 0 || self.known == self.size {
                return Err("a code beyond the dictionary".into());
            }
            let Buffers { piece, words, unpacker } = &mut *self.buffers;
            let read = if self.packed { self.next } else { PIECE.min(self.size - self.known) }.min(self.left);
            if self.packed {
                piece.resize(read.max(piece.len()), 0);
                let piece = &mut piece[..read];
                self.file.read_exact_at(piece, self.at)?;
                let mut into = OutBuffer::around_pos(&mut words[..self.size], self.known);
                self.next =
                    unpacker.decompress_stream(&mut into, &mut InBuffer::around(piece)).map_err(told)?;
                self.known = into.pos();
            } else {
                self.file.read_exact_at(&mut words[self.known..self.known + read], self.at)?;
                self.known += read;
            }
            self.at += read as u64;
            self.left -= read;
        }
        Ok(())
    }
}
