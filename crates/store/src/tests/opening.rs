//! Creating and opening, settings, several connections, a full disk.

use super::*;
use crate::StoreError;
use crate::open::{Access, Settings, connect};

#[test]
fn every_wrong_setting_is_refused_with_its_fix() {
    let park = Park::new();
    let right = Settings::read(&park.store.connection).unwrap();
    right.check().unwrap();
    let check = |name: &str, change: &dyn Fn(&mut Settings)| {
        let mut wrong = right.clone();
        change(&mut wrong);
        let Err(StoreError::Setup { setting, fix, .. }) = wrong.check() else {
            panic!("{name} was let through")
        };
        assert_eq!(setting, name);
        assert!(!fix.is_empty());
    };
    check("the SQLite version", &|s| s.sqlite = 3_051_002);
    check("application_id", &|s| s.application = 0);
    check("journal_mode", &|s| s.journal = "delete".to_owned());
    check("synchronous", &|s| s.synchronous = 1);
    check("synchronous", &|s| s.synchronous = 0);
    check("foreign_keys", &|s| s.foreign_keys = 0);
    check("trusted_schema", &|s| s.trusted_schema = 1);
    check("secure_delete", &|s| s.secure_delete = 2);
    check("mmap_size", &|s| s.mmap_size = 1 << 20);
}

#[test]
fn a_ledger_is_created_once_and_opened_where_it_is() {
    let park = Park::new();
    let dir = park.dir();
    let again = Store::create(&dir, &Key::new([1; 32]), second(9));
    assert!(matches!(again, Err(StoreError::AlreadyThere(_))));
    assert_eq!(std::fs::read(dir.join("key")).unwrap(), [42; 32]);
    assert!(matches!(Store::open(&park.path("nowhere")), Err(StoreError::NotALedger(_))));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(dir.join("key")), mode(dir.clone())), (0o600, 0o700));
    }
    // An interrupted creation leaves an empty database; creating goes on from there.
    std::fs::create_dir(park.path("half")).unwrap();
    drop(connect(&park.path("half").join("ledger.db"), Access::Write).unwrap());
    assert!(matches!(Store::open(&park.path("half")), Err(StoreError::NotALedger(_))));
    Store::create(&park.path("half"), &Key::new([1; 32]), second(0)).unwrap();
    assert_eq!(Store::open(&park.path("half")).unwrap().latest_revision().unwrap(), revision(0));
}

#[test]
fn other_databases_and_newer_ledgers_are_refused() {
    let park = Park::new();
    park.tamper("PRAGMA user_version = 7");
    assert!(matches!(Store::open(&park.dir()), Err(StoreError::Newer { found: 7, known: 6 })));
    park.tamper("PRAGMA user_version = 6; PRAGMA application_id = 7");
    assert!(matches!(Store::open(&park.dir()), Err(StoreError::Setup { setting: "application_id", .. })));
    std::fs::create_dir(park.path("text")).unwrap();
    std::fs::write(park.path("text").join("ledger.db"), "not a database at all".repeat(100)).unwrap();
    assert!(matches!(Store::open(&park.path("text")), Err(StoreError::Corrupt(_))));
}

#[test]
fn readers_see_whole_revisions_and_cannot_write() {
    let mut park = Park::new();
    let mut reader = Store::open_read_only(&park.dir()).unwrap();
    park.write(vec![new("A", 1)]).unwrap();
    assert_eq!(reader.heads(&shop(), None).unwrap().len(), 1);
    let mut request = request();
    request.writes = vec![new("B", 1)];
    assert!(matches!(reader.write(&request), Err(StoreError::ReadOnly)));
    assert_eq!(reader.verify(&mut |_| {}).unwrap().damage, []);
    // The database itself refuses too.
    let fault = reader.connection.execute("DELETE FROM entry", []).unwrap_err();
    assert!(matches!(StoreError::from(fault), StoreError::ReadOnly));
}

#[test]
fn two_writers_take_turns() {
    let park = Park::new();
    let dir = park.dir();
    std::thread::scope(|scope| {
        for name in ["x", "y", "z"] {
            let dir = &dir;
            scope.spawn(move || {
                let mut store = Store::open(dir).unwrap();
                for number in 0..40 {
                    let mut request = request();
                    request.writes = vec![new(&format!("{name}{number}"), number)];
                    store.write(&request).unwrap();
                }
            });
        }
    });
    let report = park.verify();
    assert_eq!((report.revision, report.damage), (revision(120), Vec::new()));
}

/// A full disk refuses the write, keeps everything acknowledged, goes on reading, and writes again once there is space.
#[test]
fn a_full_disk_loses_nothing() {
    let mut park = Park::new();
    park.write(vec![new("A", 1)]).unwrap();
    let pages: u32 = park.store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |park: &Park, pages: u32| {
        let set = |_: &rusqlite::Row<'_>| Ok(());
        park.store.connection.pragma_update_and_check(None, "max_page_count", pages, set).unwrap();
    };
    limit(&park, pages + 4);
    let mut written = 1;
    let refused = loop {
        match park.write((0..20).map(|i| new(&format!("{written} {i}"), i)).collect()) {
            Ok(_) => written += 1,
            Err(fault) => break fault,
        }
    };
    assert!(matches!(refused, StoreError::DiskFull), "{refused}");
    assert_eq!(park.store.latest_revision().unwrap(), revision(written));
    assert_eq!(park.verify().damage, []);
    limit(&park, 1_000_000);
    park.write((0..20).map(|i| new(&format!("{written} {i}"), i)).collect()).unwrap();
    assert_eq!(park.store.latest_revision().unwrap(), revision(written + 1));
    assert_eq!(park.verify().damage, []);
}

#[test]
fn half_files_of_a_killed_write_are_swept() {
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1)]).unwrap();
    let group = park.dir().join("originals").join("ab");
    std::fs::create_dir_all(&group).unwrap();
    std::fs::write(group.join("abcd.part"), b"half").unwrap();
    let store = Store::open(&park.dir()).unwrap();
    assert_eq!(names_in(&group), Vec::<String>::new());
    assert_eq!(store.verify(&mut |_| {}).unwrap().damage, []);
}
