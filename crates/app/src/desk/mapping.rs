//! Sheets no layout reads: a proposal to look through, the file read again with the edited layout, and the layout kept as
//! the park's own content.
//!
//! The files of a mapping travel as one text, each begun by a line `# file: layouts/NAME.toml`. Deliberately absent:
//! guessing (`import`), checking definitions (`model::content`), putting content in force (the caller reloads).

use model::content::Content;
use model::definition::Book;
use model::finding::Finding;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{AuditEvent, StagedId};
use utoipa::ToSchema;

use super::note::Note;
use super::pending::{Pending, note_of};
use super::{Desk, DeskFault};
use crate::access::{Actor, Right};
use crate::import::{self, Proposal, ProposedColumn, ProposedFile};
use crate::library::Library;
use crate::park::Park;
use crate::progress::{Watch, unwatched};

/// What begins a file in a mapping's text.
const MARK: &str = "# file: ";

/// What may be proposed for a file.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ProposalList {
    /// One per sheet with a table that no layout reads.
    pub proposals: Vec<ProposalView>,
    /// The layout the file is read with now, if it has one of its own.
    pub current: Option<String>,
}

/// What may be proposed for a sheet.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// The sheet.
    pub sheet: String,
    /// The book that is there already; none when one is proposed too.
    pub book: Option<String>,
    /// The book's title.
    pub book_title: Option<String>,
    /// The files, each begun by a line `# file: PATH`.
    pub toml: String,
    /// The columns from the left.
    pub columns: Vec<ProposedColumnView>,
    /// Headings nothing is known of.
    pub unmatched: Vec<String>,
}

/// What a column may be.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = ProposedColumn)]
pub struct ProposedColumnView {
    /// Its letters.
    pub column: String,
    /// Its headings from the top.
    pub heading: String,
    /// The field.
    pub field: Option<String>,
    /// The field's title.
    pub title: Option<String>,
    /// The field's kind.
    pub kind: Option<String>,
    /// The field's unit.
    pub unit: Option<String>,
    /// What a reference is recognised by: `code`, `name` or `field:ID`.
    pub by: Option<String>,
    /// How alike the heading and the field's name are, in hundredths.
    pub score: u8,
    /// Some of its values.
    pub sample: Vec<String>,
}

/// A layout to read a staged file with.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct MappingRequest {
    /// The files, each begun by a line `# file: PATH`; a text without such a line is a layout.
    pub toml: String,
    /// Whether to keep them as the park's own content.
    #[serde(default)]
    pub keep: bool,
}

impl Desk {
    /// Proposes layouts for the sheets of a staged file that no layout reads.
    ///
    /// # Errors
    /// As [`Desk::plan`]; [`DeskFault::Unreadable`] when it has no sheets.
    pub fn propose(&self, park: &Park, actor: &Actor, id: StagedId) -> Result<ProposalList, DeskFault> {
        let (_, note) = note_of(park, actor, id)?;
        let (name, digest, bytes) = staged_bytes(park, id)?;
        let read = self.workbook(park, &name, &digest, &unwatched, || Ok(bytes))?;
        let workbook = read.map_err(|finding| DeskFault::Unreadable(Box::new(finding)))?;
        let plan = self.plan(park, actor, id)?;
        let found = import::proposals(plan.content(), &name, &workbook);
        let proposals = found.iter().map(|proposal| view(plan.content(), proposal)).collect();
        Ok(ProposalList { proposals, current: (!note.files.is_empty()).then(|| joined(&note.files)) })
    }

    /// Reads a staged file again with these layouts; [`Desk::replace`] puts the outcome in its place.
    ///
    /// # Errors
    /// [`DeskFault::Layout`] when they are wrong, else as [`Desk::stage`].
    pub fn map(
        &self,
        park: &Park,
        actor: &Actor,
        id: StagedId,
        request: &MappingRequest,
        watch: &Watch<'_>,
    ) -> Result<Pending, DeskFault> {
        let (_, old) = note_of(park, actor, id)?;
        let files = self.files_of(park, id, &request.toml)?;
        if request.keep {
            may_keep(park, actor, &files)?;
        }
        let (name, _, bytes) = staged_bytes(park, id)?;
        self.pending(park, actor, &name, bytes, Note { book: old.book, files, ..Note::default() }, watch)
    }

    /// Keeps the layouts of a mapping as the park's own content. The caller puts it in force by loading the content again.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, they are wrong, are there already, or cannot be written.
    pub fn keep_mapping(
        &self,
        park: &mut Park,
        actor: &Actor,
        id: StagedId,
        request: &MappingRequest,
    ) -> Result<(), DeskFault> {
        let (record, mut note) = note_of(park, actor, id)?;
        let files = self.files_of(park, id, &request.toml)?;
        may_keep(park, actor, &files)?;
        for (path, text) in &files {
            let fault = |source| DeskFault::Content { path: path.clone(), source };
            Library::keep(&park.dir(), path, text.as_bytes()).map_err(fault)?;
        }
        let mut event = AuditEvent::new(park.clock.now(), &actor.name, "content.keep", &record.name);
        let digests: Vec<_> =
            files.iter().map(|(path, text)| json!([path, store::digest_hex(text.as_bytes())])).collect();
        event.detail = json!({ "files": digests, "from": actor.from });
        park.store.audit(&event)?;
        // They are in force for every file from now on.
        note.files.clear();
        Ok(park.store.note_staged(id, &note.write())?)
    }

    /// The files of a mapping's text, checked. A book the layout needs and the text lacks is taken from the proposal.
    fn files_of(&self, park: &Park, id: StagedId, text: &str) -> Result<Vec<(String, String)>, DeskFault> {
        let mut files = split(text);
        let library = &park.library;
        if checked(library, &files).is_err() && !files.iter().any(|(path, _)| path.starts_with("books/")) {
            let (name, digest, bytes) = staged_bytes(park, id)?;
            if let Ok(workbook) = self.workbook(park, &name, &digest, &unwatched, || Ok(bytes))? {
                let proposed = import::propose(&library.content, &name, &workbook);
                let books = proposed.into_iter().filter(|file| file.path.starts_with("books/"));
                let needed = books.filter(|file| names_book(&files, stem(&file.path)));
                let more: Vec<_> = needed.map(|ProposedFile { path, text }| (path, text)).collect();
                files.extend(more);
            }
        }
        checked(library, &files)?;
        Ok(files)
    }
}

fn staged_bytes(park: &Park, id: StagedId) -> Result<(String, String, Vec<u8>), DeskFault> {
    let record = park.store.staged_record(id)?;
    let gone = || DeskFault::BytesGone { file: record.name.clone() };
    let bytes = park.store.staged_bytes(id)?.ok_or_else(gone)?;
    Ok((record.name, record.digest, bytes))
}

/// A layout of a book needs the right to accept for it; a book of its own changes what the park knows.
fn may_keep(park: &Park, actor: &Actor, files: &[(String, String)]) -> Result<(), DeskFault> {
    let with = park.library.with(files);
    for (path, _) in files {
        if park.library.file(path).is_some() {
            return Err(DeskFault::Taken(path.clone()));
        }
        let layout = path.strip_prefix("layouts/").and_then(|_| with.content.layouts.get(stem(path)));
        let book: Option<&Book> = layout.and_then(|l| park.library.content.books.get(&l.book));
        match book {
            Some(book) => actor.need(Right::Accept, book)?,
            None => actor.need_anywhere(Right::Administer)?,
        }
    }
    Ok(())
}

/// Refuses files that make the content wrong where it was right.
fn checked(library: &Library, files: &[(String, String)]) -> Result<(), DeskFault> {
    let outside = files.iter().filter(|(path, _)| !is_own_path(path));
    let mut findings: Vec<Finding> = outside.map(|(path, _)| crate::messages::desk::bad_path(path)).collect();
    if findings.is_empty() {
        findings = library.with(files).wrong_since(library, "layout");
    }
    if findings.is_empty() { Ok(()) } else { Err(DeskFault::Layout(findings)) }
}

/// Only layouts and books, with plain names: nothing leaves the folder.
fn is_own_path(path: &str) -> bool {
    let name = path.strip_prefix("layouts/").or_else(|| path.strip_prefix("books/"));
    let name = name.and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
    !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml")
}

/// Whether a file of the text says `book = "…"` with this id.
fn names_book(files: &[(String, String)], id: &str) -> bool {
    let says = |text: &str| {
        let table: Option<toml::Table> = text.parse().ok();
        table.is_some_and(|table| table.get("book").and_then(toml::Value::as_str) == Some(id))
    };
    files.iter().any(|(_, text)| says(text))
}

fn joined(files: &[(String, String)]) -> String {
    files.iter().map(|(path, text)| format!("{MARK}{path}\n{}\n", text.trim_end())).collect()
}

/// The files of one text. What stands before the first mark is a layout when it says anything.
fn split(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = vec![("layouts/proposed_1.toml".to_owned(), String::new())];
    for line in text.lines() {
        if let Some(path) = line.trim_end().strip_prefix(MARK) {
            files.push((path.trim().to_owned(), String::new()));
        } else {
            let (_, text) = files.last_mut().expect("there is always one");
            text.push_str(line);
            text.push('\n');
        }
    }
    let says = |text: &str| text.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#'));
    files.retain(|(_, text)| says(text));
    files
}

fn view(content: &Content, proposal: &Proposal) -> ProposalView {
    let book = proposal.book.as_ref().and_then(|id| content.books.get(id));
    let column = |column: &ProposedColumn| {
        let field = column.field.as_ref().and_then(|id| book?.fields.get(id));
        ProposedColumnView {
            column: column.column.clone(),
            heading: column.heading.clone(),
            field: field.map(|field| field.id.to_string()),
            title: field.map(|field| field.title.clone()),
            kind: field.map(|field| field.kind.name().to_owned()),
            unit: field.and_then(|field| field.kind.unit()).map(ToString::to_string),
            by: column.by.clone(),
            score: column.score,
            sample: column.sample.clone(),
        }
    };
    let unmatched = proposal.columns.iter().filter(|column| column.field.is_none());
    let files: Vec<(String, String)> =
        proposal.files.iter().map(|file| (file.path.clone(), file.text.clone())).collect();
    ProposalView {
        sheet: proposal.sheet.clone(),
        book: proposal.book.as_ref().map(ToString::to_string),
        book_title: book.map(|book| book.title.clone()),
        toml: joined(&files),
        columns: proposal.columns.iter().map(column).collect(),
        unmatched: unmatched.map(|column| column.heading.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_files() {
        let files = split("# a remark\n# file: books/a.toml\nx = 1\n\n# file: layouts/a.toml\ny = 2\n");
        let pair = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        assert_eq!(files, [pair("books/a.toml", "x = 1\n\n"), pair("layouts/a.toml", "y = 2\n")]);
        assert_eq!(
            split(&joined(&files)),
            [pair("books/a.toml", "x = 1\n"), pair("layouts/a.toml", "y = 2\n")]
        );
        assert_eq!(split("y = 2"), [pair("layouts/proposed_1.toml", "y = 2\n")]);
    }

    #[test]
    fn nothing_leaves_the_folder() {
        for (path, expected) in [
            ("layouts/own_1.toml", true),
            ("books/own.toml", true),
            ("units.toml", false),
            ("layouts/../units.toml", false),
            ("layouts/a/b.toml", false),
            ("layouts/.toml", false),
            ("/etc/layouts/a.toml", false),
            ("layouts/A.toml", false),
        ] {
            assert_eq!(is_own_path(path), expected, "{path}");
        }
    }
}
