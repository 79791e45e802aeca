//! Comments (批注) beside paragraphs of any Word file; nothing else of the file changes.
//!
//! Paragraphs are named as [`super::outline()`] counts them. Deliberately absent: comments in headers, footers and notes,
//! where Word allows none: [`annotate`] returns how many notes found a place. A comment stands at characters of a paragraph:
//! runs are split where it begins and ends (`put`), content controls stay whole where it takes all of them.

use std::collections::BTreeMap;

use super::messages::INITIALS;
use super::outline::{Line, Reader, choice, is_gone};
use super::package::{Package, bad_part};
use super::xml::{self, Braces, Element, Node};
use super::{DocxFault, guard};

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// A comment beside a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// The part the paragraph stands in.
    pub part: String,
    /// Which paragraph of the part, from 0.
    pub paragraph: usize,
    /// The first character it is about and the first behind, as the paragraph's text counts; all of it without.
    pub range: Option<(usize, usize)>,
    /// What it says.
    pub text: String,
}

/// Who comments and when, as the comments say it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Author {
    /// Name.
    pub name: String,
    /// ISO 8601, such as `2024-01-31T08:00:00Z`.
    pub at: String,
}

/// Puts notes beside their paragraphs; the file and how many found a place.
///
/// # Errors
/// The file is no .docx, too large, damaged or unsafe.
pub fn annotate(bytes: &[u8], notes: &[Note], author: &Author) -> Result<(Vec<u8>, usize), DocxFault> {
    let (mut package, _) = guard::admit(bytes)?;
    let document = package.document()?;
    let mut root = xml::parse_word(&package.text(&document)?).map_err(|what| bad_part(&document, &what))?;
    let namespace = root.attr("xmlns:w").unwrap_or_default().to_owned();
    let part = comments_part(&mut package, &document, &namespace)?;
    let mut known = xml::parse_word(&package.text(&part)?).map_err(|what| bad_part(&part, &what))?;
    let highest = known.elements().filter_map(|comment| comment.attr("w:id")?.parse::<u32>().ok()).max();
    let mut wanted: BTreeMap<usize, Vec<&Note>> = BTreeMap::new();
    for note in notes.iter().filter(|note| note.part == document) {
        wanted.entry(note.paragraph).or_default().push(note);
    }
    let first = highest.map_or(0, |id| id.saturating_add(1));
    let mut marker = Marker { wanted, next: 0, id: first, author, comments: Vec::new() };
    marker.mark(&mut root.children);
    let placed = marker.comments.len();
    known.children.extend(marker.comments.into_iter().map(Node::Element));
    package.put(&document, xml::write(&root, Braces::Plain).into_bytes());
    package.put(&part, xml::write(&known, Braces::Plain).into_bytes());
    Ok((package.write(), placed))
}

/// The part that holds comments, made if need be.
fn comments_part(package: &mut Package, document: &str, namespace: &str) -> Result<String, DocxFault> {
    if let Some(name) = package.comments()? {
        return Ok(name);
    }
    let folder = document.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let file = (0..=u32::MAX)
        .map(|n| if n == 0 { "comments.xml".to_owned() } else { format!("comments{n}.xml") })
        .find(|file| package.get(&format!("{folder}{file}")).is_none())
        .expect("the numbers do not end");
    let name = format!("{folder}{file}");
    let empty = Element::new("w:comments").with("xmlns:w", namespace);
    package.put(&name, xml::write(&empty, Braces::Plain).into_bytes());
    package.relate(document, RELATION, &file)?;
    package.declare(&name, CONTENT_TYPE)?;
    Ok(name)
}

struct Marker<'a> {
    wanted: BTreeMap<usize, Vec<&'a Note>>,
    /// Number of the next paragraph, as [`Reader`] counts.
    next: usize,
    id: u32,
    author: &'a Author,
    comments: Vec<Element>,
}

impl Marker<'_> {
    fn mark(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            let Node::Element(element) = node else { continue };
            match element.name.as_str() {
                "w:p" => {
                    let mut reader = Reader::default();
                    reader.paragraph(element, None);
                    let own = self.next;
                    self.next += reader.paragraphs.len();
                    // What stands in a text box is said beside the paragraph that holds the box.
                    for paragraph in own..self.next {
                        for note in self.wanted.remove(&paragraph).unwrap_or_default() {
                            let range = note.range.filter(|_| paragraph == own);
                            self.surround(element, range, &note.text);
                        }
                    }
                }
                "mc:AlternateContent" => {
                    let mut reader = Reader::default();
                    reader.blocks(choice(element), None);
                    self.next += reader.paragraphs.len();
                }
                "w:tr" if is_deleted(element) => {}
                name if is_gone(name) => {}
                _ => self.mark(&mut element.children),
            }
        }
    }

    fn surround(&mut self, paragraph: &mut Element, range: Option<(usize, usize)>, text: &str) {
        let id = self.id.to_string();
        self.id += 1;
        let sign = |name: &str| Element::new(name).with("w:id", &id);
        let reference = Element::new("w:r").holding(vec![Node::Element(sign("w:commentReference"))]);
        let ending = vec![Node::Element(sign("w:commentRangeEnd")), Node::Element(reference)];
        let begin = vec![Node::Element(sign("w:commentRangeStart"))];
        let (from, to) = range.unwrap_or_default();
        // The end first: what begins before it is not moved by it.
        if from >= to || put(&mut paragraph.children, Side::Behind(to), &mut 0, ending.clone()).is_some() {
            paragraph.children.extend(ending);
        }
        if from >= to || put(&mut paragraph.children, Side::Before(from), &mut 0, begin.clone()).is_some() {
            let first = usize::from(paragraph.children.first().is_some_and(|node| node.is("w:pPr")));
            paragraph.children.splice(first..first, begin);
        }
        let said = Element::text_run(vec![Node::Text(text.to_owned())]);
        let run = Element::new("w:r").holding(vec![Node::Element(said)]);
        let line = Element::new("w:p").holding(vec![Node::Element(run)]);
        let comment = sign("w:comment")
            .with("w:author", &self.author.name)
            .with("w:date", &self.author.at)
            .with("w:initials", INITIALS);
        self.comments.push(comment.holding(vec![Node::Element(line)]));
    }
}

/// Where among the characters of a paragraph something is put.
#[derive(Clone, Copy)]
enum Side {
    /// Before the character of this number.
    Before(usize),
    /// Behind so many characters.
    Behind(usize),
}

impl Side {
    /// Whether the place is the edge of, or outside, what begins and ends at these characters.
    fn place(self, from: usize, to: usize) -> Place {
        match self {
            Self::Before(at) if at >= to => Place::Later,
            Self::Before(at) if at <= from => Place::Front,
            Self::Behind(at) if at > to => Place::Later,
            Self::Behind(at) if at == to && to > from => Place::Back,
            Self::Behind(at) if at <= from => Place::Later,
            Self::Before(at) | Self::Behind(at) => Place::Inside(at - from),
        }
    }
}

enum Place {
    Later,
    Front,
    Back,
    Inside(usize),
}

/// Puts nodes at a character; gives them back when it is not among these.
fn put(nodes: &mut Vec<Node>, side: Side, letters: &mut usize, what: Vec<Node>) -> Option<Vec<Node>> {
    let mut at = 0;
    while at < nodes.len() {
        let Node::Element(element) = &mut nodes[at] else {
            at += 1;
            continue;
        };
        let length = length(element);
        match side.place(*letters, *letters + length) {
            Place::Later => *letters += length,
            Place::Front => {
                nodes.splice(at..at, what);
                return None;
            }
            Place::Back => {
                nodes.splice(at + 1..=at, what);
                return None;
            }
            Place::Inside(inner) if element.is("w:r") => {
                let behind = split(element, inner);
                nodes.splice(at + 1..=at, what.into_iter().chain([Node::Element(behind)]));
                return None;
            }
            Place::Inside(_) => return put_inside(element, side, letters, what),
        }
        at += 1;
    }
    Some(what)
}

/// As [`put`], among what an element of a paragraph holds.
fn put_inside(element: &mut Element, side: Side, letters: &mut usize, what: Vec<Node>) -> Option<Vec<Node>> {
    match element.name.as_str() {
        // What two programs read differently is left whole.
        "mc:AlternateContent" => Some(what),
        "w:sdt" => {
            let content = element.children.iter_mut().find_map(|node| match node {
                Node::Element(inner) if inner.is("w:sdtContent") => Some(&mut inner.children),
                _ => None,
            });
            match content {
                Some(content) => put(content, side, letters, what),
                None => Some(what),
            }
        }
        _ => put(&mut element.children, side, letters, what),
    }
}

/// How many characters an element is in the text of its paragraph.
fn length(element: &Element) -> usize {
    let own = [Node::Element(element.clone())];
    let mut line = Line::default();
    line.inline(&own);
    line.letters
}

/// Cuts a run behind so many characters; what is behind becomes a run of the same look.
fn split(run: &mut Element, at: usize) -> Element {
    let mut behind = Element { name: run.name.clone(), attrs: run.attrs.clone(), children: Vec::new() };
    behind.children.extend(run.children.iter().find(|node| node.is("w:rPr")).cloned());
    let mut before = Vec::new();
    let mut letters = 0;
    for mut node in std::mem::take(&mut run.children) {
        let length = length(&Element::new("w:r").holding(vec![node.clone()]));
        if letters + length <= at {
            before.push(node);
        } else if letters < at && node.is("w:t") {
            let text = node.element().map(Element::text).unwrap_or_default();
            let byte = text.char_indices().nth(at - letters).map_or(text.len(), |(byte, _)| byte);
            before.push(Node::Element(Element::text_run(vec![Node::Text(text[..byte].to_owned())])));
            node = Node::Element(Element::text_run(vec![Node::Text(text[byte..].to_owned())]));
            behind.children.push(node);
        } else {
            behind.children.push(node);
        }
        letters += length;
    }
    run.children = before;
    behind
}

fn is_deleted(row: &Element) -> bool {
    row.child("w:trPr").is_some_and(|about| about.child("w:del").is_some())
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, compose, outline, parse_manuscript};
    use super::*;

    #[test]
    fn a_comment_stands_beside_its_paragraph_and_the_text_stays() {
        let plain = compose(&parse_manuscript("# 题目\n\n第一段。\n\n第二段。\n"));
        let before = outline(&plain).expect("a Word file");
        let at = before.iter().position(|paragraph| paragraph.text == "第二段。").expect("it is there");
        let author = Author { name: "甲".into(), at: "2024-01-31T08:00:00Z".into() };
        let note = |paragraph, text: &str| Note {
            part: before[0].part.clone(),
            paragraph,
            range: None,
            text: text.into(),
        };
        let (first, placed) = annotate(&plain, &[note(at, "一 <二>")], &author).expect("annotated");
        // The second round adds to the same part with a fresh number.
        let (bytes, again) =
            annotate(&first, &[note(at, "三"), note(999, "nowhere")], &author).expect("annotated");
        assert_eq!((placed, again), (1, 1));
        assert_eq!(outline(&bytes).expect("a Word file"), before);
        let package = Package::read(&bytes, &Limits::default()).expect("a zip");
        let comments = package.text("word/comments.xml").expect("a part");
        assert!(comments.contains("一 &lt;二&gt;") && comments.contains("w:id=\"1\""), "{comments}");
        let document = package.text(&before[0].part).expect("a part");
        let start = document.find("<w:commentRangeStart w:id=\"0\"/>").expect("a range");
        assert!(
            start > document.find("第一段。").expect("text")
                && start < document.find("第二段。").expect("text")
        );
    }

    #[test]
    fn a_comment_stands_at_its_characters_and_splits_what_it_must() {
        let run =
            |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        let start = "<w:commentRangeStart/>";
        let check = |inner: &str, (from, to): (usize, usize), expected: &str| {
            let mut root = xml::parse(&format!("<w:p>{inner}</w:p>")).expect("sound");
            let sign = |name: &str| vec![Node::Element(Element::new(name))];
            let ended = put(&mut root.children, Side::Behind(to), &mut 0, sign("w:commentRangeEnd"));
            let began = put(&mut root.children, Side::Before(from), &mut 0, sign("w:commentRangeStart"));
            assert_eq!((ended, began), (None, None));
            assert!(xml::fragment(&root).contains(expected), "{}", xml::fragment(&root));
        };
        let end = "<w:commentRangeEnd/>";
        // Within one run, over two, and around a whole control.
        check(
            &run("产值112亿元。"),
            (2, 7),
            &format!("{}{start}{}{end}{}", run("产值"), run("112亿元"), run("。")),
        );
        let two = format!("{}{}", run("产值1"), run("12亿元。"));
        check(
            &two,
            (2, 7),
            &format!("{}{start}{}{}{end}{}", run("产值"), run("1"), run("12亿元"), run("。")),
        );
        let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", run("112"));
        check(&format!("{}{control}{}", run("产值"), run("亿元")), (2, 5), &format!("{start}{control}{end}"));
        let inside = format!("<w:sdt><w:sdtContent>{}", run("近"));
        let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", run("近112"));
        check(&control, (1, 4), &format!("{inside}{start}{}</w:sdtContent></w:sdt>{end}", run("112")));
    }
}
