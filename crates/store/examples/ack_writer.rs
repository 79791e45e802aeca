//! Writes revisions one after the other and prints each number once it is on the disk: the victim of a kill harness.
//!
//! `ack_writer DIR [COUNT]` creates the ledger if there is none and writes COUNT revisions (without: for ever), each
//! with one new entry, one new version of the entry before and one source file. `ack_writer --check DIR ACKS` reads
//! the printed numbers back from the file ACKS and fails unless every one is there and the ledger verifies.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use model::entry::{EntryState, EntryWrite, Origins};
use model::id::{BookId, EntryId, FieldId};
use model::value::{Payload, Value};
use parkledger_store::{self as store, Key, NewSource, RevisionKind, Store, WriteRequest, digest_hex};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["--check", dir, acks] => check(Path::new(dir), Path::new(acks)),
        [dir] => write(Path::new(dir), u64::MAX),
        [dir, count] => count.parse().map_err(Into::into).and_then(|count| write(Path::new(dir), count)),
        _ => Err("usage: ack_writer DIR [COUNT] | ack_writer --check DIR ACKS".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            let _ = writeln!(std::io::stderr(), "ack_writer: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn write(dir: &Path, count: u64) -> Outcome {
    let mut store = match Store::open(dir) {
        Err(store::StoreError::NotALedger(_)) => {
            Store::create(dir, &Key::new([7; 32]), Timestamp::UNIX_EPOCH)?
        }
        other => other?,
    };
    let mut last = match store.latest_revision()? {
        revision if revision.0 == 0 => None,
        revision => {
            let newest = store.entries_of(revision)?.into_iter().max_by_key(|entry| entry.id);
            newest.map(|entry| (revision.0, entry.id, entry.version))
        }
    };
    let mut acks = std::io::stdout().lock();
    for _ in 0..count {
        let number = store.latest_revision()?.0 + 1;
        let at = Timestamp::from_second(i64::try_from(number)?)?;
        let mut request = WriteRequest::new(at, "ack_writer", "one more", RevisionKind::Import);
        let bytes = format!("file {number}\n").repeat(200).into_bytes();
        request.source = Some(NewSource { digest: digest_hex(&bytes), name: format!("{number}.csv"), bytes });
        request.writes.push(entry(number, None, 0));
        if let Some(before) = &last {
            request.writes.push(entry(before.0, Some(before.1), before.2));
        }
        let outcome = store.write(&request)?;
        writeln!(acks, "{}", outcome.revision.0)?;
        acks.flush()?;
        last = Some((number, outcome.entries[0], 1));
    }
    Ok(())
}

fn entry(number: u64, entry: Option<EntryId>, based_on: u32) -> EntryWrite {
    let payload = Payload::from([(FieldId::from("text"), Value::text(format!("entry {number}")))]);
    EntryWrite {
        book: BookId::from("acks"),
        key: number.to_string(),
        entry,
        based_on,
        state: EntryState::Active,
        payload,
        origins: Origins::default(),
    }
}

fn check(dir: &Path, acks: &Path) -> Outcome {
    let acks = std::fs::read_to_string(acks)?;
    let Some(last) = acks.lines().filter_map(|line| line.parse::<u64>().ok()).max() else { return Ok(()) };
    let store = Store::open(dir)?;
    let latest = store.latest_revision()?.0;
    if latest < last {
        return Err(format!("revision {last} was acknowledged, the ledger ends at {latest}").into());
    }
    let report = store.verify(&mut |_| {})?;
    match report.damage.first() {
        Some(damage) => Err(damage.to_string().into()),
        None if report.originals != latest => Err("a source file is missing".into()),
        None => Ok(()),
    }
}
