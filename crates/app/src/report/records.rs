//! What was printed where, and how it travels inside the document: tags of content controls and their basis.
//!
//! A tag is `pl:<n>:<report>:<month>:<8 hex digits>:<8 hex digits>`: the number of the slot in the document, which report
//! for which month, a digest of where in the template the slot stands and one of the text that was printed. So a control
//! that was pasted into another document still knows what it is and whether somebody typed over it. The basis lists each
//! tag with figure, period, options, exact value and printed text, so that the document can be audited and refreshed after
//! its prose was edited.
//!
//! Deliberately absent: the Word format (that is `office`).

use std::fmt::Write as _;
use std::sync::Arc;

use figures::{FieldPath, Request};
use indexmap::IndexSet;
use model::content::Content;
use model::finding::{Finding, Place, Severity};
use model::id::{ClaimId, ExclusionId, FigureId, Revision, UnitId};
use model::period::Period;
use model::wording::number::say_period_of_year;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::answers::Answers;
use super::ask::{Part, Subject};
use super::branches::Branch;
use super::matter::Known;
use super::print::Piece;
use super::script::{Script, Tag};
use super::session::{Cell, Printed, State};
use super::settings::Setup;
use super::{ReportInput, check, messages, paragraphs, print};

/// One printed slot.
#[derive(Clone, PartialEq, Debug)]
pub struct SlotRecord {
    /// Its number in the document, from 1.
    pub n: usize,
    /// The part of the file, such as `word/document.xml`.
    pub part: String,
    /// Number of the paragraph in the finished part, from 1.
    pub paragraph: usize,
    /// The text of that paragraph, filled.
    pub paragraph_text: Arc<str>,
    /// Where in it the printed text begins, in bytes.
    pub at: usize,
    /// What heads its row and its column, when it stands in a table.
    pub heads: Option<(Arc<str>, Arc<str>)>,
    /// The slot in the template without its braces.
    pub slot: String,
    /// The loop tag around it without its braces.
    pub in_loop: Option<String>,
    /// Which pass of the loop, from 1.
    pub pass: u32,
    /// The tag of its content control.
    pub tag: String,
    /// The title of its content control: what and when.
    pub alias: String,
    /// The printed text.
    pub text: String,
    /// What it speaks of.
    pub subject: SlotSubject,
    /// Which part of that, by its name in templates: `value`, `yoy`, `names`, …
    pub piece: &'static str,
    /// What it is called: the figure's title, with the line of a breakdown.
    pub title: String,
    /// The period it speaks of.
    pub period: Option<Period>,
    /// The exact value before rounding; `None` where there is none.
    pub value: Option<String>,
    /// The unit of the exact value.
    pub unit: Option<UnitId>,
    /// 口径 in words.
    pub basis: String,
    /// How many entries were counted.
    pub entries: usize,
    /// Why there is no value.
    pub blank: Option<String>,
}

impl SlotRecord {
    /// The sentence it stands in; in a cell of a table what heads it, and what stands there.
    pub fn sentence(&self) -> String {
        let said = crate::publishing::sentence(&self.paragraph_text, self.at);
        match &self.heads {
            Some((row, column)) => messages::in_cell(row, column, said),
            None => said.to_owned(),
        }
    }
}

/// What a slot speaks of.
#[derive(Clone, PartialEq, Debug)]
pub enum SlotSubject {
    /// A figure, or one line of its breakdown.
    Figure {
        /// The question that was asked.
        request: Arc<Request>,
        /// The line: the field it is broken down by and what it is called there.
        row: Option<(FieldPath, String)>,
    },
    /// The members of an exclusion set.
    Exclusion {
        /// The set.
        id: ExclusionId,
        /// The question whose answer names them.
        request: Arc<Request>,
    },
    /// A fact of what the sheet is about.
    Fact(Arc<Known>),
    /// The report's own month or the year planned for.
    Report,
}

impl SlotSubject {
    /// The figure, if it speaks of one.
    pub fn figure(&self) -> Option<&FigureId> {
        match self {
            Self::Figure { request, .. } => Some(&request.figure),
            Self::Fact(known) => known.fact.figure(),
            Self::Exclusion { .. } | Self::Report => None,
        }
    }
}

/// What the whole document depends on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Provenance {
    /// The report's id.
    pub report: String,
    /// What its parameters were set to, as `name=value`; empty without any.
    pub settings: String,
    /// Its title.
    pub title: String,
    /// Its month.
    pub period: String,
    /// The ledger revision.
    pub revision: Revision,
    /// SHA-256 of the content in force.
    pub content: String,
}

/// The options of a question in one line: `window=month exclude=a where=b:c by=d row=e`.
pub(super) fn options(subject: &SlotSubject) -> String {
    let (request, row) = match subject {
        SlotSubject::Figure { request, row } => (request, row),
        SlotSubject::Fact(known) => return of_fact(known),
        SlotSubject::Exclusion { .. } | SlotSubject::Report => return String::new(),
    };
    let mut words = Vec::new();
    if request.exact {
        words.push(format!("at={}", request.at));
    }
    words.extend(request.window.map(|window| format!("window={}", window.name())));
    words.extend(request.exclude.iter().map(|whom| match whom {
        figures::Exclude::Named(id) => format!("exclude={id}"),
        figures::Exclude::Names(names) => format!("exclude={}", names.join(",")),
        figures::Exclude::Top(k) => format!("exclude=top:{k}"),
    }));
    words.extend(request.only.iter().map(|(path, text)| format!("where={path}:{text}")));
    words.extend(row.iter().map(|(path, name)| format!("row={path}:{name}")));
    words.join(" ")
}

/// The name of a fact and of its line.
fn of_fact(known: &Known) -> String {
    let line = if known.line.is_empty() { String::new() } else { format!(" line={}", known.line) };
    format!("fact={}{line}", known.name)
}

/// What every tag of a report begins with.
pub(crate) const TAGS: &str = "pl:";
/// Longest report id a tag holds; of longer ones it holds a digest.
const TAG_REPORT: usize = 28;

/// The tag of a slot's content control.
pub(super) fn tag(record: &SlotRecord, about: &Provenance) -> String {
    let stand = stand(&record.slot, record.in_loop.as_deref().unwrap_or_default(), record.pass);
    tag_of(&record.n.to_string(), about, &stand, &record.text)
}

/// A tag: its beginning, the report, where in the template it stands, what was printed.
pub(super) fn tag_of(n: &str, about: &Provenance, stand: &str, text: &str) -> String {
    format!("{TAGS}{n}:{}:{}:{stand}:{}", in_tag(&about.report), about.period, short(&[text]))
}

/// A report's id as a tag holds it.
pub(super) fn in_tag(report: &str) -> String {
    if report.len() > TAG_REPORT { format!("~{}", short(&[report])) } else { report.to_owned() }
}

/// Where in a template a slot stands, as a tag holds it.
pub(super) fn stand(slot: &str, in_loop: &str, pass: u32) -> String {
    short(&[slot, in_loop, &pass.to_string()])
}

/// The title of a slot's control: what and when.
pub(super) fn alias(title: &str, piece: &str, period: Option<Period>) -> String {
    let part = Part::named(piece).map_or("", messages::part_title);
    let when = period.map(say_period_of_year).unwrap_or_default();
    cut(&printable(&messages::alias(title, part, &when)), 64)
}

/// The beginning of a digest over texts.
pub(super) fn short(fields: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update(field);
        hasher.update("|");
    }
    hex(&hasher.finalize())[..8].to_owned()
}

/// The XML kept inside the document; `kept` are elements that other modules add.
pub(super) fn basis_xml(
    records: &[SlotRecord],
    branches: &[Branch],
    about: &Provenance,
    definition: impl Fn(&FigureId) -> String,
    kept: &str,
) -> String {
    let mut out = String::from("<basis xmlns=\"urn:parkledger:basis:1\"");
    attributes(
        &mut out,
        &[
            ("report", &about.report),
            ("settings", &about.settings),
            ("title", &about.title),
            ("period", &about.period),
            ("revision", &about.revision.to_string()),
            ("content", &about.content),
        ],
    );
    out.push('>');
    for record in records {
        out.push_str("<slot");
        let figure = record.subject.figure();
        let period = record.period.map(|period| period.to_string()).unwrap_or_default();
        let exclusion =
            if let SlotSubject::Exclusion { id, .. } = &record.subject { id.as_str() } else { "" };
        attributes(
            &mut out,
            &[
                ("n", &record.n.to_string()),
                ("tag", &record.tag),
                ("figure", figure.map_or("", FigureId::as_str)),
                ("exclusion", exclusion),
                ("title", &record.title),
                ("piece", record.piece),
                ("period", &period),
                ("options", &options(&record.subject)),
                ("value", record.value.as_deref().unwrap_or_default()),
                ("unit", record.unit.as_ref().map_or("", UnitId::as_str)),
                ("text", &record.text),
                ("blank", record.blank.as_deref().unwrap_or_default()),
                ("slot", &record.slot),
                ("loop", record.in_loop.as_deref().unwrap_or_default()),
                ("pass", &record.pass.to_string()),
                ("definition", &figure.map(&definition).unwrap_or_default()),
            ],
        );
        out.push_str("/>");
    }
    for branch in branches {
        out.push_str("<branch");
        attributes(
            &mut out,
            &[("tag", &branch.tag), ("condition", &branch.condition), ("text", &branch.text)],
        );
        out.push_str("/>");
    }
    out.push_str(kept);
    out.push_str("</basis>");
    out
}

/// Writes the attributes that say something.
pub(super) fn attributes(out: &mut String, pairs: &[(&str, &str)]) {
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(out, " {name}=\"");
        for letter in value.chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\t' | '\n' | '\r' => {
                    let _ = write!(out, "&#{};", u32::from(letter));
                }
                _ => out.push(letter),
            }
        }
        out.push('"');
    }
}

/// A text that can stand in a document: without the characters XML cannot hold and those that mark tokens.
pub(super) fn printable(text: &str) -> String {
    let fits = |letter: &char| !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{e000}' | '\u{e001}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(fits).collect()
}

/// The beginning of a text, for tags and titles that hold so many characters.
pub(super) fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A claim a template asked.
#[derive(Clone, PartialEq, Debug)]
pub struct ClaimRecord {
    /// Its id.
    pub id: ClaimId,
    /// The statement.
    pub title: String,
    /// Whether it holds; `None` when it cannot be judged.
    pub holds: Option<bool>,
    /// What it was judged by, each as `name = value`.
    pub operands: Vec<String>,
    /// Why it cannot be judged; empty otherwise.
    pub reason: String,
    /// The condition in the template that asked first, without its braces.
    pub tag: String,
    /// The part and paragraph of the template it stands in.
    pub place: (String, usize),
}

/// The records of everything that was printed; their tags are still empty.
pub(super) fn slots(
    script: &Script,
    state: &State,
    answers: &Answers,
    (input, setup): (&ReportInput<'_>, &Setup),
    rendered: &[(String, String)],
) -> Vec<SlotRecord> {
    let describe =
        |(index, printed): (usize, &Printed)| slot(index, printed, script, answers, (input, setup));
    let mut slots: Vec<SlotRecord> = state.printed.iter().enumerate().map(describe).collect();
    for (part, source) in rendered {
        let stands = paragraphs::find(source, |token| slots.get(token).map_or("", |slot| slot.text.as_str()));
        for found in stands {
            if let Some(slot) = slots.get_mut(found.token) {
                slot.part.clone_from(part);
                slot.paragraph = found.number;
                slot.paragraph_text = found.text;
                slot.at = found.at;
                slot.heads = found.heads;
            }
        }
    }
    slots
}

fn slot(
    index: usize,
    printed: &Printed,
    script: &Script,
    answers: &Answers,
    (input, setup): (&ReportInput<'_>, &Setup),
) -> SlotRecord {
    let Cell { subject, part, style } = &printed.cell;
    let content = &input.library.content;
    let mut said = answers.describe(subject, *part, content, input.period);
    if let Subject::Setting(name) = subject
        && let Some((text, title)) = setup.shown(name, content)
    {
        (said.piece, said.title) = (Piece::Text(text), title);
    }
    let shown = print::show(&said.piece, style, &content.units);
    let tag = script.tags.get(printed.tag);
    let in_loop = tag.and_then(|tag| tag.within).and_then(|within| script.tags.get(within));
    let (text, value, unit, blank) = match shown {
        Ok(shown) => (printable(&shown.text), Some(shown.exact), shown.unit, None),
        Err((reason, _)) => (messages::missing(&reason), None, None, Some(reason)),
    };
    SlotRecord {
        n: index + 1,
        part: String::new(),
        paragraph: 0,
        paragraph_text: Arc::from(""),
        at: 0,
        heads: None,
        slot: tag.map_or("", Tag::inner).to_owned(),
        in_loop: in_loop.map(|tag| tag.inner().to_owned()),
        pass: printed.pass,
        tag: String::new(),
        alias: alias(&said.title, part.name(), said.period),
        text,
        subject: said.subject,
        piece: part.name(),
        title: said.title,
        period: said.period,
        value,
        unit,
        basis: said.basis,
        entries: said.entries,
        blank,
    }
}

/// The claims, each once, in the order in which the template asked them.
pub(super) fn claims(
    script: &Script,
    state: &State,
    answers: &Answers,
    input: &ReportInput<'_>,
) -> Vec<ClaimRecord> {
    let mut seen = IndexSet::new();
    let first = state.claims.iter().filter(|(id, _)| seen.insert(id.clone()));
    let record = |(id, tag): &(ClaimId, usize)| {
        let judged = answers.judged(id, &input.library.content);
        let tag = script.tags.get(*tag);
        ClaimRecord {
            id: id.clone(),
            title: input.library.content.claims.get(id).map(|claim| claim.title.clone()).unwrap_or_default(),
            holds: judged.holds,
            operands: judged.operands,
            reason: judged.reason,
            tag: tag.map_or("", Tag::inner).to_owned(),
            place: tag.map(|tag| (tag.part.clone(), tag.paragraph)).unwrap_or_default(),
        }
    };
    first.map(record).collect()
}

/// What a person must look at before the report is sent out.
pub(super) fn findings(
    slots: &[SlotRecord],
    claims: &[ClaimRecord],
    script: &Script,
    state: &State,
    answers: &Answers,
    content: &Content,
    file: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |code: &str, severity, place, message: String, hint: String| {
        findings.push(Finding { code: code.to_owned(), severity, place, message, hint });
    };
    for slot in slots {
        let Some(reason) = &slot.blank else { continue };
        let part = Part::named(slot.piece).map_or("", messages::part_title);
        let around = paragraphs::excerpt(&slot.paragraph_text, slot.at, slot.text.len());
        let place = check::place("", &slot.part, slot.paragraph);
        let message = messages::unfilled(&slot.title, part, reason, &around);
        add("report-unfilled", Severity::Warning, place, message, messages::FILL_HINT.to_owned());
    }
    for claim in claims.iter().filter(|claim| claim.holds != Some(true)) {
        let operands = claim.operands.join(messages::AND);
        let place = check::place(file, &claim.place.0, claim.place.1);
        let (code, severity, (message, hint)) = if claim.holds.is_some() {
            ("report-claim-false", Severity::Note, messages::claim_false(&claim.title, &operands))
        } else {
            let said = messages::claim_unknown(&claim.title, &claim.reason, &operands);
            ("report-claim-unknown", Severity::Warning, said)
        };
        add(code, severity, place, message, hint);
    }
    for index in &state.empty_loops {
        let Some(tag) = script.tags.get(*index) else { continue };
        let (message, hint) = messages::empty_loop(&tag.text);
        add(
            "report-empty-loop",
            Severity::Warning,
            check::place(file, &tag.part, tag.paragraph),
            message,
            hint,
        );
    }
    for (title, period, note) in answers.doubts(slots, content) {
        let message = messages::doubtful(&title, &say_period_of_year(period), &note);
        add("report-doubtful", Severity::Note, Place::default(), message, messages::DOUBTFUL_HINT.to_owned());
    }
    findings
}
