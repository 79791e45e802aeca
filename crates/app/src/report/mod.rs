//! Reports (报告): a Word template filled from the ledger, every number a content control that leads to its basis, and an
//! evidence workbook beside it that leads from each number to its cells.
//!
//! The walk of a report: the template is read into source and tags (`script`), every tag is checked against the closed
//! grammar (`grammar`) and asked once what it needs (`check`), the engine answers all of it together (`answers`), the
//! template engine runs with those answers (`objects`, `session`), each printed piece becomes text (`print`) with a
//! record (`records`), and the parts go back into the document. What has no value prints why, and is a finding.
//!
//! Deliberately absent: the clock (`created` is an argument), publishing, PDF. The same revision, content
//! and period give the same bytes. To add a thing a slot can say: see `grammar`, `ask` and `print`.

mod answers;
mod ask;
pub mod audit;
mod blanks;
mod branches;
mod check;
mod evidence;
mod fault;
mod grammar;
mod matter;
mod messages;
mod objects;
mod paragraphs;
mod plot;
mod print;
mod records;
pub mod refresh;
pub mod rehearse;
mod rendering;
mod script;
mod session;
mod settings;
#[cfg(test)]
mod tests;
mod workshop;

use std::sync::Arc;

use figures::{Engine, Reader, Snapshot};
use indexmap::IndexMap;
use jiff::Timestamp;
use model::definition::Report;
use model::finding::{Finding, Severity};
use model::id::ReportId;
use model::period::Month;
use office::docx::{self, Block, Fill, Properties};

use crate::library::Library;
use crate::worker::Assembly;

pub(crate) use evidence::behind;
pub use evidence::{EvidenceSource, SourceNote, evidence, evidence_within};
pub use fault::ReportFault;
pub use matter::{Fact, Known, Matter};
pub use records::{ClaimRecord, Provenance, SlotRecord, SlotSubject};
pub(crate) use records::{TAGS, hex};
pub use rendering::{InProcess, Rendering, TemplateCache};

use answers::Answers;
use script::Script;
use session::{Session, State};
use settings::Setup;
pub use settings::{About, NOTHING_SET, SettingFault, Settings, about, source};
pub use workshop::{SlotOffer, SlotWish, TemplateSlot, offers};

/// What a report is built from.
#[derive(Clone, Copy)]
pub struct ReportInput<'a> {
    /// The content in force.
    pub library: &'a Arc<Library>,
    /// Which report.
    pub report: &'a ReportId,
    /// Its month.
    pub period: Month,
    /// What its parameters are set to; their defaults where nothing is said.
    pub settings: Option<&'a Settings>,
    /// What is known of the one thing it is about; a sheet cannot do without.
    pub matter: Option<&'a Arc<Matter>>,
    /// The ledger at one revision.
    pub snapshot: &'a Snapshot,
    /// Who reads it.
    pub reader: Reader,
    /// What the document says of its own making; the time of the revision, so that building again gives the same bytes.
    pub created: Timestamp,
    /// How Word files and workbooks are read and written.
    pub rendering: &'a dyn Rendering,
    /// Templates read before, if they are kept.
    pub templates: Option<&'a TemplateCache>,
}

/// A finished report.
#[derive(Clone, PartialEq, Debug)]
pub struct Built {
    /// The .docx.
    pub document: Vec<u8>,
    /// SHA-256 of it, lower-case hex.
    pub digest: String,
    /// What it depends on.
    pub provenance: Provenance,
    /// What its parameters were set to, defaults included, as JSON; empty when it has none.
    pub settings: String,
    /// Everything that was printed from the ledger, in the order of the document.
    pub slots: Vec<SlotRecord>,
    /// The claims it asked, each once.
    pub claims: Vec<ClaimRecord>,
    /// Unfilled slots, claims that do not hold, doubtful figures.
    pub findings: Vec<Finding>,
}

/// A report in words: everything of it but the file.
#[derive(Clone, Debug)]
pub struct Composed {
    /// What it depends on.
    pub provenance: Provenance,
    /// Everything that was printed from the ledger, in the order of the document.
    pub slots: Vec<SlotRecord>,
    /// The claims it asked, each once.
    pub claims: Vec<ClaimRecord>,
    /// Unfilled slots, claims that do not hold, doubtful figures.
    pub findings: Vec<Finding>,
    setup: Arc<Setup>,
    template: Vec<u8>,
    script: Arc<Script>,
    rendered: Rendered,
    branches: Vec<branches::Branch>,
    charts: Vec<docx::Chart>,
}

/// Builds a report.
///
/// # Errors
/// [`ReportFault`] when there is no such report, its template cannot be used, or the document cannot be made. Missing
/// data is no error: it is printed as missing and is a finding.
pub fn build(input: &ReportInput<'_>) -> Result<Built, ReportFault> {
    let composed = compose(input)?;
    let basis = composed.basis(input.library, "");
    let assembly = Assembly {
        template: composed.template,
        rendered: composed.rendered,
        fills: composed.slots.iter().map(fill).collect(),
        charts: composed.charts,
        basis,
        properties: properties(&composed.provenance, input),
    };
    let document = input.rendering.assemble(assembly)?.map_err(ReportFault::Document)?;
    let digest = store::digest_hex(&document);
    let Composed { provenance, slots, claims, findings, .. } = composed;
    let settings = composed.setup.json();
    Ok(Built { document, digest, provenance, settings, slots, claims, findings })
}

/// Puts a report into words.
///
/// # Errors
/// As [`build`], but for the document.
pub fn compose(input: &ReportInput<'_>) -> Result<Composed, ReportFault> {
    let report = report_of(input.library, input.report)?;
    let engine = Engine::new(&input.library.content, input.snapshot, input.reader);
    let settings = input.settings.unwrap_or(&NOTHING_SET);
    let misfits = settings::misfits(report, settings, &engine, &input.library.content);
    if !misfits.is_empty() {
        return Err(ReportFault::Settings(misfits));
    }
    let (template, script) = rendering::script(input, report)?;
    let setup = Arc::new(Setup::new(report, input.settings));
    filled(input, &setup, (template, script), &template_path(report))
}

/// Puts a template that is in no report's folder yet into words, so that a clerk sees what each slot says. `report` of the
/// input gives parameters and charts where there is such a report.
///
/// # Errors
/// As [`build`].
pub fn try_template(input: &ReportInput<'_>, bytes: Vec<u8>, name: &str) -> Result<Composed, ReportFault> {
    let of = input.library.content.reports.get(input.report).cloned();
    let report = of.unwrap_or_else(|| Report {
        id: input.report.clone(),
        title: name.to_owned(),
        title_en: name.to_owned(),
        about: None,
        copies: None,
        template: name.to_owned(),
        blanks: Vec::new(),
        parameters: IndexMap::new(),
        charts: IndexMap::new(),
    });
    let template = input.rendering.template(bytes.clone())?.map_err(ReportFault::Document)?;
    let setup = Arc::new(Setup::new(&report, input.settings));
    filled(input, &setup, (bytes, Arc::new(Script::read(&template))), name)
}

fn filled(
    input: &ReportInput<'_>,
    setup: &Arc<Setup>,
    (template, script): (Vec<u8>, Arc<Script>),
    file: &str,
) -> Result<Composed, ReportFault> {
    if setup.report.about.is_some_and(|topic| input.matter.is_none_or(|matter| matter.topic != topic)) {
        return Err(ReportFault::NoSubject(setup.report.title.clone()));
    }
    let checked = check::collect(&script, input.library, (setup, input.period));
    if !checked.faults.is_empty() {
        return Err(ReportFault::Template(check::findings(&script, &checked.faults, file)));
    }
    let engine = Engine::new(&input.library.content, input.snapshot, input.reader);
    let answers = Arc::new(Answers::of(&checked.wants, &engine, &input.library.content, input.period));
    let (mut rendered, state) = render(&script, (input, setup), &answers, file)?;
    let provenance = provenance(input, setup);
    let mut slots = records::slots(&script, &state, &answers, (input, setup), &rendered);
    let charts = plot::charts(setup, &state.charts, &mut slots);
    for slot in &mut slots {
        slot.tag = records::tag(slot, &provenance);
    }
    let branches = branches::settle(&mut rendered, &script, &slots, &provenance);
    let claims = records::claims(&script, &state, &answers, input);
    let findings =
        records::findings(&slots, &claims, &script, &state, &answers, &input.library.content, file);
    let setup = Arc::clone(setup);
    Ok(Composed { provenance, slots, claims, findings, setup, template, script, rendered, branches, charts })
}

impl Composed {
    /// What the document keeps of itself; `kept` are elements of other modules.
    fn basis(&self, library: &Library, kept: &str) -> String {
        let definition = |figure: &model::id::FigureId| definition_digest(library, figure);
        records::basis_xml(&self.slots, &self.branches, &self.provenance, definition, kept)
    }

    /// The charts of the document.
    pub fn charts(&self) -> &[docx::Chart] {
        &self.charts
    }

    /// The body of the document as it will stand in the file, as blocks for a screen. What is read here was written by a
    /// worker and filled by this program, so it needs no worker of its own.
    ///
    /// # Errors
    /// [`ReportFault::Document`] when the document could not be made either.
    pub fn blocks(&self) -> Result<Vec<Block>, ReportFault> {
        let fills: Vec<Fill> = self.slots.iter().map(fill).collect();
        let Some((name, source)) = self.rendered.first() else { return Ok(Vec::new()) };
        docx::preview(name, source, &fills, &self.script.looks).map_err(ReportFault::Document)
    }
}

/// What is wrong with a report's template, without any data: tags outside of the grammar, unknown names, filters that do
/// not fit, a file that is no Word file.
///
/// # Errors
/// [`ReportFault`] when there is no such report or the worker gives no answer.
pub fn check_template(
    library: &Arc<Library>,
    report: &ReportId,
    rendering: &dyn Rendering,
) -> Result<Vec<Finding>, ReportFault> {
    let report = report_of(library, report)?;
    let file = template_path(report);
    let bytes = library.template(report).ok_or_else(|| ReportFault::NoTemplate(file.clone()))?;
    let template = match rendering.template(bytes.to_vec())? {
        Ok(template) => template,
        Err(fault) => return Ok(vec![fault::of_document(&fault, &file)]),
    };
    let script = Script::read(&template);
    let any_month = Month::new(2000, 12).expect("December 2000 is a month");
    let setup = Arc::new(Setup::sample(report));
    let checked = check::collect(&script, library, (&setup, any_month));
    let mut findings = check::findings(&script, &checked.faults, &file);
    findings.extend(blanks::without_slot(&script, report, &file));
    Ok(findings)
}

fn report_of<'l>(library: &'l Library, id: &ReportId) -> Result<&'l Report, ReportFault> {
    library.content.reports.get(id).ok_or_else(|| ReportFault::NoReport(id.clone()))
}

/// A paragraph of a template, from 1, as findings say it.
pub(crate) fn paragraph_place(part: &str, number: usize) -> String {
    messages::paragraph(part, number)
}

/// The template's path under the content folder.
fn template_path(report: &Report) -> String {
    format!("reports/{}/{}", report.id, report.template)
}

type Rendered = Vec<(String, String)>;

fn render(
    script: &Script,
    (input, setup): (&ReportInput<'_>, &Arc<Setup>),
    answers: &Arc<Answers>,
    file: &str,
) -> Result<(Rendered, State), ReportFault> {
    let session = Session::new(
        Arc::clone(input.library),
        (Arc::clone(setup), input.period),
        check::modes(script),
        Some((Arc::clone(answers), input.matter.cloned())),
    );
    let env = objects::environment(&session);
    let mut rendered = Vec::with_capacity(script.parts.len());
    for part in &script.parts {
        let done =
            env.template_from_named_str(&part.name, &part.source).and_then(|template| template.render(()));
        match done {
            Ok(text) => rendered.push((part.name.clone(), text)),
            Err(error) => {
                let tag = session.state().tag;
                let faults = [(tag, check::explain(&session, &error))];
                return Err(ReportFault::Template(check::findings(script, &faults, file)));
            }
        }
    }
    Ok((rendered, session.take()))
}

fn fill(slot: &SlotRecord) -> Fill {
    Fill {
        tag: slot.tag.clone(),
        alias: slot.alias.clone(),
        text: slot.text.clone(),
        highlight: slot.blank.is_some(),
    }
}

fn provenance(input: &ReportInput<'_>, setup: &Setup) -> Provenance {
    Provenance {
        report: setup.report.id.to_string(),
        settings: setup.words(),
        title: setup.report.title.clone(),
        period: input.period.to_string(),
        revision: input.snapshot.revision(),
        content: input.library.digest.clone(),
    }
}

fn properties(about: &Provenance, input: &ReportInput<'_>) -> Properties {
    let revision = about.revision.to_string();
    Properties {
        title: about.title.clone(),
        subject: messages::subject(&about.period),
        keywords: format!("{} {} {} {}", about.report, about.period, revision, about.content),
        description: messages::description(&revision, &about.content),
        created: input.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}

/// The digest of the file that defines a figure: what a refresh compares to see that a definition changed.
fn definition_digest(library: &Library, figure: &model::id::FigureId) -> String {
    let topic = library.content.figures.get(figure).map_or("", |figure| figure.topic.as_str());
    let text = library.file(&format!("figures/{topic}.toml")).unwrap_or_default();
    store::digest_hex(text)[..12].to_owned()
}

/// Whether a finding keeps a report from being sent out as it is.
pub fn holds_back(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning
}
