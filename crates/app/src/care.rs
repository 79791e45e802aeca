//! Care of a park: backups made while others work, drilled by restoring them, and the proof that the ledger is whole.
//!
//! Backups lie in `backups/` of the data folder, each with a note beside it: digest, revision, the last drill. Copies belong
//! on another machine – this program does not send them anywhere. Deliberately absent: restoring over a park that is in use
//! (that is the command line's, with the service stopped), schedules.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{AuditEvent, Store, StoreError};
use utoipa::ToSchema;

use crate::access::{Actor, Refusal, Right};
use crate::messages::fault::{damage, store_fault};
use crate::park::Park;
use crate::progress::Watch;

/// The folder of backups.
const FOLDER: &str = "backups";
/// How a backup's file ends.
const ENDING: &str = ".zip";
/// Damage told, at most.
const TOLD: usize = 100;

/// The backups there are.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct BackupList {
    /// Newest first.
    pub items: Vec<BackupView>,
}

/// A backup.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct BackupView {
    /// Its file's name.
    pub name: String,
    /// When it was made.
    #[schema(value_type = Option<String>)]
    pub created: Option<Timestamp>,
    /// By whom.
    pub who: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256; empty for a file that was put there by hand.
    pub digest: String,
    /// The newest revision in it.
    pub revision: u64,
    /// How many original files are in it.
    pub originals: u64,
    /// Its last drill.
    pub drill: Option<DrillView>,
}

/// What a drill gave: the backup restored into a temporary folder and verified there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct DrillView {
    /// When.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Whether it can be restored and is whole.
    pub sound: bool,
    /// What is wrong with it.
    pub message: String,
    /// The newest revision that was restored.
    pub revision: u64,
    /// How many original files were restored.
    pub originals: u64,
}

/// Whether the ledger is whole.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct VerifyView {
    /// Whether all is well.
    pub sound: bool,
    /// The newest revision.
    pub revision: u64,
    /// Its link in the chain: compare it with the one printed on a report.
    pub hash: String,
    /// Versions of entries that were checked.
    pub versions: u64,
    /// Audit records that were checked.
    pub audits: u64,
    /// Original files that were checked.
    pub originals: u64,
    /// What is broken, a sentence each.
    pub damage: Vec<String>,
    /// How many more places are broken.
    pub more_damage: usize,
}

/// Why care could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum CareFault {
    /// The ledger or a backup cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A file cannot be read or written.
    #[error("{} cannot be read or written", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl CareFault {
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }
}

/// Makes a backup while others work. [`made`] records it.
///
/// # Errors
/// [`CareFault`] when the actor may not, it was stopped, or the disk refuses; nothing is left then.
pub fn backup(park: &Park, actor: &Actor, watch: &Watch<'_>) -> Result<BackupView, CareFault> {
    may(actor)?;
    let folder = folder(park);
    fs::create_dir_all(&folder).map_err(CareFault::file(&folder))?;
    let now = park.clock.now();
    let name = format!("parkledger-{}{ENDING}", now.strftime("%Y%m%d-%H%M%S"));
    let path = folder.join(&name);
    let report = park.store.backup_watched(&path, &mut |at| watch(at.into()))?;
    let view = BackupView {
        name,
        created: Some(now),
        who: actor.name.clone(),
        size: report.size,
        digest: report.digest,
        revision: report.revision.0,
        originals: report.originals,
        drill: None,
    };
    write_note(&folder, &view)?;
    Ok(view)
}

/// Records a backup in the audit, and removes the oldest ones beyond `kept` (0: none are removed).
///
/// # Errors
/// [`CareFault`] when the ledger cannot be written or an old backup cannot be removed.
pub fn made(park: &mut Park, actor: &Actor, view: &BackupView, kept: usize) -> Result<(), CareFault> {
    let mut event = AuditEvent::new(park.clock.now(), &actor.name, "backup.make", &view.name);
    event.detail = json!({ "digest": view.digest, "revision": view.revision, "from": actor.from });
    park.store.audit(&event)?;
    if kept == 0 {
        return Ok(());
    }
    // Only those this program made: what somebody put there is theirs to remove.
    let own = list(park)?.into_iter().filter(|backup| !backup.digest.is_empty());
    for old in own.skip(kept) {
        let path = folder(park).join(&old.name);
        fs::remove_file(&path).map_err(CareFault::file(&path))?;
        let note = note_path(&folder(park), &old.name);
        fs::remove_file(&note).map_err(CareFault::file(&note))?;
    }
    Ok(())
}

/// The backups there are, newest first.
///
/// # Errors
/// [`CareFault`] when the actor may not, or the folder cannot be read.
pub fn backups(park: &Park, actor: &Actor) -> Result<BackupList, CareFault> {
    may(actor)?;
    Ok(BackupList { items: list(park)? })
}

/// Where a backup's file is.
///
/// # Errors
/// [`CareFault`] when the actor may not, or there is no such backup.
pub fn backup_file(park: &Park, actor: &Actor, name: &str) -> Result<PathBuf, CareFault> {
    may(actor)?;
    // Only names that the folder really has: nothing leads out of it.
    list(park)?.iter().find(|backup| backup.name == name).ok_or(Refusal::NotFound)?;
    Ok(folder(park).join(name))
}

/// Restores a backup into a temporary folder and verifies it there. [`drilled`] records it. A backup that cannot be restored
/// is an answer, not an error.
///
/// # Errors
/// [`CareFault`] when the actor may not, there is no such backup, or it was stopped.
pub fn drill(park: &Park, actor: &Actor, name: &str, watch: &Watch<'_>) -> Result<DrillView, CareFault> {
    let file = backup_file(park, actor, name)?;
    let folder = folder(park);
    let beside = tempfile::Builder::new().prefix(".drill-").tempdir_in(&folder);
    let beside = beside.map_err(CareFault::file(&folder))?;
    let done = Store::restore_watched(&file, &beside.path().join("ledger"), &mut |at| watch(at.into()));
    let (at, who) = (park.clock.now(), actor.name.clone());
    match done {
        Ok(report) => Ok(DrillView {
            at,
            who,
            sound: true,
            message: String::new(),
            revision: report.revision.0,
            originals: report.originals,
        }),
        Err(fault @ (StoreError::Cancelled | StoreError::DiskFull)) => Err(fault.into()),
        Err(fault) => {
            let message = store_fault(&fault).0;
            Ok(DrillView { at, who, sound: false, message, revision: 0, originals: 0 })
        }
    }
}

/// Records a drill beside the backup and in the audit.
///
/// # Errors
/// [`CareFault`] when it cannot be written.
pub fn drilled(park: &mut Park, actor: &Actor, name: &str, drill: &DrillView) -> Result<(), CareFault> {
    let folder = folder(park);
    if let Some(mut view) = list(park)?.into_iter().find(|backup| backup.name == name) {
        view.drill = Some(drill.clone());
        write_note(&folder, &view)?;
    }
    let mut event = AuditEvent::new(park.clock.now(), &actor.name, "backup.drill", name);
    event.detail = json!({ "sound": drill.sound, "revision": drill.revision, "from": actor.from });
    Ok(park.store.audit(&event)?)
}

/// Proves the whole ledger again from what is stored.
///
/// # Errors
/// [`CareFault`] when the actor may not, it was stopped, or the ledger cannot be read. Damage is an answer, not an error.
pub fn verify(park: &Park, actor: &Actor, watch: &Watch<'_>) -> Result<VerifyView, CareFault> {
    may(actor)?;
    let report = park.store.verify_watched(&mut |at| -> ControlFlow<()> { watch(at.into()) })?;
    Ok(VerifyView {
        sound: report.is_sound(),
        revision: report.revision.0,
        more_damage: report.damage.len().saturating_sub(TOLD),
        damage: report.damage.iter().take(TOLD).map(damage).collect(),
        hash: report.hash,
        versions: report.versions,
        audits: report.audits,
        originals: report.originals,
    })
}

fn may(actor: &Actor) -> Result<(), Refusal> {
    if actor.is_enterprise() { Err(Refusal::CommitteeOnly) } else { actor.need_anywhere(Right::Administer) }
}

fn folder(park: &Park) -> PathBuf {
    park.dir().join(FOLDER)
}

fn note_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

fn write_note(folder: &Path, view: &BackupView) -> Result<(), CareFault> {
    let path = note_path(folder, &view.name);
    let text = serde_json::to_vec_pretty(view).expect("a note is plain text and numbers, always JSON");
    let part = path.with_extension("part");
    fs::write(&part, text).and_then(|()| fs::rename(&part, &path)).map_err(CareFault::file(&path))
}

fn list(park: &Park) -> Result<Vec<BackupView>, CareFault> {
    let folder = folder(park);
    let mut items = Vec::new();
    if !folder.is_dir() {
        return Ok(items);
    }
    for file in fs::read_dir(&folder).map_err(CareFault::file(&folder))? {
        let file = file.map_err(CareFault::file(&folder))?;
        let Some(name) = file.file_name().to_str().map(str::to_owned) else { continue };
        if !name.ends_with(ENDING) || name.starts_with('.') {
            continue;
        }
        let about = file.metadata().map_err(CareFault::file(&folder))?;
        let note = fs::read(note_path(&folder, &name)).ok();
        let known: BackupView = note.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        items.push(BackupView { name, size: about.len(), ..known });
    }
    items.sort_by(|a, b| (b.created, &b.name).cmp(&(a.created, &a.name)));
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::{Progress, unwatched};
    use crate::tests::TestPark;

    fn local() -> Actor {
        Actor::local("admin")
    }

    #[test]
    fn a_backup_is_made_listed_and_drilled() {
        let mut folder = TestPark::new(&[], "2023-10-08");
        let park = &mut folder.park;
        let made_one = backup(park, &local(), &unwatched).expect("a backup");
        made(park, &local(), &made_one, 0).expect("recorded");
        let listed = backups(park, &local()).expect("a list").items;
        assert_eq!(listed, std::slice::from_ref(&made_one));
        let file = backup_file(park, &local(), &made_one.name).expect("a file");
        assert_eq!(store::digest_hex(&fs::read(&file).expect("readable")), made_one.digest);
        let sound = drill(park, &local(), &made_one.name, &unwatched).expect("drilled");
        assert!(sound.sound, "{sound:?}");
        drilled(park, &local(), &made_one.name, &sound).expect("recorded");
        assert_eq!(backups(park, &local()).expect("a list").items[0].drill.as_ref(), Some(&sound));
        // One flipped byte in the middle: the drill says so, and leaves nothing behind.
        let mut bytes = fs::read(&file).expect("readable");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, bytes).expect("written");
        let broken = drill(park, &local(), &made_one.name, &unwatched).expect("an answer");
        assert!(!broken.sound && !broken.message.is_empty(), "{broken:?}");
        let left = fs::read_dir(park.dir().join(FOLDER)).expect("a folder").count();
        assert_eq!(left, 2, "the backup and its note");
    }

    #[test]
    fn names_lead_nowhere_else_and_old_ones_go() {
        let mut folder = TestPark::new(&[], "2023-10-08");
        let park = &mut folder.park;
        for name in ["../ledger.db", "ledger.db", "", "none.zip"] {
            assert!(matches!(backup_file(park, &local(), name), Err(CareFault::Refused(_))), "{name}");
        }
        let first = backup(park, &local(), &unwatched).expect("a backup");
        let later = first.created.expect("a time") + jiff::SignedDuration::from_secs(60);
        park.set_clock(std::sync::Arc::new(crate::clock::FrozenClock(later)));
        let second = backup(park, &local(), &unwatched).expect("a backup");
        fs::write(park.dir().join(FOLDER).join("by-hand.zip"), b"x").expect("written");
        made(park, &local(), &second, 1).expect("recorded");
        let names: Vec<String> =
            backups(park, &local()).expect("a list").items.into_iter().map(|b| b.name).collect();
        assert_eq!(names, [second.name, "by-hand.zip".to_owned()]);
    }

    #[test]
    fn a_sound_ledger_is_verified_and_work_can_be_stopped() {
        let folder = TestPark::new(&[], "2023-10-08");
        let view = verify(&folder.park, &local(), &unwatched).expect("verified");
        assert!(view.sound && view.audits > 0, "{view:?}");
        let stop = |_: Progress| ControlFlow::Break(());
        assert!(matches!(
            backup(&folder.park, &local(), &stop),
            Err(CareFault::Ledger(StoreError::Cancelled))
        ));
        assert!(backups(&folder.park, &local()).expect("a list").items.is_empty());
    }
}
