//! A .docx as template source: slots gathered into one run, block tags lifted to the level they govern.
//!
//! Word splits what looks like one text over many runs (spelling marks, revision ids, bookmarks). A slot is put into
//! the run in which it starts and so keeps that run's formatting. A paragraph of nothing but block tags is replaced by
//! them, and so is such a table row; elsewhere a block tag is put between runs. Tracked changes count as accepted,
//! comments are dropped. All other braces become character references, so no other text can be read as a tag.
//!
//! Deliberately absent: rendering. To let text of another inline element take part: one name in [`is_inline`].

use super::looks::Looks;
use super::package::Package;
use super::tags::{self, Found};
use super::xml::{self, Braces, Element, Node, Tag};
use super::{DocxFault, Limits, Measure, TagFault, guard};

/// A .docx turned into template source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Template {
    /// The document first, then headers, footers, footnotes and endnotes.
    pub parts: Vec<TemplatePart>,
    /// Its styles.
    pub looks: Looks,
}

/// One part of the file as template source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TemplatePart {
    /// Name of the part in the zip, such as `word/document.xml`.
    pub name: String,
    /// XML with slots and tags in it. Render it without automatic escaping; values must be XML-escaped or tokens.
    pub source: String,
    /// The slots `{{ … }}` in order.
    pub slots: Vec<SlotPlace>,
    /// The block tags `{% … %}` in order.
    pub blocks: Vec<SlotPlace>,
}

/// Where a slot or tag stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SlotPlace {
    /// The slot or tag in plain syntax with its braces.
    pub text: String,
    /// Number of the paragraph in its part, counted from 1 and including those in tables.
    pub paragraph: usize,
    /// Name of the part in the zip.
    pub part: String,
}

/// Turns a .docx into template source.
///
/// # Errors
/// The file is no .docx, larger than `limits`, carries active or linked content, or a slot or tag in it is wrong.
pub fn template(bytes: &[u8], limits: &Limits) -> Result<Template, DocxFault> {
    let package = Package::read(bytes, limits)?;
    guard::check(&package)?;
    let mut left = limits.slots;
    let mut parts = Vec::new();
    for name in package.text_parts()? {
        let mut root =
            xml::parse_word(&package.text(&name)?).map_err(|what| super::package::bad_part(&name, &what))?;
        clean(&mut root);
        let mut work =
            Work { part: &name, paragraph: 0, left: &mut left, limit: limits.slots, found: Vec::new() };
        root.children = work.walk(root.children)?;
        let found = work.found;
        balance(&name, &root)?;
        let place =
            |tag: &Tag| SlotPlace { text: tag.source.clone(), paragraph: tag.paragraph, part: name.clone() };
        parts.push(TemplatePart {
            source: xml::write(&root, Braces::Shielded),
            slots: found.iter().filter(|tag| !tag.block).map(place).collect(),
            blocks: found.iter().filter(|tag| tag.block).map(place).collect(),
            name: name.clone(),
        });
    }
    Ok(Template { parts, looks: Looks::of(&package)? })
}

/// Accepts tracked changes and drops what only hinders: spelling marks, comments, revision ids, shadow copies.
fn clean(element: &mut Element) {
    element.attrs.retain(|(name, _)| !name.starts_with("w:rsid"));
    let mut kept = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        let Node::Element(mut child) = node else {
            kept.push(node);
            continue;
        };
        if is_dropped(&child) {
            continue;
        }
        clean(&mut child);
        match child.name.as_str() {
            "w:ins" | "w:moveTo" | "w:smartTag" => kept.append(&mut child.children),
            "w:r" if child.elements().all(|inner| inner.is("w:rPr")) && child.child("w:rPr").is_some() => {}
            _ => kept.push(Node::Element(child)),
        }
    }
    element.children = kept;
}

fn is_dropped(element: &Element) -> bool {
    match element.name.as_str() {
        "w:proofErr"
        | "w:del"
        | "w:moveFrom"
        | "w:moveFromRangeStart"
        | "w:moveFromRangeEnd"
        | "w:moveToRangeStart"
        | "w:moveToRangeEnd"
        | "w:commentRangeStart"
        | "w:commentRangeEnd"
        | "w:commentReference"
        | "w:lastRenderedPageBreak"
        | "w:rPrChange"
        | "w:pPrChange"
        | "w:sectPrChange"
        | "w:tblPrChange"
        | "w:tblPrExChange"
        | "w:tblGridChange"
        | "w:trPrChange"
        | "w:tcPrChange"
        | "w:smartTagPr" => true,
        "w:bookmarkStart" => element.attr("w:name") == Some("_GoBack"),
        // The old copy of a text box; the new one beside it holds the same slots.
        "mc:Fallback" => element.any(&|inner| inner.is("w:txbxContent")),
        "w:tr" => element.child("w:trPr").is_some_and(|properties| properties.child("w:del").is_some()),
        _ => false,
    }
}

/// Elements whose runs belong to the text of the paragraph around them.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "w:hyperlink" | "w:sdt" | "w:sdtContent" | "w:fldSimple" | "w:customXml" | "w:bdo" | "w:dir"
    )
}

/// A piece of a paragraph's text.
struct Piece {
    text: Vec<char>,
}

/// What becomes of a piece.
enum Edit {
    Keep,
    Into(Vec<Part>),
}

enum Part {
    Text(String),
    Tag(Tag),
}

/// What a paragraph holds besides its text.
#[derive(Default)]
struct Content {
    pieces: Vec<Piece>,
    /// A picture, a field, a note: something that must not vanish with a control paragraph.
    objects: bool,
}

struct Work<'t> {
    part: &'t str,
    paragraph: usize,
    left: &'t mut usize,
    limit: usize,
    found: Vec<Tag>,
}

impl Work<'_> {
    /// Turns the paragraphs and rows among `nodes`, at any depth, into template source.
    fn walk(&mut self, nodes: Vec<Node>) -> Result<Vec<Node>, DocxFault> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Element(element) if element.is("w:p") => self.paragraph(element, &mut out)?,
                Node::Element(element) if element.is("w:tr") => self.row(element, &mut out)?,
                Node::Element(mut element) => {
                    element.children = self.walk(element.children)?;
                    out.push(Node::Element(element));
                }
                other => out.push(other),
            }
        }
        Ok(out)
    }

    fn paragraph(&mut self, mut element: Element, out: &mut Vec<Node>) -> Result<(), DocxFault> {
        self.paragraph += 1;
        let content = content_of(&element);
        let tags = self.tags(&content)?;
        if !tags.is_empty() {
            if is_control(&content, &tags) {
                let section =
                    element.child("w:pPr").is_some_and(|properties| properties.child("w:sectPr").is_some());
                if section {
                    return Err(self.bad(tags[0].source.clone(), TagFault::SectionBreak));
                }
                for tag in tags {
                    let tag = self.record(tag)?;
                    out.push(Node::Tag(tag));
                }
                return Ok(());
            }
            let mut edits = self.edits(&content, tags)?.into_iter();
            element.children = rebuild(element.children, &mut edits);
        }
        // Text boxes hold paragraphs of their own.
        element.children = self.walk(element.children)?;
        out.push(Node::Element(element));
        Ok(())
    }

    fn row(&mut self, mut row: Element, out: &mut Vec<Node>) -> Result<(), DocxFault> {
        let Some(tags) = row_tags(&row) else {
            row.children = self.walk(row.children)?;
            out.push(Node::Element(row));
            return Ok(());
        };
        for in_paragraph in tags {
            self.paragraph += 1;
            for tag in in_paragraph {
                let tag = self.record(tag)?;
                out.push(Node::Tag(tag));
            }
        }
        Ok(())
    }

    fn tags(&self, content: &Content) -> Result<Vec<Found>, DocxFault> {
        tags::find(&content.text()).map_err(|(text, what)| self.bad(text, what))
    }

    fn record(&mut self, found: Found) -> Result<Tag, DocxFault> {
        *self.left = self.left.checked_sub(1).ok_or_else(|| DocxFault::TooLarge {
            part: self.part.to_owned(),
            measure: Measure::Slots,
            limit: self.limit as u64,
        })?;
        let tag = Tag { source: found.source, block: found.block, paragraph: self.paragraph };
        self.found.push(tag.clone());
        Ok(tag)
    }

    fn bad(&self, text: String, what: TagFault) -> DocxFault {
        DocxFault::BadTag { part: self.part.to_owned(), paragraph: self.paragraph, text, what }
    }

    /// Decides for every piece of text what stays, with each tag where it starts.
    fn edits(&mut self, content: &Content, tags: Vec<Found>) -> Result<Vec<Edit>, DocxFault> {
        let mut tags = tags.into_iter().peekable();
        let mut edits = Vec::with_capacity(content.pieces.len());
        // Characters before the current piece, and the end of the last tag.
        let (mut before, mut skip) = (0, 0);
        for piece in &content.pieces {
            let end = before + piece.text.len();
            let touched = skip > before || tags.peek().is_some_and(|tag| tag.start < end);
            if !touched {
                edits.push(Edit::Keep);
                before = end;
                continue;
            }
            let mut parts = Vec::new();
            let mut at = skip.clamp(before, end);
            while let Some(tag) = tags.next_if(|tag| tag.start < end) {
                push_text(&mut parts, &piece.text[at - before..tag.start - before]);
                skip = tag.end;
                at = skip.min(end);
                parts.push(Part::Tag(self.record(tag)?));
            }
            push_text(&mut parts, &piece.text[at - before..]);
            edits.push(Edit::Into(parts));
            before = end;
        }
        Ok(edits)
    }
}

impl Content {
    fn text(&self) -> Vec<char> {
        self.pieces.iter().flat_map(|piece| piece.text.iter().copied()).collect()
    }
}

fn push_text(parts: &mut Vec<Part>, text: &[char]) {
    if !text.is_empty() {
        parts.push(Part::Text(text.iter().collect()));
    }
}

fn is_control(content: &Content, tags: &[Found]) -> bool {
    let text = content.text();
    let mut at = 0;
    let mut gaps_blank = true;
    for tag in tags {
        gaps_blank &= text[at..tag.start].iter().all(|letter| letter.is_whitespace());
        at = tag.end;
    }
    gaps_blank &= text[at..].iter().all(|letter| letter.is_whitespace());
    gaps_blank && !content.objects && !tags.is_empty() && tags.iter().all(|tag| tag.block)
}

/// The tags of a row that holds nothing but block tags, per paragraph; `None` for any other row.
fn row_tags(row: &Element) -> Option<Vec<Vec<Found>>> {
    let mut all = Vec::new();
    let mut good = true;
    row.each(&mut |element| {
        if element.is("w:p") && good {
            let content = content_of(element);
            let tags = tags::find(&content.text()).unwrap_or_default();
            let blank = content.text().iter().all(|letter| letter.is_whitespace()) && !content.objects;
            good = blank || is_control(&content, &tags);
            all.push(tags);
        }
    });
    (good && all.iter().any(|tags| !tags.is_empty())).then_some(all)
}

fn content_of(paragraph: &Element) -> Content {
    let mut content = Content::default();
    gather(&paragraph.children, &mut content);
    content
}

fn gather(nodes: &[Node], content: &mut Content) {
    for element in nodes.iter().filter_map(Node::element) {
        match element.name.as_str() {
            "w:r" => gather_run(element, content),
            name if is_inline(name) => {
                content.objects |= name == "w:fldSimple";
                gather(&element.children, content);
            }
            "w:pPr" | "w:bookmarkStart" | "w:bookmarkEnd" | "w:permStart" | "w:permEnd" | "w:sdtPr"
            | "w:sdtEndPr" | "w:customXmlPr" => {}
            _ => content.objects = true,
        }
    }
}

fn gather_run(run: &Element, content: &mut Content) {
    for element in run.elements() {
        match stand_in(element) {
            Some(text) => content.pieces.push(Piece { text: text.chars().collect() }),
            None => content.objects |= !element.is("w:rPr"),
        }
    }
}

/// The text an element of a run stands for; `None` when it is no text.
fn stand_in(element: &Element) -> Option<String> {
    match element.name.as_str() {
        "w:t" => Some(element.text()),
        "w:tab" | "w:cr" => Some(" ".to_owned()),
        "w:br" if matches!(element.attr("w:type"), None | Some("textWrapping")) => Some(" ".to_owned()),
        "w:noBreakHyphen" => Some("-".to_owned()),
        "w:softHyphen" => Some(String::new()),
        _ => None,
    }
}

/// Applies the edits in the order in which [`gather`] met the pieces.
fn rebuild(nodes: Vec<Node>, edits: &mut impl Iterator<Item = Edit>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(run) if run.is("w:r") => rebuild_run(run, edits, &mut out),
            Node::Element(mut element) if is_inline(&element.name) => {
                element.children = rebuild(element.children, edits);
                out.push(Node::Element(element));
            }
            other => out.push(other),
        }
    }
    out
}

fn rebuild_run(run: Element, edits: &mut impl Iterator<Item = Edit>, out: &mut Vec<Node>) {
    let Element { name, attrs, children } = run;
    let properties: Vec<Node> = children.iter().find(|node| node.is("w:rPr")).cloned().into_iter().collect();
    let mut current = Vec::new();
    let flush = |current: &mut Vec<Node>, out: &mut Vec<Node>| {
        if !current.is_empty() {
            let children = properties.iter().cloned().chain(current.drain(..)).collect();
            out.push(Node::Element(Element { name: name.clone(), attrs: attrs.clone(), children }));
        }
    };
    for node in children {
        if node.is("w:rPr") {
            continue;
        }
        let edit = match node.element().and_then(stand_in) {
            Some(_) => edits.next().expect("one edit was made for every piece of text"),
            None => Edit::Keep,
        };
        let Edit::Into(parts) = edit else {
            current.push(node);
            continue;
        };
        let mut text = Vec::new();
        for part in parts {
            match part {
                Part::Text(piece) => text.push(Node::Text(piece)),
                Part::Tag(tag) if !tag.block => text.push(Node::Tag(tag)),
                Part::Tag(tag) => {
                    push_run_text(&mut current, std::mem::take(&mut text));
                    flush(&mut current, out);
                    out.push(Node::Tag(tag));
                }
            }
        }
        push_run_text(&mut current, text);
    }
    flush(&mut current, out);
}

fn push_run_text(current: &mut Vec<Node>, text: Vec<Node>) {
    if !text.is_empty() {
        current.push(Node::Element(Element::text_run(text)));
    }
}

/// Makes sure that every block is opened and closed among the children of one element: only then does leaving it out
/// or repeating it keep the XML whole.
fn balance(part: &str, element: &Element) -> Result<(), DocxFault> {
    let bad = |tag: &Tag, what| DocxFault::BadTag {
        part: part.to_owned(),
        paragraph: tag.paragraph,
        text: tag.source.clone(),
        what,
    };
    // Each open block with whether its `else` has been seen.
    let mut open: Vec<(&Tag, bool)> = Vec::new();
    for node in &element.children {
        let tag = match node {
            Node::Element(child) => {
                balance(part, child)?;
                continue;
            }
            Node::Tag(tag) if tag.block => tag,
            _ => continue,
        };
        let word = tags::keyword(&tag.source);
        let innermost = open.last().map(|(opened, after_else)| (tags::keyword(&opened.source), *after_else));
        match (word, innermost) {
            ("for" | "if", _) => open.push((tag, false)),
            ("endfor", Some(("for", _))) | ("endif", Some(("if", _))) => {
                open.pop();
            }
            ("elif", Some(("if", false))) | ("set", _) => {}
            ("else", Some((_, false))) => {
                if let Some((_, after_else)) = open.last_mut() {
                    *after_else = true;
                }
            }
            _ => return Err(bad(tag, TagFault::NotOpened(word.to_owned()))),
        }
    }
    match open.pop() {
        Some((tag, _)) => Err(bad(tag, TagFault::NotEnded(tags::keyword(&tag.source).to_owned()))),
        None => Ok(()),
    }
}
