//! Writing, versions, undoing, idempotency, origins.

use ::model::entry::OriginTableId;
use ::model::value::Value;
use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::{FIRST_STORED_TABLE, StoreError};

/// Runs a script, one revision per line, and prints what each came to and the heads at the end.
///
/// `A=1` a new entry, `#1@2:A=3` entry 1 based on version 2, `-` after it withdraws, `undo 2` undoes a revision.
fn check(script: &str, expected: &Expect) {
    let mut park = Park::new();
    let mut told = String::new();
    for line in script.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let done = match line.strip_prefix("undo ") {
            Some(number) => {
                park.store.undo(revision(number.parse().unwrap()), second(9), "clerk", "wrong file")
            }
            None => park.write(line.split_whitespace().map(parse).collect()),
        };
        match done {
            Ok(outcome) => writeln!(told, "{line}: {}", outcome.revision).unwrap(),
            Err(fault) => writeln!(told, "{line}: {fault}").unwrap(),
        }
    }
    told.push_str(&print(&park.store.heads(&shop(), None).unwrap()));
    expected.assert_eq(&told);
    assert_eq!(park.verify().damage, []);
}

fn parse(item: &str) -> EntryWrite {
    let (item, gone) = item.strip_suffix('-').map_or((item, false), |i| (i, true));
    let (head, rest) = item.strip_prefix('#').map_or((None, item), |i| {
        let (head, rest) = i.split_once(':').unwrap();
        (Some(head.split_once('@').unwrap()), rest)
    });
    let (key, value) = rest.split_once('=').unwrap();
    let mut write = new(key, value.parse().unwrap());
    if let Some((id, version)) = head {
        write.entry = Some(EntryId(id.parse().unwrap()));
        write.based_on = version.parse().unwrap();
    }
    if gone { withdrawn(write) } else { write }
}

#[test]
fn a_correction_is_a_new_version() {
    check(
        "A=1 B=2
         #1@1:A=5
         #2@1:B=2-",
        &expect![[r"
            A=1 B=2: r1
            #1@1:A=5: r2
            #2@1:B=2-: r3
            #1 A=5 v2 r2
        "]],
    );
}

#[test]
fn a_stale_write_changes_nothing_at_all() {
    check(
        "A=1
         #1@1:A=2
         B=7 #1@1:A=3
         A=4
         #9@1:A=1
         #1@2:A=3 #1@3:A=4
         C=1 C=2",
        &expect![[r#"
            A=1: r1
            #1@1:A=2: r2
            B=7 #1@1:A=3: shop "A" is at version 2, the write was based on 1; read it again and repeat
            A=4: shop "A" is at version 2, the write was based on 0; read it again and repeat
            #9@1:A=1: there is no entry #9
            #1@2:A=3 #1@3:A=4: shop "A" is written twice in one request; merge the two
            C=1 C=2: shop "C" is written twice in one request; merge the two
            #1 A=2 v2 r2
        "#]],
    );
}

#[test]
fn keys_may_be_swapped_but_not_shared() {
    check(
        "A=1 B=2
         #1@1:B=1 #2@1:A=2
         #1@2:A=1
         #2@2:A=2- D=4 #1@2:A=1",
        &expect![[r#"
            A=1 B=2: r1
            #1@1:B=1 #2@1:A=2: r2
            #1@2:A=1: shop already has an active entry "A"
            #2@2:A=2- D=4 #1@2:A=1: r3
            #1 A=1 v3 r3
            #3 D=4 v1 r3
        "#]],
    );
}

#[test]
fn new_entries_may_be_numbered_by_the_writer() {
    check(
        "#1@0:A=1 #3@0:B=2 C=3
         #4@0:D=1
         #99999999@0:D=1
         #5@0:D=1",
        &expect![[r#"
            #1@0:A=1 #3@0:B=2 C=3: r1
            #4@0:D=1: shop "C" is at version 1, the write was based on 0; read it again and repeat
            #99999999@0:D=1: #99999999 cannot be the number of a new entry; ask for the next free number and repeat
            #5@0:D=1: r2
            #1 A=1 v1 r1
            #3 B=2 v1 r1
            #4 C=3 v1 r1
            #5 D=1 v1 r2
        "#]],
    );
}

#[test]
fn undo_gives_every_entry_its_state_before() {
    check(
        "A=1 B=2
         #1@1:B=9 #2@1:B=2- C=3
         undo 2
         undo 2
         undo 3
         undo 1
         undo 7",
        &expect![[r#"
            A=1 B=2: r1
            #1@1:B=9 #2@1:B=2- C=3: r2
            undo 2: r3
            undo 2: r2 was already undone by r3
            undo 3: r4
            undo 1: r1 cannot be undone: 2 of its entries were changed again, first shop "B" by r4
            undo 7: there is no revision r7
            #1 B=9 v4 r4
            #3 C=3 v3 r4
        "#]],
    );
}

#[test]
fn an_undone_import_can_come_again() {
    let mut park = Park::new();
    let first = park.import("a.xlsx", vec![new("A", 1)]).unwrap();
    park.store.undo(first.revision, second(2), "clerk", "too early").unwrap();
    assert_eq!(park.store.heads(&shop(), None).unwrap(), []);
    assert_eq!(park.store.open_findings().unwrap(), []);
    assert!(park.store.revision(first.revision).unwrap().undone_by == Some(revision(2)));
    // A new entry of the same key would split the history, so the withdrawn one must be taken up.
    assert!(matches!(park.import("a.xlsx", vec![new("A", 1)]), Err(StoreError::Stale { current: 2, .. })));
    let there = park.store.by_key(&shop(), "A").unwrap().unwrap();
    assert_eq!((there.version, there.state), (2, EntryState::Withdrawn));
    park.import("a.xlsx", vec![next(there.id, 2, "A", 1)]).unwrap();
    assert_eq!(print(&park.store.heads(&shop(), None).unwrap()), "#1 A=1 v3 r3\n");
    assert_eq!(park.store.sources().unwrap()[0].revisions, [revision(1), revision(3)]);
    assert_eq!(park.verify().damage, []);
}

#[test]
fn the_same_request_is_answered_once_written_once() {
    let mut park = Park::new();
    let mut request = request();
    request.idempotency_key = Some("k1".to_owned());
    request.writes = vec![new("A", 1), new("B", 2)];
    let first = park.store.write(&request).unwrap();
    request.at = second(50);
    let again = park.store.write(&request).unwrap();
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!((&again.entries, again.revision), (&first.entries, first.revision));
    assert_eq!(park.store.latest_revision().unwrap(), revision(1));
    request.writes[0].payload = payload(3);
    assert!(matches!(park.store.write(&request), Err(StoreError::KeyReused { .. })));
}

#[test]
fn origins_name_stored_tables() {
    let mut park = Park::new();
    let mut write = new("A", 1);
    write.origins = from_row(0, 7);
    let first = park.import("a.xlsx", vec![write]).unwrap();
    let entry = park.store.entry(first.entries[0]).unwrap().unwrap();
    assert_eq!(entry.origins, from_row(FIRST_STORED_TABLE, 7));
    // The correction keeps one field's old origin and gives the rest a new one.
    let mut write = next(entry.id, 1, "A", 2);
    write.origins = from_row(0, 9);
    write.origins.places.push((OriginTableId(FIRST_STORED_TABLE), 7, vec![FieldId::from("name")]));
    park.import("b.xlsx", vec![write.clone()]).unwrap();
    let entry = park.store.entry(entry.id).unwrap().unwrap();
    let (table, row) = entry.origins.place(&FieldId::from("sales")).unwrap();
    assert_eq!(park.store.origin_tables(&[table]).unwrap()[0].file, "b.xlsx");
    assert_eq!(row, 9);
    let (table, _) = entry.origins.place(&FieldId::from("name")).unwrap();
    assert_eq!(park.store.origin_tables(&[table]).unwrap()[0].file, "a.xlsx");
    // Both at once, in the order asked for, the second time from memory; and the origins as they were before.
    for _ in 0..2 {
        let ids = [1, 0, 1].map(|n| OriginTableId(FIRST_STORED_TABLE + n));
        let tables = park.store.origin_tables(&ids).unwrap();
        assert_eq!(
            tables.iter().map(|t| t.file.as_str()).collect::<Vec<_>>(),
            ["b.xlsx", "a.xlsx", "b.xlsx"]
        );
    }
    let before = park.store.origins(&[EntryId(99), entry.id], revision(1)).unwrap();
    assert_eq!(before, [None, Some(from_row(FIRST_STORED_TABLE, 7))]);
    let now = park.store.origins(&[entry.id, EntryId(99)], revision(2)).unwrap();
    assert_eq!(now, [Some(entry.origins.clone()), None]);
    let unknown = [table, OriginTableId(FIRST_STORED_TABLE + 2)];
    assert!(matches!(park.store.origin_tables(&unknown), Err(StoreError::Corrupt(_))));
    // Neither an index beyond the request's tables nor a number beyond the stored ones.
    for unknown in [1, FIRST_STORED_TABLE + 3] {
        let write = EntryWrite { origins: from_row(unknown, 1), based_on: 2, ..write.clone() };
        assert!(matches!(park.import("c.xlsx", vec![write]), Err(StoreError::UnknownTable { .. })));
    }
    assert!(!park.store.has_source(&digest_hex(b"the bytes of c.xlsx")).unwrap());
    assert_eq!(park.verify().originals, 2);
}

#[test]
fn references_lead_to_entries_of_the_request_or_before() {
    let mut park = Park::new();
    let first = park.store.next_entry_id().unwrap();
    let mut visit = EntryWrite { book: BookId::from("visit"), ..new("V", 1) };
    visit.payload.insert(FieldId::from("shop"), Value::Entry(first));
    park.write(vec![visit.clone(), EntryWrite { entry: Some(first), ..new("A", 1) }]).unwrap();
    visit.key = "W".to_owned();
    visit.payload.insert(FieldId::from("shop"), Value::Entries(vec![first, EntryId(4)]));
    // #3 will be the visit itself; #4 is nobody.
    assert!(matches!(park.write(vec![visit]), Err(StoreError::UnknownEntry(EntryId(4)))));
    let wrong = EntryWrite { book: BookId::from("visit"), ..next(first, 1, "A", 2) };
    assert!(matches!(park.write(vec![wrong]), Err(StoreError::WrongBook { .. })));
}

#[test]
fn older_revisions_read_as_they_were() {
    let mut park = Park::new();
    park.write(vec![new("A", 1), new("B", 2)]).unwrap();
    park.write(vec![next(EntryId(1), 1, "A", 5), new("C", 3)]).unwrap();
    park.write(vec![withdrawn(next(EntryId(2), 1, "B", 2))]).unwrap();
    let at = |number| print(&park.store.heads(&shop(), Some(revision(number))).unwrap());
    assert_eq!(at(0), "");
    assert_eq!(at(1), "#1 A=1 v1 r1\n#2 B=2 v1 r1\n");
    assert_eq!(at(2), "#1 A=5 v2 r2\n#2 B=2 v1 r1\n#3 C=3 v1 r2\n");
    assert_eq!(at(3), "#1 A=5 v2 r2\n#3 C=3 v1 r2\n");
    assert!(matches!(park.store.heads(&shop(), Some(revision(4))), Err(StoreError::UnknownRevision(_))));
    let since = print(&park.store.changes_since(revision(1)).unwrap());
    assert_eq!(since, "#1 A=5 v2 r2\n#2 B=2 v2 r3 withdrawn\n#3 C=3 v1 r2\n");
    assert_eq!(print(&park.store.history(EntryId(1)).unwrap()), "#1 A=1 v1 r1\n#1 A=5 v2 r2\n");
    assert_eq!(park.store.entry_at(EntryId(1), revision(1)).unwrap().unwrap().version, 1);
    let keys = ["C".to_owned(), "nobody".to_owned(), "B".to_owned()];
    let found = park.store.by_keys(&shop(), &keys).unwrap();
    let ids: Vec<Option<u64>> = found.iter().map(|e| e.as_ref().map(|e| e.id.0)).collect();
    assert_eq!(ids, [Some(3), None, Some(2)]);
    assert_eq!(park.store.books().unwrap(), [(shop(), 2)]);
}

#[test]
fn a_request_of_nothing_and_a_false_digest_are_refused() {
    let mut park = Park::new();
    assert!(matches!(park.write(Vec::new()), Err(StoreError::Misuse(_))));
    let mut request = request();
    request.source = Some(NewSource { digest: "0".repeat(64), name: "x".to_owned(), bytes: b"x".to_vec() });
    assert!(matches!(park.store.write(&request), Err(StoreError::WrongDigest { .. })));
    request.source = None;
    request.origin_tables = vec![table(&"0".repeat(64), "x")];
    request.writes = vec![new("A", 1)];
    assert!(matches!(park.store.write(&request), Err(StoreError::UnknownSource(_))));
    assert_eq!(park.store.latest_revision().unwrap(), revision(0));
}

/// Prints how long 100,000 entries take; run it by hand in release, where it must stay below one second.
#[test]
fn a_book_says_when_it_was_last_written() {
    let mut park = Park::new();
    assert_eq!(park.store.last_changes(revision(0)).unwrap(), (revision(0), vec![]));
    let at = |seconds, writes: Vec<EntryWrite>| {
        let mut request = request();
        (request.at, request.writes) = (second(seconds), writes);
        request
    };
    let other = |key: &str| EntryWrite { book: BookId::from("other"), ..new(key, 1) };
    park.store.write(&at(10, vec![new("A", 1), other("X")])).unwrap();
    park.store.write(&at(20, vec![new("B", 1)])).unwrap();
    let all = vec![(BookId::from("other"), second(10)), (shop(), second(20))];
    assert_eq!(park.store.last_changes(revision(0)).unwrap(), (revision(2), all));
    assert_eq!(park.store.last_changes(revision(1)).unwrap(), (revision(2), vec![(shop(), second(20))]));
    assert_eq!(park.store.last_changes(revision(2)).unwrap(), (revision(2), vec![]));
}

#[test]
fn a_hundred_thousand_entries_go_in_one_transaction() {
    let mut park = Park::new();
    let count = if cfg!(debug_assertions) && std::env::var_os("PARKLEDGER_BULK").is_none() {
        10_000
    } else {
        100_000
    };
    let mut request = request();
    request.idempotency_key = Some("bulk".to_owned());
    request.origin_tables = vec![table("", "form")];
    for number in 0..count {
        let mut write = new(&format!("91330100MA2{number:07}\u{1f}2023-09"), number);
        for field in 0..8 {
            write
                .payload
                .insert(FieldId::from(format!("field_{field}")), Value::Number(Decimal::new(number, 4)));
        }
        write.origins = from_row(0, u32::try_from(number).unwrap());
        request.writes.push(write);
    }
    let start = std::time::Instant::now();
    park.store.write(&request).unwrap();
    let written = start.elapsed();
    let start = std::time::Instant::now();
    let heads = park.store.heads(&shop(), None).unwrap().len();
    let read = start.elapsed();
    let keys: Vec<String> = request.writes.iter().map(|w| w.key.clone()).collect();
    let start = std::time::Instant::now();
    assert!(park.store.by_keys(&shop(), &keys).unwrap().iter().all(Option::is_some));
    let found = start.elapsed();
    #[expect(clippy::print_stderr, reason = "the measurement is the point")]
    {
        eprintln!("{count} entries: written in {written:?}, heads in {read:?}, by key in {found:?}");
    }
    assert_eq!(i64::try_from(heads).unwrap(), count);
}
