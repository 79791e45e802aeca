//! Import: a workbook of 100,000 rows × 12 columns, and 100 workbooks of three dirty sheets each.
//!
//! `import stage FILE FIRMS.csv`: read, identify, check, compare with a ledger of 5,000 enterprises, origins kept.
//! `import accept FILE FIRMS.csv`: the same through a worker process, then accepted into the ledger and on the disk.
//! `import pack FOLDER FIRMS.csv`: all workbooks of a folder as `stage` does, at one desk; `import apart …`: each at its own.
//! `import calamine FOLDER THREADS`: what calamine alone needs to read them.
//! The peers for one workbook are in `peers/read_xlsx.py`.

use std::path::{Path, PathBuf};

use app::import::{Desk, Options, SourceName, Staged};
use app::park::Park;
use calamine::{Data, Reader, Xlsx, open_workbook};
use model::entry::{EntryState, EntryWrite, Origins};
use model::id::{BookId, FieldId};
use model::value::Value;
use parkledger_benches::park::{NOW, open, served_as_worker};
use parkledger_benches::{Fault, arguments, print, timed};
use rust_decimal::Decimal;
use serde_json::json;
use store::{RevisionKind, WriteRequest, digest_hex};

const FIRMS: &str = "bench_firms";

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    if served_as_worker(&arguments)? {
        return Ok(());
    }
    let [what, path, other] = arguments.as_slice() else {
        return Err(
            "import stage|accept FILE FIRMS, import pack|apart FOLDER FIRMS, import calamine FOLDER THREADS"
                .into(),
        );
    };
    let path = Path::new(path);
    match what.as_str() {
        "stage" => stage(path, &ledger(other)?.1),
        "accept" => accept(path, &mut ledger(other)?.1),
        "pack" => pack(path, &ledger(other)?.1, true),
        "apart" => pack(path, &ledger(other)?.1, false),
        _ => calamine_alone(path, other.parse()?),
    }
}

/// A new ledger with the firms of a CSV file, in a folder that goes away with it.
fn ledger(firms: &str) -> Result<(tempfile::TempDir, Park), Fault> {
    let folder = tempfile::tempdir()?;
    let mut park = open(folder.path())?;
    let mut request = WriteRequest::new(NOW, "bench", "firms", RevisionKind::Record);
    for line in std::fs::read_to_string(firms)?.lines().skip(1) {
        let (code, name) = line.split_once(',').ok_or("a line of firms has two cells")?;
        let values = [("uscc", code), ("name", name)];
        request.writes.push(EntryWrite {
            book: BookId::from(FIRMS),
            key: code.to_owned(),
            entry: None,
            based_on: 0,
            state: EntryState::Active,
            payload: values.into_iter().map(|(f, v)| (FieldId::from(f), Value::text(v))).collect(),
            origins: Origins::default(),
        });
    }
    park.store_mut().write(&request)?;
    Ok((folder, park))
}

fn staged(path: &Path, park: &Park, desk: &mut Desk<'_>) -> Result<(Staged, usize, f64, f64), Fault> {
    let bytes = std::fs::read(path)?;
    let name = path.file_name().ok_or("a file has a name")?.to_string_lossy();
    let digest = digest_hex(&bytes);
    let (workbook, reading) = timed(|| office::read(&bytes, &name, &office::Limits::default()));
    let workbook = workbook.map_err(|fault| format!("{fault:?}"))?;
    let cells = workbook.sheets.iter().map(|s| s.cells.len()).sum();
    let source = SourceName { name: &name, digest: &digest };
    let (staged, staging) = timed(|| desk.stage(park.store(), source, &workbook, &Options::default()));
    Ok((staged?, cells, reading, staging))
}

fn stage(path: &Path, park: &Park) -> Result<(), Fault> {
    let (made, ms) = timed(|| staged(path, park, &mut Desk::new(&park.library().content)));
    let (staged, _, reading, staging) = made?;
    let mut computed = told(&staged);
    computed["parts"] = json!({ "read": [reading], "stage": [staging] });
    print("parkledger", &[ms], &computed);
    Ok(())
}

fn accept(path: &Path, park: &mut Park) -> Result<(), Fault> {
    let options = Options::default();
    let library = park.shared_library();
    let (taken, staging) = timed(|| park.stage_path(&mut Desk::new(&library.content), path, &options));
    let taken = taken?;
    let mut computed = told(&taken.staged);
    let (revision, accepting) = timed(|| park.accept(taken));
    revision?.ok_or("nothing was accepted")?;
    computed["parts"] = json!({ "stage": [staging], "accept": [accepting] });
    print("parkledger-accept", &[staging + accepting], &computed);
    Ok(())
}

/// Rows, the sum of the month's column, findings and rows held back.
fn told(staged: &Staged) -> serde_json::Value {
    let output = FieldId::from("output");
    let sum: Decimal = staged.drafts.iter().filter_map(|d| d.payload.get(&output)?.as_number()).sum();
    let sum: f64 = sum.to_string().parse().unwrap_or(f64::NAN);
    let origins = staged.drafts.iter().filter(|d| !d.origins.places.is_empty()).count();
    json!({
        "rows": staged.drafts.len(), "sum": sum, "findings": staged.findings.len(), "held": staged.held.len(),
        "origins": origins,
    })
}

fn pack(folder: &Path, park: &Park, one_desk: bool) -> Result<(), Fault> {
    let files = files(folder)?;
    let (mut cells, mut drafts, mut findings, mut parts) = (0, 0, 0, (0.0, 0.0));
    let (done, ms) = timed(|| {
        let mut desk = Desk::new(&park.library().content);
        for file in &files {
            if !one_desk {
                desk = Desk::new(&park.library().content);
            }
            let (staged, read, reading, staging) = staged(file, park, &mut desk)?;
            cells += read;
            drafts += staged.drafts.len();
            findings += staged.findings.len();
            parts = (parts.0 + reading, parts.1 + staging);
        }
        Ok::<_, Fault>(())
    });
    done?;
    let parts = json!({ "read": [parts.0], "stage": [parts.1] });
    let computed =
        json!({ "files": files.len(), "cells": cells, "rows": drafts, "findings": findings, "parts": parts });
    print(if one_desk { "parkledger" } else { "parkledger-apart" }, &[ms], &computed);
    Ok(())
}

/// All sheets of all files by calamine; with two threads each takes every other file.
fn calamine_alone(folder: &Path, threads: usize) -> Result<(), Fault> {
    let files = files(folder)?;
    let (cells, ms) = timed(|| {
        std::thread::scope(|scope| {
            let part = |first: usize| files.iter().skip(first).step_by(threads).map(|f| cells_of(f)).sum();
            let others: Vec<_> = (1..threads).map(|n| scope.spawn(move || part(n))).collect();
            let mine: Result<usize, Fault> = part(0);
            others.into_iter().try_fold(mine?, |sum, other| {
                Ok::<_, Fault>(sum + other.join().expect("calamine does not panic on our files")?)
            })
        })
    });
    let computed = json!({ "files": files.len(), "cells": cells? });
    print(&format!("calamine-{threads}"), &[ms], &computed);
    Ok(())
}

fn cells_of(file: &Path) -> Result<usize, Fault> {
    let mut book: Xlsx<_> = open_workbook(file)?;
    let mut cells = 0;
    for (_, range) in book.worksheets() {
        cells += range.used_cells().filter(|(_, _, data)| !matches!(data, Data::Empty)).count();
    }
    Ok(cells)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    Ok(files)
}
