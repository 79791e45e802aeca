//! Restoring a backup into an empty or absent folder, proved sound before it gets its name.
//!
//! A backup is foreign input: only the members a ledger consists of are taken, each under its fixed name and of the
//! length and digest the manifest gives. Deliberately absent: restoring over a ledger, and restoring in part.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use model::id::Revision;
use zip::ZipArchive;

use crate::Store;
use crate::backup::{
    FORMAT, MANIFEST, Manifest, Member, copy_hashed, folder_of, is_content, original_name, zip_fault,
};
use crate::chain::Key;
use crate::error::{Result, StoreError};
use crate::open::{DATABASE, KEY, make_private, write_key};
use crate::originals::{prepare, sync_dir};
use crate::verify::{Progress, Stage, Watch, tell};

/// A manifest longer than this is not one of ours (256 MiB name about two million originals).
const MANIFEST_LIMIT: u64 = 256 << 20;

/// What was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RestoreReport {
    /// The newest revision.
    pub revision: Revision,
    /// Its link in the chain, in hex.
    pub hash: String,
    /// How many original files there are.
    pub originals: u64,
}

type Archive = ZipArchive<BufReader<File>>;

impl Store {
    /// Restores a backup into the folder `into`, which must be empty or absent. Until everything is proved sound the
    /// folder does not appear; after a failure there is nothing to clean up.
    pub fn restore(archive: &Path, into: &Path, progress: &mut dyn FnMut(Progress)) -> Result<RestoreReport> {
        Self::restore_watched(archive, into, &mut |at| {
            progress(at);
            ControlFlow::Continue(())
        })
    }

    /// Like [`Store::restore`]; ends with [`StoreError::Cancelled`] when `watch` says so.
    pub fn restore_watched(archive: &Path, into: &Path, watch: &mut Watch<'_>) -> Result<RestoreReport> {
        let vacant = match fs::read_dir(into) {
            Ok(mut names) => names.next().is_none(),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => true,
            Err(fault) => return Err(StoreError::io(into)(fault)),
        };
        if !vacant {
            return Err(StoreError::AlreadyThere(into.to_owned()));
        }
        let name = into.file_name().ok_or(StoreError::Misuse("name the folder to restore into"))?;
        let mut part_name = name.to_owned();
        part_name.push(".restoring");
        let part = into.with_file_name(part_name);
        if part.exists() {
            // Only an interrupted restore leaves this name.
            fs::remove_dir_all(&part).map_err(StoreError::io(&part))?;
        }
        let done =
            unpack(archive, &part, watch).and_then(|report| put_in_place(&part, into).map(|()| report));
        if done.is_err() {
            // The error that matters is in `done`; what is left is swept by the next restore.
            let _ = fs::remove_dir_all(&part);
        }
        done
    }
}

fn put_in_place(part: &Path, into: &Path) -> Result<()> {
    if into.exists() {
        fs::remove_dir(into).map_err(StoreError::io(into))?;
    }
    fs::rename(part, into).map_err(StoreError::io(into))?;
    sync_dir(folder_of(into))
}

fn unpack(archive: &Path, part: &Path, watch: &mut Watch<'_>) -> Result<RestoreReport> {
    let file = File::open(archive).map_err(StoreError::io(archive))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|fault| zip_fault(archive, fault))?;
    let manifest = manifest(archive, &mut zip)?;
    check_members(&manifest, zip.len())?;
    make_private(part)?;
    prepare(part)?;
    let mut folders = HashSet::new();
    let total = manifest.members.len() as u64;
    for (done, member) in (0..).zip(&manifest.members) {
        tell(watch, Stage::Unpack, done, total)?;
        let target = part.join(&member.name);
        let folder = folder_of(&target).to_owned();
        if folders.insert(folder.clone()) {
            fs::create_dir_all(&folder).map_err(StoreError::io(&folder))?;
        }
        extract(archive, &mut zip, member, &target)?;
    }
    for folder in folders.iter().chain([&part.join("originals"), &part.to_owned()]) {
        sync_dir(folder)?;
    }
    let store = Store::open(part)?;
    let report = store.verify_watched(watch)?;
    drop(store);
    if let Some(damage) = report.damage.first() {
        return Err(StoreError::BadBackup(damage.to_string()));
    }
    if report.revision != manifest.revision || report.hash != manifest.hash {
        return Err(StoreError::BadBackup(
            "its newest revision is not the one the manifest names".to_owned(),
        ));
    }
    sync_dir(part)?;
    Ok(RestoreReport { revision: report.revision, hash: report.hash, originals: report.originals })
}

fn manifest(archive: &Path, zip: &mut Archive) -> Result<Manifest> {
    let foreign = || StoreError::BadBackup("it holds no manifest of a Parkledger backup".to_owned());
    let mut text = Vec::new();
    let member = zip.by_name(MANIFEST).map_err(|_| foreign())?;
    member.take(MANIFEST_LIMIT).read_to_end(&mut text).map_err(StoreError::io(archive))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| foreign())?;
    if manifest.format != FORMAT {
        let sentence = format!("its format is {:?}, this program knows {FORMAT:?}", manifest.format);
        return Err(StoreError::BadBackup(sentence));
    }
    Ok(manifest)
}

/// Only what a ledger consists of, everything once, nothing else.
fn check_members(manifest: &Manifest, packed: usize) -> Result<()> {
    let mut names = HashSet::new();
    for member in &manifest.members {
        let known =
            member.name == DATABASE || member.name == KEY || is_original(member) || is_content(&member.name);
        if !known || !names.insert(member.name.as_str()) {
            return Err(StoreError::BadBackup(format!("{:?} does not belong in it", member.name)));
        }
    }
    if !names.contains(DATABASE) || !names.contains(KEY) {
        return Err(StoreError::BadBackup("the database or the key is missing".to_owned()));
    }
    if packed != manifest.members.len() + 1 {
        return Err(StoreError::BadBackup("it holds files the manifest does not name".to_owned()));
    }
    Ok(())
}

fn is_original(member: &Member) -> bool {
    let digest = &member.sha256;
    let hex = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    hex && member.name == original_name(digest)
}

fn extract(archive: &Path, zip: &mut Archive, member: &Member, target: &PathBuf) -> Result<()> {
    let mut packed = zip.by_name(&member.name).map_err(|fault| zip_fault(archive, fault))?;
    let damaged = || StoreError::BadBackup(format!("{} is damaged", member.name));
    if member.name == KEY {
        let mut bytes = Vec::new();
        (&mut packed).take(33).read_to_end(&mut bytes).map_err(StoreError::io(archive))?;
        let digest = crate::digest_hex(&bytes);
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| damaged())?;
        return if digest == member.sha256 { write_key(target, &Key::new(bytes)) } else { Err(damaged()) };
    }
    let file = File::create(target).map_err(StoreError::io(target))?;
    let mut file = BufWriter::new(file);
    let copied = copy_hashed(&mut packed, &mut file, member.size.saturating_add(1));
    let (size, sha256) = copied.map_err(|fault| match fault.kind() {
        // The archive's own checksum failed.
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => damaged(),
        _ => StoreError::io(target)(fault),
    })?;
    if size != member.size || sha256 != member.sha256 {
        return Err(damaged());
    }
    file.flush().map_err(StoreError::io(target))?;
    file.get_ref().sync_all().map_err(StoreError::io(target))
}
