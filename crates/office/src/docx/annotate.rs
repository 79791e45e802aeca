//! Comments (批注) beside paragraphs of any Word file; nothing else of the file changes.
//!
//! Paragraphs are named as [`super::outline()`] counts them. Deliberately absent: comments in headers, footers and notes,
//! where Word allows none: [`annotate`] returns how many notes found a place. To anchor a comment to less than
//! a paragraph: split the runs in `surround`.

use std::collections::BTreeMap;

use super::messages::INITIALS;
use super::outline::{Reader, choice, is_gone};
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
    let mut wanted: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for note in notes.iter().filter(|note| note.part == document) {
        wanted.entry(note.paragraph).or_default().push(&note.text);
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
    wanted: BTreeMap<usize, Vec<&'a str>>,
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
                    for text in
                        (own..self.next).filter_map(|n| self.wanted.remove(&n)).flatten().collect::<Vec<_>>()
                    {
                        self.surround(element, text);
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

    fn surround(&mut self, paragraph: &mut Element, text: &str) {
        let id = self.id.to_string();
        self.id += 1;
        let sign = |name: &str| Element::new(name).with("w:id", &id);
        let begin = usize::from(paragraph.children.first().is_some_and(|node| node.is("w:pPr")));
        paragraph.children.insert(begin, Node::Element(sign("w:commentRangeStart")));
        paragraph.children.push(Node::Element(sign("w:commentRangeEnd")));
        let reference = Element::new("w:r").holding(vec![Node::Element(sign("w:commentReference"))]);
        paragraph.children.push(Node::Element(reference));
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
        let note =
            |paragraph, text: &str| Note { part: before[0].part.clone(), paragraph, text: text.into() };
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
}
