//! A park for a bench: the embedded content with the bench's own laid over it, a frozen clock, this program as worker.

use std::path::Path;
use std::sync::Arc;

use app::clock::FrozenClock;
use app::library::Library;
use app::park::{Park, Setup};
use app::worker::{WORKER_COMMAND, Worker, serve};
use jiff::Timestamp;

use crate::{Fault, content};

/// When everything in a bench happens.
pub const NOW: Timestamp = Timestamp::constant(1_699_000_000, 0);

/// Everything a park needs besides its folder.
pub fn setup() -> Result<Setup, Fault> {
    let library = Library::load(Some(&content()))?;
    if let Some(fault) = library.diagnostics.first() {
        return Err(format!("the content is wrong: {fault:?}").into());
    }
    Ok(Setup {
        library: Arc::new(library),
        worker: Worker::this_program()?,
        clock: Arc::new(FrozenClock(NOW)),
        who: "bench".to_owned(),
    })
}

/// The ledger in a folder, made when there is none.
pub fn open(folder: &Path) -> Result<Park, Fault> {
    Ok(Park::open_or_create(folder, setup()?, || [7; 32])?)
}

/// Serves as a worker process when called as one; whether it was.
pub fn served_as_worker(arguments: &[String]) -> Result<bool, Fault> {
    let [command, memory, cpu_seconds] = arguments else { return Ok(false) };
    if command != WORKER_COMMAND {
        return Ok(false);
    }
    let (mut input, mut output) = (std::io::stdin(), std::io::stdout().lock());
    serve(memory.parse()?, cpu_seconds.parse()?, &mut input, &mut output).map_err(|e| e.to_string())?;
    Ok(true)
}
