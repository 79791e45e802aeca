//! Text put into a template at a paragraph: a slot at its end, or paragraphs and a table after it, looking like their neighbours.
//!
//! Paragraphs are named as [`super::outline()`] counts them. What is put in is a manuscript (`manuscript`); its headings and
//! notes become plain paragraphs, because only the template's author knows the template's styles. Deliberately absent: tables
//! inside of cells, headers, footers and notes.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::manuscript::{ParaKind, parse_manuscript, stretches};
use super::outline::{Reader, choice, is_gone};
use super::package::bad_part;
use super::xml::{self, Braces, Element, Node};
use super::{DocxFault, guard};

/// The namespace of Word's elements.
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Where something is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Put {
    /// At the end of the paragraph's text.
    End,
    /// As paragraphs or a table of its own after it.
    After,
}

/// Puts a manuscript into a document at a paragraph counted from 0; none when there is no place for it there.
///
/// # Errors
/// The file is no .docx, too large, damaged or unsafe.
pub fn insert(bytes: &[u8], paragraph: usize, put: Put, text: &str) -> Result<Option<Vec<u8>>, DocxFault> {
    let (mut package, _) = guard::admit(bytes)?;
    let document = package.document()?;
    let bad = |what: String| bad_part(&document, &what);
    let mut root = xml::parse_word(&package.text(&document)?).map_err(bad)?;
    let like = usual(&root);
    let (inline, blocks) = match put {
        Put::End => (text.trim().to_owned(), Vec::new()),
        Put::After => (String::new(), blocks(text, &like).map_err(bad)?),
    };
    let tables = blocks.iter().any(|node| node.is("w:tbl"));
    let mut inserter = Inserter { next: 0, wanted: paragraph, inline, blocks, tables, done: false };
    inserter.visit(&mut root.children, false);
    if !inserter.done {
        return Ok(None);
    }
    package.put(&document, xml::write(&root, Braces::Plain).into_bytes());
    Ok(Some(package.write()))
}

/// The properties most paragraphs of text have, and those of their letters.
#[derive(Default)]
struct Look {
    paragraph: Option<Element>,
    letters: Option<Element>,
}

fn usual(root: &Element) -> Look {
    let mut counts: HashMap<String, (usize, Look)> = HashMap::new();
    let body = root.child("w:body");
    for element in body.into_iter().flat_map(Element::elements).filter(|one| one.is("w:p")) {
        let length = letters(element);
        if length == 0 {
            continue;
        }
        let mut about = element.child("w:pPr").cloned();
        if let Some(about) = &mut about {
            // Sections, numbers and revisions belong to one paragraph.
            about.children.retain(|node| {
                !["w:sectPr", "w:numPr", "w:pPrChange", "w:rPr"].iter().any(|name| node.is(name))
            });
        }
        let letters = element.child("w:r").and_then(|run| run.child("w:rPr")).cloned();
        let key = about.as_ref().map(|about| xml::write(about, Braces::Plain)).unwrap_or_default();
        let known = counts.entry(key).or_insert((0, Look { paragraph: about, letters }));
        known.0 += length;
    }
    let most = counts.into_iter().max_by(|(a, (n, _)), (b, (m, _))| n.cmp(m).then_with(|| b.cmp(a)));
    most.map(|(_, (_, look))| look).unwrap_or_default()
}

/// How many letters a paragraph has.
fn letters(paragraph: &Element) -> usize {
    let mut count = 0;
    paragraph.each(&mut |inner| {
        if inner.is("w:t") {
            count += inner.text().trim().chars().count();
        }
    });
    count
}

/// The paragraphs and tables of a manuscript.
fn blocks(text: &str, like: &Look) -> Result<Vec<Node>, String> {
    let mut made = Vec::new();
    for para in parse_manuscript(text).paragraphs {
        if let ParaKind::Table(rows) = para.kind {
            made.push(Node::Element(xml::parse(&table(&rows))?));
            // Two tables without a paragraph between them would become one.
            made.push(Node::Element(Element::new("w:p")));
            continue;
        }
        let about = like.paragraph.clone().map(Node::Element);
        let runs = stretches(&para.text);
        let runs = runs.into_iter().map(|(text, bold)| run(&text, bold, like.letters.as_ref()));
        made.push(Node::Element(Element::new("w:p").holding(about.into_iter().chain(runs).collect())));
    }
    Ok(made)
}

fn run(text: &str, bold: bool, letters: Option<&Element>) -> Node {
    let mut letters = letters.cloned();
    if bold {
        let own = letters.get_or_insert_with(|| Element::new("w:rPr"));
        if own.child("w:b").is_none() {
            // After the type face, where the schema has it.
            let at = usize::from(own.child("w:rFonts").is_some());
            own.children.insert(at, Node::Element(Element::new("w:b")));
        }
    }
    let said = Node::Element(Element::text_run(vec![Node::Text(text.to_owned())]));
    Node::Element(Element::new("w:r").holding(letters.map(Node::Element).into_iter().chain([said]).collect()))
}

/// A ruled table as wide as the text.
fn table(rows: &[Vec<String>]) -> String {
    let mut out = format!(
        "<w:tbl xmlns:w=\"{WORD}\"><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:jc w:val=\"center\"/><w:tblBorders>"
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    out.push_str("</w:tblBorders></w:tblPr><w:tblGrid>");
    for _ in 0..columns {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", 8800 / columns);
    }
    out.push_str("</w:tblGrid>");
    for row in rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (at, text) in row.iter().enumerate() {
            // The last cell of a short row takes the rest of the table.
            let span = if at + 1 == row.len() { columns - at } else { 1 };
            let _ = write!(
                out,
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr>\
                 <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
                 <w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr>\
                 <w:r><w:rPr><w:sz w:val=\"21\"/></w:rPr><w:t xml:space=\"preserve\">"
            );
            xml::escape(text, Braces::Plain, &mut out);
            out.push_str("</w:t></w:r></w:p></w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

struct Inserter {
    /// Number of the next paragraph, as [`Reader`] counts.
    next: usize,
    wanted: usize,
    inline: String,
    blocks: Vec<Node>,
    /// Whether there is a table among the blocks.
    tables: bool,
    done: bool,
}

impl Inserter {
    fn visit(&mut self, nodes: &mut Vec<Node>, in_table: bool) {
        let mut at = 0;
        while at < nodes.len() && !self.done {
            if let Node::Element(element) = &mut nodes[at] {
                match element.name.as_str() {
                    "w:p" if self.counts(element) => {
                        if self.inline.is_empty() && !(in_table && self.tables) {
                            let blocks = std::mem::take(&mut self.blocks);
                            nodes.splice(at + 1..=at, blocks);
                            self.done = true;
                        } else if !self.inline.is_empty() {
                            self.append(element);
                        }
                        return;
                    }
                    "mc:AlternateContent" => {
                        let mut reader = Reader::default();
                        reader.blocks(choice(element), None);
                        self.next += reader.paragraphs.len();
                    }
                    "w:p" => {}
                    name if is_gone(name) => {}
                    name => {
                        let table = in_table || name == "w:tbl";
                        self.visit(&mut element.children, table);
                    }
                }
            }
            at += 1;
        }
    }

    /// Counts a paragraph and what its text boxes hold; whether it is the wanted one.
    fn counts(&mut self, element: &Element) -> bool {
        let mut reader = Reader::default();
        reader.paragraph(element, None);
        let own = self.next;
        self.next += reader.paragraphs.len();
        own == self.wanted
    }

    fn append(&mut self, paragraph: &mut Element) {
        let last = paragraph.elements().filter(|one| one.is("w:r")).last();
        let letters = last.and_then(|run| run.child("w:rPr")).cloned();
        paragraph.children.push(run(&self.inline, false, letters.as_ref()));
        self.done = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{compose, outline};
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        let all = outline(bytes).expect("a Word file");
        all.into_iter().filter(|one| one.part == "word/document.xml").map(|one| one.text).collect()
    }

    #[test]
    fn a_slot_stands_at_the_end_and_a_table_after_a_paragraph() {
        let plain = compose(&parse_manuscript("# 题目\n\n到位资金\n\n|甲|乙|\n|丙|丁|\n\n末段。\n"));
        assert_eq!(texts(&plain), ["题目", "到位资金", "甲", "乙", "丙", "丁", "末段。"]);
        let put = |at, put, text: &str| insert(&plain, at, put, text).expect("a Word file");
        let ended = put(1, Put::End, "{{ fig(\"a\") }}").expect("placed");
        assert_eq!(texts(&ended)[1], "到位资金{{ fig(\"a\") }}");
        // In a cell too.
        let cell = put(3, Put::End, "{{ fig(\"a\") }}").expect("placed");
        assert_eq!(texts(&cell)[3], "乙{{ fig(\"a\") }}");
        let after = put(1, Put::After, "新段{{ x }}\n\n|一|二|\n|{% for a in b %}|\n").expect("placed");
        assert_eq!(texts(&after)[1..7], ["到位资金", "新段{{ x }}", "一", "二", "{% for a in b %}", ""]);
        // The new paragraph looks like the text around it.
        let style = |bytes: &[u8], at: usize| outline(bytes).expect("a Word file")[at].style.clone();
        assert_eq!(style(&after, 2), style(&plain, 1));
        // No table in a cell, and nothing beyond the end.
        assert_eq!(put(3, Put::After, "|一|\n|二|\n"), None);
        assert_eq!(put(99, Put::End, "x"), None);
    }
}
