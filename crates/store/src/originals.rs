//! Source files, kept by content: `originals/<first two hex digits>/<sha256>`.
//!
//! A file is durable under its final name before the transaction that names it commits, so the ledger never names a
//! file that is not there; a killed write leaves at most a `.part` file, swept at the next opening. Deliberately absent:
//! deleting – an original is evidence.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use model::id::Revision;
use rusqlite::{OptionalExtension as _, Row};
use serde_json::json;

use crate::audit::{self, AuditEvent};
use crate::chain::{Fields, Hash, digest_hex};
use crate::error::{Result, StoreError};
use crate::write::NewSource;
use crate::{Ledger, Store};

/// The folder of original files.
const FOLDER: &str = "originals";

/// A source file as the ledger knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceRecord {
    /// SHA-256 in lower-case hex.
    pub digest: String,
    /// The name it was first sent under.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was first kept.
    pub received_at: Timestamp,
    /// Who sent it.
    pub who: String,
    /// The revisions made from it, oldest first.
    pub revisions: Vec<Revision>,
}

impl Store {
    /// All source files, oldest first.
    pub fn sources(&self) -> Result<Vec<SourceRecord>> {
        let tx = self.connection.unchecked_transaction()?;
        let mut revisions: BTreeMap<String, Vec<Revision>> = BTreeMap::new();
        let mut statement =
            tx.prepare_cached("SELECT source, seq FROM revision WHERE source IS NOT NULL ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            revisions.entry(row.get(0)?).or_default().push(Revision(row.get(1)?));
        }
        let mut statement = tx.prepare_cached(
            "SELECT digest, name, size, received_at, who FROM source ORDER BY received_at, digest",
        )?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            let mut record = source_from(row)?;
            record.revisions = revisions.remove(&record.digest).unwrap_or_default();
            sources.push(record);
        }
        Ok(sources)
    }

    /// The name a source file was first sent under.
    pub fn source_name(&self, digest: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT name FROM source WHERE digest = ?1")?;
        Ok(statement.query_row([digest], |row| row.get(0)).optional()?)
    }

    /// Whether a file of this digest (lower-case hex) is kept.
    pub fn has_source(&self, digest: &str) -> Result<bool> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM source WHERE digest = ?1")?;
        Ok(statement.exists([digest])?)
    }

    /// The bytes of a kept file (a source, a published report, a frozen evaluation), checked against their digest.
    pub fn original(&self, digest: &str) -> Result<Vec<u8>> {
        let known = "SELECT 1 FROM source WHERE digest = ?1
            UNION ALL SELECT 1 FROM published WHERE ?1 IN (bytes, evidence, slots, definitions)
            UNION ALL SELECT 1 FROM evaluation WHERE frozen = ?1";
        let known: Option<i64> =
            self.connection.prepare_cached(known)?.query_row([digest], |row| row.get(0)).optional()?;
        if known.is_none() {
            return Err(StoreError::UnknownSource(digest.to_owned()));
        }
        read_checked(&path(&self.dir, digest), digest)?
            .ok_or_else(|| StoreError::Corrupt(format!("the original {digest} is missing")))
    }
}

/// The bytes of a kept file, checked against their digest; nothing when the file is gone.
pub(crate) fn read_checked(path: &Path, digest: &str) -> Result<Option<Vec<u8>>> {
    let bytes = match fs::read(path) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(StoreError::io(path))?,
    };
    let found = digest_hex(&bytes);
    if found == digest {
        Ok(Some(bytes))
    } else {
        Err(StoreError::WrongDigest { named: digest.to_owned(), found })
    }
}

fn source_from(row: &Row<'_>) -> Result<SourceRecord> {
    Ok(SourceRecord {
        digest: row.get(0)?,
        name: row.get(1)?,
        size: row.get(2)?,
        received_at: timestamp(&row.get::<_, String>(3)?)?,
        who: row.get(4)?,
        revisions: Vec::new(),
    })
}

pub(crate) fn timestamp(text: &str) -> Result<Timestamp> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} is not a time")))
}

/// Where the bytes of `digest` lie. Only digests that this program computed or read from the ledger get here.
pub(crate) fn path(dir: &Path, digest: &str) -> PathBuf {
    dir.join(FOLDER).join(digest.get(..2).unwrap_or("--")).join(digest)
}

/// Makes the folder.
pub(crate) fn prepare(dir: &Path) -> Result<()> {
    let folder = dir.join(FOLDER);
    fs::create_dir_all(&folder).map_err(StoreError::io(&folder))
}

/// Names the file in the ledger, unless it is known; [`keep`] must follow before the commit.
pub(crate) fn name_source(ledger: &Ledger<'_>, at: Timestamp, who: &str, source: &NewSource) -> Result<()> {
    let known =
        ledger.tx.prepare_cached("SELECT 1 FROM source WHERE digest = ?1")?.exists([&source.digest])?;
    if known {
        return Ok(());
    }
    let (time, size) = (at.to_string(), source.bytes.len() as u64);
    ledger
        .tx
        .prepare_cached(
            "INSERT INTO source (digest, name, size, received_at, who) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((&source.digest, &source.name, size, &time, who))?;
    let mut event = AuditEvent::new(at, who, "source.keep", &format!("source:{}", source.digest));
    event.detail = json!({ "name": source.name, "size": size });
    audit::append_sealed(ledger, &event, &sealed(&source.digest, &source.name, size, &time, who))
}

/// The digest of a `source` row.
pub(crate) fn sealed(digest: &str, name: &str, size: u64, received_at: &str, who: &str) -> Hash {
    Fields::of("source").text(digest).text(name).number(size).text(received_at).text(who).digest()
}

/// Makes the bytes durable under the name of their digest. Called inside a write transaction only, so that there is
/// one writer at a time.
pub(crate) fn keep(dir: &Path, digest: &str, bytes: &[u8]) -> Result<()> {
    keep_at(&dir.join(FOLDER), &path(dir, digest), digest, bytes)
}

/// The same under another path below `root`.
pub(crate) fn keep_at(root: &Path, path: &Path, digest: &str, bytes: &[u8]) -> Result<()> {
    let found = digest_hex(bytes);
    if found != digest {
        return Err(StoreError::WrongDigest { named: digest.to_owned(), found });
    }
    if fs::read(path).is_ok_and(|kept| kept == bytes) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(root);
    if !folder.is_dir() {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        sync_dir(root)?;
    }
    let part = path.with_extension("part");
    let written =
        write_durably(&part, bytes).and_then(|()| fs::rename(&part, path).map_err(StoreError::io(path)));
    if written.is_err() {
        // The space is worth more than the half file; that it may fail too changes nothing.
        let _ = fs::remove_file(&part);
    }
    written?;
    sync_dir(folder)
}

fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path).map_err(StoreError::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(StoreError::io(path))
}

/// Makes the names in a folder durable. Where folders cannot be opened (not Unix) the file system sees to it itself.
pub(crate) fn sync_dir(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        let folder_file = File::open(folder).map_err(StoreError::io(folder))?;
        folder_file.sync_all().map_err(StoreError::io(folder))?;
    }
    Ok(())
}

/// Removes the half files a killed write left, while no other write can be under way.
pub(crate) fn sweep(store: &mut Store) -> Result<()> {
    let parts = part_files(&store.dir)?;
    if parts.is_empty() {
        return Ok(());
    }
    store.transact(|_| {
        for part in parts {
            match fs::remove_file(&part) {
                Err(fault) if fault.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&part)(fault));
                }
                _ => {}
            }
        }
        Ok(())
    })
}

fn part_files(dir: &Path) -> Result<Vec<PathBuf>> {
    let folder = dir.join(FOLDER);
    let mut parts = Vec::new();
    for group in list(&folder)? {
        if group.is_dir() {
            parts.extend(list(&group)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "part")));
        }
    }
    Ok(parts)
}

/// What is in a folder; nothing when there is none.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let names = fs::read_dir(folder).map_err(StoreError::io(folder))?;
    names.map(|name| name.map(|n| n.path())).collect::<io::Result<_>>().map_err(StoreError::io(folder))
}
