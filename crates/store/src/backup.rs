//! Backing up: the whole ledger – database, originals, key – in one file, while others work.
//!
//! The file is an ordinary ZIP without compression: `manifest.json` first, then `ledger.db`, `key` and
//! `originals/ab/<sha256>`, at last the ledger's own `content/`; the manifest gives every member's length and SHA-256 and the revision with its link in the
//! chain. The copy is made by `VACUUM INTO` (the stepped backup interface never finishes beside a busy writer), proved
//! sound, packed, read back and only then given its name. Deliberately absent: encryption – the file holds the key and
//! all data, so it must be kept as safe as the ledger itself.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use model::id::Revision;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::Store;
use crate::chain::hex;
use crate::error::{Result, StoreError};
use crate::open::{Access, DATABASE, KEY, connect};
use crate::originals::{self, sync_dir};
use crate::verify::{Stage, Watch, named_files, tell, verify_database};

/// The member that lists the others.
pub(crate) const MANIFEST: &str = "manifest.json";
/// What the manifest says it is.
pub(crate) const FORMAT: &str = "parkledger-backup/1";

/// What was backed up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackupReport {
    /// The newest revision in it.
    pub revision: Revision,
    /// Its link in the chain, in hex.
    pub hash: String,
    /// How many original files are in it.
    pub originals: u64,
    /// The backup's length in bytes.
    pub size: u64,
    /// The backup's SHA-256.
    pub digest: String,
}

/// The list of members.
#[derive(Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    pub(crate) revision: Revision,
    pub(crate) hash: String,
    pub(crate) members: Vec<Member>,
}

/// One member.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

impl Store {
    /// Writes a backup to `to`, which must not exist. Works on a reading connection too, and beside a writer.
    pub fn backup(&self, to: &Path) -> Result<BackupReport> {
        self.backup_watched(to, &mut |_| ControlFlow::Continue(()))
    }

    /// Like [`Store::backup`]; ends with [`StoreError::Cancelled`] and leaves nothing when `watch` says so.
    pub fn backup_watched(&self, to: &Path, watch: &mut Watch<'_>) -> Result<BackupReport> {
        if to.exists() {
            return Err(StoreError::AlreadyThere(to.to_owned()));
        }
        let (copy, packed) = (beside(to, ".db.part"), beside(to, ".part"));
        let made = self.make(&copy, &packed, watch).and_then(|report| {
            fs::rename(&packed, to).map_err(StoreError::io(to))?;
            sync_dir(folder_of(to))?;
            Ok(report)
        });
        for part in [&copy, &packed] {
            // Left-over parts are only lost space, and the error that matters is already in `made`.
            let _ = fs::remove_file(part);
        }
        made
    }

    fn make(&self, copy: &Path, packed: &Path, watch: &mut Watch<'_>) -> Result<BackupReport> {
        for part in [copy, packed] {
            match fs::remove_file(part) {
                Err(fault) if fault.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(part)(fault));
                }
                _ => {}
            }
        }
        let name = copy.to_str().ok_or(StoreError::Misuse("the path of a backup must be Unicode"))?;
        tell(watch, Stage::Copy, 0, 1)?;
        self.connection.execute("VACUUM INTO ?1", [name])?;
        tell(watch, Stage::Copy, 1, 1)?;
        let copied = connect(copy, Access::Read)?;
        let report = verify_database(&copied, &self.key, watch)?;
        if let Some(damage) = report.damage.first() {
            return Err(StoreError::Corrupt(damage.to_string()));
        }
        let digests = named_files(&copied)?;
        drop(copied);
        let files = self.files(copy, &digests)?;
        let members = files.iter().map(|(name, path)| describe(name, path)).collect::<Result<Vec<_>>>()?;
        for (digest, member) in digests.iter().zip(&members[2..]) {
            if *digest != member.sha256 {
                return Err(StoreError::WrongDigest { named: digest.clone(), found: member.sha256.clone() });
            }
        }
        let (revision, hash) = (report.revision, report.hash);
        let manifest = Manifest { format: FORMAT.to_owned(), revision, hash: hash.clone(), members };
        pack(packed, &manifest, &files, watch)?;
        read_back(packed, &manifest, watch)?;
        let packed_member = describe("", packed)?;
        let originals = digests.len() as u64;
        Ok(BackupReport { revision, hash, originals, size: packed_member.size, digest: packed_member.sha256 })
    }

    /// The members' names and where their bytes are: database, key, then the originals in the order given.
    fn files(&self, copy: &Path, digests: &[String]) -> Result<Vec<(String, PathBuf)>> {
        let mut files = vec![(DATABASE.to_owned(), copy.to_owned()), (KEY.to_owned(), self.dir.join(KEY))];
        for digest in digests {
            let path = originals::path(&self.dir, digest);
            if !path.is_file() {
                return Err(StoreError::Corrupt(format!("the original {digest} is gone")));
            }
            files.push((original_name(digest), path));
        }
        own_content(&self.dir.join(CONTENT), CONTENT, &mut files)?;
        Ok(files)
    }
}

/// The folder of definitions a ledger has of its own, and what may be in it.
const CONTENT: &str = "content";
const CONTENT_DEPTH: usize = 5;

/// The files of a ledger's own content. What could not be restored under its name is left out.
fn own_content(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let mut paths = originals::list(folder)?;
    paths.sort();
    for path in paths {
        let Some(last) = path.file_name().and_then(|n| n.to_str()) else { continue };
        let name = format!("{name}/{last}");
        if path.is_dir() && !path.is_symlink() && name.split('/').count() < CONTENT_DEPTH {
            own_content(&path, &name, files)?;
        } else if path.is_file() && is_content(&name) {
            files.push((name, path));
        }
    }
    Ok(())
}

/// Whether a member is a file of a ledger's own content: plain names below its folder, definitions and templates only.
pub(crate) fn is_content(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c))
    };
    let inside = name.strip_prefix(CONTENT).and_then(|rest| rest.strip_prefix('/'));
    let ending = name.ends_with(".toml") || name.ends_with(".docx");
    ending
        && name.split('/').count() <= CONTENT_DEPTH
        && inside.is_some_and(|rest| rest.split('/').all(plain))
}

/// How a member that is an original is named.
pub(crate) fn original_name(digest: &str) -> String {
    format!("originals/{}/{digest}", digest.get(..2).unwrap_or("--"))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(ending);
    PathBuf::from(name)
}

/// The folder a file stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn describe(name: &str, path: &Path) -> Result<Member> {
    let file = File::open(path).map_err(StoreError::io(path))?;
    let (size, sha256) =
        copy_hashed(&mut BufReader::new(file), &mut io::sink(), u64::MAX).map_err(StoreError::io(path))?;
    Ok(Member { name: name.to_owned(), size, sha256 })
}

/// Copies at most `limit` bytes and digests them.
pub(crate) fn copy_hashed(from: &mut dyn Read, to: &mut dyn Write, limit: u64) -> io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let (mut size, mut from) = (0, from.take(limit));
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return Ok((size, hex(&digest.finalize())));
        }
        digest.update(&buffer[..length]);
        to.write_all(&buffer[..length])?;
        size += length as u64;
    }
}

fn pack(
    packed: &Path,
    manifest: &Manifest,
    files: &[(String, PathBuf)],
    watch: &mut Watch<'_>,
) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    // The backup holds the key: nobody else may read it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(packed).map_err(StoreError::io(packed))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let list =
        serde_json::to_vec_pretty(manifest).expect("a manifest is plain text and numbers, always JSON");
    zip.start_file(MANIFEST, stored).map_err(|fault| zip_fault(packed, fault))?;
    zip.write_all(&list).map_err(StoreError::io(packed))?;
    let total = files.len() as u64;
    for (done, ((name, path), member)) in (0..).zip(files.iter().zip(&manifest.members)) {
        tell(watch, Stage::Pack, done, total)?;
        // Members of 4 GiB and more need the longer headers.
        let options = stored.large_file(member.size >= u64::from(u32::MAX));
        zip.start_file(name.as_str(), options).map_err(|fault| zip_fault(packed, fault))?;
        let file = File::open(path).map_err(StoreError::io(path))?;
        io::copy(&mut BufReader::new(file), &mut zip).map_err(StoreError::io(packed))?;
    }
    let file = zip.finish().map_err(|fault| zip_fault(packed, fault))?;
    let file = file.into_inner().map_err(|fault| StoreError::io(packed)(fault.into_error()))?;
    file.sync_all().map_err(StoreError::io(packed))
}

/// Tells input and output errors from a damaged archive.
pub(crate) fn zip_fault(path: &Path, fault: ZipError) -> StoreError {
    match fault {
        ZipError::Io(fault) => StoreError::io(path)(fault),
        other => StoreError::BadBackup(other.to_string()),
    }
}

fn read_back(packed: &Path, manifest: &Manifest, watch: &mut Watch<'_>) -> Result<()> {
    let file = File::open(packed).map_err(StoreError::io(packed))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|fault| zip_fault(packed, fault))?;
    let total = manifest.members.len() as u64;
    for (done, member) in (0..).zip(&manifest.members) {
        tell(watch, Stage::ReadBack, done, total)?;
        let mut packed_member = zip.by_name(&member.name).map_err(|fault| zip_fault(packed, fault))?;
        let (size, sha256) =
            copy_hashed(&mut packed_member, &mut io::sink(), u64::MAX).map_err(StoreError::io(packed))?;
        if size != member.size || sha256 != member.sha256 {
            return Err(StoreError::BadBackup(format!("{} was not written as it is", member.name)));
        }
    }
    Ok(())
}
