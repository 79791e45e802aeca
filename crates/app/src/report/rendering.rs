//! Who reads and writes Word files and workbooks for a report: a worker process, or this one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::definition::Report;
use office::WriteFault;
use office::docx::{DocxFault, Template};
use office::write::BookSpec;

use super::fault::ReportFault;
use super::script::Script;
use super::{ReportInput, template_path};
use crate::worker::{Answer, Assembly, Task, Worker, WorkerFault, perform};
use store::digest_hex;

/// Reads templates, assembles documents and writes workbooks.
pub trait Rendering {
    /// Reads a template's sources; what is wrong with the file is the inner result.
    ///
    /// # Errors
    /// [`WorkerFault`] when there is no answer.
    fn template(&self, bytes: Vec<u8>) -> Result<Result<Template, DocxFault>, WorkerFault>;

    /// Assembles a document.
    ///
    /// # Errors
    /// [`WorkerFault`] when there is no answer.
    fn assemble(&self, assembly: Assembly) -> Result<Result<Vec<u8>, DocxFault>, WorkerFault>;

    /// Writes a workbook.
    ///
    /// # Errors
    /// [`WorkerFault`] when there is no answer.
    fn write(&self, book: BookSpec) -> Result<Result<Vec<u8>, WriteFault>, WorkerFault>;
}

impl Rendering for Worker {
    fn template(&self, bytes: Vec<u8>) -> Result<Result<Template, DocxFault>, WorkerFault> {
        Self::template(self, bytes)
    }

    fn assemble(&self, assembly: Assembly) -> Result<Result<Vec<u8>, DocxFault>, WorkerFault> {
        Self::assemble(self, assembly)
    }

    fn write(&self, book: BookSpec) -> Result<Result<Vec<u8>, WriteFault>, WorkerFault> {
        Self::write(self, book)
    }
}

/// Does the work in this process: for templates of the embedded content, and for tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct InProcess;

impl Rendering for InProcess {
    fn template(&self, bytes: Vec<u8>) -> Result<Result<Template, DocxFault>, WorkerFault> {
        match perform(Task::Template { bytes }) {
            Answer::Template(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    fn assemble(&self, assembly: Assembly) -> Result<Result<Vec<u8>, DocxFault>, WorkerFault> {
        match perform(Task::Assemble(assembly)) {
            Answer::Document(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    fn write(&self, book: BookSpec) -> Result<Result<Vec<u8>, WriteFault>, WorkerFault> {
        match perform(Task::Write(book)) {
            Answer::Written(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }
}

/// Templates that were read before, by the digest of their file.
#[derive(Debug, Default)]
pub struct TemplateCache {
    known: Mutex<HashMap<String, Arc<Script>>>,
}

/// The bytes of a report's template, and what they say.
pub(super) fn script(
    input: &ReportInput<'_>,
    report: &Report,
) -> Result<(Vec<u8>, Arc<Script>), ReportFault> {
    let bytes =
        input.library.template(report).ok_or_else(|| ReportFault::NoTemplate(template_path(report)))?;
    let digest = digest_hex(&bytes);
    let known = input.templates.map(|cache| cache.known.lock().unwrap_or_else(PoisonError::into_inner));
    if let Some(script) = known.as_ref().and_then(|known| known.get(&digest)) {
        let script = Arc::clone(script);
        return Ok((bytes.into_owned(), script));
    }
    drop(known);
    let template = input.rendering.template(bytes.to_vec())?.map_err(ReportFault::Document)?;
    let script = Arc::new(Script::read(&template));
    if let Some(cache) = input.templates {
        cache.known.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, Arc::clone(&script));
    }
    Ok((bytes.into_owned(), script))
}
