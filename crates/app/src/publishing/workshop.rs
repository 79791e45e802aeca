//! The workshop of templates (模板工坊): a Word file is tried as a report's template, slots are offered and put in, and what is
//! sound becomes a report of the park's own – a folder with a definition and the template, no code.
//!
//! Deliberately absent: what slots mean (`report`), the file between two looks: the caller sends it each time.

use std::sync::Arc;

use jiff::Timestamp;
use model::finding::{Finding, Severity};
use model::id::ReportId;
use model::period::Month;
use office::docx::Put;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::AuditEvent;
use utoipa::ToSchema;

use super::preview::{Preview, view};
use super::{PublishingFault, may_read};
use crate::access::{Actor, Refusal, Right};
use crate::definitions::{ParameterDef, parameter};
use crate::library::{Library, OWN};
use crate::park::Park;
use crate::report::{self, ReportFault, Settings, SlotOffer, SlotWish, TemplateSlot};
use crate::reporting::{Asked, ReportingFault};

/// The template of reports that are made here.
const TEMPLATE: &str = "body.docx";
/// What a draft without an id is called while it is tried.
const UNNAMED: &str = "draft";
/// Letters of an id.
const LONGEST: usize = 64;

/// A report in the making.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Its id; may be empty until it is kept.
    #[serde(default)]
    pub id: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its English title.
    #[serde(default)]
    pub title_en: String,
    /// Its parameters and charts, as `report.toml` has them; those of `from` when absent.
    #[serde(default)]
    pub definition: Option<String>,
    /// The report it was begun from.
    #[serde(default)]
    pub from: Option<String>,
    /// The month it is tried for.
    #[schema(value_type = String)]
    pub period: Month,
    /// What its parameters are set to.
    #[serde(default)]
    pub settings: Settings,
    /// Whether a report the park keeps already is replaced.
    #[serde(default)]
    pub replace: bool,
}

/// A paragraph of a template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct TemplateParagraph {
    /// Its number, from 1.
    pub number: usize,
    /// Where it is, as findings say it.
    pub place: String,
    /// Its text with the slots in it.
    pub text: String,
    /// Whether it stands in a table.
    pub in_table: bool,
}

/// A draft that was tried.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct TriedTemplate {
    /// Whether nothing is wrong with it.
    pub sound: bool,
    /// Its parameters and charts.
    pub definition: String,
    /// What must be set to try it.
    pub parameters: Vec<ParameterDef>,
    /// The paragraphs of its body.
    pub paragraphs: Vec<TemplateParagraph>,
    /// Its slots, each with what it says today; none while something is wrong.
    pub slots: Vec<TemplateSlot>,
    /// What is wrong or must be looked at.
    #[schema(value_type = Vec<crate::shapes::Finding>)]
    pub findings: Vec<Finding>,
    /// How it reads, filled.
    pub preview: Option<Preview>,
}

/// What is put into a template.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Insertion {
    /// The paragraph, from 1.
    pub paragraph: usize,
    /// `end`: at the end of it; `after`: after it, as paragraphs or a table of its own.
    #[schema(value_type = String)]
    pub put: Put,
    /// The text, as manuscripts have it.
    pub text: String,
}

/// A report that was kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct KeptReport {
    /// Its id.
    pub id: String,
    /// Its files.
    pub files: Vec<String>,
}

impl Park {
    /// Tries a Word file as a report's template: slots, samples, faults with their paragraphs, and how it reads.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or the ledger cannot be read. Faults of the file are findings.
    pub fn try_draft(
        &self,
        actor: &Actor,
        bytes: &[u8],
        draft: &Draft,
    ) -> Result<TriedTemplate, PublishingFault> {
        super::publications::committee(actor)?;
        let (id, definition, library) = self.drafted(bytes, draft);
        let mut tried = TriedTemplate {
            sound: false,
            definition,
            parameters: Vec::new(),
            paragraphs: self.paragraphs(bytes)?,
            slots: Vec::new(),
            findings: library.wrong_since(&self.library, "report-definition"),
            preview: None,
        };
        let Some(known) = library.content.reports.get(&id) else { return Ok(tried) };
        tried.parameters = known.parameters.values().map(|one| parameter(&library.content, one)).collect();
        tried.findings.extend(report::check_template(&library, &id, &self.worker)?);
        tried.sound = sound(&tried.findings);
        if !tried.sound {
            return Ok(tried);
        }
        let snapshot = self.snapshot()?;
        let asked: Asked<'_> = (&id, draft.period, &draft.settings).into();
        let input = self.report_input_by(&library, asked, &snapshot, actor.reader())?;
        match report::compose(&input) {
            Ok(composed) => {
                tried.slots = composed.template_slots();
                tried.findings.extend(composed.findings.iter().cloned());
                tried.preview = Some(view(&composed, &composed.blocks()?));
            }
            Err(fault) if !fault.findings().is_empty() => {
                tried.sound = matches!(fault, ReportFault::Settings(_));
                tried.findings.extend(fault.findings());
            }
            Err(fault) => return Err(fault.into()),
        }
        Ok(tried)
    }

    /// The forms a figure can be printed in, each with its text and what it says today.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or the ledger cannot be read.
    pub fn slot_offers(
        &self,
        actor: &Actor,
        period: Month,
        wish: &SlotWish,
    ) -> Result<Vec<SlotOffer>, PublishingFault> {
        super::publications::committee(actor)?;
        let (snapshot, id) = (self.snapshot()?, ReportId::from(UNNAMED));
        let input = self.report_input((&id, period).into(), &snapshot, actor.reader())?;
        Ok(report::offers(&input, wish)?)
    }

    /// The template of a report, as a Word file.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, or it is not there.
    pub fn template_file(
        &self,
        actor: &Actor,
        report: &ReportId,
    ) -> Result<(String, Vec<u8>), PublishingFault> {
        may_read(self, actor, report)?;
        let known = &self.library.content.reports[report];
        let bytes = self.library.template(known).ok_or(Refusal::NotFound)?;
        Ok((known.title.clone(), bytes.into_owned()))
    }

    /// Puts a slot, paragraphs or a table into a template.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, the file is refused, or there is no place for it.
    pub fn insert_slot(
        &self,
        actor: &Actor,
        bytes: Vec<u8>,
        what: &Insertion,
    ) -> Result<Vec<u8>, PublishingFault> {
        super::publications::committee(actor)?;
        let nowhere = || PublishingFault::NoPlace(what.paragraph);
        let at = what.paragraph.checked_sub(1).ok_or_else(nowhere)?;
        let done = self.worker.insert(bytes, (at, what.put), &what.text).map_err(ReportFault::Worker)?;
        done.map_err(ReportFault::Document)?.ok_or_else(nowhere)
    }

    /// Keeps a sound draft as a report of the park's own content. It is in force once the content is loaded again.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, the id is taken, something is wrong with the draft, or the disk refuses.
    pub fn keep_report(
        &mut self,
        actor: &Actor,
        bytes: &[u8],
        draft: &Draft,
    ) -> Result<KeptReport, PublishingFault> {
        actor.need_anywhere(Right::Administer)?;
        if !is_id(&draft.id) {
            return Err(PublishingFault::BadId(draft.id.clone()));
        }
        let own = self.dir().join(OWN).join("reports").join(&draft.id).is_dir();
        let there = self.library.content.reports.contains_key(draft.id.as_str());
        if there && !(own && draft.replace) {
            return Err(PublishingFault::Taken(draft.id.clone()));
        }
        let (id, definition, library) = self.drafted(bytes, draft);
        let mut findings = library.wrong_since(&self.library, "report-definition");
        if library.content.reports.contains_key(&id) {
            findings.extend(report::check_template(&library, &id, &self.worker)?);
        }
        if !sound(&findings) {
            return Err(ReportFault::Template(findings).into());
        }
        let files = [("report.toml", whole(draft, &definition).into_bytes()), (TEMPLATE, bytes.to_vec())];
        let mut kept = KeptReport { id: id.to_string(), files: Vec::new() };
        let mut digests = Vec::new();
        for (name, bytes) in files {
            let path = format!("reports/{id}/{name}");
            let fault = |source| PublishingFault::Content { path: path.clone(), source };
            Library::keep(&self.dir(), &path, &bytes).map_err(fault)?;
            digests.push(json!([path, store::digest_hex(&bytes)]));
            kept.files.push(path);
        }
        let at: Timestamp = self.clock.now();
        let mut event = AuditEvent::new(at, &actor.name, "content.keep", &draft.title);
        event.detail = json!({ "files": digests, "from": actor.from });
        self.store.audit(&event)?;
        Ok(kept)
    }

    /// The id, the parameters and charts, and the content with the draft in it.
    fn drafted(&self, bytes: &[u8], draft: &Draft) -> (ReportId, String, Arc<Library>) {
        let id = if is_id(&draft.id) { draft.id.as_str() } else { UNNAMED };
        let from = draft.from.as_deref().unwrap_or_default();
        let begun = || without_head(&self.library.text(&format!("reports/{from}/report.toml")));
        let definition = draft.definition.clone().unwrap_or_else(begun);
        let files = [
            (format!("reports/{id}/report.toml"), whole(draft, &definition).into_bytes()),
            (format!("reports/{id}/{TEMPLATE}"), bytes.to_vec()),
        ];
        (id.into(), definition, Arc::new(self.library.with_bytes(files)))
    }

    fn paragraphs(&self, bytes: &[u8]) -> Result<Vec<TemplateParagraph>, PublishingFault> {
        // Plain text can be read too, but is no template.
        if !bytes.starts_with(b"PK") {
            return Ok(Vec::new());
        }
        let read = match self.read_document(bytes) {
            Ok(read) => read,
            // What is wrong with the file is told by the check of the template.
            Err(ReportingFault::Report(ReportFault::Document(_))) => return Ok(Vec::new()),
            Err(fault) => return Err(fault.into()),
        };
        let body = read.paragraphs.iter().take_while(|one| one.part == read.paragraphs[0].part).enumerate();
        let paragraph = |(at, one): (usize, &office::docx::Paragraph)| TemplateParagraph {
            number: at + 1,
            place: report::paragraph_place(&one.part, at + 1),
            text: one.text.clone(),
            in_table: one.in_table.is_some(),
        };
        Ok(body.map(paragraph).collect())
    }
}

fn sound(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.severity < Severity::Error)
}

fn is_id(text: &str) -> bool {
    text.len() <= LONGEST
        && text.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// `report.toml` of a draft.
fn whole(draft: &Draft, definition: &str) -> String {
    let quoted = |text: &str| crate::import::quote(text.trim());
    format!(
        "title = {}\ntitle_en = {}\ntemplate = \"{TEMPLATE}\"\n\n{}\n",
        quoted(&draft.title),
        quoted(&draft.title_en),
        definition.trim()
    )
}

/// A `report.toml` from its first table on, without the blanks that belong to another template.
fn without_head(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut keeping = false;
    for line in text.lines() {
        if line.starts_with('[') {
            keeping = line.trim() != "[[blank]]";
        }
        if keeping {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_begins_with_its_first_table() {
        let text = "# note\ntitle = \"a\"\ntemplate = \"b\"\n\n[[parameter]]\nid = \"x\"\n\n[[blank]]\nn = 1\n\n[charts.c]\ntitle = \"d\"\n";
        assert_eq!(without_head(text), "[[parameter]]\nid = \"x\"\n\n[charts.c]\ntitle = \"d\"");
        assert_eq!(without_head(""), "");
        assert!(is_id("own_note2") && !is_id("Own") && !is_id("2a") && !is_id("") && !is_id("a/b"));
    }
}
