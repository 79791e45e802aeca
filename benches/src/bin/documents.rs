//! Documents people write in: a refresh of sixty pages with six hundred figures, files handled in worker processes.
//!
//! `documents refresh FOLDER REPEATS`: FOLDER is a demo that `latency demo` made. There is no peer; the bar is a time.

use std::path::Path;

use app::access::Actor;
use app::park::Park;
use app::report::refresh::RefreshRequest;
use parkledger_benches::long::long;
use parkledger_benches::park::{served_as_worker, setup};
use parkledger_benches::{Fault, arguments, print, repeated};
use serde_json::json;

/// What the document has.
const PAGES: usize = 60;
const FIGURES: usize = 600;

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    if served_as_worker(&arguments)? {
        return Ok(());
    }
    let [what, folder, repeats] = arguments.as_slice() else {
        return Err("documents refresh FOLDER REPEATS".into());
    };
    if what != "refresh" {
        return Err("documents refresh FOLDER REPEATS".into());
    }
    let park = Park::open(&Path::new(folder).join("ledger"), setup()?)?;
    let report = park.library().content.reports.keys().next().ok_or("no report")?.clone();
    let before = "2023-09".parse()?;
    let document = long(&park.document(&report, before)?.document, PAGES, FIGURES)?;
    let request = RefreshRequest { period: Some("2023-10".parse()?), ..RefreshRequest::default() };
    let actor = Actor::local("bench");
    let (done, ms) = repeated(repeats.parse()?, || park.refresh(&document, &request, &actor));
    let done = done?;
    let computed =
        json!({ "bytes": document.len(), "figures": done.figures, "moved": done.moved.len(), "same": done.same });
    print("parkledger", &ms, &computed);
    Ok(())
}
