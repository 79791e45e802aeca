//! Audit (核对): every number of a finished document – ours or anybody's – against the ledger.
//!
//! Whose number it is, is found in three ways, the surest first: by the *tag* of its content control; by the *sentence*,
//! which is known from what the content's own reports say today (numbers left aside); by the *name* of a figure around it
//! (`subject`), for the time its words name (`when`). Then `judge` compares: printed places, qualifiers, units,
//! directions. A number that no way leads to is unknown, never wrong; dates and labels are no figures (`quantity`).
//!
//! Beside the ledger the document is held against itself: `consistency`.
//!
//! Deliberately absent: prose without numbers or claims. To add a way: a function beside `by_sentence` and a variant of [`Way`].

mod consistency;
mod groups;
mod judge;
mod mention;
mod messages;
mod names;
mod numeral;
mod period;
mod plain;
mod quantity;
mod reference;
mod subject;
mod when;

use std::collections::HashMap;

use figures::Reader;
use model::definition::Figure;
use model::period::Month;
use model::unit::Units;
use office::docx::{Author, Note, Paragraph};
use serde::Serialize;
use utoipa::ToSchema;

pub use consistency::{Conflict, ConflictKind, Spot};
pub use period::PeriodFrom;
pub use quantity::Qualifier;

use crate::access::Actor;
use crate::park::Park;
use crate::reporting::ReportingFault;
use crate::worker::Outlined;
use judge::judge;
use mention::{Mention, mentions};
use quantity::{Kind, is_rate, numbers};
use reference::{Own, Reference, compared};
use subject::{Found, Reading, Said, Subjects};

use super::{ReportFault, messages as words};

/// How a number turned out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The ledger says the same.
    Supported,
    /// The ledger says otherwise.
    Contradicted,
    /// Nobody knows what it speaks of.
    Unknown,
    /// It is known what it speaks of, but the ledger has no value.
    Incomparable,
}

/// How it was found whose number it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By the tag of its content control.
    Tag,
    /// By the sentence around it.
    Sentence,
    /// By the name of a figure around it.
    Title,
}

/// A number of a document and what became of it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = AuditItem)]
pub struct Item {
    /// The part of the file.
    pub part: String,
    /// The paragraph of the part, from 1; for texts the line.
    pub paragraph: usize,
    /// Where in the paragraph, in characters from 0.
    pub at: usize,
    /// Number, unit and qualifier as printed.
    pub text: String,
    /// The sentence it stands in.
    pub sentence: String,
    /// How the number limits the truth.
    pub qualifier: Qualifier,
    /// What became of it.
    pub verdict: Verdict,
    /// How its subject was found.
    pub way: Option<Way>,
    /// What it speaks of, in words.
    pub title: String,
    /// The figure, for a trace.
    pub figure: Option<String>,
    /// Which part of the figure: `value`, `yoy`, …
    pub piece: String,
    /// The period it speaks of.
    pub period: String,
    /// The options of the question behind it.
    pub options: String,
    /// The query of the figures API that traces it.
    pub question: Option<String>,
    /// What the ledger says, as a report prints it.
    pub ledger: Option<String>,
    /// The newest older revision that gave this very number.
    pub older_revision: Option<u64>,
    /// Why it is not supported.
    pub note: String,
}

/// An audited document.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Audited {
    /// The month it was audited for.
    #[schema(value_type = String)]
    pub period: Month,
    /// Why for this month.
    pub period_from: PeriodFrom,
    /// The ledger revision.
    pub revision: u64,
    /// Every number, from top to bottom.
    pub items: Vec<Item>,
    /// Where the document contradicts itself.
    pub conflicts: Vec<Conflict>,
    /// What was taken out of the file before it was read, each in a sentence.
    pub set_aside: Vec<String>,
}

impl Audited {
    /// How many turned out so.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.items.iter().filter(|item| item.verdict == verdict).count()
    }

    /// A comment at every number that the ledger or the document itself contradicts.
    fn notes(&self) -> Vec<Note> {
        let wrong = self.items.iter().filter(|item| item.verdict == Verdict::Contradicted).map(|item| Note {
            part: item.part.clone(),
            paragraph: item.paragraph - 1,
            range: Some((item.at, item.at + item.text.chars().count())),
            text: messages::comment(&item.text, &item.title, &item.note),
        });
        let torn = self.conflicts.iter().filter_map(|conflict| Some((conflict, conflict.at.last()?)));
        let torn = torn.map(|(conflict, spot)| Note {
            part: spot.part.clone(),
            paragraph: spot.paragraph - 1,
            range: Some((spot.at, spot.at + spot.text.chars().count())),
            text: messages::torn(&conflict.message),
        });
        wrong.chain(torn).collect()
    }
}

/// Sentence and hint when a document itself is why it cannot be audited.
pub fn refusal(fault: &ReportFault) -> Option<(String, String)> {
    messages::refusal(fault)
}

/// What led to a number's meaning, to ask older states of the ledger the same.
enum Source<'a> {
    Anchor(usize),
    Reading(Reading<'a>),
    None,
}

/// A number of the content's own reports that a number was known by.
#[derive(Clone, Copy)]
struct Known {
    anchor: usize,
    way: Way,
    /// Characters their sentences share.
    shared: usize,
}

/// Shared characters by which a sentence is known more surely than by a name in it.
const STRONG: usize = 30;

/// Letters a heading has at most.
const HEADING: usize = 40;

/// Older revisions that are asked whether they gave a contradicted number, newest first.
const OLDER: usize = 3;

impl Park {
    /// What a Word file or a plain text says.
    ///
    /// # Errors
    /// [`ReportingFault`] when the worker gives no answer or refuses the file.
    pub fn read_document(&self, bytes: &[u8]) -> Result<Outlined, ReportingFault> {
        if !bytes.starts_with(b"PK")
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            let paragraphs = plain::paragraphs(text);
            return Ok(Outlined { paragraphs, basis: Vec::new(), set_aside: Vec::new() });
        }
        let read = self.worker.outline(bytes.to_vec()).map_err(ReportFault::Worker)?;
        Ok(read.map_err(ReportFault::Document)?)
    }

    /// Audits a document for a month; without one, for the month its basis names or its text speaks of.
    ///
    /// # Errors
    /// [`ReportingFault`] when the ledger cannot be read or the reports to compare with cannot be made.
    pub fn audit(
        &self,
        document: &Outlined,
        period: Option<Month>,
        actor: &Actor,
    ) -> Result<Audited, ReportingFault> {
        self.audit_seen(document, period, actor, &|_| true)
    }

    /// As [`Park::audit`], for somebody who sees these figures only.
    ///
    /// # Errors
    /// As [`Park::audit`].
    pub fn audit_seen(
        &self,
        document: &Outlined,
        period: Option<Month>,
        actor: &Actor,
        sees: &dyn Fn(&Figure) -> bool,
    ) -> Result<Audited, ReportingFault> {
        let snapshot = self.snapshot()?;
        let content = &self.library.content;
        let (period, period_from) = period::of(document, period, content, &snapshot)
            .unwrap_or_else(|| (Month::of(self.today()), PeriodFrom::Newest));
        let reader = actor.reader();
        let own = Own::of(self, actor, document, period)?;
        let reference = Reference::of(self, period, own, &snapshot, reader)?;
        let tagged = reference.tags(&document.basis);
        let mut subjects = Subjects::of(content, &snapshot, (reader, period), sees);
        let leads = leads(&document.paragraphs);
        let numbered = numbered(&document.paragraphs);
        let mut found = Vec::new();
        for mention in mentions(&document.paragraphs, &content.units) {
            let paragraph = &document.paragraphs[mention.paragraph];
            if is_furniture(paragraph) {
                continue;
            }
            let mut item = blank(&mention, paragraph, numbered[mention.paragraph]);
            let known = known(&reference, &tagged, &mention, paragraph, &content.units);
            let lead = leads[mention.paragraph];
            let strong = known.filter(|known| known.shared >= STRONG);
            let named = match strong {
                Some(_) => Found::default(),
                None => named(&mut item, &mut subjects, &mention, paragraph, lead, &content.units),
            };
            // A sentence known less surely must not speak of another figure than the one named in it.
            let weak = known.filter(|known| {
                let own = reference.figure(known.anchor);
                named.figure.is_none_or(|figure| own.is_none_or(|own| *own == figure.id))
            });
            let source = match (strong.or(weak.filter(|_| named.reading.is_none())), named.reading) {
                (Some(known), _) => {
                    reference.settle(&mut item, &mention, known.anchor, &content.units);
                    item.way = Some(known.way);
                    Source::Anchor(known.anchor)
                }
                (None, Some(reading)) => Source::Reading(reading),
                (None, None) => Source::None,
            };
            // What only names a time, a document or a line of a list is no figure, unless a report's own slot prints it.
            if matches!(source, Source::None) && matches!(mention.spoken.kind, Kind::Time | Kind::Label) {
                continue;
            }
            found.push((mention, source, item));
        }
        if found.iter().any(|(_, _, item)| item.verdict == Verdict::Contradicted) {
            self.look_back(&reference, &mut found, (period, reader), sees)?;
        }
        let items: Vec<Item> = found.into_iter().map(|(_, _, item)| item).collect();
        let conflicts = consistency::conflicts(&document.paragraphs, &items, &content.units);
        let set_aside = document.set_aside.clone();
        Ok(Audited { period, period_from, revision: snapshot.revision().0, items, conflicts, set_aside })
    }

    /// Says of contradicted numbers which older revision gave them.
    fn look_back(
        &self,
        reference: &Reference,
        found: &mut [(Mention, Source<'_>, Item)],
        (period, reader): (Month, Reader),
        sees: &dyn Fn(&Figure) -> bool,
    ) -> Result<(), ReportingFault> {
        let content = &self.library.content;
        let revisions = self.store.revisions()?;
        for record in revisions.iter().rev().skip(1).take(OLDER) {
            let open = |item: &Item| {
                let wrong = item.verdict == Verdict::Contradicted && item.older_revision.is_none();
                wrong && item.qualifier == Qualifier::Exact
            };
            if !found.iter().any(|(_, _, item)| open(item)) {
                break;
            }
            let snapshot = self.snapshot_at(record.revision)?;
            let older = Reference::words(self, period, &snapshot, reader)?;
            let mut subjects = Subjects::of(content, &snapshot, (reader, period), sees);
            for (mention, source, item) in found.iter_mut().filter(|(_, _, item)| open(item)) {
                let gave = match source {
                    Source::Anchor(anchor) => {
                        let truth = reference.older_truth(*anchor, &older);
                        let compared = compared(&mention.left);
                        truth.is_some_and(|truth| {
                            judge(&mention.spoken, compared, &truth, &content.units).is_ok()
                        })
                    }
                    Source::Reading(reading) => subjects.gave(reading, &mention.spoken),
                    Source::None => false,
                };
                if gave {
                    item.older_revision = Some(record.revision.0);
                    item.note = messages::older(record.revision.0, &item.note);
                }
            }
        }
        Ok(())
    }

    /// A copy of a Word file with a comment at every number that the ledger or the document itself contradicts.
    ///
    /// # Errors
    /// [`ReportingFault`] when the worker gives no answer or refuses the file.
    pub fn annotated(&self, bytes: &[u8], audited: &Audited) -> Result<Vec<u8>, ReportingFault> {
        let at = self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let author = Author { name: messages::AUTHOR.to_owned(), at };
        let done = self.worker.annotate(bytes.to_vec(), audited.notes(), author);
        Ok(done.map_err(ReportFault::Worker)?.map_err(ReportFault::Document)?)
    }
}

/// Whether a paragraph is the number of a page, as heads and feet of Word files hold it.
fn is_furniture(paragraph: &Paragraph) -> bool {
    let around = ["word/header", "word/footer"].iter().any(|part| paragraph.part.starts_with(part));
    around && plain::is_page_number(&paragraph.text, true)
}

/// The number of our own reports that a number is, by tag or sentence.
fn known(
    reference: &Reference,
    tagged: &HashMap<&str, usize>,
    mention: &Mention,
    paragraph: &Paragraph,
    units: &Units,
) -> Option<Known> {
    let by_tag = reference::control(paragraph, mention, units).and_then(|(tag, nth)| {
        let anchor = tagged.get(tag).and_then(|slot| reference.anchor(*slot, nth))?;
        Some(Known { anchor, way: Way::Tag, shared: usize::MAX })
    });
    by_tag.or_else(|| {
        let (anchor, shared) = reference.by_sentence(mention, units)?;
        Some(Known { anchor, way: Way::Sentence, shared })
    })
}

/// What a number turned out to be by the names around it; a cell is read as a sentence of its heads.
fn named<'a>(
    item: &mut Item,
    subjects: &mut Subjects<'a>,
    mention: &Mention,
    paragraph: &Paragraph,
    lead: &str,
    units: &Units,
) -> Found<'a> {
    let Some(heads) = &mention.heads else {
        let numbers = numbers(&paragraph.text, units);
        let said = Said { text: &paragraph.text, spoken: &mention.spoken, numbers: &numbers, lead };
        return subjects.settle(item, &said);
    };
    if messages::meaning::NUMBERING_HEADS.contains(&heads.column.as_str()) || heads.column == paragraph.text {
        return Found::default();
    }
    let (text, from) = heads.sentence(&paragraph.text);
    let numbers = numbers(&text, units);
    let Some(spoken) = numbers.iter().filter(|number| number.start >= from).nth(mention.nth) else {
        return Found::default();
    };
    let mut spoken = spoken.clone();
    let change = messages::meaning::CHANGE_HEADS.iter().any(|word| heads.column.contains(word));
    if spoken.unit.is_none() {
        let unit = heads.unit(units);
        spoken.unit = if change { unit.filter(|unit| is_rate(unit)).or(Some("%".to_owned())) } else { unit };
    }
    if change && spoken.direction.is_none() {
        spoken.direction = Some(1);
    }
    subjects.settle(item, &Said { text: &text, spoken: &spoken, numbers: &numbers, lead })
}

/// For each paragraph the heading above it: a short one that ends no sentence.
fn leads(paragraphs: &[Paragraph]) -> Vec<&str> {
    let mut lead = "";
    let mut leads = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        leads.push(lead);
        let text = paragraph.text.trim();
        let heading = text.chars().count() <= HEADING && !text.ends_with(messages::meaning::STOPS);
        if paragraph.in_table.is_none() && !text.is_empty() {
            let plain = text.trim_start_matches(|sign| messages::meaning::NUMBERING.contains(sign));
            lead = if heading { plain } else { "" };
        }
    }
    leads
}

/// The number of each paragraph within its part, from 1.
fn numbered(paragraphs: &[Paragraph]) -> Vec<usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let count = |paragraph: &Paragraph| {
        let count = counts.entry(paragraph.part.clone()).or_default();
        *count += 1;
        *count
    };
    paragraphs.iter().map(count).collect()
}

/// The sentence around a byte of a text.
fn sentence(text: &str, at: usize) -> &str {
    const ENDS: [char; 4] = ['。', '！', '？', '\n'];
    let from =
        text[..at].char_indices().rev().find(|(_, c)| ENDS.contains(c)).map_or(0, |(n, c)| n + c.len_utf8());
    let to = text[at..]
        .char_indices()
        .find(|(_, c)| ENDS.contains(c))
        .map_or(text.len(), |(n, c)| at + n + c.len_utf8());
    text[from..to].trim()
}

fn blank(mention: &Mention, paragraph: &Paragraph, number: usize) -> Item {
    let spoken = &mention.spoken;
    Item {
        part: paragraph.part.clone(),
        paragraph: number,
        at: paragraph.text[..spoken.start].chars().count(),
        text: paragraph.text[spoken.start..spoken.end].to_owned(),
        sentence: match &mention.heads {
            Some(heads) if heads.column != paragraph.text && !heads.row.is_empty() => {
                words::in_cell(&heads.row, &heads.column, sentence(&paragraph.text, spoken.start))
            }
            _ => sentence(&paragraph.text, spoken.start).to_owned(),
        },
        qualifier: spoken.qualifier,
        verdict: Verdict::Unknown,
        way: None,
        title: String::new(),
        figure: None,
        piece: String::new(),
        period: String::new(),
        options: String::new(),
        question: None,
        ledger: None,
        older_revision: None,
        note: messages::NOBODY_KNOWS.to_owned(),
    }
}
