//! Names that may mean somebody: shown with what speaks for and against, decided by a person, remembered.
//!
//! Evidence comes from the register's fields by their kinds and roles, and from the cells of the same row under headings that
//! the register's layouts know. Deliberately absent: scoring (`matching`), and writing anything but the decision.

use std::collections::HashMap;
use std::sync::Arc;

use model::content::Content;
use model::definition::{Book, Field, FieldKind};
use model::finding::Place;
use model::id::{BookId, EntryId, FieldId};
use model::identity::uscc::{self, CodeVerdict};
use model::text::{brackets, name_key, squeeze};
use office::Workbook;
use office::sheet::{Sheet, parse_a1};
use serde::{Deserialize, Serialize};
use store::{MatchCandidate, MatchDecision, SourceRecord, StagedRecord, Verdict};
use utoipa::ToSchema;

use super::papers::committee;
use super::sheets::text_at;
use super::{Desk, DeskFault};
use crate::access::{Actor, Refusal, Right, mask};
use crate::import::roles;
use crate::park::Park;
use crate::progress::unwatched;
use crate::shapes;

/// Fields shown as evidence for one candidate, at most.
const EVIDENCE: usize = 12;
/// Rows above a cell in which its heading is looked for.
const ABOVE: u32 = 60_000;
/// Heading rows a table may have, with what stands between them and the first row.
const HEADINGS: usize = 6;

/// The names that wait.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MatchList {
    /// How many there are.
    pub total: usize,
    /// In the order they came.
    pub items: Vec<MatchView>,
}

/// A name that may mean somebody.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MatchView {
    /// The register it refers to.
    pub book: String,
    /// The register's title.
    pub book_title: String,
    /// The text as it was written.
    pub written: String,
    /// Where.
    #[schema(value_type = shapes::Place)]
    pub place: Place,
    /// The digest of the file, if it is kept.
    pub source: Option<String>,
    /// Whom it may mean, the likeliest first.
    pub candidates: Vec<CandidateView>,
}

/// An entry a text may mean.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CandidateView {
    /// The entry.
    pub entry: u64,
    /// What it is called.
    pub title: String,
    /// Its key.
    pub key: String,
    /// How alike the names are, in thousandths.
    pub permille: u16,
    /// Why it is offered.
    pub reason: String,
    /// What speaks for and against.
    pub evidence: Vec<Evidence>,
}

/// One thing that is known of both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Evidence {
    /// The field's title.
    pub label: String,
    /// What the file's row says; empty when it says nothing.
    pub theirs: String,
    /// What the register says.
    pub ours: String,
    /// Whether both say the same; none when one says nothing.
    pub same: Option<bool>,
}

/// A decision.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct DecideRequest {
    /// The register.
    pub book: String,
    /// The text as it was written.
    pub written: String,
    /// `same` or `different`.
    pub verdict: String,
    /// The entry it means, for `same`.
    pub entry: Option<u64>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The digest of a kept file (none for a staged one) and its sheets.
type Opened = (Option<String>, Arc<Workbook>);

/// The files rows stand in, opened as they are asked for.
struct Files<'a> {
    desk: &'a Desk,
    park: &'a Park,
    staged: Vec<StagedRecord>,
    sources: Vec<SourceRecord>,
    open: HashMap<String, Option<Opened>>,
}

impl Desk {
    /// The names that wait for a person, with evidence.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or the ledger cannot be read.
    pub fn matches(
        &self,
        park: &Park,
        actor: &Actor,
        (offset, limit): (usize, usize),
    ) -> Result<MatchList, DeskFault> {
        committee(actor, Right::Read)?;
        let content = &park.library.content;
        let mut waiting: Vec<Vec<MatchCandidate>> = Vec::new();
        for candidate in park.store.match_queue()? {
            let may = content.books.get(&candidate.book).is_some_and(|book| actor.may(Right::Read, book));
            if !may {
                continue;
            }
            let same = |g: &&mut Vec<MatchCandidate>| {
                g[0].book == candidate.book && g[0].written == candidate.written
            };
            match waiting.iter_mut().find(same) {
                Some(group) => group.push(candidate),
                None => waiting.push(vec![candidate]),
            }
        }
        let mut files = Files {
            desk: self,
            park,
            staged: park.store.staged()?,
            sources: park.store.sources()?,
            open: HashMap::new(),
        };
        let total = waiting.len();
        let page = waiting.into_iter().skip(offset).take(limit);
        let items: Result<Vec<MatchView>, DeskFault> =
            page.map(|group| view(park, actor, &mut files, group)).collect();
        Ok(MatchList { total, items: items? })
    }

    /// Remembers a decision on whom a text means.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may accept nothing or not read the register, the entry is not of it, or it cannot be written.
    pub fn decide(&self, park: &mut Park, actor: &Actor, request: &DecideRequest) -> Result<(), DeskFault> {
        // Whoever accepts files of any book meets names of the register; they need not keep the register itself.
        committee(actor, Right::Accept)?;
        let id = BookId::from(request.book.as_str());
        let book = park.library.content.books.get(&id).ok_or(Refusal::NotFound)?;
        actor.need(Right::Read, book)?;
        let verdict = match (request.verdict.as_str(), request.entry) {
            ("same", Some(entry)) => {
                let found = park.store.entry(EntryId(entry))?;
                found.filter(|entry| entry.book == id).ok_or(Refusal::NotFound)?;
                Verdict::Same(EntryId(entry))
            }
            ("different", _) => Verdict::Different,
            _ => return Err(Refusal::NotFound.into()),
        };
        let decision = MatchDecision {
            book: id,
            written: request.written.clone(),
            verdict,
            at: park.clock.now(),
            who: actor.name.clone(),
            reason: request.reason.clone(),
        };
        Ok(park.store.decide_match(&decision)?)
    }
}

fn view(
    park: &Park,
    actor: &Actor,
    files: &mut Files<'_>,
    mut group: Vec<MatchCandidate>,
) -> Result<MatchView, DeskFault> {
    group.sort_by_key(|candidate| std::cmp::Reverse(candidate.permille));
    let first = &group[0];
    let content = &park.library.content;
    let book = content.books.get(&first.book).ok_or(Refusal::NotFound)?;
    let file = files.open(&first.place.file)?;
    let row = file.as_ref().and_then(|(_, workbook)| Row::of(workbook, &first.place));
    let mut naming = park.naming()?;
    let mut candidates = Vec::with_capacity(group.len());
    for candidate in &group {
        let Some(entry) = park.store.entry(candidate.candidate)? else { continue };
        let mut evidence = Vec::new();
        for field in fields(book) {
            let ours = naming.shown(entry.payload.get(&field.id))?;
            let theirs = if Some(&field.id) == book.display.as_ref() {
                candidate.written.clone()
            } else {
                row.as_ref().and_then(|row| row.says(content, book, field)).unwrap_or_default()
            };
            if ours.is_empty() && theirs.is_empty() {
                continue;
            }
            let same = (!ours.is_empty() && !theirs.is_empty()).then(|| agree(field, &ours, &theirs));
            let shown = |t: String| if actor.masks(field) { mask(&field.kind, &t) } else { t };
            evidence.push(Evidence {
                label: field.title.clone(),
                theirs: shown(theirs),
                ours: shown(ours),
                same,
            });
        }
        // What both say comes first; it is what decides.
        evidence.sort_by_key(|one| one.same.is_none());
        evidence.truncate(EVIDENCE);
        candidates.push(CandidateView {
            entry: entry.id.0,
            title: naming.title(entry.id)?.to_string(),
            key: entry.key.replace('\u{1f}', " · "),
            permille: candidate.permille,
            reason: candidate.reason.clone(),
            evidence,
        });
    }
    Ok(MatchView {
        book: first.book.to_string(),
        book_title: book.title.clone(),
        written: first.written.clone(),
        place: first.place.clone(),
        source: file.and_then(|(digest, _)| digest),
        candidates,
    })
}

/// The fields of a register that tell its entries apart: name, codes, former names, then what describes them.
fn fields(book: &Book) -> Vec<&Field> {
    let rank = |field: &Field| {
        let id = field.id.as_str();
        if Some(&field.id) == book.display.as_ref() {
            return Some(0);
        }
        if book.key.contains(&field.id) {
            return Some(1);
        }
        match &field.kind {
            FieldKind::Uscc | FieldKind::OrgCode | FieldKind::ParcelCode => Some(2),
            _ if id == roles::REGISTRATION_NO => Some(2),
            _ if id == roles::FORMER_NAMES || id == roles::SHORT_NAME => Some(3),
            FieldKind::Text | FieldKind::Person | FieldKind::Phone => Some(4),
            FieldKind::Choice { .. } | FieldKind::Reference { .. } | FieldKind::References { .. } => Some(5),
            FieldKind::Date => Some(6),
            _ => None,
        }
    };
    let mut ranked: Vec<(u8, &Field)> = book.fields.values().filter_map(|f| Some((rank(f)?, f))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, field)| field).collect()
}

/// Whether two texts say the same about a field.
fn agree(field: &Field, ours: &str, theirs: &str) -> bool {
    match field.kind {
        FieldKind::Uscc | FieldKind::OrgCode | FieldKind::ParcelCode => {
            squeeze(ours).eq_ignore_ascii_case(&squeeze(theirs))
        }
        _ => {
            let (ours, theirs) = (name_key(ours), name_key(theirs));
            ours == theirs || (field.id.as_str() == roles::FORMER_NAMES && ours.contains(&theirs))
        }
    }
}

/// The row a text stands in.
struct Row<'a> {
    sheet: &'a Sheet,
    row: u32,
}

impl<'a> Row<'a> {
    fn of(workbook: &'a Workbook, place: &Place) -> Option<Self> {
        let named = workbook.sheets.iter().find(|sheet| sheet.name == place.sheet);
        let sheet = named.or_else(|| workbook.sheets.first().filter(|_| place.sheet.is_empty()))?;
        let (row, _) = parse_a1(place.cell.split(':').next()?)?;
        Some(Self { sheet, row })
    }

    /// What the row says about a field of a register: the cell under a heading that the register's layouts know, or, for a
    /// credit code, the cell that is one.
    fn says(&self, content: &Content, book: &Book, field: &Field) -> Option<String> {
        let cells = self.sheet.row_iter().find(|(row, _)| *row == self.row).map(|(_, cells)| cells)?;
        if field.kind == FieldKind::Uscc && book.key.contains(&field.id) {
            let codes = cells.iter().filter_map(|cell| text_at(self.sheet, self.row, cell.col));
            let is_code = |text: &String| {
                matches!(uscc::verdict(text), CodeVerdict::Valid(_) | CodeVerdict::OuterFails(_))
            };
            if let Some(code) = codes.into_iter().find(is_code) {
                return Some(code);
            }
        }
        let names = headings(content, &book.id, &field.id, &field.title);
        let under = |col: u16| self.above(col).iter().any(|heading| names.contains(heading));
        let column = cells.iter().map(|cell| cell.col).find(|col| under(*col))?;
        text_at(self.sheet, self.row, column)
    }

    /// The first texts of a column, as headings are compared.
    fn above(&self, col: u16) -> Vec<String> {
        let from = self.row.saturating_sub(ABOVE);
        let cells = self.sheet.cells.iter().take_while(|cell| cell.row < self.row);
        let texts = cells.filter(|cell| cell.col == col && cell.row >= from);
        let texts = texts.filter_map(|cell| self.sheet.text(cell)).map(plain);
        texts.take(HEADINGS).collect()
    }
}

/// What a column with a field of a register may be headed.
fn headings(content: &Content, book: &BookId, field: &FieldId, title: &str) -> Vec<String> {
    let layouts = content.layouts.values().filter(|layout| layout.book == *book);
    let rules = layouts.flat_map(|layout| &layout.columns).filter(|rule| rule.field == *field);
    let last = rules.flat_map(|rule| &rule.headings).filter_map(|heading| heading.rsplit('/').next());
    last.chain([title]).map(plain).collect()
}

fn plain(text: &str) -> String {
    let text = brackets(&squeeze(text));
    text.split('(').next().unwrap_or_default().to_owned()
}

impl Files<'_> {
    /// The digest (of a kept file) and the sheets of the newest file of that name; nothing when it cannot be read any more.
    fn open(&mut self, name: &str) -> Result<Option<Opened>, DeskFault> {
        if let Some(known) = self.open.get(name) {
            return Ok(known.clone());
        }
        let kept = self.sources.iter().rev().find(|source| source.name == name).map(|s| s.digest.clone());
        let staged = self.staged.iter().rev().find(|staged| staged.name == name);
        let (park, desk) = (self.park, self.desk);
        let read = match (&kept, staged) {
            (Some(digest), _) => {
                Some(desk.workbook(park, name, digest, &unwatched, || Ok(park.store.original(digest)?))?)
            }
            (None, Some(record)) => {
                let gone = || DeskFault::BytesGone { file: record.name.clone() };
                let bytes = || park.store.staged_bytes(record.id)?.ok_or_else(gone);
                match desk.workbook(park, name, &record.digest, &unwatched, bytes) {
                    Err(DeskFault::BytesGone { .. }) => None,
                    other => Some(other?),
                }
            }
            (None, None) => None,
        };
        let found = read.and_then(Result::ok).map(|workbook| (kept, workbook));
        self.open.insert(name.to_owned(), found.clone());
        Ok(found)
    }
}
