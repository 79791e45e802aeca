//! Documents people write in: refresh and audit of sixty pages with six hundred figures, files handled in worker processes.
//!
//! `documents refresh|audit FOLDER REPEATS`: FOLDER is a demo that `latency demo` made. There is no peer; the bars are times.

use std::path::Path;

use app::access::Actor;
use app::park::Park;
use app::report::audit::Verdict;
use app::report::refresh::RefreshRequest;
use parkledger_benches::long::long;
use parkledger_benches::park::{served_as_worker, setup};
use parkledger_benches::{Fault, arguments, print, repeated};
use serde_json::json;

/// What the document has.
const PAGES: usize = 60;
const FIGURES: usize = 600;
const USAGE: &str = "documents refresh|audit FOLDER REPEATS";

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    if served_as_worker(&arguments)? {
        return Ok(());
    }
    let [what, folder, repeats] = arguments.as_slice() else {
        return Err(USAGE.into());
    };
    let park = Park::open(&Path::new(folder).join("ledger"), setup()?)?;
    let report = park.library().content.reports.keys().next().ok_or("no report")?.clone();
    let before = "2023-09".parse()?;
    let document = long(&park.document(&report, before)?.document, PAGES, FIGURES)?;
    match what.as_str() {
        "refresh" => refresh(&park, &document, repeats.parse()?),
        "audit" => audit(&park, &document, repeats.parse()?),
        _ => Err(USAGE.into()),
    }
}

fn refresh(park: &Park, document: &[u8], repeats: usize) -> Result<(), Fault> {
    let request = RefreshRequest { period: Some("2023-10".parse()?), ..RefreshRequest::default() };
    let actor = Actor::local("bench");
    let (done, ms) = repeated(repeats, || park.refresh(document, &request, &actor));
    let done = done?;
    let computed = json!({ "bytes": document.len(), "figures": done.figures, "moved": done.moved.len(), "same": done.same });
    print("parkledger", &ms, &computed);
    Ok(())
}

/// Reads, judges every number and checks the document against itself.
fn audit(park: &Park, document: &[u8], repeats: usize) -> Result<(), Fault> {
    let actor = Actor::local("bench");
    let (done, ms) = repeated(repeats, || {
        let read = park.read_document(document)?;
        park.audit(&read, None, &actor)
    });
    let done = done?;
    let computed = json!({
        "bytes": document.len(), "numbers": done.items.len(), "supported": done.count(Verdict::Supported),
        "contradicted": done.count(Verdict::Contradicted), "conflicts": done.conflicts.len(),
    });
    print("parkledger", &ms, &computed);
    Ok(())
}
