//! Changes of a document as splices of its bytes.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::super::assemble::{Ids, control, control_kind, run_properties, store_basis};
use super::super::package::{Package, bad_part};
use super::super::xml::{self, Braces, Element, Node, escape, escape_attribute};
use super::super::{DocxFault, Fill, Limits, NotDocx, guard};
use super::scan::{Mark, Piece, Scan};
use super::{Change, Content, Inline, charts, parts};

/// Changes a document; what is not changed keeps its bytes. A control whose number another one has already gets a fresh
/// one: that happens when a control is copied.
///
/// Controls and paragraphs are counted as [`super::read_live`] counts them for the same prefix.
///
/// # Errors
/// The file is no .docx, too large, damaged or unsafe.
pub fn splice(
    bytes: &[u8],
    prefix: &str,
    changes: &[Change],
    basis: Option<&str>,
) -> Result<Vec<u8>, DocxFault> {
    let (mut package, _) = guard::admit(bytes)?;
    let mut read = Vec::new();
    for name in parts(&package)? {
        let text = package.text(&name)?;
        let scan = Scan::read(&text, prefix).map_err(|what| bad_part(&name, &what))?;
        read.push((name, text, scan));
    }
    let all = read.iter().flat_map(|(_, _, scan)| &scan.marks).filter_map(number);
    let mut ids = Ids::beside(all.collect());
    let (mut seen, mut first_control, mut first_line) = (BTreeSet::new(), 0, 0);
    for (name, text, scan) in &read {
        let ours = scan.ours();
        let mut pen = Pen { source: text, scan, ids: &mut ids, edits: Vec::new() };
        pen.repair_ids(&mut seen);
        for change in changes {
            match change {
                Change::Control { control, tag, alias, content } => {
                    let Some(at) = control.checked_sub(first_control).filter(|at| *at < ours.len()) else {
                        continue;
                    };
                    pen.control(ours[at], tag.as_deref(), alias.as_deref(), content);
                }
                Change::Chart { .. } => {}
                Change::Prose { line, from, to, text, highlight } => {
                    let Some(line) = line.checked_sub(first_line) else { continue };
                    pen.prose(line, *from..*to, text, *highlight);
                }
            }
        }
        if let Some(new) = pen.finish() {
            let old = package.get(name).unwrap_or_default();
            let content = encoded_like(old, new);
            package.put(name, content);
        }
        first_control += ours.len();
        first_line += scan.lines.len();
    }
    let data = changes.iter().filter_map(|change| match change {
        Change::Chart { chart, data } => Some((*chart, data)),
        _ => None,
    });
    charts::renew(&mut package, &data.collect::<Vec<_>>())?;
    if let Some(basis) = basis {
        store_basis(&mut package, basis)?;
    }
    pack(bytes, &package)
}

fn number(mark: &Mark) -> Option<i64> {
    mark.id.text.parse().ok()
}

/// The parts in the order of the file; what has not changed is copied as it is packed.
fn pack(bytes: &[u8], package: &Package) -> Result<Vec<u8>, DocxFault> {
    let damaged = |_| DocxFault::NotDocx(NotDocx::Damaged);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let before = Package::read(bytes, &Limits::default())?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let write = |zip: &mut ZipWriter<_>, name: &str, content: &[u8]| {
        zip.start_file(name, options).expect("names were checked to be distinct");
        zip.write_all(content).expect("memory takes what it is given");
    };
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        match package.get(&name) {
            Some(content) if before.get(&name) == Some(content) => {
                zip.raw_copy_file(file).map_err(damaged)?;
            }
            Some(content) => write(&mut zip, &name, content),
            None => {}
        }
    }
    for (name, content) in package.entries.iter().filter(|(name, _)| before.get(name).is_none()) {
        write(&mut zip, name, content);
    }
    Ok(zip.finish().expect("memory takes what it is given").into_inner())
}

/// The text in the encoding of the part it replaces.
fn encoded_like(old: &[u8], text: String) -> Vec<u8> {
    let sixteen = |order: fn(u16) -> [u8; 2]| {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(order).collect()
    };
    match old {
        [0xFF, 0xFE, ..] => sixteen(u16::to_le_bytes),
        [0xFE, 0xFF, ..] => sixteen(u16::to_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
        _ => text.into_bytes(),
    }
}

/// Collects the splices of one part.
struct Pen<'p> {
    source: &'p str,
    scan: &'p Scan,
    ids: &'p mut Ids,
    edits: Vec<(Range<usize>, String)>,
}

impl Pen<'_> {
    /// The part with all splices; none when there are none.
    fn finish(mut self) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        self.edits.sort_by_key(|(at, _)| (at.start, at.end));
        let mut out = String::with_capacity(self.source.len() + 1_024);
        let mut from = 0;
        for (at, text) in &self.edits {
            // Two changes of one place: the first one holds.
            if at.start < from {
                continue;
            }
            out.push_str(&self.source[from..at.start]);
            out.push_str(text);
            from = at.end;
        }
        out.push_str(&self.source[from..]);
        Some(out)
    }

    fn repair_ids(&mut self, seen: &mut BTreeSet<i64>) {
        for mark in self.scan.marks.iter().filter(|mark| !mark.fallback) {
            let Some(id) = number(mark) else { continue };
            if !seen.insert(id) && mark.ours {
                let fresh = self.ids.draw();
                seen.insert(fresh);
                self.edits.extend(mark.id.at.clone().map(|at| (at, fresh.to_string())));
            }
        }
    }

    fn control(&mut self, mark: usize, tag: Option<&str>, alias: Option<&str>, content: &Content) {
        let about = &self.scan.marks[mark];
        // The value may stand in either kind of quotation mark.
        let quoted = |new: &str| {
            let mut text = String::new();
            escape_attribute(new, Braces::Plain, &mut text);
            text.replace('\'', "&apos;")
        };
        for (said, new) in [(&about.tag, tag), (&about.alias, alias)] {
            if let (Some(at), Some(new)) = (&said.at, new.filter(|new| *new != said.text)) {
                self.edits.push((at.clone(), quoted(new)));
            }
        }
        if let (None, Some(at), Some(tag)) = (&about.tag.at, about.tag_goes, tag) {
            let alias = alias.filter(|alias| about.alias.at.is_none() && !alias.is_empty());
            let alias = alias.map(|alias| format!("<w:alias w:val=\"{}\"/>", quoted(alias)));
            let both = format!("{}<w:tag w:val=\"{}\"/>", alias.unwrap_or_default(), quoted(tag));
            self.edits.push((at..at, both));
        }
        match content {
            Content::Same => {}
            Content::Text { text, highlight } => {
                if self.scan.marks.iter().any(|inner| inner.ours && inner.parent == Some(mark)) {
                    return;
                }
                let fill =
                    Fill { text: text.clone(), highlight: *highlight == Some(true), ..Fill::default() };
                self.loosen(about, &fill);
                self.set_text(mark, text);
                if let Some(highlight) = highlight {
                    self.set_highlight(mark, *highlight);
                }
            }
            Content::Pieces(pieces) => self.set_pieces(mark, pieces),
        }
    }

    /// Takes away what keeps a control from holding such a text, and the invitation to type.
    fn loosen(&mut self, mark: &Mark, fill: &Fill) {
        let closed = |at: &&Range<usize>| self.source[(*at).clone()].ends_with("/>");
        let plain = mark.plain.as_ref().filter(|_| control_kind(fill).is_none());
        let gone: Vec<Range<usize>> =
            plain.into_iter().chain(&mark.invitation).filter(closed).cloned().collect();
        self.edits.extend(gone.into_iter().map(|at| (at, String::new())));
    }

    /// Writes the difference between the old and the new text into the pieces it touches.
    fn set_text(&mut self, mark: usize, new: &str) {
        let seen = self.scan.visible(mark);
        let old = self.scan.text_of(&seen);
        if old == new {
            return;
        }
        let (from, to, middle) = difference(&old, new);
        let mut middle = Some(middle);
        let mut starts = Vec::with_capacity(seen.len());
        let (mut at, mut line) = (0, None);
        for piece in seen.iter().map(|at| &self.scan.pieces[*at]) {
            at += usize::from(line.is_some_and(|line| line != piece.line));
            line = Some(piece.line);
            starts.push(at);
            at += piece.text.len();
        }
        let touches = |index: &usize| {
            let piece = &self.scan.pieces[seen[*index]];
            let (start, end) = (starts[*index], starts[*index] + piece.text.len());
            piece.writable && (start < to && from < end || from == to && start <= from && from <= end)
        };
        let writable = |index: &usize| self.scan.pieces[seen[*index]].writable;
        let all = 0..seen.len();
        let takes = all.clone().find(touches).or_else(|| all.clone().find(writable));
        let Some(takes) = takes else { return self.insert_run(mark, new) };
        for index in all {
            let piece = &self.scan.pieces[seen[index]];
            let start = starts[index];
            let cut = from.clamp(start, start + piece.text.len())..to.clamp(start, start + piece.text.len());
            let own = if index == takes { middle.take() } else { None };
            if own.is_none() && cut.is_empty() {
                continue;
            }
            if piece.writable {
                let text = [
                    &piece.text[..cut.start - start],
                    own.unwrap_or_default(),
                    &piece.text[cut.end - start..],
                ];
                self.write(piece, &text.concat());
            } else {
                self.edits.push((piece.element.clone(), String::new()));
            }
        }
    }

    fn write(&mut self, piece: &Piece, text: &str) {
        let Some(inside) = piece.inside.clone() else {
            return self.edits.push((piece.element.clone(), text_element(text)));
        };
        let begin = piece.element.start..inside.start;
        let spaced = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        if spaced && !self.source[begin].contains("xml:space") {
            self.edits.push((inside.start - 1..inside.start - 1, " xml:space=\"preserve\"".to_owned()));
        }
        self.edits.push((inside, lines(text)));
    }

    /// A run of its own where a control holds none that could take the text.
    fn insert_run(&mut self, mark: usize, text: &str) {
        let content = self.scan.marks[mark].content.clone();
        let inside = &self.source[content.clone()];
        let blocks = ["<w:p>", "<w:p ", "<w:tc>", "<w:tr>"].iter().any(|block| inside.contains(block));
        let closed = self.source[..content.start].ends_with("/>");
        if !blocks && !closed && content.start > 0 {
            let run = format!("<w:r>{}</w:r>", text_element(text));
            self.edits.push((content.end..content.end, run));
        }
    }

    fn set_highlight(&mut self, mark: usize, highlight: bool) {
        let seen = self.scan.visible(mark);
        let runs: BTreeSet<usize> = seen.iter().filter_map(|at| self.scan.pieces[*at].run).collect();
        for run in runs.iter().map(|run| &self.scan.runs[*run]) {
            match (&run.highlight, highlight) {
                (Some(at), false) => self.edits.push((at.clone(), String::new())),
                (None, true) => {
                    let at = run.properties.clone().unwrap_or(run.open.end..run.open.end);
                    self.edits.push((at, self.yellow(run.properties.as_ref())));
                }
                _ => {}
            }
        }
    }

    /// Properties of a run with a yellow mark among them.
    fn yellow(&self, properties: Option<&Range<usize>>) -> String {
        let own = properties.and_then(|at| xml::parse(&self.source[at.clone()]).ok());
        run_properties(own.as_ref(), true).as_ref().map(xml::fragment).unwrap_or_default()
    }

    fn set_pieces(&mut self, mark: usize, pieces: &[Inline]) {
        let seen = self.scan.visible(mark);
        let first = seen.iter().find_map(|at| self.scan.pieces[*at].run).map(|run| &self.scan.runs[run]);
        let properties = first.and_then(|run| run.properties.clone());
        let properties = properties.and_then(|at| xml::parse(&self.source[at]).ok());
        let plain = run_properties(properties.as_ref(), false).map(|mut own| {
            own.children.retain(|node| !node.is("w:highlight"));
            own
        });
        let mut out = String::new();
        for piece in pieces {
            let element = match piece {
                Inline::Text(text) => {
                    let said = Element::text_run(vec![Node::Text(text.clone())]);
                    let own = plain.clone().map(Node::Element).into_iter();
                    Element::new("w:r").holding(own.chain([Node::Element(said)]).collect())
                }
                Inline::Control(fill) => control(fill, self.ids.draw(), plain.as_ref()),
            };
            out.push_str(&xml::fragment(&element));
        }
        let content = self.scan.marks[mark].content.clone();
        if content.start > 0 {
            self.edits.push((content, out));
        }
    }

    /// Other words in the prose; left alone where they do not stand in one run outside of all controls.
    fn prose(&mut self, line: usize, at: Range<usize>, new: &str, highlight: bool) {
        let holds = |piece: &&Piece| {
            piece.writable
                && !piece.gone
                && piece.line == line
                && piece.at <= at.start
                && at.end <= piece.at + piece.text.len()
        };
        let Some(piece) = self.scan.pieces.iter().find(holds).filter(|piece| self.scan.is_loose(piece))
        else {
            return;
        };
        let Some(run) = piece.run.map(|run| &self.scan.runs[run]) else { return };
        if !highlight {
            let (from, to) = (at.start - piece.at, at.end - piece.at);
            return self.write(piece, &[&piece.text[..from], new, &piece.text[to..]].concat());
        }
        let (before, after) = (&piece.text[..at.start - piece.at], &piece.text[at.end - piece.at..]);
        let open = &self.source[run.open.clone()];
        let properties = run.properties.clone().map_or("", |at| &self.source[at]);
        let mut out = String::new();
        if !before.is_empty() {
            out.push_str(&text_element(before));
        }
        let yellow = self.yellow(run.properties.as_ref());
        let _ = write!(out, "</w:r><w:r>{yellow}{}</w:r>{open}{properties}", text_element(new));
        if !after.is_empty() {
            out.push_str(&text_element(after));
        }
        self.edits.push((piece.element.clone(), out));
    }
}

/// A `w:t` that keeps its spaces.
fn text_element(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", lines(text))
}

/// Escaped text; line breaks leave the `w:t` they stand in and enter another.
fn lines(text: &str) -> String {
    let mut out = String::new();
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">");
        }
        escape(line, Braces::Plain, &mut out);
    }
    out
}

/// Where two texts differ: from and to in the old one, and what the new one has there.
fn difference<'n>(old: &str, new: &'n str) -> (usize, usize, &'n str) {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let tail = old[head..].chars().rev().zip(new[head..].chars().rev()).take_while(same);
    let tail: usize = tail.map(|(a, _)| a.len_utf8()).sum();
    (head, old.len() - tail, &new[head..new.len() - tail])
}
