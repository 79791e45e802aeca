//! Refuses Word files that act on their own or load something from elsewhere.
//!
//! Deliberately absent: a virus scan, and mercy: a template has no use for any of this. To refuse another field: one
//! word in [`FIELDS`]; another relationship: one line in [`check_relations`].

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::package::{CONTENT_TYPES, Package, bad_part, decode, local};
use super::{Danger, DocxFault};

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

/// Checks the whole file.
pub(super) fn check(package: &Package) -> Result<(), DocxFault> {
    for (name, content) in &package.entries {
        check_bytes(name, content)?;
        if has_extension(name, "rels") {
            check_doctype(name, content)?;
            check_relations(package, name)?;
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

fn check_relations(package: &Package, name: &str) -> Result<(), DocxFault> {
    for relation in package.relations_in(name)? {
        let what = match relation.kind.as_str() {
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
