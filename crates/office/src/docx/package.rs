//! The zip of a Word file: read within limits, relationships and content types resolved, written reproducibly.
//!
//! Deliberately absent: what the parts mean, and the check for active content (see `guard`).

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::{self, Braces, Element, Node};
use super::{Danger, DocxFault, Limits, Measure, NotDocx};

pub(super) const CONTENT_TYPES: &str = "[Content_Types].xml";
pub(super) const ROOT_RELS: &str = "_rels/.rels";
pub(super) const OFFICE_RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELS_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Parts below this size may be packed as tightly as they like.
const RATIO_FROM: u64 = 1 << 20;

/// A Word file taken apart; entries stand in the order of the zip.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Package {
    pub entries: Vec<(String, Vec<u8>)>,
}

/// One line of a relationship part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Relation {
    pub id: String,
    /// Last segment of the type's address: `header`, `officeDocument`, …
    pub kind: String,
    /// The target as written.
    pub target: String,
    pub external: bool,
}

impl Package {
    /// Unpacks a file within `limits`.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, DocxFault> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(DocxFault::NotDocx(NotDocx::OldOrEncrypted));
        }
        if !bytes.starts_with(b"PK") {
            return Err(DocxFault::NotDocx(NotDocx::OtherFormat));
        }
        let damaged = |_| DocxFault::NotDocx(NotDocx::Damaged);
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > limits.parts {
            return Err(too_large("", Measure::Parts, limits.parts as u64));
        }
        if archive.has_duplicate_names() || archive.has_overlapping_files().map_err(damaged)? {
            return Err(DocxFault::NotDocx(NotDocx::Damaged));
        }
        let mut entries = Vec::with_capacity(archive.len());
        let mut names = BTreeSet::new();
        let mut left = limits.total_bytes;
        for index in 0..archive.len() {
            let file = archive.by_index(index).map_err(damaged)?;
            let name = file.name().map_err(damaged)?.into_owned();
            if file.is_dir() {
                continue;
            }
            check_name(&name, &mut names)?;
            let (size, packed) = (file.size(), file.compressed_size());
            if size > RATIO_FROM && size / packed.max(1) > limits.ratio {
                return Err(too_large(&name, Measure::Ratio, limits.ratio));
            }
            let most = limits.part_bytes.min(left);
            let mut content = Vec::new();
            file.take(most + 1)
                .read_to_end(&mut content)
                .map_err(|_| DocxFault::NotDocx(NotDocx::Damaged))?;
            let length = content.len() as u64;
            if length > most {
                return Err(too_large(&name, Measure::Bytes, most));
            }
            left -= length;
            entries.push((name, content));
        }
        Ok(Self { entries })
    }

    /// Packs the parts: content types first, then the root relationships, then the others as they stand; no times.
    pub fn write(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let rank = |name: &str| match name {
            CONTENT_TYPES => 0,
            ROOT_RELS => 1,
            _ => 2,
        };
        let mut order: Vec<&(String, Vec<u8>)> = self.entries.iter().collect();
        order.sort_by_key(|(name, _)| rank(name));
        for (name, content) in order {
            zip.start_file(name.as_str(), options).expect("names were checked to be distinct");
            zip.write_all(content).expect("memory takes what it is given");
        }
        zip.finish().expect("memory takes what it is given").into_inner()
    }

    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.entries.iter().find(|(entry, _)| entry == name).map(|(_, content)| content.as_slice())
    }

    /// Replaces a part, or adds it at the end.
    pub fn put(&mut self, name: &str, content: Vec<u8>) {
        match self.entries.iter_mut().find(|(entry, _)| entry == name) {
            Some((_, old)) => *old = content,
            None => self.entries.push((name.to_owned(), content)),
        }
    }

    pub fn remove(&mut self, name: &str) {
        self.entries.retain(|(entry, _)| entry != name);
    }

    /// The text of a part, UTF-8 or UTF-16 with a byte order mark.
    pub fn text(&self, name: &str) -> Result<String, DocxFault> {
        let content = self.get(name).ok_or_else(|| bad_part(name, "missing"))?;
        decode(content).ok_or_else(|| bad_part(name, "neither UTF-8 nor UTF-16"))
    }

    /// The relationships of a part; none when it has no relationship part.
    pub fn relations(&self, part: &str) -> Result<Vec<Relation>, DocxFault> {
        let name = rels_name(part);
        if self.get(&name).is_none() {
            return Ok(Vec::new());
        }
        self.relations_in(&name)
    }

    /// The relationships in a relationship part.
    pub fn relations_in(&self, name: &str) -> Result<Vec<Relation>, DocxFault> {
        let root = xml::parse(&self.text(name)?).map_err(|what| bad_part(name, &what))?;
        Ok(root.elements().filter(|element| local(&element.name) == "Relationship").map(relation).collect())
    }

    /// Name of the part with the document's text.
    pub fn document(&self) -> Result<String, DocxFault> {
        let found = self
            .relations("")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument" && !relation.external)
            .and_then(|relation| resolve("", &relation.target))
            .filter(|name| self.get(name).is_some());
        found.ok_or(DocxFault::NotDocx(NotDocx::NoDocument))
    }

    /// The parts whose text belongs to the document: itself, headers, footers, footnotes, endnotes.
    pub fn text_parts(&self) -> Result<Vec<String>, DocxFault> {
        let document = self.document()?;
        let mut found = Vec::new();
        for relation in self.relations(&document)? {
            let rank = match relation.kind.as_str() {
                "header" => 1,
                "footer" => 2,
                "footnotes" => 3,
                "endnotes" => 4,
                _ => continue,
            };
            match resolve(&document, &relation.target) {
                Some(name) if self.get(&name).is_some() => found.push((rank, name)),
                _ => return Err(bad_part(&rels_name(&document), "a relationship leads nowhere")),
            }
        }
        found.sort();
        found.dedup();
        Ok(std::iter::once(document).chain(found.into_iter().map(|(_, name)| name)).collect())
    }

    /// The part with people's comments, if the document has one.
    pub fn comments(&self) -> Result<Option<String>, DocxFault> {
        let document = self.document()?;
        let related = self.relations(&document)?.into_iter().find(|relation| relation.kind == "comments");
        let found = related.and_then(|relation| resolve(&document, &relation.target));
        Ok(found.filter(|name| self.get(name).is_some()))
    }

    /// Changes the XML of a part.
    pub fn edit(&mut self, name: &str, change: impl FnOnce(&mut Element)) -> Result<(), DocxFault> {
        let mut root = xml::parse(&self.text(name)?).map_err(|what| bad_part(name, &what))?;
        change(&mut root);
        self.put(name, xml::write(&root, Braces::Plain).into_bytes());
        Ok(())
    }

    /// Adds a relationship with a fresh id to the relationship part of `part`, made if need be.
    pub fn relate(&mut self, part: &str, kind: &str, target: &str) -> Result<(), DocxFault> {
        let taken: BTreeSet<String> = self.relations(part)?.into_iter().map(|relation| relation.id).collect();
        let id = (1..=u32::MAX).map(|n| format!("rIdBasis{n}")).find(|id| !taken.contains(id));
        self.relate_as(part, &id.expect("the numbers do not end"), kind, target)
    }

    /// Adds a relationship, in the place of one with the same id.
    pub fn relate_as(&mut self, part: &str, id: &str, kind: &str, target: &str) -> Result<(), DocxFault> {
        let name = rels_name(part);
        if self.get(&name).is_none() {
            let empty = Element::new("Relationships").with("xmlns", RELS_NAMESPACE);
            self.put(&name, xml::write(&empty, Braces::Plain).into_bytes());
        }
        let line = Element::new("Relationship").with("Id", id).with("Type", kind).with("Target", target);
        self.edit(&name, |root| {
            root.children.retain(|node| node.element().is_none_or(|line| line.attr("Id") != Some(id)));
            root.children.push(Node::Element(line));
        })
    }

    /// States the content type of a part.
    pub fn declare(&mut self, part: &str, content_type: &str) -> Result<(), DocxFault> {
        let path = format!("/{part}");
        self.edit(CONTENT_TYPES, |root| {
            root.children.retain(|node| !names_part(node, &path));
            let line = Element::new("Override").with("PartName", &path).with("ContentType", content_type);
            root.children.push(Node::Element(line));
        })
    }

    /// Removes a part, its relationships and its content type.
    pub fn drop_part(&mut self, part: &str) -> Result<(), DocxFault> {
        let path = format!("/{part}");
        self.remove(part);
        self.remove(&rels_name(part));
        self.edit(CONTENT_TYPES, |root| root.children.retain(|node| !names_part(node, &path)))
    }
}

/// Name of the relationship part that belongs to a part; `""` stands for the package.
pub(super) fn rels_name(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// Resolves a relationship's target against the part it belongs to; `None` when it leaves the package.
pub(super) fn resolve(part: &str, target: &str) -> Option<String> {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut path, rest): (Vec<&str>, &str) = match target.strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|step| !step.is_empty()).collect(), target),
    };
    for step in rest.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            _ => path.push(step),
        }
    }
    Some(path.join("/"))
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Decodes the text of an XML part.
pub(super) fn decode(content: &[u8]) -> Option<String> {
    let encoding = match content {
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE,
        _ => encoding_rs::UTF_8,
    };
    let (text, _, broken) = encoding.decode(content);
    if broken { None } else { Some(text.into_owned()) }
}

pub(super) fn bad_part(part: &str, what: &str) -> DocxFault {
    DocxFault::BadPart { part: part.to_owned(), what: what.to_owned() }
}

fn too_large(part: &str, measure: Measure, limit: u64) -> DocxFault {
    DocxFault::TooLarge { part: part.to_owned(), measure, limit }
}

fn check_name(name: &str, names: &mut BTreeSet<String>) -> Result<(), DocxFault> {
    let odd = name.is_empty()
        || name.len() > 255
        || name.starts_with('/')
        || name.contains(['\\', ':'])
        || name.chars().any(char::is_control)
        || name.split('/').any(|step| matches!(step, "" | "." | ".."));
    if odd || !names.insert(name.to_lowercase()) {
        let detail: String = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
        return Err(DocxFault::Unsafe { part: detail.clone(), danger: Danger::PartName, detail });
    }
    Ok(())
}

fn relation(element: &Element) -> Relation {
    let attr = |name| element.attr(name).unwrap_or_default();
    Relation {
        id: attr("Id").to_owned(),
        kind: attr("Type").rsplit('/').next().unwrap_or_default().to_owned(),
        target: attr("Target").to_owned(),
        external: attr("TargetMode").eq_ignore_ascii_case("External"),
    }
}

fn names_part(node: &Node, path: &str) -> bool {
    node.element()
        .is_some_and(|element| element.attr("PartName").is_some_and(|name| name.eq_ignore_ascii_case(path)))
}
