//! Backups beside a writer, and restoring them.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::StoreError;

fn restore(park: &Park, archive: &str, into: &str) -> Result<crate::RestoreReport> {
    Store::restore(&park.path(archive), &park.path(into), &mut |_| {})
}

fn everything(store: &Store) -> String {
    let revisions = store.revisions().unwrap();
    let hashes: Vec<String> = revisions.iter().map(|r| format!("{} {}", r.revision, r.hash)).collect();
    let audit = store.audit_records(0, usize::MAX).unwrap();
    format!("{hashes:?}\n{}{audit:?}", print(&store.heads(&shop(), None).unwrap()))
}

#[test]
fn a_restored_ledger_is_the_same_ledger() {
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1), new("B", 2)]).unwrap();
    park.write(vec![next(EntryId(1), 1, "A", 5)]).unwrap();
    let made = park.store.backup(&park.path("b.zip")).unwrap();
    assert_eq!((made.revision, made.originals), (revision(2), 1));
    assert_eq!(made.size, std::fs::metadata(park.path("b.zip")).unwrap().len());
    assert_eq!(names_in(park.folder.path()), ["b.zip", "ledger"]);
    std::fs::create_dir(park.path("new")).unwrap();
    let report = restore(&park, "b.zip", "new").unwrap();
    assert_eq!((report.revision, &report.hash, report.originals), (revision(2), &made.hash, 1));
    let mut restored = Store::open(&park.path("new")).unwrap();
    assert_eq!(everything(&restored), everything(&park.store));
    assert_eq!(restored.original(&digest_hex(b"the bytes of a.xlsx")).unwrap(), b"the bytes of a.xlsx");
    // It goes on where the other stopped.
    let mut request = request();
    request.writes = vec![new("C", 3)];
    assert_eq!(restored.write(&request).unwrap().revision, revision(3));
    assert_eq!(names_in(park.folder.path()), ["b.zip", "ledger", "new"]);
}

#[test]
fn work_that_is_stopped_leaves_nothing() {
    use crate::Stage;
    use std::ops::ControlFlow;
    let stop_at = |stop: Stage| {
        move |at: crate::Progress| {
            if at.stage == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    };
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1)]).unwrap();
    for stage in [Stage::Copy, Stage::Revisions, Stage::Pack, Stage::ReadBack] {
        let made = park.store.backup_watched(&park.path("b.zip"), &mut stop_at(stage));
        assert!(matches!(made, Err(StoreError::Cancelled)), "{stage:?}");
        assert_eq!(names_in(park.folder.path()), ["ledger"], "{stage:?}");
    }
    park.store.backup(&park.path("b.zip")).unwrap();
    for stage in [Stage::Unpack, Stage::Audit, Stage::Originals] {
        let done = Store::restore_watched(&park.path("b.zip"), &park.path("new"), &mut stop_at(stage));
        assert!(matches!(done, Err(StoreError::Cancelled)), "{stage:?}");
        assert_eq!(names_in(park.folder.path()), ["b.zip", "ledger"], "{stage:?}");
    }
    let verified = park.store.verify_watched(&mut stop_at(Stage::Structure));
    assert!(matches!(verified, Err(StoreError::Cancelled)));
}

#[test]
fn own_content_goes_along() {
    let mut park = Park::new();
    park.write(vec![new("A", 1)]).unwrap();
    let own = park.dir().join("content/layouts");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("own_1.toml"), "title = \"x\"").unwrap();
    std::fs::write(own.join("own_1.part"), "half").unwrap();
    park.store.backup(&park.path("b.zip")).unwrap();
    restore(&park, "b.zip", "new").unwrap();
    let restored = park.path("new/content/layouts");
    assert_eq!(names_in(&restored), ["own_1.toml"]);
    assert_eq!(std::fs::read_to_string(restored.join("own_1.toml")).unwrap(), "title = \"x\"");
    for (name, expected) in [
        ("content/layouts/a.toml", true),
        ("content/reports/年报/body.docx", true),
        ("content/../key.toml", false),
        ("content//a.toml", false),
        ("content/.hidden.toml", false),
        ("content/a.sh", false),
        ("contents/a.toml", false),
    ] {
        assert_eq!(crate::backup::is_content(name), expected, "{name}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let mut park = Park::new();
    park.write(vec![new("A", 1)]).unwrap();
    park.store.backup(&park.path("b.zip")).unwrap();
    assert!(matches!(park.store.backup(&park.path("b.zip")), Err(StoreError::AlreadyThere(_))));
    assert!(matches!(restore(&park, "b.zip", "ledger"), Err(StoreError::AlreadyThere(_))));
}

#[test]
fn a_damaged_ledger_is_not_backed_up() {
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1)]).unwrap();
    park.tamper("UPDATE entry_revision SET payload = '{}'");
    assert!(matches!(park.store.backup(&park.path("b.zip")), Err(StoreError::Corrupt(_))));
    assert_eq!(names_in(park.folder.path()), ["ledger"]);
}

/// Wherever a byte of a backup is changed, it is refused or restores to exactly the same.
#[test]
fn a_damaged_backup_is_refused() {
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1), new("B", 2)]).unwrap();
    park.store.backup(&park.path("b.zip")).unwrap();
    let sound = std::fs::read(park.path("b.zip")).unwrap();
    let (mut refused, mut same) = (0, 0);
    for place in (0..sound.len()).step_by(sound.len() / 60) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x01;
        std::fs::write(park.path("bad.zip"), &bytes).unwrap();
        let into = format!("new{place}");
        if restore(&park, "bad.zip", &into).is_ok() {
            // Such as a time stamp in a header of the archive.
            assert_eq!(
                everything(&Store::open(&park.path(&into)).unwrap()),
                everything(&park.store),
                "{place}"
            );
            same += 1;
        } else {
            assert!(!park.path(&into).exists());
            refused += 1;
        }
    }
    assert!(refused > 50 && same < 10, "{refused} refused, {same} the same");
    std::fs::write(park.path("bad.zip"), &sound[..sound.len() / 2]).unwrap();
    assert!(matches!(restore(&park, "bad.zip", "half"), Err(StoreError::BadBackup(_))));
    std::fs::write(park.path("bad.zip"), b"not an archive").unwrap();
    assert!(matches!(restore(&park, "bad.zip", "none"), Err(StoreError::BadBackup(_))));
}

#[test]
fn members_that_do_not_belong_are_refused() {
    use std::io::Write as _;
    let park = Park::new();
    for name in ["../escape", "/etc/escape", "originals/../../escape", "ledger.db-wal", "originals/ab/abc"] {
        let member = format!(r#"{{"name":"{name}","size":1,"sha256":"{}"}}"#, digest_hex(b"x"));
        let head = r#"{"format":"parkledger-backup/1","revision":0,"hash":"","members":["#;
        let mut zip = zip::ZipWriter::new(std::fs::File::create(park.path("bad.zip")).unwrap());
        zip.start_file("manifest.json", zip::write::SimpleFileOptions::default()).unwrap();
        write!(zip, "{head}{member}]}}").unwrap();
        zip.finish().unwrap();
        assert!(matches!(restore(&park, "bad.zip", "new"), Err(StoreError::BadBackup(_))), "{name}");
        assert_eq!(names_in(park.folder.path()), ["bad.zip", "ledger"]);
    }
}

#[test]
fn backups_beside_a_busy_writer_are_whole() {
    let mut park = Park::new();
    park.write(vec![new("A", 0)]).unwrap();
    let dir = park.dir();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = Store::open(&dir).unwrap();
            let mut version = 1;
            while !stop.load(Ordering::Relaxed) {
                let mut request = request();
                let bytes = format!("file {version}").into_bytes();
                request.source = Some(NewSource { digest: digest_hex(&bytes), name: "f".to_owned(), bytes });
                // The value and the number of entries tell the version, so a torn copy would show.
                let value = i64::from(version);
                request.writes =
                    vec![next(EntryId(1), version, "A", value), new(&format!("N{version}"), value)];
                store.write(&request).unwrap();
                version += 1;
            }
            version
        });
        // A failed assertion must end the writer too, or the test never ends.
        let _ends = StopAtEnd(&stop);
        let reader = Store::open_read_only(&dir).unwrap();
        for number in 0..10 {
            let made = reader.backup(&park.path(&format!("{number}.zip"))).unwrap();
            let report = restore(&park, &format!("{number}.zip"), &format!("r{number}")).unwrap();
            assert_eq!((report.revision, report.hash), (made.revision, made.hash));
            let restored = Store::open_read_only(&park.path(&format!("r{number}"))).unwrap();
            let heads = restored.heads(&shop(), None).unwrap();
            assert_eq!(heads.len() as u64, made.revision.0);
            assert_eq!(u64::try_from(value_of(&heads[0])).unwrap(), made.revision.0 - 1);
            assert_eq!(print(&heads), print(&park.store.heads(&shop(), Some(made.revision)).unwrap()));
        }
        stop.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 10);
    });
    assert_eq!(park.verify().damage, []);
}

struct StopAtEnd<'a>(&'a AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
