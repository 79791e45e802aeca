//! Whatever is changed behind the store's back, verify names it.

use super::*;
use crate::{Damage, FindingId, MatchDecision, Publication, Verdict};

/// A ledger with something of everything.
fn full() -> Park {
    let mut park = Park::new();
    let mut write = new("A", 1);
    write.origins = from_row(0, 7);
    park.import("a.xlsx", vec![write, new("B", 2)]).unwrap();
    park.import("b.xlsx", vec![next(EntryId(1), 1, "A", 5)]).unwrap();
    park.write(vec![new("C", 3)]).unwrap();
    park.store.set_setting(second(3), "admin", "name", "示范园").unwrap();
    park.store.resolve_finding(second(4), "clerk", "checked", FindingId(1)).unwrap();
    let (book, written) = (shop(), "A店".to_owned());
    let verdict = Verdict::Same(EntryId(1));
    let decision =
        MatchDecision { book, written, verdict, at: second(5), who: "clerk".into(), reason: "known".into() };
    park.store.decide_match(&decision).unwrap();
    let publication = Publication {
        report: "review".into(),
        period: "2023-10".parse().unwrap(),
        content: "c0".to_owned(),
        revision: revision(2),
        bytes: b"docx".to_vec(),
        evidence: Some(b"xlsx".to_vec()),
        slots: Some(b"[]".to_vec()),
        definitions: Some(b"content".to_vec()),
        note: "first".to_owned(),
        settings: "{}".to_owned(),
    };
    park.store.publish(second(6), "clerk", &publication).unwrap();
    park
}

fn check(sql: &str, expected: &[Damage]) {
    let park = full();
    assert_eq!(park.verify().damage, [], "before: {sql}");
    park.tamper(sql);
    assert_eq!(park.verify().damage, expected, "{sql}");
}

#[test]
fn a_changed_version_is_named() {
    let changed = |number, entry, version| Damage::Entry {
        revision: revision(number),
        book: shop(),
        entry: EntryId(entry),
        version,
    };
    check(
        "UPDATE entry_revision SET payload = replace(payload, '0.05', '0.06') WHERE seq = 3",
        &[changed(2, 1, 2)],
    );
    check("UPDATE entry_revision SET origins = '{\"o\":[]}' WHERE seq = 1", &[changed(1, 1, 1)]);
    // The digest beside the row is no secret; the revision's keyed hash still tells.
    let forged = "UPDATE entry_revision SET payload = '{}', digest = zeroblob(32) WHERE seq = 2";
    check(forged, &[changed(1, 2, 1)]);
    check(
        "UPDATE book SET id = 'shed'",
        &[
            Damage::Entry { revision: revision(1), book: "shed".into(), entry: EntryId(1), version: 1 },
            Damage::Entry { revision: revision(1), book: "shed".into(), entry: EntryId(2), version: 1 },
            Damage::Entry { revision: revision(2), book: "shed".into(), entry: EntryId(1), version: 2 },
            Damage::Entry { revision: revision(3), book: "shed".into(), entry: EntryId(3), version: 1 },
        ],
    );
}

#[test]
fn a_changed_revision_is_named() {
    check("UPDATE revision SET who = 'nobody' WHERE seq = 2", &[Damage::Revision(revision(2))]);
    check("UPDATE revision SET at = '2020-01-01T00:00:00Z' WHERE seq = 3", &[Damage::Revision(revision(3))]);
    check("UPDATE origin_table SET file = 'z.xlsx' WHERE id = 1048577", &[Damage::Revision(revision(2))]);
    check(
        "UPDATE finding SET body = replace(body, 'odd', 'ok') WHERE id = 2",
        &[Damage::Revision(revision(2))],
    );
    check("UPDATE revision SET undoes = 1 WHERE seq = 3", &[Damage::Revision(revision(3))]);
}

#[test]
fn what_was_removed_or_added_is_named() {
    let last_is_gone = "DELETE FROM entry_revision WHERE revision = 3; DELETE FROM entry WHERE id = 3;
        DELETE FROM revision WHERE seq = 3";
    check(last_is_gone, &[Damage::Seal]);
    check(
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        &[Damage::Seal, Damage::Sealed("published:1".to_owned())],
    );
    check(
        "DELETE FROM entry_revision WHERE seq = 1",
        &[Damage::Revision(revision(1)), Damage::Head(EntryId(1))],
    );
    check("DELETE FROM finding WHERE id = 2", &[Damage::Revision(revision(2))]);
    check(
        "INSERT INTO finding (id, revision, body, state) SELECT 9, 1, body, 'open' FROM finding WHERE id = 2",
        &[Damage::Stray { table: "finding", row: 9 }],
    );
    check(
        "DELETE FROM audit WHERE seq = 2",
        &[Damage::MissingAudit(2), Damage::Sealed(format!("source:{}", digest_hex(b"the bytes of a.xlsx")))],
    );
    let middle = full();
    middle.tamper("DELETE FROM revision WHERE seq = 2");
    assert_eq!(middle.verify().damage[0], Damage::MissingRevision(revision(2)));
}

#[test]
fn a_head_set_back_is_named() {
    let back = "UPDATE entry SET head = 1, version = 1, revision = 1 WHERE id = 1";
    check(back, &[Damage::Head(EntryId(1))]);
    check("UPDATE entry SET state = 'withdrawn' WHERE id = 2", &[Damage::Head(EntryId(2))]);
    check("UPDATE entry SET key = 'Z' WHERE id = 2", &[Damage::Head(EntryId(2))]);
}

#[test]
fn a_changed_audit_is_named() {
    check("UPDATE audit SET who = 'nobody' WHERE seq = 3", &[Damage::Audit(3)]);
    check(
        "UPDATE audit SET sealed = NULL WHERE action = 'setting.set'",
        &[Damage::Audit(7), Damage::Sealed("setting:name".to_owned())],
    );
    check("UPDATE seal SET mac = zeroblob(32)", &[Damage::Seal]);
}

#[test]
fn rows_that_may_be_updated_are_sealed_by_the_audit() {
    let sealed = |subject: &str| [Damage::Sealed(subject.to_owned())];
    check("UPDATE setting SET value = '别的园'", &sealed("setting:name"));
    check("DELETE FROM setting", &sealed("setting:name"));
    check("INSERT INTO setting VALUES ('more', '1')", &sealed("setting:more"));
    check("UPDATE match_decision SET entry = 2", &sealed("match:shop:A店"));
    check("UPDATE finding SET state = 'open' WHERE id = 1", &sealed("finding:1"));
    check("UPDATE published SET revision = 1", &sealed("published:1"));
    check("UPDATE published SET note = NULL", &sealed("published:1"));
    check("UPDATE published SET definitions = NULL", &sealed("published:1"));
    check("UPDATE published SET settings = NULL", &sealed("published:1"));
    let digest = digest_hex(b"the bytes of a.xlsx");
    check("UPDATE source SET name = 'z.xlsx' WHERE name = 'a.xlsx'", &sealed(&format!("source:{digest}")));
}

#[test]
fn a_changed_or_missing_original_is_named() {
    let park = full();
    let digest = digest_hex(b"the bytes of a.xlsx");
    let path = park.dir().join("originals").join(&digest[..2]).join(&digest);
    std::fs::write(&path, b"the bytes of z.xlsx").unwrap();
    assert!(matches!(park.store.original(&digest), Err(crate::StoreError::WrongDigest { .. })));
    assert_eq!(park.verify().damage, [Damage::AlteredOriginal(digest.clone())]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(park.verify().damage, [Damage::MissingOriginal(digest.clone())]);
    // Sending the file again heals it.
    let mut park = park;
    park.import("a.xlsx", vec![new("D", 1)]).unwrap();
    assert_eq!(park.verify().damage, []);
    assert_eq!(park.store.original(&digest).unwrap(), b"the bytes of a.xlsx");
}

#[test]
fn another_key_proves_nothing() {
    let park = full();
    let dir = park.dir();
    drop(park.store);
    std::fs::write(dir.join("key"), [1; 32]).unwrap();
    let report = Store::open(&dir).unwrap().verify(&mut |_| {}).unwrap();
    assert_eq!(report.damage[0], Damage::Revision(revision(1)));
}

/// One byte changed anywhere in the database file is found, or lies where nothing is read from, or keeps the file shut.
#[test]
fn a_flipped_byte_is_found_or_harmless() {
    let park = full();
    let heads = print(&park.store.heads(&shop(), None).unwrap());
    let dir = park.dir();
    drop(park.store);
    let database = dir.join("ledger.db");
    let sound = std::fs::read(&database).unwrap();
    let (mut found, mut harmless) = (0, 0);
    for place in (0..sound.len()).step_by(sound.len() / 300) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x10;
        std::fs::write(&database, &bytes).unwrap();
        let report = Store::open(&dir).and_then(|store| Ok((store.verify(&mut |_| {})?, store)));
        match report {
            Ok((report, store)) if report.is_sound() => {
                assert_eq!(print(&store.heads(&shop(), None).unwrap()), heads, "byte {place}");
                harmless += 1;
            }
            _ => found += 1,
        }
    }
    // Most of a small file is free space within pages.
    assert!(found >= 20, "{found} found, {harmless} harmless");
}
