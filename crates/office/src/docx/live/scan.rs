//! One part as a stream of events that remember where they stood.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::looks::Looks;
use super::super::xml::{WML, resolve};
use super::{Held, Line, Live};

/// Deepest nesting of elements that is read; Word itself stays below 60.
const DEPTH: usize = 200;
/// Most elements and texts of one part.
const EVENTS: usize = 6_000_000;

/// What a part holds, with the bytes it stands at.
#[derive(Default)]
pub(super) struct Scan {
    pub lines: Vec<RawLine>,
    pub runs: Vec<Run>,
    pub pieces: Vec<Piece>,
    /// All controls; those that are ours have a tag that begins as asked, or none.
    pub marks: Vec<Mark>,
}

/// A paragraph.
#[derive(Default)]
pub(super) struct RawLine {
    pub text: String,
    pub style: Option<String>,
    pub level: Option<i32>,
    pub fallback: bool,
}

/// A run: its start tag, its properties, the yellow mark among them.
#[derive(Default)]
pub(super) struct Run {
    pub open: Range<usize>,
    pub properties: Option<Range<usize>>,
    pub highlight: Option<Range<usize>>,
}

/// A stretch of text, or a sign that stands for one.
pub(super) struct Piece {
    /// The whole element.
    pub element: Range<usize>,
    /// What stands in it; none for signs and empty elements.
    pub inside: Option<Range<usize>>,
    pub text: String,
    pub line: usize,
    /// Where it begins in the text of its paragraph.
    pub at: usize,
    pub run: Option<usize>,
    /// The innermost control around it.
    pub mark: Option<usize>,
    /// Whether it is struck out.
    pub gone: bool,
    /// Whether other text can be written into it.
    pub writable: bool,
}

/// A control.
#[derive(Default)]
pub(super) struct Mark {
    /// Whether its tag begins as asked, or it has none: LibreOffice 7.4 loses tags.
    pub ours: bool,
    /// Where its properties hold a tag that is not there yet.
    pub tag_goes: Option<usize>,
    /// Whether it is a building block of the program: a table of contents, a page number.
    block: bool,
    pub tag: Said,
    pub alias: Said,
    pub id: Said,
    /// The element that says it takes plain text only.
    pub plain: Option<Range<usize>>,
    /// The element that says it shows an invitation to type.
    pub invitation: Option<Range<usize>>,
    pub content: Range<usize>,
    pub parent: Option<usize>,
    pub fallback: bool,
    /// The paragraph it begins in.
    pub line: usize,
}

/// The value of an attribute and where it stands.
#[derive(Default, Clone)]
pub(super) struct Said {
    pub text: String,
    pub at: Option<Range<usize>>,
}

impl Scan {
    /// Reads a part; the error is a technical sentence.
    pub fn read(source: &str, prefix: &str) -> Result<Self, String> {
        let skipped = source.len() - source.trim_start_matches('\u{FEFF}').len();
        let mut scanner = Scanner { source, prefix, ..Scanner::default() };
        let mut reader = Reader::from_str(&source[skipped..]);
        let position =
            |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        for _ in 0..EVENTS {
            let from = skipped + position(&reader);
            let event =
                reader.read_event().map_err(|error| format!("byte {}: {error}", reader.error_position()))?;
            let at = from..skipped + position(&reader);
            match &event {
                Event::Start(start) => scanner.start(start.name().0, &at)?,
                Event::Empty(start) => {
                    scanner.start(start.name().0, &at)?;
                    scanner.end(start.name().0, &at, true);
                }
                Event::End(end) => scanner.end(end.name().0, &at, false),
                Event::Text(text) => scanner.letters(&text.xml10_content()),
                Event::CData(text) => scanner.letters(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    scanner.letters(resolve(reference)?.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => return Err("a DOCTYPE".to_owned()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if scanner.names.is_empty() && scanner.known => return Ok(scanner.scan),
                Event::Eof if scanner.known => return Err("ends too early".to_owned()),
                Event::Eof => return Err("WordprocessingML is not bound to the prefix w".to_owned()),
            }
        }
        Err(format!("more than {EVENTS} nodes"))
    }

    /// Our controls by their index.
    pub fn ours(&self) -> Vec<usize> {
        (0..self.marks.len()).filter(|mark| self.marks[*mark].ours).collect()
    }

    /// Whether a piece stands in a control, at whatever depth.
    pub fn stands_in(&self, piece: &Piece, mark: usize) -> bool {
        let mut at = piece.mark;
        while let Some(inner) = at {
            if inner == mark {
                return true;
            }
            at = self.marks[inner].parent;
        }
        false
    }

    /// The pieces a reader sees in a control, by their index.
    pub fn visible(&self, mark: usize) -> Vec<usize> {
        let fallback = self.marks[mark].fallback;
        let seen = |at: &usize| {
            let piece = &self.pieces[*at];
            !piece.gone && self.lines[piece.line].fallback == fallback && self.stands_in(piece, mark)
        };
        let from = self.pieces.partition_point(|piece| piece.element.start < self.marks[mark].content.start);
        let to = self.pieces.partition_point(|piece| piece.element.start < self.marks[mark].content.end);
        (from..to).filter(seen).collect()
    }

    /// Whether a piece stands in no control of ours.
    pub fn is_loose(&self, piece: &Piece) -> bool {
        piece.mark.is_none_or(|mark| !self.marks[mark].ours && self.outer(mark).is_none())
    }

    /// The nearest control around a control that is ours.
    pub fn outer(&self, mark: usize) -> Option<usize> {
        let mut at = self.marks[mark].parent;
        while let Some(outer) = at {
            if self.marks[outer].ours {
                return Some(outer);
            }
            at = self.marks[outer].parent;
        }
        None
    }

    /// The text of pieces; paragraphs are joined with `\n`.
    pub fn text_of(&self, pieces: &[usize]) -> String {
        let mut text = String::new();
        let mut line = None;
        for piece in pieces.iter().map(|at| &self.pieces[*at]) {
            if line.is_some_and(|line| line != piece.line) {
                text.push('\n');
            }
            line = Some(piece.line);
            text.push_str(&piece.text);
        }
        text
    }

    /// Tells what the part holds.
    pub fn describe(&self, part: &str, looks: &Looks, live: &mut Live) {
        let (first_line, first_control) = (live.lines.len(), live.controls.len());
        let ours = self.ours();
        let index: BTreeMap<usize, usize> =
            ours.iter().enumerate().map(|(at, mark)| (*mark, first_control + at)).collect();
        let mut number = 0;
        for line in &self.lines {
            number += usize::from(!line.fallback);
            let own = line.level.and_then(|level| u8::try_from(level).ok()).map(|level| level + 1);
            live.lines.push(Line {
                part: part.to_owned(),
                number: if line.fallback { 0 } else { number },
                text: line.text.clone(),
                level: own.or_else(|| looks.style(line.style.as_deref()).1.level).filter(|level| *level < 10),
                loose: Vec::new(),
            });
        }
        for piece in self.pieces.iter().filter(|piece| !piece.gone && self.is_loose(piece)) {
            let loose = &mut live.lines[first_line + piece.line].loose;
            let end = piece.at + piece.text.len();
            match loose.last_mut() {
                Some(last) if last.1 == piece.at => last.1 = end,
                _ => loose.push((piece.at, end)),
            }
        }
        for mark in ours {
            let control = &self.marks[mark];
            let seen = self.visible(mark);
            let first = seen.first().map(|at| &self.pieces[*at]);
            let struck =
                seen.is_empty() && self.pieces.iter().any(|piece| piece.gone && self.stands_in(piece, mark));
            live.controls.push(Held {
                tag: control.tag.text.clone(),
                alias: control.alias.text.clone(),
                text: if control.invitation.is_some() { String::new() } else { self.text_of(&seen) },
                line: first_line
                    + first.map_or(control.line, |piece| piece.line).min(self.lines.len().saturating_sub(1)),
                at: first.map_or(0, |piece| piece.at),
                fallback: control.fallback,
                within: self.outer(mark).and_then(|outer| index.get(&outer).copied()),
                struck,
                emptied: control.invitation.is_some(),
            });
        }
    }
}

/// A text that is being read.
struct Reading {
    from: usize,
    inside: usize,
    text: String,
    gone: bool,
    writable: bool,
}

#[derive(Default)]
struct Scanner<'s> {
    source: &'s str,
    prefix: &'s str,
    scan: Scan,
    names: Vec<String>,
    /// Whether the root binds the prefix `w` to WordprocessingML.
    known: bool,
    lines: Vec<usize>,
    runs: Vec<usize>,
    marks: Vec<usize>,
    gone: usize,
    fallback: usize,
    reading: Option<Reading>,
}

impl Scanner<'_> {
    fn start(&mut self, name: &str, at: &Range<usize>) -> Result<(), String> {
        if self.names.len() >= DEPTH {
            return Err(format!("nested deeper than {DEPTH}"));
        }
        if self.names.is_empty() {
            let bound = attribute(self.source, at, "xmlns:w");
            self.known = name.starts_with("w:") && WML.contains(&bound.text.as_str());
        }
        let parent = self.names.last().map_or("", String::as_str);
        match (parent, name) {
            (_, "w:p") => {
                self.lines.push(self.scan.lines.len());
                let fallback = self.fallback > 0;
                self.scan.lines.push(RawLine { fallback, ..RawLine::default() });
                for mark in &self.marks {
                    let mark = &mut self.scan.marks[*mark];
                    mark.line = mark.line.min(self.scan.lines.len() - 1);
                }
            }
            ("w:pPr", "w:pStyle" | "w:outlineLvl") => self.about_line(name, at),
            (_, "w:r") => {
                self.runs.push(self.scan.runs.len());
                self.scan.runs.push(Run { open: at.clone(), ..Run::default() });
            }
            ("w:r", "w:rPr") => self.run(|run| run.properties = Some(at.clone())),
            ("w:rPr", "w:highlight") if self.names.iter().rev().nth(1).is_some_and(|name| name == "w:r") => {
                self.run(|run| run.highlight = Some(at.clone()));
            }
            (_, "w:t" | "w:delText" | "m:t") => self.begin_text(name, at),
            ("w:r", _) => self.sign(name, at),
            (_, "w:sdt") => self.begin_mark(),
            ("w:sdtPr", _) => self.about_mark(name, at),
            ("w:sdt", "w:sdtPr") if !self.source[at.clone()].ends_with("/>") => {
                self.mark(|mark| mark.tag_goes = Some(at.end));
            }
            ("w:sdt", "w:sdtContent") => {
                self.mark(|mark| mark.content = at.end..at.end);
            }
            (_, "w:del" | "w:moveFrom") => self.gone += 1,
            (_, "mc:Fallback") => self.fallback += 1,
            _ => {}
        }
        self.names.push(name.to_owned());
        Ok(())
    }

    fn end(&mut self, name: &str, at: &Range<usize>, empty: bool) {
        self.names.pop();
        let parent = self.names.last().map_or("", String::as_str);
        match (parent, name) {
            (_, "w:p") => {
                self.lines.pop();
            }
            (_, "w:r") => {
                self.runs.pop();
            }
            ("w:r", "w:rPr") => self.run(|run| {
                if let Some(properties) = &mut run.properties {
                    properties.end = at.end;
                }
            }),
            ("w:rPr", "w:highlight") => self.run(|run| {
                if let Some(highlight) = run.highlight.as_mut().filter(|highlight| highlight.end == at.start)
                {
                    highlight.end = at.end;
                }
            }),
            (_, "w:t" | "w:delText" | "m:t") => self.end_text(at, empty),
            (_, "w:sdt") => {
                self.marks.pop();
            }
            ("w:sdt", "w:sdtPr") => self.mark(|mark| {
                mark.ours |= mark.tag.text.is_empty() && mark.tag_goes.is_some() && !mark.block;
            }),
            ("w:sdt", "w:sdtContent") => {
                self.mark(|mark| mark.content.end = at.start.max(mark.content.start));
            }
            (_, "w:del" | "w:moveFrom") => self.gone -= 1,
            (_, "mc:Fallback") => self.fallback -= 1,
            _ => {}
        }
    }

    fn letters(&mut self, text: &str) {
        if let Some(reading) = &mut self.reading {
            reading.text.push_str(text);
        }
    }

    fn begin_text(&mut self, name: &str, at: &Range<usize>) {
        let (gone, writable) = (name == "w:delText" || self.gone > 0, name == "w:t");
        self.reading = Some(Reading { from: at.start, inside: at.end, text: String::new(), gone, writable });
    }

    fn end_text(&mut self, at: &Range<usize>, empty: bool) {
        let Some(Reading { from, inside, text, gone, writable }) = self.reading.take() else { return };
        let inside = (!empty).then_some(inside..at.start);
        self.piece(from..at.end, inside, text, gone, writable);
    }

    /// Signs that stand for text.
    fn sign(&mut self, name: &str, at: &Range<usize>) {
        let text = match name {
            "w:tab" | "w:ptab" => "\t",
            "w:br" | "w:cr" => "\n",
            "w:noBreakHyphen" => "-",
            "w:sym" => "\u{FFFD}",
            _ => return,
        };
        self.piece(at.clone(), None, text.to_owned(), self.gone > 0, false);
    }

    fn piece(
        &mut self,
        element: Range<usize>,
        inside: Option<Range<usize>>,
        text: String,
        gone: bool,
        writable: bool,
    ) {
        let Some(line) = self.lines.last().copied() else { return };
        let (run, mark) = (self.runs.last().copied(), self.marks.last().copied());
        let at = self.scan.lines[line].text.len();
        if !gone {
            self.scan.lines[line].text.push_str(&text);
        }
        self.scan.pieces.push(Piece { element, inside, text, line, at, run, mark, gone, writable });
    }

    fn about_line(&mut self, name: &str, at: &Range<usize>) {
        // What a paragraph was before a tracked change of its format stands deeper and later.
        let said = attribute(self.source, at, "w:val").text;
        let Some(line) = self.lines.last().map(|line| &mut self.scan.lines[*line]) else { return };
        if name == "w:pStyle" {
            line.style.get_or_insert(said);
        } else if line.level.is_none() {
            line.level = said.parse().ok();
        }
    }

    fn begin_mark(&mut self) {
        let parent = self.marks.last().copied();
        self.marks.push(self.scan.marks.len());
        let line = self.lines.last().copied().unwrap_or(usize::MAX);
        let fallback = self.fallback > 0;
        self.scan.marks.push(Mark { parent, fallback, line, ..Mark::default() });
    }

    fn about_mark(&mut self, name: &str, at: &Range<usize>) {
        let said = || attribute(self.source, at, "w:val");
        let closed = self.source[at.clone()].ends_with("/>");
        let Some(mark) = self.marks.last().map(|mark| &mut self.scan.marks[*mark]) else { return };
        match name {
            "w:tag" => {
                mark.tag = said();
                mark.ours = mark.tag.text.starts_with(self.prefix);
            }
            "w:alias" => mark.alias = said(),
            "w:id" => mark.id = said(),
            "w:docPartObj" | "w:docPartList" => mark.block = true,
            "w:text" => mark.plain = Some(at.clone()),
            "w:showingPlcHdr" => mark.invitation = Some(at.clone()),
            _ => return,
        }
        if closed && matches!(name, "w:alias" | "w:id") {
            mark.tag_goes = Some(at.end);
        }
    }

    fn run(&mut self, change: impl FnOnce(&mut Run)) {
        if let Some(run) = self.runs.last() {
            change(&mut self.scan.runs[*run]);
        }
    }

    fn mark(&mut self, change: impl FnOnce(&mut Mark)) {
        if let Some(mark) = self.marks.last() {
            change(&mut self.scan.marks[*mark]);
        }
    }
}

/// The value of an attribute of the tag at `at`, and where in the source it stands.
pub(super) fn attribute(source: &str, at: &Range<usize>, wanted: &str) -> Said {
    let tag = &source[at.clone()];
    let mut rest = tag.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(tag.len());
    while let Some(equals) = tag[rest..].find('=').map(|found| rest + found) {
        let name = tag[rest..equals].trim();
        let Some(quote) = tag[equals..].find(['"', '\'']).map(|found| equals + found) else { break };
        let mark = tag.as_bytes()[quote];
        let Some(length) = tag[quote + 1..].find(char::from(mark)) else { break };
        let value = quote + 1..quote + 1 + length;
        if name == wanted {
            let text = quick_xml::escape::unescape(&tag[value.clone()]).unwrap_or_default().into_owned();
            return Said { text, at: Some(at.start + value.start..at.start + value.end) };
        }
        rest = value.end + 1;
    }
    Said::default()
}
