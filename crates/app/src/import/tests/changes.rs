//! A file against what the ledger has: new, changed, unchanged, and what a file may not take back.

use model::entry::{OriginTableId, Origins};

use super::super::{Acceptance, FieldChange, accept};
use super::*;

/// Firm 1's return of 2023-09 as an earlier file gave it, at version 4.
fn ledger_with_return() -> MemoryLedger {
    let mut ledger = ledger();
    let period = Value::Period("2023-09".parse().expect("a period"));
    let mut head = entry(
        10,
        "returns",
        "#1\u{1f}2023-09",
        &[
            ("firm", Value::Entry(EntryId(1))),
            ("period", period),
            ("output", Value::Number(5.into())),
            ("staff", Value::Number(7.into())),
        ],
    );
    head.version = 4;
    head.origins = Origins {
        places: vec![(OriginTableId(2_000_000), 9, vec![])],
        raw: [("output".into(), "5.0".to_owned()), ("staff".into(), "７".to_owned())].into(),
    };
    ledger.entries.push(head);
    ledger
}

fn table(output: &str) -> Workbook {
    workbook(vec![sheet("s", &format!("2023年9月（单位：万元）\n企业名称|本月产值\n宁波甲机械厂|{output}"))])
}

#[test]
fn a_corrected_file_changes_only_what_differs() {
    let staged = stage_in(&content(), &ledger_with_return(), "产值.xlsx", &table("6"));
    assert_lines(&drafts(&staged), "~returns firm=#1 output=6 period=2023-09 staff=7", "drafts");
    let draft = &staged.drafts[0];
    assert_eq!((draft.entry, draft.based_on), (EntryId(10), 4));
    let change = FieldChange {
        field: "output".into(),
        old: Some(Value::Number(5.into())),
        new: Some(Value::Number(6.into())),
    };
    assert_eq!(draft.change, Change::Changed(vec![change]));
    // Its own fields come from the new file, the others keep their place and their text.
    assert_eq!(draft.origins.place(&"output".into()), Some((OriginTableId(0), 3)));
    assert_eq!(draft.origins.place(&"staff".into()), Some((OriginTableId(2_000_000), 9)));
    assert_eq!(draft.origins.raw.iter().map(|(f, t)| format!("{f} {t}")).collect::<Vec<_>>(), ["staff ７"]);
}

#[test]
fn equal_values_change_nothing() {
    let staged = stage_in(&content(), &ledger_with_return(), "产值.xlsx", &table("5"));
    assert_lines(&drafts(&staged), "=returns firm=#1 output=5 period=2023-09 staff=7", "drafts");
    assert_eq!(accept(staged, acceptance()), None);
}

#[test]
fn an_empty_cell_takes_nothing_back() {
    let staged = stage_in(&content(), &ledger_with_return(), "产值.xlsx", &table("-"));
    assert_lines(&drafts(&staged), "=returns firm=#1 output=5 period=2023-09 staff=7", "drafts");
    assert_lines(&findings(&staged), "note blank-keeps-value B3", "findings");
}

#[test]
fn the_same_bytes_never_take_back_a_later_correction() {
    let mut ledger = ledger_with_return();
    ledger.sources.insert("d1".to_owned(), Revision(1));
    let staged = stage_in(&content(), &ledger, "产值.xlsx", &table("6"));
    assert_eq!(staged.known, Some(Revision(1)));
    assert_lines(&drafts(&staged), "=returns firm=#1 output=5 period=2023-09 staff=7", "drafts");
    assert_lines(&findings(&staged), "note file-known", "findings");
    assert_eq!(accept(staged, acceptance()), None);
}

#[test]
fn the_same_bytes_bring_in_rows_that_had_to_wait() {
    let mut ledger = ledger();
    ledger.sources.insert("d1".to_owned(), Revision(1));
    let staged = stage_in(&content(), &ledger, "产值.xlsx", &table("6"));
    assert_lines(&drafts(&staged), "+returns firm=#1 output=6 period=2023-09", "drafts");
}

#[test]
fn tables_of_one_file_complete_each_other() {
    let left = sheet("一", "2023年9月（单位：万元）\n企业名称|本月产值\n宁波甲机械厂|6");
    let right = sheet("二", "2023年9月（单位：万元）\n企业名称|本月产值|人数\n宁波甲机械厂|6|8");
    let staged = stage_in(&content(), &ledger(), "产值.xlsx", &workbook(vec![left, right]));
    assert_lines(&drafts(&staged), "+returns firm=#1 output=6 period=2023-09 staff=8", "drafts");
    let draft = &staged.drafts[0];
    let sheet_of = |field: &str| {
        let (table, _) = draft.origins.place(&field.into()).expect("an origin");
        staged.tables[usize::try_from(table.0).expect("small")].sheet.clone()
    };
    assert_eq!((sheet_of("output").as_str(), sheet_of("staff").as_str()), ("一", "二"));
}

#[test]
fn a_withdrawn_entry_comes_back() {
    let mut ledger = ledger_with_return();
    if let Some(head) = ledger.entries.last_mut() {
        head.state = EntryState::Withdrawn;
    }
    let staged = stage_in(&content(), &ledger, "产值.xlsx", &table("6"));
    assert_lines(&drafts(&staged), "+returns firm=#1 output=6 period=2023-09", "drafts");
    assert_eq!((staged.drafts[0].entry, staged.drafts[0].based_on), (EntryId(10), 4));
}

fn acceptance() -> Acceptance {
    Acceptance {
        at: "2023-10-08T01:00:00Z".parse().expect("a time"),
        who: "clerk".to_owned(),
        why: "月报".to_owned(),
        bytes: b"bytes".to_vec(),
        staged: None,
    }
}

#[test]
fn accepting_makes_one_write() {
    let staged = stage_in(&content(), &ledger_with_return(), "产值.xlsx", &table("6"));
    let request = accept(staged, acceptance()).expect("something changes");
    assert_eq!(request.writes.len(), 1);
    let write = &request.writes[0];
    assert_eq!((write.entry, write.based_on, write.state), (Some(EntryId(10)), 4, EntryState::Active));
    assert_eq!(request.source.map(|s| s.name).as_deref(), Some("产值.xlsx"));
    assert_eq!(request.origin_tables.len(), 1);
}
