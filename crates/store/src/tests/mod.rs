//! Tests of the store. Each area has one `check` or one helper; all go through [`Park`].

mod backup;
mod beside;
mod model;
mod opening;
mod people;
mod tamper;
mod writing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ::model::entry::{CellPlace, Entry, EntryState, EntryWrite, OriginTable, OriginTableId, Origins};
use ::model::finding::{Finding, Place, Severity};
use ::model::id::{BookId, EntryId, FieldId, Revision};
use ::model::value::{Payload, Value};
use jiff::Timestamp;
use rusqlite::Connection;
use rust_decimal::Decimal;

use crate::{
    Key, NewSource, Result, RevisionKind, Store, VerifyReport, WriteOutcome, WriteRequest, digest_hex,
};

/// A ledger in a folder of its own.
struct Park {
    folder: tempfile::TempDir,
    store: Store,
}

impl Park {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("ledger"), &Key::new([42; 32]), second(0)).unwrap();
        Self { folder, store }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("ledger")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&mut self, writes: Vec<EntryWrite>) -> Result<WriteOutcome> {
        let mut request = request();
        request.writes = writes;
        self.store.write(&request)
    }

    /// An import with a source file, one origin table, one finding.
    fn import(&mut self, name: &str, writes: Vec<EntryWrite>) -> Result<WriteOutcome> {
        let mut request = request();
        request.kind = RevisionKind::Import;
        let bytes = format!("the bytes of {name}").into_bytes();
        let digest = digest_hex(&bytes);
        request.origin_tables = vec![table(&digest, name)];
        request.source = Some(NewSource { digest, name: name.to_owned(), bytes });
        request.writes = writes;
        request.findings = vec![finding(name)];
        self.store.write(&request)
    }

    fn verify(&self) -> VerifyReport {
        self.store.verify(&mut |_| {}).unwrap()
    }

    /// Changes the database behind the store's back.
    fn tamper(&self, sql: &str) {
        let connection = Connection::open(self.dir().join("ledger.db")).unwrap();
        connection.execute_batch(&format!("PRAGMA foreign_keys = 0; {sql}")).unwrap();
    }
}

fn second(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_696_000_000 + seconds).unwrap()
}

fn shop() -> BookId {
    BookId::from("shop")
}

fn request() -> WriteRequest {
    WriteRequest::new(second(1), "clerk", "a test", RevisionKind::Record)
}

fn payload(value: i64) -> Payload {
    Payload::from([
        (FieldId::from("sales"), Value::Number(Decimal::new(value, 2))),
        (FieldId::from("name"), Value::text(format!("店{value}"))),
    ])
}

fn value_of(entry: &Entry) -> i64 {
    let sales = entry.payload[&FieldId::from("sales")].as_number().unwrap();
    i64::try_from(sales.mantissa()).unwrap()
}

fn new(key: &str, value: i64) -> EntryWrite {
    EntryWrite {
        book: shop(),
        key: key.to_owned(),
        entry: None,
        based_on: 0,
        state: EntryState::Active,
        payload: payload(value),
        origins: Origins::default(),
    }
}

fn next(id: EntryId, based_on: u32, key: &str, value: i64) -> EntryWrite {
    EntryWrite { entry: Some(id), based_on, ..new(key, value) }
}

fn withdrawn(write: EntryWrite) -> EntryWrite {
    EntryWrite { state: EntryState::Withdrawn, ..write }
}

fn table(source: &str, file: &str) -> OriginTable {
    let fields = BTreeMap::from([(FieldId::from("sales"), CellPlace::Column("F".to_owned()))]);
    OriginTable { source: source.to_owned(), file: file.to_owned(), sheet: "表1".to_owned(), fields }
}

fn from_row(table: u64, row: u32) -> Origins {
    Origins { places: vec![(OriginTableId(table), row, Vec::new())], raw: BTreeMap::new() }
}

fn finding(file: &str) -> Finding {
    Finding {
        code: "odd".to_owned(),
        severity: Severity::Warning,
        place: Place { file: file.to_owned(), ..Place::default() },
        message: "奇怪".to_owned(),
        hint: String::new(),
    }
}

/// One entry per line: key, value, version, revision.
fn print(entries: &[Entry]) -> String {
    let line = |e: &Entry| {
        let state = if e.state == EntryState::Active { "" } else { " withdrawn" };
        format!("#{} {}={} v{} {}{state}\n", e.id, e.key, value_of(e), e.version, e.revision)
    };
    entries.iter().map(line).collect()
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|name| name.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn revision(number: u64) -> Revision {
    Revision(number)
}
