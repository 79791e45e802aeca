//! The demo park under the hands of its users: one corrected cell, one trace, one report.
//!
//! `latency demo FOLDER 1` makes it. `latency correct FOLDER COUNT`: a cell is corrected, the correction written to the
//! ledger, the snapshot brought up to date, every figure that reads the book computed anew. `latency trace FOLDER 1`:
//! every figure to its cells. `latency report FOLDER REPEATS` and `latency worker-report FOLDER REPEATS`: the whole
//! annual report with documents rendered in this process or in a worker process; the first time counts from the start
//! of the program. The peer that fills a document without computing anything is `peers/docxtpl_fill.py`.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use app::library::Library;
use app::park::Park;
use app::report::{self, Built, InProcess, ReportInput, TemplateCache};
use app::showcase;
use figures::{Engine, Reader, Request, figures_over};
use model::content::Content;
use model::entry::{Entry, EntryState, EntryWrite};
use model::id::{BookId, EntryId, FieldId, ReportId};
use model::period::Month;
use model::value::Value;
use parkledger_benches::park::{NOW, served_as_worker, setup};
use parkledger_benches::{Dice, Fault, arguments, print, timed};
use rust_decimal::Decimal;
use serde_json::json;
use store::{RevisionKind, WriteRequest, digest_hex};

/// The demo's seed, as the command line has it.
const SEED: u64 = 2023;

fn main() -> Result<(), Fault> {
    let started = Instant::now();
    let arguments = arguments();
    if served_as_worker(&arguments)? {
        return Ok(());
    }
    let [what, folder, count] = arguments.as_slice() else {
        return Err("latency demo|correct|trace|report|worker-report FOLDER COUNT".into());
    };
    let folder = Path::new(folder);
    if what == "demo" {
        let made = showcase::make(folder, &setup()?, SEED, [7; 32], &mut |_| {})?;
        std::fs::write(folder.join("period.txt"), made.period.to_string())?;
        return Ok(());
    }
    let setup = setup()?;
    let library = Arc::clone(&setup.library);
    let content = &library.content;
    let mut park = Park::open(&folder.join("ledger"), setup)?;
    let period: Month = std::fs::read_to_string(folder.join("period.txt"))?.parse()?;
    let count = count.parse()?;
    match what.as_str() {
        "correct" => correct(&mut park, content, period, count),
        "trace" => trace(&mut park, content, period),
        _ => reports(&mut park, &library, period, count, started, what == "worker-report"),
    }
}

/// What can be corrected: a number of an entry that some figure reads.
struct Cells {
    entries: Vec<(BookId, EntryId)>,
}

impl Cells {
    fn of(park: &mut Park, content: &Content) -> Result<Self, Fault> {
        let snapshot = park.snapshot()?;
        let read = content.books.values().filter(|b| !figures_over(content, &b.id).is_empty());
        let with_numbers =
            read.filter(|b| b.fields.values().any(|f| f.kind.is_number() && !b.key.contains(&f.id)));
        let tables = with_numbers.filter_map(|b| snapshot.table(&b.id));
        let entries = tables.flat_map(|t| t.ids().iter().map(|id| (t.book().clone(), *id))).collect();
        Ok(Self { entries })
    }

    /// A correction of one number of one entry by one.
    fn correction(&self, park: &Park, content: &Content, dice: &mut Dice) -> Result<WriteRequest, Fault> {
        loop {
            let (book, id) = &self.entries[dice.below(self.entries.len())];
            let entry = park.store().entry(*id)?.ok_or("an entry of the snapshot is in the ledger")?;
            let key = &content.books[book].key;
            let numbers: Vec<&FieldId> = entry
                .payload
                .iter()
                .filter(|(f, v)| v.as_number().is_some() && !key.contains(*f))
                .map(|(f, _)| f)
                .collect();
            if numbers.is_empty() {
                continue;
            }
            let field = numbers[dice.below(numbers.len())].clone();
            return Ok(corrected(entry, &field));
        }
    }
}

fn corrected(entry: Entry, field: &FieldId) -> WriteRequest {
    let mut payload = entry.payload;
    if let Some(Value::Number(number)) = payload.get_mut(field) {
        *number += Decimal::ONE;
    }
    let mut request = WriteRequest::new(NOW, "bench", "a correction", RevisionKind::Record);
    request.writes.push(EntryWrite {
        book: entry.book,
        key: entry.key,
        entry: Some(entry.id),
        based_on: entry.version,
        state: EntryState::Active,
        payload,
        origins: entry.origins,
    });
    request
}

fn correct(park: &mut Park, content: &Content, period: Month, count: usize) -> Result<(), Fault> {
    let cells = Cells::of(park, content)?;
    let mut dice = Dice::new(11);
    let (mut write, mut apply, mut evaluate, mut total) = (vec![], vec![], vec![], vec![]);
    let mut most = 0;
    for _ in 0..count {
        let request = cells.correction(park, content, &mut dice)?;
        let book = request.writes[0].book.clone();
        let (written, writing) = timed(|| park.store_mut().write(&request));
        written?;
        let (snapshot, applying) = timed(|| park.snapshot());
        let snapshot = snapshot?;
        let (affected, evaluating) = timed(|| {
            let requests: Vec<Request> =
                figures_over(content, &book).into_iter().map(|f| Request::new(f.clone(), period)).collect();
            Engine::new(content, &snapshot, Reader::COMMITTEE).evaluate_all(&requests).len()
        });
        most = most.max(affected);
        write.push(writing);
        apply.push(applying);
        evaluate.push(evaluating);
        total.push(writing + applying + evaluating);
    }
    let parts = json!({ "write": write, "apply": apply, "evaluate": evaluate });
    let computed =
        json!({ "equal": equal_afresh(park, content, period)?, "affected_most": most, "parts": parts });
    print("parkledger", &total, &computed);
    Ok(())
}

/// Whether all figures are the same over the patched snapshot and over one built anew.
fn equal_afresh(park: &mut Park, content: &Content, period: Month) -> Result<bool, Fault> {
    let patched = park.snapshot()?;
    let fresh = park.snapshot_at(patched.revision())?;
    let requests: Vec<Request> = content.figures.keys().map(|f| Request::new(f.clone(), period)).collect();
    let all = |snapshot| Engine::new(content, snapshot, Reader::COMMITTEE).evaluate_all(&requests);
    Ok(all(&*patched) == all(&fresh))
}

fn trace(park: &mut Park, content: &Content, period: Month) -> Result<(), Fault> {
    park.snapshot()?;
    let (mut all, mut cells, mut placed, mut longest) = (vec![], 0, 0, (0.0, String::new(), 0));
    for figure in content.figures.keys() {
        let request = Request::new(figure.clone(), period);
        let (traced, ms) = timed(|| park.trace(&request));
        let traced = traced?;
        cells += traced.len();
        placed += traced.iter().filter(|c| !c.place.file.is_empty()).count();
        if ms > longest.0 {
            longest = (ms, figure.to_string(), traced.len());
        }
        all.push(ms);
    }
    let longest = json!({ "figure": longest.1, "cells": longest.2, "ms": longest.0 });
    print("parkledger", &all, &json!({ "cells": cells, "placed": placed, "longest": longest }));
    Ok(())
}

fn reports(
    park: &mut Park,
    library: &Arc<Library>,
    period: Month,
    repeats: usize,
    started: Instant,
    worker: bool,
) -> Result<(), Fault> {
    let report = library.content.reports.keys().next().ok_or("the content has a report")?.clone();
    let templates = TemplateCache::default();
    let build = |park: &mut Park| -> Result<Built, Fault> {
        if worker {
            Ok(park.document(&report, period)?)
        } else {
            in_process(park, library, &report, period, &templates)
        }
    };
    let opened = started.elapsed().as_secs_f64() * 1e3;
    park.snapshot()?;
    let laid_out = started.elapsed().as_secs_f64() * 1e3;
    let first = build(park)?;
    let cold = started.elapsed().as_secs_f64() * 1e3;
    let mut warm = vec![];
    let mut same = true;
    for _ in 0..repeats {
        let (again, ms) = timed(|| build(park));
        same &= again?.digest == first.digest;
        warm.push(ms);
    }
    let parts = json!({ "cold": [cold], "open": [opened], "snapshot": [laid_out - opened], "build": [cold - laid_out] });
    let computed = json!({
        "slots": first.slots.len(), "digest": digest_hex(&first.document), "same": same, "parts": parts,
    });
    print(if worker { "parkledger-worker" } else { "parkledger" }, &warm, &computed);
    Ok(())
}

fn in_process(
    park: &mut Park,
    library: &Arc<Library>,
    report: &ReportId,
    period: Month,
    templates: &TemplateCache,
) -> Result<Built, Fault> {
    let snapshot = park.snapshot()?;
    let created = park.store().revision(snapshot.revision())?.at;
    let input = ReportInput {
        library,
        report,
        period,
        settings: None,
        matter: None,
        snapshot: &snapshot,
        reader: Reader::COMMITTEE,
        created,
        rendering: &InProcess,
        templates: Some(templates),
    };
    Ok(report::build(&input)?)
}
