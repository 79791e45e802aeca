//! The way forward from a number: which figures, sentences, grades and publications an entry, or a cell of a file, is used for.
//!
//! A figure uses an entry when the entry is among the rows its value – or, a year later, its base – adds up, or when it is
//! whom those rows are about. What the figure would be without it is worked out of the same sums. Sentences are those of the
//! reports as they read now and as they were published.
//!
//! Deliberately absent: conditions (a threshold moves what it bounds; see the revision table), and rows somebody may not see.

mod sheets;

use std::collections::HashMap;
use std::sync::Arc;

use figures::{BlankReason, Engine, Outcome, Quantity, Request, Snapshot, figures_over};
use model::definition::{Book, Figure};
use model::entry::Entry;
use model::id::{BookId, EntryId, FieldId};
use model::period::Month;
use model::value::Value;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Actor, Refusal};
use crate::books::{Places, Sight};
use crate::explore::{self, ExploreFault, Question, Span, shown};
use crate::ledger::StoreError;
use crate::parcels::ParcelsFault;
use crate::park::Park;
use crate::publishing::{Publishing, PublishingFault};
use crate::report::SlotSubject;

/// Entries answered for one cell, at most.
const MOST_ENTRIES: usize = 5;

/// Whose uses are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// An entry.
    Entry(EntryId),
    /// A cell of a file the ledger keeps, by the file's name or digest.
    Cell {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// The cell, such as `E6`.
        cell: String,
    },
}

/// Why it cannot be said.
#[derive(Debug, thiserror::Error)]
pub enum UsesFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// A figure cannot be asked.
    #[error(transparent)]
    Explore(#[from] ExploreFault),
    /// A report cannot be put into words.
    #[error(transparent)]
    Publishing(#[from] PublishingFault),
    /// No file of that name or digest was ever taken in.
    #[error("no file {0} is kept")]
    UnknownFile(String),
    /// An evaluation cannot be read.
    #[error(transparent)]
    Parcels(#[from] ParcelsFault),
}

/// What a number is used for.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Uses {
    /// One for an entry; for a cell the entries whose values came from it: none for a heading, a note, an unread column.
    pub items: Vec<UsesOfEntry>,
    /// The ledger revision.
    pub revision: u64,
}

/// What one entry is used for.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct UsesOfEntry {
    /// The entry.
    pub entry: u64,
    /// Its book.
    pub book: String,
    /// What it is called.
    pub title: String,
    /// The field that came from the cell asked for.
    pub field: Option<String>,
    /// Its title.
    pub field_title: Option<String>,
    /// Figures.
    pub figures: Vec<FigureUse>,
    /// Sentences of the reports as they read now.
    pub sentences: Vec<SentenceUse>,
    /// Grades.
    pub grades: Vec<GradeUse>,
    /// Published values.
    pub published: Vec<PublishedUse>,
}

/// A figure that uses an entry.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FigureUse {
    /// The figure.
    pub figure: String,
    /// Its title.
    pub title: String,
    /// For which period.
    pub period: Span,
    /// `value` when it is among the rows added up, `subject` when those are about it, `base` when it is in last year's value.
    pub role: &'static str,
    /// The value as printed.
    pub shown: String,
    /// The value without it, as printed; where the value is made of sums.
    pub without: Option<String>,
    /// The query that traces it.
    pub question: String,
}

/// A sentence that prints a figure that uses an entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SentenceUse {
    /// The report.
    pub report: String,
    /// Its title.
    pub report_title: String,
    /// Its month.
    pub period: String,
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: String,
    /// The slot in the template.
    pub slot: String,
    /// What is printed.
    pub text: String,
    /// The entry a sheet is about: it is looked at there, not among the reports.
    pub about: Option<u64>,
}

/// A grade of an evaluation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct GradeUse {
    /// The evaluation.
    pub run: u64,
    /// Its scheme.
    pub title: String,
    /// Its year.
    pub year: i16,
    /// Who was graded.
    pub subject: u64,
    /// What it is called.
    pub subject_title: String,
    /// The grade.
    pub grade: Option<String>,
    /// The score.
    pub score: Option<String>,
}

/// A published value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct PublishedUse {
    /// The publication.
    pub publication: u64,
    /// Its report.
    pub report: String,
    /// Its month.
    pub period: String,
    /// What the value is called.
    pub title: String,
    /// What was printed.
    pub text: String,
    /// The sentence.
    pub sentence: String,
}

/// What an entry or a cell is used for.
///
/// # Errors
/// [`UsesFault`] when it is not there for this person, or the ledger cannot be read.
pub fn where_used(
    park: &Park,
    publishing: &Publishing,
    actor: &Actor,
    target: &Target,
) -> Result<Uses, UsesFault> {
    if actor.is_enterprise() {
        return Err(Refusal::CommitteeOnly.into());
    }
    let snapshot = park.snapshot()?;
    let found = match target {
        Target::Entry(entry) => vec![(*entry, None)],
        Target::Cell { file, sheet, cell } => in_cell(park, file, sheet, cell)?,
    };
    let newest = crate::overview::newest(park, actor)?;
    let mut items = Vec::new();
    for (entry, field) in found.into_iter().take(MOST_ENTRIES) {
        let entry = park.store().entry(entry)?.ok_or(Refusal::NotFound)?;
        let sight = Sight::new(&park.library().content, Arc::clone(&snapshot), actor);
        let book = sight.book(&entry.book)?;
        if !actor.sees(book, &entry) {
            return Err(Refusal::NotFound.into());
        }
        let walk = Walk {
            park,
            publishing,
            actor,
            snapshot: &snapshot,
            newest,
            entry: &entry,
            book,
            field: field.as_ref(),
        };
        items.push(walk.all(&sight)?);
    }
    Ok(Uses { items, revision: snapshot.revision().0 })
}

/// The entries and fields whose values came from a cell of a file that is kept.
fn in_cell(
    park: &Park,
    file: &str,
    sheet: &str,
    cell: &str,
) -> Result<Vec<(EntryId, Option<FieldId>)>, UsesFault> {
    let row: Option<u32> = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok();
    let sources = park.store().sources()?;
    let named: Vec<_> = sources.iter().rev().filter(|s| s.name == file || s.digest == file).collect();
    if named.is_empty() {
        return Err(UsesFault::UnknownFile(file.to_owned()));
    }
    let (mut found, mut places) = (Vec::new(), Places::new(park));
    for revision in named.iter().flat_map(|source| &source.revisions) {
        for entry in park.store().entries_of(*revision)? {
            // Fixed cells, such as a title that states the period, are every row's; they are not asked for here.
            if !entry.origins.places.iter().any(|(_, own, _)| Some(*own) == row) {
                continue;
            }
            for field in entry.payload.keys() {
                let place = places.of((&entry.book, entry.id), &entry.origins, field)?;
                let here = place.sheet == sheet && place.cell.eq_ignore_ascii_case(cell);
                if here && !found.iter().any(|(known, _)| *known == entry.id) {
                    found.push((entry.id, Some(field.clone())));
                }
            }
        }
    }
    Ok(found)
}

/// One entry, followed to where it is used.
struct Walk<'w> {
    park: &'w Park,
    publishing: &'w Publishing,
    actor: &'w Actor,
    snapshot: &'w Arc<Snapshot>,
    newest: Month,
    entry: &'w Entry,
    book: &'w Book,
    field: Option<&'w FieldId>,
}

/// Whether and how a request uses the entry.
#[derive(Clone)]
struct Used {
    role: &'static str,
    without: Option<Outcome>,
}

impl Walk<'_> {
    fn all(&self, sight: &Sight<'_>) -> Result<UsesOfEntry, UsesFault> {
        let content = &self.park.library().content;
        let engine = Engine::new(content, self.snapshot, self.actor.reader()).on(self.park.today());
        let own = self.own_month();
        let mut months = vec![self.newest];
        months.extend(own.filter(|month| *month != self.newest));
        let field = self.field.and_then(|field| self.book.field(field));
        Ok(UsesOfEntry {
            entry: self.entry.id.0,
            book: self.book.id.to_string(),
            title: sight.title(self.entry.id, Some(&self.book.id)),
            field: self.field.map(ToString::to_string),
            field_title: field.map(|field| field.title.clone()),
            figures: self.figures(&engine, own, &months),
            sentences: {
                let mut sentences = self.sentences(&engine, &months);
                sentences.extend(self.sheets(&engine, &months)?);
                sentences
            },
            grades: self.grades(sight)?,
            published: self.published()?,
        })
    }

    /// The month the entry speaks of.
    fn own_month(&self) -> Option<Month> {
        match self.entry.payload.get(self.book.time.as_ref()?)? {
            Value::Period(period) => Some(period.end),
            Value::Date(date) => Some(Month::of(*date)),
            _ => None,
        }
    }

    fn figures(&self, engine: &Engine<'_>, own: Option<Month>, months: &[Month]) -> Vec<FigureUse> {
        let content = &self.park.library().content;
        let mut uses: Vec<FigureUse> = Vec::new();
        for id in self.candidates() {
            let Some(figure) = content.figures.get(&id) else { continue };
            if !crate::definitions::sees(content, self.actor, figure) {
                continue;
            }
            for month in months {
                let request = Request::new(id.clone(), *month).exact();
                if let Some(used) = self.used(engine, &request) {
                    Self::tell(engine, figure, &request, used, &mut uses);
                }
            }
            // A year later it is in the base.
            let later = own.map(|own| own.plus(12)).filter(|later| *later <= self.newest);
            if let Some(later) = later {
                let request = Request::new(id.clone(), later).exact();
                let base = engine.pieces(&request, Quantity::Growth);
                let holds = base.is_ok_and(|pieces| {
                    pieces
                        .leaves
                        .iter()
                        .flat_map(|leaf| &leaf.shares)
                        .any(|share| share.entry == self.entry.id)
                });
                if holds {
                    Self::tell(engine, figure, &request, Used { role: "base", without: None }, &mut uses);
                }
            }
        }
        uses
    }

    /// Figures that may use the entry: those over its book, and those over books whose rows are about it.
    fn candidates(&self) -> Vec<model::id::FigureId> {
        let content = &self.park.library().content;
        let about = |book: &&Book| {
            let subject = book.subject.as_ref().and_then(|subject| book.fields.get(subject)?.kind.book());
            subject == Some(&self.book.id)
        };
        let books: Vec<&BookId> = std::iter::once(&self.book.id)
            .chain(content.books.values().filter(about).map(|book| &book.id))
            .collect();
        let mut found: Vec<model::id::FigureId> = Vec::new();
        for figure in books.into_iter().flat_map(|book| figures_over(content, book)) {
            if !found.contains(figure) {
                found.push(figure.clone());
            }
        }
        found
    }

    fn tell(engine: &Engine<'_>, figure: &Figure, request: &Request, used: Used, uses: &mut Vec<FigureUse>) {
        let answer = engine.evaluate(request);
        let period = Span::of(answer.period);
        if uses.iter().any(|u| u.figure == figure.id.as_str() && u.period == period && u.role == used.role) {
            return;
        }
        uses.push(FigureUse {
            figure: figure.id.to_string(),
            title: figure.title.clone(),
            period,
            role: used.role,
            shown: shown(figure, &answer.value),
            without: used.without.map(|value| shown(figure, &value)),
            question: crate::publishing::query(&Question::of(request)),
        });
    }

    /// Whether a request's value uses the entry, and what it would be without.
    fn used(&self, engine: &Engine<'_>, request: &Request) -> Option<Used> {
        let id = self.entry.id;
        match engine.pieces(request, Quantity::Value) {
            Ok(pieces) => {
                let mut sums = pieces.sums();
                let mut role = None;
                for (sum, leaf) in sums.iter_mut().zip(&pieces.leaves) {
                    for share in &leaf.shares {
                        let own = share.entry == id;
                        if own || share.subject == id {
                            *sum -= share.number;
                            role = if own { Some("value") } else { role.or(Some("subject")) };
                        }
                    }
                }
                let role = role.filter(|_| self.reads_field(engine, request))?;
                let without = pieces.formula.value(&sums).map(Outcome::Number);
                Some(Used { role, without })
            }
            Err(BlankReason::NotApplicable) => {
                let cells = engine.trace(request);
                let read = |fields: &[FieldId]| self.field.is_none_or(|field| fields.contains(field));
                let holds = cells.iter().any(|cell| cell.entry == id && read(&cell.fields));
                holds.then_some(Used { role: "value", without: None })
            }
            Err(_) => None,
        }
    }

    /// Whether the value reads the field that is asked about, if one is.
    fn reads_field(&self, engine: &Engine<'_>, request: &Request) -> bool {
        let Some(field) = self.field else { return true };
        engine.trace(request).iter().any(|cell| cell.entry == self.entry.id && cell.fields.contains(field))
    }

    fn sentences(&self, engine: &Engine<'_>, months: &[Month]) -> Vec<SentenceUse> {
        let mut known: HashMap<Request, bool> = HashMap::new();
        let mut found = Vec::new();
        for report in self.park.library().content.reports.values() {
            for month in months {
                // A report that cannot be made says nothing.
                let printed =
                    self.publishing.reads(self.park, self.actor, (&report.id, *month), self.snapshot);
                let Ok(slots) = printed else { continue };
                for slot in slots.iter() {
                    let SlotSubject::Figure { request, row } = &slot.subject else { continue };
                    if crate::publishing::kind(slot.piece) == "period" {
                        continue;
                    }
                    let mut asked = Request { by: None, ..(**request).clone() };
                    asked.only.extend(row.clone());
                    let used =
                        *known.entry(asked).or_insert_with_key(|asked| self.used(engine, asked).is_some());
                    if used {
                        found.push(SentenceUse {
                            report: report.id.to_string(),
                            report_title: report.title.clone(),
                            period: month.to_string(),
                            paragraph: slot.paragraph,
                            sentence: slot.sentence(),
                            slot: slot.slot.clone(),
                            text: slot.text.clone(),
                            about: None,
                        });
                    }
                }
            }
        }
        found
    }

    fn grades(&self, sight: &Sight<'_>) -> Result<Vec<GradeUse>, UsesFault> {
        let subject = self.book.subject.as_ref().and_then(|field| self.entry.payload.get(field));
        let subject = subject.and_then(Value::as_entry);
        let mut found = Vec::new();
        for graded in [Some(self.entry.id), subject].into_iter().flatten() {
            for (run, grade) in crate::parcels::graded(self.park, graded)? {
                found.push(GradeUse {
                    run: run.id,
                    title: run.scheme_title,
                    year: run.year,
                    subject: graded.0,
                    subject_title: sight.title(graded, None),
                    grade: grade.grade,
                    score: grade.score.map(|score| score.normalize().to_string()),
                });
            }
        }
        Ok(found)
    }

    fn published(&self) -> Result<Vec<PublishedUse>, UsesFault> {
        let content = &self.park.library().content;
        let mut found = Vec::new();
        for record in self.park.store().published()?.iter().rev() {
            let snapshot = self.park.snapshot_of(record.revision)?;
            if snapshot.find(self.entry.id).is_none() {
                continue;
            }
            let engine = Engine::new(content, &snapshot, self.actor.reader());
            let mut known: HashMap<Request, bool> = HashMap::new();
            for (request, title, text, sentence) in Publishing::asked_of(self.park, record)? {
                let used =
                    *known.entry(request).or_insert_with_key(|asked| self.used(&engine, asked).is_some());
                if used {
                    found.push(PublishedUse {
                        publication: record.id,
                        report: record.report.to_string(),
                        period: record.period.to_string(),
                        title,
                        text,
                        sentence,
                    });
                }
            }
        }
        Ok(found)
    }
}

impl From<explore::AskFault> for UsesFault {
    fn from(fault: explore::AskFault) -> Self {
        Self::Explore(fault.into())
    }
}
