//! A zip archive as parts in memory, never more of them than the limits allow.
//!
//! Sizes in the directory are not believed: parts are counted while they are unpacked, so a small archive that
//! unpacks to a huge one is refused as soon as it has become too large.

use std::io::{Cursor, Read};
use zip::ZipArchive;

use super::Limits;
use super::collect::{Stop, damaged, too_large, written};

/// Most parts of an archive.
const MAX_PARTS: usize = 1000;

/// An opened archive.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    left: u64,
    limit: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive and lists its parts.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, Stop> {
        let broken = |error: zip::result::ZipError| damaged(format!("zip: {error}"));
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if zip.len() > MAX_PARTS {
            return Err(too_large("parts", MAX_PARTS as u64));
        }
        let mut names = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(broken)?;
            if part.encrypted() {
                return Err(damaged("zip: encrypted"));
            }
            names.push(name(part.name_raw()));
        }
        Ok(Archive { zip, names, left: limits.max_bytes, limit: limits.max_bytes })
    }

    /// The names of all parts, with forward slashes; names that are not UTF-8 are taken as GB18030.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The part whose name is the same but for upper and lower case; nothing when there is none.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        self.names.iter().position(|known| known.to_lowercase() == name)
    }

    /// The bytes of a part.
    pub fn content(&mut self, index: usize) -> Result<Vec<u8>, Stop> {
        let name = self.names[index].clone();
        let broken = |error: &dyn std::fmt::Display| damaged(format!("{name}: {error}"));
        let part = self.zip.by_index(index).map_err(|error| broken(&error))?;
        let mut content = Vec::new();
        part.take(self.left + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
        match self.left.checked_sub(content.len() as u64) {
            Some(left) => self.left = left,
            None => return Err(too_large("bytes", self.limit)),
        }
        Ok(content)
    }
}

fn name(raw: &[u8]) -> String {
    written(raw).replace('\\', "/")
}
