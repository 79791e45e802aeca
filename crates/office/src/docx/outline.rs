//! The text of a Word file, paragraph by paragraph, with its content controls.
//!
//! Reads what Word, WPS and LibreOffice save: controls around runs, paragraphs, rows and cells, nested ones too; tracked
//! deletions are left out, insertions kept; a text box is read once although Word stores it twice.
//!
//! Deliberately absent: layout and formatting beyond the style's id. To read another inline sign: one line in
//! `Reader::run`.

use super::messages::INITIALS;
use super::package::{Package, bad_part, local};
use super::xml::{self, Element, Node};
use super::{DocxFault, SetAside, guard};

/// Columns a table of Word has at most.
const MAX_COLUMNS: usize = 63;

/// A paragraph of a Word file.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Paragraph {
    /// Name of the part in the zip it stands in.
    pub part: String,
    /// Id of its style, which is the name in the file, not the name shown.
    pub style: Option<String>,
    /// Its text; tabs are `\t`, line breaks `\n`, hard hyphens `-`.
    pub text: String,
    /// The controls that start in it, outer before inner.
    pub controls: Vec<Control>,
    /// Table, row and column it stands in, each counted from 0; tables in the order of the whole file. A cell that goes over
    /// several columns stands in the first of them.
    pub in_table: Option<(usize, usize, usize)>,
}

/// A content control.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Control {
    /// Its tag, empty when it has none.
    pub tag: String,
    /// Its title, empty when it has none.
    pub alias: String,
    /// Its text; paragraphs are joined with `\n`.
    pub text: String,
    /// First character of its text within the paragraph, in characters from 0.
    pub start: usize,
}

/// A finished document – ours or anybody's – as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Finished {
    /// Its paragraphs: of the document, then of headers, footers, footnotes, endnotes and comments.
    pub paragraphs: Vec<Paragraph>,
    /// What was taken out before.
    pub set_aside: Vec<SetAside>,
}

/// Reads the text of the document, then of headers, footers, footnotes and endnotes.
///
/// # Errors
/// The file is no .docx, too large, damaged or unsafe.
pub fn outline(bytes: &[u8]) -> Result<Vec<Paragraph>, DocxFault> {
    let (package, _) = guard::admit(bytes)?;
    let mut reader = Reader::default();
    package.text_parts()?.into_iter().try_for_each(|name| reader.part(&package, name))?;
    Ok(reader.paragraphs)
}

/// Reads a finished document with its comments; those of an earlier [`super::annotate()`] are left out.
///
/// # Errors
/// The file is no .docx, too large, damaged or unsafe.
pub fn read_finished(bytes: &[u8]) -> Result<Finished, DocxFault> {
    let (package, set_aside) = guard::admit(bytes)?;
    let mut reader = Reader::default();
    let comments = package.comments()?;
    package.text_parts()?.into_iter().chain(comments).try_for_each(|name| reader.part(&package, name))?;
    Ok(Finished { paragraphs: reader.paragraphs, set_aside })
}

/// The attributes of a stored basis (see [`super::read_basis`]): those of the whole first, then a list for each slot.
pub fn basis_attributes(basis: &str) -> Vec<Vec<(String, String)>> {
    let Ok(root) = xml::parse(basis) else { return Vec::new() };
    std::iter::once(&root).chain(root.elements()).map(|element| element.attrs.clone()).collect()
}

#[derive(Default)]
pub(super) struct Reader {
    part: String,
    pub paragraphs: Vec<Paragraph>,
    tables: usize,
}

/// A paragraph being read.
#[derive(Default)]
pub(super) struct Line<'e> {
    text: String,
    pub letters: usize,
    controls: Vec<Control>,
    boxes: Vec<&'e Element>,
}

impl Reader {
    fn part(&mut self, package: &Package, name: String) -> Result<(), DocxFault> {
        let root = xml::parse_word(&package.text(&name)?).map_err(|what| bad_part(&name, &what))?;
        self.part = name;
        self.blocks(&root.children, None);
        Ok(())
    }

    pub fn blocks(&mut self, nodes: &[Node], place: Option<(usize, usize, usize)>) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:p" => self.paragraph(element, place),
                "w:tbl" => {
                    self.tables += 1;
                    let table = self.tables - 1;
                    self.rows(&element.children, table, &mut 0);
                }
                "w:sdt" => {
                    let start = self.paragraphs.len();
                    self.blocks(content(element), place);
                    self.enclose(element, start);
                }
                "mc:AlternateContent" => self.blocks(choice(element), place),
                "w:comment" if element.attr("w:initials") == Some(INITIALS) => {}
                name if is_gone(name) => {}
                // Body, notes, insertions and other wrappers.
                _ => self.blocks(&element.children, place),
            }
        }
    }

    fn rows(&mut self, nodes: &[Node], table: usize, row: &mut usize) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:tr" => {
                    let gone = element.child("w:trPr").is_some_and(|about| about.child("w:del").is_some());
                    if !gone {
                        self.cells(&element.children, (table, *row), &mut 0);
                    }
                    *row += 1;
                }
                "w:sdt" => {
                    let start = self.paragraphs.len();
                    self.rows(content(element), table, row);
                    self.enclose(element, start);
                }
                name if is_gone(name) => {}
                _ => self.rows(&element.children, table, row),
            }
        }
    }

    fn cells(&mut self, nodes: &[Node], (table, row): (usize, usize), cell: &mut usize) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:tc" => {
                    self.blocks(&element.children, Some((table, row, *cell)));
                    *cell += span(element);
                }
                "w:sdt" => {
                    let start = self.paragraphs.len();
                    self.cells(content(element), (table, row), cell);
                    self.enclose(element, start);
                }
                name if is_gone(name) => {}
                _ => self.cells(&element.children, (table, row), cell),
            }
        }
    }

    /// Records a control around everything read since `start`.
    fn enclose(&mut self, element: &Element, start: usize) {
        let texts: Vec<&str> =
            self.paragraphs[start..].iter().map(|paragraph| paragraph.text.as_str()).collect();
        let control = control_of(element, texts.join("\n"), 0);
        if let Some(first) = self.paragraphs.get_mut(start) {
            first.controls.insert(0, control);
        }
    }

    pub fn paragraph(&mut self, element: &Element, in_table: Option<(usize, usize, usize)>) {
        let mut line = Line::default();
        line.inline(&element.children);
        let style = element.child("w:pPr").and_then(|about| about.child("w:pStyle"));
        self.paragraphs.push(Paragraph {
            part: self.part.clone(),
            style: style.and_then(|style| style.attr("w:val")).map(str::to_owned),
            text: line.text,
            controls: line.controls,
            in_table,
        });
        for text_box in line.boxes {
            self.blocks(&text_box.children, in_table);
        }
    }
}

/// How many columns a cell goes over.
fn span(cell: &Element) -> usize {
    let wide = cell.child("w:tcPr").and_then(|about| about.child("w:gridSpan"));
    let columns = wide.and_then(|wide| wide.attr("w:val")?.parse().ok());
    columns.filter(|columns| (1..=MAX_COLUMNS).contains(columns)).unwrap_or(1)
}

impl<'e> Line<'e> {
    pub fn inline(&mut self, nodes: &'e [Node]) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:r" => self.run(&element.children),
                "w:sdt" => {
                    let (index, start, from) = (self.controls.len(), self.letters, self.text.len());
                    self.controls.push(Control::default());
                    self.inline(content(element));
                    self.controls[index] = control_of(element, self.text[from..].to_owned(), start);
                }
                "w:pPr" => {}
                "m:t" => self.push(&element.text()),
                "mc:AlternateContent" => self.inline(choice(element)),
                name if is_gone(name) => {}
                // Links, fields, insertions, formulas and other wrappers.
                _ => self.inline(&element.children),
            }
        }
    }

    fn run(&mut self, nodes: &'e [Node]) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:t" => self.push(&element.text()),
                "w:tab" | "w:ptab" => self.push("\t"),
                "w:br" | "w:cr" => self.push("\n"),
                "w:noBreakHyphen" => self.push("-"),
                "w:sym" => {
                    let code = element.attr("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let letter = code.and_then(char::from_u32).unwrap_or('\u{FFFD}');
                    self.push(letter.encode_utf8(&mut [0; 4]));
                }
                "w:ruby" => {
                    self.inline(element.child("w:rubyBase").map_or(&[], |base| base.children.as_slice()));
                }
                "w:drawing" | "w:pict" | "w:object" => self.boxes_in(element),
                "mc:AlternateContent" => self.run(choice(element)),
                _ => {}
            }
        }
    }

    fn boxes_in(&mut self, element: &'e Element) {
        for inner in element.elements() {
            if inner.is("w:txbxContent") {
                self.boxes.push(inner);
            } else {
                self.boxes_in(inner);
            }
        }
    }

    fn push(&mut self, text: &str) {
        self.letters += text.chars().count();
        self.text.push_str(text);
    }
}

/// What an element's deletion leaves behind.
pub(super) fn is_gone(name: &str) -> bool {
    matches!(
        name,
        "w:del" | "w:moveFrom" | "w:sdtPr" | "w:sdtEndPr" | "w:tblPr" | "w:trPr" | "w:tcPr" | "w:sectPr"
    )
}

pub(super) fn content(control: &Element) -> &[Node] {
    control.child("w:sdtContent").map_or(&[], |content| content.children.as_slice())
}

/// The first alternative, which every program of the last ten years understands.
pub(super) fn choice(element: &Element) -> &[Node] {
    let chosen = element.child("mc:Choice").or_else(|| element.child("mc:Fallback"));
    chosen.map_or(&[], |chosen| chosen.children.as_slice())
}

fn control_of(element: &Element, text: String, start: usize) -> Control {
    let about = element.child("w:sdtPr");
    let value = |name: &str| {
        let inner = about.and_then(|about| about.elements().find(|inner| local(&inner.name) == name));
        inner.and_then(|inner| inner.attr("w:val")).unwrap_or_default().to_owned()
    };
    Control { tag: value("tag"), alias: value("alias"), text, start }
}
