//! What a worker does with Word files.
//!
//! Deliberately absent: what is done in the process (`perform`), and everything that is no Word file. To add a task: a variant
//! of [`Task`], its answer, and a call here.

use office::docx::{Author, Change, DocxFault, Live, Note, Put, Template};

use super::{Answer, Assembly, Basis, Outlined, Task, Worker, WorkerFault};
use crate::progress::unwatched;

impl Worker {
    /// Reads a template's sources.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn template(&self, bytes: Vec<u8>) -> Result<Result<Template, DocxFault>, WorkerFault> {
        match self.run(&Task::Template { bytes }, &unwatched)? {
            Answer::Template(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Reads the text, the controls and the basis of any Word file.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn outline(&self, bytes: Vec<u8>) -> Result<Result<Outlined, DocxFault>, WorkerFault> {
        match self.run(&Task::Outline { bytes }, &unwatched)? {
            Answer::Outline(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Puts comments into a Word file.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn annotate(
        &self,
        bytes: Vec<u8>,
        notes: Vec<Note>,
        author: Author,
    ) -> Result<Result<Vec<u8>, DocxFault>, WorkerFault> {
        match self.run(&Task::Annotate { bytes, notes, author }, &unwatched)? {
            Answer::Document(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Puts a manuscript into a template at a paragraph counted from 0; none when there is no place for it.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn insert(
        &self,
        bytes: Vec<u8>,
        (paragraph, put): (usize, Put),
        text: &str,
    ) -> Result<Result<Option<Vec<u8>>, DocxFault>, WorkerFault> {
        match self.run(&Task::Insert { bytes, paragraph, put, text: text.to_owned() }, &unwatched)? {
            Answer::Inserted(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Finds the controls of a document that somebody has edited, whose tags begin with `prefix`, and its basis.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn live(
        &self,
        bytes: Vec<u8>,
        prefix: &str,
    ) -> Result<Result<(Live, Basis), DocxFault>, WorkerFault> {
        match self.run(&Task::Live { bytes, prefix: prefix.to_owned() }, &unwatched)? {
            Answer::Live(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Changes a document that somebody has edited, counted as [`Worker::live`] counted; the rest keeps its bytes.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn splice(
        &self,
        bytes: Vec<u8>,
        prefix: &str,
        changes: Vec<Change>,
        basis: String,
    ) -> Result<Result<Vec<u8>, DocxFault>, WorkerFault> {
        match self.run(&Task::Splice { bytes, prefix: prefix.to_owned(), changes, basis }, &unwatched)? {
            Answer::Document(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Assembles a document.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn assemble(&self, assembly: Assembly) -> Result<Result<Vec<u8>, DocxFault>, WorkerFault> {
        match self.run(&Task::Assemble(assembly), &unwatched)? {
            Answer::Document(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }
}
