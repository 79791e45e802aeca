//! The one guard in front of every Word file: refuses what acts on its own or loads something from elsewhere.
//!
//! Templates and finished documents pass the same [`check`]. Two things that honest finished documents carry are dealt
//! with instead of refused: [`admit`] takes the link to the template a document was begun with (`attachedTemplate`) out
//! and says so, and the workbook behind a native chart may stay when it is itself free of all this.
//!
//! Deliberately absent: a virus scan, and mercy: no document needs macros, OLE objects, altChunk or linked parts. To
//! refuse another field: one word in [`FIELDS`]; another relationship: one line in [`check_relations`]; to set something
//! else aside: beside [`REMOTE_TEMPLATE`] in [`admit`].

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::package::{CONTENT_TYPES, Package, bad_part, decode, local, resolve};
use super::{Danger, DocxFault, Limits, SetAside};

/// Field codes that run programs or load files (ECMA-376 part 1, 17.16.5).
const FIELDS: [&str; 11] = [
    "DDE",
    "DDEAUTO",
    "LINK",
    "EMBED",
    "IMPORT",
    "INCLUDE",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "DATABASE",
    "MACROBUTTON",
    "RD",
];

/// The relationship to the template a document was begun with; Word writes one into most files of an office.
const REMOTE_TEMPLATE: &str = "attachedTemplate";

/// What a workbook behind a chart may cost.
const CHART_WORKBOOK: Limits =
    Limits { parts: 200, part_bytes: 16 << 20, total_bytes: 32 << 20, ratio: 200, slots: 0 };

/// Opens a finished document: sets aside what can be taken out without loss, and refuses the rest as [`check`] does.
pub(super) fn admit(bytes: &[u8]) -> Result<(Package, Vec<SetAside>), DocxFault> {
    let mut package = Package::read(bytes, &Limits::default())?;
    let rels: Vec<String> = package
        .entries
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| has_extension(name, "rels"))
        .collect();
    let mut aside = Vec::new();
    for name in rels {
        check_doctype(&name, package.get(&name).unwrap_or_default())?;
        let begun_with = |relation: &super::package::Relation| relation.kind == REMOTE_TEMPLATE;
        let Some(found) = package.relations_in(&name)?.into_iter().find(begun_with) else { continue };
        aside.push(SetAside { part: name.clone(), danger: Danger::External, detail: found.target });
        package.edit(&name, |root| {
            root.children.retain(|node| {
                let kind = node.element().and_then(|element| element.attr("Type")).unwrap_or_default();
                kind.rsplit('/').next() != Some(REMOTE_TEMPLATE)
            });
        })?;
        let owner = owner(&name);
        if package.get(&owner).is_some() {
            package.edit(&owner, |root| root.children.retain(|node| !node.is("w:attachedTemplate")))?;
        }
    }
    check(&package)?;
    Ok((package, aside))
}

/// Checks the whole file.
pub(super) fn check(package: &Package) -> Result<(), DocxFault> {
    let workbooks = chart_workbooks(package)?;
    for (name, content) in &package.entries {
        if workbooks.contains(name) {
            continue;
        }
        check_bytes(name, content)?;
        if has_extension(name, "rels") {
            check_doctype(name, content)?;
            check_relations(package, name, &workbooks)?;
        } else if has_extension(name, "xml") || content.trim_ascii_start().starts_with(b"<?xml") {
            check_doctype(name, content)?;
            let text = decode(content).ok_or_else(|| bad_part(name, "neither UTF-8 nor UTF-16"))?;
            if name == CONTENT_TYPES && text.to_ascii_lowercase().contains("macroenabled") {
                return Err(danger(name, Danger::Macro, "macroEnabled"));
            }
            if name.to_ascii_lowercase().starts_with("word/") {
                check_elements(name, &text)?;
            }
        }
    }
    for name in package.text_parts()? {
        check_elements(&name, &package.text(&name)?)?;
    }
    Ok(())
}

/// The workbooks behind native charts that carry nothing active themselves.
fn chart_workbooks(package: &Package) -> Result<BTreeSet<String>, DocxFault> {
    let mut found = BTreeSet::new();
    for (name, content) in &package.entries {
        if !has_extension(name, "rels") || !name.contains("/charts/_rels/") {
            continue;
        }
        check_doctype(name, content)?;
        for relation in package.relations_in(name)? {
            let target = resolve(&owner(name), &relation.target);
            let Some(target) = target.filter(|_| relation.kind == "package" && !relation.external) else {
                continue;
            };
            if has_extension(&target, "xlsx") && package.get(&target).is_some_and(is_plain_workbook) {
                found.insert(target);
            }
        }
    }
    Ok(found)
}

fn is_plain_workbook(bytes: &[u8]) -> bool {
    let Ok(inner) = Package::read(bytes, &CHART_WORKBOOK) else { return false };
    check_doctypes(&inner).is_ok()
        && inner.entries.iter().all(|(name, content)| {
            let rels = has_extension(name, "rels");
            let active = name == CONTENT_TYPES
                && decode(content).is_none_or(|text| text.to_ascii_lowercase().contains("macroenabled"));
            let near = || inner.relations_in(name).is_ok_and(|all| all.iter().all(|one| !one.external));
            check_bytes(name, content).is_ok()
                && !name.to_ascii_lowercase().contains("/externallinks/")
                && !active
                && (!rels || near())
        })
}

/// The part a relationship part belongs to.
fn owner(rels: &str) -> String {
    let (folder, file) = rels.rsplit_once('/').unwrap_or(("", rels));
    let folder = folder.strip_suffix("_rels").unwrap_or(folder);
    format!("{folder}{}", file.strip_suffix(".rels").unwrap_or(file))
}

/// Checks that no XML part has a document type; enough for a file that is only read.
pub(super) fn check_doctypes(package: &Package) -> Result<(), DocxFault> {
    package.entries.iter().try_for_each(|(name, content)| {
        let is_xml = has_extension(name, "xml") || has_extension(name, "rels");
        if is_xml { check_doctype(name, content) } else { Ok(()) }
    })
}

/// Checks the elements and fields of one part.
pub(super) fn check_elements(part: &str, text: &str) -> Result<(), DocxFault> {
    let mut reader = Reader::from_str(text);
    let mut fields = Fields::default();
    loop {
        let event = reader.read_event().map_err(|error| bad_part(part, &error.to_string()))?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let name = local(start.name().0).to_owned();
                check_element(part, &name, start)?;
                if name == "fldChar" {
                    fields.mark(&attribute(start, "fldCharType"));
                }
                fields.reading = name == "instrText" && matches!(event, Event::Start(_));
            }
            Event::Text(piece) => fields.read(&piece.xml10_content()),
            Event::CData(piece) => fields.read(&piece.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Ok(Some(letter)) = reference.resolve_char_ref() {
                    fields.read(letter.encode_utf8(&mut [0; 4]));
                }
            }
            Event::End(_) => fields.reading = false,
            Event::DocType(_) => return Err(danger(part, Danger::Doctype, "DOCTYPE")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if let Some(code) = fields.bad.take() {
            return Err(danger(part, Danger::Field, &code));
        }
    }
    fields.finish().map_or(Ok(()), |code| Err(danger(part, Danger::Field, &code)))
}

fn check_element(part: &str, name: &str, start: &BytesStart<'_>) -> Result<(), DocxFault> {
    match name {
        "altChunk" => Err(danger(part, Danger::AltChunk, name)),
        "object" | "OLEObject" | "control" | "objectEmbed" | "objectLink" => {
            Err(danger(part, Danger::Object, name))
        }
        "subDoc" => Err(danger(part, Danger::External, name)),
        "fldSimple" => {
            let code = attribute(start, "instr");
            if refused(&code) { Err(danger(part, Danger::Field, &code)) } else { Ok(()) }
        }
        "imagedata" | "fill" | "stroke" | "background" => {
            let far = ["src", "href"].iter().map(|key| attribute(start, key)).find(|value| is_far(value));
            far.map_or(Ok(()), |address| Err(danger(part, Danger::External, &address)))
        }
        _ => Ok(()),
    }
}

fn check_bytes(name: &str, content: &[u8]) -> Result<(), DocxFault> {
    let lower = name.to_ascii_lowercase();
    if lower.contains("vbaproject") || lower.contains("vbadata") || lower.contains("/macrosheets/") {
        return Err(danger(name, Danger::Macro, name));
    }
    if lower.contains("/activex/") || lower.contains("/embeddings/") {
        return Err(danger(name, Danger::Object, name));
    }
    if content.starts_with(b"PK\x03\x04") || content.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(danger(name, Danger::Nested, name));
    }
    Ok(())
}

fn check_doctype(name: &str, content: &[u8]) -> Result<(), DocxFault> {
    let text = decode(content).ok_or_else(|| bad_part(name, "neither UTF-8 nor UTF-16"))?;
    let declared = text.match_indices("<!").any(|(at, _)| {
        let word: String = text[at + 2..].chars().take_while(char::is_ascii_alphabetic).take(8).collect();
        word.eq_ignore_ascii_case("DOCTYPE") || word.eq_ignore_ascii_case("ENTITY")
    });
    if declared {
        return Err(danger(name, Danger::Doctype, "DOCTYPE"));
    }
    Ok(())
}

fn check_relations(package: &Package, name: &str, workbooks: &BTreeSet<String>) -> Result<(), DocxFault> {
    for relation in package.relations_in(name)? {
        let inside = (!relation.external).then(|| resolve(&owner(name), &relation.target)).flatten();
        let what = match relation.kind.as_str() {
            "package" if inside.is_some_and(|target| workbooks.contains(&target)) => continue,
            "aFChunk" => Danger::AltChunk,
            "oleObject" | "package" | "control" | "activeXControlBinary" => Danger::Object,
            "vbaProject" | "wordVbaData" | "keyMapCustomizations" => Danger::Macro,
            "hyperlink" => continue,
            _ if relation.external || is_far(&relation.target) => Danger::External,
            _ => continue,
        };
        return Err(danger(name, what, &relation.target));
    }
    Ok(())
}

/// The codes of complex fields, which Word may nest and split over many runs.
#[derive(Default)]
struct Fields {
    /// Codes of the open fields; `None` once the field's result has begun.
    open: Vec<Option<String>>,
    /// Code outside any field.
    loose: String,
    reading: bool,
    bad: Option<String>,
}

impl Fields {
    fn mark(&mut self, kind: &str) {
        match kind {
            "begin" => {
                // A field whose name is itself computed by a field cannot be judged.
                if let Some(Some(code)) = self.open.last()
                    && code.trim().is_empty()
                {
                    self.bad = Some("{ { } }".to_owned());
                }
                self.open.push(Some(String::new()));
            }
            "separate" => {
                let code = self.open.last_mut().and_then(Option::take);
                self.judge(code);
            }
            _ => {
                let code = self.open.pop().flatten();
                self.judge(code);
            }
        }
    }

    fn read(&mut self, text: &str) {
        if self.reading {
            match self.open.last_mut() {
                Some(Some(code)) => code.push_str(text),
                _ => self.loose.push_str(text),
            }
        }
    }

    fn judge(&mut self, code: Option<String>) {
        if let Some(code) = code.filter(|code| refused(code)) {
            self.bad = Some(code);
        }
    }

    fn finish(self) -> Option<String> {
        self.open.into_iter().flatten().chain([self.loose]).find(|code| refused(code))
    }
}

fn refused(code: &str) -> bool {
    let word: String = code.trim_start().chars().take_while(char::is_ascii_alphabetic).collect();
    FIELDS.contains(&word.to_ascii_uppercase().as_str())
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension))
}

fn is_far(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    lower.contains("://")
        || lower.starts_with("\\\\")
        || lower.starts_with("//")
        || lower.starts_with("file:")
}

fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    start
        .attributes()
        .take(256)
        .flatten()
        .find(|attribute| local(attribute.key.0) == name)
        .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
        .map_or_else(String::new, std::borrow::Cow::into_owned)
}

fn danger(part: &str, danger: Danger, detail: &str) -> DocxFault {
    DocxFault::Unsafe { part: part.to_owned(), danger, detail: detail.trim().chars().take(80).collect() }
}
