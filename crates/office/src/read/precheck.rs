//! The zip directory is judged before anything is unpacked.
//!
//! Checked here: number of parts (before the directory is even read), declared sizes and their sum, packing ratio,
//! names that leave the container, names that occur twice, encryption. Declared sizes may lie, so `package` counts
//! again while unpacking.

use super::Limits;
use crate::fault::{BombKind, ReadFault};
use std::collections::HashMap;
use std::io::Cursor;
use zip::ZipArchive;
use zip::result::ZipError;

/// Parts below this size may be packed as tightly as they like: 16 MiB.
const RATIO_FLOOR: u64 = 16 << 20;

/// One part of the container.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its number in the directory.
    pub(super) index: usize,
    /// Its name as written.
    pub(super) name: String,
    /// Its declared size in bytes, unpacked.
    pub(super) size: u64,
}

/// The archive and its parts by normalised name.
pub(super) type Directory<'a> = (ZipArchive<Cursor<&'a [u8]>>, HashMap<String, Part>);

/// Opens the directory and checks it.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Directory<'a>, ReadFault> {
    let declared = declared_parts(bytes).ok_or(ReadFault::TruncatedZip)?;
    if declared > limits.max_parts as u64 {
        return Err(bomb(BombKind::Parts, "", declared, limits.max_parts as u64));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.has_duplicate_names() {
        return Err(ReadFault::DuplicatePart { name: String::new() });
    }
    let mut parts = HashMap::with_capacity(archive.len());
    let mut total = 0u64;
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(broken)?;
        if file.encrypted() {
            return Err(ReadFault::Encrypted);
        }
        let name = file.name().map_err(broken)?.into_owned();
        let key = normal_name(&name).ok_or_else(|| ReadFault::UnsafePartName { name: name.clone() })?;
        let (size, packed) = (file.size(), file.compressed_size());
        total = total.saturating_add(size);
        if total > limits.max_unzipped {
            return Err(bomb(BombKind::Size, &name, total, limits.max_unzipped));
        }
        let ratio = size / packed.max(1);
        if size > RATIO_FLOOR && ratio > limits.max_ratio {
            return Err(bomb(BombKind::Ratio, &name, ratio, limits.max_ratio));
        }
        if file.is_dir() {
            continue;
        }
        if parts.insert(key.clone(), Part { index, name, size }).is_some() {
            return Err(ReadFault::DuplicatePart { name: key });
        }
    }
    Ok((archive, parts))
}

/// A part's name with forward slashes and small letters, or nothing if it leads out of the container.
pub(super) fn normal_name(name: &str) -> Option<String> {
    let name = name.replace('\\', "/").to_lowercase();
    let leads_out = name.starts_with('/')
        || name.contains('\0')
        || name.as_bytes().get(1) == Some(&b':')
        || name.split('/').any(|step| step == "..");
    (!leads_out).then_some(name)
}

/// The number of parts the end record declares; nothing if there is no end record.
fn declared_parts(bytes: &[u8]) -> Option<u64> {
    const END: [u8; 4] = *b"PK\x05\x06";
    const END64: [u8; 4] = *b"PK\x06\x06";
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let at = tail + bytes[tail..].windows(4).rposition(|window| window == END)?;
    let count = bytes.get(at + 10..at + 12)?;
    let count = u64::from(u16::from_le_bytes([count[0], count[1]]));
    if count < 0xffff {
        return Some(count);
    }
    let before = at.saturating_sub(20 + 56 + 4096);
    let Some(record) = bytes[before..at].windows(4).rposition(|window| window == END64) else {
        return Some(count);
    };
    let wide = bytes.get(before + record + 32..before + record + 40)?;
    wide.try_into().ok().map(u64::from_le_bytes)
}

pub(super) fn bomb(kind: BombKind, part: &str, found: u64, limit: u64) -> ReadFault {
    ReadFault::ZipBomb { kind, part: part.to_owned(), found, limit }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn broken(error: ZipError) -> ReadFault {
    ReadFault::BrokenZip { detail: error.to_string() }
}
