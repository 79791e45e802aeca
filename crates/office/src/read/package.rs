//! Parts of a zip container as streams of bytes that are counted while they are unpacked.
//!
//! A large part is unpacked on a second thread while its content is parsed on the first; if no thread can be had, it
//! is unpacked in place.

use super::Limits;
use super::precheck::{self, Part, bomb};
use super::xml::{Handler, Scanner};
use crate::fault::{BombKind, ReadFault};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use zip::ZipArchive;

/// Bytes that are unpacked at a time.
const CHUNK: usize = 256 << 10;
/// Parts of at least this size are unpacked on a thread of their own: 2 MiB.
const THREAD_FROM: u64 = 2 << 20;

/// A container that passed the checks of its directory.
#[derive(Debug, Clone)]
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    parts: HashMap<String, Part>,
}

impl<'a> Package<'a> {
    /// Opens and checks a container.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadFault> {
        let (archive, parts) = precheck::open(bytes, limits)?;
        Ok(Self { archive, parts })
    }

    /// The part of a name, ignoring case and the direction of slashes.
    pub(super) fn find(&self, name: &str) -> Option<&Part> {
        self.parts.get(&precheck::normal_name(name.trim_start_matches('/'))?)
    }

    /// Whether any part's normalised name satisfies the condition.
    pub(super) fn any(&self, condition: impl Fn(&str) -> bool) -> bool {
        self.parts.keys().any(|name| condition(name))
    }

    /// The whole of a small part.
    pub(super) fn content(&self, part: &Part, at_most: usize) -> Result<Vec<u8>, ReadFault> {
        let mut archive = self.archive.clone();
        let mut content = Vec::new();
        let file = archive.by_index(part.index).map_err(|error| broken(part, &error.to_string()))?;
        file.take(at_most as u64)
            .read_to_end(&mut content)
            .map_err(|error| broken(part, &error.to_string()))?;
        Ok(content)
    }

    /// Parses a part as XML; `chunk_done` is told the bytes behind us after every chunk.
    pub(super) fn scan<H: Handler>(
        &self,
        part: &Part,
        handler: &mut H,
        chunk_done: &mut dyn FnMut(&H, u64),
    ) -> Result<(), ReadFault> {
        let mut archive = self.archive.clone();
        let scanner = Scanner::new(&part.name);
        if part.size < THREAD_FROM {
            let mut inflater = Inflater::open(&mut archive, part)?;
            return scanner.run(&mut |buffer| inflater.append(buffer), handler, chunk_done);
        }
        std::thread::scope(|scope| {
            let (full, filled) = sync_channel(4);
            let (empty, emptied) = sync_channel(6);
            let mut second = archive.clone();
            let spawned = std::thread::Builder::new().name("unpack".into()).spawn_scoped(scope, move || {
                let mut inflater = match Inflater::open(&mut second, part) {
                    Ok(inflater) => inflater,
                    Err(fault) => return drop(full.send(Err(fault))),
                };
                unpack(&mut inflater, &full, &emptied);
            });
            if spawned.is_err() {
                let mut inflater = Inflater::open(&mut archive, part)?;
                return scanner.run(&mut |buffer| inflater.append(buffer), handler, chunk_done);
            }
            scanner.run(&mut |buffer| receive(&filled, &empty, buffer), handler, chunk_done)
        })
    }
}

fn unpack(
    inflater: &mut Inflater<'_, '_>,
    full: &SyncSender<Result<Vec<u8>, ReadFault>>,
    emptied: &Receiver<Vec<u8>>,
) {
    loop {
        let mut chunk = emptied.try_recv().unwrap_or_default();
        chunk.clear();
        let result = inflater.append(&mut chunk);
        let last = !matches!(result, Ok(more) if more > 0);
        // A failed send means that the parser gave up; there is nothing left to do.
        if full.send(result.map(|_| chunk)).is_err() || last {
            return;
        }
    }
}

fn receive(
    filled: &Receiver<Result<Vec<u8>, ReadFault>>,
    empty: &SyncSender<Vec<u8>>,
    buffer: &mut Vec<u8>,
) -> Result<usize, ReadFault> {
    // The sender always ends with an empty chunk or a fault, so a closed channel means the same as an empty chunk.
    let Ok(chunk) = filled.recv() else { return Ok(0) };
    let chunk = chunk?;
    buffer.extend_from_slice(&chunk);
    let length = chunk.len();
    drop(empty.try_send(chunk));
    Ok(length)
}

/// Unpacks one part and refuses to give more than the part declares.
struct Inflater<'z, 'a> {
    file: zip::read::ZipFile<'z, Cursor<&'a [u8]>>,
    part: &'z Part,
    given: u64,
}

impl<'z, 'a> Inflater<'z, 'a> {
    fn open(archive: &'z mut ZipArchive<Cursor<&'a [u8]>>, part: &'z Part) -> Result<Self, ReadFault> {
        let file = archive.by_index(part.index).map_err(|error| broken(part, &error.to_string()))?;
        Ok(Self { file, part, given: 0 })
    }

    /// Appends up to a chunk of bytes; 0 at the end.
    fn append(&mut self, buffer: &mut Vec<u8>) -> Result<usize, ReadFault> {
        let start = buffer.len();
        buffer.resize(start + CHUNK, 0);
        let mut end = start;
        while end < start + CHUNK {
            match self.file.read(&mut buffer[end..]) {
                Ok(0) => break,
                Ok(more) => end += more,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(broken(self.part, &error.to_string())),
            }
        }
        buffer.truncate(end);
        self.given += (end - start) as u64;
        if self.given > self.part.size {
            return Err(bomb(BombKind::LyingSize, &self.part.name, self.given, self.part.size));
        }
        Ok(end - start)
    }
}

fn broken(part: &Part, detail: &str) -> ReadFault {
    ReadFault::BrokenPart { part: part.name.clone(), detail: detail.to_owned() }
}
