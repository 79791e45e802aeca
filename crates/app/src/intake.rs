//! Taking files in: bytes to a staged file through a worker process, and from there, once accepted, to a revision.
//!
//! Deliberately absent: how sheets are read and matched (`import`), and the ledger's tables (`store`).

use std::path::Path;

use model::finding::{Finding, Place, Severity};
use model::id::Revision;
use office::Workbook;
use store::digest_hex;

use crate::import::{self, Acceptance, Desk, Options, SourceName, Staged};
use crate::ledger::StoreError;
use crate::messages::file as say;
use crate::park::Park;
use crate::progress::{Watch, unwatched};
use crate::worker::{Worker, WorkerFault};

/// A file on its way in: its bytes and what staging made of them.
pub struct Taken {
    /// What would be written, and what is wrong.
    pub staged: Staged,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// Why a file could not be taken in at all. What is wrong *with* a file is a finding, not this.
#[derive(Debug, thiserror::Error)]
pub enum IntakeFault {
    /// It cannot be opened.
    #[error("cannot read {path}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// No worker could be started.
    #[error(transparent)]
    Worker(WorkerFault),
}

/// Largest file that is read at all.
pub const MAX_FILE_BYTES: u64 = 200 << 20;

/// Reads a workbook in a worker process; what is wrong with the file as a whole is a finding.
///
/// # Errors
/// [`WorkerFault`] when no worker could be started.
pub fn read_workbook(
    worker: &Worker,
    name: &str,
    bytes: &[u8],
) -> Result<Result<Workbook, Finding>, WorkerFault> {
    read_workbook_watched(worker, name, bytes, &unwatched)
}

/// Like [`read_workbook`]; `watch` may stop it.
///
/// # Errors
/// [`WorkerFault`] when no worker could be started, or the work was stopped.
pub fn read_workbook_watched(
    worker: &Worker,
    name: &str,
    bytes: &[u8],
    watch: &Watch<'_>,
) -> Result<Result<Workbook, Finding>, WorkerFault> {
    let finding = |code: &str, (message, hint): (String, String)| Finding {
        code: code.to_owned(),
        severity: Severity::Error,
        place: Place { file: name.to_owned(), ..Place::default() },
        message,
        hint,
    };
    match worker.read_watched(name, bytes.to_vec(), watch) {
        Ok(Ok(workbook)) => Ok(Ok(workbook)),
        Ok(Err(fault)) => Ok(Err(finding("file-unreadable", say::read_fault(&fault)))),
        Err(WorkerFault::Killed { .. } | WorkerFault::Answer) => {
            Ok(Err(finding("file-killed", say::worker_killed())))
        }
        Err(fault @ (WorkerFault::Process(_) | WorkerFault::Cancelled)) => Err(fault),
    }
}

impl Park {
    /// Stages a file on disk. The desk, made on this park's content, serves one file after the other.
    ///
    /// # Errors
    /// [`IntakeFault`] when the file, a worker or the ledger cannot be used.
    pub fn stage_path(
        &self,
        desk: &mut Desk<'_>,
        path: &Path,
        options: &Options,
    ) -> Result<Taken, IntakeFault> {
        let fault = |source| IntakeFault::File { path: path.display().to_string(), source };
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let size = std::fs::metadata(path).map_err(fault)?.len();
        if size > MAX_FILE_BYTES {
            let too_large = office::ReadFault::TooLarge { bytes: size, limit: MAX_FILE_BYTES };
            let mut staged = Staged { file: name.clone(), ..Staged::default() };
            let (message, hint) = say::read_fault(&too_large);
            staged.findings.push(Finding {
                code: "file-unreadable".to_owned(),
                severity: Severity::Error,
                place: Place { file: name, ..Place::default() },
                message,
                hint,
            });
            return Ok(Taken { staged, bytes: Vec::new() });
        }
        let bytes = std::fs::read(path).map_err(fault)?;
        self.stage_bytes(desk, &name, bytes, options)
    }

    /// Stages a file's bytes at a desk made on this park's content.
    ///
    /// # Errors
    /// [`IntakeFault`] when a worker or the ledger cannot be used.
    pub fn stage_bytes(
        &self,
        desk: &mut Desk<'_>,
        name: &str,
        bytes: Vec<u8>,
        options: &Options,
    ) -> Result<Taken, IntakeFault> {
        let digest = digest_hex(&bytes);
        let staged = match read_workbook(&self.worker, name, &bytes).map_err(IntakeFault::Worker)? {
            Ok(workbook) => {
                let source = SourceName { name, digest: &digest };
                desk.stage(&self.store, source, &workbook, options)?
            }
            Err(finding) => {
                Staged { file: name.to_owned(), digest, findings: vec![finding], ..Staged::default() }
            }
        };
        Ok(Taken { staged, bytes })
    }

    /// Proposes a layout, and if need be a book, for a workbook; what makes it unreadable is a finding.
    ///
    /// # Errors
    /// [`IntakeFault`] when the file or a worker cannot be used.
    pub fn propose(&self, path: &Path) -> Result<Result<Vec<import::ProposedFile>, Finding>, IntakeFault> {
        let fault = |source| IntakeFault::File { path: path.display().to_string(), source };
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = std::fs::read(path).map_err(fault)?;
        let read = read_workbook(&self.worker, &name, &bytes).map_err(IntakeFault::Worker)?;
        Ok(read.map(|workbook| import::propose(&self.library.content, &name, &workbook)))
    }

    /// Who has not sent the returns that are due for a month.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn missing(&self, month: model::period::Month) -> Result<Vec<import::MissingReturn>, StoreError> {
        import::missing(&self.library.content, &self.store, month)
    }

    /// Accepts a staged file: one revision, or none when it changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; nothing is then.
    pub fn accept(&mut self, taken: Taken) -> Result<Option<Revision>, StoreError> {
        if !taken.staged.changes_anything() {
            // No revision for nothing; but names that wait for a person are put in the queue all the same.
            let queue = &taken.staged.queue;
            if !queue.is_empty() {
                self.store.queue_matches(self.clock.now(), &self.who, queue)?;
            }
            return Ok(None);
        }
        let acceptance = Acceptance {
            at: self.clock.now(),
            who: self.who.clone(),
            why: taken.staged.file.clone(),
            bytes: taken.bytes,
            staged: None,
        };
        match import::accept(taken.staged, acceptance) {
            Some(request) => Ok(Some(self.store.write(&request)?.revision)),
            None => Ok(None),
        }
    }
}
